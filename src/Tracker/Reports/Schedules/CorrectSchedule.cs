using System.Collections.Immutable;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>Corrects a schedule: other times, other forms, other recipients, from now on.</summary>
/// <param name="Deliver">All whom they go to from now on.</param>
public sealed record CorrectSchedule(
    string Reason,
    Amended<string> Cron = default,
    Amended<string> TimeZone = default,
    Amended<string[]> Formats = default,
    Amended<DeliverTo[]> Deliver = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="to">Whom they go to, where the command says so.</param>
    public ScheduleCorrected Read(Problems problems, Schedule was, (ImmutableArray<string> Recipients, ImmutableArray<string> Webhooks)? to, DateTimeOffset now)
    {
        var (cron, zone) = (Cron.Or(was.Cron, x => x), TimeZone.Or(was.TimeZone, x => x));
        Timing.Read(problems, cron, zone, now);
        return new ScheduleCorrected(cron, zone, Formats.Or(was.Formats, x => Deliveries.ReadFormats(problems, x)),
            to?.Recipients ?? was.Recipients, to?.Webhooks ?? was.Webhooks, ReadReason(problems));
    }
}

public static class CorrectScheduleEndpoint
{
    /// <summary>Corrects a schedule. With other times, what was missed by the old ones is not made up for.</summary>
    [WolverinePost("/api/v1/agendas/{a}/schedules/{s}/corrections"), Needs(Right.Publish)]
    [Operation("correctSchedule", "Corrects a schedule", Takes = typeof(CorrectSchedule), Gives = typeof(ScheduleInFull), Asks = Asks.Command,
        Refuses = ["422 nothing-given", "422 never-occurs", "422 bad-delivery", "422 mail-not-set-up"])]
    public static Task<IResult> Post(
        string a, string s, HttpContext http, [NotBody] Intake intake, [NotBody] Deliveries deliveries, [NotBody] ScheduleReader schedules, [NotBody] TimeProvider clock) =>
        intake.ChangeReady<CorrectSchedule, Ready, Schedule>(http, a, s,
            async (command, ct) =>
            {
                var problems = new Problems();
                (ImmutableArray<string>, ImmutableArray<string>)? to = command.Deliver.IsGiven ? await deliveries.ReadAsync(problems, a, command.Deliver.Value!, ct) : null;
                return (new Ready(command, problems, to, await schedules.AroundAsync(a, [s], ct)), null);
            },
            (ready, known) => Decide(ready, known.The<Schedule>(s), known.Now),
            show: (ready, schedule) => ScheduleInFull.Of(schedule, ready.Around, clock.GetUtcNow(), mayPublish: true));

    private static Decided Decide(Ready ready, Schedule schedule, DateTimeOffset now)
    {
        var corrected = ready.Command.Read(ready.Problems, schedule, ready.To, now);
        return ready.Problems.Any ? ready.Problems.Refusal() : Decided.Corrected(schedule, corrected);
    }

    private sealed record Ready(CorrectSchedule Command, Problems Problems, (ImmutableArray<string>, ImmutableArray<string>)? To, Around Around);
}
