using System.Globalization;

namespace Tracker.Recording;

/// <summary>
/// The years that a date of a record may have: those of the Gregorian calendar, which came into force in October 1582, and as far ahead as anyone plans.
/// A year outside of them is a slip, a program's "no date", or a year of another calendar.
/// </summary>
public static class Years
{
    public const int First = 1583, Last = 2300;

    public static bool Has(int year) => year is >= First and <= Last;

    /// <summary>What is wrong with a year that a record cannot have, and what to write; it follows the date.</summary>
    public static string Remark(int year)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"Years are those of the Gregorian calendar, {First} to {Last}.");
        return Elsewhere(year) is { } calendar ? $"{range} {calendar}" : range;
    }

    private static string? Elsewhere(int year) => year switch
    {
        1 => "Year 0001 is what programs write for 'no date': leave it out, or write the day.",
        >= 70 and <= 150 => Same($"{year} of the Republic of China (Minguo)", year + 1911),
        >= 1250 and <= 1420 => string.Create(CultureInfo.InvariantCulture,
            $"{year} looks like the Islamic or the Persian calendar, in which it is {Lunar(year)} or {year + 621}/{year + 622}: write the date in the Gregorian calendar."),
        >= 1421 and < First => Between($"{year} looks like the Islamic calendar", Lunar(year)),
        >= 2400 and <= 2700 => Same($"{year} looks like the Buddhist calendar", year - 543),
        >= 4300 and <= 4500 => Same($"{year} looks like the Korean Dangi calendar", year - 2333),
        >= 5500 and <= 6000 => Between($"{year} looks like the Hebrew calendar", string.Create(CultureInfo.InvariantCulture, $"{year - 3761}/{year - 3760}")),
        _ => null,
    };

    /// <summary>A year of the moon is 354.37 days; the first began in July 622.</summary>
    private static string Lunar(int year)
    {
        var begins = (int)Math.Floor(622.54 + ((year - 1) * .970224));
        var ends = (int)Math.Floor(622.54 + (year * .970224));
        return begins == ends ? begins.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{begins}/{ends}");
    }

    private static string Same(string said, int year) => string.Create(CultureInfo.InvariantCulture, $"{said}, in which it is {year}: write the date with that year.");

    private static string Between(string said, string years) => $"{said}, in which it is {years}: write the date in the Gregorian calendar.";
}
