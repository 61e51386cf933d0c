using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>
/// The sentence that a page's board begins with: its headline, or why there is nothing to sum up. Unlike the headline, which issued reports hold word
/// for word, it calls a milestone by its name, and what undercuts a restraint a breach.
/// </summary>
public static class Leads
{
    private static readonly ImmutableArray<CommitmentStatus> Parts =
    [
        CommitmentStatus.Delivered, CommitmentStatus.Reversed, CommitmentStatus.Contested, CommitmentStatus.Undercut, CommitmentStatus.Partial,
        CommitmentStatus.DialogueOnly, CommitmentStatus.WordsOnly, CommitmentStatus.NoneFound, CommitmentStatus.NotYetRated,
    ];

    /// <param name="milestone">The slug of the milestone that was asked for, if one was: two may be of one day.</param>
    public static string Of(Board board, string? milestone = null)
    {
        var since = NameOfSince(board, milestone) ?? DayWords.Of(board.Since);
        return board switch
        {
            { DaysSince: < 0 } => Texts.BeforeTheBeginning(DayWords.Of(board.ValidAt), since),
            { Summary.Commitments: 0 } => Texts.NoCommitmentsYet(board.DaysSince, DayWords.Of(board.ValidAt), since),
            _ => Texts.Headline(board.DaysSince, since, board.Summary.WithConcreteAction, board.Summary.Commitments, [.. Parts.SelectMany(x => PartOf(board, x))]),
        };
    }

    /// <summary>What the day that is counted from is called: a milestone, or the baseline; null for a day without a name.</summary>
    public static string? NameOfSince(Board board, string? milestone = null) =>
        board.About?.Milestones.FirstOrDefault(x => x.Slug == milestone)?.Name
        ?? (board.Since == board.Baseline.Date ? board.Baseline.Name : board.About?.Milestones.FirstOrDefault(x => x.Date == board.Since)?.Name);

    private static IEnumerable<string> PartOf(Board board, CommitmentStatus status)
    {
        var count = StatusWords.CountOf(board.Summary.ByStatus, status);
        if (count == 0) yield break;
        var restraints = status is CommitmentStatus.Undercut ? board.Commitments.Count(x => x.Status == status && x.Type is CommitmentType.Restraint) : 0;
        yield return restraints == 0 ? Texts.HeadlinePart(status, count) : Texts.PartBreached(count, all: restraints == count);
    }
}
