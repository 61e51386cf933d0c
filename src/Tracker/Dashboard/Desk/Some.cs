using System.Collections.Immutable;

namespace Tracker.Dashboard.Desk;

/// <summary>The first of a list, as many as a page shows, and how many there are.</summary>
/// <param name="IsWhole">Whether what was found is all there is; else there is more than was counted.</param>
public sealed record Some<T>(ImmutableArray<T> First, int All, bool IsWhole)
{
    private const int Most = 50;

    public Some(IEnumerable<T> found, bool isWhole)
        : this([], 0, isWhole)
    {
        ImmutableArray<T> all = [.. found];
        (First, All) = ([.. all.Take(Most)], all.Length);
    }

    public bool IsPart => All > First.Length || !IsWhole;

    public string Told => IsWhole ? Texts.SomeOf(First.Length, All) : Texts.SomeOfMore(First.Length, All);
}
