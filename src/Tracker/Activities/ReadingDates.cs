using Tracker.Recording;

namespace Tracker.Activities;

/// <summary>Reads dates as precisely as they are known (EDTF level 0) out of commands.</summary>
internal static class ReadingDates
{
    public static FuzzyDate Date(this Problems problems, string field, string? value)
    {
        if (FuzzyDate.TryParse(value, out var date))
            return problems.IsYear(field, value!, date.Earliest.Year) && problems.IsYear(field, value!, date.Latest.Year) ? date : default;
        problems.Add(field, "bad-date",
            $"'{field}' must be a date as YYYY, YYYY-MM or YYYY-MM-DD, or two of these in order with a slash between{problems.WhyNot(value, oneDay: false)}");
        return default;
    }

    public static FuzzyDate? OptionalDate(this Problems problems, string field, string? value) =>
        value is null ? null : problems.Date(field, value);
}
