using Npgsql;
using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Exchange;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>Loads the seed bundles into an empty database, through the same recorder as any import.</summary>
public sealed class Seeds(Recorder recorder, Principals principals, NpgsqlDataSource database, AppliedRecordings applied, IConfiguration configuration, ILogger<Seeds> log) : IHostedService
{
    public const string Setting = "Tracker:LoadSeeds";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!configuration.GetValue<bool>(Setting)) return;
        await using (var command = database.CreateCommand($"select exists (select from {AgendaLine.TableName})"))
            if (await command.ExecuteScalarAsync(cancellationToken) is true) return;

        var owner = await OwnerAsync(principals, cancellationToken);
        var folder = Path.Combine(AppContext.BaseDirectory, "seeds");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            await using var body = File.OpenRead(file);
            var (imported, position, refusal) = await Bundles.ImportAsync(recorder, owner, body, BodyForm.Json, default, null, dryRun: false, null, cancellationToken);
            if (imported is null) throw new InvalidOperationException($"{file} is not a bundle that can be imported: {refusal!.Detail}");
            var agenda = imported.Agenda;
            if (!await applied.ReachedAsync(agenda, position, TimeSpan.FromSeconds(30), cancellationToken))
                log.LogWarning("The record of {Agenda} is loaded, but the read model has not reached it yet.", agenda);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The owner of the installation, as who works at its terminal.</summary>
    public static async Task<Caller> OwnerAsync(Principals principals, CancellationToken ct) =>
        new(await principals.OfAsync(Principals.Keys, "owner", ct), [new Grant(Role.Owner, null)]);
}
