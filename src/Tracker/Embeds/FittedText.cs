using System.Globalization;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;

namespace Tracker.Embeds;

/// <summary>Text within the room that a picture has for it.</summary>
internal static class FittedText
{
    // Of the size of its letters, how far apart lines are.
    private const float Leading = 1.24f;

    /// <summary>A text as large as it can be within so many lines; what is too long even for the smallest size ends early.</summary>
    public static Lines Of(string text, float width, int lines, float largest, float smallest, FaceName face = FaceName.SerifStrong, FaceName strong = FaceName.SerifStrong) =>
        Of(text, width, _ => lines, largest, smallest, face, strong);

    /// <summary>The same within a height: of smaller letters it holds more lines.</summary>
    public static Lines Within(string text, float width, float height, float largest, float smallest, FaceName face, FaceName strong) =>
        Of(text, width, size => Math.Max(1, (int)(height / (size * Leading))), largest, smallest, face, strong);

    private static Lines Of(string text, float width, Func<float, int> linesAt, float largest, float smallest, FaceName face, FaceName strong)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        for (var size = largest; ; size -= 2)
        {
            var (fitted, lines) = (Math.Max(size, smallest), linesAt(Math.Max(size, smallest)));
            var setting = new Setting(face, strong, fitted, fitted * Leading, Inks.Ink);
            var set = Lines.Of([new Say(text)], width, setting);
            if (set.Count <= lines) return set;
            if (size > smallest) continue;
            // Halved until it fits, then grown again, so that long texts cost no more than short ones.
            var parts = StringInfo.ParseCombiningCharacters(text);
            var (fits, not) = (0, parts.Length);
            while (not - fits > 1)
            {
                var half = (fits + not) / 2;
                if (Lines.Of([new Say(Cut(half))], width, setting).Count <= lines) fits = half;
                else not = half;
            }

            return Lines.Of([new Say(Cut(fits))], width, setting);

            string Cut(int count) => text[..parts[count]].TrimEnd() + "…";
        }
    }
}
