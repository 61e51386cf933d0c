using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Tracker.Hosting;

namespace Tracker.Specs.House;

/// <summary>
/// <c>BannedSymbols.txt</c> is the compiler's list, and an analyzer stops the build. Here the program as built is looked through, so that
/// neither a pragma nor generated code slips by.
/// </summary>
public sealed class reaching_for_a_banned_symbol
{
    internal static readonly HashSet<string> Reached = [.. MembersReached(typeof(EventStore).Assembly.Location)];

    public static TheoryData<string> Banned { get; } =
        [.. File.ReadLines(Path.Combine(TheHouse.Source.FullName, "..", "..", "BannedSymbols.txt")).Where(x => x.Length > 0).Select(x => x.Split(';')[0])];

    [Theory, MemberData(nameof(Banned))]
    public void is_done_nowhere(string symbol) => Reached.Contains(InMetadata(symbol)).ShouldBeFalse();

    [Theory]
    [InlineData("M:System.TimeProvider.GetUtcNow")]
    [InlineData("P:System.TimeProvider.System")]
    public void would_be_seen_as_what_is_allowed_is(string symbol) => Reached.Contains(InMetadata(symbol)).ShouldBeTrue();

    /// <summary>A documentation id as the metadata names what it calls: a property by its getter, a method without its parameters.</summary>
    private static string InMetadata(string symbol)
    {
        var name = symbol[2..].Split('(')[0];
        return symbol.StartsWith("P:", StringComparison.Ordinal) ? name.Insert(name.LastIndexOf('.') + 1, "get_") : name;
    }

    private static List<string> MembersReached(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var members = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind is not HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            members.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}");
        }

        return members;
    }
}
