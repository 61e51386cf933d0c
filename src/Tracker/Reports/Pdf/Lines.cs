using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SkiaSharp;
using Tracker.Prose;
using Tracker.Reports.Paper;

namespace Tracker.Reports.Pdf;

/// <summary>How a text is set: faces, size and distance of lines in points.</summary>
internal sealed record Setting(FaceName Plain, FaceName Strong, float Size, float Leading, SKColor Ink)
{
    public Setting Smaller => this with { Size = Size * .92f, Ink = Inks.Soft };
}

/// <summary>The colours of print.</summary>
internal static class Inks
{
    public static SKColor Ink { get; } = SKColor.Parse("#1b2530");
    public static SKColor Soft { get; } = SKColor.Parse("#54606b");
    public static SKColor Line { get; } = SKColor.Parse("#c9c5b9");
    public static SKColor Faint { get; } = SKColor.Parse("#f3f1eb");
    public static SKColor Link { get; } = SKColor.Parse("#1d4f7c");
}

/// <summary>A text broken into lines that fit a width.</summary>
internal sealed class Lines(float width, Setting setting)
{
    private readonly List<Line> _lines = [];
    private List<Atom> _line = [];
    private float _x;

    public float Height => _lines.Count * setting.Leading;

    public int Count => _lines.Count;

    public Setting Setting => setting;

    public static Lines Of(ImmutableArray<Piece> pieces, float width, Setting setting)
    {
        var lines = new Lines(width, setting);
        foreach (var piece in pieces) lines.Add(piece);
        lines.Break();
        return lines;
    }

    /// <summary>Several lines' worth, each beginning on a line of its own.</summary>
    public static Lines Of(ImmutableArray<ImmutableArray<Piece>> paragraphs, float width, Setting setting)
    {
        var lines = new Lines(width, setting);
        foreach (var pieces in paragraphs)
        {
            foreach (var piece in pieces) lines.Add(piece);
            lines.Break();
        }

        return lines;
    }

