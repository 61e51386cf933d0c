using Tracker.Recording;

namespace Tracker.Agendas;

/// <summary>
/// Records that a day was reached on which the calendar alone changed something: a date entered the window, a due date passed,
/// something went stale. Told by the service itself, once for each day and agenda.
/// </summary>
public static class ReachDay
{
    /// <param name="today">A day that has not come is not reached; one that has gone by is told late.</param>
    public static Decided Decide(DateOnly day, Agenda agenda, DateOnly today) =>
        day > today || agenda.ReachedOn >= day ? Decided.Nothing : Decided.That(new DayReached(day, Late: day < today));
}
