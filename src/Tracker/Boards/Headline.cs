using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>
/// A board in a sentence: the one function that words it, for every screen, picture, badge, feed, mail and report. Where the record ended, it
/// speaks of the past and says where; with more than two parties, it counts each commitment once for each of its parties first.
/// </summary>
public static class Headline
{
    /// <summary>The statuses of what saw concrete action and more: counted among it.</summary>
    private static readonly ImmutableArray<CommitmentStatus> Concrete = [CommitmentStatus.Delivered, CommitmentStatus.Reversed, CommitmentStatus.Contested];

    /// <summary>The statuses of what saw none.</summary>
    private static readonly ImmutableArray<CommitmentStatus> Rest =
    [
        CommitmentStatus.Undercut, CommitmentStatus.Partial, CommitmentStatus.DialogueOnly, CommitmentStatus.WordsOnly, CommitmentStatus.NoneFound, CommitmentStatus.NotYetRated,
    ];

    public static string Write(Board board) => Write(board, then: false);

    /// <summary>The same of a board as it was known once: where the record ended then, though it may reach further now.</summary>
    public static string WriteAsThen(Board board) => Write(board, then: true);

    /// <summary>The one of the two that is shown to people. As data, a board that was known once has the sentence that it had then.</summary>
    public static string Show(Board board) => Write(board, then: board.AsKnownAt is not null);

    private static string Write(Board board, bool then)
    {
        var (since, time) = (Named(board), TimeOf(board, Named(board), then));
        var (summary, ended) = (board.Summary, board.EndsOn is { } end ? DayWords.Of(end) : null);
        if (summary.Commitments == 0 && board.CoveredThrough >= board.Since) return Texts.HeadlineEmpty(ended ?? DayWords.Of(board.ValidAt), ended is not null, then);
        if (Uncounted(board, since, then) is { } uncounted) return uncounted;
        var (whole, cells) = (board.Commitments.Select(Counted.Of), board.Commitments.SelectMany(x => x.ByParty.Values.Select(y => new Counted(x.Type, y.Status, y.Because.LastSearchedThrough))));
        var standing = Texts.HeadlineStanding(ended is not null, summary.ByStatus.Reversed, board.Commitments.Count(x => x.IsReversedByAnother), summary.ByStatus.Contested);
        return (summary.LeadsByCell
            ? Texts.HeadlineByCell(time, ended is not null, summary.Cells.WithConcreteAction, summary.Cells.Of, summary.WithConcreteAction, summary.Commitments, standing,
                Parts(Concrete, summary.Cells.ByStatus, cells, board.AsOf, ended), Parts(Rest, summary.Cells.ByStatus, cells, board.AsOf, ended))
            : Texts.Headline(time, ended is not null, summary.WithConcreteAction, summary.Commitments,
                Parts(Concrete, summary.ByStatus, whole, board.AsOf, ended), Parts(Rest, summary.ByStatus, whole, board.AsOf, ended)))
            + (MadeLater(board) is > 0 and var later ? " " + Texts.HeadlineMadeLater(later, summary.Commitments) : "");
    }

    /// <summary>How many commitments were made after the day on which the record ends: nobody can have looked for what was done about them.</summary>
    private static int MadeLater(Board board) => board.EndsOn is { } end ? board.Commitments.Count(x => x.Because.After > end && x.Because.After > board.Since) : 0;

    /// <summary>The same of one party: on how many of the commitments it made it has taken concrete action itself.</summary>
    public static string WriteOf(Board board, Party party)
    {
        var (since, ended, then) = (Named(board), board.EndsOn is { } end ? DayWords.Of(end) : null, board.AsKnownAt is not null);
        if (Uncounted(board, since, then) is { } uncounted) return uncounted;
        if (!board.Summary.ByParty.TryGetValue(party.Code, out var own)) return Texts.HeadlineOfPartyEmpty(RightToLeft.Isolated(party.Name), ended ?? DayWords.Of(board.ValidAt), ended is not null, then);
        var parts = board.Commitments.Where(x => x.ByParty.ContainsKey(party.Code)).Select(x => (x.Type, Verdict: x.ByParty[party.Code]))
            .Select(x => new Counted(x.Type, x.Verdict.Status, x.Verdict.Because.LastSearchedThrough));
        return Texts.HeadlineOfParty(TimeOf(board, since, then), ended is not null, RightToLeft.Isolated(party.Name), own.WithConcreteAction, own.Commitments,
            Parts(Concrete, own.ByStatus, parts, board.AsOf, ended), Parts(Rest, own.ByStatus, parts, board.AsOf, ended, own: true));
    }

    /// <summary>"Since Bali, 14 November 2022".</summary>
    public static string SinceLine(Board board) => SinceLine(NameOfSince(board), board.Since);

    /// <summary>The same of an agenda, without its board.</summary>
    /// <param name="milestone">The slug of the milestone that was asked for, where one was.</param>
    public static string SinceLine(Agenda agenda, DateOnly since, string? milestone) => SinceLine(NameOf(agenda, agenda.Baseline, since, milestone), since);

