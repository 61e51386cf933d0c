using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>What a command runs in: the same parts as the server, without the server.</summary>
internal static class CommandHost
{
    /// <summary>The settings that decide about the database, before there is a host to ask.</summary>
    public static IConfiguration Settings(IEnumerable<string> args) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. args]).Build();

    /// <summary>Runs a command on the configured database, beside a running server, or on the embedded one.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IEnumerable<string> settings, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken ct)
    {
        string[] args = [.. settings];
        await using var database = await Database.OpenAsync(Settings(args), beside: true, Complain, ct);
        using var host = TrackerHost.BuildWithoutWeb(args, database);
        // A running server keeps the tables up to date; else the projection runs here for as long as the command does.
        if (database.Running is null) await host.StartAsync(ct);
        try
        {
            return await command(host.Services, ct);
        }
        finally
        {
            if (database.Running is null) await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Complains about a refusal on standard error, problem by problem.</summary>
    public static int Refused(Refusal refusal)
    {
        Complain($"{refusal.Detail} ({refusal.Code})");
        foreach (var (path, details) in refusal.Errors)
            foreach (var detail in details) Complain($"  {path}: {detail}");
        return 1;
    }

    private static void Complain(string line) => Console.Error.WriteLine($"tracker: {line}");
}
