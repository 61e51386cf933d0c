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
}
