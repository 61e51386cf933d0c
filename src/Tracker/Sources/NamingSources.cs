using System.Collections.Immutable;
using Tracker.Recording;

namespace Tracker.Sources;

/// <summary>Sources as commands name them.</summary>
internal static class NamingSources
{
    /// <summary>Sees that there is a source of that name, and that it was not withdrawn.</summary>
    /// <param name="find">The agenda's source of that name, or null.</param>
    public static void Source(this Problems problems, string field, string name, Func<string, Source?> find)
    {
        if (find(name) is not { } source) problems.Add(field, "unknown-source", $"The agenda has no source '{name}'.");
        else if (source.Withdrawal is not null) problems.Add(field, "withdrawn-source", $"The source '{name}' was withdrawn.");
    }

    /// <summary>For a correction: what a thing names already, it may go on naming.</summary>
    public static Func<string, Source?> OrNamed(this Func<string, Source?> find, IEnumerable<string> already)
    {
        var named = already.ToImmutableHashSet(StringComparer.Ordinal);
        return name => find(name) is { } source && named.Contains(name) ? source with { Withdrawal = null } : find(name);
    }
}
