using System.Collections.Immutable;
using System.Globalization;
using Tracker.Boards.Timelines;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using Tracker.Status;

namespace Tracker.Reports;

/// <summary>The course of every commitment, drawn: a lane each, its status as a band, its evidence as marks on their days.</summary>
internal static class TimelinePicture
{
    private const float Width = 720, Label = 216, Right = 14, Lane = 44, Line = 22;
    private const float TitleSize = 10.4f, WordSize = 9.2f;
    private const string Ink = "#1b2530", Soft = "#54606b", Rule = "#dcd9d0";

    public static Picture Of(ReportDocument report)
    {
        var scale = new Scale(report.Since.DayNumber, report.CoveredThrough.DayNumber);
        return new Picture(
            Texts.ReportTimelineAlt, Width, Axis(report, scale), [.. report.Timeline.Select(x => Band(report, x, scale))], [.. report.Timeline.Select(x => Told(report, x))])
        {
            Alone = Alone(report),
        };
    }

    /// <summary>A lane in words: where it stood from which day on, and at the end how many of its many parties that is of.</summary>
    private static string Told(ReportDocument report, Lane lane)
    {
        string[] spans = [.. lane.Spans.Select((x, i) => Texts.ReportFrom(StatusWords.Of(x.Status, lane.Type), DayWords.Of(x.From), Searched(report, lane, i)))];
        string[] parties = [.. OfParties(report, lane)];
        return Texts.ReportCourse(RightToLeft.Isolated(lane.Title), parties.Length == 0 ? string.Join(", ", spans) : Texts.ReportCourseOf(string.Join(", ", spans), string.Join(", ", parties)));
    }

    private static IEnumerable<string> OfParties(ReportDocument report, Lane lane) =>
        report.Template != ReportDocument.Template1 && report.Commitments.FirstOrDefault(x => x.Slug == lane.Slug) is { } entry ? EntryWords.OfParties(entry) : [];

    /// <summary>Through which day was searched, of a span in which nothing was found: nobody looked at the days after. The first template did not tell it.</summary>
    private static DateOnly? SearchedThrough(ReportDocument report, Lane lane, int span)
    {
        if (report.Template == ReportDocument.Template1 || lane.Spans[span].Status is not CommitmentStatus.NoneFound) return null;
        return lane.SearchedThrough.Where(x => span + 1 == lane.Spans.Length || x < lane.Spans[span + 1].From).Select(x => (DateOnly?)x).LastOrDefault();
    }

    private static string? Searched(ReportDocument report, Lane lane, int span) => StatusWords.Qualifier(lane.Spans[span].Status, SearchedThrough(report, lane, span));

    /// <summary>What stands below the last word of a lane: of how many of many parties it is, and through which day was searched.</summary>
    private static string AtTheEnd(ReportDocument report, Lane lane)
    {
        string?[] said = [.. OfParties(report, lane), lane.Spans.IsEmpty ? null : Searched(report, lane, lane.Spans.Length - 1)];
        return string.Join(", ", said.OfType<string>());
    }

    /// <summary>The report's title, and of many parties that the act of one is enough for a status.</summary>
    private static Band Alone(ReportDocument report)
    {
        var title = Lines.Of([new Say(ReportProse.Titled(report), Tone.Strong)], Width - Right, new Setting(FaceName.Sans, FaceName.SansStrong, 14, 0, default)).Texts();
        var marks = title.Select((x, i) => new TextMark(x, 0, 14 + (i * 18), 14, Ink, Strong: true)).ToList<Paper.Mark>();
        var height = (title.Length * 18) + 10f;
        if (report.Parties.Length > 2)
        {
            marks.Add(new TextMark(Texts.ReportTimelineTogether, 0, height + 2, 10.4f, Soft));
            height += 16;
        }

        return new Band(height, [.. marks]);
    }

