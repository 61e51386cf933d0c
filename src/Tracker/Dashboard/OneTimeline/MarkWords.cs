using Tracker.Boards;
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

    /// <summary>What lies on one spot, a line for each; of many, the first of them and how many more.</summary>
    public static string Of(Head head) => string.Join('\n', head.Marks.Take(Head.MostTold).Select(Of)
        .Concat(head.Marks.Length > Head.MostTold ? [Texts.AndMore(head.Marks.Length - Head.MostTold)] : []));

    /// <summary>"Overdue: 1 October 2026 to 15 October 2026"; of one that is not known to have ended, since when, and to which day it was judged.</summary>
    public static string Of(Raised flag)
    {
        var (from, through) = (DayWords.Of(flag.Days.From), DayWords.Of(flag.Days.Through));
        if (flag.IsOpen) return flag.Overdue ? Texts.OverdueStill(from, through, flag.ReachesNoFurther) : Texts.StaleStill(from, through, flag.ReachesNoFurther);
        return flag.Overdue ? Texts.OverdueSpan(from, through) : Texts.StaleSpan(from, through);
    }

    /// <summary>The same on a commitment's lane, with what the flag does not count.</summary>
    public static string Of(Raised flag, LaneDrawing lane) => lane.Lane.Entry is not { } entry ? Of(flag)
        : flag.Overdue ? QualifiedFlag.Overdue(entry, Of(flag)) : QualifiedFlag.Stale(entry, Of(flag));

    /// <summary>"None found (searched through 31 January 2023): 14 January 2023 to 31 January 2023"; of the last, also where another's act reversed what a party delivered.</summary>
    public static string Of(Band band, LaneDrawing lane) => Texts.SpanLine(
        StatusWords.Of(band.Status, lane.Lane.Type), DayWords.Of(band.From), DayWords.Of(band.Through),
        StatusWords.Qualifier(band.Status, band.Searched) ?? (band == lane.Bands[^1] && lane.Lane.Entry is { } entry ? EntryWords.ByAnother(entry) : null));

    /// <summary>"to 31 Jan": beside the word of a band in which nothing was found, the day searched through where the band goes on after it.</summary>
    public static string? SearchedTo(Band band) => band.Searched is { } day && day < band.Through ? Texts.SearchedTo(Texts.DayOfYearShort(day)) : null;

    public static string DaysOf(Mark mark) => DayWords.Between(mark.Earliest, mark.Latest);
}
