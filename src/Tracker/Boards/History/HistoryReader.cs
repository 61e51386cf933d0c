using System.Collections.Immutable;
using System.Globalization;
using JasperFx.Events;
using Marten;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Boards.History;

/// <summary>
/// Reads the events that concern a thing, in order: those of its own stream, of the evidence on it, and what amended the activities that
/// its evidence rests on, and what was proposed to change it. Found by their streams, so that the cost grows with the thing and not with the store.
/// </summary>
public sealed class HistoryReader(NpgsqlDataSource database, IDocumentStore store, Moments moments, IPrincipalNames people)
{
    public async Task<(Page<HistoryEntry>? Page, Refusal? Refusal)> PageAsync(
        KnownTable table, string what, string agenda, string name, long? atLeast, PageAsked asked, Audience audience, CancellationToken ct)
    {
        var after = 0L;
        if (asked.After is { Name: var last } && !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return (null, PageAsked.NotANext);
        var read = new ReadAt(KnownAt: asked.After is { } cursor ? new KnownAt(cursor.Position, null) : null, AtLeast: atLeast);
        var (moment, refusal) = await moments.ResolveAsync(agenda, read, ct);
        if (moment is null) return (null, asked.After is null ? refusal : PageAsked.NotOurs(refusal!));
        if (!Slug.IsValid(name) || await SequencesAsync(table, name, moment, after, asked.Limit, audience, ct) is not { } sequences) return (null, Refuse.NotFound(what, name));
        var more = sequences.Count > asked.Limit;
        if (more) sequences.RemoveAt(asked.Limit);
        var next = more ? asked.Next(moment.Position, sequences[^1].ToString(CultureInfo.InvariantCulture)) : null;
        return (new Page<HistoryEntry>(agenda, moment.RecordedAt, moment.Position, [.. await SeenAsync(await EntriesAsync(agenda, [.. sequences], ct), audience, ct)], next), null);
    }

    /// <summary>The entries as an audience sees them: with the names of people for those who work on the agenda.</summary>
    private async Task<IEnumerable<HistoryEntry>> SeenAsync(IReadOnlyList<HistoryEntry> entries, Audience audience, CancellationToken ct)
    {
        if (audience is Audience.Readers) return entries.Select(x => x.SeenBy(audience));
        var names = await people.NamesOfAsync(entries.Select(x => x.By), ct);
        return entries.Select(x => x with { ByName = names.GetValueOrDefault(x.By) });
    }

    /// <summary>What was recorded of a thing itself through a moment, in order: nothing of what rests on it.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> OwnAsync(KnownTable table, string name, Moment through, Audience audience, CancellationToken ct)
    {
        var key = StreamKey.Of(through.Agenda, table.Kind, name);
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync(key.ToString(), token: ct);
        return [.. await SeenAsync(await EntriesAsync(through.Agenda, [.. events.Where(x => FoldedKinds.PositionOf(x) <= through.Position)], ct), audience, ct)];
    }

    /// <summary>Which events, and one more than asked for where there are more; null where there is no such thing.</summary>
    private async Task<List<long>?> SequencesAsync(KnownTable table, string name, Moment moment, long after, int limit, Audience audience, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select exists (select from {table.Name} where agenda = $1 and name = $2 and known_from <= $3{(table.Kind == KnownTables.Evidence.Kind ? Seen(audience, "$3") : "")})", moment.Agenda, name, moment.Position);
        batch.Add(MartenTables.SequencesOf($"select $3, 0, 0::bigint {Resting(table, audience)}"), moment.Agenda, name, StreamKey.Of(moment.Agenda, table.Kind, name).ToString(), moment.Position, after, limit + 1);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0)) return null;
        await reader.NextResultAsync(ct);
        var sequences = new List<long>();
        while (await reader.ReadAsync(ct)) sequences.Add(reader.GetInt64(0));
        return sequences;
    }

    /// <summary>The streams of the evidence on a thing, and of the activities it rests on: of these only what came after the evidence, and amended them.</summary>
    private static string Resting(KnownTable table, Audience audience)
    {
        var column = table.Kind switch { "commitments" => "commitment", "activities" => "activity", "evidence" => "name", _ => null };
        if (column is null) return "";
        var ofProposals = table.Kind == "evidence" ? "" : $"union all select $1 || '/proposals/' || name, 0, 0 from {KnownTables.Proposals.Name} where agenda = $1 and {column} = $2 and known_from <= $4 and known_to > $4{(audience is Audience.Coders ? "" : " and state = 'accepted'")}";
        var evidence = $"from {KnownTables.Evidence.Name} where agenda = $1 and {column} = $2 and known_from <= $4";
        if (audience is Audience.Readers) evidence += $" and name in (select name from {KnownTables.Evidence.Name} where agenda = $1 and {column} = $2 and known_from <= $4{Seen(audience, "$4")})";
        var ofEvidence = table.Kind == "evidence" ? "" : $"union all select $1 || '/evidence/' || name, 0, 0 {evidence} group by name";
        var ofActivities = table.Kind == "activities" ? "" : $"union all select $1 || '/activities/' || activity, 1, min(known_from) {evidence} group by activity";
        return $"{ofEvidence} {ofActivities} {ofProposals}";
    }

    /// <summary>That a row of the evidence is known at a position as something that an audience sees.</summary>
    private static string Seen(Audience audience, string position) =>
        audience is Audience.Coders ? "" : $" and known_to > {position} and state in ({string.Join(", ", Audiences.SeenByReaders.Select(x => $"'{x}'"))})";

    private async Task<IReadOnlyList<HistoryEntry>> EntriesAsync(string agenda, long[] sequences, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(x => sequences.Contains(x.Sequence)).ToListAsync(ct);
        return await EntriesAsync(agenda, [.. events.OrderBy(x => x.Sequence)], ct);
    }

    private async Task<IReadOnlyList<HistoryEntry>> EntriesAsync(string agenda, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var activities = await ActivitiesAsync(connection, agenda, [.. events.Select(x => StreamKey.Parse(x.StreamKey!))], ct);
        var changed = await Corrections.AllOfAsync(connection, agenda, events.Select(CorrectedBy).OfType<Corrected>(), ct);
        var stated = await StatedAsync(connection, agenda, [.. events.Where(x => x.Data is EvidenceAccepted or EvidenceRejected).Select(x => StreamKey.Parse(x.StreamKey!).Name)], ct);
        return [.. events.Select(x => Entry(x, activities, stated, CorrectedBy(x) is { } corrected ? changed[corrected] : []))];
    }

    private static Corrected? CorrectedBy(IEvent happened)
    {
        var (key, position) = (StreamKey.Parse(happened.StreamKey!), FoldedKinds.PositionOf(happened));
        return happened.Data switch
        {
            AgendaCorrected or SourceCorrected or CommitmentCorrected or ActivityCorrected or EvidenceRecoded => new(key.Kind, key.Name, position),
            ClauseCorrected clause => new(key.Kind, key.Name, position, clause.Id),
            MilestoneCorrected milestone => new(key.Kind, key.Name, position, milestone.Slug),
            _ => null,
        };
    }

    private static HistoryEntry Entry(
        IEvent happened, Dictionary<string, List<(long From, long To, Activity Activity)>> activities, HashSet<(string Evidence, long Position)> stated, ImmutableArray<Changed> changed)
    {
        var (key, position) = (StreamKey.Parse(happened.StreamKey!), FoldedKinds.PositionOf(happened));
        var then = activities.GetValueOrDefault($"{key.Kind}/{key.Name}")?.FirstOrDefault(x => x.From <= position && x.To > position).Activity;
        var said = Said.Of(happened.Data, then, stated.Contains((key.Name, position)) ? Reviewed.Stated : Reviewed.Here);
        var subject = happened.StreamKey![(key.Agenda.Length + 1)..];
        return new HistoryEntry(position, happened.Timestamp.ToUniversalTime(), happened.UserName ?? "", happened.EventTypeName, subject, said.Occurred, said.Text, said.Reason, changed);
    }

    /// <summary>Which evidence was reviewed at which position by no more than an imported bundle's own statement.</summary>
    private static async Task<HashSet<(string Evidence, long Position)>> StatedAsync(NpgsqlConnection connection, string agenda, string[] evidence, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select name, known_from from {KnownTables.Evidence.Name} where agenda = $1 and name = any($2) and reviewed = $3", agenda, evidence, Words.Text(Reviewed.Stated));
        var stated = new HashSet<(string, long)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) stated.Add((reader.GetString(0), reader.GetInt64(1)));
        return stated;
    }

    /// <summary>The activities that events are about or rest on, as each was known in turn, by what they are asked for with.</summary>
    private static async Task<Dictionary<string, List<(long From, long To, Activity Activity)>>> ActivitiesAsync(
        NpgsqlConnection connection, string agenda, StreamKey[] keys, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        const string Columns = "a.known_from, a.known_to, a.body, a.version";
        batch.Add($"""
            select 'evidence/' || e.name, {Columns} from (select distinct name, activity from {KnownTables.Evidence.Name} where agenda = $1 and name = any($2)) e
            join {KnownTables.Activities.Name} a on a.agenda = $1 and a.name = e.activity
            union all
            select 'activities/' || a.name, {Columns} from {KnownTables.Activities.Name} a where a.agenda = $1 and a.name = any($3)
            """, agenda, NamesOf("evidence"), NamesOf("activities"));
        var activities = new Dictionary<string, List<(long, long, Activity)>>(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!activities.TryGetValue(reader.GetString(0), out var known)) activities.Add(reader.GetString(0), known = []);
            known.Add((reader.GetInt64(1), reader.GetInt64(2), KnownTables.Activities.ReadBody(reader.GetString(3), reader.GetInt64(4))));
        }

        return activities;

        string[] NamesOf(string kind) => [.. keys.Where(x => x.Kind == kind).Select(x => x.Name).Distinct(StringComparer.Ordinal)];
    }
}
