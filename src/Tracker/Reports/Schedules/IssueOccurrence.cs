using Tracker.Recording;

namespace Tracker.Reports.Schedules;

/// <summary>Issues the report of one of a schedule's instants. Done by the service itself, once for each, however many try.</summary>
public static class IssueOccurrence
{
    /// <summary>A report that comes within this is on time: it takes a while to be made.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    /// <param name="issued">The report of that instant, where there is one already.</param>
    /// <param name="schedule">The schedule as it now is: paused, or with other times since, it owes nothing of before.</param>
    /// <param name="passedOver">How many of its instants before this one nothing was issued for, because too many were missed.</param>
    public static Decided Decide(ReportDocument document, Report? issued, Schedule? schedule, DateTimeOffset occurrence, int passedOver, DateTimeOffset now)
    {
        if (issued is not null || schedule is not { Paused: false } || occurrence <= schedule.Since) return Decided.Nothing;
        // Whoever reckoned it may not have known of a correction yet.
        if (Timing.Of(schedule.Cron, schedule.TimeZone)?.Has(occurrence) == false) return Decided.Nothing;
        var report = ReportIssued.Of(document, schedule.Slug, occurrence, late: now - occurrence > OnTime);
        return passedOver == 0 ? Decided.That(report) : Decided.That(report, new OccurrencesPassedOver(passedOver));
    }
}
