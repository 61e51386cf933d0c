using System.Collections.Immutable;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>A status as a word for people; a restraint has its own for what was not broken and what was.</summary>
public static class StatusWords
{
    /// <summary>All statuses in the rule's order: how boards are sorted and keys are listed.</summary>
    public static ImmutableArray<CommitmentStatus> InOrder { get; } = [.. Enum.GetValues<CommitmentStatus>()];

    public static string Of(CommitmentStatus status, CommitmentType? type = null) => (status, type) switch
    {
        (CommitmentStatus.NoneFound, CommitmentType.Restraint) => Texts.NoBreachFound,
        (CommitmentStatus.Undercut, CommitmentType.Restraint) => Texts.Breached,
        (CommitmentStatus.Reversed, _) => Texts.Reversed,
        (CommitmentStatus.Delivered, _) => Texts.Delivered,
        (CommitmentStatus.Contested, _) => Texts.Contested,
        (CommitmentStatus.ConcreteAction, _) => Texts.ConcreteAction,
        (CommitmentStatus.Undercut, _) => Texts.Undercut,
        (CommitmentStatus.Partial, _) => Texts.Partial,
        (CommitmentStatus.DialogueOnly, _) => Texts.DialogueOnly,
        (CommitmentStatus.WordsOnly, _) => Texts.WordsOnly,
        (CommitmentStatus.NoneFound, _) => Texts.NoneFound,
        _ => Texts.NotYetRated,
    };

    /// <summary>One word for a status of several commitments, a restraint's own beside it: "Undercut or breached".</summary>
    public static string OfAny(CommitmentStatus status, IEnumerable<CommitmentType> types) => types.Select(x => Of(status, x)).Distinct(StringComparer.Ordinal).ToArray() switch
    {
        [] => Of(status),
        var words => Texts.EitherOf([.. words.OrderBy(x => x != Of(status))]),
    };

    /// <summary>What stands under the word: for a search, always the day it went through; null where there is nothing to add.</summary>
    public static string? Qualifier(CommitmentStatus status, DateOnly? lastSearchedThrough) =>
        status is CommitmentStatus.NoneFound && lastSearchedThrough is { } day ? Texts.SearchedThrough(DayWords.Of(day)) : null;

    /// <summary>The same under a word that stands for several: where they were searched through different days, the day all of them reached.</summary>
    public static string? Qualifier(CommitmentStatus status, DateOnly?[] lastSearchedThrough) => status is not CommitmentStatus.NoneFound || lastSearchedThrough.Min() is not { } first
        ? null
        : lastSearchedThrough.Length == 1 || lastSearchedThrough.Max() == first ? Texts.SearchedThrough(DayWords.Of(first)) : Texts.AllSearchedThrough(DayWords.Of(first));

    /// <summary>What a status means, in a sentence for the key.</summary>
    public static string Meaning(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Reversed => Texts.ReversedMeans,
        CommitmentStatus.Delivered => Texts.DeliveredMeans,
        CommitmentStatus.Contested => Texts.ContestedMeans,
        CommitmentStatus.ConcreteAction => Texts.ConcreteActionMeans,
        CommitmentStatus.Undercut => Texts.UndercutMeans,
        CommitmentStatus.Partial => Texts.PartialMeans,
        CommitmentStatus.DialogueOnly => Texts.DialogueOnlyMeans,
        CommitmentStatus.WordsOnly => Texts.WordsOnlyMeans,
        CommitmentStatus.NoneFound => Texts.NoneFoundMeans,
        _ => Texts.NotYetRatedMeans,
    };

    /// <summary>The style class that gives a status its colour.</summary>
    public static string ClassOf(CommitmentStatus status) => "s-" + Words.Text(status);
}