    private static string SinceLine(string? name, DateOnly since) => name is null ? Texts.SinceDay(DayWords.Of(since)) : Texts.SinceLine(name, DayWords.Of(since));

    /// <summary>Whether there is anything to count: the record reaches beyond the day that is counted from.</summary>
    public static bool HasCounts(Board board) => Uncounted(board, "", then: false) is null;

    /// <summary>What it says where the record does not reach beyond the day that is counted from; null where it does.</summary>
    private static string? Uncounted(Board board, string since, bool then)
    {
        if (board.CoveredThrough > board.Since || (board.CoveredThrough == board.Since && board.EndsOn is null)) return null;
        if (board.ValidAt < board.Since && !board.Ended) return Texts.HeadlineBefore(DayWords.Of(board.ValidAt), since);
        var covered = DayWords.Of(board.CoveredThrough);
        return board.EndsOn is null ? Texts.HeadlineNothingYet(covered, since)
            : board.CoveredThrough == board.Since ? Texts.HeadlineEndedOn(covered, since == covered ? null : since, then)
            : Texts.HeadlineEndedBefore(covered, since, then);
    }

    /// <summary>What the day that is counted from is called: a milestone, or the baseline; null for a day without a name.</summary>
    public static string? NameOfSince(Board board) => NameOf(board.About, board.Baseline, board.Since, board.Milestone);

    private static string? NameOf(Agenda? about, Baseline baseline, DateOnly since, string? milestone) =>
        about?.StandingMilestones.FirstOrDefault(x => x.Slug == milestone)?.Name
        ?? (since == baseline.Date ? baseline.Name : about?.StandingMilestones.FirstOrDefault(x => x.Date == since)?.Name);

    private static string Named(Board board) => NameOfSince(board) is { } name ? RightToLeft.Isolated(name) : DayWords.Of(board.Since);

    /// <summary>The day that is counted from, with its name where it has one.</summary>
    public static string SinceInFull(Board board) =>
        NameOfSince(board) is { } name ? Texts.SinceOption(name, DayWords.Of(board.Since)) : DayWords.Of(board.Since);

    /// <summary>The time the sentence speaks of: to where the record ends, where it did, and never beyond the day that it reaches.</summary>
    private static string TimeOf(Board board, string since, bool then)
    {
        if (board.EndsOn is { } end)
        {
            var days = Math.Max(0, end.DayNumber - board.Since.DayNumber);
            return then ? Texts.HeadlineToThen(days, since, DayWords.Of(end)) : Texts.HeadlineToEnd(days, since, DayWords.Of(end));
        }

        return board.AsOf < board.ValidAt ? Texts.HeadlineThrough(board.DaysSince, since, DayWords.Of(board.AsOf)) : Texts.HeadlineSince(board.DaysSince, since);
    }

    private static string[] Parts(ImmutableArray<CommitmentStatus> statuses, StatusCounts counts, IEnumerable<Counted> counted, DateOnly asOf, string? ended, bool own = false) =>
        [.. statuses.Where(x => counts.At(x) > 0).Select(x => Part(x, counts.At(x), [.. counted.Where(y => y.Status == x)], asOf, ended, own))];

    private static string Part(CommitmentStatus status, int count, Counted[] of, DateOnly asOf, string? ended, bool own)
    {
        var restraints = of.Count(x => x.Type is CommitmentType.Restraint);
        return status switch
        {
            CommitmentStatus.Undercut when own && restraints == count => Texts.PartBreachedItself(count, ended is not null),
            CommitmentStatus.Undercut when restraints > 0 => Texts.PartBreached(count, restraints == count, ended is not null),
            CommitmentStatus.Reversed when of.Count(x => x.ByAnother) is > 0 and var others => Texts.PartReversed(count, others, ended is not null),
            CommitmentStatus.NoneFound => Texts.PartNoneFound(count, restraints, SearchedThrough(of, asOf)),
            _ => Texts.HeadlinePart(status, count, ended is not null),
        };
    }

    /// <summary>The day that was searched through, of several the earliest, where it lies before the one that the sentence reaches; null where it is that one.</summary>
    private static string? SearchedThrough(Counted[] of, DateOnly asOf)
    {
        var days = of.Select(x => x.SearchedThrough).OfType<DateOnly>().Distinct().Order().ToArray();
        return days.Length > 0 && days[0] < asOf ? Texts.PartSearchedThrough(DayWords.Of(days[0]), orLater: days.Length > 1) : null;
    }

    /// <summary>What is counted: a commitment, or one party's part in it.</summary>
    private readonly record struct Counted(CommitmentType Type, CommitmentStatus Status, DateOnly? SearchedThrough, bool ByAnother = false)
    {
        public static Counted Of(BoardEntry entry) => new(entry.Type, entry.Status, entry.Because.LastSearchedThrough, entry.IsReversedByAnother);
    }
}
