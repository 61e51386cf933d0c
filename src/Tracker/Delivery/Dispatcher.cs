using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Delivery;

/// <summary>
/// Passes the news of each agenda on: follows its change log and its reports, and puts into the outbox what each recipient is to be told.
/// </summary>
/// <remarks>
/// Every node follows; whoever locks the agenda's row passes on, and the others find it done. What is put and how far is one transaction:
/// each piece of news is passed on exactly once, whatever dies in between. How far is kept apart from the change log, so that telling the
/// log anew sends nothing anew.
/// </remarks>
public sealed class Dispatcher(
    NpgsqlDataSource database, ChangeReader changes, Outbox outbox, IEnumerable<IAddress> addresses, KnownEvents known, Announcements announcements,
    ILogger<Dispatcher> log)
    : AgendaFollower(database, announcements, log)
{
    private const int AtOnce = 100;

    private readonly NpgsqlDataSource _database = database;

    protected override string Follows => ChangeTables.Channel;

    protected override (string What, string Done) InWords => ("The news", "passed on");

    protected override string Behind => $"""
        select told.agenda from {ChangeTables.Progress} told left join {DeliveryTables.Progress} passed on passed.agenda = told.agenda
        where (told.position > coalesce(passed.position, 0) or passed.n < {int.MaxValue}) and not {known.HoldsOthers("told.agenda")}
        """;

    /// <summary>Passes on the next of an agenda's news; false where there is no more.</summary>
    protected override async Task<bool> StepAsync(string agenda, CancellationToken ct)
    {
        if (await PassedAsync(agenda, ct) is not { } passed) return false;
        var from = passed.Through;
        if (await changes.LatestAsync(agenda, ct) is not { } told || from.Position > told.Position || (from.Position == told.Position && from.Number == int.MaxValue)) return false;
        // Read before the lock, so that no connection is held while another is waited for.
        var page = await changes.PageAsync(told, from, AtOnce, ct);
        var through = page.Next is null ? new ChangeId(told.Position, int.MaxValue) : ChangeId.Parse(page.Next)!.Value;
        var reports = await ReportsAsync(agenda, Whole(from), Whole(through), ct);
        News[] news = [.. page.Items.Select(x => News.Of(agenda, x)).Concat(reports).OrderBy(x => x.Position).ThenBy(x => x.Report is not null)];

        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Another node was there first: what it passed on is not passed on again. Or a text was taken out of what was read.
        if (await LockAsync(connection, agenda, ct) != passed) return true;
        await using var batch = new NpgsqlBatch(connection);
        if (news.Length > 0)
            foreach (var address in addresses) outbox.Put(batch, await address.ParcelsAsync(connection, agenda, news, ct));
        batch.Add($"update {DeliveryTables.Progress} set position = $2, n = $3 where agenda = $1", agenda, through.Position, through.Number);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return page.Next is not null;
    }

    /// <summary>The last recording that a place is the end of, or past.</summary>
    private static long Whole(ChangeId place) => place.Number == int.MaxValue ? place.Position : place.Position - 1;

    /// <summary>Up to where news is passed on; null where the rest is for newer programs to pass on.</summary>
    private async Task<Passed?> PassedAsync(string agenda, CancellationToken ct)
    {
        await using var command = _database.CreateCommand($"""
            select coalesce(p.position, 0), coalesce(p.n, {int.MaxValue}), l.redacted from {AgendaLine.TableName} l left join {DeliveryTables.Progress} p using (agenda)
            where l.agenda = $1 and not {known.HoldsOthers("l.agenda")}
            """);
        command.Parameters.Add(new() { Value = agenda });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Passed(new ChangeId(reader.GetInt64(0), reader.GetInt32(1)), reader.IsDBNull(2) ? null : reader.GetInt64(2)) : null;
    }

    private static async Task<Passed> LockAsync(NpgsqlConnection connection, string agenda, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"set local idle_in_transaction_session_timeout = '{RecordingConnections.LongestIdle}'");
        batch.Add($"insert into {DeliveryTables.Progress} (agenda, position, n) values ($1, 0, {int.MaxValue}) on conflict do nothing", agenda);
        batch.Add($"select position, n from {DeliveryTables.Progress} where agenda = $1 for update", agenda);
        // A later statement: it sees what was committed while this one waited for the lock.
        batch.Add($"select redacted from {AgendaLine.TableName} where agenda = $1", agenda);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var through = new ChangeId(reader.GetInt64(0), reader.GetInt32(1));
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new Passed(through, reader.IsDBNull(0) ? null : reader.GetInt64(0));
    }

    /// <summary>The reports that were issued by recordings after one and up to another. A retraction issues nothing.</summary>
    private async Task<List<News>> ReportsAsync(string agenda, long after, long through, CancellationToken ct)
    {
        await using var command = _database.CreateCommand($"""
            select body, version, known_from from {ReportTables.Reports.Name} where agenda = $1 and known_from > $2 and known_from <= $3 and body ->> 'retraction' is null order by known_from, name collate "C"
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = through });
        var reports = new List<News>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) reports.Add(News.Of(agenda, ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2)));
        return reports;
    }

    /// <param name="Through">Up to where news is passed on.</param>
    /// <param name="Redacted">The last recording that took a text out of what the news tells.</param>
    private sealed record Passed(ChangeId Through, long? Redacted);
}
