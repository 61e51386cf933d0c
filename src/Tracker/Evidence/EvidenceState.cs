namespace Tracker.Evidence;

/// <summary>Where a piece of evidence stands. Only accepted evidence counts.</summary>
public enum EvidenceState
{
    Proposed,
    Accepted,
    Rejected,
    Retracted,
}
