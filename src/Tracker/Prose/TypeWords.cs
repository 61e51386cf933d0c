using Tracker.Commitments;
using Tracker.Evidence;

namespace Tracker.Prose;

/// <summary>What kind of promise a commitment is, and which way evidence moves it, in words.</summary>
public static class TypeWords
{
    public static string Name(CommitmentType type) => type switch
    {
        CommitmentType.Deliverable => Texts.TypeDeliverableShort,
        CommitmentType.Continuing => Texts.TypeContinuingShort,
        _ => Texts.TypeRestraintShort,
    };

    public static string Of(CommitmentType type) => type switch
    {
        CommitmentType.Deliverable => Texts.TypeDeliverable,
        CommitmentType.Continuing => Texts.TypeContinuing,
        _ => Texts.TypeRestraint,
    };

    public static string Of(Direction direction) => direction switch
    {
        Direction.Advances => Texts.Advances,
        Direction.Reaffirms => Texts.Reaffirms,
        _ => Texts.Undercuts,
    };
}
