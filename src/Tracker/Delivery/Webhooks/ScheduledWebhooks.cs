using Npgsql;
using Tracker.Delivery.Mail;
using Tracker.Recording;

namespace Tracker.Delivery.Webhooks;

/// <summary>The webhooks that a schedule names: they are told of its reports, whatever else they asked for. Who asked for reports too is told once.</summary>
public sealed class ScheduledWebhooks(CloudEvents events) : IAddress
{
    public async Task<IReadOnlyList<Parcel>> ParcelsAsync(NpgsqlConnection connection, string agenda, IReadOnlyList<News> news, CancellationToken ct)
    {
        var parcels = new List<Parcel>();
        foreach (var piece in news)
        {
            if (piece.Report?.Schedule is not { } name || await ReportRecipients.AsItWasAsync(connection, agenda, name, piece.Position, ct) is not { Webhooks.IsEmpty: false } schedule) continue;
            await using var batch = new NpgsqlBatch(connection);
            // Shared: who disables or deletes one waits, and then sees what was put.
            batch.Add($"select id from {WebhookRegister.TableName} where agenda = $1 and id = any($2) and state = 'active' order by id for share", agenda, schedule.Webhooks.ToArray());
            await using var reader = await batch.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) parcels.Add(events.For(reader.GetString(0), piece));
        }

        return parcels;
    }
}
