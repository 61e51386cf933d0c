using System.Globalization;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A board in a sentence, computed from its roll-up.</summary>
public static class Headline
{
    /// <summary>"In the 78 days since Bali, 0 of 8 commitments have seen concrete action; 3 have seen talks only."</summary>
    public static string Of(Board board)
    {
        if (board.DaysSince < 0) return string.Create(CultureInfo.InvariantCulture, $"{Days.Text(board.ValidAt)} lies before {Since(board)}; nothing is rated.");
        var all = board.Summary;
        var verb = all.Commitments == 1 ? "commitment has" : "commitments have";
        var sentence = string.Create(CultureInfo.InvariantCulture,
            $"In the {board.DaysSince} {(board.DaysSince == 1 ? "day" : "days")} since {Since(board)}, {all.WithConcreteAction} of {all.Commitments} {verb} seen concrete action");
        List<string> rest = [];
        if (all.ByStatus.Delivered > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"{all.ByStatus.Delivered} {(all.ByStatus.Delivered == 1 ? "is" : "are")} delivered"));
        if (all.ByStatus.Reversed > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"{all.ByStatus.Reversed} {(all.ByStatus.Reversed == 1 ? "was" : "were")} delivered and taken back"));
        if (all.ByStatus.Contested > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"{all.ByStatus.Contested} {(all.ByStatus.Contested == 1 ? "is" : "are")} contested"));
        if (all.ByStatus.Undercut > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"{all.ByStatus.Undercut} {(all.ByStatus.Undercut == 1 ? "has" : "have")} been undercut"));
        if (all.ByStatus.Partial > 0) rest.Add(Seen(all.ByStatus.Partial, "partial steps"));
        if (all.ByStatus.DialogueOnly > 0) rest.Add(Seen(all.ByStatus.DialogueOnly, "talks only"));
        if (all.ByStatus.WordsOnly > 0) rest.Add(Seen(all.ByStatus.WordsOnly, "words only"));
        if (all.ByStatus.NoneFound > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"for {all.ByStatus.NoneFound} a search found nothing"));
        if (all.ByStatus.NotYetRated > 0) rest.Add(string.Create(CultureInfo.InvariantCulture, $"{all.ByStatus.NotYetRated} {(all.ByStatus.NotYetRated == 1 ? "is" : "are")} not yet rated"));
        return rest.Count == 0 ? sentence + "." : $"{sentence}; {string.Join(", ", rest)}.";
    }

    private static string Seen(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "has" : "have")} seen {what}");

    private static string Since(Board board) => board.Since == board.Baseline.Date ? board.Baseline.Name : Days.Text(board.Since);
}
