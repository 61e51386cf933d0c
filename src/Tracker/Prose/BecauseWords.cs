using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>Why a status holds, in plain words.</summary>
public static class BecauseWords
{
    /// <param name="pending">How much evidence on the commitment waits for a review: nothing is said to be on record of what may stand there.</param>
    /// <param name="stated">The day through which all that was found is stated to be on record; null where nobody has stated any.</param>
    /// <param name="days">The days beside the verdict, which tell what it does not count; null where they are not known.</param>
    public static string Of(Because because, CommitmentType type, int pending = 0, DateOnly? stated = null, VerdictDays? days = null) => because.Row switch
    {
        CommitmentStatus.Reversed => Texts.BecauseReversed,
        CommitmentStatus.Delivered => Texts.BecauseDelivered,
        CommitmentStatus.Contested => Texts.BecauseContested(because.Concrete.Length, because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.ConcreteAction => Texts.BecauseConcreteAction(because.Concrete.Length, DepthWords.Inline(because.Bar)),
        // Short of a bar of "mechanism" there is contact alone.
        CommitmentStatus.Undercut when because.Undercutting.IsEmpty => because.Bar <= Depth.Mechanism ? Texts.BecauseContactUndercut : Texts.BecauseUndercutBelowBar(DepthWords.Inline(because.Bar)),
        CommitmentStatus.Undercut => Texts.BecauseUndercut(because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.Partial => Texts.BecausePartial(DepthWords.Inline(because.Bar)),
        // Where contact is enough to be concrete, this contact is nothing new.
        CommitmentStatus.DialogueOnly when because.Bar <= Depth.Contact => Texts.BecauseDialogueRepeats,
        CommitmentStatus.DialogueOnly => Texts.BecauseDialogueOnly(DepthWords.Inline(because.Bar)),
        CommitmentStatus.WordsOnly => Texts.BecauseWordsOnly,
        CommitmentStatus.NoneFound when because.LastSearchedThrough is { } day && type is CommitmentType.Restraint =>
            WithLeftOut(Texts.BecauseNoBreachFound(DayWords.Of(day)), because),
        CommitmentStatus.NoneFound when because.LastSearchedThrough is { } day => WithLeftOut(Texts.BecauseNoneFound(DayWords.Of(day)), because),
        _ when because.Through <= because.After => Texts.BecauseNothingCanHaveHappened(DayWords.Of(because.Through)),
        _ when days is { IsUncovered: true } => Texts.BecauseRecordEndsBefore(DayWords.Of(days.CoveredThrough), DayWords.Of(because.After)),
        _ when !because.Straddling.IsDefaultOrEmpty => pending > 0 ? $"{TooImprecise(because, days)} {Texts.AwaitReview(pending)}" : TooImprecise(because, days),
        _ when pending > 0 => Texts.NoAcceptedEvidence(pending),
        _ when stated is { } day && day > because.After => Texts.BecauseNothingFoundThrough(DayWords.Of(day), OtherSearch(days)),
        _ => Texts.BecauseNotYetRated(OtherSearch(days)),
    };

    /// <summary>The same of a commitment with all its parties: what some of them did is not said of all, nor what all did of some.</summary>
    public static string Of(BoardEntry entry, int pending = 0, DateOnly? stated = null) =>
        entry is { Status: not (CommitmentStatus.Delivered or CommitmentStatus.Reversed), Days: { CountedFrom: { } from, DeliveredBefore: { } delivered } }
            ? $"{OfAll(entry, pending, stated)} {Texts.BecauseDeliveredBefore(DayWords.Of(from), DayWords.Of(delivered))}"
            : OfAll(entry, pending, stated);

    private static string OfAll(BoardEntry entry, int pending, DateOnly? stated) => (entry.Because.Row, entry.ByParty.Count, entry.Same) switch
    {
        (CommitmentStatus.Reversed, > 1 and var all, var reversed) when all > 2 || reversed < all => Texts.BecauseReversedOfMany(Delivering(entry), Standing(entry), reversed, all),
        (CommitmentStatus.Delivered, > 1 and var all, > 0 and var same) when same < all =>
            Texts.BecauseDeliveredBySome(Delivering(entry), Standing(entry), entry.ByParty.Values.Count(x => x.Status is CommitmentStatus.Reversed), all),
        (CommitmentStatus.DialogueOnly, var all, var same) when (all > 2 || same < all) && entry.Because.Bar <= Depth.Contact => Texts.BecauseDialogueOfManyRepeats(same, all),
        (CommitmentStatus.DialogueOnly, var all, var same) when all > 2 || same < all => Texts.BecauseDialogueOfMany(same, all, DepthWords.Inline(entry.Because.Bar)),
        (CommitmentStatus.WordsOnly, _, _) when entry.Evidence.Undercutting > 0 => DepthWords.Supporting(entry.Evidence) == 0 ? Texts.BecauseWordsAgainst : Texts.BecauseWordsBothWays,
        _ => Of(entry.Because, entry.Type, pending, stated, entry.Days),
    };

    /// <summary>That accepted evidence is on record whose dates are too imprecise, with these where they are known.</summary>
    private static string TooImprecise(Because because, VerdictDays? days) => Texts.BecauseTooImprecise(
        because.Straddling.Length, days is null ? null : string.Join("; ", days.LeftOut.Where(x => because.Straddling.Contains(x.Id, StringComparer.Ordinal)).Select(x => DayWords.Between(x.Earliest, x.Latest))));

    private static string WithLeftOut(string reason, Because because) => Straddling(because) is { } left ? $"{reason} {left}" : reason;

    private static string? OtherSearch(VerdictDays? days) => days?.OtherSearch is { } day ? DayWords.Of(day) : null;

    private static int Delivering(BoardEntry entry) => entry.ByParty.Values.Count(x => x.Delivered);

    private static int Standing(BoardEntry entry) => entry.ByParty.Values.Count(x => x.Status is CommitmentStatus.Delivered);

    /// <summary>Why the status of one party holds. Whose action the evidence is of that waits for a review is not told.</summary>
    /// <param name="pending">How much evidence on the commitment waits for a review, whoever's action it is of.</param>
    /// <param name="days">The days beside the verdict on the whole commitment; null where they are not known.</param>
    public static string OfParty(Because because, CommitmentType type, int pending, DateOnly? stated, VerdictDays? days = null) => because.Row switch
    {
        CommitmentStatus.Reversed => Texts.OwnReversed,
        CommitmentStatus.Delivered => Texts.OwnDelivered,
        CommitmentStatus.Contested => Texts.OwnContested(because.Concrete.Length, because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.ConcreteAction => Texts.OwnConcreteAction(because.Concrete.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.Undercut when because.Undercutting.IsEmpty => because.Bar <= Depth.Mechanism ? Texts.OwnContactUndercut : Texts.OwnUndercutBelowBar(DepthWords.Inline(because.Bar)),
        CommitmentStatus.Undercut => Texts.OwnUndercut(because.Undercutting.Length, DepthWords.Inline(because.Bar)),
        CommitmentStatus.Partial => Texts.OwnPartial(DepthWords.Inline(because.Bar)),
        CommitmentStatus.DialogueOnly => because.Bar <= Depth.Contact ? Texts.OwnDialogueRepeats : Texts.OwnDialogueOnly(DepthWords.Inline(because.Bar)),
        CommitmentStatus.WordsOnly => Texts.OwnWordsOnly,
        CommitmentStatus.NoneFound when because.LastSearchedThrough is { } day =>
            WithLeftOut(type is CommitmentType.Restraint ? Texts.OwnNoBreachFound(DayWords.Of(day)) : Texts.OwnNoneFound(DayWords.Of(day)), because),
        _ when because.Through <= because.After => Texts.BecauseNothingCanHaveHappened(DayWords.Of(because.Through)),
        _ when days is { IsUncovered: true } => Texts.BecauseRecordEndsBefore(DayWords.Of(days.CoveredThrough), DayWords.Of(because.After)),
        _ when !because.Straddling.IsDefaultOrEmpty => TooImprecise(because, days),
        _ when pending > 0 => Texts.NoAcceptedEvidenceOfItsOwn,
        _ when stated is { } day && day > because.After => Texts.OwnNothingFoundThrough(DayWords.Of(day), OtherSearch(days)),
        _ => Texts.OwnNotYetRated(OtherSearch(days)),
    };

    /// <summary>Which evidence was weighed, by its dates.</summary>
    /// <param name="coveredThrough">The day through which the record reaches: there is none of later days.</param>
    public static string Period(Because because, DateOnly coveredThrough) => because.Through > because.After
        ? Texts.Weighed(DayWords.Of(because.After), DayWords.Of(coveredThrough > because.After && coveredThrough < because.Through ? coveredThrough : because.Through))
        : Texts.NothingWeighed(DayWords.Of(because.After));

    /// <summary>What was left out for its dates alone; null where nothing was.</summary>
    public static string? Straddling(Because because) =>
        because.Straddling.IsDefaultOrEmpty ? null : Texts.LeftOutForDates(because.Straddling.Length);
}
