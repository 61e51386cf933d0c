using System.Globalization;
using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

public sealed class losing_a_node(Stage stage)
{
    [Fact]
    public async Task goes_on_without_a_node_that_was_killed()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(2, 10);

        scenario.Strike([.. three.Nodes.Take(2)]);
        var (ready, first) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < times; i++)
        {
            var node = three.Nodes[i % 2];
            await node.KillAsync();
            await Task.Delay(Lasting.For(2, 5));
            ready = Max(ready, await node.StartAsync());
            // Its endpoints are compiled by the first who turn to them, where that was not done before: a part of its start.
            var isReady = Clock.Now;
            await scenario.UntilAnsweredAsync(isReady, times: 1);
            first = Max(first, Clock.Now - isReady);
        }

        scenario.Over();
        await scenario.JudgeAsync(string.Create(CultureInfo.InvariantCulture,
            $"kill -9 of a node, × {times}: ready {ready.TotalSeconds:0.0} s after its start, first answers {first.TotalSeconds:0.0} s later"));

        static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }
}
