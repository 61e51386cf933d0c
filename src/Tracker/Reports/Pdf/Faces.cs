using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
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
}

/// <summary>
/// The typefaces that reports carry with them, so that they look the same on every machine: Source Serif and Source Sans for Latin,
/// Cyrillic and Greek, Noto Sans SC for Chinese. What none of them has is set as a box.
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
    ];

    public static Faces All => Loaded.Value;

    /// <summary>A face of only these glyphs and characters, under the same glyph numbers: what a file embeds.</summary>
    public SKTypeface Of(FaceName name, IReadOnlySet<ushort> glyphs, IReadOnlySet<int> characters) => Subset.Of(_faces[(int)name].Whole, glyphs, characters);

    public SKTypeface WholeOf(FaceName name) => _faces[(int)name].Typeface.Typeface;

    /// <summary>Sets a text on a line of its own: its glyphs, in as many faces as it needs, from left to right.</summary>
    public ImmutableArray<GlyphRun> Shape(string text, FaceName wanted, float size)
    {
        var runs = ImmutableArray.CreateBuilder<GlyphRun>(1);
        var start = 0;
        var face = wanted;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var needed = FaceOf(rune, wanted, face);
            if (needed != face)
            {
                Take(at);
                face = needed;
            }

            at += rune.Utf16SequenceLength;
        }

        Take(at);
        return runs.ToImmutable();

        void Take(int end)
        {
            if (end > start) runs.Add(Shape(text[start..end], face, _faces[(int)face], size));
            start = end;
        }
    }

    private FaceName FaceOf(Rune rune, FaceName wanted, FaceName current)
    {
        if (_faces[(int)wanted].Has(rune)) return wanted;
        if (_faces[(int)current].Has(rune)) return current;
        if (_faces[(int)FaceName.Chinese].Has(rune)) return FaceName.Chinese;
        return _faces[(int)FaceName.Sans].Has(rune) ? FaceName.Sans : wanted;
    }

    private static GlyphRun Shape(string text, FaceName name, Face face, float size)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        // Without ligatures every glyph is of one character, and text copied from the page is the text that was set.
        lock (face.Shaper) face.Shaper.Shape(buffer, NoLigatures);
        var scale = size / face.UnitsPerEm;
        var (infos, places) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var glyphs = new ushort[infos.Length];
        var points = new SKPoint[infos.Length];
        var x = 0f;
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            points[i] = new SKPoint(x + (places[i].XOffset * scale), -places[i].YOffset * scale);
            x += places[i].XAdvance * scale;
        }

        return new GlyphRun(text, name, size, glyphs, points, x);
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
internal sealed record GlyphRun(string Text, FaceName Face, float Size, ushort[] Glyphs, SKPoint[] Points, float Width);
