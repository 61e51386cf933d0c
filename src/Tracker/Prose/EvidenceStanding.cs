using Tracker.Activities;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>What a piece of evidence does to the status: whether it counts, and if not, why not.</summary>
public enum EvidenceStanding
{
    Concrete,
    Undercutting,
    CountsBelowTheBar,
    AwaitsReview,
    Rejected,
    Retracted,
    ActivityWithdrawn,
    NotOnTheBoard,
    BeforeThePeriod,
    AfterThePeriod,
    OverAnEdge,
}

/// <summary>Finds and words the standing of evidence.</summary>
public static class Standings
{
    /// <param name="because">Null where the commitment is not on the board: it was withdrawn, or not made yet.</param>
    public static EvidenceStanding Of(string id, EvidenceState state, Activity activity, Because? because) => state switch
    {
        EvidenceState.Proposed => EvidenceStanding.AwaitsReview,
        EvidenceState.Rejected => EvidenceStanding.Rejected,
        EvidenceState.Retracted => EvidenceStanding.Retracted,
        _ when activity.Withdrawal is not null => EvidenceStanding.ActivityWithdrawn,
        _ when because is null => EvidenceStanding.NotOnTheBoard,
        _ when because.Concrete.Contains(id) => EvidenceStanding.Concrete,
        _ when because.Undercutting.Contains(id) => EvidenceStanding.Undercutting,
        _ when activity.Occurred.Latest <= because.After => EvidenceStanding.BeforeThePeriod,
        _ when activity.Occurred.Earliest > because.Through => EvidenceStanding.AfterThePeriod,
        _ when activity.Occurred.Earliest <= because.After || activity.Occurred.Latest > because.Through => EvidenceStanding.OverAnEdge,
        _ => EvidenceStanding.CountsBelowTheBar,
    };

    /// <summary>Whether it was weighed at all.</summary>
    public static bool Counts(this EvidenceStanding standing) => standing is EvidenceStanding.Concrete or EvidenceStanding.Undercutting or EvidenceStanding.CountsBelowTheBar;

    public static string Word(this EvidenceStanding standing) => standing switch
    {
        EvidenceStanding.Concrete => Texts.StandsConcrete,
        EvidenceStanding.Undercutting => Texts.StandsUndercutting,
        EvidenceStanding.CountsBelowTheBar => Texts.StandsBelowTheBar,
        EvidenceStanding.AwaitsReview => Texts.StandsAwaitsReview,
        EvidenceStanding.Rejected => Texts.StandsRejected,
        EvidenceStanding.Retracted => Texts.StandsRetracted,
        EvidenceStanding.ActivityWithdrawn => Texts.StandsActivityWithdrawn,
        EvidenceStanding.NotOnTheBoard => Texts.StandsNotOnTheBoard,
        EvidenceStanding.BeforeThePeriod => Texts.StandsBeforeThePeriod,
        EvidenceStanding.AfterThePeriod => Texts.StandsAfterThePeriod,
        _ => Texts.StandsOverAnEdge,
    };
}
