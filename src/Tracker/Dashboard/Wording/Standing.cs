using Tracker.Activities;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Dashboard.Wording;

/// <summary>What a piece of evidence does to the status: whether it counts, and if not, why not.</summary>
public enum Standing
{
    Concrete,
    Undercutting,
    CountsBelowTheBar,
    AwaitsReview,
    Rejected,
    Retracted,
    BeforeThePeriod,
    AfterThePeriod,
    OverAnEdge,
}

/// <summary>Finds and words the standing of evidence.</summary>
public static class Standings
{
    /// <param name="because">Null where the commitment is not on the board: then nothing counts yet.</param>
    public static Standing Of(string id, EvidenceState state, FuzzyDate occurred, Because? because) => state switch
    {
        EvidenceState.Proposed => Standing.AwaitsReview,
        EvidenceState.Rejected => Standing.Rejected,
        EvidenceState.Retracted => Standing.Retracted,
        _ when because is null => Standing.AfterThePeriod,
        _ when because.Concrete.Contains(id) => Standing.Concrete,
        _ when because.Undercutting.Contains(id) => Standing.Undercutting,
        _ when occurred.Latest <= because.After => Standing.BeforeThePeriod,
        _ when occurred.Earliest > because.Through => Standing.AfterThePeriod,
        _ when occurred.Earliest <= because.After || occurred.Latest > because.Through => Standing.OverAnEdge,
        _ => Standing.CountsBelowTheBar,
    };

    /// <summary>Whether it was weighed at all.</summary>
    public static bool Counts(this Standing standing) => standing is Standing.Concrete or Standing.Undercutting or Standing.CountsBelowTheBar;

    public static string Word(this Standing standing) => standing switch
    {
        Standing.Concrete => Texts.StandsConcrete,
        Standing.Undercutting => Texts.StandsUndercutting,
        Standing.CountsBelowTheBar => Texts.StandsBelowTheBar,
        Standing.AwaitsReview => Texts.StandsAwaitsReview,
        Standing.Rejected => Texts.StandsRejected,
        Standing.Retracted => Texts.StandsRetracted,
        Standing.BeforeThePeriod => Texts.StandsBeforeThePeriod,
        Standing.AfterThePeriod => Texts.StandsAfterThePeriod,
        _ => Texts.StandsOverAnEdge,
    };
}
