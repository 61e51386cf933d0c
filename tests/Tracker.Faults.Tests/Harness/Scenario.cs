namespace Tracker.Faults.Tests.Harness;

/// <summary>A load on an installation, and a fault while it lasts.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Calm = TimeSpan.FromSeconds(1);
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
        string[] agendas = [.. Enumerable.Range(0, 3).Select(_ => FormattableString.Invariant($"agenda-{Interlocked.Increment(ref _agendas)}"))];
        var scenario = new Scenario(stage, installation, new Load(installation.Nodes, agendas));
        await scenario.Load.BeginAsync();
        await scenario.UntilAnsweredAsync(Clock.Now, times: 3);
        scenario._began = Clock.Now;
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
    public void Over() => _ended = Clock.Now;

    /// <summary>Waits until all is as before, prints the row, and fails for whatever is not as it should be.</summary>
    public async Task JudgeAsync(string faults)
    {
        await UntilAnsweredAsync(_ended, times: 3);
        // What fails later than that counts too.
        await Task.Delay(Calm);
        await Load.EndAsync();
        var verdict = new Verdict(_installation, Load, _struck, _began, _ended);
        var row = await verdict.JudgeAsync(faults);
        _stage.Add(row);
        TestContext.Current.TestOutputHelper!.WriteLine(Row.Heading + row);
        verdict.Complaints.ShouldBeEmpty($"{row}{string.Join('\n', [.. verdict.Complaints, .. _installation.Nodes.SelectMany(x => x.Log(_began))])}");
    }

    public ValueTask DisposeAsync() => Load.DisposeAsync();

    /// <summary>Waits until each node has answered so many commands and reads that were sent since; what never does is for the verdict.</summary>
    public async Task UntilAnsweredAsync(TimeSpan since, int times)
    {
        var until = Clock.Now + Patience;
        while (Clock.Now < until && !_installation.Nodes.All(IsAnswered)) await Task.Delay(50);

        bool IsAnswered(ServerProcess node) => Count(Load.Writes, node) >= times && Count(Load.Reads, node) >= times;

        int Count(IEnumerable<Sending> sendings, ServerProcess node) => sendings.Count(x => x.Node == node && x.SentAt >= since && x.Succeeded);
    }
}
