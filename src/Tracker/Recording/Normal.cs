using System.Text;

namespace Tracker.Recording;

/// <summary>Text in one of Unicode's normal forms, whatever it holds.</summary>
public static class Normal
{
    private const char NoCharacter = '\uFFFE';

    /// <summary>The text in that form. What the library refuses to look at, U+FFFE and halves of pairs, becomes U+FFFD: a text is never too odd to be read.</summary>
    public static string Of(string text, NormalizationForm form)
    {
        if (!text.Any(x => x is NoCharacter || char.IsSurrogate(x))) return text.Normalize(form);
        var told = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) told.Append(rune.Value is NoCharacter ? Rune.ReplacementChar : rune);
        return told.ToString().Normalize(form);
    }
}
