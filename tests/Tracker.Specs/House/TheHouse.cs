using System.Runtime.CompilerServices;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Tracker.Hosting;

namespace Tracker.Specs.House;

/// <summary>Which folder of <c>src/Tracker</c> may touch which: the arrows, from the ground up. Every folder stands here.</summary>
internal static class TheHouse
{
    // What each speaks of, and the seam it is recorded through.
    private static readonly string[] Facts = ["Recording", "Agendas", "Sources", "Activities", "Commitments", "Evidence", "Proposals"];

    // What is read: those, the rule that judges them, and the boards that show them.
    private static readonly string[] Reads = [.. Facts, "Status", "Languages", "Boards"];

    public static IReadOnlyDictionary<string, string[]> MayTouch { get; } = new Dictionary<string, string[]>
    {
        ["Recording"] = [],
        ["Agendas"] = ["Recording"],
        ["Sources"] = ["Recording", "Agendas"],
        ["Activities"] = ["Recording", "Agendas", "Sources"],
        ["Commitments"] = ["Recording", "Agendas", "Sources", "Activities"],
        ["Evidence"] = ["Recording", "Agendas", "Sources", "Activities", "Commitments"],
        ["Proposals"] = ["Recording", "Agendas", "Sources", "Activities", "Commitments", "Evidence"],
        ["Status"] = ["Agendas", "Activities", "Commitments", "Evidence"],
        ["Languages"] = [.. Facts, "Status"],
        ["Boards"] = [.. Facts, "Status", "Languages"],
        ["Prose"] = Reads,
        ["Reports"] = [.. Reads, "Prose"],
        ["Redactions"] = [.. Facts, "Proposals", "Reports"],
        ["Delivery"] = [.. Reads, "Prose", "Reports"],
        ["Embeds"] = [.. Reads, "Prose", "Reports"],
        ["Feeds"] = [.. Reads, "Prose", "Reports"],
        ["Exchange"] = Reads,
        // Who is signed in is Access's to say.
        ["Dashboard"] = [.. Reads, "Prose", "Reports", "Access"],
        ["Access"] = ["Recording"],
        ["Legacy"] = Facts,
        // The only one that configures, and so the only one that knows them all.
        ["Hosting"] = [.. Reads, "Prose", "Reports", "Redactions", "Delivery", "Embeds", "Feeds", "Exchange", "Dashboard", "Access", "Legacy"],
    };

    public static Architecture Built { get; } = new ArchLoader().LoadAssembly(typeof(EventStore).Assembly).Build();

    /// <summary>Every type of ours with each it touches, anywhere in a body, a signature or an attribute.</summary>
    public static IEnumerable<(IType From, IType To)> Touches { get; } =
        [.. Built.Types.Where(x => FolderOf(x) is not null).SelectMany(x => x.Dependencies.Select(y => (From: x, To: y.Target)))
            // A type parameter is known by its name alone, wherever it was first met.
            .Where(x => x.To is not GenericParameter).Distinct()];

    /// <summary>The folder that a type of ours lies in.</summary>
    public static string? FolderOf(IType type) =>
        type.Namespace?.FullName.Split('.') is ["Tracker", var folder, ..] && !type.FullName.StartsWith("Tracker.Specs", StringComparison.Ordinal) ? folder : null;

    /// <summary>The folder <c>src/Tracker</c> of the tree that these specs were built from.</summary>
    public static DirectoryInfo Source { get; } = FindSource();

    private static DirectoryInfo FindSource([CallerFilePath] string here = "") =>
        new(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Tracker")));
}
