namespace Tracker.Languages;

public partial class Language
{
    public virtual string Reports => "Reports";
    public virtual string ReportsOf(string agenda) => $"Reports: {agenda}";
    public virtual string ReportsIntro => "What was said of this board, issued for a day and never revised: each can be made again from the record and compared with what was issued.";
    public virtual string ReportsIssued => "Issued";
    public virtual string NoReports => "No report has been issued yet.";
    public virtual string ReportAsOf(string day) => $"Status report as of {day}";
    public virtual string ReportIssuedOn(string day) => $"Issued on {day}";
    public virtual string ReportKnownOn(string instant, long position) => $"as known on {instant} (position {Number(position)}), without what was recorded later";
    public virtual string ReportBySchedule(string schedule) => $"by the schedule {schedule}";
    public virtual string ReportCameLate => "issued late";
    public virtual string ReportRetractedOn(string day) => $"Issued in error; marked so on {day}:";
    public virtual string ReportCheck => "Check it";
    public virtual string ReportsComing => "Scheduled";
    public virtual string NoSchedules => "No report is scheduled. Whoever publishes this agenda can have reports issued by a schedule, and sent by mail.";
    public virtual string SchedulePaused => "Paused";
    public virtual string ReportRecordEnded(string end, bool then) => Uncapital(RecordEndsOn(end, then));
    public virtual string ScheduleAt(string day, string time, string zone) => $"{day}, {time} {zone}";
    public virtual string ScheduleRecipients(int count) => count switch { 0 => "sent to nobody", 1 => "sent to 1 recipient", _ => $"sent to {Number(count)} recipients" };
    public virtual string ScheduleFailing(int count, string because) => $"{Number(count)} {(count == 1 ? "delivery fails" : "deliveries fail")}: {because}";
    public virtual string ScheduleLast(string day) => $"Last issued: {day}";
    public virtual string ScheduleRecordEnds(string end) =>
        $"The record of this agenda ends on {end} and is no longer current: each report of this schedule says so first. Follow the record further and state its coverage, or pause the schedule.";
    public virtual string ScheduleMailMissing(string setting) => $"No mail is sent: '{setting}' is not set.";
    public virtual string ScheduleWarning => "Warning:";
    public virtual string ScheduleNext(string instants) => instants.Length == 0 ? "No further reports scheduled" : $"Next: {instants}";
}
