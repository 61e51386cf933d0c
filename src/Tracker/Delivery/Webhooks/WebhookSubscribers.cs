using Npgsql;
using Tracker.Recording;

namespace Tracker.Delivery.Webhooks;

/// <summary>The webhooks of an agenda, each told of what it asked for and was recorded after it was made.</summary>
public sealed class WebhookSubscribers(CloudEvents events) : IAddress
{
    public async Task<IReadOnlyList<Parcel>> ParcelsAsync(NpgsqlConnection connection, string agenda, IReadOnlyList<News> news, CancellationToken ct)
    {
        var subscribers = new List<(string Id, HashSet<Occasion> Events, long After)>();
        await using (var batch = new NpgsqlBatch(connection))
        {
            // Shared: who disables or deletes one waits, and then sees what was put.
            batch.Add($"select id, events, after_position from {WebhookRegister.TableName} where agenda = $1 and state = 'active' order by created_at, id for share", agenda);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                subscribers.Add((reader.GetString(0), [.. reader.GetFieldValue<string[]>(1).Select(Words.Parse<Occasion>)], reader.GetInt64(2)));
        }

        return
        [
            .. from piece in news
               from webhook in subscribers
               where webhook.Events.Contains(piece.Occasion) && piece.Position > webhook.After
               select events.For(webhook.Id, piece),
        ];
    }
}
