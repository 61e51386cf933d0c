namespace Tracker.Boards;

/// <summary>How a view stands to the end of its record.</summary>
/// <param name="MovedThere">Whether it is of the day on which the record ends, though it was asked for as of now.</param>
/// <param name="Passed">Whether the record ended, by the codebook's coverage days, before the view's day.</param>
public readonly record struct RecordEnding(bool MovedThere, bool Passed);
