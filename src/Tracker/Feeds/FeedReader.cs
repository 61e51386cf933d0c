using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Feeds;

/// <summary>Reads what an agenda's feed tells.</summary>
public sealed class FeedReader(NpgsqlDataSource database, ChangeReader changes, BoardReader boards, Moments moments, FeedIds ids)
{
    public const int Most = 100;

    public async Task<(Feed? Feed, Refusal? Refusal)> ReadAsync(string agenda, ChangeId? before, long? atLeast, ChangeKind[]? kinds, CancellationToken ct)
    {
        var (moment, refusal) = await changes.TellsToAsync(agenda, atLeast, ct);
        if (moment is null) return (null, refusal);
        var about = await database.OneAsync(KnownTables.Agendas, agenda, agenda, moment.Position, ct)
            ?? throw new NotInTablesYetException(agenda);
        (var board, refusal) = await boards.ReadAsync(agenda, new ReadAt(KnownAt: new KnownAt(moment.Position, null)), ct);
        if (board is null) return (null, refusal);
        var (told, next) = await changes.NewestAsync(moment, before, Most, kinds, ct);
        // Reports older than the oldest change of this part belong to the next.
        var reports = kinds is null ? (await ReportsAsync(moment, before, ct)).Where(x => next is null || x.Place.Position >= next.Value.Position) : [];
        var all = told.Select(FeedEntry.Of).Concat(reports).OrderByDescending(x => x.Place.Position).ThenByDescending(x => x.Place.Number).ToArray();
        // What came with one recording stays together.
        ImmutableArray<FeedEntry> shown = [.. all.TakeWhile((x, i) => i < Most || x.Place.Position == all[Most - 1].Place.Position)];
        return (new Feed(
            about, board, moment, await ids.OfAsync(agenda, ct), shown.IsEmpty ? await OpenedAsync(moment, ct) : shown[0].At, shown, before,
            next is not null || all.Length > shown.Length ? new ChangeId(shown[^1].Place.Position, 0) : null), null);
    }

    /// <summary>Reports with the recordings that issued or retracted them, the newest first: one more than a feed holds.</summary>
    private async Task<List<FeedEntry>> ReportsAsync(Moment moment, ChangeId? before, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select body, version, known_from from {ReportTables.Reports.Name} where agenda = $1 and known_from <= $2 and known_to > $2 and known_from < $3 order by known_from desc limit $4");
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        command.Parameters.Add(new() { Value = before?.Position ?? long.MaxValue });
        command.Parameters.Add(new() { Value = Most + 1 });
        var reports = new List<FeedEntry>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) reports.Add(FeedEntry.Of(ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2)));
        return reports;
    }

    private async Task<DateTimeOffset> OpenedAsync(Moment moment, CancellationToken ct) =>
        (await moments.ResolveAsync(moment.Agenda, new ReadAt(KnownAt: new KnownAt(1, null)), ct)).Moment?.RecordedAt ?? moment.RecordedAt;
}
