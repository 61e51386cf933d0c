namespace Tracker.Commitments;

/// <summary>What kind of promise a commitment is.</summary>
public enum CommitmentType
{
    /// <summary>Done once: a visit, a text, a body.</summary>
    Deliverable,

    /// <summary>Needs fresh evidence and goes stale: "maintain communication".</summary>
    Continuing,

    /// <summary>"Will not": what undercuts it is a breach.</summary>
    Restraint,
}
