using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Recording;

namespace Tracker.Reports.Schedules;

/// <summary>When reports of an agenda are issued, in which forms, and whom they are sent to.</summary>
/// <param name="Cron">When: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">By whose clocks, as IANA names it.</param>
/// <param name="Formats">The forms that are sent.</param>
/// <param name="Recipients">The opaque ids of those who get mail. Their addresses are kept apart from the record.</param>
/// <param name="Webhooks">The ids of the webhooks that are told.</param>
/// <param name="Paused">Whether nothing is issued until it is resumed.</param>
/// <param name="Since">Instants after this one are its: when it was made or resumed last, or its times were corrected.</param>
public sealed record Schedule(
    string Slug,
    string Cron,
    string TimeZone,
    ImmutableArray<ReportFormat> Formats,
    ImmutableArray<string> Recipients,
    ImmutableArray<string> Webhooks,
    bool Paused,
    DateTimeOffset Since,
    DateTimeOffset MadeAt,
    string MadeBy) : IFolded<Schedule>
{
    public static string Kind => "schedules";

    [JsonIgnore]
    public long Version { get; init; }

    public static Schedule Fold(Schedule? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, ScheduleMade e) => new Schedule(stamp.Name, e.Cron, e.TimeZone, e.Formats, e.Recipients, e.Webhooks, false, stamp.At, stamp.At, stamp.By) { Version = 1 },
        ({ } it, ScheduleCorrected e) => it with
        {
            Cron = e.Cron,
            TimeZone = e.TimeZone,
            Formats = e.Formats,
            Recipients = e.Recipients,
            Webhooks = e.Webhooks,
            // Other times are nobody's debt from before they were said.
            Since = (e.Cron, e.TimeZone) == (it.Cron, it.TimeZone) ? it.Since : stamp.At,
            Version = stamp.Version,
        },
        ({ } it, SchedulePaused) => it with { Paused = true, Version = stamp.Version },
        ({ } it, ScheduleResumed) => it with { Paused = false, Since = stamp.At, Version = stamp.Version },
        _ => throw UnknownEventException.For<Schedule>(happened),
    };
}

/// <summary>A form in which a report is sent.</summary>
public enum ReportFormat
{
    Json,

    /// <summary>Markdown.</summary>
    Md,

    /// <summary>One file that needs no other.</summary>
    Html,
    Pdf,

    /// <summary>The status table alone.</summary>
    Csv,
}

/// <param name="Recipients">Opaque ids: an address can be forgotten without touching the record.</param>
public sealed record ScheduleMade(
    string Cron,
    string TimeZone,
    ImmutableArray<ReportFormat> Formats,
    ImmutableArray<string> Recipients,
    ImmutableArray<string> Webhooks);

/// <summary>What is said of the schedule was wrong, or is to be otherwise: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record ScheduleCorrected(
    string Cron,
    string TimeZone,
    ImmutableArray<ReportFormat> Formats,
    ImmutableArray<string> Recipients,
    ImmutableArray<string> Webhooks,
    string Reason);

/// <summary>Nothing is issued from here on, and nothing is owed of this time later.</summary>
public sealed record SchedulePaused;

/// <summary>What comes after this is issued again.</summary>
public sealed record ScheduleResumed;
