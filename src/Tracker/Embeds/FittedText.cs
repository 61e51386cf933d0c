using System.Globalization;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;

namespace Tracker.Embeds;

/// <summary>Text within the room that a picture has for it.</summary>
internal static class FittedText
{
    /// <summary>A text as large as it can be within so many lines; what is too long even for the smallest size ends early.</summary>
    public static Lines Of(string text, float width, int lines, float largest, float smallest, FaceName face = FaceName.SerifStrong, FaceName strong = FaceName.SerifStrong)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        for (var size = largest; ; size -= 2)
        {
            var setting = new Setting(face, strong, Math.Max(size, smallest), Math.Max(size, smallest) * 1.24f, Inks.Ink);
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
