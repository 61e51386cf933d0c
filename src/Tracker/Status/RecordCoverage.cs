using System.Collections.Immutable;

namespace Tracker.Status;

/// <summary>
/// How far an agenda's record reaches: the day through which what was found is on record. Whatever speaks of time that passed (overdue,
/// stale, "recently", days since) is judged at the day it gives, so that a record that ended says nothing of what came after.
/// </summary>
/// <remarks>DOMAIN: coverage; <c>depth-ladder/2</c>, step 5. One day for the whole board: who keeps a record keeps all of it.</remarks>
public sealed class RecordCoverage
{
    private readonly DateOnly _baseline;
    private readonly DateOnly? _stated;
    private readonly ImmutableArray<DateOnly> _recorded;

    private RecordCoverage(DateOnly baseline, DateOnly? stated, ImmutableArray<DateOnly> recorded) => (_baseline, _stated, _recorded) = (baseline, stated, recorded);

    /// <summary>Reaches every day: what <c>depth-ladder/1</c> takes for granted.</summary>
    public static RecordCoverage Unlimited { get; } = new(DateOnly.MaxValue, null, []);

    /// <param name="baseline">The baseline's day; a record reaches at least so far.</param>
    /// <param name="stated">The days through which coverage was stated, without what was withdrawn; every day up to the latest is covered.</param>
    /// <param name="recorded">The latest days of the agenda's activities and the days of its searches, without what was withdrawn, in any order.</param>
    public static RecordCoverage Create(DateOnly baseline, IEnumerable<DateOnly> stated, IEnumerable<DateOnly> recorded) =>
        new(baseline, stated.Select(x => (DateOnly?)x).Max(), [.. recorded.Distinct().Order()]);

    /// <summary>The baseline's day; for a record that reaches every day, after all of them.</summary>
    internal DateOnly Baseline => _baseline;

    /// <summary>The day through which the record reaches, as of a day: never later than that day.</summary>
    public DateOnly Through(DateOnly validAt)
    {
        var reached = _stated > _baseline ? _stated.Value : _baseline;
        if (reached >= validAt) return validAt;
        var index = _recorded.BinarySearch(validAt);
        if (index < 0) index = ~index - 1;
        return index >= 0 && _recorded[index] > reached ? _recorded[index] : reached;
    }

    /// <summary>The first day as of which the record reaches a day; null where it never does.</summary>
    internal DateOnly? FirstReaching(DateOnly day)
    {
        if (day <= _baseline || day <= _stated) return day;
        var index = _recorded.BinarySearch(day);
        if (index < 0) index = ~index;
        return index < _recorded.Length ? _recorded[index] : null;
    }

    /// <summary>Whether the record is current as of a day: it ends no more than so many days before.</summary>
    public bool IsCurrent(DateOnly validAt, int coverageDays) => validAt.DayNumber - Through(validAt).DayNumber <= coverageDays;

    /// <summary>The day on which a record that is not current as of a day ends; null where it is current.</summary>
    public DateOnly? EndBefore(DateOnly validAt, int coverageDays) => IsCurrent(validAt, coverageDays) ? null : Through(validAt);

    /// <inheritdoc cref="EndBefore(DateOnly, int)"/>
    /// <param name="made">The days on which what is on record was made: a record reaches at least so far.</param>
    public DateOnly? EndBefore(DateOnly validAt, int coverageDays, IEnumerable<DateOnly> made) =>
        EndBefore(validAt, coverageDays) is { } end ? made.Where(x => x <= validAt).Append(end).Max() : null;

    /// <summary>The first day after a day on which the record, with nothing more recorded, is no longer current; null where it is not current then.</summary>
    public DateOnly? FirstDayNotCurrent(DateOnly validAt, int coverageDays)
    {
        if (!IsCurrent(validAt, coverageDays)) return null;
        var last = Through(DateOnly.MaxValue);
        var from = Math.Max(validAt.DayNumber, last.DayNumber + (long)coverageDays) + 1;
        return from > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber((int)from);
    }
}
