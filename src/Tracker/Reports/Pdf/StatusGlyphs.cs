using SkiaSharp;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Reports.Pdf;

/// <summary>Draws the shape of a status, as pages have it.</summary>
internal static class StatusGlyphs
{
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
