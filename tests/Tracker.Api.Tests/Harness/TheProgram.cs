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

    private static Task<Ended> RunAsync(Dictionary<string, string>? environment, string[] arguments)
    {
        // The program where it was built, not the copy beside the tests: its commands look at every assembly beside them.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = TheContract.Repository("src", "Tracker", "bin", built.Parent!.Name, built.Name, "Tracker.dll");
        return ExternalProgram.RunAsync("dotnet", [program, .. arguments], Patience, TestContext.Current.CancellationToken, environment: environment);
    }
}
