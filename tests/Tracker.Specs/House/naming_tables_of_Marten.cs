using System.Reflection;
using Marten;
using Tracker.Recording;

namespace Tracker.Specs.House;

/// <summary>What is Marten's own may be another in its next version: our SQL names it in one file, which says what it was held against.</summary>
public sealed class naming_tables_of_Marten
{
    private const string One = nameof(MartenTables) + ".cs";

    [Fact]
    public void is_for_one_file() =>
        TheHouse.Source.EnumerateFiles("*.cs", SearchOption.AllDirectories).Where(x => File.ReadAllText(x.FullName).Contains("mt_", StringComparison.Ordinal))
            .Select(x => x.Name).ShouldBe([One], $"SQL that names what is Marten's own stands in {One}");

    [Fact]
    public void was_held_against_the_version_that_is_built_with() =>
        typeof(IDocumentStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0].ShouldBe(MartenTables.MartenVersion,
            $"This is another Marten: look whether each statement of {One} still says what it shall, have the API's tests run, and name the version there");
}
