using System.Text;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Text as it is searched, in any language: capitals and small letters alike, and so what looks the same but is written with other
/// characters (full width, ligatures, letters with their accents apart).
/// </summary>
public static class Folded
{
    /// <summary>The texts that are there, one a line.</summary>
    public static string Of(params IEnumerable<string?> texts) => Fold(string.Join('\n', texts.Where(x => x is not null)));

    /// <summary>The words that are searched for; none where nothing is.</summary>
    public static string[] Words(string q) => Fold(q).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Fold(string text) => Normal.Of(Normal.Of(text, NormalizationForm.FormKC).ToLowerInvariant(), NormalizationForm.FormKC);
}
