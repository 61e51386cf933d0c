using System.Collections.Immutable;

namespace Tracker.Prose;

/// <summary>Where the method is published: a page for its words, and one for each version of the rule.</summary>
public static class MethodPages
{
    public const string Method = "/method";

    /// <summary>The versions that are published, the newest first.</summary>
    public static ImmutableArray<string> Rules { get; } = ["depth-ladder/2", "depth-ladder/1"];

    /// <summary>The page of a version of the rule; of one that has none, the method's own.</summary>
    public static string Of(string rule) => Rules.Contains(rule) ? $"{Method}/{NameOf(rule)}" : Method;

    /// <summary>A version's name within an address: <c>depth-ladder-2</c>.</summary>
    public static string NameOf(string rule) => rule.Replace('/', '-');
}
