using System.Globalization;

namespace Tracker.Faults.Tests.Harness;

/// <summary>A load on an installation, and a fault while it lasts.</summary>
internal sealed class Scenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Calm = TimeSpan.FromSeconds(2);
    private static int _agendas;

    private readonly Stage _stage;
    private readonly Installation _installation;
    private readonly HashSet<ServerProcess> _struck = [];
    private TimeSpan _began, _ended;

    private Scenario(Stage stage, Installation installation, Load load) => (_stage, _installation, Load) = (stage, installation, load);

    public Load Load { get; }

    /// <summary>Begins with a load that is answered by every node.</summary>
    public static async Task<Scenario> BeginAsync(Stage stage, Installation installation)
    {
        string[] agendas = [.. Enumerable.Range(0, 3).Select(_ => string.Create(CultureInfo.InvariantCulture, $"agenda-{Interlocked.Increment(ref _agendas)}"))];
        Clock.Trace("begin");
        var scenario = new Scenario(stage, installation, new Load(installation.Nodes, agendas));
        await scenario.Load.BeginAsync();
        await scenario.UntilAnsweredAsync(Clock.Now, times: 10);
        scenario._began = Clock.Now;
        Clock.Trace("answered");
        return scenario;
    }

    /// <summary>A fault that begins now.</summary>
    /// <param name="nodes">The nodes it is of.</param>
    public void Strike(params ServerProcess[] nodes)
    {
        _struck.UnionWith(nodes);
        _began = Clock.Now;
    }

    /// <summary>Whatever was broken is whole from now on, but for what must come back by itself.</summary>
    public void Over() { _ended = Clock.Now; Clock.Trace("over"); }

    /// <summary>Waits until all is as before, prints the row, and fails for whatever is not as it should be.</summary>
    public async Task JudgeAsync(string faults)
    {
        await UntilAnsweredAsync(_ended, times: 5);
        Clock.Trace("answered again");
        // What fails later than that counts too.
        await Task.Delay(Calm);
        await Load.EndAsync();
        Clock.Trace("load ended");
        var verdict = new Verdict(_installation, Load, _struck, _began, _ended);
        var row = await verdict.JudgeAsync(faults);
        Clock.Trace("judged");
        _stage.Add(row);
        TestContext.Current.TestOutputHelper!.WriteLine(Row.Heading + row);
        verdict.Complaints.ShouldBeEmpty($"{row}{string.Join('\n', verdict.Complaints)}");
    }

    private async Task UntilAnsweredAsync(TimeSpan since, int times)
    {
        var until = Clock.Now + Patience;
        while (Clock.Now < until && !_installation.Nodes.All(node => Count(Load.Writes, node) >= times && Count(Load.Reads, node) >= times)) await Task.Delay(50);

        int Count(IEnumerable<Sending> sendings, ServerProcess node) => sendings.Count(x => x.Node == node && x.SentAt >= since && x.Succeeded);
    }
}
