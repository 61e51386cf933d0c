using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Npgsql;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Reports.Schedules;

/// <summary>
/// The opaque ids that stand for people's mail addresses in the record. The addresses are kept apart, in one table, with whether their
/// owners still want anything of an agenda. One address is one recipient of an agenda, whichever schedules name it.
/// </summary>
public sealed class Recipients(NpgsqlDataSource database) : IEraseAddresses
{
    public const string TableName = "tracker.recipient";

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn<string>("agenda").NotNull();
        table.AddColumn<string>("address").NotNull();
        // Two spellings of one address are one person.
        table.AddColumn<string>("folded").NotNull();
        table.AddColumn("unsubscribed_at", "timestamptz");
        table.Indexes.Add(new IndexDefinition("ix_recipient_agenda_folded") { Columns = ["agenda", "folded"], IsUnique = true });
        return table;
    }

    /// <summary>The ids of addresses on an agenda, in their order: made the first time, the same ever after. Null where there is no such agenda.</summary>
    public async Task<ImmutableArray<string>?> OfAsync(string agenda, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        if (addresses.Count == 0) return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        var folded = addresses.Select(Fold).ToArray();
        batch.Add($"""
            insert into {TableName} (id, agenda, address, folded) select x.id, $1, x.address, x.folded from unnest($2::text[], $3::text[], $4::text[]) x(id, address, folded)
            where exists (select from {AgendaLine.TableName} where agenda = $1) on conflict (agenda, folded) do nothing
            """, agenda, addresses.Select(_ => "m-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12))).ToArray(), addresses.ToArray(), folded);
        batch.Add($"select folded, id from {TableName} where agenda = $1 and folded = any($2)", agenda, folded);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetString(0), reader.GetString(1));
        return ids.Count == 0 ? null : [.. folded.Select(x => ids[x])];
    }

    /// <summary>Whom an id stands for; null where it stands for nobody, or their address was forgotten.</summary>
    public async Task<Recipient?> FindAsync(string id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select agenda, address, unsubscribed_at from {TableName} where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(id, reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2)) : null;
    }

    /// <summary>Someone wants no more mail of an agenda, from now on; or wants it again.</summary>
    /// <param name="at">Since when; null where they want it again.</param>
    public async Task UnsubscribeAsync(string id, DateTimeOffset? at, CancellationToken ct)
    {
        // Who said so twice is gone since the first time.
        await using var command = database.CreateCommand($"update {TableName} set unsubscribed_at = case when $2::timestamptz is null then null else coalesce(unsubscribed_at, $2) end where id = $1");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = at is { } instant ? instant : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Everyone an agenda's schedules name or named, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, Recipient>> OnAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select id, address, unsubscribed_at from {TableName} where agenda = $1");
        command.Parameters.Add(new() { Value = agenda });
        var all = new Dictionary<string, Recipient>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            all.Add(reader.GetString(0), new(reader.GetString(0), agenda, reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2)));
        return all;
    }

    /// <inheritdoc/>
    public async Task EraseAsync(string address, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {TableName} where folded = $1");
        command.Parameters.Add(new() { Value = Fold(address) });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether two addresses reach one person, as far as addresses tell.</summary>
    public static string Fold(string address) => address.ToLowerInvariant();
}

/// <summary>Someone who gets mail of an agenda.</summary>
/// <param name="UnsubscribedAt">Since when they want none of it any more; null while they do.</param>
public sealed record Recipient(string Id, string Agenda, string Address, DateTimeOffset? UnsubscribedAt);
