using System.Collections.Immutable;
using System.Globalization;

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
public static class Days
{
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
