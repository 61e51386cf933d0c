using Npgsql;
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

    /// <summary>Runs a command that may change something, on the configured database, beside a running server, or on the embedded one.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] settings, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken ct) => RunAsync(settings, reads: false, command, ct);

    /// <summary>
    /// Runs a command that only reads. It starts nothing and leaves the schema as it is, whoever else works with the database;
    /// one that is embedded, and that
    /// nobody serves, is first made ready as by a start.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static Task<int> ReadAsync(string[] settings, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken ct) => RunAsync(settings, reads: true, command, ct);

    private static async Task<int> RunAsync(string[] settings, bool reads, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken ct)
    {
        await using var database = await Database.OpenAsync(Configured(settings), beside: true, Complain, ct);
        using var host = TrackerHost.BuildWithoutWeb(settings, database);
        var isOurs = database.Embedded is not null;
        try
        {
            if (isOurs) await host.StartAsync(ct);
            // What a running server does is not done twice; one beside a configured database may be of another version.
            else if (database.Running is null && !await Schema.IsThereAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), ct))
            {
                if (reads) return Refused(new Refusal(503, "not-set-up", $"The database at {database.Whereabouts} lacks tables of this version. Start the program there, or run 'tracker db-apply'."));
                await Schema.BringUpAsync(host.Services, ct);
            }

            if (isOurs || (!reads && database.Running is null)) await host.Services.GetRequiredService<TablesFiller>().FillAsync(ct);
            return await command(host.Services, ct);
        }
        finally
        {
            if (isOurs) await host.StopAsync(CancellationToken.None);
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
