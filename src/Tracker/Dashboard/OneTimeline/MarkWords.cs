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

    public static string DaysOf(Mark mark) => DayWords.Between(mark.Earliest, mark.Latest);
}
