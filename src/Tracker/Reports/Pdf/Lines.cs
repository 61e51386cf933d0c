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
    public static SKColor Notice { get; } = SKColor.Parse(Palette.Light.Of(Status.CommitmentStatus.Contested).Ink);
    public static SKColor Link { get; } = SKColor.Parse("#1d4f7c");
}

/// <summary>A text broken into lines that fit a width.</summary>
internal sealed class Lines(float width, Setting setting)
{
    private readonly List<Line> _lines = [];
    private List<Atom> _line = [];
    private float _x;
    private Bidi? _bidi;
    private int _at;

    /// <summary>What a line from right to left ends at, to the right; the width where it is not said.</summary>
    private float? Measure { get; init; }

    public float Height => _lines.Count * setting.Leading;

    public int Count => _lines.Count;

    public Setting Setting => setting;

    /// <summary>How wide the longest line is.</summary>
    public float Widest => _lines.Select(x => x.Width).DefaultIfEmpty().Max();

    /// <summary>Whether it begins at the right, and its lines stand there.</summary>
    public bool IsRightToLeft => _lines is [{ IsRightToLeft: true }, ..];

    public static Lines Of(ImmutableArray<Piece> pieces, float width, Setting setting)
    {
        return Of(pieces, width, setting, width);
    }

    private static Lines Of(ImmutableArray<Piece> pieces, float width, Setting setting, float measure)
    {
        var lines = new Lines(width, setting) { Measure = measure };
        lines.Read(pieces);
        foreach (var piece in pieces) lines.Add(piece);
        lines.Break();
        return lines;
    }

    /// <summary>Broken into as few lines as may be, and these as equally long as may be: no word is left over on the last.</summary>
    public static Lines Even(ImmutableArray<Piece> pieces, float width, Setting setting)
    {
        var best = Of(pieces, width, setting);
        for (var narrower = width - 6; best.Count > 1 && narrower > width * .75f; narrower -= 6)
        {
            var lines = Of(pieces, narrower, setting, width);
            if (lines.Count > best.Count) break;
            best = lines;
        }

        return best;
    }

    /// <summary>Several lines' worth, each beginning on a line of its own.</summary>
    public static Lines Of(ImmutableArray<ImmutableArray<Piece>> paragraphs, float width, Setting setting)
    {
        var lines = new Lines(width, setting);
        foreach (var pieces in paragraphs)
        {
            lines.Read(pieces);
            foreach (var piece in pieces) lines.Add(piece);
            // Whoever has it read aloud hears two words, and not one.
            lines.Space(setting.Plain, setting.Size, setting.Ink, null);
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
            _lines[i].Draw(press, x, baseline, Measure ?? width);
        }
    }

    /// <summary>The text of each line.</summary>
    public string[] Texts() => [.. _lines.Select(x => Told(x, string.Concat(x.Atoms.OfType<Word>().SelectMany(word => word.Runs).Select(run => run.Text)).Trim()))];

    /// <summary>A line by itself, with the direction that its paragraph has.</summary>
    private static string Told(Line line, string text) => line.IsRightToLeft ? $"\u2067{text}\u2069" : text;

    /// <summary>Finds the directions in a paragraph, before it is set word by word.</summary>
    private void Read(ImmutableArray<Piece> pieces)
    {
        _at = 0;
        _bidi = Bidi.Of(string.Concat(pieces.Select(x => x switch
        {
            Say say => say.Text,
            Link link => link.Text,
            NoteMark => Bidi.Thing.ToString(),
            StatusPiece status => Bidi.Thing + StatusWords.Of(status.Status, status.Type),
            _ => "",
        })));
    }

    private ReadOnlySpan<byte> Levels(int from, int length) => _bidi is null ? [] : _bidi.Levels.AsSpan(from, length);

    private byte LevelAt(int at) => _bidi is not null && at < _bidi.Levels.Length ? _bidi.Levels[at] : (byte)0;

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

