using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

public sealed class losing_a_node(Stage stage)
{
    [Fact]
    public async Task goes_on_without_a_node_that_was_killed()
    {
        var three = await stage.ThreeNodesAsync();
        var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(2, 10);

        scenario.Strike([.. three.Nodes.Take(times)]);
        for (var i = 0; i < times; i++)
        {
            var node = three.Nodes[i % 2];
            await node.KillAsync();
            await Task.Delay(Lasting.For(2, 5));
            await node.StartAsync();
        }

        scenario.Over();
        await scenario.JudgeAsync($"kill -9 of a node, × {times}");
    }
}
