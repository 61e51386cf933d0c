using System.Collections.Immutable;
using Marten;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Boards.Changes;

/// <summary>What a recording touches: the commitments whose status may differ by it, the day to judge them at, and what it corrected or withdrew.</summary>
/// <param name="Day">The day reached, where that is what was recorded; else they are judged at the day of the recording.</param>
/// <param name="Commitments">The commitments to judge; null for every one of the agenda.</param>
internal sealed record Touched(DateOnly? Day, IReadOnlyCollection<string>? Commitments, ImmutableArray<Found> Amendments)
{
    /// <summary>Whether it was stated how far the record reaches.</summary>
    public bool StatesCoverage { get; init; }

    public bool IsWithdrawn(string? commitment) => Amendments.Any(x => x.Kind is ChangeKind.Withdrawn && x.Subject == (KnownTables.Commitments.Kind, commitment ?? ""));

    /// <summary>Whether the commitment came back to the board: that it stands there now is told with its reinstatement.</summary>
    public bool IsReinstated(string commitment) => Amendments.Any(x => x.Kind is ChangeKind.Reinstated && x.Subject == (KnownTables.Commitments.Kind, commitment));

    public static async Task<Touched> ByAsync(NpgsqlConnection connection, IDocumentStore store, Moment recording, CancellationToken ct)
    {
        var (changed, commitments) = await LookAsync(connection, recording, ct);
        if (changed.Count == 0) return new(null, commitments, []);
        var happened = await EventsAsync(store, changed, recording, ct);
        var coverage = happened.Any(x => x.Event is CoverageStated);
        if (happened is [(_, DayReached reached)])
            return new(reached.Day, await DueAsync(connection, recording.Agenda, reached.Day, ct), []);
        var amended = happened.Select(x => Amendment.Of(x.Stream, x.Event)).OfType<Amendment>().ToList();
        if (amended.Count == 0) return new(null, commitments, []) { StatesCoverage = coverage };
        var evidence = await RestingAsync(connection, amended, recording, ct);
        var day = DateOnly.FromDateTime(recording.RecordedAt.UtcDateTime);
        // A codebook, or who the parties are, bears on every commitment.
        return new(null, happened.Any(x => x.Event is AgendaCorrected) ? null : commitments, [.. amended.SelectMany(x => x.Told(evidence, day))]) { StatesCoverage = coverage };
    }

