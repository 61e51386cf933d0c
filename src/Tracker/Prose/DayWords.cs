using Tracker.Activities;

namespace Tracker.Prose;

/// <summary>Days and imprecise dates in a reader's words, never more precise than they are known.</summary>
public static class DayWords
{
    private const string Day = "d MMMM yyyy";
    private const string Month = "MMMM yyyy";
    private const string Year = "yyyy";

    /// <summary>"14 November 2022".</summary>
    public static string Of(DateOnly day) => day.ToString(Day, Texts.Culture);

    /// <summary>"22 November 2022", "December 2022", "2022", "15–30 November 2022", "26 December 2022 – 4 January 2023".</summary>
    public static string Of(FuzzyDate date) => date.Text.Split('/') switch
    {
        [var start, var end] when start != end => Interval(date.Earliest, FormOf(start), date.Latest, FormOf(end)),
        [var one, ..] => date.Earliest.ToString(FormOf(one), Texts.Culture),
        _ => "",
    };

    /// <summary>Two days as one date, no more precise than they are: "22 November 2022", "December 2022", "2022", "15–30 November 2022".</summary>
    public static string Between(DateOnly earliest, DateOnly latest)
    {
        var endsAMonth = latest.Day == DateTime.DaysInMonth(latest.Year, latest.Month);
        if (earliest == latest) return Of(earliest);
        if (earliest is { Month: 1, Day: 1 } && latest is { Month: 12, Day: 31 }) return earliest.Year == latest.Year ? earliest.ToString(Year, Texts.Culture) : Interval(earliest, Year, latest, Year);
        if (earliest.Day == 1 && endsAMonth) return (earliest.Year, earliest.Month) == (latest.Year, latest.Month) ? earliest.ToString(Month, Texts.Culture) : Interval(earliest, Month, latest, Month);
        return Interval(earliest, Day, latest, Day);
    }

    /// <summary>An instant to the second, in UTC: "24 November 2026, 04:29:02 UTC".</summary>
    public static string Of(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", Texts.Culture);

    private static string Interval(DateOnly start, string startForm, DateOnly end, string endForm)
    {
        var last = end.ToString(endForm, Texts.Culture);
        return (startForm, endForm) switch
        {
            (Day, Day) when (start.Year, start.Month) == (end.Year, end.Month) => $"{start.ToString("%d", Texts.Culture)}–{last}",
            (Day, Day) when start.Year == end.Year => $"{start.ToString("d MMMM", Texts.Culture)} – {last}",
            (Month, Month) when start.Year == end.Year => $"{start.ToString("MMMM", Texts.Culture)}–{last}",
            (Year, Year) => $"{start.ToString(Year, Texts.Culture)}–{last}",
            _ => $"{start.ToString(startForm, Texts.Culture)} – {last}",
        };
    }

    private static string FormOf(string point) => point.Length switch { 4 => Year, 7 => Month, _ => Day };
}
