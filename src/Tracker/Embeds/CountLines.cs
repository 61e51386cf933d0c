using System.Collections.Immutable;
using Tracker.Prose;
using Tracker.Reports.Pdf;

namespace Tracker.Embeds;

/// <summary>
/// How many stand where, in lines of a picture: in letters as large as all of it fits. What does not fit in the smallest is summed up at the end, so that
/// the counts are always of all there are.
/// </summary>
internal sealed class CountLines
{
    public const float Largest = 24;

    private const float Gap = 32;

    /// <summary>The sizes of letters, with how many lines of them there is room for and how far apart these are.</summary>
    private static readonly ImmutableArray<(float Size, int Lines, float Pitch)> Sizes = [(Largest, 2, 34), (20, 2, 30), (17, 3, 23)];

    private readonly float _measure;
    private readonly int _lines;

    private CountLines((float Size, int Lines, float Pitch) size, float measure) => (Size, _lines, Pitch, _measure) = (size.Size, size.Lines, size.Pitch, measure);

    public float Size { get; }

    public float Pitch { get; }

    /// <summary>Each count with its text, from the left edge, and in which line; of the rest that has no room, no tally.</summary>
    public ImmutableArray<Part> Parts { get; private init; } = [];

    /// <summary>How many the rest is; 0 where all have room.</summary>
    public int Rest { get; private init; }

    /// <param name="measure">How wide the lines may be.</param>
    public static CountLines Of(ImmutableArray<Tally> tallies, float measure)
    {
        foreach (var size in Sizes)
            if (new CountLines(size, measure).Place(tallies, 0) is { } all) return all;
        for (var kept = tallies.Length - 1; kept > 0; kept--)
            if (new CountLines(Sizes[^1], measure).Place(tallies[..kept], tallies[kept..].Sum(x => x.Count)) is { } some) return some;
        return new CountLines(Sizes[^1], measure);
    }

    /// <summary>With these counts and the sum of the rest; null where they have no room.</summary>
    private CountLines? Place(ImmutableArray<Tally> tallies, int rest)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var (x, line) = (0f, 0);
        foreach (var (part, width) in tallies.Select(Told).Concat(rest > 0 ? [ToldOfRest(rest)] : Array.Empty<(Part, float)>()))
        {
            if (x > 0 && x + width > _measure) (x, line) = (0, line + 1);
            if (line == _lines) return null;
            parts.Add(part with { X = x, Line = line });
            x += width + Scaled(Gap);
        }

        return new CountLines((Size, _lines, Pitch), _measure) { Parts = parts.ToImmutable(), Rest = rest };
    }

    private (Part Part, float Width) Told(Tally tally)
    {
        var (count, word) = (Faces.All.Shape(Texts.Number(tally.Count), FaceName.SansStrong, Size), Faces.All.Shape(tally.Word, FaceName.Sans, Size));
        var (atCount, atWord) = (Scaled(29), Scaled(36) + count.Sum(run => run.Width));
        var end = atWord + word.Sum(run => run.Width);
        if (tally.Qualifier is null) return (new Part(tally, [new(count, atCount), new(word, atWord)]), end);
        var searched = Faces.All.Shape(tally.Qualifier, FaceName.Sans, Scaled(20));
        return (new Part(tally, [new(count, atCount), new(word, atWord), new(searched, end + Scaled(10), IsSoft: true)]), end + Scaled(10) + searched.Sum(run => run.Width));
    }

    private (Part Part, float Width) ToldOfRest(int rest)
    {
        var said = Faces.All.Shape(Texts.CountsElsewhere(rest), FaceName.Sans, Size);
        return (new Part(null, [new(said, 0)]), said.Sum(run => run.Width));
    }

    private float Scaled(float length) => length * Size / Largest;

    /// <param name="Tally">What is counted; null where it is the rest.</param>
    internal sealed record Part(Tally? Tally, ImmutableArray<Text> Text, float X = 0, int Line = 0);

    /// <param name="At">How far from where its part begins.</param>
    internal sealed record Text(ImmutableArray<GlyphRun> Runs, float At, bool IsSoft = false);
}
