namespace Tracker.Prose;

public static partial class Texts
{
    public const string Reports = "Reports";
    public static string ReportsOf(string agenda) => $"Reports: {agenda}";
    public const string ReportsIntro = "What was said of this board, issued for a day and never revised: each can be made again from the record and compared with what was issued.";
    public const string ReportsIssued = "Issued";
    public const string NoReports = "No report has been issued yet.";
    public static string ReportAsOf(string day) => $"Status report as of {day}";
    public static string ReportIssuedOn(string day) => $"Issued on {day}";
    public static string ReportBySchedule(string schedule) => $"by the schedule {schedule}";
    public const string ReportCameLate = "issued late";
    public const string ReportCheck = "Check it";
    public const string ReportsComing = "Coming";
    public const string NoSchedules = "No report is scheduled. Whoever publishes this agenda can have reports issued by a schedule, and sent by mail.";
    public const string SchedulePaused = "Paused";
    public static string ScheduleNext(string instants) => instants.Length == 0 ? "Comes no more" : $"Next: {instants}";
}
