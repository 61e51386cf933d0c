using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Recording;

/// <summary>The camel-case words of an enumeration: how it is written in the API, the events and the tables.</summary>
public static class Words
{
    public static bool TryParse<T>(string? text, out T word) where T : struct, Enum
    {
        var at = text is null ? -1 : Of<T>.Texts.IndexOf(text);
        word = at < 0 ? default : Of<T>.Values[at];
        return at >= 0;
    }

    /// <exception cref="FormatException">The text is not one of the words.</exception>
    public static T Parse<T>(string text) where T : struct, Enum =>
        TryParse<T>(text, out var word) ? word : throw new FormatException($"'{text}' is none of {All<T>()}.");

    public static string Text<T>(T word) where T : struct, Enum => Of<T>.Texts[Of<T>.Values.IndexOf(word)];

    /// <summary>The words; none where there are none.</summary>
    public static string[] Texts<T>(T[]? words) where T : struct, Enum => words is null ? [] : Array.ConvertAll(words, Text);

    /// <summary>All the words, for a person to choose from.</summary>
    public static string All<T>() where T : struct, Enum => string.Join(", ", Of<T>.Texts);

    private static class Of<T> where T : struct, Enum
    {
        public static readonly ImmutableArray<T> Values = [.. Enum.GetValues<T>()];
        public static readonly ImmutableArray<string> Texts = [.. Values.Select(x => Camel(x.ToString()))];
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>Days as the API writes them: <c>YYYY-MM-DD</c>.</summary>
public static partial class Days
{
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Whether a text is written as a day is, though no calendar may have it.</summary>
    public static bool IsWrittenLikeOne(string? text) => text is not null && Written().IsMatch(text);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a date was most likely before a spreadsheet rewrote it, where it looks as if one had: to be said after what is wrong.</summary>
    public static string Remark(string? text)
    {
        const string Advice = "Give the column the format 'text' before you enter dates.";
        if (text is null) return "";
        if (Serial().Match(text) is { Success: true } serial && int.Parse(serial.Groups[1].Value, CultureInfo.InvariantCulture) is var days and >= 10_000)
            return $" '{text}' is how a spreadsheet counts days; it may have been {Text(new DateOnly(1899, 12, 30).AddDays(days))}. {Advice}";
        return Rewritten().IsMatch(text) ? $" '{text}' looks as if a spreadsheet had rewritten it. {Advice}" : "";
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex("^([1-9][0-9]{4})([.,][0-9]*)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Serial();

    /// <summary>
    /// <c>11/14/2022</c>, <c>14.11.22</c>, <c>12-2022</c>, <c>2022-1-4</c>, <c>Dec-22</c>, <c>12-Nov</c>, <c>14-Nov-2022</c>, <c>November 14, 2022</c>,
    /// <c>2022年11月14日</c>, with a time or without; what is as it should be but for a time; <c>4.4879E+04</c>; and a column that was too narrow.
    /// </summary>
    [GeneratedRegex("""
        ^(?!(?i:mid|early|late|end|since|circa|about|around|before|after|until|till|from|spring|summer|autumn|fall|winter)\b)(
        ([0-9]{1,2}[./-][0-9]{1,2}([./-]([0-9]{2}|[0-9]{4}))?\.?
        |[0-9]{1,2}[./-][0-9]{4}
        |([0-9]{1,2}(\.\ |[\ ./-]))?\p{L}{3,10}[.,\ -]{1,2}([0-9]{2}|[0-9]{4})
        |[0-9]{1,2}(\.\ |[\ .-])\p{L}{3,10}\.?
        |\p{L}{3,10}[\ .]{1,2}[0-9]{1,2},?\ [0-9]{4}
        |[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}
        |[0-9]{4}-([0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])
        |[0-9]{4}[年년]\ ?[0-9]{1,2}[月월](\ ?[0-9]{1,2}[日일])?
        )([\ T,].*)?
        |[0-9]{4}-[0-9]{2}-[0-9]{2}[\ T][0-9][^Z]*
        |[0-9][.,][0-9]+E\+[0-9]{2}
        |\#{3,}
        )\z
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Rewritten();
}
