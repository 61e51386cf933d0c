using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>Resumes a schedule that was paused: what comes from now on is issued again.</summary>
public sealed record ResumeSchedule;

public static class ResumeScheduleEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/schedules/{s}/resume"), Needs(Right.Publish)]
    [Operation("resumeSchedule", "Resumes a schedule", Takes = typeof(ResumeSchedule), Gives = typeof(ScheduleInFull), Asks = Asks.Command)]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake, [NotBody] ScheduleReader schedules, [NotBody] TimeProvider clock) =>
        intake.ChangeReady<ResumeSchedule, Around, Schedule>(http, a, s,
            async (_, ct) => (await schedules.AroundAsync(a, [s], ct), null),
            (_, known) => Decide(known.The<Schedule>(s)),
            show: (around, schedule) => ScheduleInFull.Of(schedule, around, clock.GetUtcNow(), mayPublish: true));

    public static Decided Decide(Schedule schedule) => schedule.Paused ? Decided.That(new ScheduleResumed()) : Decided.Nothing;
}
