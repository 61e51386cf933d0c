using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Recording;

/// <summary>
/// Says why a text is no date that is taken, for whoever wrote it by the rules of another format: a day that no calendar has, an interval
/// the wrong way round, or one of EDTF's forms beyond level 0 (ISO 8601-2).
/// </summary>
public static partial class DateFaults
{
    private const int LongestQuoted = 40;

    /// <summary>A sentence with a space before it, to stand behind what the text must be; empty where nothing more can be said.</summary>
    /// <param name="oneDay">Whether a single day is wanted, and not a month, a year or an interval.</param>
    public static string Of(string? text, bool oneDay)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestQuoted) return "";
        if (text.Contains("..", StringComparison.Ordinal) || text[0] == '/' || text[^1] == '/')
            return " EDTF's open intervals, with '..' or an empty side, are not taken: say by which day it must have been.";
        if (text.AsSpan().ContainsAny('?', '~', '%'))
            return " EDTF's marks for uncertain and approximate dates ('?', '~', '%') are not taken: give the interval of days that it may have been.";
        if (Unspecified().IsMatch(text)) return " EDTF's 'X' for a digit that is not known is not taken: give the month, the year or an interval.";
        if (text.AsSpan().ContainsAny("[]{}")) return " EDTF's sets of dates are not taken: give one interval.";
        if (Meant(text, oneDay) is { } meant) return $" {meant}";
        if (OtherYears().IsMatch(text)) return $" A year is four digits, from {Years.First} to {Years.Last}.";
        if (WithTime().Match(text) is { Success: true } timed) return $" A time of day is not taken: give the day alone, {timed.Groups[1].Value}.";
        var points = text.Split('/');
        if (points.Length > 2 || points.Any(x => !Point().IsMatch(x))) return "";
        foreach (var point in points)
            if (OfPoint(point) is { } fault) return $" {fault}";
        if (oneDay) return $" '{text}' is not one day.";
        return points is [var start, var end] && First(start) > Last(end) ? " The interval ends before it begins." : "";
    }

    /// <summary>How it is written here, where it is plain what is meant.</summary>
    private static string? Meant(string text, bool oneDay)
    {
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var run)) return $"A day is written with hyphens: {Days.Text(run)}.";
        if (oneDay) return null;
        if (Quarter().Match(text) is { Success: true } quarter)
        {
            var (year, last) = (quarter.Groups["year"].Value, 3 * int.Parse(quarter.Groups["quarter"].Value, CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"A quarter is written as its months: {year}-{last - 2:00}/{year}-{last:00}.");
        }

        if (TwoYears().Match(text) is not { Success: true } years) return null;
        var (first, then) = (int.Parse(years.Groups["first"].Value, CultureInfo.InvariantCulture), years.Groups["then"].Value);
        var second = then.Length == 4 ? int.Parse(then, CultureInfo.InvariantCulture) : first + 1;
        return second > first && (then.Length == 4 || (second % 100).ToString("00", CultureInfo.InvariantCulture) == then)
            ? string.Create(CultureInfo.InvariantCulture, $"Two years are written with a slash: {first}/{second}.{(text[4] == '-' && then is "21" or "22" or "23" or "24" ? " An EDTF season is not taken: give an interval of months." : "")}")
            : null;
    }

    private static string? OfPoint(string point)
    {
        var numbers = point.Split('-').Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToArray();
        if (numbers[0] == 0) return "There is no year 0000.";
        if (numbers.Length == 2 && numbers[1] is >= 21 and <= 41) return $"'{point}' is an EDTF season, which is not taken: give an interval of months.";
        if (numbers.Length > 1 && numbers[1] is < 1 or > 12) return $"'{point}' is in no month of the calendar.";
        return numbers.Length == 3 && (numbers[2] < 1 || numbers[2] > DateTime.DaysInMonth(numbers[0], numbers[1])) ? $"'{point}' is no day of the calendar." : null;
    }

    private static DateOnly First(string point) => DateOnly.ParseExact(point + "-01-01"[..(10 - point.Length)], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Last(string point) => point.Length switch
    {
        4 => First(point).AddMonths(11).AddDays(30),
        7 => First(point) is var first ? first.AddDays(DateTime.DaysInMonth(first.Year, first.Month) - 1) : default,
        _ => First(point),
    };

    [GeneratedRegex("^(Q(?<quarter>[1-4])[ /-]?(?<year>[0-9]{4})|(?<year>[0-9]{4})[ /-]?Q(?<quarter>[1-4]))\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Quarter();

    /// <summary><c>2022–2023</c>, <c>2022-2023</c>, <c>2012-13</c> and <c>2012/13</c>, where that is no month.</summary>
    [GeneratedRegex("^(?<first>[0-9]{4}) ?([–—-] ?(?<then>[0-9]{4})|[/–—-](?!0[0-9]|1[0-2])(?<then>[0-9]{2}))\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TwoYears();

    [GeneratedRegex("^[0-9X/-]*X[0-9X/-]*\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unspecified();

    [GeneratedRegex("^(Y-?[0-9]|-[0-9]{4}|[0-9]{5,}-)", RegexOptions.CultureInvariant)]
    private static partial Regex OtherYears();

    [GeneratedRegex("^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex WithTime();

    [GeneratedRegex("^[0-9]{4}(-[0-9]{2}){0,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Point();
}
