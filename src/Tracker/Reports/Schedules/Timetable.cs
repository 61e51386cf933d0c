using Npgsql;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Reports.Schedules;

/// <summary>
/// Issues what schedules owe. Every node does, of its own accord: a report is named after its schedule and its instant, so that whoever comes
/// second finds it there. What was issued is the only memory of how far a schedule has come.
/// </summary>
public sealed class Timetable(NpgsqlDataSource database, ReportWriter writer, Recorder recorder, KnownEvents known, TimeProvider clock, ILogger<Timetable> log)
{
    /// <summary>Of more than this that were missed, only the latest are issued.</summary>
    public const int MostMissed = 50;

    private const int AgendasAtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Issues the report of each instant that is due, those of an agenda in order.</summary>
    /// <param name="by">Whose the recordings are: the service's own.</param>
    /// <returns>The next instant at which something is due, and whether all that is due was issued.</returns>
    public async Task<(DateTimeOffset? Next, bool All)> IssueDueAsync(Caller by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var owed = new List<Owed>();
        DateTimeOffset? next = null;
        var all = true;
        foreach (var (agenda, schedule, last) in await RunningAsync(ct))
        {
            if (Timing.Of(schedule.Cron, schedule.TimeZone) is not { } timing)
            {
                log.LogError("The schedule '{Schedule}' of '{Agenda}' goes by '{Cron}' in '{TimeZone}', which this machine does not know.", schedule.Slug, agenda, schedule.Cron, schedule.TimeZone);
                all = false;
                continue;
            }

            var (due, passedOver, following) = Due(timing, last > schedule.Since ? last.Value : schedule.Since, now);
            owed.AddRange(due.Select((x, i) => new Owed(agenda, schedule.Slug, x, i == 0 ? passedOver : 0)));
            if (following < next || next is null) next = following ?? next;
        }

        await Parallel.ForEachAsync(owed.GroupBy(x => x.Agenda, StringComparer.Ordinal), new ParallelOptions { MaxDegreeOfParallelism = AgendasAtOnce, CancellationToken = ct },
            async (ofAgenda, stop) =>
            {
                var failed = new HashSet<string>(StringComparer.Ordinal);
                // One that cannot be issued holds up what its own schedule owes later, and no other's.
                foreach (var x in ofAgenda.OrderBy(x => x.Occurrence).ThenBy(x => x.Schedule, StringComparer.Ordinal))
                    if (!failed.Contains(x.Schedule) && !await TryIssueAsync(x, by, stop)) failed.Add(x.Schedule);
                if (failed.Count > 0) Volatile.Write(ref all, false);
            });
        return (next, all);
    }

    /// <summary>What is due of a schedule by now, in order; how many before that are passed over; and when the next comes.</summary>
    public static (IReadOnlyCollection<DateTimeOffset> Due, int PassedOver, DateTimeOffset? Next) Due(Timing timing, DateTimeOffset after, DateTimeOffset now)
    {
        var due = new Queue<DateTimeOffset>();
        var passedOver = 0;
        foreach (var occurrence in timing.AllAfter(after))
        {
            if (occurrence > now) return (due, passedOver, occurrence);
            due.Enqueue(occurrence);
            if (due.Count <= MostMissed) continue;
            due.Dequeue();
            passedOver++;
        }

        return (due, passedOver, null);
    }

    private async Task<bool> TryIssueAsync(Owed owed, Caller by, CancellationToken ct)
    {
        try
        {
            if (await IssueAsync(owed, by, ct) is not { } refusal) return true;
            log.LogWarning("The report of '{Schedule}' of '{Agenda}' for {Occurrence} cannot be issued just now: {Reason}", owed.Schedule, owed.Agenda, Instants.Text(owed.Occurrence), refusal.Detail);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (DatabaseErrors.IsAway(e))
                log.LogWarning(e, "The report of '{Schedule}' of '{Agenda}' for {Occurrence} cannot be issued just now.", owed.Schedule, owed.Agenda, Instants.Text(owed.Occurrence));
            else log.LogError(e, "The report of '{Schedule}' of '{Agenda}' for {Occurrence} cannot be issued.", owed.Schedule, owed.Agenda, Instants.Text(owed.Occurrence));
        }

        return false;
    }

    private async Task<Refusal?> IssueAsync(Owed owed, Caller by, CancellationToken ct)
    {
        // At its own instant, whenever it is made: so what is made late is what would have been made then.
        var read = new ReadAt(DateOnly.FromDateTime(owed.Occurrence.UtcDateTime), new KnownAt(null, owed.Occurrence));
        var (document, refusal) = await writer.WriteAsync(owed.Agenda, read, ct);
        if (document is null) return refusal;
        if (!document.Current)
            log.LogWarning("The report of '{Schedule}' of '{Agenda}' for {Occurrence} is of a record that is no longer current: it ends on {End}.",
                owed.Schedule, owed.Agenda, Instants.Text(owed.Occurrence), Days.Text(document.CoveredThrough));
        var name = ScheduledName.Of(owed.Occurrence, owed.Schedule);
        var attempt = new Attempt(owed.Agenda, Opens: false, by, [StreamKey.Of<Schedule>(owed.Agenda, owed.Schedule)],
            (known, _) => ValueTask.FromResult(IssueOccurrence.Decide(document, known.Find<Report>(name), known.Find<Schedule>(owed.Schedule), owed.Occurrence, owed.PassedOver, known.Now)),
            StreamKey.Of<Report>(owed.Agenda, name), recorded => new Answer(200, "", null, recorded.Position, []));
        (var answer, refusal) = await recorder.RecordAsync(attempt, ct);
        return answer is null ? refusal : null;
    }

    /// <summary>The schedules that are not paused, nor left to newer programs, each with the latest of its instants that a report
    /// was issued for.</summary>
    private async Task<List<(string Agenda, Schedule Schedule, DateTimeOffset? Last)>> RunningAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select s.agenda, s.body, s.version, (select max(r.occurrence) from {ReportTables.Reports.Name} r where r.agenda = s.agenda and r.schedule = s.name)
            from {ReportTables.Schedules.Name} s where s.known_to = $1 and not s.paused and not {known.HoldsOthers("s.agenda")}
            """);
        command.Parameters.Add(new() { Value = KnownTable.StillKnown });
        var running = new List<(string, Schedule, DateTimeOffset?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            running.Add((reader.GetString(0), ReportTables.Schedules.ReadBody(reader.GetString(1), reader.GetInt64(2)), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)));
        return running;
    }

    private sealed record Owed(string Agenda, string Schedule, DateTimeOffset Occurrence, int PassedOver);
}
