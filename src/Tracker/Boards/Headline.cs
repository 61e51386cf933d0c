using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>A board in a sentence, computed from its roll-up.</summary>
public static class Headline
{
    /// <summary>"In the 78 days since Bali, 0 of 8 commitments have seen concrete action; 3 have seen talks only."</summary>
    /// <param name="day">How it writes days; as they are on the wire where it is not said.</param>
    public static string Of(Board board, Func<DateOnly, string>? day = null)
    {
        day ??= Days.Text;
        var since = board.Since == board.Baseline.Date ? board.Baseline.Name : day(board.Since);
        if (board.DaysSince < 0) return Texts.HeadlineBefore(day(board.ValidAt), since);
        var by = board.Summary.ByStatus;
        (CommitmentStatus Status, int Count)[] rest =
        [
            (CommitmentStatus.Delivered, by.Delivered),
            (CommitmentStatus.Reversed, by.Reversed),
            (CommitmentStatus.Contested, by.Contested),
            (CommitmentStatus.Undercut, by.Undercut),
            (CommitmentStatus.Partial, by.Partial),
            (CommitmentStatus.DialogueOnly, by.DialogueOnly),
            (CommitmentStatus.WordsOnly, by.WordsOnly),
            (CommitmentStatus.NoneFound, by.NoneFound),
            (CommitmentStatus.NotYetRated, by.NotYetRated),
        ];
        return Texts.Headline(board.DaysSince, since, board.Summary.WithConcreteAction, board.Summary.Commitments,
            [.. rest.Where(x => x.Count > 0).Select(x => Texts.HeadlinePart(x.Status, x.Count))]);
    }
}
