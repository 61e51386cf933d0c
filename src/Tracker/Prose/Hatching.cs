using System.Globalization;
using System.Text;

namespace Tracker.Prose;

/// <summary>The lines of a hatch within a rectangle, for drawings that have no patterns of their own: print, pictures, mail.</summary>
public static class Hatching
{
    /// <summary>SVG path data to be stroked with butt ends, and how thick; no line leaves the rectangle by more than half its thickness.</summary>
    /// <param name="step">How far apart lines begin; a stripe is half as broad, a slanted line a third.</param>
    public static (string Path, float Thick) Lines(Hatch hatch, float x, float y, float width, float height, float step = 6)
    {
        var path = new StringBuilder();
        if (hatch is Hatch.Upright)
        {
            for (var at = step / 2; at + (step / 4) <= width; at += step) path.Append(CultureInfo.InvariantCulture, $"M{x + at:0.##} {y:0.##}v{height:0.##}");
            return (path.ToString(), step / 2);
        }

        if (hatch is Hatch.Slanted)
            for (var at = step / 2; at < width + height; at += step)
            {
                var (fromX, fromY) = (Math.Max(0, at - height), Math.Min(height, at));
                var (toX, toY) = (Math.Min(width, at), Math.Max(0, at - width));
                path.Append(CultureInfo.InvariantCulture, $"M{x + fromX:0.##} {y + fromY:0.##}L{x + toX:0.##} {y + toY:0.##}");
            }

        return (path.ToString(), step / 3.5f);
    }
}
