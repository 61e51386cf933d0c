using System.Text;
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
    private Tags? _tags;
    private Part? _part, _linked;
    private (string Address, SKRect Area, string Text)? _link;

    public SKCanvas Canvas { get; private set; } = new SKNoDrawCanvas(1, 1);

    /// <summary>From here on everything is drawn for good.</summary>
    /// <param name="tags">Where it is noted what belongs to which part.</param>
    public void Ready(Tags tags)
    {
        foreach (var (name, (glyphs, characters)) in _used) _faces[name] = Faces.All.Of(name, glyphs, characters);
        (_printing, _tags) = (true, tags);
    }

    public void On(SKCanvas canvas)
    {
        Canvas = canvas;
        _tags?.Turn();
    }

    /// <summary>A press for a picture of pixels: nothing is embedded, so it draws at once, with typefaces as they are.</summary>
    public static Press Onto(SKCanvas canvas)
    {
        var press = new Press { _printing = true };
        foreach (var name in Enum.GetValues<FaceName>()) press._faces[name] = Faces.All.WholeOf(name);
        press.On(canvas);
        return press;
    }

    /// <summary>What is drawn until the end is of one part; of none, where it is an ornament or repeats what was said.</summary>
    public void Begin(Part? part)
    {
        _part = part;
        _tags?.Begin(Canvas, part);
    }

    public void End()
    {
        _tags?.End(Canvas);
        _part = null;
    }

    /// <summary>What is drawn from here on leads to an address; behind <c>#</c>, to a place in the document.</summary>
    public void LeadsTo(string address)
    {
        _link = (address, SKRect.Empty, "");
        if (_tags is null || _part is null) return;
        _tags.End(Canvas);
        _tags.Begin(Canvas, _linked = _part.Add("Link"));
    }

    /// <summary>As far as this it leads there.</summary>
    public void Reaches(SKRect area, string text) =>
        _link = _link is { } link ? (link.Address, link.Area.IsEmpty ? area : area.IsEmpty ? link.Area : SKRect.Union(link.Area, area), link.Text + text) : null;

    public void LeadsNowhere()
    {
        if (_link is not { } link) return;
        _link = null;
        if (!_printing || link.Area.IsEmpty) return;
        if (link.Address is ['#', .. var place])
        {
            Canvas.DrawLinkDestinationAnnotation(link.Area, place);
        }
        else
        {
            Canvas.DrawUrlAnnotation(link.Area, AsciiAddress.Of(link.Address));
            using var underline = new SKPaint { Color = Inks.Link.WithAlpha(110), StrokeWidth = .4f, IsStroke = true };
            var y = link.Area.Bottom - (link.Area.Height * .08f);
            Canvas.DrawLine(link.Area.Left, y, link.Area.Right, y, underline);
        }

        if (_tags is null || _part is null || _linked is null) return;
        _tags.Leads(_linked, link.Text.Trim());
        _tags.End(Canvas);
        _tags.Begin(Canvas, _part);
        _linked = null;
    }

    /// <summary>What leads to this name leads here.</summary>
    public void Place(string name, float x, float y)
    {
        if (_printing) Canvas.DrawNamedDestinationAnnotation(new SKPoint(x, y), name);
    }

    /// <summary>Draws runs after each other from x, on the base line y.</summary>
    public void Draw(IEnumerable<GlyphRun> runs, float x, float y, SKColor colour)
    {
        foreach (var run in runs)
        {
            if (!_printing) Note(run);
            else if (_tags is not null && run.Level % 2 == 1) PrintInOrder(run, x, y, colour, _tags);
            else Print(run.Face, run.Size, run.Glyphs, run.Points, x, y, colour);
            x += run.Width;
        }
    }

    private void Note(GlyphRun run)
    {
        if (!_used.TryGetValue(run.Face, out var used)) _used[run.Face] = used = ([], []);
        used.Glyphs.UnionWith(run.Glyphs);
        foreach (var rune in run.Text.EnumerateRunes()) used.Characters.Add(rune.Value);
    }

    /// <summary>
    /// Draws a run from right to left in the order in which it is read. A letter that is shaped for its place in the word is no character of its own, so what it
    /// stands for is told beside it: letter by letter, since readers' software puts letters in order itself.
    /// </summary>
    private void PrintInOrder(GlyphRun run, float x, float y, SKColor colour, Tags tags)
    {
        for (var end = run.Glyphs.Length; end > 0;)
        {
            var from = end - 1;
            while (from > 0 && run.Clusters[from - 1] == run.Clusters[from]) from--;
            var text = run.Text[run.Clusters[from]..(from > 0 ? run.Clusters[from - 1] : run.Text.Length)];
            var isPlain = end - from == 1 && Rune.TryGetRuneAt(text, 0, out var rune) && rune.Utf16SequenceLength == text.Length && Faces.All.GlyphOf(run.Face, rune) == run.Glyphs[from];
            if (!isPlain) tags.BeginText(Canvas, text);
            Print(run.Face, run.Size, run.Glyphs[from..end], run.Points[from..end], x, y, colour);
            if (!isPlain) tags.EndText(Canvas);
            end = from;
        }
    }

    private void Print(FaceName face, float size, ushort[] glyphs, SKPoint[] points, float x, float y, SKColor colour)
    {
        using var font = new SKFont(_faces[face], size) { Subpixel = true, Hinting = SKFontHinting.None };
        using var builder = new SKTextBlobBuilder();
        builder.AddPositionedRun(glyphs, font, points);
        using var blob = builder.Build();
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        if (blob is not null) Canvas.DrawText(blob, x, y, paint);
    }
}
