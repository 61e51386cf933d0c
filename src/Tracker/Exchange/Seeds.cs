using Npgsql;
using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Exchange;

/// <summary>Loads the seed bundles into an empty database, through the same recorder as any import.</summary>
public sealed class Seeds(Recorder recorder, NpgsqlDataSource database, AppliedRecordings applied, IConfiguration configuration, ILogger<Seeds> log) : IHostedService
{
    public const string Setting = "Tracker:LoadSeeds";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!configuration.GetValue<bool>(Setting)) return;
        await using (var command = database.CreateCommand($"select exists (select from {AgendaLine.TableName})"))
            if (await command.ExecuteScalarAsync(cancellationToken) is true) return;

        var folder = Path.Combine(AppContext.BaseDirectory, "seeds");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var (position, refusal) = await ImportAsync(recorder, await File.ReadAllBytesAsync(file, cancellationToken), dryRun: false, cancellationToken);
            if (refusal is not null) throw new InvalidOperationException($"{file} is not a bundle that can be imported: {refusal.Detail}");
            var agenda = Path.GetFileNameWithoutExtension(file);
            if (!await applied.ReachedAsync(agenda, position!.Position, TimeSpan.FromSeconds(30), cancellationToken))
                log.LogWarning("The record of {Agenda} is loaded, but the read model has not reached it yet.", agenda);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Imports a bundle that did not come over HTTP.</summary>
    public static async Task<(Answer? Answer, Refusal? Refusal)> ImportAsync(Recorder recorder, byte[] body, bool dryRun, CancellationToken ct)
    {
        var (bundle, refusal) = WireJson.Read<Bundle>(body);
        if (bundle is null) return (null, refusal);
        var agenda = StreamKey.ForAgenda(bundle.Agenda.Slug);
        if (!agenda.IsValid) return (null, Refuse.As("bad-slug", "agenda.slug", "'agenda.slug' must be a slug."));
        return await recorder.RecordAsync(new Attempt(
            agenda.Agenda, Opens: true, Callers.Named("owner").Principal, [],
            known => ImportBundleEndpoint.Decide(bundle, known, dryRun), agenda,
            recorded => new Answer(200, "", null, recorded.Position, WireJson.Bytes(((HappenedOnMany)recorded.Outcome).Answer())))
            { ReadsWholeAgenda = true }, ct);
    }
}
