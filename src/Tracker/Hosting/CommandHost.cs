using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>What a command runs in: the same parts as the server, without the server.</summary>
internal static class CommandHost
{
    /// <summary>What is set, before there is a host to ask: checked, so that nothing is begun that a wrong word would end.</summary>
    /// <exception cref="SettingException">Something is set that cannot be.</exception>
    public static IConfiguration Configured(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        Settings.Check(configuration);
        return configuration;
    }

    /// <summary>Runs a command on the configured database, beside a running server, or on the embedded one.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] settings, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken ct)
    {
        await using var database = await Database.OpenAsync(Configured(settings), beside: true, Complain, ct);
        using var host = TrackerHost.BuildWithoutWeb(settings, database);
        // What a running server does is not done twice.
        try
        {
            if (database.Running is null)
            {
                await host.StartAsync(ct);
                await host.Services.GetRequiredService<TablesFiller>().FillAsync(ct);
            }

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

    /// <summary>Says on standard error what is wrong, in whose name.</summary>
    public static void Complain(string line) => Console.Error.WriteLine($"tracker: {line}");
}
