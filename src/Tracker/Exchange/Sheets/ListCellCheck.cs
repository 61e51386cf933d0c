using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Tracker.Recording;

namespace Tracker.Exchange.Sheets;

/// <summary>
/// Finds lines of a cell that are not the parts they would be taken for: a text with a bar or a line break in it that was not escaped, so that it would be cut
/// without a word.
/// </summary>
internal static class ListCellCheck
{
    /// <summary>Languages with two letters (ISO 639-1) that are not written in Latin letters unless their tag says so.</summary>
    private static readonly FrozenSet<string> OtherScripts =
        "am ar as be bg bn bo ce cv dv dz el fa gu he hi hy ii iu ja ka kk km kn ko kv ky lo mk ml mn mr my ne or os pa ps ru sa sd si ta te tg th ti ug uk ur yi zh".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>ISO 639-1: all languages with two letters.</summary>
    private static readonly FrozenSet<string> TwoLetters = (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
        + "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw "
        + "sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu iw ji mo").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Languages with three letters that are words of English, French or Spanish too: as likely as not a part of the text.</summary>
    private static readonly FrozenSet<string> Words =
        "all and any are but can des die for had has her him his how its les los men nor not now off old one our out own per que sea see ser set she sin six ten the two und use was way who why yes yet you air aid law tax oil gas war bus car".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a line of a list of things, and what to write; null where nothing seems to be.</summary>
    public static string? Wrong(Column column, IReadOnlyList<string> parts)
    {
        var needed = column.Parts.TakeWhile(x => x.EndsWith('*')).Count();
        var line = string.Join(" | ", parts);
        if (parts.Count > column.Parts.Length) return Said(column, line, $"it has {parts.Count} parts");
        if (parts.Count < needed) return Said(column, line, $"it has {parts.Count.ToString(CultureInfo.InvariantCulture)} of the {needed} that must be there");
        if (Part("source") is { } source && !Slug.IsValid(source)) return Said(column, line, $"'{source}' is no source's slug");
        if (Part("occurred") is { Length: > 0 } occurred && !char.IsAsciiDigit(occurred[0])) return Said(column, line, $"'{occurred}' is no date");
        return null;

        string? Part(string name) => PartOf(column, parts, name);
    }

    /// <summary>What may be wrong with a line of a list of things: what stands in the place of its language is hardly the language of its quote.</summary>
    public static string? Doubt(Column column, IReadOnlyList<string> parts) =>
        PartOf(column, parts, "language") is { Length: > 0 } language && PartOf(column, parts, "quote") is { } quote && !IsLanguageOf(language, quote)
            ? Said(column, string.Join(" | ", parts), $"'{language}' is not the language of what stands before it")
            : null;

    private static string? PartOf(Column column, IReadOnlyList<string> parts, string name) =>
        Array.FindIndex(column.Parts, x => x.TrimEnd('*') == name) is >= 0 and var at && at < parts.Count ? parts[at] : null;

    private static bool IsLanguageOf(string tag, string quote)
    {
        var subtags = tag.Split('-');
        var primary = subtags[0].ToLowerInvariant();
        if (primary.Length is not (2 or 3) || !primary.All(char.IsAsciiLetterLower)) return false;
        if (primary.Length == 2 ? !TwoLetters.Contains(primary) : Words.Contains(primary)) return false;
        var saysScript = subtags.Skip(1).Any(x => x.Length == 4 && char.IsAsciiLetter(x[0]));
        return saysScript || !OtherScripts.Contains(primary) || quote.EnumerateRunes().Any(x => x.Value >= 0x370 && Rune.IsLetter(x));
    }

    private static string Said(Column column, string line, string why) =>
        $"Each line of '{column.Name}' is {string.Join(" | ", column.Parts.Select(x => x.TrimEnd('*')))}, but in '{Shown(line)}' {why}. A bar within a text is written \\|, a line break within it \\n.";

    private static string Shown(string line) => line.Length <= 120 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[118]) ? 118 : 119), "…");
}
