using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracker.Reports.Schedules;

/// <summary>What a schedule's report is called: so that an occurrence has one, whoever issues it and however often it is tried.</summary>
public static class ScheduledName
{
    private const int MaxSlug = 80;

    /// <summary>The instant in UTC and the schedule, <c>2023-02-06-t0600z-weekly</c>.</summary>
    public static string Of(DateTimeOffset occurrence, string schedule) =>
        Of(occurrence.UtcDateTime.ToString("yyyy-MM-dd'-t'HHmm'z'", CultureInfo.InvariantCulture), schedule);

    /// <summary>A name that says when, and the schedule. Of a schedule whose own name leaves no room, its beginning and its digest.</summary>
    public static string Of(string when, string schedule)
    {
        var room = MaxSlug - when.Length - 1;
        if (schedule.Length <= room) return $"{when}-{schedule}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schedule)))[..16];
        return $"{when}-{schedule[..Math.Max(0, room - digest.Length - 1)]}-{digest}";
    }
}
