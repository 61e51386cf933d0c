using System.Collections.Immutable;
using Tracker.Boards;

namespace Tracker.Dashboard.OneBoard;

/// <summary>A commitment that is on the other day's board and not on this day's: not made yet. What was withdrawn is on neither, as known at the same moment.</summary>
/// <param name="Then">Where it stood on the other day.</param>
public sealed record OnlyThen(BoardEntry Then, DateOnly MadeOn)
{
    /// <param name="here">The board of the day asked about, whole.</param>
    /// <param name="other">The board of the other day.</param>
    /// <param name="there">What that is judged from.</param>
    public static ImmutableArray<OnlyThen> Of(Board here, Board other, BoardReader.Material there)
    {
        var shown = here.Commitments.Select(x => x.Slug).ToHashSet(StringComparer.Ordinal);
        var madeOn = there.Promises.ToDictionary(x => x.Promise.Slug, x => x.Promise.MadeOn, StringComparer.Ordinal);
        return [.. other.Commitments.Where(x => !shown.Contains(x.Slug)).Select(x => new OnlyThen(x, madeOn[x.Slug]))];
    }
}
