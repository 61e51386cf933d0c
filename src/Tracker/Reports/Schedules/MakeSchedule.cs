using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>Makes a schedule: when reports of the agenda are issued, in which forms, and whom they are sent to.</summary>
/// <param name="Cron">When: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">By whose clocks: an IANA time zone.</param>
/// <param name="Formats">The forms that are sent; a mail has the PDF with it in any case.</param>
/// <param name="Deliver">Whom they go to; nobody, where they are only to be issued.</param>
public sealed record MakeSchedule(string Slug, string Cron, string TimeZone, string[] Formats, DeliverTo[] Deliver);

public static class MakeScheduleEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/schedules"), Needs(Right.Publish)]
    [Operation("makeSchedule", "Makes a schedule of reports", Takes = typeof(MakeSchedule), Gives = typeof(ScheduleInFull), Status = 201, Asks = Asks.Command, Refuses = ["422 never-occurs", "422 bad-delivery", "422 mail-not-set-up"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake, [NotBody] Deliveries deliveries, [NotBody] ScheduleReader schedules, [NotBody] TimeProvider clock) =>
        intake.CreateReady<MakeSchedule, Ready, Schedule>(http, a,
            async (command, ct) =>
            {
                var problems = new Problems();
                var made = await ReadAsync(command, problems, a, deliveries, clock.GetUtcNow(), ct);
                return problems.Any ? (null, problems.Refusal()) : (new Ready(command.Slug, made, await schedules.AroundAsync(a, [command.Slug], ct)), null);
            },
            ready => ready.Slug, (ready, _) => Decided.That(ready.Made),
            show: (ready, schedule) => ScheduleInFull.Of(schedule, ready.Around, clock.GetUtcNow(), mayPublish: true));

    private static async Task<ScheduleMade> ReadAsync(MakeSchedule command, Problems problems, string agenda, Deliveries deliveries, DateTimeOffset now, CancellationToken ct)
    {
        problems.Name("slug", command.Slug);
        Timing.Read(problems, command.Cron, command.TimeZone, now);
        var formats = Deliveries.ReadFormats(problems, command.Formats);
        var (recipients, webhooks) = await deliveries.ReadAsync(problems, agenda, command.Deliver, ct);
        return new ScheduleMade(command.Cron, command.TimeZone, formats, recipients, webhooks);
    }

    private sealed record Ready(string Slug, ScheduleMade Made, Around Around);
}
