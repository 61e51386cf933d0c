using SkiaSharp;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Reports.Pdf;

/// <summary>Draws the shape of a status, as pages have it.</summary>
internal static class StatusGlyphs
{
    /// <summary>Draws an area that stands for a status: its colour, its hatch, and an outline where it is as light as paper.</summary>
    /// <param name="round">The radius of its corners.</param>
    public static void DrawArea(SKCanvas canvas, CommitmentStatus status, SKRect area, float round, SKColor outline)
    {
        var colours = Palette.Light.Of(status);
        canvas.Save();
        using var shape = new SKRoundRect(area, round);
        canvas.ClipRoundRect(shape, antialias: true);
        canvas.DrawColor(SKColor.Parse(colours.Fill));
        if (colours.Stripe is { } stripe)
        {
            var (lines, thick) = Hatching.Lines(colours.Hatch, area.Left, area.Top, area.Width, area.Height, 12);
            using var path = SKPath.ParseSvgPathData(lines);
            using var paint = new SKPaint { Color = SKColor.Parse(stripe), IsStroke = true, StrokeWidth = thick, IsAntialias = true };
            canvas.DrawPath(path, paint);
        }

        canvas.Restore();
        if (!colours.Outlined) return;
        using var edge = new SKRoundRect(new SKRect(area.Left + 1, area.Top + 1, area.Right - 1, area.Bottom - 1), Math.Max(0, round - 1));
        using var line = new SKPaint { Color = outline, IsStroke = true, StrokeWidth = 2, IsAntialias = true };
        canvas.DrawRoundRect(edge, line);
    }

    /// <summary>The same with its shape in the middle, where it is large enough to be seen.</summary>
    /// <param name="size">Of the shape.</param>
    public static void DrawCell(SKCanvas canvas, CommitmentStatus status, SKRect area, float round, float size, SKColor outline)
    {
        DrawArea(canvas, status, area, round, outline);
        var colours = Palette.Light.Of(status);
        var (x, y) = (area.MidX - (size / 2), area.MidY - (size / 2));
        if (colours.Hatch is not Hatch.None)
        {
            using var clear = new SKPaint { Color = SKColor.Parse(colours.Fill), IsAntialias = true };
            canvas.DrawCircle(area.MidX, area.MidY, size * .62f, clear);
        }

        Draw(canvas, status, x, y, size, SKColor.Parse(colours.On), SKColor.Parse(colours.Fill));
    }

    /// <summary>Draws it in a square of this size, the corner at x and y.</summary>
    /// <param name="ground">The colour that is cut out of what is filled.</param>
    public static void Draw(SKCanvas canvas, CommitmentStatus status, float x, float y, float size, SKColor colour, SKColor ground)
    {
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(size / 16f);
        foreach (var part in StatusShapes.Of(status))
        {
            using var path = SKPath.ParseSvgPathData(part.Path);
            using var paint = new SKPaint
            {
                IsAntialias = true,
                Color = part.Stroke is Stroke.Cut ? ground : colour,
                IsStroke = part.Stroke is not Stroke.Fill,
                StrokeWidth = 1.8f,
                StrokeCap = SKStrokeCap.Round,
                StrokeJoin = SKStrokeJoin.Round,
                PathEffect = part.Stroke is Stroke.Dashed ? SKPathEffect.CreateDash([2.2f, 3f], 0) : null,
            };
            canvas.DrawPath(path, paint);
        }

        canvas.Restore();
    }
}
