using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Delivery.Webhooks;

/// <summary>The webhooks there are. Their secrets are kept sealed, for they are needed to sign with.</summary>
public sealed class WebhookRegister(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string TableName = "tracker.webhook";

    /// <summary>How many an agenda may have.</summary>
    public const int MaxOfAgenda = 100;

    private const string Columns =
        "id, url, events, contact, state, created_at, rotated_at, previous_until, last_tried_at, last_status, last_delivered_at, failing_since, disabled_at, disabled_because";

    /// <summary>For how long the secret before signs as well.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private readonly IDataProtector _seal = protection.CreateProtector("Tracker.Delivery.Webhooks/1");

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn<string>("agenda").NotNull();
        table.AddColumn<string>("url").NotNull();
        table.AddColumn("events", "text[]").NotNull();
        table.AddColumn<string>("contact");
        table.AddColumn<string>("secret").NotNull();
        table.AddColumn<string>("previous_secret");
        table.AddColumn("previous_until", "timestamptz");
        table.AddColumn<string>("state").NotNull();
        // The agenda's last recording when it was made: it is told of what came later.
        table.AddColumn("after_position", "bigint").NotNull();
        table.AddColumn<string>("created_by").NotNull();
        table.AddColumn("created_at", "timestamptz").NotNull();
        table.AddColumn("rotated_at", "timestamptz");
        table.AddColumn("last_tried_at", "timestamptz");
        table.AddColumn("last_status", "int");
        table.AddColumn("last_delivered_at", "timestamptz");
        table.AddColumn("failing_since", "timestamptz");
        table.AddColumn("disabled_at", "timestamptz");
        table.AddColumn<string>("disabled_because");
        table.Indexes.Add(new IndexDefinition("ix_webhook_agenda") { Columns = ["agenda", "created_at"] });
        return table;
    }

    /// <summary>Makes a webhook, which is told of what is recorded from now on; null where the agenda has as many as it may.</summary>
    public async Task<Webhook?> MakeAsync(string agenda, string url, IEnumerable<Occasion> events, string? contact, SigningSecret secret, string by, CancellationToken ct)
    {
        var id = "w-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        return await OneAsync($"""
            insert into {TableName} (id, agenda, url, events, contact, secret, state, after_position, created_by, created_at)
            select $2, $1, $3, $4, $5, $6, 'active', line.position, $7, coalesce($8, now()) from {AgendaLine.TableName} line
            where line.agenda = $1 and (select count(*) from {TableName} where agenda = $1) < {MaxOfAgenda}
            returning {Columns}
            """, ct, agenda, id, url, events.Select(Words.Text).ToArray(), contact, _seal.Protect(secret.Text), by, clock.ForDatabase());
    }

    public async Task<IReadOnlyList<Webhook>> ListAsync(string agenda, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select {Columns} from {TableName} where agenda = $1 order by created_at, id", agenda);
        var webhooks = new List<Webhook>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) webhooks.Add(Read(reader));
        return webhooks;
    }

    public Task<Webhook?> FindAsync(string agenda, string id, CancellationToken ct) =>
        OneAsync($"select {Columns} from {TableName} where agenda = $1 and id = $2", ct, agenda, id);

    /// <summary>Takes a webhook away, and all that was to be sent to it or was; false where there is none.</summary>
    public async Task<bool> DeleteAsync(string agenda, string id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"delete from {TableName} where agenda = $1 and id = $2 returning id", agenda, id);
        // A later statement: it sees what was put while the first one waited.
        batch.Add($"delete from {DeliveryTables.Deliveries} where agenda = $1 and channel = '{Channels.Webhook}' and destination = $2", agenda, id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct);
    }

    /// <summary>Gives a webhook another secret; the one before signs beside it for a day. Null where there is no such webhook.</summary>
    public Task<Webhook?> RotateAsync(string agenda, string id, SigningSecret secret, CancellationToken ct) => OneAsync($"""
        update {TableName} set previous_secret = secret, previous_until = coalesce($4, now()) + $5, secret = $3, rotated_at = coalesce($4, now())
        where agenda = $1 and id = $2 returning {Columns}
        """, ct, agenda, id, _seal.Protect(secret.Text), clock.ForDatabase(), Overlap);

    /// <summary>Has things sent to a webhook again. Null where there is no such webhook.</summary>
    /// <param name="resend">Whether what was given up is sent too, in its order.</param>
    public async Task<Webhook?> EnableAsync(string agenda, string id, bool resend, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            update {TableName} set state = 'active', failing_since = null, disabled_at = null, disabled_because = null
            where agenda = $1 and id = $2 returning {Columns}
            """, agenda, id);
        if (resend)
        {
            batch.Add($"""
                update {DeliveryTables.Deliveries} set state = 'waiting', attempts_before = attempts, next_at = coalesce($3, now()), settled_at = null
                where agenda = $1 and channel = '{Channels.Webhook}' and destination = $2 and state = 'dead'
                """, agenda, id, clock.ForDatabase());
            batch.Add("select pg_notify($1, $2)", Outbox.Channel, Channels.Webhook);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    /// <summary>Where a parcel goes, and what it is signed with: two secrets on the day after a rotation. Null where there is no such webhook.</summary>
    internal async Task<(string Url, bool IsActive, ImmutableArray<SigningSecret> Secrets)?> AddressAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select url, state, secret, case when previous_until > coalesce($2, now()) then previous_secret end from {TableName} where id = $1", id, clock.ForDatabase());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        ImmutableArray<string> sealedOnes = reader.IsDBNull(3) ? [reader.GetString(2)] : [reader.GetString(2), reader.GetString(3)];
        return (reader.GetString(0), reader.GetString(1) == "active", [.. sealedOnes.Select(x => SigningSecret.Parse(_seal.Unprotect(x))!)]);
    }

    private async Task<Webhook?> OneAsync(string sql, CancellationToken ct, params object?[] values)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(sql, values);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private static Webhook Read(NpgsqlDataReader row)
    {
        return new(row.GetString(0), row.GetString(1), [.. row.GetFieldValue<string[]>(2).Select(Words.Parse<Occasion>)], Text(3), Words.Parse<WebhookState>(row.GetString(4)),
            row.GetFieldValue<DateTimeOffset>(5), Instant(6), Instant(7), Instant(8), row.IsDBNull(9) ? null : row.GetInt32(9), Instant(10), Instant(11), Instant(12), Text(13));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        DateTimeOffset? Instant(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
