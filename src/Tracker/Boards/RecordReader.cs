using System.Collections.Immutable;
using Marten;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>Reads single things and lists of them from the tables, as known at a moment.</summary>
public sealed class RecordReader(NpgsqlDataSource database, IDocumentStore store, Moments moments, ReadTimeout time)
{
    /// <summary>One thing as known then, or why there is none.</summary>
    public async Task<(T? Thing, Moment? Moment, Refusal? Refusal)> OneAsync<T>(
        KnownTable<T> table, string what, string agenda, string name, ReadAt read, CancellationToken ct) where T : class, IFolded<T>
    {
        var (moment, refusal) = await moments.ResolveAsync(agenda, read, ct);
        if (moment is null) return (null, null, refusal);
        if (await UnknownAsync(read.Since, moment, ct) is { } unknown) return (null, moment, unknown);
        if (!Slug.IsValid(name) || await database.OneAsync(table, agenda, name, moment.Position, ct) is not { } thing)
            return (null, moment, Refuse.NotFound(what, name));
        return (thing, moment, null);
    }

    /// <summary>That there is no such milestone, where one is named: a read that counts from nothing is told so, though it would not count.</summary>
    private async Task<Refusal?> UnknownAsync(Since? since, Moment moment, CancellationToken ct) =>
        since?.Milestone is null ? null : Since.On(
            await database.OneAsync(KnownTables.Agendas, moment.Agenda, moment.Agenda, moment.Position, ct) ?? throw new NotInTablesYetException(moment.Agenda), since).Refusal;

