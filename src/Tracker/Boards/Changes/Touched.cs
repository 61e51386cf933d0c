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
/// <param name="Commitments">The commitments to judge; null for every one of the agenda, and where they depend on what was told before.</param>
internal sealed record Touched(DateOnly? Day, IReadOnlyCollection<string>? Commitments, ImmutableArray<Found> Amendments)
{
    /// <summary>Whether it was stated how far the record reaches.</summary>
    public bool StatesCoverage { get; init; }

    /// <summary>Whether a day was reached: the commitments to judge are those that the calendar changes by it.</summary>
    public bool IsOfCalendar { get; init; }

    public bool IsWithdrawn(string? commitment) => Amendments.Any(x => x.Kind is ChangeKind.Withdrawn && x.Subject == (KnownTables.Commitments.Kind, commitment ?? ""));

    /// <summary>Whether the commitment came back to the board: that it stands there now is told with its reinstatement.</summary>
    public bool IsReinstated(string commitment) => Amendments.Any(x => x.Kind is ChangeKind.Reinstated && x.Subject == (KnownTables.Commitments.Kind, commitment));

    /// <summary>What each of some recordings of an agenda touches, in their order.</summary>
    /// <param name="recordings">Recordings of one agenda that the tables hold.</param>
    public static async Task<List<Touched>> ByAsync(NpgsqlConnection connection, IDocumentStore store, IReadOnlyList<Moment> recordings, CancellationToken ct)
    {
        var looked = await LookAsync(connection, recordings[0].Agenda, [.. recordings.Select(x => x.Position)], ct);
        var touched = new List<Touched>();
        foreach (var recording in recordings)
        {
            var (changed, commitments) = looked.TryGetValue(recording.Position, out var found) ? found : ([], []);
            touched.Add(changed.Count == 0 ? new(null, commitments, []) : await ByAsync(connection, store, recording, changed, commitments, ct));
        }

        return touched;
    }

    private static async Task<Touched> ByAsync(
        NpgsqlConnection connection, IDocumentStore store, Moment recording, List<(StreamKey Stream, long Version)> changed, HashSet<string> commitments, CancellationToken ct)
    {
        var happened = await EventsAsync(store, changed, recording, ct);
        var coverage = happened.Any(x => x.Event is CoverageStated);
        if (happened is [(_, DayReached reached)])
            return new(reached.Day, null, []) { IsOfCalendar = true };
        var amended = happened.Select(x => Amendment.Of(x.Stream, x.Event)).OfType<Amendment>().ToList();
        if (amended.Count == 0) return new(null, commitments, []) { StatesCoverage = coverage };
        var evidence = await RestingAsync(connection, amended, recording, ct);
        var day = DateOnly.FromDateTime(recording.RecordedAt.UtcDateTime);
        // A codebook, or who the parties are, bears on every commitment.
        return new(null, happened.Any(x => x.Event is AgendaCorrected) ? null : commitments, [.. amended.SelectMany(x => x.Told(evidence, day))]) { StatesCoverage = coverage };
    }

    /// <summary>By position: the streams that went on, with their versions before; and the commitments of what counts, or counted before.</summary>
    private static async Task<Dictionary<long, (List<(StreamKey Stream, long Version)> Changed, HashSet<string> Commitments)>> LookAsync(
        NpgsqlConnection connection, string agenda, long[] positions, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(string.Join("\nunion all ", KnownTables.All.Select(x => $"""
            select now.known_from, '{x.Kind}', now.name, was.version
            from {x.Name} now cross join {Before(x, "version")}
            where now.agenda = $1 and now.known_from = any($2)
            """)), agenda, positions);
        batch.Add($"""
            select known_from, name from {KnownTables.Commitments.Name} where agenda = $1 and known_from = any($2)
            union
            select now.known_from, now.commitment
            from {KnownTables.Evidence.Name} now left join {Before(KnownTables.Evidence, "state")} on true
            where now.agenda = $1 and now.known_from = any($2) and (now.state = 'accepted' or was.state = 'accepted')
            union
            select now.known_from, e.commitment
            from {KnownTables.Activities.Name} now
            cross join {Before(KnownTables.Activities, "version")}
            join {KnownTables.Evidence.Name} e on e.agenda = $1 and e.activity = now.name and e.known_from <= now.known_from and e.known_to > now.known_from and e.state = 'accepted'
            where now.agenda = $1 and now.known_from = any($2)
            """, agenda, positions);
        var looked = new Dictionary<long, (List<(StreamKey, long)> Changed, HashSet<string> Commitments)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) At(reader.GetInt64(0)).Changed.Add((StreamKey.Of(agenda, reader.GetString(1), reader.GetString(2)), reader.GetInt64(3)));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) At(reader.GetInt64(0)).Commitments.Add(reader.GetString(1));
        return looked;

        // What was known of the same until then: each looked for by its name, whatever statistics say of the agenda.
        static string Before(KnownTable table, string column) =>
            $"lateral (select {column} from {table.Name} was where was.agenda = $1 and was.name = now.name and was.known_to = now.known_from limit 1) was";

        (List<(StreamKey, long)> Changed, HashSet<string> Commitments) At(long position)
        {
            if (!looked.TryGetValue(position, out var at)) looked.Add(position, at = ([], new(StringComparer.Ordinal)));
            return at;
        }
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
    public static async Task<List<string>> DueAsync(NpgsqlConnection connection, string agenda, DateOnly day, CancellationToken ct)
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
