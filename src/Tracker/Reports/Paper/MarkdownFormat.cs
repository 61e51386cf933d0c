using System.Globalization;
using System.Text;
using Tracker.Prose;

namespace Tracker.Reports.Paper;

/// <summary>A sheet as Markdown (CommonMark with tables).</summary>
public static class MarkdownFormat
{
    public static string Write(Sheet sheet)
    {
        var text = new StringBuilder();
        foreach (var block in sheet.Blocks)
        {
            switch (block)
            {
                case Heading it: text.Append('#', it.Level).Append(' ').Append(Escaped(it.Text)).Append("\n\n"); break;
                case Paragraph { Manner: Manner.Lead or Manner.Notice } it: text.Append("**").Append(Line(it.Pieces.Select(Plain))).Append("**\n\n"); break;
                case Paragraph it: text.Append(Line(it.Pieces)).Append("\n\n"); break;
                case Items it: Write(text, it); break;
                case Quotation it: Write(text, it); break;
                case Table it: Write(text, it); break;
                case Picture it: Write(text, it); break;
                default: throw new InvalidOperationException($"Markdown has no form for {block.GetType().Name}.");
            }
        }

        return text.Append("---\n\n").Append(Escaped(sheet.Running)).Append('\n').ToString();
    }

    /// <summary>Within what is strong as a whole, nothing is strong by itself.</summary>
    private static Piece Plain(Piece piece) => piece is Say { Tone: Tone.Strong } say ? say with { Tone = Tone.Plain } : piece;

    private static void Write(StringBuilder text, Items items)
    {
        for (var i = 0; i < items.Each.Length; i++)
            text.Append(items.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. ") : "- ").Append(Line(items.Each[i])).Append('\n');
        text.Append('\n');
    }

    private static void Write(StringBuilder text, Quotation quotation)
    {
        text.Append("> ").Append(Line(quotation.Whose)).Append(":\n>\n> ").Append(Escaped(quotation.Words)).Append('\n');
        if (!quotation.After.IsEmpty) text.Append(">\n> ").Append(Line(quotation.After)).Append('\n');
        text.Append('\n');
    }

    private static void Write(StringBuilder text, Table table)
    {
        text.Append(Escaped(table.Caption)).Append("\n\n| ").AppendJoin(" | ", table.Columns.Select(x => Escaped(x.Head))).Append(" |\n|")
            .Append(string.Concat(table.Columns.Select(_ => " --- |"))).Append('\n');
        foreach (var row in table.Rows)
            text.Append("| ").AppendJoin(" | ", row.Select(cell => string.Join("<br>", cell.Select(x => Line(x))))).Append(" |\n");
        text.Append('\n');
    }

    private static void Write(StringBuilder text, Picture picture)
    {
        foreach (var told in picture.Told) text.Append("- ").Append(Escaped(told)).Append('\n');
        text.Append('\n');
    }

    private static string Line(IEnumerable<Piece> pieces) => string.Concat(pieces.Select(x => x switch
    {
        Say { Text: "" } => "",
        Say { Tone: Tone.Strong } say => Around("**", say.Text),
        Say { Tone: Tone.Soft } say => Around("*", say.Text),
        Say say => Escaped(say.Text),
        Link link => $"[{Escaped(link.Text)}](<{link.Address.Replace(">", "%3E", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)}>)",
        NoteMark note => string.Create(CultureInfo.InvariantCulture, $" \\[{note.Number}\\]"),
        StatusPiece status => $"**{Escaped(StatusWords.Of(status.Status, status.Type))}**",
        _ => throw new InvalidOperationException($"Markdown has no form for {x.GetType().Name}."),
    }));

    /// <summary>Emphasis may not begin or end with a space.</summary>
    private static string Around(string mark, string text)
    {
        var inner = text.Trim();
        return text[..text.IndexOf(inner, StringComparison.Ordinal)] + mark + Escaped(inner) + mark + text[(text.IndexOf(inner, StringComparison.Ordinal) + inner.Length)..];
    }

    /// <summary>What others wrote stays what they wrote: no mark of theirs becomes a heading, a link or a cell.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '&' or '!') escaped.Append('\\');
            escaped.Append(c);
        }

        // A line that begins as a list would.
        var begins = escaped.ToString();
        return begins.Length > 1 && (begins[0] is '-' or '+' or '=') ? "\\" + begins : NumberedStart(begins);
    }

    private static string NumberedStart(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 10 && digits < text.Length && text[digits] is '.' or ')' && digits + 1 < text.Length && text[digits + 1] == ' ' ? text.Insert(digits, "\\") : text;
    }
}
