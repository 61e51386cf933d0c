using Npgsql;
using Tracker.Recording;

namespace Tracker.Delivery;

/// <summary>
/// What is to be sent. A parcel is put in the transaction of what it tells of, claimed by one node for a while, and settled by what came of
/// the attempt; a claim that nobody settled lapses.
/// </summary>
public sealed class Outbox(NpgsqlDataSource database, TimeProvider clock, KnownEvents known)
{
    /// <summary>The PostgreSQL channel on which it is announced that there is something to carry, by its channel's name.</summary>
    public const string Channel = "tracker_outbox";

    /// <summary>How long what was delivered, or is wanted no more, can be looked up.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>What a claim lasts beyond the patience of its carrier: time to settle it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The open parcels that may be next: for a channel with an order, the first of each destination, found by leaping from one to the next,
    /// whatever waits behind it.
    /// </summary>
    private const string Firsts = $"""
        with recursive lane as (
            (select agenda, destination from {DeliveryTables.Deliveries} where channel = $1 and settled_at is null order by agenda, destination limit 1)
            union all
            select following.agenda, following.destination from lane cross join lateral (
                select agenda, destination from {DeliveryTables.Deliveries}
                where channel = $1 and settled_at is null and (agenda, destination) > (lane.agenda, lane.destination)
                order by agenda, destination limit 1) following),
        open as (
            select first.* from lane cross join lateral (
                select id, agenda, state, attempts, attempts_before, next_at, leased_until from {DeliveryTables.Deliveries}
                where channel = $1 and agenda = lane.agenda and destination = lane.destination and settled_at is null
                order by number limit 1) first)
        """;

    private const string All = $"""
        with open as (
            select id, agenda, state, attempts, attempts_before, next_at, leased_until from {DeliveryTables.Deliveries} where channel = $1 and settled_at is null)
        """;

    /// <summary>Adds parcels to a transaction. What is there already stays as it is.</summary>
    public void Put(NpgsqlBatch batch, params IEnumerable<Parcel> parcels)
    {
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var x in parcels)
        {
            batch.Add($"""
                insert into {DeliveryTables.Deliveries}
                    (id, number, agenda, channel, destination, key, kind, body, state, attempts, attempts_before, created_at, next_at)
                values ($1, nextval('{DeliveryTables.Numbers}'), $2, $3, $4, $5, $6, $7, 'waiting', 0, 0, coalesce($8, now()), coalesce($8, now()))
                on conflict (agenda, channel, destination, key) do nothing
                """, x.Id, x.Agenda, x.Channel, x.Destination, x.Key, x.Kind, x.Body, clock.ForDatabase());
            channels.Add(x.Channel);
        }

