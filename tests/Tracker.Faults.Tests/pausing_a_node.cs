using System.Globalization;
using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

/// <summary>A node stopped where it stands, as by a snapshot of its machine: it holds its connections, and does nothing.</summary>
public sealed class pausing_a_node(Stage stage)
{
    // Longer than anybody may be held.
    private static readonly TimeSpan Pause = Lasting.For(17, 60);

    [Fact]
    public async Task holds_nobody_while_it_is_idle()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var (paused, length) = (three.Nodes[0], Lasting.For(6, 60));

        scenario.Load.Spare(paused);
        await scenario.Load.UntilNothingIsOnItsWayAsync(paused);
        scenario.Strike(paused);
        await paused.PauseAsync();
        await Task.Delay(length);
        await paused.GoOnAsync();
        scenario.Load.Spare(paused, spared: false);
        scenario.Over();

        await scenario.JudgeAsync($"SIGSTOP of an idle node for {length.TotalSeconds:0} s");
    }

    [Fact]
    public async Task lets_others_go_on_soon_where_it_has_the_line()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var (paused, wire) = (three.Nodes[0], three.Wires[0]);

        await Lines.CatchAsync(three.Postgres, wire, scenario.Load.Agendas);
        scenario.Strike(paused);
        await paused.PauseAsync();
        wire.LetGo();
        await Task.Delay(Pause);
        await paused.GoOnAsync();
        scenario.Over();

        await scenario.JudgeAsync($"SIGSTOP of a node in a transaction for {Pause.TotalSeconds:0} s");
    }

    [Fact]
    public async Task lets_others_tell_changes_soon_where_it_was_telling_them()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var (paused, wire) = (three.Nodes[0], three.Wires[0]);

        await Lines.CatchAsync(three.Postgres, wire, scenario.Load.Agendas, ofChanges: true);
        scenario.Strike(paused);
        await paused.PauseAsync();
        wire.LetGo();
        var untold = await Untold.LongestAsync(three.Postgres, scenario.Load.Agendas, Pause);
        await paused.GoOnAsync();
        scenario.Over();

        await scenario.JudgeAsync(string.Create(CultureInfo.InvariantCulture,
            $"SIGSTOP of a node telling changes for {Pause.TotalSeconds:0} s: others told none for {untold.TotalSeconds:0.0} s"));
        untold.TotalSeconds.ShouldBeInRange(1, Verdict.HeldAtMost);
    }

    [Fact]
    public async Task lets_others_go_on_soon_where_it_is_cut_off_unseen()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var (silent, wire) = (three.Nodes[0], three.Wires[0]);

        await Lines.CatchAsync(three.Postgres, wire, scenario.Load.Agendas);
        scenario.Strike(silent);
        wire.FallSilent();
        wire.LetGo();
        await Task.Delay(Pause);
        wire.Mend();
        scenario.Over();

        await scenario.JudgeAsync($"a node's connections silent for {Pause.TotalSeconds:0} s, one of them in a transaction");
    }
}
