namespace Tracker.Prose;

/// <summary>How a band is parted among the statuses that are in it.</summary>
public static class Shares
{
    /// <summary>In percent, two pixels of a strip as wide as a board's: enough to be seen, and no more than that out of proportion.</summary>
    public const double Narrowest = .18;

    /// <summary>
    /// In percent of all: as the counts are, but none that is in it narrower than the least, at the expense of the others, since a hatch of a few
    /// pixels cannot be told from a plain colour. What each counts is told in words beside it.
    /// </summary>
    public static double[] Of(IReadOnlyList<int> counts, int all, double least)
    {
        var shares = counts.Select(x => 100d * x / all).ToArray();
        var total = shares.Sum();
        least = Math.Min(least, total / Math.Max(shares.Count(x => x > 0), 1));
        var narrow = new bool[shares.Length];
        while (true)
        {
            var rest = shares.Where((_, i) => !narrow[i]).Sum();
            var scale = rest > 0 ? (total - (least * narrow.Count(x => x))) / rest : 0;
            var more = Enumerable.Range(0, shares.Length).Where(i => !narrow[i] && shares[i] > 0 && shares[i] * scale < least - 1e-9).ToArray();
            if (more.Length == 0) return [.. shares.Select((x, i) => narrow[i] ? least : x * scale)];
            foreach (var i in more) narrow[i] = true;
        }
    }
}
