using Tracker.Api.Tests.Harness;

namespace Tracker.Faults.Tests.Harness;

/// <summary>A database of its own with its nodes, each over a wire that can be cut.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly List<DatabaseWire> _wires = [];
    private readonly List<ServerProcess> _nodes = [];

    private Installation(OwnPostgres postgres) => Postgres = postgres;

    public OwnPostgres Postgres { get; }

    public IReadOnlyList<ServerProcess> Nodes => _nodes;

    /// <summary>That of each node, in their order.</summary>
    public IReadOnlyList<DatabaseWire> Wires => _wires;

    internal static async Task<Installation> StartAsync(Template template, string name, int nodes, string settings, string? place = null)
    {
        var installation = new Installation(await OwnPostgres.StartAsync(template, name, settings, place));
        try
        {
            for (var i = 0; i < nodes; i++)
            {
                var wire = new DatabaseWire();
                installation._wires.Add(wire);
                installation._nodes.Add(new ServerProcess($"{name}-{i + 1}", wire.To(installation.Postgres.ConnectionString, ofRecordings: false)));
            }

            await Task.WhenAll(installation._nodes.Select(x => x.StartAsync()));
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what does not run, and waits until each node is ready.</summary>
    public async Task MakeWholeAsync()
    {
        foreach (var wire in _wires)
        {
            wire.LetGo();
            wire.Mend();
        }

        foreach (var node in _nodes.Where(x => x.Runs)) await node.GoOnAsync();
        await Task.WhenAll(_nodes.Where(x => !x.Runs).Select(x => x.StartAsync()));
        foreach (var node in _nodes) await Clock.UntilAsync(node.IsReadyAsync, TimeSpan.FromSeconds(20), $"The node {node.Name} is not ready.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        foreach (var wire in _wires) await wire.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
