using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Feeds;

/// <summary>Reads what an agenda's feed tells.</summary>
public sealed class FeedReader(NpgsqlDataSource database, ChangeReader changes, Moments moments, FeedIds ids)
{
    public const int Most = 100;

    public async Task<(Feed? Feed, Refusal? Refusal)> ReadAsync(string agenda, ChangeId? before, long? atLeast, CancellationToken ct)
    {
        var (moment, refusal) = await changes.TellsToAsync(agenda, atLeast, ct);
        if (moment is null) return (null, refusal);
        var about = await database.OneAsync(KnownTables.Agendas, agenda, agenda, moment.Position, ct)
            ?? throw new InvalidOperationException($"The tables tell of '{agenda}' and do not hold it.");
        var told = await changes.NewestAsync(moment, before, Most, ct);
        var reports = await ReportsAsync(moment, before, ct);
        var all = told.Items.Select(FeedEntry.Of).Concat(reports).OrderByDescending(x => x.Place.Position).ThenByDescending(x => x.Place.Number).ToArray();
        ImmutableArray<FeedEntry> shown = [.. all.Take(Most)];
        return (new Feed(
            about, moment, await ids.OfAsync(agenda, ct), shown.IsEmpty ? await OpenedAsync(moment, ct) : shown[0].At, shown, before,
            told.Next is not null || all.Length > Most ? shown[^1].Place : null), null);
    }

    /// <summary>Reports with the recordings they are, the newest first: one more than a feed holds.</summary>
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
        (await moments.ResolveAsync(moment.Agenda, new KnownAt(1, null), null, ct)).Moment?.RecordedAt ?? moment.RecordedAt;
}
