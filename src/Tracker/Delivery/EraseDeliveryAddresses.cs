using Npgsql;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;

namespace Tracker.Delivery;

/// <summary>Forgets what was mailed to an address or is to be, and whom to write to about a webhook where it is that.</summary>
public sealed class EraseDeliveryAddresses(NpgsqlDataSource database) : IEraseAddresses
{
    public async Task EraseAsync(string address, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"delete from {DeliveryTables.Deliveries} where channel = '{Channels.Email}' and lower(destination) = lower($1)", address);
        batch.Add($"update {WebhookRegister.TableName} set contact = null where lower(contact) = lower($1)", address);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
