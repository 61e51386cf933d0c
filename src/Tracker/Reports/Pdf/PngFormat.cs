using SkiaSharp;
using Tracker.Reports.Paper;

namespace Tracker.Reports.Pdf;

/// <summary>A picture in pixels, for where vectors are not shown: in mail.</summary>
public static class PngFormat
{
    private const float Scale = 2, Margin = 10;

    /// <summary>Taller than this it would be tens of megabytes of pixels, and nobody would look to its end.</summary>
    private const float MaxHeight = 4_000;

    /// <summary>Whether there is a character in it that no typeface has.</summary>
    public static bool Lacks(Picture picture) => Faces.All.Lacks(string.Concat(Bands(picture).SelectMany(x => x.Texts()))).Any();

    /// <summary>The picture on white, two pixels to each of its units; null where it is too tall for that.</summary>
    public static byte[]? Write(Picture picture)
    {
        var height = Bands(picture).Sum(x => x.Height);
        if (height > MaxHeight) return null;
        using var surface = SKSurface.Create(new SKImageInfo((int)MathF.Ceiling((picture.Width + (2 * Margin)) * Scale), (int)MathF.Ceiling((height + (2 * Margin)) * Scale)));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        canvas.Translate(Margin, Margin);
        var press = Press.Onto(canvas);
        foreach (var band in Bands(picture))
        {
            foreach (var mark in band.Marks) PictureMarks.Draw(press, mark);
            canvas.Translate(0, band.Height);
        }

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static IEnumerable<Band> Bands(Picture picture) => picture.Alone is { } alone ? picture.Whole.Prepend(alone) : picture.Whole;
}
