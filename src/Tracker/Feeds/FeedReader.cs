using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Feeds;

/// <summary>Reads what an agenda's feed tells.</summary>
public sealed class FeedReader(NpgsqlDataSource database, ChangeReader changes, BoardReader boards, Moments moments, FeedIds ids) : IDisposable
{
    public const int Most = 100;

    private const int MostHeadlines = 2_000;

    private readonly MemoryCache _headlines = new(new MemoryCacheOptions { SizeLimit = MostHeadlines });

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
        FeedEntry[] shown = [.. all.TakeWhile((x, i) => i < Most || x.Place.Position == all[Most - 1].Place.Position)];
        for (var i = 0; i < shown.Length; i++)
            if (shown[i].Report is { Template: ReportDocument.Template2 } report) shown[i] = shown[i] with { Headline = await HeadlineOfAsync(about, report, ct) };
        return (new Feed(
            about, board, moment, await ids.OfAsync(agenda, ct), shown.Length == 0 ? await OpenedAsync(moment, ct) : shown[0].At, [.. shown], before,
            next is not null || all.Length > shown.Length ? new ChangeId(shown[^1].Place.Position, 0) : null), null);
    }

    public void Dispose() => _headlines.Dispose();

    /// <summary>What a report says in a sentence: judged again, as the report is made again, and kept until the agenda is corrected, or a text is taken out of it.</summary>
    private async Task<string?> HeadlineOfAsync(Agenda about, Report report, CancellationToken ct)
    {
        var key = (about.Slug, report.Slug, about.Version, report.Digest);
        if (_headlines.TryGetValue(key, out string? kept)) return kept;
        var (board, _) = await boards.ReadAsync(about.Slug, new ReadAt(report.ValidAt, new KnownAt(report.Position, null), new Since(report.Since, null)), ct);
        return board is null ? null : _headlines.Set(key, report.OmitsLaterRecordings is true ? Headline.WriteAsThen(board) : board.Headline, new MemoryCacheEntryOptions { Size = 1 });
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
