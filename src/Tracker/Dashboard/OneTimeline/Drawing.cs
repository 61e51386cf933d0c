using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards.Timelines;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Dashboard.OneTimeline;

/// <summary>A timeline laid out: where everything stands, in percent across and in pixels down. Knows nothing of pages.</summary>
public sealed record Drawing(TimeScale Scale, ImmutableArray<LaneDrawing> Lanes)
{
    /// <summary>Lanes by where they stand now, in the rule's order, as on the board.</summary>
    public static Drawing Of(Timeline timeline)
    {
        // Where the record ends the days break off, and what is after it is drawn short.
        var scale = timeline.End is { } end && end > timeline.Since ? TimeScale.To(timeline.Since, end, timeline.ValidAt) : TimeScale.Of(timeline.Since, timeline.ValidAt, LastEvent(timeline));
        return new Drawing(scale,
        [
            .. timeline.Commitments.Select(x => LaneDrawing.Of(x, timeline, scale))
                .OrderBy(x => x.Now).ThenBy(x => x.Lane.Title, StringComparer.Ordinal).ThenBy(x => x.Lane.Slug, StringComparer.Ordinal),
        ]);
    }

    private static DateOnly LastEvent(Timeline timeline) => timeline.Commitments
        .SelectMany(x => x.Marks.Select(y => y.Latest)
            .Concat(x.Spans.Select(y => y.From))
            .Concat(x.SearchedThrough)
            .Concat(x.Overdue.Concat(x.Stale).Select(y => y.From)))
        .Concat(timeline.Milestones.Select(x => x.Date))
        .Where(x => x <= timeline.ValidAt)
        .DefaultIfEmpty(timeline.Since)
        .Max();
}

/// <summary>One commitment's lane: a band of statuses, what advances or reaffirms above it, what undercuts below.</summary>
/// <param name="Now">Where it stands at the end.</param>
/// <param name="Top">Where the band begins, in pixels from the top.</param>
/// <param name="BarAbove">Where the bar lies above the band.</param>
/// <param name="BarBelow">Where the bar lies below the band; null where nothing undercuts.</param>
public sealed record LaneDrawing(
    Lane Lane,
    CommitmentStatus Now,
    int Top,
    int Height,
    int BarAbove,
    int? BarBelow,
    ImmutableArray<Band> Bands,
    ImmutableArray<Head> Heads,
    ImmutableArray<Raised> Flags)
{
    public const int BandHeight = 18;
    private const int Margin = 11;
    private const int Rung = 12;

    // Heads nearer than this, in percent, would cover each other.
    private const double Near = 1.3;

    /// <summary>More heads than these could not be told apart: those that lie near each other are drawn as one.</summary>
    public const int MostHeads = 120;

    /// <summary>So much of the evidence is told in words beside it.</summary>
    public const int MostInWords = 50;

    public int Bottom => Top + BandHeight;

    /// <summary>About how many bytes of a page it takes.</summary>
    public int Bytes => 3_000 + (600 * Bands.Length) + (400 * Flags.Length) + (200 * Lane.SearchedThrough.Length)
        + Heads.Sum(x => 650 + (2 * TextOf(x.Marks.Take(Head.MostTold)))) + (350 * Math.Min(Lane.Marks.Length, MostInWords)) + TextOf(Lane.Marks.Take(MostInWords));

    private static int TextOf(IEnumerable<Mark> marks) => Part.BytesOf(marks.Select(x => x.Title)) + (70 * marks.Count());

    public static LaneDrawing Of(Lane lane, Timeline timeline, TimeScale scale)
    {
        // The last day that anything is said of.
        var through = timeline.End ?? timeline.ValidAt;
        var above = lane.Marks.Where(x => x.Direction is not Direction.Undercuts).Select(x => (int)x.Depth).Append((int)lane.Bar).Max();
        var below = lane.Marks.Where(x => x.Direction is Direction.Undercuts).Select(x => (int?)x.Depth).Max();
        var top = (2 * Margin) + (above * Rung);
        var depthBelow = below is { } deepest ? Math.Max(deepest, (int)lane.Bar) : (int?)null;
        return new LaneDrawing(
            lane,
            lane.Spans.IsEmpty ? CommitmentStatus.NotYetRated : lane.Spans[^1].Status,
            top,
            top + BandHeight + (depthBelow is { } rungs ? (2 * Margin) + (rungs * Rung) : Margin),
            HeightOf(lane.Bar, top, against: false),
            depthBelow is null ? null : HeightOf(lane.Bar, top, against: true),
            [.. BandsOf(lane, through, scale)],
            [.. HeadsOf(lane, top, scale)],
            [.. lane.Overdue.Select(x => Raised.Of(x, overdue: true, timeline, scale)), .. lane.Stale.Select(x => Raised.Of(x, overdue: false, timeline, scale))]);
    }

    private static int HeightOf(Depth depth, int top, bool against) =>
        against ? top + BandHeight + Margin + ((int)depth * Rung) : top - Margin - ((int)depth * Rung);

    private static IEnumerable<Band> BandsOf(Lane lane, DateOnly last, TimeScale scale)
    {
        // Over the break after the record's end a band fades, and is gone.
        var edge = last < scale.Through && scale.Break == last ? TimeScale.BreakThrough : 100;
        for (var i = 0; i < lane.Spans.Length; i++)
        {
            var through = i + 1 < lane.Spans.Length ? lane.Spans[i + 1].From.AddDays(-1) : last;
            var x = scale.At(lane.Spans[i].From);
            var end = i + 1 < lane.Spans.Length ? scale.At(lane.Spans[i + 1].From) : edge;
            DateOnly? searched = lane.SearchedThrough.Where(day => day <= through).Select(day => (DateOnly?)day).LastOrDefault();
            if (lane.Spans[i].Status is not CommitmentStatus.NoneFound) searched = null;
            yield return new Band(lane.Spans[i].Status, lane.Spans[i].From, through, x, end - x, searched)
            { Known = searched < through ? Math.Min(scale.At(searched.Value.AddDays(1)), end) - x : end - x };
        }
    }

    /// <summary>What lies on the same spot is one head; what lies next to another is moved aside.</summary>
    private static IEnumerable<Head> HeadsOf(Lane lane, int top, TimeScale scale)
    {
        var heads = Together(lane, top, scale, Near);
        for (var near = 2 * Near; heads.Count > MostHeads && near < 100; near *= 2) heads = Together(lane, top, scale, near);
        var last = new Dictionary<int, Head>();
        foreach (var head in heads)
        {
            var aside = last.TryGetValue(head.Y, out var before) && head.X - before.X < Near ? before.Aside + 1 : 0;
            yield return last[head.Y] = head with { Aside = aside };
        }
    }

    private static List<Head> Together(Lane lane, int top, TimeScale scale, double near)
    {
        return [.. lane.Marks
            .GroupBy(x => (x.Depth, x.Direction, x.Counts, Exact: x.Earliest == x.Latest, From: BeginningOf(x), Spot: Math.Floor(scale.At(x.Latest) / near)))
            .Select(group => new Head(
                [.. group], group.Key.Depth, group.Key.Direction, group.Key.Counts,
                scale.At(group.Min(x => x.Earliest)), scale.At(group.Max(x => x.Latest)), HeightOf(group.Key.Depth, top, group.Key.Direction is Direction.Undercuts), 0))
            .OrderBy(x => x.X).ThenBy(x => x.Marks[0].Evidence, StringComparer.Ordinal)];

        double BeginningOf(Mark mark) => mark.Earliest == mark.Latest ? 0 : near > Near ? Math.Floor(scale.At(mark.Earliest) / near) : mark.Earliest.DayNumber;
    }
}

