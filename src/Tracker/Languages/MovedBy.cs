namespace Tracker.Languages;

/// <summary>What a recording that moved a status was.</summary>
public enum MovedBy
{
    /// <summary>Something was added to the record, or a day was reached.</summary>
    Recording,

    /// <summary>Something on record was corrected, withdrawn or reinstated: nothing happened on the day it counts from.</summary>
    Correction,

    /// <summary>The codebook was corrected: nothing happened at all.</summary>
    Codebook,
}
