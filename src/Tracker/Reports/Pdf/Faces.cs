using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Tracker.Languages;
using Buffer = HarfBuzzSharp.Buffer;

namespace Tracker.Reports.Pdf;

/// <summary>The ways a text is set in print.</summary>
internal enum FaceName
{
    Serif,
    SerifStrong,
    SerifSlanted,
    Sans,
    SansStrong,
    Chinese,
    Arabic,
    Hebrew,
}

/// <summary>
/// The typefaces that reports carry with them, so that they look the same on every machine: Source Serif and Source Sans for Latin,
/// Cyrillic and Greek, Noto Sans for Chinese, Arabic and Hebrew. What none of them has is set as a box, and <see cref="Lacks"/> says so.
/// </summary>
internal sealed class Faces
{
    private static readonly Lazy<Faces> Loaded = new(() => new Faces());
    private static readonly Feature[] NoLigatures = [.. new[] { "liga", "clig", "dlig", "calt" }.Select(x => Feature.Parse($"{x}=0"))];
    private readonly ImmutableArray<Face> _faces;

    private Faces() => _faces =
    [
        Face.Load("SourceSerif4-Regular"), Face.Load("SourceSerif4-SemiBold"), Face.Load("SourceSerif4-Italic"),
        Face.Load("SourceSans3-Regular"), Face.Load("SourceSans3-SemiBold"), Face.Load("NotoSansSC-Regular"),
        Face.Load("NotoSansArabic-Regular"), Face.Load("NotoSansHebrew-Regular"),
    ];

    public static Faces All => Loaded.Value;

    /// <summary>A face of only these glyphs and characters, under the same glyph numbers: what a file embeds.</summary>
    public SKTypeface Of(FaceName name, IReadOnlySet<ushort> glyphs, IReadOnlySet<int> characters) => Subset.Of(_faces[(int)name].Whole, glyphs, characters);

    /// <summary>The glyph that a typeface has for a character by itself.</summary>
    public ushort GlyphOf(FaceName name, Rune rune) => _faces[(int)name].Typeface.GetGlyph(rune.Value);

    public SKTypeface WholeOf(FaceName name) => _faces[(int)name].Typeface.Typeface;

    /// <summary>The characters of a text that no typeface has, each once, in their order: a box stands for them.</summary>
    public IEnumerable<Rune> Lacks(string text) => text.EnumerateRunes().Distinct().Where(IsLacking);

    private bool IsLacking(Rune rune) => !Rune.IsWhiteSpace(rune) && !IsShapeless(rune) && (!_faces.Any(x => x.Has(rune)) || (Bidi.IsRightToLeft(rune) && !Bidi.CanOrder));

    /// <summary>Sets a text on a line of its own: its glyphs, in as many faces and directions as it needs, from left to right.</summary>
    public ImmutableArray<GlyphRun> Shape(string text, FaceName wanted, float size)
    {
        var runs = Shape(text, wanted, size, Bidi.Of(text)?.Levels);
        return runs.Any(x => x.Level > 0) ? [.. Bidi.Visual([.. runs.Select(x => x.Level)]).Select(x => runs[x])] : runs;
    }

    /// <summary>Sets a text whose directions are known: its glyphs in the order in which it is read, each run from left to right.</summary>
    public ImmutableArray<GlyphRun> Shape(string text, FaceName wanted, float size, ReadOnlySpan<byte> levels)
    {
        if (!Bidi.CanOrder && text.Any(RightToLeft.Is)) text = WithoutRightToLeft(text);
        var runs = ImmutableArray.CreateBuilder<GlyphRun>(1);
        var start = 0;
        var face = wanted;
        var at = 0;
        byte level = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var needed = FaceOf(rune, wanted, face);
            var direction = levels.IsEmpty ? (byte)0 : levels[at];
            if (needed != face || direction != level)
            {
                Take(at);
                (face, level) = (needed, direction);
            }

            at += rune.Utf16SequenceLength;
        }

        Take(at);
        return runs.ToImmutable();

