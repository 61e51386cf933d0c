namespace Tracker.Evidence;

/// <summary>Which way an activity moved a commitment.</summary>
public enum Direction
{
    /// <summary>New since the baseline, and moves the commitment on.</summary>
    Advances,

    /// <summary>Repeats it, or completes what was decided before.</summary>
    Reaffirms,

    /// <summary>Contradicts, withholds or takes it back; worse relations alone do not.</summary>
    Undercuts,
}
