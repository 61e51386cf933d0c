using System.Collections.Immutable;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;

namespace Tracker.Feeds;

/// <summary>What is due when, as the record has it.</summary>
/// <param name="Urn">What the ids of its things begin with.</param>
/// <param name="RecordEnds">The day on which the record ends, where it is no longer current today; null where it is.</param>
/// <param name="Reports">The reports that are to be issued next.</param>
/// <param name="AsOf">The day that what is overdue is judged as of.</param>
public sealed record Due(Agenda About, Moment Moment, string Urn, DateOnly? RecordEnds, DateOnly AsOf, ImmutableArray<DueDate> Dates, ImmutableArray<DueReport> Reports);

/// <summary>A commitment's due date.</summary>
/// <param name="Entry">Where it stands today; null where it is withdrawn or not on the board yet.</param>
/// <param name="Revision">The last recording that changed the date or what stands beside it.</param>
/// <param name="RevisedAt">When that was.</param>
public sealed record DueDate(string Commitment, string Title, FuzzyDate On, bool Withdrawn, BoardEntry? Entry, long Revision, DateTimeOffset RevisedAt);

/// <summary>A report that a schedule is to issue.</summary>
/// <param name="Revision">The last recording that changed the schedule.</param>
/// <param name="RevisedAt">When that was.</param>
public sealed record DueReport(string Schedule, DateTimeOffset At, long Revision, DateTimeOffset RevisedAt);

/// <summary>Reads what is due on an agenda.</summary>
public sealed class DueDates(NpgsqlDataSource database, BoardReader boards, ChangeReader changes, FeedIds ids, TimeProvider clock)
{
    private const int MostSchedules = 100;
    private const int OfEach = 3;

    public async Task<(Due? Due, Refusal? Refusal)> ReadAsync(string agenda, long? atLeast, CancellationToken ct)
    {
        // As far as is told: when something last moved is part of it.
        var (moment, refusal) = await changes.TellsToAsync(agenda, atLeast, ct);
        if (moment is null) return (null, refusal);
        (var material, refusal) = await boards.GatherAsync(agenda, new ReadAt(KnownAt: new KnownAt(moment.Position, null)), onlyCommitment: null, ct);
        if (material is null) return (null, refusal);
        var revisions = await RevisionsAsync(material.Moment, ct);
        var dates = new List<DueDate>();
        foreach (var (promise, title, searches, _) in material.Promises)
            if (promise.DueOn is { } on && revisions[promise.Slug] is var (position, at))
                dates.Add(new DueDate(promise.Slug, title, on, promise.Withdrawn,
                    material.Judge(promise, searches) is { } verdict ? BoardEntry.Of(promise.Slug, title, promise.Type, verdict) : null, position, at));
        return (new Due(material.Agenda, moment, await ids.OfAsync(agenda, ct), material.EndsOn, material.AsOf, [.. dates.OrderBy(x => x.On.Latest).ThenBy(x => x.Commitment, StringComparer.Ordinal)], await ReportsAsync(moment, ct)), null);
    }

    /// <summary>
    /// The last recording of each commitment that has a due date: of itself, of where it stands, or of how far the record reaches, which the agenda,
    /// activities and searches decide.
    /// </summary>
    private async Task<Dictionary<string, (long Position, DateTimeOffset At)>> RevisionsAsync(Moment moment, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select m.name, r.position, r.recorded_at
            from {KnownTables.Commitments.Name} m
            left join (select commitment, max(position) as position from {ChangeTables.Changes} where agenda = $1 and position <= $2 and party is null group by commitment) c on c.commitment = m.name
            cross join (select max(known_from) as position from (
                select known_from from {KnownTables.Agendas.Name} where agenda = $1 and known_from <= $2 and known_to > $2
                union all select known_from from {KnownTables.Activities.Name} where agenda = $1 and known_from <= $2 and known_to > $2
                union all select known_from from {KnownTables.Commitments.Name} where agenda = $1 and known_from <= $2 and known_to > $2 and cardinality(searched_through) > 0) x) e
            join {KnownTables.Recordings} r on r.agenda = $1 and r.position = greatest(m.known_from, c.position, e.position)
            where m.agenda = $1 and m.known_from <= $2 and m.known_to > $2 and m.due_on is not null
            """);
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        var revisions = new Dictionary<string, (long, DateTimeOffset)>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) revisions.Add(reader.GetString(0), (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return revisions;
    }

    /// <summary>The next reports of each schedule that is not paused.</summary>
    private async Task<ImmutableArray<DueReport>> ReportsAsync(Moment moment, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select s.body, s.version, r.position, r.recorded_at
            from {ReportTables.Schedules.Name} s join {KnownTables.Recordings} r on r.agenda = $1 and r.position = s.known_from
            where s.agenda = $1 and s.known_from <= $2 and s.known_to > $2 and not s.paused order by s.name collate "C" limit $3
            """);
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        command.Parameters.Add(new() { Value = MostSchedules });
        var (reports, now) = (ImmutableArray.CreateBuilder<DueReport>(), clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var schedule = ReportTables.Schedules.ReadBody(reader.GetString(0), reader.GetInt64(1));
            foreach (var at in Timing.Of(schedule.Cron, schedule.TimeZone)?.AllAfter(now).Take(OfEach) ?? [])
                reports.Add(new DueReport(schedule.Slug, at, reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return reports.ToImmutable();
    }
}
