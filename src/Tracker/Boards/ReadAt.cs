using System.Globalization;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>What a read asks for: the day to judge at, what was known then, since when, and how far the tables must have come.</summary>
public sealed record ReadAt(DateOnly? ValidAt = null, KnownAt? KnownAt = null, Since? Since = null, long? AtLeast = null)
{
    /// <summary>Whether, where no day is named, the record's end is meant rather than today: how pages are read, of a record that is no longer followed.</summary>
    public bool ToRecordEnd { get; init; }

    /// <summary>How far the agenda reached when the same request was let through; null where nobody looked yet.</summary>
    public AgendaHead? Head { get; init; }

    /// <summary>As known at the position that another read of the same request rests on; which day, and since when, is not asked.</summary>
    public ReadAt At(long position) => new(KnownAt: new KnownAt(position, null)) { Head = Head };

    /// <summary>Reads the query, or says which value is not of its form.</summary>
    public static (ReadAt? Read, Refusal? Refusal) Of(HttpRequest request)
    {
        if (request.Query.FirstOrDefault(x => x.Value.Any(text => text?.Contains('\0', StringComparison.Ordinal) == true)).Key is { } name)
            return Unreadable(name, null, "a text without U+0000");
        if (Queries.Twice(request, "validAt", "knownAt", "since", "atLeast") is { } twice)
            return (null, Refuse.Unreadable($"'{twice}' is given more than once: give it once.", twice));
        var (validAt, knownAt, since, atLeast) = (request.One("validAt"), request.One("knownAt"), request.One("since"), request.One("atLeast"));
        var (read, refusal) = Parse(validAt, knownAt, since, atLeast);
        return (read is null ? null : read with { Head = request.HttpContext.Features.Get<AgendaHead>() }, refusal);
    }

    /// <summary>Reads the words of a query or of a command line.</summary>
    public static (ReadAt? Read, Refusal? Refusal) Parse(string? validAt, string? knownAt, string? since, string? atLeast = null)
    {
        DateOnly? day = null;
        KnownAt? known = null;
        Since? from = null;
        long? least = null;
        if (validAt is not null)
        {
            if (!Days.TryParse(validAt, out var parsed)) return Unreadable("validAt", validAt, "a day, YYYY-MM-DD", DateFaults.Of(validAt, oneDay: true));
            day = parsed;
        }

        if (knownAt is not null && (known = KnownAt.Parse(knownAt)) is null)
            return Unreadable("knownAt", knownAt, "a position in digits or an RFC 3339 instant");
        if (since is not null && (from = Since.Parse(since)) is null)
            return Unreadable("since", since, "a day, YYYY-MM-DD, or a milestone's slug", DateFaults.Of(since, oneDay: true));
        if (atLeast is not null)
        {
            if (!long.TryParse(atLeast, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)) return Unreadable("atLeast", atLeast, "a position in digits");
            least = parsed;
        }

        return (new ReadAt(day, known, from, least), null);
    }

    private static (ReadAt?, Refusal?) Unreadable(string name, string? value, string form, string why = "") =>
        (null, Refuse.NotOfForm(name, form, value, why));
}

/// <summary>Since when: a day, or the milestone of that name. What is written like a day is one, or nothing.</summary>
public sealed record Since(DateOnly? Day, string? Milestone)
{
    public static Since? Parse(string text) =>
        Days.TryParse(text, out var day) ? new(day, null) : Slug.IsValid(text) && !Days.IsWrittenLikeOne(text) ? new(null, text) : null;

    /// <summary>The day meant on an agenda, or that it has no such milestone.</summary>
    public static (DateOnly Day, Refusal? Refusal) On(Agenda agenda, Since? since)
    {
        if (since is null) return (agenda.Baseline.Date, null);
        if (since.Day is { } day) return (day, null);
        return agenda.Milestones.FirstOrDefault(x => x.Slug == since.Milestone) switch
        {
            null => (default, Refuse.As("unknown-milestone", "since", $"The agenda has no milestone '{since.Milestone}'. {(!agenda.StandingMilestones.Any() ? "It has none." : $"It has {NameList.Of(agenda.StandingMilestones.Select(x => x.Slug))}.")}")),
            { Withdrawal: not null } => (default, Refuse.As("withdrawn-milestone", "since", $"The milestone '{since.Milestone}' was withdrawn: nothing is counted from it any more.")),
            { Date: var date } => (date, null),
        };
    }
}

internal static class Queries
{
    /// <summary>The first of some names that the query gives more than once; null where none is.</summary>
    public static string? Twice(HttpRequest request, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (request.Query[name].Count > 1) return name;
        return null;
    }

    /// <summary>A query's value, null where absent. A value given twice is neither.</summary>
    public static string? One(this HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count switch { 0 => null, 1 => values[0], _ => string.Join(',', values!) };
    }
}
