using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Delivery;

/// <summary>Something that is to be sent to someone, or was, with what came of each attempt.</summary>
/// <param name="Id">The same whenever and however often it is sent: a webhook's receiver sees it as <c>webhook-id</c>.</param>
/// <param name="Channel">How it goes: <c>webhook</c> or <c>email</c>.</param>
/// <param name="Destination">To whom: a webhook's id, or an address.</param>
/// <param name="About">The change's id, or the report's slug.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="CreatedAt">When it was put into the outbox.</param>
/// <param name="NextAt">When it is tried next; null where it is not.</param>
/// <param name="DeliveredAt">When the recipient last took it.</param>
/// <param name="Error">What went wrong last, where it is not delivered.</param>
/// <param name="Attempts">Every attempt, the first one first.</param>
public sealed record Delivery(
    string Id,
    string Channel,
    string Destination,
    string About,
    string Kind,
    DeliveryState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAt,
    DateTimeOffset? DeliveredAt,
    string? Error,
    ImmutableArray<DeliveryAttempt> Attempts);

/// <summary>What came of one attempt.</summary>
/// <param name="Milliseconds">How long it took; null where the node that made it stopped in the middle.</param>
/// <param name="Status">The recipient's answer as a number, where it gave one.</param>
/// <param name="Response">The beginning of the recipient's answer.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, int? Milliseconds, int? Status, string? Response, string? Error);

/// <summary>Deliveries, the newest first. One that was resent on purpose counts as new.</summary>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record DeliveryList(string Agenda, IReadOnlyList<Delivery> Items, string? Next);

/// <summary>Which part of a list of deliveries is asked for: those before a number.</summary>
public sealed record DeliveriesAsked(int Limit, long Before)
{
    // A cursor names what it ends with; a delivery's number says it all.
    private const string Unnamed = "0";

    /// <summary>The list, which its cursors belong to.</summary>
    public PageAsked? Page { get; private init; }

    public static (DeliveriesAsked? Asked, Refusal? Refusal) Of(HttpRequest request)
    {
        var (page, refusal) = PageAsked.Of(request);
        return page is null ? (null, refusal) : (new DeliveriesAsked(page.Limit, page.After?.Position ?? long.MaxValue) { Page = page }, null);
    }

    /// <summary>What to give as <c>after</c> for the part behind a delivery.</summary>
    public string? NextAfter(long number) => Page?.Next(number, Unnamed);
}

/// <summary>Reads what is in the outbox, and what became of it.</summary>
public sealed class DeliveryReader(NpgsqlDataSource database)
{
    /// <summary>What was given up of an agenda, on every channel.</summary>
    public Task<DeliveryList> DeadAsync(string agenda, DeliveriesAsked asked, CancellationToken ct) => ListAsync("state = 'dead'", agenda, asked, ct);

    /// <summary>What is to be sent to one recipient, or was.</summary>
    public Task<DeliveryList> ToAsync(string agenda, string channel, string destination, DeliveriesAsked asked, CancellationToken ct) =>
        ListAsync("channel = $4 and destination = $5", agenda, asked, ct, channel, destination);

    public async Task<Delivery?> FindAsync(string agenda, Guid id, CancellationToken ct) =>
        (await ReadAsync("id = $4", agenda, new DeliveriesAsked(1, long.MaxValue), ct, id)).Select(x => x.Delivery).FirstOrDefault();

    private async Task<DeliveryList> ListAsync(string where, string agenda, DeliveriesAsked asked, CancellationToken ct, params object[] values)
    {
        var found = await ReadAsync(where, agenda, asked with { Limit = asked.Limit + 1 }, ct, values);
        var items = found.Take(asked.Limit).ToArray();
        return new DeliveryList(agenda, [.. items.Select(x => x.Delivery)], found.Count > asked.Limit ? asked.NextAfter(items[^1].Number) : null);
    }

    private async Task<List<(long Number, Delivery Delivery)>> ReadAsync(string where, string agenda, DeliveriesAsked asked, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        var asks = $"select * from {DeliveryTables.Deliveries} where agenda = $1 and number < $2 and {where} order by number desc limit $3";
        object[] asking = [agenda, asked.Before, asked.Limit, .. values];
        batch.Add($"""
            select a.delivery, a.n, a.at, a.milliseconds, a.status, a.response, a.error
            from ({asks}) d join {DeliveryTables.Attempts} a on a.delivery = d.id order by a.delivery, a.n
            """, asking);
        batch.Add($"select number, id, channel, destination, key, kind, state, created_at, next_at, delivered_at, last_error from ({asks}) d order by number desc", asking);
        var attempts = new List<(Guid Delivery, DeliveryAttempt Attempt)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            attempts.Add((reader.GetGuid(0), new DeliveryAttempt(reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), Number(3), Number(4), Text(5), Text(6))));
        var made = attempts.ToLookup(x => x.Delivery, x => x.Attempt);
        await reader.NextResultAsync(ct);
        var found = new List<(long, Delivery)>();
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetInt64(0), new Delivery(
                reader.GetGuid(1).ToString(), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), Words.Parse<DeliveryState>(reader.GetString(6)),
                reader.GetFieldValue<DateTimeOffset>(7), Instant(8), Instant(9), Text(10), [.. made[reader.GetGuid(1)]])));
        return found;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        int? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

        DateTimeOffset? Instant(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}
