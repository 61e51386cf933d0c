using System.Data.Common;
using System.Runtime.ExceptionServices;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql.Tables;

namespace Tracker.Hosting;

/// <summary>What a database must have for this program to work with it.</summary>
internal static class Schema
{
    // The one that a starting node takes for the same.
    private const int MartensLock = 4004;

    /// <summary>Whether a database has all tables of ours, as this program declares them. It may have more. Nothing is changed by looking.</summary>
    public static async Task<bool> IsThereAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var ours = EventStore.OwnTables();
        foreach (var table in ours.OfType<Table>()) table.AddOnlyMigrations = true;
        await using var connection = await database.OpenConnectionAsync(ct);
        return (await SchemaMigration.DetermineAsync(connection, ct, ours)).Difference is SchemaPatchDifference.None;
    }

    /// <summary>Brings a database up to what this program declares, by adding only.</summary>
    public static async Task BringUpAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = (long)MartensLock } } })
            await wait.ExecuteNonQueryAsync(ct);
        await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }
}

/// <summary>
/// Keeps quiet about what is brought up, and about what is left as it is: by default that would be said on standard output, in
/// the midst of a command's answer.
/// What fails is thrown.
/// </summary>
internal sealed class SchemaLog : IMigrationLogger
{
    public static void Take(IDocumentStore store) => ((IDatabaseWithMigrationLogger)store.Storage.Database).MigrationLogger = new SchemaLog();

    public void SchemaChange(string sql) { }

    public void WithheldDrop(string description) { }

    public void OnFailure(DbCommand command, Exception ex) => ExceptionDispatchInfo.Throw(ex);
}
