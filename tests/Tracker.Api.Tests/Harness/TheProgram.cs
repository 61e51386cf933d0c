using System.Diagnostics;
using Tracker.Api.Tests.Contract;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Harness;

/// <summary>The program itself, started as whoever types its name starts it.</summary>
internal static class TheProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs a command to its end, on a database.</summary>
    public static Task<Ended> RunOnAsync(string connectionString, params string[] arguments) =>
        RunAsync(new Dictionary<string, string> { ["ConnectionStrings__Tracker"] = connectionString }, arguments);

    /// <summary>Runs a command to its end, with variables of the environment beside one's own.</summary>
    public static Task<Ended> RunWithAsync(Dictionary<string, string> environment, params string[] arguments) => RunAsync(environment, arguments);

    /// <summary>Starts it as a server, on a database. It is whoever starts it that ends it.</summary>
    public static Process Serve(string connectionString, params string[] settings) => Serve(connectionString, settings, (_, _) => { });

    /// <summary>Starts it as a server, on a database, and hears what it says.</summary>
    /// <param name="said">Told of each line, and whether it is of the log rather than the program's own words.</param>
    /// <param name="environment">Variables beside one's own.</param>
    public static Process Serve(string connectionString, string[] settings, Action<string, bool> said, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Built(), .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Tracker"] = connectionString;
        start.Environment[ForAShortTime.Key] = ForAShortTime.Value;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        // Whoever does not listen holds it up.
        process.OutputDataReceived += (_, line) => Hear(line.Data, isLog: false);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, isLog: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Hear(string? line, bool isLog)
        {
            if (line is not null) said(line, isLog);
        }
    }

    private static Task<Ended> RunAsync(Dictionary<string, string>? environment, string[] arguments) =>
        ExternalProgram.RunAsync("dotnet", [Built(), .. arguments], Patience, TestContext.Current.CancellationToken, environment: new Dictionary<string, string>(environment ?? []) { [ForAShortTime.Key] = ForAShortTime.Value });

    /// <summary>It is over before code that is compiled anew, as it is seen to be used, has paid for that.</summary>
    private static readonly KeyValuePair<string, string> ForAShortTime = KeyValuePair.Create("DOTNET_TieredPGO", "0");

    /// <summary>The program where it was built, not the copy beside the tests: its commands look at every assembly beside them.</summary>
    private static string Built()
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        return TheContract.Repository("src", "Tracker", "bin", built.Parent!.Name, built.Name, "Tracker.dll");
    }
}
