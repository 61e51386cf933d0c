using Npgsql;

namespace Tracker.Recording;

/// <summary>
/// Keeps the index by which is found what this program does not know. It is built beside whatever is recorded meanwhile, and so by no migration: an
/// append waits for none of it. An older program drops it when it starts, and a program with other events has another.
/// </summary>
public sealed class UnknownEventsIndex(NpgsqlDataSource database, KnownEvents known)
{
    // Of several nodes one builds it. The number is ours, and means nothing else in this database.
    private const long Builder = 0x747261636b6572;

    /// <summary>Builds the index where it is not there, or was left unfinished. Until then the same is found by reading all events.</summary>
    /// <exception cref="PostgresException">What runs meanwhile keeps it from being built for longer than ten seconds: it is left for the next time.</exception>
    public async Task EnsureAsync(CancellationToken ct)
    {
        var (name, create, drop) = known.Index;
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await IsValidAsync() is true || !await IsMineAsync()) return;
        try
        {
            // It waits for every older transaction, and a backup takes an hour.
            await RunAsync("set lock_timeout = '10s'");
            if (await IsValidAsync() is false) await RunAsync(drop);
            await RunAsync(create);
        }
        finally
        {
            // A pooled connection would keep it until it is used again; one that broke keeps nothing.
            if (connection.FullState is System.Data.ConnectionState.Open) await RunAsync($"select pg_advisory_unlock({Builder})");
        }

        async Task<bool?> IsValidAsync()
        {
            await using var look = new NpgsqlCommand("select indisvalid from pg_index where indexrelid = to_regclass($1)", connection) { Parameters = { new() { Value = name } } };
            return await look.ExecuteScalarAsync(ct) as bool?;
        }

        async Task<bool> IsMineAsync()
        {
            await using var claim = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Builder } } };
            return await claim.ExecuteScalarAsync(ct) is true;
        }

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
