using ArchUnitNET.Domain;

namespace Tracker.Specs.House;

public sealed class touching_another_folder
{
    [Fact]
    public void is_only_along_the_arrows() =>
        Told(TheHouse.Touches.Where(x => TheHouse.FolderOf(x.To) is { } to && TheHouse.FolderOf(x.From) is { } from && from != to
            && !TheHouse.MayTouch.GetValueOrDefault(from, []).Contains(to))).ShouldBeEmpty();

    [Fact]
    public void has_no_way_back()
    {
        foreach (var (from, tos) in TheHouse.MayTouch)
            foreach (var to in tos) Reached(to).ShouldNotContain(from, $"{from} touches {to}, which reaches back");
    }

    [Fact]
    public void is_said_of_every_folder_there_is()
    {
        var folders = TheHouse.Source.GetDirectories().Where(x => x.EnumerateFiles("*.cs", SearchOption.AllDirectories).Any()).Select(x => x.Name);

        folders.Except(["bin", "obj"]).ShouldBeSubsetOf(TheHouse.MayTouch.Keys);
    }

    [Fact]
    public void can_be_told_from_a_namespace_because_it_names_the_folder()
    {
        var elsewhere = TheHouse.MayTouch.Keys.Select(x => new DirectoryInfo(Path.Combine(TheHouse.Source.FullName, x))).Where(x => x.Exists)
            .SelectMany(folder => folder.EnumerateFiles("*.cs", SearchOption.AllDirectories)
                .Where(file => !File.ReadLines(file.FullName).Any(x => x.StartsWith($"namespace Tracker.{folder.Name}", StringComparison.Ordinal)))
                .Select(file => file.FullName));

        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public void is_never_to_its_endpoints() => Told(TheHouse.Touches.Where(x => IsEndpoint(x.To) && TheHouse.FolderOf(x.From) != TheHouse.FolderOf(x.To))).ShouldBeEmpty();

    [Fact]
    public void to_configure_is_for_Hosting() => Told(TheHouse.Touches.Where(x => TheHouse.FolderOf(x.From) is not "Hosting" && Configures(x.To))).ShouldBeEmpty();

    [Fact]
    public void is_not_for_the_rule_to_do_but_for_the_facts_it_judges() =>
        Told(TheHouse.Touches.Where(x => TheHouse.FolderOf(x.From) is "Status" && TheHouse.FolderOf(x.To) is null && !IsPure(x.To))).ShouldBeEmpty();

    private static HashSet<string> Reached(string from)
    {
        var reached = new HashSet<string> { from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var folder))
            foreach (var next in TheHouse.MayTouch[folder])
                if (reached.Add(next)) open.Enqueue(next);
        return reached;
    }

    private static bool IsEndpoint(IType type) => TheHouse.FolderOf(type) is not null && type.Name.Split('+')[0] is var name
        && (name.EndsWith("Endpoint", StringComparison.Ordinal) || name.EndsWith("Endpoints", StringComparison.Ordinal));

    private static bool Configures(IType type) => type.Name is "IServiceCollection" or "WebApplication" or "WebApplicationBuilder" or "IHostApplicationBuilder"
        or "StoreOptions" or "WolverineOptions" or "WolverineHttpOptions" or "NpgsqlDataSourceBuilder" or "IApplicationBuilder";

    /// <summary>Values and collections: no clock, nothing that waits, reads or writes, and no package.</summary>
    private static bool IsPure(IType type) => type.Namespace?.FullName is null or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections"
            or "System.Linq" or "System.Runtime.CompilerServices" or "System.Diagnostics" or "System.Diagnostics.CodeAnalysis" or "System.Text" or "System.Text.Json.Serialization"
        || type.Name is "ImmutableCollectionsMarshal" or "CollectionsMarshal" // what a collection expression becomes
        || (type.Namespace?.FullName is "System" && type.Name is not ("DateTime" or "TimeProvider" or "Console" or "Environment" or "Random" or "Guid" or "Activator"));

    private static string[] Told(IEnumerable<(IType From, IType To)> touches) => [.. touches.Select(x => $"{x.From.FullName} touches {x.To.FullName}").Order(StringComparer.Ordinal)];
}