/// <summary>A stretch of one status.</summary>
/// <param name="Searched">Where nothing was found: the last day searched through by its end.</param>
public sealed record Band(CommitmentStatus Status, DateOnly From, DateOnly Through, double X, double Width, DateOnly? Searched)
{
    /// <summary>How much of its width is filled: of what was searched in vain, through the day that was searched; after it nobody is known to have looked.</summary>
    public double Known { get; init; } = Width;
}

/// <summary>The evidence on one spot.</summary>
/// <param name="From">Where its dates begin.</param>
/// <param name="X">Where they end, and it counts from.</param>
/// <param name="Aside">By how many places it is moved aside, not to cover another.</param>
public sealed record Head(ImmutableArray<Mark> Marks, Depth Depth, Direction Direction, bool Counts, double From, double X, int Y, int Aside)
{
    private const int Place = 13;

    /// <summary>Of so many pieces it tells in words; a list tells all.</summary>
    public const int MostTold = 4;

    /// <summary>To the right, but at the right edge to the left; in pixels.</summary>
    public int Shift => X > 95 ? -Aside * Place : Aside * Place;

    public bool Exact => Marks[0].Earliest == Marks[0].Latest;
}

/// <summary>A stretch on which a flag is raised.</summary>
public sealed record Raised(FlagSpan Days, bool Overdue, double X, double Width)
{
    /// <summary>Whether it is raised on the last day that is judged: then it is not known to have ended.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Whether the record reaches no further than that day, though a later one was asked about.</summary>
    public bool ReachesNoFurther { get; private init; }

    internal static Raised Of(FlagSpan days, bool overdue, Timeline timeline, TimeScale scale)
    {
        var x = scale.At(days.From);
        return new Raised(days, overdue, x, Math.Max(scale.At(days.Through) - x, 0.4)) { IsOpen = days.Through >= timeline.AsOf, ReachesNoFurther = days.Through < timeline.ValidAt };
    }
}