    private static Band Axis(ReportDocument report, Scale scale)
    {
        var marks = ImmutableArray.CreateBuilder<Paper.Mark>();
        marks.Add(new TextMark(report.Since == report.Baseline.Date ? report.Baseline.Name : DayWords.Of(report.Since), scale.X(report.Since), 12, 10.4f, Ink, Strong: true));
        marks.Add(new TextMark(report.Current ? DayWords.Of(report.CoveredThrough) : Texts.RecordEndsHere(DayWords.Of(report.CoveredThrough), report.OmitsLaterRecordings), Width - Right, 12, 10.4f, Ink, Strong: true, Anchor.End));
        foreach (var (day, text) in scale.Ticks())
        {
            marks.Add(new PathMark(Text($"M{scale.X(day)} 18v6"), null, Soft, .7f));
            marks.Add(new TextMark(text, scale.X(day), 34, 9.4f, Soft, Anchor: Anchor.Middle));
        }

        marks.Add(new PathMark(Text($"M{Label} 24H{Width - Right}"), null, Soft, .7f));
        return new Band(40, marks.ToImmutable());
    }

    private static Band Band(ReportDocument report, Lane lane, Scale scale)
    {
        var through = report.CoveredThrough;
        var marks = ImmutableArray.CreateBuilder<Paper.Mark>();
        var title = Lines.Of([new Say(lane.Title)], Label - 26, new Setting(FaceName.Sans, FaceName.Sans, TitleSize, 0, default)).Texts();
        // Three lines at most; the words beside the picture have it whole.
        if (title.Length > 3) title = [title[0], title[1], title[2].TrimEnd() + "…"];
        for (var i = 0; i < title.Length; i++) marks.Add(new TextMark(title[i], 0, Line + 3.5f + (i * 12) - ((title.Length - 1) * 6), TitleSize, Ink));
        for (var i = 0; i < lane.Spans.Length; i++)
        {
            var (from, to) = (scale.X(lane.Spans[i].From), i + 1 < lane.Spans.Length ? scale.X(lane.Spans[i + 1].From) : scale.X(through));
            if (to <= from) continue;
            // Nobody is known to have looked at the days after those that were searched.
            var known = SearchedThrough(report, lane, i) is { } searched ? MathF.Min(scale.X(searched.AddDays(1)), to) : to;
            if (known > from) marks.AddRange(Span(lane.Spans[i].Status, from, known));
            if (known < to) marks.AddRange(Span(CommitmentStatus.NotYetRated, known, to));
        }

        // What is against it stands between the band and its words.
        var below = lane.Marks.Any(x => x.Direction is Direction.Undercuts) ? 12f : 0;
        foreach (var mark in lane.Marks) marks.AddRange(Drawn(mark, scale));
        marks.AddRange(Named(lane, through, scale, Line + 12.5f + below));
        var height = Lane + below;
        var lefts = new List<float>();
        for (var i = lane.Spans.Length - 1; i >= 0; i--)
        {
            var text = i == lane.Spans.Length - 1 ? AtTheEnd(report, lane) : Searched(report, lane, i);
            if (text is { Length: > 0 }) marks.Add(Below(scale.X(lane.Spans[i].From), text, lefts, Line + 23.5f + below));
        }

        height += 11 * lefts.Count;

        marks.Add(new PathMark(Text($"M0 {height - .5f}H{Width}"), null, Rule, .6f));
        return new Band(height, marks.ToImmutable());
    }

    /// <summary>A status on its days: its colour, its hatch, and an outline around what is as light as paper.</summary>
    private static IEnumerable<Paper.Mark> Span(CommitmentStatus status, float from, float to)
    {
        const float Half = 3;
        var colours = Palette.Light.Of(status);
        // The outline lies within, so that spans of one day do not run into their neighbours.
        var (outline, inset) = colours.Outlined ? (Palette.Light.Outline, .35f) : (null, 0);
        yield return new PathMark(Text($"M{from + inset} {Line - Half + inset}H{MathF.Max(from + inset, to - inset)}v{2 * (Half - inset)}H{from + inset}Z"), colours.Fill, outline, .7f);
        if (colours.Stripe is null) yield break;
        var (lines, thick) = Hatching.Lines(colours.Hatch, from, Line - Half, to - from, 2 * Half, 4);
        if (lines.Length > 0) yield return new PathMark(lines, null, colours.Stripe, thick);
    }

