using Tracker.Activities;

namespace Tracker.Languages;

/// <summary>Days and imprecise dates in a reader's words, never more precise than they are known.</summary>
public static class DayWords
{
    private enum Precision
    {
        Day,
        Month,
        Year,
    }

    /// <summary>"14 November 2022".</summary>
    public static string Of(DateOnly day) => Texts.Day(day);

    /// <summary>"22 November 2022", "December 2022", "2022", "15–30 November 2022", "26 December 2022 – 4 January 2023".</summary>
    public static string Of(FuzzyDate date) => date.Text.Split('/') switch
    {
        [var start, var end] when start != end => Interval(date.Earliest, PrecisionOf(start), date.Latest, PrecisionOf(end)),
        [var one, ..] => To(date.Earliest, PrecisionOf(one)),
        _ => "",
    };

    /// <summary>Two days as one date, no more precise than they are: "22 November 2022", "December 2022", "2022", "15–30 November 2022".</summary>
    public static string Between(DateOnly earliest, DateOnly latest)
    {
        var endsAMonth = latest.Day == DateTime.DaysInMonth(latest.Year, latest.Month);
        if (earliest == latest) return Texts.Day(earliest);
        if (earliest is { Month: 1, Day: 1 } && latest is { Month: 12, Day: 31 })
            return earliest.Year == latest.Year ? Texts.Year(earliest) : Interval(earliest, Precision.Year, latest, Precision.Year);
        if (earliest.Day == 1 && endsAMonth)
            return (earliest.Year, earliest.Month) == (latest.Year, latest.Month) ? Texts.Month(earliest) : Interval(earliest, Precision.Month, latest, Precision.Month);
        return Interval(earliest, Precision.Day, latest, Precision.Day);
    }

    /// <summary>An instant to the second, in UTC: "24 November 2026, 04:29:02 UTC".</summary>
    public static string Of(DateTimeOffset instant) => Texts.Instant(instant);

    private static string Interval(DateOnly start, Precision from, DateOnly end, Precision until) => (from, until) switch
    {
        (Precision.Day, Precision.Day) when (start.Year, start.Month) == (end.Year, end.Month) => Texts.DaysOfAMonth(start, end),
        (Precision.Day, Precision.Day) when start.Year == end.Year => Texts.DaysOfAYear(start, end),
        (Precision.Month, Precision.Month) when start.Year == end.Year => Texts.MonthsOfAYear(start, end),
        (Precision.Year, Precision.Year) => Texts.Years(start, end),
        _ => Texts.Until(To(start, from), To(end, until)),
    };

    private static string To(DateOnly day, Precision precision) => precision switch
    {
        Precision.Year => Texts.Year(day),
        Precision.Month => Texts.Month(day),
        _ => Texts.Day(day),
    };

    private static Precision PrecisionOf(string point) => point.Length switch { 4 => Precision.Year, 7 => Precision.Month, _ => Precision.Day };
}
