using System.Text;

namespace Tracker.Exchange.Sheets;

/// <summary>
/// Lists within a cell. Simple lists are parted by semicolons or line breaks, <c>US; PRC</c>; lists of things have one thing a line, its
/// parts between bars, <c>Wang Yi | PRC | host</c>. A separator within a text is written after a backslash, a line break as <c>\n</c>.
/// </summary>
public static class Cell
{
    public static string OfTexts(IEnumerable<string> texts) => string.Join("; ", texts.Select(x => Escaped(x, ';')));

    public static IEnumerable<string> Texts(string cell) => Parted(cell, ';', '\n').Select(Plain).Where(x => x.Length > 0);

    public static string OfThings(IEnumerable<IEnumerable<string?>> things) => string.Join('\n', things.Select(parts =>
        string.Join(" | ", parts.Reverse().SkipWhile(string.IsNullOrEmpty).Reverse().Select(x => Escaped(x ?? "", '|')))));

    public static IEnumerable<IReadOnlyList<string>> Things(string cell) =>
        Parted(cell, '\n').Where(x => !string.IsNullOrWhiteSpace(x)).Select(line => Parted(line, '|').Select(Plain).ToArray());

    private static string Escaped(string text, char separator)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') escaped.Append("\\n");
            else if (c == '\r') escaped.Append("\\r");
            else if (c == '\\' || c == separator || (char.IsWhiteSpace(c) && (i == 0 || i == text.Length - 1))) escaped.Append('\\').Append(c);
            else escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The parts between separators, as they are written.</summary>
    private static IEnumerable<string> Parted(string cell, params char[] separators)
    {
        var start = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\') i++;
            else if (separators.Contains(cell[i]))
            {
                yield return cell[start..i];
                start = i + 1;
            }
        }

        yield return cell[start..];
    }

    /// <summary>What a part says: without the space around it, and with what its backslashes stand for.</summary>
    private static string Plain(string part)
    {
        var plain = new StringBuilder(part.Length);
        var end = 0;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\' && i + 1 < part.Length)
            {
                plain.Append(part[++i] switch { 'n' => '\n', 'r' => '\r', var c => c });
                end = plain.Length;
            }
            else if (!char.IsWhiteSpace(part[i]))
            {
                plain.Append(part[i]);
                end = plain.Length;
            }
            else if (plain.Length > 0)
            {
                plain.Append(part[i]);
            }
        }

        return plain.ToString(0, end);
    }
}
