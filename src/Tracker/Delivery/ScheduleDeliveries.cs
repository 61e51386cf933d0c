using Npgsql;
using Tracker.Boards.Known;
using Tracker.Delivery.Mail;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;

namespace Tracker.Delivery;

/// <summary>What schedules ask of the outbox.</summary>
public sealed class ScheduleDeliveries(NpgsqlDataSource database, MailRoute route) : IDeliver
{
    public string? MissingForMail => route.Settings is null ? $"{MailSettings.Section}:Host" : null;

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

    public async Task<IReadOnlyDictionary<string, FailingDeliveries>> FailingAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select r.schedule, count(*)::int, (array_agg(d.last_error order by d.number desc) filter (where d.last_error is not null))[1] from {DeliveryTables.Deliveries} d
            join {ReportTables.Reports.Name} r on r.agenda = d.agenda and r.name = d.key and r.schedule is not null and r.known_to = $3
            where d.agenda = $1 and d.kind = $2 and (d.state = 'dead' or (d.settled_at is null and d.attempts > d.attempts_before and d.last_error is not null))
            group by r.schedule
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = Words.Text(Occasion.ReportIssued) });
        command.Parameters.Add(new() { Value = KnownTable.StillKnown });
        var failing = new Dictionary<string, FailingDeliveries>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) failing.Add(reader.GetString(0), new FailingDeliveries(reader.GetInt32(1), reader.IsDBNull(2) ? "" : reader.GetString(2)));
        return failing;
    }
}
