using Microsoft.AspNetCore.RateLimiting;
using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>Issues a report of now and sends it to whom the schedule names, whatever its times, and though it be paused.</summary>
public sealed record RunSchedule;

public static class RunScheduleEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/schedules/{s}/run"), Needs(Right.Publish), EnableRateLimiting(Costly.Policy)]
    [Operation("runSchedule", "Issues a schedule's report now", Takes = typeof(RunSchedule), Gives = typeof(Report), Status = 201, Asks = Asks.Command, Refuses = ["503 behind", "503 newer-version"])]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake, [NotBody] ReportWriter writer) =>
        intake.CreateReady<RunSchedule, ReportDocument, Report>(http, a, (_, ct) => writer.WriteAsync(a, new ReadAt(), ct),
            document => ScheduledName.Of(document.Name(), s), (document, _) => Decided.That(ReportIssued.Of(document, s)), under: StreamKey.Of<Schedule>(a, s));
}
