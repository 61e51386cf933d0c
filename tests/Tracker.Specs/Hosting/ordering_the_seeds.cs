using Tracker.Hosting;

namespace Tracker.Specs.Hosting;

public sealed class ordering_the_seeds : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracker-seeds-");

    [Fact]
    public void takes_them_as_the_list_has_them_and_not_by_name()
    {
        Bundles("a.json", "b.json", "c.json");
        Names("b.json", "", "  c.json  ", "a.json");

        Seeds.InOrder(_folder.FullName).Select(x => Path.GetFileName(x)).ShouldBe(["b.json", "c.json", "a.json"]);
    }

    [Fact]
    public void refuses_a_bundle_that_the_list_leaves_out()
    {
        Bundles("a.json", "b.json");
        Names("a.json");

        Should.Throw<InvalidOperationException>(() => Seeds.InOrder(_folder.FullName)).Message.ShouldContain("b.json");
    }

    [Fact]
    public void refuses_a_name_without_a_bundle()
    {
        Bundles("a.json");
        Names("a.json", "gone.json");

        Should.Throw<InvalidOperationException>(() => Seeds.InOrder(_folder.FullName)).Message.ShouldContain("gone.json");
    }

    [Fact]
    public void refuses_a_name_that_stands_there_twice()
    {
        Bundles("a.json", "b.json");
        Names("a.json", "b.json", "a.json");

        Should.Throw<InvalidOperationException>(() => Seeds.InOrder(_folder.FullName));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Bundles(params string[] names)
    {
        foreach (var name in names) File.WriteAllText(Path.Combine(_folder.FullName, name), "{}");
    }

    private void Names(params string[] lines) => File.WriteAllLines(Path.Combine(_folder.FullName, "order.txt"), lines);
}
