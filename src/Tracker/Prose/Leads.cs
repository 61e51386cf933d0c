using Tracker.Boards;
using Tracker.Languages;

namespace Tracker.Prose;

/// <summary>The sentence that a page's board begins with: its headline, or why there is nothing to sum up.</summary>
public static class Leads
{
    public static string Of(Board board) => board switch
    {
        { DaysSince: < 0 } => Texts.BeforeTheBeginning(DayWords.Of(board.ValidAt), board.Since == board.Baseline.Date ? board.Baseline.Name : DayWords.Of(board.Since)),
        { Summary.Commitments: 0 } => Texts.NoCommitmentsYet,
        _ => Headline.Of(board, DayWords.Of),
    };
}
