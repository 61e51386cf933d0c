using SkiaSharp;
using Tracker.Reports.Paper;

namespace Tracker.Reports.Pdf;

/// <summary>Draws the parts of a picture as vectors.</summary>
internal static class PictureMarks
{
    public static void Draw(Press press, Mark mark)
    {
        switch (mark)
        {
            case PathMark it:
                using (var path = SKPath.ParseSvgPathData(it.Path))
                {
                    if (it.Fill is not null)
                    {
                        using var fill = new SKPaint { Color = SKColor.Parse(it.Fill), IsAntialias = true };
                        press.Canvas.DrawPath(path, fill);
                    }

                    if (it.Line is not null)
                    {
                        using var line = new SKPaint { Color = SKColor.Parse(it.Line), IsStroke = true, StrokeWidth = it.Thick, IsAntialias = true };
                        press.Canvas.DrawPath(path, line);
                    }
                }

                break;
            case TextMark it:
                var runs = Faces.All.Shape(it.Text, it.Strong ? FaceName.SansStrong : FaceName.Sans, it.Size);
                var width = runs.Sum(x => x.Width);
                var x = it.Anchor switch { Anchor.Middle => it.X - (width / 2), Anchor.End => it.X - width, _ => it.X };
                press.Draw(runs, x, it.Y, SKColor.Parse(it.Colour));

                break;
        }
    }
}
