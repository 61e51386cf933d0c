using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Languages;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports.Schedules;

/// <summary>A schedule, when it comes next, and how it went last.</summary>
/// <param name="Recipients">How many it goes to.</param>
/// <param name="Deliver">Whom it goes to: for publishers only.</param>
/// <param name="Since">Instants after this one are its: when it was made or resumed last, or its times were corrected.</param>
/// <param name="Next">The next three instants; none while it is paused.</param>
/// <param name="Last">The report it issued last.</param>
/// <param name="Failing">How many deliveries of its reports fail, or were given up and not resent.</param>
/// <param name="FailingBecause">What went wrong with the latest of them; null where none fails. For publishers only.</param>
/// <param name="Warning">
/// What whoever publishes should know of it: that the record it reports on is no longer followed, or that mail is not set up. Null where there is
/// nothing to warn of. For publishers only.
/// </param>
public sealed record ScheduleInFull(
    string Slug,
    string Cron,
    string TimeZone,
    ImmutableArray<ReportFormat> Formats,
    int Recipients,
    ImmutableArray<DeliveredTo>? Deliver,
    bool Paused,
    DateTimeOffset Since,
    DateTimeOffset MadeAt,
    string MadeBy,
    ImmutableArray<DateTimeOffset> Next,
    Report? Last,
    int Failing,
    string? FailingBecause,
    string? Warning)
{
    private const int Shown = 3;

    /// <param name="mayPublish">Whether whoever looks may see addresses.</param>
    public static ScheduleInFull Of(Schedule schedule, Around around, DateTimeOffset now, bool mayPublish) => new(
        schedule.Slug, schedule.Cron, schedule.TimeZone, schedule.Formats, schedule.Recipients.Length + schedule.Webhooks.Length,
        mayPublish ? [.. schedule.Recipients.Select(around.To), .. schedule.Webhooks.Select(x => new DeliveredTo(null, x, null))] : null,
        schedule.Paused, schedule.Since, schedule.MadeAt, schedule.MadeBy,
        schedule.Paused ? [] : [.. Timing.Of(schedule.Cron, schedule.TimeZone)?.AllAfter(now).Take(Shown) ?? []],
        around.Last.GetValueOrDefault(schedule.Slug), around.Failing.GetValueOrDefault(schedule.Slug)?.Count ?? 0,
        mayPublish ? around.Failing.GetValueOrDefault(schedule.Slug)?.Because : null, mayPublish ? around.WarningOf(schedule) : null);
}

/// <summary>An address or a webhook that reports go to.</summary>
/// <param name="UnsubscribedAt">Since when this recipient wants none; they are passed over.</param>
public sealed record DeliveredTo(string? Email, string? Webhook, DateTimeOffset? UnsubscribedAt);

/// <summary>What is told of an agenda's schedules beside what they are.</summary>
/// <param name="Addresses">The recipients by their ids.</param>
/// <param name="Last">The last report of each.</param>
/// <param name="Failing">How many deliveries of each fail, and why.</param>
/// <param name="RecordEnds">The day on which the agenda's record ends, where it is no longer current today; null where it is.</param>
/// <param name="MissingForMail">The setting without which no mail goes out; null where mail is set up.</param>
public sealed record Around(
    IReadOnlyDictionary<string, Recipient> Addresses, IReadOnlyDictionary<string, Report> Last, IReadOnlyDictionary<string, FailingDeliveries> Failing, DateOnly? RecordEnds, string? MissingForMail)
{
    /// <summary>What whoever publishes should know of a schedule; null where there is nothing.</summary>
    public string? WarningOf(Schedule schedule)
    {
        string[] warnings =
        [
            .. RecordEnds is { } end && !schedule.Paused ? [Texts.ScheduleRecordEnds(DayWords.Of(end))] : Array.Empty<string>(),
            .. MissingForMail is { } setting && !schedule.Recipients.IsEmpty ? [Texts.ScheduleMailMissing(setting)] : Array.Empty<string>(),
        ];
        return warnings.Length == 0 ? null : string.Join(' ', warnings);
    }

    /// <summary>A recipient; one whose address was forgotten is told without it.</summary>
    public DeliveredTo To(string id) => Addresses.TryGetValue(id, out var it) ? new(it.Address, null, it.UnsubscribedAt) : new(null, null, null);
}

