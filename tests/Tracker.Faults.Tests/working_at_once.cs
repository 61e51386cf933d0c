using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

public sealed class working_at_once(Stage stage)
{
    [Fact]
    public async Task keeps_one_line_of_each_agenda_on_three_nodes()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);

        scenario.Strike();
        await Task.Delay(Lasting.For(3, 60));
        scenario.Over();

        await scenario.JudgeAsync("none: three nodes on the same agendas");
    }
}
