using Tracker.Status;

namespace Tracker.Prose;

/// <summary>What stands beside a status, in words.</summary>
public static class FlagWords
{
    /// <summary>All of it in one line; where nothing stands there, that.</summary>
    public static string Of(Flags flags)
    {
        string[] words =
        [
            .. flags.Overdue ? [Texts.Overdue] : Array.Empty<string>(),
            .. flags.Late ? [Texts.Late] : Array.Empty<string>(),
            .. flags.Stale ? [Texts.Stale] : Array.Empty<string>(),
            .. flags.PendingReview > 0 ? [Texts.Pending(flags.PendingReview)] : Array.Empty<string>(),
        ];
        return words.Length > 0 ? string.Join(", ", words) : Texts.NoFlags;
    }

    /// <summary>What time that passed says of it, as it stands within a line.</summary>
    public static IEnumerable<string> InShort(Flags flags)
    {
        if (flags.Overdue) yield return Texts.ReportFlagOverdue;
        if (flags.Late) yield return Texts.ReportFlagLate;
        if (flags.Stale) yield return Texts.ReportFlagStale;
    }
}
