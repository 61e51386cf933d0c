namespace Tracker.Status;

/// <summary>
/// What has become of a commitment, by the depth ladder. In the order in which the rule asks, but for its second
/// <see cref="Undercut"/>, asked before <see cref="WordsOnly"/>.
/// </summary>
public enum CommitmentStatus
{
    /// <summary>It was delivered, and later than anything that advanced it something went against it.</summary>
    Reversed,

    /// <summary>What was promised exists, and nothing later undercuts it.</summary>
    Delivered,

    /// <summary>Concrete action both for and against it.</summary>
    Contested,

    /// <summary>Concrete action for it, none against it.</summary>
    ConcreteAction,

    /// <summary>Action against it, and nothing concrete for it. Screens word it "breached" for a restraint.</summary>
    Undercut,

    /// <summary>Something as deep as a mechanism, which does not reach the bar or was decided before.</summary>
    Partial,

    /// <summary>The parties were in contact about it, no more.</summary>
    DialogueOnly,

    /// <summary>It was spoken of, no more.</summary>
    WordsOnly,

    /// <summary>Someone looked, and found nothing. Screens word it "no breach found" for a restraint.</summary>
    NoneFound,

    /// <summary>Nothing is on record, and no search for it is.</summary>
    NotYetRated,
}

/// <summary>What statuses have in common.</summary>
public static class CommitmentStatuses
{
    /// <summary>Whether concrete action for the commitment is on record, whatever else is.</summary>
    public static bool IsConcrete(this CommitmentStatus status) =>
        status is CommitmentStatus.Reversed or CommitmentStatus.Delivered or CommitmentStatus.Contested or CommitmentStatus.ConcreteAction;

    /// <summary>Whether something is on record, and none of it concrete action for the commitment.</summary>
    public static bool IsShortOfConcrete(this CommitmentStatus status) =>
        status is CommitmentStatus.Undercut or CommitmentStatus.Partial or CommitmentStatus.DialogueOnly or CommitmentStatus.WordsOnly;
}
