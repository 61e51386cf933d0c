using Npgsql;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;

namespace Tracker.Delivery;

/// <summary>What schedules ask of the outbox.</summary>
public sealed class ScheduleDeliveries(NpgsqlDataSource database) : IDeliver
{
    public async Task<IReadOnlySet<string>> WebhooksAsync(string agenda, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select id from {WebhookRegister.TableName} where agenda = $1 and id = any($2)");
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = ids.ToArray() });
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) known.Add(reader.GetString(0));
        return known;
    }

    public async Task<IReadOnlyDictionary<string, int>> FailingAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select r.schedule, count(*)::int from {DeliveryTables.Deliveries} d
            join {ReportTables.Reports.Name} r on r.agenda = d.agenda and r.name = d.key and r.schedule is not null
            where d.agenda = $1 and d.kind = $2 and (d.state = 'dead' or (d.settled_at is null and d.attempts > d.attempts_before and d.last_error is not null))
            group by r.schedule
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = Words.Text(Occasion.ReportIssued) });
        var failing = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) failing.Add(reader.GetString(0), reader.GetInt32(1));
        return failing;
    }
}
