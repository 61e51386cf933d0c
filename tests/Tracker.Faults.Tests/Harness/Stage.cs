[assembly: AssemblyFixture(typeof(Tracker.Faults.Tests.Harness.Stage))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Tracker.Faults.Tests.Harness;

/// <summary>
/// What the scenarios are played on: a database and three nodes, started once. What one breaks is mended before the next begins.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracker-faults-");
    private readonly List<Row> _rows = [];
    private Template? _template;
    private Installation? _three;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Three nodes on one database that takes 120 connections, each over a wire of its own; all run, and all are ready.</summary>
    public async Task<Installation> ThreeNodesAsync()
    {
        _three ??= await Installation.StartAsync(await TemplateAsync(), "three", nodes: 3, "-c max_connections=120");
        await _three.MakeWholeAsync();
        return _three;
    }

    /// <summary>A node on a database that lies in a folder.</summary>
    public async Task<Installation> OneNodeAsync(string name, string place) =>
        await Installation.StartAsync(await TemplateAsync(), name, nodes: 1, "", place);

    /// <summary>A folder that the database's account can reach.</summary>
    public async Task<string> NewFolderAsync(string name) => Directory.CreateDirectory(Path.Combine((await TemplateAsync()).Folder, name)).FullName;

    internal void Add(Row row)
    {
        _rows.Add(row);
        // Kept beside the results of tests, for whoever wants the table.
        var artifacts = Directory.CreateDirectory(Api.Tests.Contract.TheContract.Repository("artifacts"));
        File.WriteAllText(Path.Combine(artifacts.FullName, "faults.md"), Row.Heading + string.Concat(_rows.Select(x => x.ToString())));
    }

    public async ValueTask DisposeAsync()
    {
        if (_three is not null) await _three.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<Template> TemplateAsync() => _template ??= await Template.MakeAsync(_folder.FullName, TestContext.Current.CancellationToken);
}