    /// <summary>Draws some of the lines below each other, the first one's top at y.</summary>
    public void Draw(Press press, float x, float y, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            var baseline = y + ((i - from) * setting.Leading) + (setting.Leading * .5f) + (setting.Size * .34f);
            _lines[i].Draw(press, x, baseline);
        }
    }

    private void Add(Piece piece)
    {
        switch (piece)
        {
            case Say { Tone: Tone.Strong } say: Add(say.Text, setting.Strong, setting.Size, setting.Ink, null); break;
            case Say { Tone: Tone.Soft } say: Add(say.Text, setting.Plain, setting.Size * .92f, Inks.Soft, null); break;
            case Say say: Add(say.Text, setting.Plain, setting.Size, setting.Ink, null); break;
            case Link link: Add(link.Text, setting.Plain, setting.Size, Inks.Link, link.Address); break;
            case NoteMark note: AddNote(note.Number); break;
            case StatusPiece status: AddStatus(status); break;
            default: throw new InvalidOperationException($"A line cannot hold {piece.GetType().Name}.");
        }
    }

    private void AddNote(int number) =>
        Place(new Word(Faces.All.Shape($"[{number.ToString(CultureInfo.InvariantCulture)}]", setting.Plain, setting.Size * .74f), Inks.Soft, null) { Rise = setting.Size * .3f });

    private void AddStatus(StatusPiece piece)
    {
        var colour = SKColor.Parse(StatusShapes.ColourOf(piece.Status));
        Place(new Glyph(piece.Status, setting.Size * .95f, colour, setting.Size * 1.28f));
        Add(StatusWords.Of(piece.Status, piece.Type), setting.Strong, setting.Size, colour, null);
    }

    private void Add(string text, FaceName face, float size, SKColor colour, string? address)
    {
        foreach (var word in Words(text))
        {
            if (word == "\n") Break();
            else if (word == " ") Space(face, size);
            else Place(word, face, size, colour, address);
        }
    }

    private void Place(string word, FaceName face, float size, SKColor colour, string? address)
    {
        var atom = new Word(Faces.All.Shape(word, face, size), colour, address);
        if (atom.Width <= width || word.Length == 1)
        {
            Place(atom);
            return;
        }

        // Longer than a line, as an address may be: broken wherever the line ends.
        foreach (var part in StringInfo.GetTextElementEnumerator(word).Each()) Place(new Word(Faces.All.Shape(part, face, size), colour, address));
    }

    private void Place(Atom atom)
    {
        if (_x + atom.Width > width && _line.Exists(x => x is not Gap)) Break();
        _line.Add(atom);
        _x += atom.Width;
    }

    private void Space(FaceName face, float size)
    {
        if (_line.Count == 0) return;
        var gap = Faces.All.Shape(" ", face, size);
        _line.Add(new Gap(gap[0].Width));
        _x += gap[0].Width;
    }

    private void Break()
    {
        if (_line.Count > 0) _lines.Add(new Line(_line));
        _line = [];
        _x = 0;
    }

    /// <summary>What may not be parted: words with what clings to them, and Chinese characters one by one with their punctuation.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' || (Rune.IsWhiteSpace(rune) && rune.Value is not 0xA0 and not 0x202F))
            {
                if (word.Length > 0) yield return word.ToString();
                word.Clear();
                yield return rune.Value is '\n' ? "\n" : " ";
                continue;
            }

            var ideograph = rune.Value is >= 0x2E80 and < 0xA000 or >= 0xF900 and < 0xFB00 or >= 0x20000 and < 0x32000 or >= 0xFF00 and < 0xFFF0;
            if (ideograph && word.Length > 0 && !IsClosing(rune) && !IsOpening(word))
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(rune.ToString());
            if (rune.Value is '/' or '–' or '—' or '-' && word.Length > 1 || (ideograph && !IsOpening(word)))
            {
                // Kept until the next character shows whether it clings to this one.
                if (!ideograph)
                {
                    yield return word.ToString();
                    word.Clear();
                }
            }
        }

        if (word.Length > 0) yield return word.ToString();
    }

    private static bool IsClosing(Rune rune) => rune.Value is 0x3001 or 0x3002 or 0xFF0C or 0xFF01 or 0xFF1F or 0xFF1A or 0xFF1B or 0xFF09 or 0x300B or 0x300D or 0x300F or 0x3011;

    private static bool IsOpening(StringBuilder word) => word[^1] is '（' or '《' or '「' or '『' or '【';

    /// <summary>What stands on a line.</summary>
    private abstract record Atom(float Width);

    private sealed record Gap(float Wide) : Atom(Wide);

    private sealed record Word(ImmutableArray<GlyphRun> Runs, SKColor Colour, string? Address) : Atom(Runs.Sum(x => x.Width))
    {
        public float Rise { get; init; }
    }

    private sealed record Glyph(Tracker.Status.CommitmentStatus Status, float Size, SKColor Colour, float Wide) : Atom(Wide);

    private sealed record Line(List<Atom> Atoms)
    {
        public void Draw(Press press, float x, float y)
        {
            string? open = null;
            var (from, size) = (x, 0f);
            foreach (var atom in Atoms)
            {
                var address = atom switch { Word word => word.Address, Gap => open, _ => null };
                if (address != open) Close();
                if (address is not null && open is null) (open, from) = (address, x);
                if (atom is Word it)
                {
                    size = it.Runs[0].Size;
                    press.Draw(it.Runs, x, y - it.Rise, it.Colour);
                }
                else if (atom is Glyph glyph)
                {
                    StatusGlyphs.Draw(press.Canvas, glyph.Status, x, y - (glyph.Size * .83f), glyph.Size, glyph.Colour, SKColors.White);
                }

                x += atom.Width;
            }

            Close();

            void Close()
            {
                if (open is null) return;
                var rect = new SKRect(from, y - size, x, y + (size * .3f));
                press.Canvas.DrawUrlAnnotation(rect, open);
                using var underline = new SKPaint { Color = Inks.Link.WithAlpha(110), StrokeWidth = .4f, IsStroke = true };
                press.Canvas.DrawLine(from, y + 1.6f, x, y + 1.6f, underline);
                open = null;
            }
        }
    }
}

file static class TextElements
{
    public static IEnumerable<string> Each(this TextElementEnumerator elements)
    {
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }
}
