using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Languages;
using Tracker.Recording;

namespace Tracker.Prose;

/// <summary>What kinds of changes, amendments and differences there are, in words.</summary>
public static class RecordWords
{
    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.StatusChanged => Texts.StatusChanged,
        ChangeKind.Corrected => Texts.Corrected,
        ChangeKind.Withdrawn => Texts.Withdrawn,
        ChangeKind.Reinstated => Texts.Reinstated,
        ChangeKind.Covered => Texts.Covered,
        ChangeKind.BecameUncovered => Texts.BecameUncovered,
        ChangeKind.BecameOverdue => Texts.BecameOverdue,
        ChangeKind.NoLongerOverdue => Texts.NoLongerOverdue,
        ChangeKind.NoLongerStale => Texts.NoLongerStale,
        _ => Texts.BecameStale,
    };

    /// <summary>When it was recorded, from which day it counts, and of what rests on that, how far the record reached then: it may reach further now.</summary>
    public static string When(ChangeGroup group)
    {
        var when = Texts.CountsFrom(DayWords.Of(DateOnly.FromDateTime(group.Lead.RecordedAt.UtcDateTime)), group.CountsFrom is { } day ? DayWords.Of(day) : null, group.By is not MovedBy.Recording);
        return group.CoveredThrough is { } reached ? Texts.SentenceReached(when, DayWords.Of(reached)) : when;
    }

    /// <summary>Of what kinds its changes are, and what its recording was, where that is not told by them.</summary>
    public static IEnumerable<string> Kinds(ChangeGroup group)
    {
        foreach (var kind in group.Changes.Select(x => x.Kind).Distinct()) yield return Of(kind);
        if (group is { By: MovedBy.Codebook, Moved: true }) yield return Texts.AfterCodebook;
        else if (group.Late) yield return Texts.KnownLater;
    }

    /// <summary>That a thing was withdrawn, when and why: "Withdrawn from the record on 30 November 2026: It did not happen."</summary>
    public static string Withdrawn(Withdrawal withdrawal) => Texts.WithdrawnOn(DayWords.Of(DateOnly.FromDateTime(withdrawal.At.UtcDateTime)), withdrawal.Reason);

    /// <summary>How evidence stands; of what is accepted on an activity that was withdrawn, that it does not count for that.</summary>
    public static string Of(Evidence.EvidenceState state, Withdrawal? ofItsActivity) =>
        state is Evidence.EvidenceState.Accepted && ofItsActivity is not null ? Texts.AcceptedOfWithdrawn : Texts.StateOf(state);

    public static string Of(Boards.History.Amendment amendment) => amendment switch
    {
        Boards.History.Amendment.Correction => Texts.Correction,
        Boards.History.Amendment.Withdrawal => Texts.Withdrawal,
        Boards.History.Amendment.Reinstatement => Texts.Reinstatement,
        _ => Texts.Retraction,
    };

    /// <summary>"Its accounts differ from each other, or from what is recorded here, in date and place."; null where they do not.</summary>
    public static string? Differing(ToldActivity activity)
    {
        return activity.Differs.IsEmpty ? null : Texts.DifferIn([.. activity.Differs.Select(Of)]);

        string Of(DiffersIn what) => what is DiffersIn.Date && activity.Accounts.All(x => x.Dated is null or Dating.Same or Dating.Within or Dating.Around) ? Texts.DiffersInPrecision : RecordWords.Of(what);
    }

    private static string Of(DiffersIn what) => what switch
    {
        DiffersIn.Date => Texts.DiffersInDate,
        DiffersIn.Place => Texts.DiffersInPlace,
        _ => Texts.DiffersInWording,
    };

    public static string Of(Dating dating) => dating switch
    {
        Dating.Same => Texts.DatedTheSame,
        Dating.Within => Texts.DatedMorePrecisely,
        Dating.Around => Texts.DatedLessPrecisely,
        Dating.Overlapping => Texts.DatedOverlapping,
        _ => Texts.DatedOtherwise,
    };
}