        foreach (var channel in channels) Announce(batch, channel);
    }

    /// <summary>
    /// Claims what is due on a carrier's channel, for as long as an attempt may take; what lapsed meanwhile is due again, or
    /// given up. Of agendas that are left to newer
    /// programs, those carry it.
    /// </summary>
    /// <param name="places">How many at most.</param>
    /// <param name="placesForFailed">How many at most of those that failed before.</param>
    public async Task<List<Parcel>> ClaimAsync(ICarrier carrier, int places, int placesForFailed, CancellationToken ct)
    {
        const string Lost = "The node that sent it stopped in the middle.";
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            with lapsed as (
                update {DeliveryTables.Deliveries} x
                set state = case when y.again then 'waiting' else 'dead' end, next_at = case when y.again then coalesce($3, now()) end,
                    settled_at = case when y.again then null else coalesce($3, now()) end, leased_until = null, last_error = $4
                from (select id, $2 and attempts - attempts_before < {Fate.MaxTries} as again from {DeliveryTables.Deliveries}
                      where channel = $1 and leased_until < coalesce($3, now()) for update skip locked) y
                where x.id = y.id
                returning x.id, x.attempts)
            insert into {DeliveryTables.Attempts} (delivery, n, at, error) select id, attempts, coalesce($3, now()), $4 from lapsed
            """, carrier.Channel, carrier.MayRepeat, clock.ForDatabase(), carrier.MayRepeat ? Lost : Fate.Uncertain(Lost));
        batch.Add($"""
            {(carrier.InOrder ? Firsts : All)},
            due as (
                select id, next_at, attempts > attempts_before as again, row_number() over (partition by attempts > attempts_before order by next_at) as n
                from open where state = 'waiting' and next_at <= coalesce($2, now()) and not {known.HoldsOthers("open.agenda")}),
            chosen as (select id from due where n <= case when again then $4 else $3 end order by again, next_at limit $3),
            free as (
                select id from {DeliveryTables.Deliveries}
                where id in (select id from chosen) and state = 'waiting' and next_at <= coalesce($2, now()) for update skip locked)
            update {DeliveryTables.Deliveries} x
            set state = 'sending', attempts = x.attempts + 1, next_at = null, leased_until = coalesce($2, now()) + $5
            from free where x.id = free.id
            returning x.id, x.agenda, x.destination, x.key, x.kind, x.body, x.attempts, x.attempts - x.attempts_before, x.created_at
            """, carrier.Channel, clock.ForDatabase(), places, placesForFailed, carrier.Patience + Slack);
        var claimed = new List<Parcel>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            claimed.Add(new Parcel(reader.GetString(1), carrier.Channel, reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5))
            {
                Id = reader.GetGuid(0),
                Attempt = reader.GetInt32(6),
                Try = reader.GetInt32(7),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(8),
            });
        return claimed;
    }

    /// <summary>How long until something on a carrier's channel is due, or lapses; null where nothing is on its way.</summary>
    public async Task<TimeSpan?> NextAsync(ICarrier carrier, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"{(carrier.InOrder ? Firsts : All)} select min(coalesce(next_at, leased_until)) - coalesce($2, now()) from open", carrier.Channel, clock.ForDatabase());
        return await batch.ExecuteScalarAsync(ct) as TimeSpan?;
    }

    /// <summary>Settles an attempt: where the parcel stands now, the line of its log, and what else follows from it.</summary>
    public async Task SettleAsync(ICarrier carrier, Parcel parcel, Carried carried, Fate fate, DateTimeOffset started, TimeSpan took)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await carrier.NoteAsync(connection, parcel, carried);
        await using var batch = new NpgsqlBatch(connection);
        // Who lost the claim meanwhile settles nothing.
        batch.Add($"""
            with settled as (
                update {DeliveryTables.Deliveries}
                set state = $3, next_at = coalesce($4, now()) + $5, leased_until = null, last_error = $6,
                    delivered_at = case when $3 = 'delivered' then coalesce($4, now()) else delivered_at end,
                    settled_at = case when $3 = 'waiting' then null else coalesce($4, now()) end
                where id = $1 and attempts = $2 and state = 'sending'
                returning id)
            insert into {DeliveryTables.Attempts} (delivery, n, at, milliseconds, status, response, error) select id, $2, $7, $8, $9, $10, $11 from settled
            """, parcel.Id, parcel.Attempt, Words.Text(fate.State), clock.ForDatabase(), fate.Wait, fate.Error, started,
            (int)took.TotalMilliseconds, carried.Status, carried.Response, carried.Error);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Sends one again on purpose: last in its recipient's order, with patience anew.</summary>
    /// <returns>Whether there was one that is delivered or dead.</returns>
    public async Task<bool> ResendAsync(string agenda, Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            update {DeliveryTables.Deliveries}
            set state = 'waiting', number = nextval('{DeliveryTables.Numbers}'), attempts_before = attempts, next_at = coalesce($3, now()), settled_at = null
            where agenda = $1 and id = $2 and settled_at is not null
            returning pg_notify('{Channel}', channel)
            """, agenda, id, clock.ForDatabase());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct);
    }

    /// <summary>Lets one that was given up be: somebody has seen to it otherwise.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DismissAsync(string agenda, Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"update {DeliveryTables.Deliveries} set state = 'dismissed', settled_at = coalesce($3, now()) where agenda = $1 and id = $2 and state = 'dead'", agenda, id, clock.ForDatabase());
        return await batch.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>
    /// Forgets what was settled long ago, with its log, some at a time. What was given up stays until somebody sees to it. How far the news is passed on is
    /// kept elsewhere, so nothing that is forgotten here is put anew.
    /// </summary>
    public async Task ForgetAsync(CancellationToken ct)
    {
        const int AtOnce = 1_000;
        for (var forgotten = AtOnce; forgotten == AtOnce;)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var batch = new NpgsqlBatch(connection);
            batch.Add($"""
                delete from {DeliveryTables.Deliveries} where id in (
                    select id from {DeliveryTables.Deliveries} where settled_at < coalesce($1, now()) - $2 and state <> 'dead'
                    order by settled_at limit {AtOnce} for update skip locked)
                """, clock.ForDatabase(), Kept);
            forgotten = await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private static void Announce(NpgsqlBatch batch, string channel) => batch.Add("select pg_notify($1, $2)", Channel, channel);
}
