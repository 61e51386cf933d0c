using System.Collections.Immutable;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>Judges boards from the tables of what was known when, by the one rule.</summary>
public sealed class BoardReader(NpgsqlDataSource database, Moments moments, HeldAgendas held, TimeProvider clock, ReadTimeout time)
{
    private const string Then = "agenda = $1 and known_from <= $2 and known_to > $2";

    /// <summary>The board asked for, or why there is none.</summary>
    public async Task<(Board? Board, Refusal? Refusal)> ReadAsync(string agenda, ReadAt read, CancellationToken ct)
    {
        var (material, refusal) = await GatherAsync(agenda, read, onlyCommitment: null, ct);
        return material is null ? (null, refusal) : (material.Judged(), null);
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>What the rule is asked about: an agenda's commitments and evidence as known then, or one commitment's.</summary>
    /// <param name="onlyCommitment">The commitment asked about; none where it is empty, all where it is null.</param>
    public async Task<(Material? Material, Refusal? Refusal)> GatherAsync(string agenda, ReadAt read, string? onlyCommitment, CancellationToken ct)
    {
        var (moment, refusal) = await moments.ResolveAsync(agenda, read, ct);
        if (moment is null) return (null, refusal);
        var today = Today;
        string[] commitments = onlyCommitment is null ? [] : [onlyCommitment];
        (var material, refusal) = await held.FindAsync(moment, ct) is { } agendaHeld
            ? Gather(agendaHeld, moment, read.ValidAt ?? today, read.Since, commitments)
            : await GatherAsync(moment, read.ValidAt ?? today, read.Since, commitments, ct);
        if (material is null) return (null, refusal);
        if (read.KnownAt is not null) material = material with { AsKnownAt = moment.Position };
        return (material.For(read, today), null);
    }

    /// <summary>The same from an agenda that is held in memory.</summary>
    internal static (Material? Material, Refusal? Refusal) Gather(HeldAgenda held, Moment moment, DateOnly validAt, Since? sinceAsked, string[] commitments)
    {
        var position = moment.Position;
        var about = held.AgendaAt(position) ?? throw new NotInTablesYetException(moment.Agenda);
        var (since, refusal) = Since.On(about, sinceAsked);
        if (refusal is not null) return (null, refusal);
        var evidence = held.EvidenceAt(position).Where(x =>
            x.Row.State is EvidenceState.Accepted or EvidenceState.Proposed && (commitments.Length == 0 || commitments.Contains(x.Row.Commitment, StringComparer.Ordinal)));
        return (Material.Of(
            moment, about, since, validAt, sinceAsked, held.RecordedDaysAt(position), held.CommitmentsAt(position, commitments).Select(x => x.Row), evidence,
            PendingChanges.Of(held, position, commitments)), null);
    }

    private async Task<(Material? Material, Refusal? Refusal)> GatherAsync(Moment moment, DateOnly validAt, Since? since, string[] commitments, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await GatherAsync(connection, moment, validAt, since, commitments, ct, time);
    }

    /// <summary>What the rule is asked about at a moment, on a connection whose transaction may have more to see.</summary>
    /// <param name="commitments">The commitments asked about; all where none is named.</param>
    /// <param name="time">How long it may take, where somebody waits for it.</param>
    public static async Task<(Material? Material, Refusal? Refusal)> GatherAsync(
        NpgsqlConnection connection, Moment moment, DateOnly validAt, Since? sinceAsked, string[] commitments, CancellationToken ct, ReadTimeout? time = null)
    {
        await using var batch = new NpgsqlBatch(connection);
        // Statistics may not know an agenda yet, and a plan then takes it for one row: of all commitments' evidence it would read every activity
        // for each piece.
        var activities = commitments is [_]
            ? $"cross join {KnownTables.Activities.Found("a", "e.activity", "$2")}"
            : $"join {KnownTables.Activities.Name} a on a.agenda = $1 and a.name = e.activity and a.known_from <= $2 and a.known_to > $2";
        time?.Limit(batch);
        batch.Add("select set_config('enable_nestloop', $1, true)", commitments is [_] ? "on" : "off");
        batch.Add($"select body, version from {KnownTables.Agendas.Name} where {Then}", moment.Agenda, moment.Position);
        batch.Add($"""
            select {CommitmentRow.Columns}
            from {KnownTables.Commitments.Name} where {Then} and (cardinality($3) = 0 or name = any($3)) order by name collate "C"
            """, moment.Agenda, moment.Position, commitments);
        batch.Add($"""
            select e.name, {OfTable("e", EvidenceRow.Columns)}, {OfTable("a", ActivityRow.Columns)}
            from {KnownTables.Evidence.Name} e
            {activities}
            where e.agenda = $1 and e.known_from <= $2 and e.known_to > $2 and e.state in ('accepted', 'proposed') and (cardinality($3) = 0 or e.commitment = any($3))
            """, moment.Agenda, moment.Position, commitments);
        batch.Add(RecordedDays, moment.Agenda, moment.Position);
        batch.Add("select set_config('enable_nestloop', 'on', true)");
        // Nothing but loops can answer it: kept from them it would seem to cost so much that it is compiled first.
        batch.Add(PendingChanges.Asked, moment.Agenda, moment.Position, commitments);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (time is not null) await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new NotInTablesYetException(moment.Agenda);
        var about = KnownTables.Agendas.ReadBody(reader.GetString(0), reader.GetInt64(1));
        var (since, refusal) = Since.On(about, sinceAsked);
        if (refusal is not null) return (null, refusal);

        await reader.NextResultAsync(ct);
        var promises = new List<CommitmentRow>();
        while (await reader.ReadAsync(ct)) promises.Add(CommitmentRow.Read(reader, 0));
        await reader.NextResultAsync(ct);
        var evidence = new List<(string, EvidenceRow, ActivityRow)>();
        while (await reader.ReadAsync(ct)) evidence.Add((reader.GetString(0), EvidenceRow.Read(reader, 1), ActivityRow.Read(reader, 8)));
        await reader.NextResultAsync(ct);
        var recorded = new List<DateOnly>();
        while (await reader.ReadAsync(ct)) recorded.Add(reader.GetFieldValue<DateOnly>(0));
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        return (Material.Of(moment, about, since, validAt, sinceAsked, recorded, promises, evidence, await PendingChanges.ReadAsync(reader, ct)), null);
    }

    /// <summary>Columns of a table by what it is called in a query.</summary>
    private static string OfTable(string alias, string columns) => string.Join(", ", columns.Split(", ").Select(x => $"{alias}.{x}"));

    /// <summary>
    /// Of how far a record reaches, what its activities and searches say; of an agenda, the first parameter, as known at a position, the second. A search for
    /// a commitment that was withdrawn since was made all the same: the days of those that were withdrawn themselves are not in the table.
    /// </summary>
    internal static string RecordedDays { get; } = $"""
        select distinct latest from {KnownTables.Activities.Name} where {Then} and not withdrawn
        union select unnest(searched_through) from {KnownTables.Commitments.Name} where {Then}
        """;

    internal static RecordCoverage CoverageOf(Agenda about, IEnumerable<DateOnly> recorded) =>
        RecordCoverage.Create(about.Baseline.Date, about.Coverage.Where(x => x.Withdrawal is null).Select(x => x.Through), recorded);

    /// <summary>What the rule is asked about, and as of which day.</summary>
    public sealed record Material(
        Moment Moment, Agenda Agenda, DateOnly Since, DateOnly ValidAt, RecordCoverage Coverage,
        IReadOnlyList<(Promise Promise, string Title, DateOnly[] Searches, string[] Tags)> Promises, IReadOnlyDictionary<string, List<Finding>> Findings)
    {
        /// <summary>Of what is known of an agenda at a moment.</summary>
        /// <param name="recorded">The last days of its activities, and the days searched through.</param>
        /// <param name="evidence">What is accepted or proposed on these commitments, with its activities.</param>
        internal static Material Of(
            Moment moment, Agenda about, DateOnly since, DateOnly validAt, Since? sinceAsked, IEnumerable<DateOnly> recorded,
            IEnumerable<CommitmentRow> commitments, IEnumerable<(string Id, EvidenceRow Row, ActivityRow Activity)> evidence, PendingChanges pending)
        {
            var (reviewedHere, stated) = (new List<string>(), new List<(string Commitment, string Evidence)>());
            var findings = new Dictionary<string, List<Finding>>(StringComparer.Ordinal);
            foreach (var (id, row, activity) in evidence)
            {
                if (!findings.TryGetValue(row.Commitment, out var list)) findings.Add(row.Commitment, list = []);
                if (row.IsReviewedHere) reviewedHere.Add(row.Commitment);
                else if (row.State is EvidenceState.Accepted) stated.Add((row.Commitment, id));
                list.Add(new Finding(id, activity.Earliest, activity.Latest, row.Depth, row.Direction, row.Parties, row.State, activity.IsWithdrawn));
            }

            return new Material(moment, about, since, validAt, CoverageOf(about, recorded), [.. commitments.Select(x => (x.Promise, x.Title, x.Searches, x.Tags))], findings)
            {
                Milestone = sinceAsked?.Milestone,
                PendingChanges = pending,
                ReviewedHere = reviewedHere,
                ReviewsStated = stated,
            };
        }

        /// <summary>Whether the day is where the record ends, though it was asked for as of now.</summary>
        public bool Ended { get; init; }

        /// <summary>The position that it was asked for as known at; null where it is as known now.</summary>
        public long? AsKnownAt { get; init; }

        /// <summary>What would move accepted evidence, and waits for a second person.</summary>
        public PendingChanges PendingChanges { get; init; } = PendingChanges.None;

        /// <summary>The commitments of the accepted evidence that was reviewed here, each as often.</summary>
        public IReadOnlyList<string> ReviewedHere { get; init; } = [];

        /// <summary>The accepted evidence that only a bundle states to have been reviewed.</summary>
        public IReadOnlyList<(string Commitment, string Evidence)> ReviewsStated { get; init; } = [];

        /// <summary>The slug of the milestone asked for, where one was.</summary>
        public string? Milestone { get; init; }

        public bool IsCurrent => Coverage.IsCurrent(ValidAt, Agenda.Codebook.CurrentForDays);

        /// <summary>The day that the rule judges what passed as of; its first version knows of no record's end.</summary>
        public DateOnly AsOf => Agenda.Codebook.Version == Codebook.DepthLadder1 ? ValidAt : Coverage.Through(ValidAt);

        public DateOnly? EndsOn => Ending.On(Coverage.Through(ValidAt));

        public RecordEnding Ending => new(Ended, !IsCurrent);

        /// <summary>
        /// Whether the same day may be told as the record's end later, or no longer: nothing on record says that it goes on at once, and it has not ended there
        /// for good.
        /// </summary>
        public bool MayYetEnd => IsCurrent && (Coverage.FirstReaching(ValidAt.AddDays(1)) is { } next
            ? next.DayNumber - Coverage.Through(ValidAt).DayNumber > Agenda.Codebook.CurrentForDays
            : !Ended);

        /// <summary>The same as of the day that was asked for, today where none was, or where the record ends.</summary>
        public Material For(ReadAt read, DateOnly today)
        {
            var (validAt, ending) = RecordEnding.Of(Coverage, Agenda.Codebook.CurrentForDays, Promises.Where(x => !x.Promise.Withdrawn).Select(x => x.Promise.MadeOn), read, today);
            return this with { ValidAt = validAt, Ended = ending.MovedThere };
        }

        public Verdict? Judge(Promise promise, DateOnly[] searches) =>
            DepthLadder.Judge(promise, FindingsOf(promise), searches, Since, ValidAt, Agenda.Codebook, Coverage);

        /// <summary>A commitment as known at that moment, on any day.</summary>
        public Following Follow(Promise promise, DateOnly[] searches) => new(promise, FindingsOf(promise), searches, Since, Agenda.Codebook, Coverage);

        /// <summary>The board as of the day.</summary>
        public Board Judged()
        {
            var entries = ImmutableArray.CreateBuilder<BoardEntry>(Promises.Count);
            var verdicts = new List<Verdict>(Promises.Count);
            foreach (var (promise, title, searches, tags) in Promises)
            {
                if (Judge(promise, searches) is not { } verdict) continue;
                verdicts.Add(verdict);
                entries.Add(BoardEntry.Of(promise.Slug, title, promise.Type, verdict) with { Tags = [.. tags] });
            }

            var board = new Board(
                Agenda.Slug, Agenda.Baseline, Since, ValidAt, Moment.RecordedAt, Moment.Position, Agenda.Codebook,
                Coverage.Through(ValidAt), IsCurrent, AsOf, Math.Max(0, AsOf.DayNumber - Since.DayNumber), "", BoardSummary.Count(verdicts) with { Parties = Agenda.Parties.Length }, entries.ToImmutable(), PendingChanges, ReviewsOf(entries))
            { About = Agenda, Milestone = Milestone, Ended = Ended, AsKnownAt = AsKnownAt, MayYetEnd = MayYetEnd };
            return board with { Headline = Boards.Headline.Write(board) };
        }

        private ReviewCounts ReviewsOf(IEnumerable<BoardEntry> entries)
        {
            var shown = entries.Select(x => x.Slug).ToHashSet(StringComparer.Ordinal);
            var stated = ReviewsStated.Where(x => shown.Contains(x.Commitment)).ToLookup(x => x.Commitment, x => x.Evidence, StringComparer.Ordinal);
            return new ReviewCounts(ReviewedHere.Count(shown.Contains), stated.Sum(x => x.Count()),
                stated.ToImmutableSortedDictionary(x => x.Key, x => x.Order(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal));
        }

        /// <summary>Where each commitment stood on the days through one.</summary>
        public IEnumerable<(CommitmentType Type, Course Course)> Courses(DateOnly through) =>
            Promises.Select(x => (x.Promise.Type, Course.Follow(x.Promise, FindingsOf(x.Promise), x.Searches, Since, through, Agenda.Codebook, Coverage)));

        /// <summary>Where each party stood on each of its commitments on the days through one.</summary>
        public IEnumerable<(CommitmentType Type, Course Course)> CellCourses(DateOnly through) =>
            from promise in Promises
            let findings = FindingsOf(promise.Promise)
            from party in promise.Promise.Parties.Distinct()
            select (promise.Promise.Type, Course.Follow(promise.Promise, findings.FindAll(x => x.Parties.Contains(party)), promise.Searches, Since, through, Agenda.Codebook, Coverage));

        private List<Finding> FindingsOf(Promise promise) => Findings.TryGetValue(promise.Slug, out var found) ? found : [];
    }
}
