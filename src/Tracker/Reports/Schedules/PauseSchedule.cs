using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>Pauses a schedule: nothing is issued until it is resumed, and nothing is made up for then.</summary>
public sealed record PauseSchedule;

public static class PauseScheduleEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/schedules/{s}/pause"), Needs(Right.Publish)]
    [Operation("pauseSchedule", "Pauses a schedule", Takes = typeof(PauseSchedule), Gives = typeof(ScheduleInFull), Asks = Asks.Command)]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake, [NotBody] ScheduleReader schedules, [NotBody] TimeProvider clock) =>
        intake.ChangeReady<PauseSchedule, Around, Schedule>(http, a, s,
            async (_, ct) => (await schedules.AroundAsync(a, [s], ct), null),
            (_, known) => Decide(known.The<Schedule>(s)),
            show: (around, schedule) => ScheduleInFull.Of(schedule, around, clock.GetUtcNow(), mayPublish: true));

    public static Decided Decide(Schedule schedule) => schedule.Paused ? Decided.Nothing : Decided.That(new SchedulePaused());
}
