using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Hosting;

/// <summary>
/// A role of the database for reporting tools: it reads the tables of the record, of every agenda, and nothing else: no keys, sessions, principals, recipients,
/// webhooks, nor the events that all is made of.
/// </summary>
internal static partial class ReportingRole
{
    private const int Iterations = 4_096;

    /// <summary>What it may read, and all that it may.</summary>
    public static ImmutableArray<string> Tables { get; } =
        [.. KnownTables.All.Select(x => x.Name), ReportTables.Reports.Name, KnownTables.Recordings, ChangeTables.Changes, AgendaLine.TableName];

    /// <summary>Lets a role read the record: one that there is, or a new one.</summary>
    /// <returns>The new one's password, shown this once; null for one that there was; or why not.</returns>
    public static async Task<(string? Password, Refusal? Refusal)> GrantAsync(NpgsqlDataSource database, string role, CancellationToken ct)
    {
        if (!Name().IsMatch(role)) return (null, Refuse.As("bad-name", $"'{role}' must be small letters, digits and _, at most 63, and begin with a letter."));
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        string? password = null;
        if (!await AskAsync("select exists (select from pg_roles where rolname = $1)"))
        {
            password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            // The password itself never reaches the server, nor its log.
            await DoAsync($"create role {role} login password '{Verifier(password)}' nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 20");
            await DoAsync($"alter role {role} set default_transaction_read_only = on");
        }

        if (await AskAsync("select current_user = $1 or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $2 and c.relowner = (select oid from pg_roles where rolname = $1))", EventStore.Schema))
            return (null, Refuse.Conflict("may-more", $"The role '{role}' is the service's own: what it may do cannot be taken from it. Name another."));
        await DoAsync($"revoke all on all tables in schema {EventStore.Schema} from {role}");
        await DoAsync($"grant connect on database {new NpgsqlCommandBuilder().QuoteIdentifier(connection.Database)} to {role}");
        await DoAsync($"grant usage on schema {EventStore.Schema} to {role}");
        await DoAsync($"grant select on {string.Join(", ", Tables)} to {role}");
        // What it is a member of may read more.
        if (await AskAsync($"""
            select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{EventStore.Schema}' and c.relkind in ('r', 'p', 'v', 'm', 'S')
                and (has_table_privilege($1, c.oid, 'insert, update, delete, truncate') or (has_table_privilege($1, c.oid, 'select') and n.nspname || '.' || c.relname <> all ($2))))
            """, (object)Tables.ToArray())) return (null, Refuse.Conflict("may-more", $"The role '{role}' may read or write more than the record, by another grant or a role that it is a member of. Name another."));
        await transaction.CommitAsync(ct);
        return (password, null);

        async Task DoAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<bool> AskAsync(string sql, params object[] more)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in (object[])[role, .. more]) command.Parameters.Add(new() { Value = value });
            return await command.ExecuteScalarAsync(ct) is true;
        }
    }

    /// <summary>What PostgreSQL keeps of a password (RFC 5803).</summary>
    private static string Verifier(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(null, $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}\\z")]
    private static partial Regex Name();
}
