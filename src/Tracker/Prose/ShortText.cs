using System.Globalization;

namespace Tracker.Prose;

/// <summary>A text that has little room: what does not fit is left out, and an ellipsis says so.</summary>
public static class ShortText
{
    /// <param name="most">How many characters there may be, as a reader counts them.</param>
    public static string Of(string text, int most)
    {
        var characters = StringInfo.ParseCombiningCharacters(text);
        return characters.Length <= most ? text : text[..characters[most - 1]].TrimEnd() + "…";
    }

    /// <summary>A text in two lines, broken between words.</summary>
    /// <param name="most">How many characters a line may have; a single word that is longer stands whole.</param>
    public static (string First, string Second) InTwoLines(string text, int most)
    {
        var at = text.Length <= most ? text.Length : text.LastIndexOf(' ', most);
        if (at <= 0) at = text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : text.Length;
        return (text[..at], Of(text[at..].TrimStart(), most));
    }
}
