using System.Text;
using System.Xml;

namespace Tracker.Prose;

/// <summary>Text of the record within XML, which has no way to write some characters that JSON has.</summary>
public static class InXml
{
    /// <summary>The text, with U+FFFD for each character that XML cannot carry.</summary>
    public static string Of(string text)
    {
        if (Carries(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune : Rune.ReplacementChar);
        return clean.ToString();
    }

    private static bool Carries(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return false;
        }

        return true;
    }
}
