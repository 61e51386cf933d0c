using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Delivery;

/// <summary>
/// Puts into the outbox what each recipient is to be told of an agenda's changes and reports, in the transaction that writes the changes. How far it has come
/// is kept apart from the change log: telling the log anew, or from a new version of its tables, sends nothing anew.
/// </summary>
public sealed class EnqueueDeliveries(ChangeReader changes, Outbox outbox, IEnumerable<IAddress> addresses) : IEnqueueDeliveries
{
    private const int AtOnce = 100;

    /// <inheritdoc/>
    public string Progress => DeliveryTables.Progress;

    /// <inheritdoc/>
    public async Task EnqueueAsync(NpgsqlConnection connection, NpgsqlBatch write, Moment through, CancellationToken ct)
    {
        var (from, hasSubscribers, reports) = await LookAsync(connection, through, ct);
        var end = new ChangeId(through.Position, int.MaxValue);
        if (!IsBefore(from, end)) return;
        for (var after = from; (hasSubscribers || reports.Count > 0) && IsBefore(after, end);)
        {
            var page = hasSubscribers ? await changes.PageAsync(connection, through, after, AtOnce, ct) : null;
            var last = page?.Next is { } next ? ChangeId.Parse(next)!.Value : end;
            News[] news =
            [
                .. (page?.Items.Select(x => News.Of(through.Agenda, x)) ?? []).Concat(reports.Where(x => x.Position > Whole(after) && x.Position <= Whole(last)))
                    .OrderBy(x => x.Position).ThenBy(x => x.Report is not null),
            ];
            await PutAsync(connection, through.Agenda, news, ct);
            after = last;
        }

        write.Add($"update {DeliveryTables.Progress} set position = $2, n = {int.MaxValue} where agenda = $1", through.Agenda, through.Position);
    }

    /// <summary>
    /// Locks the agenda's place, so that a text which is taken out meanwhile waits for what is put here, or is out of what is read here. Then reads whether
    /// anybody wants to be told of changes, and the reports that were issued since; a retraction issues nothing.
    /// </summary>
    private static async Task<(ChangeId From, bool HasSubscribers, List<News> Reports)> LookAsync(NpgsqlConnection connection, Moment through, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"insert into {DeliveryTables.Progress} (agenda, position, n) values ($1, 0, {int.MaxValue}) on conflict do nothing", through.Agenda);
        batch.Add($"select position, n from {DeliveryTables.Progress} where agenda = $1 for update", through.Agenda);
        batch.Add($"select exists (select from {WebhookRegister.TableName} where agenda = $1 and state = 'active' and cardinality(events) > 0)", through.Agenda);
        batch.Add($"""
            select body, version, known_from from {ReportTables.Reports.Name}
            where agenda = $1 and known_from > (select position - case when n < {int.MaxValue} then 1 else 0 end from {DeliveryTables.Progress} where agenda = $1) and known_from <= $2
                and body ->> 'retraction' is null
            order by known_from, name collate "C"
            """, through.Agenda, through.Position);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var from = new ChangeId(reader.GetInt64(0), reader.GetInt32(1));
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        var hasSubscribers = reader.GetBoolean(0);
        await reader.NextResultAsync(ct);
        var reports = new List<News>();
        while (await reader.ReadAsync(ct)) reports.Add(News.Of(through.Agenda, ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2)));
        return (from, hasSubscribers, reports);
    }

    private async Task PutAsync(NpgsqlConnection connection, string agenda, News[] news, CancellationToken ct)
    {
        if (news.Length == 0) return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var address in addresses) outbox.Put(batch, await address.ParcelsAsync(connection, agenda, news, ct));
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    private static bool IsBefore(ChangeId one, ChangeId other) => (one.Position, one.Number).CompareTo((other.Position, other.Number)) < 0;

    /// <summary>The last recording that a place is the end of, or past.</summary>
    private static long Whole(ChangeId place) => place.Number == int.MaxValue ? place.Position : place.Position - 1;
}