    private void AddNote(int number)
    {
        var note = new Word(Faces.All.Shape($"[{number.ToString(CultureInfo.InvariantCulture)}]", setting.Plain, setting.Size * .74f), Inks.Soft, PlaceOf(number)) { Rise = setting.Size * .3f, Level = LevelAt(_at++) };
        // It clings to the word before it.
        if (_x + note.Width > width && _line is [.., Word { IsGap: false } word] && _line.Count > 1)
        {
            _line.RemoveAt(_line.Count - 1);
            Break();
            _line.Add(word);
            _x = word.Width;
        }

        Place(note);
    }

    /// <summary>Where a source stands, as an address within the document.</summary>
    public static string PlaceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"#source-{number}");

    private void AddStatus(StatusPiece piece)
    {
        var colour = SKColor.Parse(Palette.Light.Of(piece.Status).Ink);
        Place(new Glyph(piece.Status, setting.Size * .95f, colour, setting.Size * 1.28f) { Level = LevelAt(_at++) });
        Add(StatusWords.Of(piece.Status, piece.Type), setting.Strong, setting.Size, colour, null);
    }

    private void Add(string text, FaceName face, float size, SKColor colour, string? address)
    {
        foreach (var word in Words(text))
        {
            if (word == "\n") Break();
            else if (word == " ") Space(face, size, colour, address);
            else Place(word, face, size, colour, address);
            _at += word.Length;
        }
    }

    private void Place(string word, FaceName face, float size, SKColor colour, string? address)
    {
        var atom = new Word(Faces.All.Shape(word, face, size, Levels(_at, word.Length)), colour, address);
        if (atom.Width <= width || word.Length == 1)
        {
            Place(atom);
            return;
        }

        // Longer than a line, as an address may be: broken wherever the line ends.
        var at = _at;
        foreach (var part in StringInfo.GetTextElementEnumerator(word).Each())
        {
            Place(new Word(Faces.All.Shape(part, face, size, Levels(at, part.Length)), colour, address));
            at += part.Length;
        }
    }

    private void Place(Atom atom)
    {
        if (_x + atom.Width > width && _line.Exists(x => x is not Word { IsGap: true })) Break();
        _line.Add(atom);
        _x += atom.Width;
    }

    private void Space(FaceName face, float size, SKColor colour, string? address)
    {
        if (_line.Count == 0) return;
        var gap = new Word(Faces.All.Shape(" ", face, size, _bidi is not null && _at < _bidi.Levels.Length ? Levels(_at, 1) : []), colour, address) { IsGap = true };
        _line.Add(gap);
        _x += gap.Width;
    }

    private void Break()
    {
        if (_line.Count > 0) _lines.Add(new Line(_line, BaseBefore()));
        _line = [];
        _x = 0;
    }

    /// <summary>The direction of the paragraph that is being set.</summary>
    private byte BaseBefore() => _bidi is { Base.Length: > 0 } ? _bidi.Base[Math.Clamp(_at - 1, 0, _bidi.Base.Length - 1)] : (byte)0;

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

            if (word.Length > 0 && MayPart(word, rune))
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(rune.ToString());
        }

        if (word.Length > 0) yield return word.ToString();
    }

    /// <summary>Whether a line may end between what was and what comes.</summary>
    private static bool MayPart(StringBuilder before, Rune next)
    {
        var last = before[^1];
        if (IsClosing(next.Value) || IsOpening(last)) return false;
        if (IsIdeograph(next.Value) || IsIdeograph(char.IsLowSurrogate(last) ? char.ConvertToUtf32(before[^2], last) : last)) return true;
        return last switch
        {
            '/' => next.Value is not '/',
            '–' or '—' => true,
            '-' => before.Length > 1 && !Rune.IsDigit(next),
            _ => false,
        };
    }

    private static bool IsIdeograph(int value) => value is >= 0x2E80 and < 0xA000 or >= 0xF900 and < 0xFB00 or >= 0x20000 and < 0x32000 or >= 0xFF00 and < 0xFFF0;

    private static bool IsClosing(int value) => value is '、' or '。' or '，' or '！' or '？' or '：' or '；' or '）' or '》' or '」' or '』' or '】' or '”' or '’' or ')' or '.' or ',' or ';' or ':' or '!' or '?';

    private static bool IsOpening(char value) => value is '（' or '《' or '「' or '『' or '【' or '“' or '‘' or '(';

    /// <summary>What stands on a line.</summary>
    private abstract record Atom(float Width)
    {
        /// <summary>The direction of what is not text (<see cref="Bidi"/>).</summary>
        public byte Level { get; init; }
    }

    /// <param name="Address">Where it leads; behind <c>#</c> a place in the document.</param>
    private sealed record Word(ImmutableArray<GlyphRun> Runs, SKColor Colour, string? Address) : Atom(Runs.Sum(x => x.Width))
    {
        public float Rise { get; init; }

        public bool IsGap { get; init; }

        /// <summary>Whether it is the mark of a note, which stands as one thing.</summary>
        public bool IsNote => Rise > 0;

        public SKRect Around(float left, float right, float y) => new(left, y - Rise - Runs[0].Size, right, y - Rise + (Runs[0].Size * .3f));
    }

    private sealed record Glyph(Tracker.Status.CommitmentStatus Status, float Size, SKColor Colour, float Wide) : Atom(Wide);

    private sealed record Line(List<Atom> Atoms, byte Base)
    {
        public bool IsRightToLeft => Base % 2 == 1;

        public float Width => Atoms.Sum(x => x.Width);

        public void Draw(Press press, float x, float y, float measure)
        {
            var places = Places(x, measure);
            string? open = null;
            for (int i = 0, at = 0; i < Atoms.Count; i++)
            {
                var word = Atoms[i] as Word;
                if (word?.Address != open)
                {
                    press.LeadsNowhere();
                    open = word?.Address;
                    if (open is not null) press.LeadsTo(open);
                }

                if (word is not null)
                {
                    var (left, right) = (float.MaxValue, float.MinValue);
                    foreach (var run in word.Runs)
                    {
                        press.Draw([run], places[at], y - word.Rise, word.Colour);
                        (left, right) = (MathF.Min(left, places[at]), MathF.Max(right, places[at++] + run.Width));
                    }

                    // A gap at its end is no part of a link.
                    if (open is not null) press.Reaches(word.IsGap ? SKRect.Empty : word.Around(left, right, y), string.Concat(word.Runs.Select(r => r.Text)));
                }
                else if (Atoms[i] is Glyph glyph)
                {
                    StatusGlyphs.Draw(press.Canvas, glyph.Status, places[at++], y - (glyph.Size * .83f), glyph.Size, glyph.Colour, SKColors.White);
                }
            }

            press.LeadsNowhere();
        }

        /// <summary>Where each run, and each thing that is none, begins: they are drawn in the order in which they are read, and stand in the order in which they are seen.</summary>
        private float[] Places(float x, float measure)
        {
            var items = new List<(float Width, byte Level)>();
            // Space at the end of a line stands where the line ends (rule L1).
            var last = Atoms.FindLastIndex(atom => atom is not Word { IsGap: true });
            for (var i = 0; i < Atoms.Count; i++)
            {
                if (Atoms[i] is Word word) items.AddRange(word.Runs.Select(run => (run.Width, i > last ? Base : word.IsNote ? word.Level : run.Level)));
                else items.Add((Atoms[i].Width, Atoms[i].Level));
            }

            var order = Bidi.Visual([.. items.Select(item => item.Level)]);
            if (IsRightToLeft) x += measure - items.Sum(item => item.Width);
            var places = new float[items.Count];
            foreach (var item in order)
            {
                places[item] = x;
                x += items[item].Width;
            }

            return places;
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
