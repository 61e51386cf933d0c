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
    public virtual string ReportBySchedule(string schedule) => $"by the schedule {schedule}";
    public virtual string ReportCameLate => "issued late";
    public virtual string ReportCheck => "Check it";
    public virtual string ReportsComing => "Coming";
    public virtual string NoSchedules => "No report is scheduled. Whoever publishes this agenda can have reports issued by a schedule, and sent by mail.";
    public virtual string SchedulePaused => "Paused";
    public virtual string ScheduleNext(string instants) => instants.Length == 0 ? "Comes no more" : $"Next: {instants}";
}