    /// <summary>The word of each status below its band, the last one always, those before it where there is room: no colour stands for itself.</summary>
    private static IEnumerable<Paper.Mark> Named(Lane lane, DateOnly through, Scale scale, float y)
    {
        var end = Width - Right;
        for (var i = lane.Spans.Length - 1; i >= 0; i--)
        {
            var word = StatusWords.Of(lane.Spans[i].Status, lane.Type);
            var width = WidthOf(word);
            var (from, to) = (scale.X(lane.Spans[i].From), i + 1 < lane.Spans.Length ? scale.X(lane.Spans[i + 1].From) : scale.X(through));
            var x = MathF.Min(from, end - width);
            if (i < lane.Spans.Length - 1 && (x < from || to <= from)) continue;
            if (lane.Spans[i].Status is CommitmentStatus.NotYetRated && lane.Spans.Length > 1) continue;
            var colour = Palette.Light.Of(lane.Spans[i].Status).Ink;
            yield return x < from ? new TextMark(word, end, y, WordSize, colour, Anchor: Anchor.End) : new TextMark(word, x, y, WordSize, colour);
            end = x - 8;
        }
    }

    /// <summary>What stands below the words of a lane, beginning where its band does if there is room: in the first line that is free there.</summary>
    /// <param name="lefts">Where what stands in each line begins, from the right; a line is added where none is free.</param>
    private static TextMark Below(float from, string text, List<float> lefts, float y)
    {
        var width = WidthOf(text);
        var x = MathF.Min(from, Width - Right - width);
        var line = lefts.FindIndex(left => x + width <= left - 8);
        if (line < 0)
        {
            line = lefts.Count;
            lefts.Add(x);
        }

        lefts[line] = x;
        y += 11 * line;
        return x < from ? new TextMark(text, Width - Right, y, WordSize, Soft, Anchor: Anchor.End) : new TextMark(text, x, y, WordSize, Soft);
    }

    /// <summary>The faces of a screen may be wider than those of print.</summary>
    private static float WidthOf(string word) => Faces.All.Shape(word, FaceName.Sans, WordSize).Sum(x => x.Width) * 1.12f;

    /// <summary>Above the line what is for it, below what is against it; as large as it is deep; a bar where the day is not known.</summary>
    private static IEnumerable<Paper.Mark> Drawn(Boards.Timelines.Mark mark, Scale scale)
    {
        var against = mark.Direction is Direction.Undercuts;
        var colour = against ? Palette.Light.Of(CommitmentStatus.Undercut).Ink : Ink;
        var radius = 2.1f + ((int)mark.Depth * .75f);
        var y = against ? Line + 9.5f : Line - 9.5f;
        var (from, to) = (scale.X(mark.Earliest), scale.X(mark.Latest));
        var open = mark.Direction is Direction.Reaffirms || !mark.Counts;
        if (to - from > 2 * radius)
            yield return new PathMark(Text($"M{from} {y}H{to}"), null, colour, 1.1f);
        yield return against
            ? new PathMark(Text($"M{to - radius} {y - radius}h{2 * radius}l{-radius} {2 * radius}Z"), open ? "#ffffff" : colour, colour, 1)
            : new PathMark(Text($"M{to - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0Z"), open ? "#ffffff" : colour, colour, 1);
    }

    private static string Text(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);

    /// <summary>Days across the picture.</summary>
    private sealed record Scale(int From, int To)
    {
        public float X(DateOnly day) => Label + ((Math.Clamp(day.DayNumber, From, To) - From) * (Width - Right - Label) / Math.Max(1, To - From));

        /// <summary>First days of months or of years, few enough to be read.</summary>
        public IEnumerable<(DateOnly Day, string Text)> Ticks()
        {
            var months = (To - From) / 30;
            var step = months switch { <= 8 => 1, <= 24 => 3, <= 96 => 12, <= 480 => 60, _ => 120 };
            var day = DateOnly.FromDayNumber(From);
            for (day = new DateOnly(day.Year, step >= 12 ? 1 : ((day.Month - 1) / step * step) + 1, 1); day.DayNumber <= To && day.Year < 9_900; day = day.AddMonths(step))
                if (day.DayNumber > From) yield return (day, step >= 12 ? Texts.Year(day) : Texts.MonthShort(day));
        }
    }
}