/// <summary>Reads schedules with what is told beside them.</summary>
public sealed class ScheduleReader(NpgsqlDataSource database, RecordReader records, BoardReader boards, Recipients recipients, IDeliver deliver, TimeProvider clock)
{
    public async Task<(ScheduleInFull? Schedule, long Version, long Position, Refusal? Refusal)> OneAsync(string agenda, string name, long? atLeast, bool mayPublish, CancellationToken ct)
    {
        var (schedule, moment, refusal) = await records.OneAsync(ReportTables.Schedules, "schedule", agenda, name, new ReadAt(AtLeast: atLeast), ct);
        return schedule is null
            ? (null, 0, 0, refusal)
            : (ScheduleInFull.Of(schedule, await AroundAsync(agenda, [name], ct), clock.GetUtcNow(), mayPublish), schedule.Version, moment!.Position, null);
    }

    public async Task<(Page<ScheduleInFull>? Page, Refusal? Refusal)> PageAsync(string agenda, long? atLeast, PageAsked asked, bool mayPublish, CancellationToken ct)
    {
        var (page, refusal) = await records.PageAsync(ReportTables.Schedules, agenda, new ReadAt(AtLeast: atLeast), asked, [], ct);
        if (page is null) return (null, refusal);
        var (around, now) = (await AroundAsync(agenda, [.. page.Items.Select(x => x.Slug)], ct), clock.GetUtcNow());
        return (new(page.Agenda, page.KnownAt, page.Position, [.. page.Items.Select(x => ScheduleInFull.Of(x, around, now, mayPublish))], page.Next), null);
    }

    /// <summary>What is told beside some of an agenda's schedules.</summary>
    public async Task<Around> AroundAsync(string agenda, string[] schedules, CancellationToken ct)
    {
        var last = new Dictionary<string, Report>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand($"""
            select s.name, r.body, r.version from unnest($2) s(name)
            cross join lateral (select body, version from {ReportTables.Reports.Name} where agenda = $1 and schedule = s.name and known_to = $3 order by body ->> 'issuedAt' desc limit 1) r
            """))
        {
            command.Parameters.Add(new() { Value = agenda });
            command.Parameters.Add(new() { Value = schedules });
            command.Parameters.Add(new() { Value = KnownTable.StillKnown });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) last.Add(reader.GetString(0), ReportTables.Reports.ReadBody(reader.GetString(1), reader.GetInt64(2)));
        }

        return new Around(await recipients.OnAsync(agenda, ct), last, await deliver.FailingAsync(agenda, ct), await EndAsync(agenda, ct), deliver.MissingForMail);
    }

    /// <summary>The day on which an agenda's record ends, where it is not current today.</summary>
    private async Task<DateOnly?> EndAsync(string agenda, CancellationToken ct)
    {
        var (material, _) = await boards.GatherAsync(agenda, new ReadAt(), NoCommitment, ct);
        return material?.EndsOn;
    }

    // No commitment has this name: only the agenda and how far its record reaches are read.
    private const string NoCommitment = "";
}

/// <summary>The schedules there are.</summary>
public static class ReadSchedulesEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/schedules"), Needs(Right.Read)]
    [Operation("listSchedules", "The schedules of reports", Gives = typeof(Page<ScheduleInFull>), Asks = Asks.Page | Asks.Tag | Asks.AtLeast)]
    public static async Task<IResult> List(string a, HttpContext http, [NotBody] ScheduleReader schedules, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Parse(null, null, null, http.Request.One("atLeast"));
        var (asked, unreadable) = PageAsked.Of(http.Request);
        if ((refusal ?? unreadable) is { } no) return no.Answered();
        (var page, refusal) = await schedules.PageAsync(a, read!.AtLeast, asked!, http.Caller().May(Right.Publish, a), ct);
        return page is null ? refusal!.Answered() : ReadAnswer.Of(page, page.Position, page.Position);
    }

    [WolverineGet("/api/v1/agendas/{a}/schedules/{s}"), Needs(Right.Read)]
    [Operation("readSchedule", "One schedule, and when it comes next", Gives = typeof(ScheduleInFull), Asks = Asks.Tag | Asks.AtLeast)]
    public static async Task<IResult> One(string a, string s, HttpContext http, [NotBody] ScheduleReader schedules, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, http.Request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        var (schedule, version, position, refusal) = await schedules.OneAsync(a, s, read.AtLeast, http.Caller().May(Right.Publish, a), ct);
        return schedule is null ? refusal!.Answered() : ReadAnswer.Of(schedule, version, position);
    }
}
