using System.Globalization;
using System.Text;

namespace Tracker.Recording;

/// <summary>Whether a text shows anything when it is printed.</summary>
public static class Visible
{
    /// <summary>Embeddings, overrides and isolates of the bidirectional algorithm (Unicode Standard Annex 9).</summary>
    internal static System.Buffers.SearchValues<char> TurnDirection { get; } = System.Buffers.SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>False for a text of nothing but spaces, marks without a letter to stand on, and characters of no width.</summary>
    public static bool Any(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
            if (Is(rune)) return true;
        return false;
    }

    /// <summary>The text without characters of no width at its ends, nor spaces there.</summary>
    public static string Trim(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsNothing(text[from])) from++;
        while (to > from && IsNothing(text[to - 1])) to--;
        return text[from..to];
    }

    private static bool IsNothing(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;

    // Letters by their category, and yet blank: fillers of Hangul, a braille cell without dots.
    private static bool Is(Rune rune) => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);
}
