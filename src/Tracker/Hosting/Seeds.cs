using System.Text.Json;
using Npgsql;
using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Exchange;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// Loads the seed bundles into an empty database, through the same recorder as any import, in the order in which <c>seeds/order.txt</c> names them:
/// each is a recording of its own. A start that was interrupted between two of them is completed by the next.
/// </summary>
public sealed class Seeds(Recorder recorder, Principals principals, NpgsqlDataSource database, TablesFiller tables, IConfiguration configuration, ILogger<Seeds> log) : IHostedService
{
    public const string Setting = "Tracker:LoadSeeds";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!configuration.GetValue<bool>(Setting)) return;
        // What was loaded by a version before stands in its own tables.
        await tables.FillAsync(cancellationToken);
        var files = InOrder(Path.Combine(AppContext.BaseDirectory, "seeds"));
        var recordings = await RecordingsAsync(cancellationToken);
        if (recordings.Count > 0 && !await AreOfSeedsOnlyAsync(recordings, files, cancellationToken)) return;

        var owner = await OwnerAsync(principals, cancellationToken);
        foreach (var file in files)
        {
            await using var body = File.OpenRead(file);
            var (imported, _, refusal) = await Bundles.ImportAsync(recorder, principals, owner, body, BodyForm.Json, default, null, dryRun: false, null, cancellationToken);
            if (imported is null && recordings.Count > 0)
            {
                log.LogWarning("{Seed} is not loaded: what is recorded already differs from what the seeds say, and stays as it is. {Refusal}", Path.GetFileName(file), refusal!.Detail);
                return;
            }

            if (imported is null) throw new InvalidOperationException($"{file} is not a bundle that can be imported: {refusal!.Detail}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The bundles of a folder, in the order in which its <c>order.txt</c> names them, one a line: all of them, and no others.</summary>
    /// <exception cref="InvalidOperationException">A bundle is not named, or one that is named is not there.</exception>
    internal static string[] InOrder(string folder)
    {
        string[] named = [.. File.ReadLines(Path.Combine(folder, "order.txt")).Select(x => x.Trim()).Where(x => x.Length > 0)];
        var there = Directory.EnumerateFiles(folder, "*.json").Select(x => Path.GetFileName(x)).ToHashSet(StringComparer.Ordinal);
        if (!there.SetEquals(named) || named.Length != there.Count)
            throw new InvalidOperationException($"{Path.Combine(folder, "order.txt")} must name each bundle of its folder once. It names {string.Join(", ", named)}; there are {string.Join(", ", there.Order(StringComparer.Ordinal))}.");
        return [.. named.Select(x => Path.Combine(folder, x))];
    }

    /// <summary>The owner of the installation, as who works at its terminal.</summary>
    public static async Task<Caller> OwnerAsync(Principals principals, CancellationToken ct) =>
        new(await principals.OfAsync(Principals.Keys, "owner", ct), [new Grant(Role.Owner, null)]);

    /// <summary>How many recordings each agenda has.</summary>
    private async Task<Dictionary<string, long>> RecordingsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select agenda, position from {AgendaLine.TableName}");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var recordings = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) recordings.Add(rows.GetString(0), rows.GetInt64(1));
        return recordings;
    }

    /// <summary>Whether the recordings may be the first of those that loading makes, and the last of them is missing.</summary>
    private static async Task<bool> AreOfSeedsOnlyAsync(Dictionary<string, long> recordings, string[] files, CancellationToken ct)
    {
        if (recordings.Values.Sum() >= files.Length) return false;
        var agendas = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            await using var body = File.OpenRead(file);
            using var bundle = await JsonDocument.ParseAsync(body, cancellationToken: ct);
            agendas.Add(bundle.RootElement.GetProperty("agenda").GetProperty("slug").GetString());
        }

        return agendas.IsSupersetOf(recordings.Keys);
    }
}
