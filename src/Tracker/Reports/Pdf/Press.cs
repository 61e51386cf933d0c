using SkiaSharp;

namespace Tracker.Reports.Pdf;

/// <summary>
/// Where pages are drawn. They are drawn twice: once to see which glyphs they use, and once with typefaces of only those.
/// </summary>
internal sealed class Press
{
    private readonly Dictionary<FaceName, (HashSet<ushort> Glyphs, HashSet<int> Characters)> _used = [];
    private readonly Dictionary<FaceName, SKTypeface> _faces = [];
    private bool _printing;

    public SKCanvas Canvas { get; private set; } = new SKNoDrawCanvas(1, 1);

    /// <summary>From here on everything is drawn for good.</summary>
    public void Ready()
    {
        foreach (var (name, (glyphs, characters)) in _used) _faces[name] = Faces.All.Of(name, glyphs, characters);
        _printing = true;
    }

    public void On(SKCanvas canvas) => Canvas = canvas;

    /// <summary>A press for a picture of pixels: nothing is embedded, so it draws at once, with typefaces as they are.</summary>
    public static Press Onto(SKCanvas canvas)
    {
        var press = new Press { _printing = true };
        foreach (var name in Enum.GetValues<FaceName>()) press._faces[name] = Faces.All.WholeOf(name);
        press.On(canvas);
        return press;
    }

    /// <summary>Draws runs after each other from x, on the base line y.</summary>
    public void Draw(IEnumerable<GlyphRun> runs, float x, float y, SKColor colour)
    {
        foreach (var run in runs)
        {
            if (_printing) Print(run, x, y, colour);
            else Note(run);
            x += run.Width;
        }
    }

    private void Note(GlyphRun run)
    {
        if (!_used.TryGetValue(run.Face, out var used)) _used[run.Face] = used = ([], []);
        used.Glyphs.UnionWith(run.Glyphs);
        foreach (var rune in run.Text.EnumerateRunes()) used.Characters.Add(rune.Value);
    }

    private void Print(GlyphRun run, float x, float y, SKColor colour)
    {
        using var font = new SKFont(_faces[run.Face], run.Size) { Subpixel = true, Hinting = SKFontHinting.None };
        using var builder = new SKTextBlobBuilder();
        builder.AddPositionedRun(run.Glyphs, font, run.Points);
        using var blob = builder.Build();
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        if (blob is not null) Canvas.DrawText(blob, x, y, paint);
    }
}
