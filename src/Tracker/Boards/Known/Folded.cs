using System.Globalization;
using System.Text;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Text as it is searched, in any language: capitals and small letters alike, and so what looks the same but is written with other
/// characters (full width, ligatures, apostrophes and dashes of each kind). Accents are passed over, as whoever types without them does,
/// and so are characters that nobody sees.
/// </summary>
public static class Folded
{
    /// <summary>The texts that are there, one a line.</summary>
    public static string Of(params IEnumerable<string?> texts) => Fold(string.Join('\n', texts.Where(x => x is not null)));

    /// <summary>The words that are searched for; none where nothing is.</summary>
    public static string[] Words(string q) => Fold(q).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normal.Of(text, NormalizationForm.FormKD).EnumerateRunes())
            if (!IsPassedOver(rune)) folded.Append(OneOf(Rune.ToLowerInvariant(rune)));
        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Accents of Latin, Greek and Cyrillic letters, and what is not seen. Marks of other scripts are vowels and tones: without them it is another word.</summary>
    private static bool IsPassedOver(Rune rune) => rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0xFE00 and <= 0xFE0F) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    private static string OneOf(Rune rune) => rune.Value switch
    {
        'ı' => "i",
        'ς' => "σ",
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u02BC' => "'",
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => "\"",
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation => "-",
        _ => rune.ToString(),
    };
}
