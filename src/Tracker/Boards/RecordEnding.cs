using Tracker.Status;

namespace Tracker.Boards;

/// <summary>How a view stands to the end of its record.</summary>
/// <param name="MovedThere">Whether it is of the day on which the record ends, though it was asked for as of now.</param>
/// <param name="Passed">Whether the record ended, by the codebook's coverage days, before the view's day.</param>
public readonly record struct RecordEnding(bool MovedThere, bool Passed)
{
    /// <summary>The day on which the record ends, where a view is of that day or reaches beyond it; null where the record is current.</summary>
    /// <param name="coveredThrough">The day through which the record reaches, as of the view's day.</param>
    public DateOnly? On(DateOnly coveredThrough) => MovedThere || Passed ? coveredThrough : null;

    /// <summary>
    /// The day that a view is of, and how it stands to the record's end there. Where it is asked for to that end, a record that is no longer current is shown as of where it
    /// ends, at least as of when the last commitment was made. A day is told as that end where it has not come, is the record's last, or follows it so soon that the rule
    /// still takes the record for current.
    /// </summary>
    /// <param name="made">The days on which what is on record was made.</param>
    public static (DateOnly ValidAt, RecordEnding Ending) Of(RecordCoverage coverage, int coverageDays, IEnumerable<DateOnly> made, ReadAt read, DateOnly today)
    {
        var end = read.ToRecordEnd ? coverage.EndBefore(today, coverageDays, made) : null;
        var validAt = read.ValidAt ?? end ?? today;
        var isCurrent = coverage.IsCurrent(validAt, coverageDays);
        var isMoved = read.ToRecordEnd && (read.ValidAt is null ? end is not null : validAt > today || (isCurrent && validAt >= end));
        return (validAt, new(isMoved, !isCurrent));
    }
}
