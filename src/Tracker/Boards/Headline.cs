using System.Globalization;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A board in a sentence, computed from its roll-up.</summary>
public static class Headline
{
    /// <summary>"In the 78 days since Bali, 0 of 8 commitments have seen concrete action; 3 have seen talks only."</summary>
    public static string Of(Board board)
    {
        if (board.DaysSince < 0) return $"{Days.Text(board.ValidAt)} lies before {Since(board)}; nothing is rated.";
        var (all, by) = (board.Summary, board.Summary.ByStatus);
        var sentence = $"In the {Number(board.DaysSince)} {(board.DaysSince == 1 ? "day" : "days")} since {Since(board)}, "
            + $"{Number(all.WithConcreteAction)} of {Number(all.Commitments)} {(all.Commitments == 1 ? "commitment has" : "commitments have")} seen concrete action";
        string[] rest =
        [
            .. Those(by.Delivered, "is delivered", "are delivered"),
            .. Those(by.Reversed, "was delivered and taken back", "were delivered and taken back"),
            .. Those(by.Contested, "is contested", "are contested"),
            .. Those(by.Undercut, "has been undercut", "have been undercut"),
            .. Those(by.Partial, "has seen partial steps", "have seen partial steps"),
            .. Those(by.DialogueOnly, "has seen talks only", "have seen talks only"),
            .. Those(by.WordsOnly, "has seen words only", "have seen words only"),
            .. by.NoneFound > 0 ? [$"for {Number(by.NoneFound)} a search found nothing"] : Array.Empty<string>(),
            .. Those(by.NotYetRated, "is not yet rated", "are not yet rated"),
        ];
        return rest.Length == 0 ? sentence + "." : $"{sentence}; {string.Join(", ", rest)}.";
    }

    private static string[] Those(int count, string one, string many) => count == 0 ? [] : [$"{Number(count)} {(count == 1 ? one : many)}"];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Since(Board board) => board.Since == board.Baseline.Date ? board.Baseline.Name : Days.Text(board.Since);
}
