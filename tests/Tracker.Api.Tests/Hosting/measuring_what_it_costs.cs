using System.Text.Json;
using Tracker.Api.Tests.Contract;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Hosting;

/// <summary>The benchmarks' program, with its smallest measure for a moment: that it still measures, not what.</summary>
public sealed class measuring_what_it_costs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tracker-measuring-");

    [Fact]
    public async Task measures_the_board_of_Bali_beside_a_baseline()
    {
        var file = Path.Combine(folder.FullName, "figures.json");

        var ended = await ExternalProgram.RunAsync("dotnet",
            [Built("tests", "Tracker.Benchmarks"), "board-bali", "--events", "0", "--seconds", "0.5", "--rounds", "1", "--json", file,
                "--server", Path.GetDirectoryName(Built("src", "Tracker"))!],
            TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        ended.ExitCode.ShouldBe(0, ended.LastWords);
        ended.Output.ShouldContain("| **board-bali** ");
        var measured = JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).RootElement.GetProperty("measures")[0];
        measured.GetProperty("measured")[0].GetProperty("perSecond").GetDouble().ShouldBeGreaterThan(0);
        measured.GetProperty("baseline")[0].GetProperty("perSecond").GetDouble().ShouldBeGreaterThan(0);
        measured.GetProperty("ratio").GetDouble().ShouldBeGreaterThan(0);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A program of the repository, as it was built together with these tests.</summary>
    private static string Built(string folder, string project)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        return TheContract.Repository(folder, project, "bin", built.Parent!.Name, built.Name, project + ".dll");
    }
}
