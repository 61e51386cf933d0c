using Tracker.Boards.Timelines;
using Tracker.Languages;
using Tracker.Prose;

namespace Tracker.Dashboard.OneTimeline;

/// <summary>A mark on a timeline in words: all that its shape, colour and place say, and more.</summary>
public static class MarkWords
{
    /// <summary>"1–31 December 2022: Talks in Langfang. Contact, advances it; by US, PRC."</summary>
    public static string Of(Mark mark) => Texts.MarkLine(
        DaysOf(mark), mark.Title, DepthWords.Of(mark.Depth), TypeWords.Of(mark.Direction), string.Join(", ", mark.Parties), mark.Counts);

    /// <summary>"Overdue: 1 October 2026 to 15 October 2026"; of one that is not known to have ended, since when, and to which day it was judged.</summary>
    public static string Of(Raised flag)
    {
        var (from, through) = (DayWords.Of(flag.Days.From), DayWords.Of(flag.Days.Through));
        if (flag.IsOpen) return flag.Overdue ? Texts.OverdueStill(from, through, flag.ReachesNoFurther) : Texts.StaleStill(from, through, flag.ReachesNoFurther);
        return flag.Overdue ? Texts.OverdueSpan(from, through) : Texts.StaleSpan(from, through);
    }

    public static string DaysOf(Mark mark) => DayWords.Between(mark.Earliest, mark.Latest);
}
