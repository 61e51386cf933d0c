using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>Why a status holds, in plain words.</summary>
public static class BecauseWords
{
    public static string Of(Because because, CommitmentType type) => because.Row switch
    {
        CommitmentStatus.Reversed => Texts.BecauseReversed,
        CommitmentStatus.Delivered => Texts.BecauseDelivered,
        CommitmentStatus.Contested => Texts.BecauseContested(because.Concrete.Length, because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.ConcreteAction => Texts.BecauseConcreteAction(because.Concrete.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.Undercut when because.Undercutting.IsEmpty => Texts.BecauseUndercutBelowBar,
        CommitmentStatus.Undercut => Texts.BecauseUndercut(because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.Partial => Texts.BecausePartial(DepthWords.Inline(because.Bar)),
        CommitmentStatus.DialogueOnly => Texts.BecauseDialogueOnly(DepthWords.Inline(because.Bar)),
        CommitmentStatus.WordsOnly => Texts.BecauseWordsOnly,
        CommitmentStatus.NoneFound when because.LastSearchedThrough is { } day && type is CommitmentType.Restraint =>
            Texts.BecauseNoBreachFound(DayWords.Of(day)),
        CommitmentStatus.NoneFound when because.LastSearchedThrough is { } day => Texts.BecauseNoneFound(DayWords.Of(day)),
        _ when because.Through <= because.After => Texts.BecauseNothingCanHaveHappened(DayWords.Of(because.Through)),
        _ => Texts.BecauseNotYetRated,
    };

    /// <summary>Which evidence was weighed, by its dates.</summary>
    public static string Period(Because because) => because.Through > because.After
        ? Texts.Weighed(DayWords.Of(because.After), DayWords.Of(because.Through))
        : Texts.NothingWeighed(DayWords.Of(because.After));

    /// <summary>What was left out for its dates alone; null where nothing was.</summary>
    public static string? Straddling(Because because) =>
        because.Straddling.IsEmpty ? null : Texts.LeftOutForDates(because.Straddling.Length);
}