        void Take(int end)
        {
            if (end > start) runs.Add(Shape(text[start..end], face, _faces[(int)face], size, level));
            start = end;
        }
    }

    private FaceName FaceOf(Rune rune, FaceName wanted, FaceName current)
    {
        // It has no look of its own, and parts nothing.
        if (IsShapeless(rune)) return current;
        if (_faces[(int)wanted].Has(rune)) return wanted;
        if (_faces[(int)current].Has(rune)) return current;
        if (_faces[(int)FaceName.Chinese].Has(rune)) return FaceName.Chinese;
        if (_faces[(int)FaceName.Arabic].Has(rune)) return FaceName.Arabic;
        if (_faces[(int)FaceName.Hebrew].Has(rune)) return FaceName.Hebrew;
        return _faces[(int)FaceName.Sans].Has(rune) ? FaceName.Sans : wanted;
    }

    /// <summary>Joiners, isolates, selectors of variants: typefaces draw nothing for them.</summary>
    private static bool IsShapeless(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || rune.Value is (>= 0xFE00 and <= 0xFE0F) or 0x34F or (>= 0xE0100 and <= 0xE01EF);

    private static string WithoutRightToLeft(string text)
    {
        var told = new StringBuilder(text.Length);
        // As long as it was, so that places in it stay what they are.
        foreach (var rune in text.EnumerateRunes()) told.Append(Bidi.IsRightToLeft(rune) ? new string('\uFFFD', rune.Utf16SequenceLength) : rune.ToString());
        return told.ToString();
    }

    private static GlyphRun Shape(string text, FaceName name, Face face, float size, byte level)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = level % 2 == 1 ? Direction.RightToLeft : Direction.LeftToRight;
        // Without ligatures every glyph is of one character, and text copied from the page is the text that was set.
        lock (face.Shaper) face.Shaper.Shape(buffer, NoLigatures);
        var scale = size / face.UnitsPerEm;
        var (infos, places) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var glyphs = new ushort[infos.Length];
        var points = new SKPoint[infos.Length];
        var clusters = new int[infos.Length];
        var x = 0f;
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            clusters[i] = (int)infos[i].Cluster;
            points[i] = new SKPoint(x + (places[i].XOffset * scale), -places[i].YOffset * scale);
            x += places[i].XAdvance * scale;
        }

        return new GlyphRun(text, name, size, glyphs, points, x) { Level = level, Clusters = clusters };
    }

    private sealed record Face(SKFont Typeface, HarfBuzzSharp.Face Whole, Font Shaper, int UnitsPerEm)
    {
        public bool Has(Rune rune) => Typeface.GetGlyph(rune.Value) != 0;

        public static Face Load(string name)
        {
            using var resource = typeof(Faces).Assembly.GetManifestResourceStream($"{name}.ttf")
                ?? throw new InvalidOperationException($"The program carries no typeface {name}.");
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            var typeface = SKTypeface.FromData(SKData.CreateCopy(bytes)) ?? throw new InvalidOperationException($"{name} is not a typeface.");
            var memory = Marshal.AllocHGlobal(bytes.Length);
            Marshal.Copy(bytes, 0, memory, bytes.Length);
            var face = new HarfBuzzSharp.Face(new Blob(memory, bytes.Length, MemoryMode.ReadOnly), 0) { UnitsPerEm = typeface.UnitsPerEm };
            var shaper = new Font(face);
            shaper.SetScale(typeface.UnitsPerEm, typeface.UnitsPerEm);
            shaper.SetFunctionsOpenType();
            return new Face(new SKFont(typeface), face, shaper, typeface.UnitsPerEm);
        }
    }
}

/// <summary>Glyphs of one face, placed from the start of the run on its base line, in points.</summary>
internal sealed record GlyphRun(string Text, FaceName Face, float Size, ushort[] Glyphs, SKPoint[] Points, float Width)
{
    /// <summary>Its direction (<see cref="Bidi"/>): odd from right to left.</summary>
    public byte Level { get; init; }

    /// <summary>Where in the text what each glyph stands for begins.</summary>
    public int[] Clusters { get; init; } = [];
}