    /// <summary>The streams that went on, with their versions before; and the commitments of what counts, or counted before.</summary>
    private static async Task<(List<(StreamKey Stream, long Version)> Changed, HashSet<string> Commitments)> LookAsync(
        NpgsqlConnection connection, Moment recording, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(string.Join("\nunion all ", KnownTables.All.Select(x => $"""
            select '{x.Kind}', now.name, was.version
            from {x.Name} now join {x.Name} was on was.agenda = $1 and was.name = now.name and was.known_to = $2
            where now.agenda = $1 and now.known_from = $2
            """)), recording.Agenda, recording.Position);
        batch.Add($"""
            select name from {KnownTables.Commitments.Name} where agenda = $1 and known_from = $2
            union
            select now.commitment
            from {KnownTables.Evidence.Name} now left join {KnownTables.Evidence.Name} was on was.agenda = $1 and was.name = now.name and was.known_to = $2
            where now.agenda = $1 and now.known_from = $2 and (now.state = 'accepted' or was.state = 'accepted')
            union
            select e.commitment
            from {KnownTables.Activities.Name} now
            join {KnownTables.Activities.Name} was on was.agenda = $1 and was.name = now.name and was.known_to = $2
            join {KnownTables.Evidence.Name} e on e.agenda = $1 and e.activity = now.name and e.known_from <= $2 and e.known_to > $2 and e.state = 'accepted'
            where now.agenda = $1 and now.known_from = $2
            """, recording.Agenda, recording.Position);
        var changed = new List<(StreamKey, long)>();
        var commitments = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) changed.Add((StreamKey.Of(recording.Agenda, reader.GetString(0), reader.GetString(1)), reader.GetInt64(2)));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) commitments.Add(reader.GetString(0));
        return (changed, commitments);
    }

    /// <summary>What the recording added to streams that were there before, in its order.</summary>
    private static async Task<List<(StreamKey Stream, object Event)>> EventsAsync(
        IDocumentStore store, List<(StreamKey Stream, long Version)> changed, Moment recording, CancellationToken ct)
    {
        var keys = changed.Select(x => x.Stream.ToString()).ToArray();
        var after = changed.Min(x => x.Version);
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(x => x.StreamKey!.IsOneOf(keys) && x.Version > after).ToListAsync(ct);
        return [.. events.Where(x => FoldedKinds.PositionOf(x) == recording.Position).OrderBy(x => x.Sequence).Select(x => (StreamKey.Parse(x.StreamKey!), x.Data))];
    }

    /// <summary>The evidence that was amended, or rests on an activity that was: its stream, its commitment, and that activity's name.</summary>
    private static async Task<List<Resting>> RestingAsync(NpgsqlConnection connection, List<Amendment> amended, Moment recording, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            select name, commitment, activity from {KnownTables.Evidence.Name}
            where agenda = $1 and known_from <= $2 and known_to > $2 and (name = any($3) or (activity = any($4) and state = 'accepted'))
            order by name collate "C"
            """, recording.Agenda, recording.Position, NamesOf(KnownTables.Evidence.Kind), NamesOf(KnownTables.Activities.Kind));
        var resting = new List<Resting>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) resting.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return resting;

        string[] NamesOf(string kind) => [.. amended.Where(x => x.Stream.Kind == kind).Select(x => x.Stream.Name)];
    }

    /// <summary>The commitments that the calendar changes by a day.</summary>
    private static async Task<List<string>> DueAsync(NpgsqlConnection connection, string agenda, DateOnly day, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select commitment from {ChangeTables.Told} where agenda = $1 and next_on <= $2", agenda, day);
        var due = new List<string>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) due.Add(reader.GetString(0));
        return due;
    }
}

/// <summary>A piece of evidence, the commitment it bears on, and the activity it rests on.</summary>
internal sealed record Resting(string Evidence, string Commitment, string Activity);

/// <summary>A correction, a withdrawal or a reinstatement, as its event says it.</summary>
/// <param name="Part">The clause, the search or the milestone, where it is of a part only.</param>
internal sealed record Amendment(ChangeKind Kind, StreamKey Stream, (string Kind, string Name)? Part, string Reason)
{
    /// <summary>The kind of a milestone, as a part of an agenda.</summary>
    public const string Milestones = "milestones";

    /// <summary>Reads an event; null for one that amends nothing.</summary>
    public static Amendment? Of(StreamKey stream, object happened) => happened switch
    {
        AgendaCorrected e => new(ChangeKind.Corrected, stream, null, e.Reason),
        MilestoneCorrected e => new(ChangeKind.Corrected, stream, (Milestones, e.Slug), e.Reason),
        MilestoneWithdrawn e => new(ChangeKind.Withdrawn, stream, (Milestones, e.Slug), e.Reason),
        MilestoneReinstated e => new(ChangeKind.Reinstated, stream, (Milestones, e.Slug), e.Reason),
        SourceCorrected e => new(ChangeKind.Corrected, stream, null, e.Reason),
        SourceWithdrawn e => new(ChangeKind.Withdrawn, stream, null, e.Reason),
        SourceReinstated e => new(ChangeKind.Reinstated, stream, null, e.Reason),
        CommitmentCorrected e => new(ChangeKind.Corrected, stream, null, e.Reason),
        CommitmentWithdrawn e => new(ChangeKind.Withdrawn, stream, null, e.Reason),
        CommitmentReinstated e => new(ChangeKind.Reinstated, stream, null, e.Reason),
        ClauseCorrected e => new(ChangeKind.Corrected, stream, ("clauses", e.Id), e.Reason),
        SearchWithdrawn e => new(ChangeKind.Withdrawn, stream, ("searches", e.Id), e.Reason),
        CoverageReinstated e => new(ChangeKind.Reinstated, stream, ("coverage", e.Id), e.Reason),
        CoverageWithdrawn e => new(ChangeKind.Withdrawn, stream, ("coverage", e.Id), e.Reason),
        SearchReinstated e => new(ChangeKind.Reinstated, stream, ("searches", e.Id), e.Reason),
        ActivityCorrected e => new(ChangeKind.Corrected, stream, null, e.Reason),
        ActivityWithdrawn e => new(ChangeKind.Withdrawn, stream, null, e.Reason),
        ActivityReinstated e => new(ChangeKind.Reinstated, stream, null, e.Reason),
        EvidenceRecoded e => new(ChangeKind.Corrected, stream, null, e.Reason),
        EvidenceRetracted e => new(ChangeKind.Withdrawn, stream, null, e.Reason),
        _ => null,
    };

    /// <summary>It is told of each commitment it concerns; of none where it concerns none.</summary>
    public IEnumerable<Found> Told(IReadOnlyList<Resting> evidence, DateOnly day)
    {
        if (Stream.Kind == KnownTables.Commitments.Kind) return [Of(Stream.Name)];
        var concerned = evidence.Where(x => Stream.Kind == KnownTables.Activities.Kind ? x.Activity == Stream.Name : Stream.Kind == KnownTables.Evidence.Kind && x.Evidence == Stream.Name)
            .GroupBy(x => x.Commitment, StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal).ToList();
        return concerned.Count == 0 ? [Of(null)] : concerned.Select(x => Of(x.Key) with { Evidence = [.. x.Select(y => y.Evidence)] });

        Found Of(string? commitment) => new(Kind, commitment, day) { Subject = Part ?? (Stream.Kind, Stream.Name), Reason = Reason };
    }
}
