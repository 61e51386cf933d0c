using System.Text.RegularExpressions;
using Tracker.Recording;
using Wolverine;

namespace Tracker.Reports.Schedules;

/// <summary>
/// The instants of a schedule: a cron expression of five fields, by the clocks of a time zone. A time that the clocks leave out comes at the
/// instant at which they go on; one that they show twice comes the first time. What recurs within the hour goes on through both.
/// </summary>
public sealed partial class Timing
{
    private readonly CronSchedule _cron;

    private Timing(CronSchedule cron) => _cron = cron;

    /// <summary>The instants meant; null where this machine knows no such expression or zone.</summary>
    public static Timing? Of(string cron, string timeZone) =>
        ZoneOf(timeZone) is { } zone && Fields().IsMatch(cron) && CronSchedule.TryParse(cron, zone, out var parsed) ? new(parsed) : null;

    /// <summary>The first instant after another; null where none comes any more.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => _cron.NextOccurrence(instant)?.ToUniversalTime();

    /// <summary>Whether an instant is one of them.</summary>
    public bool Has(DateTimeOffset instant) => After(instant.AddTicks(-1)) == instant;

    /// <summary>The instants after another, as far as anyone counts on.</summary>
    public IEnumerable<DateTimeOffset> AllAfter(DateTimeOffset instant)
    {
        for (var next = After(instant); next is { } it; next = After(it)) yield return it;
    }

    /// <summary>The words of a command, or what is wrong with them.</summary>
    /// <param name="now">There must be an instant after it.</param>
    public static void Read(Problems problems, string cron, string timeZone, DateTimeOffset now)
    {
        if (ZoneOf(timeZone) is null) problems.Add("timeZone", "bad-time-zone", "'timeZone' must be a time zone of the IANA database, written as it is there, that this machine knows: Europe/Berlin, US/Eastern or UTC.");
        if (Of(cron, "UTC") is not { } timing)
            problems.Add("cron", "bad-cron", "'cron' must have five fields: minute, hour, day of month, month, day of week. '0 6 * * MON' is Mondays at six.");
        else if (timing.After(now) is null)
            problems.Add("cron", "never-occurs", "'cron' names a time that never comes.");
    }

    private static TimeZoneInfo? ZoneOf(string name) =>
        ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && !IsOtherwiseWritten(name, zone) ? zone : null;

    /// <summary>A zone that was looked up before is found however it is written, and after a restart no more.</summary>
    private static bool IsOtherwiseWritten(string name, TimeZoneInfo zone) => zone.Id != name && zone.Id.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Names of the IANA database, links among them. What machines keep beside them is none: zones with leap seconds, names of their own, what stands for no
    /// place yet.
    /// </summary>
    [GeneratedRegex("^(?!Factory|SystemV|UTC[+-])[A-Z][A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();

    [GeneratedRegex("^\\S+( \\S+){4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
