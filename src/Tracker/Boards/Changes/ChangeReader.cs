using System.Collections.Immutable;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>Reads the change log of an agenda, oldest first, with each change in a sentence.</summary>
public sealed class ChangeReader(NpgsqlDataSource database, Moments moments, HeldAgendas held, AnnouncedPositions announced)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The last recording of an agenda whose changes are told; null before the first.</summary>
    public async Task<Moment?> LatestAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select p.position, r.recorded_at from {ChangeTables.Progress} p
            join {KnownTables.Recordings} r on r.agenda = p.agenda and r.position = p.position where p.agenda = $1
            """);
        command.Parameters.Add(new() { Value = agenda });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Moment(agenda, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>Waits until the changes of a recording are told; false where patience ran out first.</summary>
    public Task<bool> ReachedAsync(string agenda, long position, TimeSpan patience, CancellationToken ct) =>
        announced.ReachedAsync(ChangeTables.Channel, LatestAsync, agenda, position, patience, ct);

    /// <summary>Up to which recording the changes of an agenda are told, at least a position where one is asked for; or why that cannot be said.</summary>
    public async Task<(Moment? Moment, Refusal? Refusal)> TellsToAsync(string agenda, long? atLeast, CancellationToken ct)
    {
        var (moment, refusal) = await moments.ResolveAsync(agenda, new ReadAt(AtLeast: atLeast), ct);
        if (moment is null) return (null, refusal);
        var wanted = Math.Max(atLeast ?? 1, 1);
        return await ReachedAsync(agenda, wanted, Patience, ct) ? (await LatestAsync(agenda, ct), null) : (null, Moments.Behind(wanted));
    }

    /// <summary>Why nothing can be told after a change: its recording was never made; null where it was.</summary>
    public async Task<Refusal?> BeyondAsync(Moment moment, ChangeId? after, CancellationToken ct) =>
        after is { } id && id.Position > moment.Position && await moments.LineAsync(moment.Agenda, ct) is { } last && id.Position > last ? Moments.Beyond("after", id.Position, last) : null;

    /// <summary>A part of what was told up to a moment, the oldest first.</summary>
    /// <param name="inFull">Whether corrections say member by member what they changed, and flags how far the record reached.</param>
    public async Task<Page<Change>> PageAsync(Moment moment, ChangeId? after, int limit, CancellationToken ct, bool inFull = true, ChangeKind[]? kinds = null)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await PageAsync(connection, moment, after, limit, ct, inFull, kinds);
    }

    /// <summary>The same on a connection whose transaction may have more to see.</summary>
    public async Task<Page<Change>> PageAsync(
        NpgsqlConnection connection, Moment moment, ChangeId? after, int limit, CancellationToken ct, bool inFull = true, ChangeKind[]? kinds = null)
    {
        var (rows, more) = await PartAsync(connection, moment, "(c.position, c.n) > ($3, $4)", "c.position, c.n", after ?? new ChangeId(0, 0), limit, inFull, kinds, ct);
        Change[] items = [.. rows.Select(x => inFull ? x.Change with { Text = ChangeText.Reaching(x.Change.Text, x.Change.Kind, x.EndedOn) } : x.Change with { Group = null, CoveredThrough = null })];
        return new Page<Change>(moment.Agenda, moment.RecordedAt, moment.Position, items, more ? items[^1].Id : null);
    }

    /// <summary>
    /// What was told up to a moment, by the facts it tells, the newest first. <c>Next</c> is what to give as <paramref name="before"/> for those that follow; null
    /// where there are none.
    /// </summary>
    /// <param name="before">Only what was told before this change.</param>
    /// <param name="kinds">Only changes of these kinds; of all where none is named.</param>
    public async Task<(ImmutableArray<ChangeGroup> Groups, ChangeId? Next)> NewestAsync(Moment moment, ChangeId? before, int limit, ChangeKind[]? kinds, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (rows, more) = await PartAsync(connection, moment, "(c.position, c.n) < ($3, $4)", "c.position desc, c.n desc", before ?? new ChangeId(long.MaxValue, 0), MostRows, inFull: true, kinds, ct);
        ChangeId? next = null;
        if (more)
        {
            // The last group may not be whole: it begins the next part, unless it is all there is. That can only be an import, whose numbers are counted apart.
            var whole = rows.FindLastIndex(x => x.Change.Group != rows[^1].Change.Group) + 1;
            next = whole == 0 ? new ChangeId(rows[^1].Change.Position, 0) : JustAfter(ChangeId.Parse(rows[whole].Change.Id)!.Value);
            if (whole > 0) rows.RemoveRange(whole, rows.Count - whole);
        }

        await connection.CloseAsync();
        var groups = ChangeGroup.Fold(rows, await ImportsAsync(moment.Agenda, [.. rows.Select(x => x.Change.Position).Distinct()], kinds, ct));
        return groups.Length > limit ? (groups[..limit], JustAfter(groups[limit].Newest)) : (groups, next);

        static ChangeId JustAfter(ChangeId id) => id with { Number = id.Number + 1 };
    }

    /// <summary>So many changes are read for a part of the groups.</summary>
    private const int MostRows = 2_000;

    /// <summary>What each import among the recordings changed, in numbers.</summary>
    private async Task<Dictionary<long, ImportedChanges>> ImportsAsync(string agenda, long[] positions, ChangeKind[]? kinds, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select c.position,
                count(*) filter (where c.kind = 'statusChanged' and c.party is null and c.was is null)::int,
                count(*) filter (where c.kind = 'statusChanged' and c.party is null and c.was is not null)::int,
                count(*) filter (where c.kind <> 'statusChanged')::int
            from {ChangeTables.Changes} c
            where c.agenda = $1 and c.position = any($2) and (cardinality($3) = 0 or c.kind = any($3)) and {IsImport}
            group by c.position
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = positions });
        command.Parameters.Add(new() { Value = Words.Texts(kinds) });
        var imports = new Dictionary<long, ImportedChanges>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) imports.Add(reader.GetInt64(0), new ImportedChanges(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)));
        return imports;
    }

    /// <summary>A command touches things of one kind, and few of them; an import those of several, or many of one.</summary>
    private const int MostOfACommand = 20;

    // From memory each recording is a look at every activity; of more, what the database sorts once costs less.
    private const int MostFromMemory = 20;

    private static string IsImport { get; } = $"(select coalesce(count(*) > 1 or max(k.n) > {MostOfACommand}, false) from ({string.Join(" union all ", KnownTables.All.Where(x => x != KnownTables.Agendas && x != KnownTables.Proposals).Select(x =>
        $"select count(*) as n from (select 1 from {x.Name} where agenda = $1 and known_from = c.position limit {MostOfACommand + 1}) t"))}) k where k.n > 0)";

    // What moved with a correction of the agenda moved for its codebook: who its parties are moves nothing by itself.
    private static string IsByCodebook { get; } = $"""
        exists (select from {KnownTables.Agendas.Name} now join {KnownTables.Agendas.Name} was on was.agenda = $1 and was.name = now.name and was.known_to = c.position
            where now.agenda = $1 and now.known_from = c.position and now.body -> 'codebook' is distinct from was.body -> 'codebook')
        """;

    private async Task<(List<ToldChange> Rows, bool More)> PartAsync(
        NpgsqlConnection connection, Moment moment, string where, string order, ChangeId edge, int limit, bool inFull, ChangeKind[]? kinds, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select body, version from {KnownTables.Agendas.Name} where agenda = $1 and known_from <= $2 and known_to > $2", moment.Agenda, moment.Position);
        batch.Add($"""
            select c.position, c.n, r.recorded_at, c.kind, c.effective_on, c.commitment, c.party, c.was, c.now, c.evidence, c.subject_kind, c.subject, c.reason,
                   m.title, m.type, coalesce(a.title, s.title), {IsImport}, coalesce(cardinality(m.parties), 0), c.concrete, c.same, c.searched_through,
                   {IsByCodebook}, exists (select from {ChangeTables.Changes} x where x.agenda = $1 and x.position = c.position and x.commitment = c.commitment and x.reason is not null), m.body ->> 'dueOn'
            from {ChangeTables.Changes} c
            join {KnownTables.Recordings} r on r.agenda = $1 and r.position = c.position
            left join {KnownTables.Commitments.Name} m on m.agenda = $1 and m.name = c.commitment and m.known_from <= c.position and m.known_to > c.position
            left join {KnownTables.Evidence.Name} e on c.subject_kind = 'evidence' and e.agenda = $1 and e.name = c.subject and e.known_from <= c.position and e.known_to > c.position
            left join {KnownTables.Activities.Name} a on c.subject_kind in ('activities', 'evidence') and a.agenda = $1 and a.name = coalesce(e.activity, c.subject) and a.known_from <= c.position and a.known_to > c.position
            left join {KnownTables.Sources.Name} s on c.subject_kind = 'sources' and s.agenda = $1 and s.name = c.subject and s.known_from <= c.position and s.known_to > c.position
            where c.agenda = $1 and {where} and c.position <= $2 and (cardinality($6) = 0 or c.kind = any($6))
            order by {order} limit $5
            """, moment.Agenda, moment.Position, edge.Position, edge.Number, limit + 1, Words.Texts(kinds));
        var rows = new List<(ToldChange Told, Corrected? Corrected)>();
        var more = false;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            // They are being made again, and have not come to it yet.
            if (!await reader.ReadAsync(ct)) throw new NotInTablesYetException(moment.Agenda);
            var agenda = KnownTables.Agendas.ReadBody(reader.GetString(0), reader.GetInt64(1));
            await reader.NextResultAsync(ct);
            while (!more && await reader.ReadAsync(ct))
            {
                if (rows.Count == limit) more = true;
                else rows.Add(Read(reader, agenda));
            }
        }

        if (!inFull) return (rows.ConvertAll(x => x.Told), more);
        var changed = await Corrections.AllOfAsync(connection, moment.Agenda, rows.Select(x => x.Corrected).OfType<Corrected>(), ct);
        var recordings = rows.Select(x => (x.Told.Change.Position, DateOnly.FromDateTime(x.Told.Change.RecordedAt.UtcDateTime))).Distinct().ToArray();
        var reached = recordings.Length <= MostFromMemory && held.FindWhateverTexts(moment) is { } known
            ? ReachedCoverage.Of(known, moment.Agenda, recordings)
            : await ReachedCoverage.ReadAsync(connection, moment.Agenda, recordings, ct);
        return (rows.ConvertAll(x => Full(x.Told, x.Corrected is { } corrected ? changed[corrected] : [], reached[x.Told.Change.Position])), more);
    }

    /// <summary>With what a correction changed, and how far the record reached: as was kept with it, else as known at its recording.</summary>
    private static ToldChange Full(ToldChange told, ImmutableArray<Changed> changed, ReachedCoverage reached) => told with
    {
        Change = told.Change with { Changed = changed, CoveredThrough = told.Change.CoveredThrough ?? reached.CoveredThrough, Current = reached.Current, AsOf = reached.AsOf },
        EndedOn = reached.EndedOn,
    };

    private static (ToldChange Told, Corrected? Corrected) Read(NpgsqlDataReader row, Agenda agenda)
    {
        var found = new Found(Words.Parse<ChangeKind>(row.GetString(3)), Text(5), row.GetFieldValue<DateOnly>(4))
        {
            Party = Text(6),
            From = Status(7),
            To = Status(8),
            Evidence = [.. row.GetFieldValue<string[]>(9)],
            Subject = Text(11) is { } name ? (row.GetString(10), name) : null,
            Reason = Text(12),
            Parties = row.IsDBNull(18) ? null : (row.GetInt32(18), row.GetInt32(19)),
            SearchedThrough = row.IsDBNull(20) ? null : row.GetFieldValue<DateOnly>(20),
        };
        var recordedAt = row.GetFieldValue<DateTimeOffset>(2);
        var recordedOn = DateOnly.FromDateTime(recordedAt.UtcDateTime);
        var named = new Named(
            Text(13), Text(14) is { } type ? Words.Parse<CommitmentType>(type) : null, found.Party is { } party ? agenda.NameOf(party) : null,
            Text(10) == Amendment.Milestones ? agenda.Milestones.FirstOrDefault(x => x.Slug == Text(11))?.Name : Text(15), row.GetInt32(17),
            row.GetBoolean(21) ? MovedBy.Codebook : row.GetBoolean(22) ? MovedBy.Correction : MovedBy.Recording,
            Text(23) is { } due ? FuzzyDate.Parse(due) : null);
        var change = new Change(
            new ChangeId(row.GetInt64(0), row.GetInt32(1)).ToString(), row.GetInt64(0), recordedAt, found.EffectiveOn, found.Kind, found.Commitment, found.Party,
            found.From, found.To, found.Evidence, found.EffectiveOn < recordedOn, ChangeText.Of(found, named, recordedOn))
        { CoveredThrough = found.CoveredThrough, Group = ChangeGroup.IdOf(row.GetInt64(0), found.Commitment, row.GetBoolean(16)) };
        return (new ToldChange(change, found, named), found is { Kind: ChangeKind.Corrected, Subject: var (kind, subject) } ? CorrectedBy(kind, subject) : null);

        Corrected CorrectedBy(string kind, string subject) =>
            kind switch
            {
                "clauses" => new(KnownTables.Commitments.Kind, found.Commitment!, change.Position, subject),
                Amendment.Milestones => new(KnownTables.Agendas.Kind, agenda.Slug, change.Position, subject),
                _ => new(kind, subject, change.Position),
            };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        CommitmentStatus? Status(int column) => Text(column) is { } word ? Words.Parse<CommitmentStatus>(word) : null;
    }
}
