using Tracker.Boards;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>How many commitments or cells of a board stand at one status, under the word a reader sees.</summary>
/// <param name="Qualifier">Where searches found nothing: the day all of them reached.</param>
public sealed record Tally(CommitmentStatus Status, string Word, int Count, string? Qualifier)
{
    /// <summary>In the rule's order; a restraint's own words are counted apart.</summary>
    public static IEnumerable<Tally> Of(Board board) => board.Commitments
        .GroupBy(x => (x.Status, Word: StatusWords.Of(x.Status, x.Type)))
        .OrderBy(x => x.Key.Status).ThenBy(x => x.Key.Word, StringComparer.Ordinal)
        .Select(x => new Tally(x.Key.Status, x.Key.Word, x.Count(), StatusWords.Qualifier(x.Key.Status, [.. x.Select(y => y.Because.LastSearchedThrough)])));

    /// <summary>The same of the cells: each commitment once for each of its parties, by that party's status.</summary>
    public static IEnumerable<Tally> OfCells(Board board) => board.Commitments
        .SelectMany(x => x.ByParty.Values.Select(cell => (cell.Status, Word: StatusWords.Of(cell.Status, x.Type), cell.Because.LastSearchedThrough)))
        .GroupBy(x => (x.Status, x.Word))
        .OrderBy(x => x.Key.Status).ThenBy(x => x.Key.Word, StringComparer.Ordinal)
        .Select(x => new Tally(x.Key.Status, x.Key.Word, x.Count(), StatusWords.Qualifier(x.Key.Status, [.. x.Select(y => y.LastSearchedThrough)])));

    /// <summary>What a board tells first: the cells where they lead, else the commitments.</summary>
    public static IEnumerable<Tally> Leading(Board board) => board.Summary.LeadsByCell ? OfCells(board) : Of(board);
}
