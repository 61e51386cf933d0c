using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>A key, without its secret: what is listed.</summary>
/// <param name="Id">What it is revoked by.</param>
/// <param name="Agenda">The agenda its role is on; null for all.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="Principal">Whose it is, by their opaque id: what is recorded with it bears that.</param>
public sealed record Key(
    string Id, string Name, Role Role, string? Agenda, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt,
    string Principal);

/// <summary>
/// The keys there are. Only a hash of each is kept; each use is looked up anew, so that a revocation holds at once on every node.
/// </summary>
public sealed class KeyRing(NpgsqlDataSource database, Principals principals, TimeProvider clock)
{
    public const string TableName = "tracker.access_key";
    public const string Prefix = "trk_";
    private const int MaxName = 200;
    private const int FingerprintBytes = 8;

    // Every request with a key waits for it: a database that answers nothing holds nobody for longer, once a connection is had.
    private const int PatienceSeconds = 5;

    private readonly BatchedLookup<string, List<Match>> _lookup = new(fingerprints => LookAsync(database, fingerprints));

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn("hash", "bytea").NotNull();
        // Enough of the hash to find the row by; the whole is compared in constant time.
        table.AddColumn("fingerprint", "bytea").NotNull();
        table.AddColumn<string>("principal").NotNull();
        table.AddColumn<string>("name").NotNull();
        table.AddColumn<string>("role").NotNull();
        table.AddColumn<string>("agenda");
        table.AddColumn("created_at", "timestamptz").NotNull();
        table.AddColumn("expires_at", "timestamptz");
        table.AddColumn("last_used_at", "timestamptz");
        table.AddColumn("revoked_at", "timestamptz");
        table.Indexes.Add(new IndexDefinition("ix_access_key_fingerprint") { Columns = ["fingerprint"] });
        return table;
    }

    /// <summary>Makes a key of whoever had keys of that name from an owner of everything, and shows it this once.</summary>
    public async Task<(Key Key, string Secret)> MakeAsync(
        string name, Role role, string? agenda, DateTimeOffset? expiresAt, string? given, CancellationToken ct) =>
        await MakeAsync(name, await principals.OfAsync(Principals.Keys, name, ct), role, agenda, expiresAt, given, ct);

    /// <summary>Makes a key, and shows it this once.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="principal">Whose it is.</param>
    /// <param name="role">What they are.</param>
    /// <param name="agenda">On which agenda; null for all.</param>
    /// <param name="expiresAt">When it ends; null for never.</param>
    /// <param name="given">A secret to use rather than make one.</param>
    public async Task<(Key Key, string Secret)> MakeAsync(
        string name, string principal, Role role, string? agenda, DateTimeOffset? expiresAt, string? given, CancellationToken ct)
    {
        var secret = given ?? NewSecret();
        var hash = Hash(secret);
        var key = new Key("k-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)), name, role, agenda, clock.GetUtcNow(), expiresAt, null, null, principal);
        await using var command = database.CreateCommand($"""
            insert into {TableName} (id, hash, fingerprint, principal, name, role, agenda, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9)
            """);
        Bind(command, key.Id, hash, hash[..FingerprintBytes], principal, name, Words.Text(role), agenda ?? "", key.CreatedAt, (object?)expiresAt ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
        return (key, secret);
    }

    /// <summary>Who a secret is of, or null where it is of nobody, has ended, or is revoked.</summary>
    public async Task<Caller?> CallerOfAsync(string secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await MatchAsync(Hash(secret), now, ct) is not { } match) return null;
        if (match.Used is null || now - match.Used > TimeSpan.FromMinutes(1)) await UsedAsync(match.Id, now, ct);
        return match.Caller;
    }

    /// <summary>The id of the key that a secret is, or null where it is none that lasts.</summary>
    public async Task<string?> IdOfAsync(string secret, CancellationToken ct) =>
        (await MatchAsync(Hash(secret), clock.GetUtcNow(), ct))?.Id;

    /// <summary>Who came with a key earlier, and its name; null where it has ended or was revoked since.</summary>
    public async Task<(Caller Caller, string Name)?> CallerByIdAsync(string id, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {Principals.Known("principal")}, role, agenda, name from {TableName} where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)");
        Bind(command, id, clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return (CallerIn(reader, 0), reader.GetString(4));
    }

    private async Task<Match?> MatchAsync(byte[] hash, DateTimeOffset now, CancellationToken ct) =>
        (await _lookup.FindAsync(Convert.ToHexString(hash[..FingerprintBytes]), ct))?.Find(x => CryptographicOperations.FixedTimeEquals(x.Hash, hash) && !(x.ExpiresAt <= now));

    /// <summary>The keys that are not revoked, by their fingerprints: asked for once for all who come with one at a time.</summary>
    private static async Task<IReadOnlyDictionary<string, List<Match>>> LookAsync(NpgsqlDataSource database, IReadOnlyCollection<string> fingerprints)
    {
        await using var command = database.CreateCommand(
            $"select id, hash, {Principals.Known("principal")}, role, agenda, last_used_at, expires_at from {TableName} where fingerprint = any($1) and revoked_at is null");
        command.CommandTimeout = PatienceSeconds;
        Bind(command, (object)fingerprints.Select(Convert.FromHexString).ToArray());
        var found = new Dictionary<string, List<Match>>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var match = new Match(reader.GetString(0), reader.GetFieldValue<byte[]>(1), CallerIn(reader, 2), Instant(reader, 6), Instant(reader, 7));
            var fingerprint = Convert.ToHexString(match.Hash[..FingerprintBytes]);
            if (!found.TryGetValue(fingerprint, out var list)) found.Add(fingerprint, list = []);
            list.Add(match);
        }

        return found;
    }

    private sealed record Match(string Id, byte[] Hash, Caller Caller, DateTimeOffset? Used, DateTimeOffset? ExpiresAt);

    /// <summary>The keys of one agenda, or all where none is named; the newest first.</summary>
    public async Task<IReadOnlyList<Key>> ListAsync(string? agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select id, name, role, agenda, created_at, expires_at, last_used_at, revoked_at, principal from {TableName}
            where $1 = '' or agenda = $1 order by created_at desc, id
            """);
        Bind(command, agenda ?? "");
        var keys = new List<Key>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) keys.Add(Read(reader));
        return keys;
    }

    public async Task<Key?> FindAsync(string id, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select id, name, role, agenda, created_at, expires_at, last_used_at, revoked_at, principal from {TableName} where id = $1");
        Bind(command, id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    /// <summary>Whose a key is to be: a name that is what it looks like, so that no two look the same and are two principals.</summary>
    public static void CheckName(Problems problems, string given, string field = "name")
    {
        var name = problems.Text(field, given);
        if (name.Length > MaxName || name != name.Trim() || name != Normal.Of(name, NormalizationForm.FormC) || name.EnumerateRunes().Any(IsUnseen))
            problems.Add(field, "bad-name", $"'{field}' must be at most {MaxName} characters, none of them unseen, and no space at its ends.");
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    /// <summary>
    /// Ends a key and the sessions begun with it at once, on every node. False where it is the last that owns everything, or the last of those that does
    /// not end by itself: sooner or later nobody could make another.
    /// </summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"lock table {TableName} in share row exclusive mode"));
        var now = clock.GetUtcNow();
        const string OwnsAll = "role = 'owner' and agenda is null and revoked_at is null and (expires_at is null or expires_at > $2)";
        batch.Add($"""
            select exists (select from {TableName} where id = $1 and {OwnsAll}) and not exists (select from {TableName} where id <> $1 and {OwnsAll})
                or exists (select from {TableName} where id = $1 and {OwnsAll} and expires_at is null) and not exists (select from {TableName} where id <> $1 and {OwnsAll} and expires_at is null)
            """, id, now);
        batch.Add($"update {TableName} set revoked_at = $2 where id = $1 and revoked_at is null", id, now);
        batch.Add($"delete from {Sessions.TableName} where access_key = $1", id);
        if (await batch.ExecuteScalarAsync(ct) is true) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Ends all keys and sessions of some principals, and forgets what they are called. False where the last key that owns everything is among them.</summary>
    public async Task<bool> ForgetAsync(string[] ids, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"lock table {TableName} in share row exclusive mode"));
        const string OwnsAll = "role = 'owner' and agenda is null and revoked_at is null and expires_at is null";
        batch.Add($"select exists (select from {TableName} where principal = any($1) and {OwnsAll}) and not exists (select from {TableName} where principal <> all($1) and {OwnsAll})", (object)ids);
        batch.Add($"update {TableName} set name = principal, revoked_at = coalesce(revoked_at, $2) where principal = any($1)", ids, clock.GetUtcNow());
        batch.Add($"delete from {Sessions.TableName} where principal = any($1)", (object)ids);
        if (await batch.ExecuteScalarAsync(ct) is true) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Makes the first owner's key where there never was one; two nodes that start together make one.</summary>
    /// <param name="given">A secret to use rather than make one.</param>
    /// <param name="keep">Told the secret before it opens anything, so that none does that nobody has.</param>
    /// <returns>The secret; null where there is an owner's key.</returns>
    public async Task<string?> MakeFirstAsync(string? given, Func<string, Task> keep, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var alone = new NpgsqlCommand("select pg_advisory_xact_lock(7311802)", connection, transaction)) await alone.ExecuteNonQueryAsync(ct);
        await using (var any = new NpgsqlCommand($"select exists (select from {TableName} where role = 'owner' and agenda is null)", connection, transaction))
            if (await any.ExecuteScalarAsync(ct) is true) return null;
        var secret = given ?? NewSecret();
        await keep(secret);
        await MakeAsync("owner", Role.Owner, null, null, secret, ct);
        return secret;
    }

    private static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private async Task UsedAsync(string id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"update {TableName} set last_used_at = $2 where id = $1");
        Bind(command, id, now);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Key Read(NpgsqlDataReader x) => new(
        x.GetString(0), x.GetString(1), Words.Parse<Role>(x.GetString(2)), x.IsDBNull(3) ? null : x.GetString(3), x.GetFieldValue<DateTimeOffset>(4),
        Instant(x, 5), Instant(x, 6), Instant(x, 7), x.GetString(8));

    /// <summary>The caller of a key, from four columns.</summary>
    private static Caller CallerIn(NpgsqlDataReader row, int column) => new(
        row.GetString(column), [new Grant(Words.Parse<Role>(row.GetString(column + 2)), row.IsDBNull(column + 3) ? null : row.GetString(column + 3))])
    { Aliases = [.. row.GetFieldValue<string[]>(column + 1)] };

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static void Bind(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz } : new() { Value = value });
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
