namespace Tracker.Languages;

/// <summary>Which way a text runs.</summary>
internal static class RightToLeft
{
    /// <summary>
    /// A text of others within a sentence of ours: its direction is its own, and moves nothing beside it (FIRST STRONG ISOLATE, Unicode Standard Annex 9). One
    /// without a right-to-left letter stays as it is.
    /// </summary>
    public static string Isolated(string text) => text.Any(Is) ? $"\u2068{text}\u2069" : text;

    /// <summary>The <c>dir</c> of an element that holds nothing but a text of others: <c>auto</c> where it has a right-to-left letter, else none, as for text of ours.</summary>
    public static string? Dir(string text) => text.Any(Is) ? "auto" : null;

    /// <summary>Whether a character is of a right-to-left script, or turns the direction.</summary>
    public static bool Is(char c) => c is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC' or '\u200F' or '\u202B' or '\u202E' or '\u2067'
        // High halves of U+10800 to U+10FFF and of U+1E800 to U+1EFFF.
        or >= '\uD802' and <= '\uD803' or >= '\uD83A' and <= '\uD83B';
}
