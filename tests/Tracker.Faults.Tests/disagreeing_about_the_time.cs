using System.Text.Json.Nodes;
using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

public sealed class disagreeing_about_the_time(Stage stage)
{
    private const string Slow =
        "Left to TRACKER_FAULTS=long: under libfaketime a node takes three times the processor time, and on a busy machine that is what is measured.";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task goes_by_the_clock_of_the_database()
    {
        Assert.SkipUnless(Lasting.IsLong, Slow);
        var folders = Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu") : [];
        var library = folders.Select(x => Path.Combine(x, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(library is null, "Nodes are given other clocks by libfaketimeMT, of the package faketime.");
        var three = await stage.ThreeNodesAsync();
        try
        {
            await SetAsync(three.Nodes[1], "+10m");
            await SetAsync(three.Nodes[2], "-10m");
            await GoesByTheClockOfTheDatabaseAsync(three);
        }
        finally
        {
            // The next begins with nodes that agree.
            foreach (var node in three.Nodes.Skip(1).Where(x => x.Runs)) await node.KillAsync();
        }

        async Task SetAsync(ServerProcess node, string by)
        {
            await node.KillAsync();
            await node.StartAsync(new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = library,
                ["FAKETIME"] = by,
                // What is measured goes on at its pace.
                ["DONT_FAKE_MONOTONIC"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            });
        }
    }

    private async Task GoesByTheClockOfTheDatabaseAsync(Installation three)
    {
        await using var scenario = await Scenario.BeginAsync(stage, three);

        scenario.Strike([.. three.Nodes.Skip(1)]);
        await Task.Delay(Lasting.For(3, 60));
        scenario.Over();

        foreach (var (node, off) in three.Nodes.Zip([TimeSpan.Zero, Skew, -Skew]))
        {
            using var answer = await node.Http.GetAsync($"agendas/{scenario.Load.Agendas[0]}/board");
            var known = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["knownAt"]!.GetValue<DateTimeOffset>();
            var now = TimeProvider.System.GetUtcNow();
            (answer.Headers.Date!.Value - now).ShouldBe(off, TimeSpan.FromSeconds(20), "the node's own clock");
            known.ShouldBe(now, TimeSpan.FromSeconds(20), "the record's");
        }

        await scenario.JudgeAsync("the clock of one node 10 min ahead, of another 10 min behind");
    }
}
