using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Activities;

/// <summary>
/// A date as precise as it is known: EDTF (ISO 8601-2) level 0. A day <c>2022-11-22</c>, a month <c>2022-12</c>, a year
/// <c>2022</c>, or an interval of any two of these, <c>2022-12-11/2022-12</c>. Proleptic Gregorian, years 0001 to 9999, no
/// times, nothing open, uncertain or approximate. Two are equal when their texts are: <c>2022-12</c> is not
/// <c>2022-12-01/2022-12-31</c>.
/// </summary>
[JsonConverter(typeof(FuzzyDateJsonConverter))]
public readonly record struct FuzzyDate
{
    private readonly string? _text;

    private FuzzyDate(string text, DateOnly earliest, DateOnly latest)
    {
        _text = text;
        Earliest = earliest;
        Latest = latest;
    }

    /// <summary>The date as it was given. Empty only for <c>default</c>, which no text parses to.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>The first day it can have been.</summary>
    public DateOnly Earliest { get; }

    /// <summary>The last day it can have been.</summary>
    public DateOnly Latest { get; }

    /// <summary>
    /// Reads EDTF level 0 and nothing else; false for all other text. An interval holds when it has at least one day: its start's
    /// first day is not after its end's last day.
    /// </summary>
    public static bool TryParse(string? text, out FuzzyDate date)
    {
        date = default;
        if (text is null)
            return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var start = slash < 0 ? text.AsSpan() : text.AsSpan(0, slash);
        var end = slash < 0 ? start : text.AsSpan(slash + 1);
        if (!TryReadPoint(start, out var earliest, out _) || !TryReadPoint(end, out _, out var latest) || earliest > latest)
            return false;

        date = new FuzzyDate(text, earliest, latest);
        return true;
    }

    /// <summary>Reads EDTF level 0.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static FuzzyDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not an EDTF level 0 date.");

    public bool Equals(FuzzyDate other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool TryReadPoint(ReadOnlySpan<char> text, out DateOnly earliest, out DateOnly latest)
    {
        earliest = latest = default;
        if (text.Length is not (4 or 7 or 10) || !TryReadDigits(text[..4], out var year) || year < 1)
            return false;

        if (text.Length == 4)
        {
            earliest = new DateOnly(year, 1, 1);
            latest = new DateOnly(year, 12, 31);
            return true;
        }

        if (text[4] != '-' || !TryReadDigits(text[5..7], out var month) || month is < 1 or > 12)
            return false;

        var days = DateTime.DaysInMonth(year, month);
        if (text.Length == 7)
        {
            earliest = new DateOnly(year, month, 1);
            latest = new DateOnly(year, month, days);
            return true;
        }

        if (text[7] != '-' || !TryReadDigits(text[8..], out var day) || day < 1 || day > days)
            return false;

        earliest = latest = new DateOnly(year, month, day);
        return true;
    }

    // int.TryParse would take signs, spaces and a culture's own digits.
    private static bool TryReadDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
            number = (number * 10) + (character - '0');
        }

        return true;
    }
}

/// <summary>
/// A <see cref="FuzzyDate"/> is its text in JSON. Anything but a string holding EDTF level 0 is a <see cref="JsonException"/>.
/// </summary>
public sealed class FuzzyDateJsonConverter : JsonConverter<FuzzyDate>
{
    public override FuzzyDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && FuzzyDate.TryParse(reader.GetString(), out var date)
            ? date
            : throw new JsonException("A date must be EDTF level 0: a day, month, year, or an interval of two of them.");

    public override void Write(Utf8JsonWriter writer, FuzzyDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
