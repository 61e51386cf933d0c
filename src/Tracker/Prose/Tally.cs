using Tracker.Boards;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>How many commitments on a board stand at one status, under the word a reader sees.</summary>
/// <param name="Qualifier">Where searches found nothing: the day all of them reached.</param>
public sealed record Tally(CommitmentStatus Status, string Word, int Count, string? Qualifier)
{
    /// <summary>In the rule's order; a restraint's own words are counted apart.</summary>
    public static IEnumerable<Tally> Of(Board board) => board.Commitments
        .GroupBy(x => (x.Status, Word: StatusWords.Of(x.Status, x.Type)))
        .OrderBy(x => x.Key.Status).ThenBy(x => x.Key.Word, StringComparer.Ordinal)
        .Select(x => new Tally(x.Key.Status, x.Key.Word, x.Count(), Searched(x.Key.Status, [.. x.Select(y => y.Because.LastSearchedThrough)])));

    private static string? Searched(CommitmentStatus status, DateOnly?[] through) => status is not CommitmentStatus.NoneFound || through.Min() is not { } first
        ? null
        : through.Length == 1 || through.Max() == first ? Texts.SearchedThrough(DayWords.Of(first)) : Texts.AllSearchedThrough(DayWords.Of(first));
}