    /// <summary>The things of these names as known at a moment, in one round trip; without those there are not.</summary>
    public async Task<ImmutableDictionary<string, T>> NamedAsync<T>(KnownTable<T> table, Moment moment, IEnumerable<string> names, CancellationToken ct) where T : class, IFolded<T>
    {
        await using var command = database.CreateCommand(
            $"select body, version, name from {table.Name} where agenda = $1 and known_from <= $2 and known_to > $2 and name = any($3)");
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        command.Parameters.Add(new() { Value = names.Distinct(StringComparer.Ordinal).ToArray() });
        var things = ImmutableDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) things.Add(reader.GetString(2), table.ReadBody(reader.GetString(0), reader.GetInt64(1)));
        return things.ToImmutable();
    }

    /// <summary>The recording that changed anything of what a piece of evidence rests on last, as known at a moment: told by the events, as a decision on it tells it.</summary>
    public async Task<long> BasisPositionAsync(Evidence.Evidence evidence, Moment moment, CancellationToken ct)
    {
        var keys = evidence.Basis(moment.Agenda).Select(x => x.ToString()).Distinct().ToArray();
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(x => x.StreamKey!.IsOneOf(keys)).ToListAsync(ct);
        return FoldedKinds.ChangedAt(events.Where(x => FoldedKinds.PositionOf(x) <= moment.Position)).Max(x => x.Position);
    }

    /// <summary>All that a thing was known as, through a moment, first to last: one for each recording that changed it.</summary>
    public async Task<IReadOnlyList<WasKnown<T>>> VersionsAsync<T>(KnownTable<T> table, string name, Moment through, CancellationToken ct) where T : class, IFolded<T>
    {
        await using var command = database.CreateCommand($"""
            select t.body, t.version, r.position, r.recorded_at
            from {table.Name} t join {KnownTables.Recordings} r on r.agenda = t.agenda and r.position = t.known_from
            where t.agenda = $1 and t.name = $2 and t.known_from <= $3 order by t.known_from
            """);
        command.Parameters.Add(new() { Value = through.Agenda });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = through.Position });
        var versions = new List<WasKnown<T>>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            versions.Add(new(table.ReadBody(reader.GetString(0), reader.GetInt64(1)), new Moment(through.Agenda, reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3))));
        return versions;
    }

    /// <summary>What a proposed correction would have said otherwise, member by member, as known when it was proposed.</summary>
    public async Task<ImmutableArray<Changed>> WouldChangeAsync(string agenda, Proposal proposal, CancellationToken ct)
    {
        return proposal switch
        {
            { ActivityAs: { } corrected } => await WithAsync(KnownTables.Activities, proposal.Activity!, corrected),
            { CommitmentAs: { } corrected } => await WithAsync(KnownTables.Commitments, proposal.Commitment!, corrected),
            _ => [],
        };

        async Task<ImmutableArray<Changed>> WithAsync<T>(KnownTable<T> table, string name, object corrected) where T : class, IFolded<T>
        {
            var was = await database.OneAsync(table, agenda, name, proposal.ProposedIn, ct) ?? throw new NotInTablesYetException(agenda);
            return Changed.Between(Changed.SaidOf(was), Changed.SaidOf(T.Fold(was, corrected, default)));
        }
    }

    /// <summary>The things recorded or corrected last, as many as are asked for.</summary>
    public async Task<IReadOnlyList<T>> NewestAsync<T>(KnownTable<T> table, string agenda, int limit, CancellationToken ct) where T : class, IFolded<T>
    {
        var (moment, _) = await moments.ResolveAsync(agenda, new ReadAt(), ct);
        if (moment is null) return [];
        await using var command = database.CreateCommand(
            $"select body, version from {table.Name} where agenda = $1 and known_from <= $2 and known_to > $2 order by known_from desc, name collate \"C\" desc limit $3");
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        command.Parameters.Add(new() { Value = limit });
        var things = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) things.Add(table.ReadBody(reader.GetString(0), reader.GetInt64(1)));
        return things;
    }

    /// <summary>A page of evidence as an audience sees it, and how much of it waits for a review.</summary>
    /// <param name="about">What it is evidence on, and of: nothing of what a proposal says, so that readers may count those that wait.</param>
    /// <param name="filters">What else is asked of it.</param>
    public async Task<(EvidencePage? Page, Refusal? Refusal)> EvidenceAsync(
        string agenda, ReadAt read, PageAsked asked, Audience audience, IEnumerable<Filter> about, IEnumerable<Filter> filters, CancellationToken ct)
    {
        about = [.. about];
        var seen = audience is Audience.Coders ? about : about.Append(new Filter("state = any(?)", Audiences.SeenByReaders.ToArray()));
        var (page, refusal) = await PageAsync(KnownTables.Evidence, agenda, read, asked, seen.Concat(filters), ct);
        if (page is null) return (null, refusal);
        var pending = await CountAsync(KnownTables.Evidence, agenda, page.Position, about.Append(new Filter("state = ?", Words.Text(EvidenceState.Proposed))), ct);
        var told = await OnActivitiesAsync(page.Items, new Moment(page.Agenda, page.Position, page.KnownAt), ct);
        return (new EvidencePage(page.Agenda, page.KnownAt, page.Position, pending, [.. told.Select(x => x.SeenBy(audience)!)], page.Next), null);
    }

    /// <summary>Evidence with the withdrawal of its activity, where that was withdrawn as known at a moment.</summary>
    public async Task<IEnumerable<Evidence.Evidence>> OnActivitiesAsync(IReadOnlyList<Evidence.Evidence> evidence, Moment moment, CancellationToken ct)
    {
        var activities = await NamedAsync(KnownTables.Activities, moment, evidence.Select(x => x.Activity), ct);
        return evidence.Select(x => x with { ActivityWithdrawal = activities.GetValueOrDefault(x.Activity)?.Withdrawal });
    }

    private async Task<int> CountAsync(KnownTable table, string agenda, long position, IEnumerable<Filter> filters, CancellationToken ct)
    {
        List<string> conditions = ["agenda = $1", "known_from <= $2", "known_to > $2"];
        List<object> values = [agenda, position];
        AddTo(conditions, values, filters);
        await using var reader = await time.AskAsync(database, $"select count(*)::int from {table.Name} where {string.Join(" and ", conditions)}", values, ct);
        await reader.ReadAsync(ct);
        return reader.GetInt32(0);
    }

    private static void AddTo(List<string> conditions, List<object> values, IEnumerable<Filter> filters)
    {
        foreach (var filter in filters)
        {
            values.Add(filter.Value);
            conditions.Add(filter.Sql.Replace("?", $"${values.Count}", StringComparison.Ordinal));
        }
    }

    /// <summary>A page of things as known then. The cursor keeps the moment of the first page, so that the pages are of one list.</summary>
    public async Task<(Page<T>? Page, Refusal? Refusal)> PageAsync<T>(
        KnownTable<T> table, string agenda, ReadAt read, PageAsked asked, IEnumerable<Filter> filters, CancellationToken ct) where T : class, IFolded<T>
    {
        var isNext = asked.After is not null && read.KnownAt is null;
        var (moment, refusal) = await moments.ResolveAsync(agenda, isNext ? read with { KnownAt = new KnownAt(asked.After!.Position, null) } : read, ct);
        if (moment is null) return (null, isNext ? PageAsked.NotOurs(refusal!) : refusal);
        // The next part of another list than the one that is asked for.
        if (asked.After is { } part && part.Position != moment.Position) return (null, PageAsked.OfAnotherMoment(part));
        if (await UnknownAsync(read.Since, moment, ct) is { } unknown) return (null, unknown);

        List<string> conditions = ["agenda = $1", "known_from <= $2", "known_to > $2", "name collate \"C\" > $3"];
        List<object> values = [agenda, moment.Position, asked.After?.Name ?? "", asked.Limit + 1];
        AddTo(conditions, values, filters);
        var items = new List<T>();
        string? last = null;
        var more = false;
        await using var reader = await time.AskAsync(
            database, $"select body, version, name from {table.Name} where {string.Join(" and ", conditions)} order by name collate \"C\" limit $4", values, ct);
        while (await reader.ReadAsync(ct))
        {
            if (items.Count == asked.Limit)
            {
                more = true;
                break;
            }

            items.Add(table.ReadBody(reader.GetString(0), reader.GetInt64(1)));
            last = reader.GetString(2);
        }

        return (new Page<T>(moment.Agenda, moment.RecordedAt, moment.Position, items, more ? asked.Next(moment.Position, last!, read.ValidAt) : null), null);
    }
}

/// <summary>What a thing was known as from a moment on.</summary>
public sealed record WasKnown<T>(T Thing, Moment From);

/// <summary>A condition on a column, with one parameter.</summary>
public sealed record Filter(string Sql, object Value)
{
    /// <summary>The filters whose value was asked for.</summary>
    public static IEnumerable<Filter> Of(params ReadOnlySpan<(string Sql, object? Value)> asked)
    {
        var filters = new List<Filter>();
        foreach (var (sql, value) in asked)
            if (value is not null) filters.Add(new Filter(sql, value));
        return filters;
    }

    /// <summary>So many words are looked for at most: each is looked for in every text there is.</summary>
    public const int MostWords = 16;

    /// <summary>That more words are searched for than that: 400; null where it is so many, or fewer.</summary>
    public static Refusal? TooManyWords(string? q) => q is not null && Folded.Words(q).Length is var count and > MostWords
        ? Refuse.Unreadable(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'q' has {count} words, and at most {MostWords} are looked for. Leave out {count - MostWords} of them."), "q")
        : null;

    /// <summary>A search for words: each must occur somewhere.</summary>
    public static object? Words(string? q) =>
        q is null || Folded.Words(q) is not { Length: > 0 } words
            ? null
            : words.Select(x => "%" + x.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%").ToArray();
}
