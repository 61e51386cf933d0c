using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>
/// A flag with what it does not count, in whatever words it has where it stands: what came before the day counted from, evidence of imprecise dates, and
/// a time that nobody checked. Pages, reports and the terminal say it alike.
/// </summary>
public static class QualifiedFlag
{
    /// <summary>"Overdue: due February 2023, counting only what came after 1 July 2023; delivered before that, by 19 June 2023".</summary>
    public static string Overdue(BoardEntry entry, string flag)
    {
        if (entry.Days is not { } days) return flag;
        if (days.CountedFrom is { } from) flag = Texts.FlagCounted(flag, DayWords.Of(from));
        if (days.DeliveredBefore is { } day) flag = Texts.FlagDeliveredBefore(flag, DayWords.Of(day));
        return Unchecked(days, WithLeftOut(entry, flag));
    }

    /// <summary>The same of what is stale, which names the days that it counts itself.</summary>
    public static string Stale(BoardEntry entry, string flag) => entry.Days is { } days ? Unchecked(days, WithLeftOut(entry, flag)) : flag;

    private static string WithLeftOut(BoardEntry entry, string flag) =>
        entry.Because.Straddling.IsDefaultOrEmpty ? flag : Texts.StatusAlso(flag, Texts.TooImprecise(entry.Because.Straddling.Length));

    private static string Unchecked(VerdictDays days, string flag) => days.UncheckedAfter is { } end ? Texts.FlagUnchecked(flag, DayWords.Of(end)) : flag;
}
