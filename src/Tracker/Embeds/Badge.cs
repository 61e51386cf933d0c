using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Tracker.Boards;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports.Pdf;
using Tracker.Status;

namespace Tracker.Embeds;

/// <summary>A label and what it says, small enough to stand in a line of text: what is told, in what colour and shape.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Says">What is so.</param>
/// <param name="Status">Whose colour and shape it has; null for counts, which are of no status.</param>
/// <param name="Told">The whole, for whoever cannot see it.</param>
public sealed record Badge(string Label, string Says, CommitmentStatus? Status, string Told)
{
    private const float Height = 22, Size = 12, BaseLine = 15.4f, Margin = 8, Glyph = 12;

    // In no hue of a status: one commitment's would look like all commitments'.
    private static readonly StatusColours Counted = new("#10181f", "#efede6", "#10181f");
    private const int LongestLabel = 60;
    private const string LabelGround = "#1d3446";

    // Where the area is hatched, so much of it at the end is free of words.
    private const float Hatched = 12;

    // The faces that machines have are a little wider than ours, in which the text is measured.
    private const float Wider = 1.08f;

    /// <summary>"since Bali: 0 of 8 concrete"; with more than two parties, "since Rio: 37 of 240 party commitments concrete".</summary>
    public static Badge Of(Board board)
    {
        var since = Headline.NameOfSince(board) ?? DayWords.Of(board.Since);
        var (concrete, all) = (board.Summary.Leading.WithConcreteAction, board.Summary.Leading.Commitments);
        return new Badge(
            Texts.BadgeSince(since),
            all == 0 ? Texts.BadgeEmpty : !Headline.HasCounts(board) ? Texts.BadgeNothingRated : board.Summary.LeadsByCell ? Texts.BadgeCountByParty(concrete, all) : Texts.BadgeCount(concrete, all),
            null,
            Texts.BadgeTold(board.About!.Title, DatedWords.Of(Headline.Show(board), board))).To(board.EndsOn, board.AsKnownAt);
    }

    /// <summary>"A visit: dialogue only, by 2 of 20 parties"; a commitment that is not on the board says so.</summary>
    /// <param name="since">What it counts from: "Since Bali, 14 November 2022".</param>
    /// <param name="end">The day on which the record ends, where it is not current on the day asked about; null where it is.</param>
    /// <param name="asKnownAt">The position that it was asked for as known at; null where it is as known now.</param>
    /// <param name="isWithdrawn">Whether it is not on the board because it was withdrawn.</param>
    public static Badge Of(string title, BoardEntry? entry, (string Line, DateOnly Day) since, DateOnly validAt, DateOnly? end, long? asKnownAt = null, bool isWithdrawn = false)
    {
        var told = Texts.BadgeTold(title, entry is null && isWithdrawn
            ? DatedWords.Of(Texts.CalendarIsWithdrawn, validAt, endsOn: null, asKnownAt)
            : EntryWords.Sentence(entry, entry?.Flags.PendingReview ?? 0, since, validAt, end, asKnownAt: asKnownAt));
        if (entry is null) return new Badge(title, isWithdrawn ? Texts.Withdrawn : Texts.NotOnTheBoard, CommitmentStatus.NotYetRated, told);
        var qualifier = StatusWords.Qualifier(entry.Status, entry.Because.LastSearchedThrough);
        var says = EntryWords.WithCount(entry);
        return new Badge(title, qualifier is null ? says : Texts.StatusBy(says, qualifier), entry.Status, told).To(end, asKnownAt);
    }

    /// <summary>
    /// The same of a day that was asked for: it goes on standing where it is shown, and says which day it speaks of; where the record does not reach that
    /// day, which day it reaches.
    /// </summary>
    internal Badge On(DateOnly? asked, DateOnly asOf) => asked is not { } day ? this
        : this with { Says = asOf < day ? Texts.BadgeThrough(Says, Texts.DayShort(asOf)) : Texts.BadgeOn(Says, Texts.DayShort(day)) };

    /// <summary>The same counted from another day than the baseline's.</summary>
    internal Badge Since(DateOnly? day) => day is { } it ? this with { Says = Texts.BadgeCountedFrom(Says, DayWords.Of(it)) } : this;

    /// <summary>The same as known at a position that was asked for.</summary>
    internal Badge Known(long? at) => at is { } position ? this with { Says = Texts.BadgeKnown(Says, position) } : this;

    /// <summary>The same of a record that ended: it says to which day it speaks.</summary>
    private Badge To(DateOnly? end, long? asKnownAt) => end is { } day ? this with { Says = Texts.BadgeTo(Says, Texts.DayShort(day), then: asKnownAt is not null) } : this;

    /// <summary>
    /// The badge as SVG that needs nothing beside it. Whatever typeface a machine sets it in, each text fills the room that was measured
    /// for it. It has no style of its own, which a strict page would not apply.
    /// </summary>
    public byte[] Draw()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var (label, told) = (InXml.Of(ShortText.Of(Label, LongestLabel)), InXml.Of(Told));
        var (labelled, says) = (WidthOf(label), WidthOf(Says));
        var left = labelled + (2 * Margin);
        var (colours, glyph) = Status is { } status ? (Palette.Light.Of(status), Glyph + 5) : (Counted, 0);
        var plain = left + Margin + glyph + says + Margin;
        var width = plain + (colours.Hatch is Hatch.None ? 0 : Hatched);
        var (hatch, thick) = Hatching.Lines(colours.Hatch, plain, 1, width - plain - 2.5f, Height - 2, 5);
        var picture = new XElement(svg + "svg",
            new XAttribute("width", Text(width)), new XAttribute("height", Text(Height)), new XAttribute("viewBox", $"0 0 {Text(width)} {Text(Height)}"),
            new XAttribute("role", "img"), new XAttribute("aria-label", told),
            new XElement(svg + "title", told),
            new XElement(svg + "path", new XAttribute("d", $"M4 0H{Text(left)}V{Text(Height)}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4Z"), new XAttribute("fill", LabelGround)),
            // As light as the page it may be: the outline is what shows where it ends.
            new XElement(svg + "path", new XAttribute("d", $"M{Text(left)} .5H{Text(width - 4)}a3.5 3.5 0 0 1 3.5 3.5V{Text(Height - 4)}a3.5 3.5 0 0 1-3.5 3.5H{Text(left)}Z"), new XAttribute("fill", colours.Fill), new XAttribute("stroke", LabelGround)),
            hatch.Length == 0 ? null : new XElement(svg + "path", new XAttribute("d", hatch), new XAttribute("fill", "none"), new XAttribute("stroke", colours.Stripe!), new XAttribute("stroke-width", Text(thick))),
            Status is { } shaped ? Shape(svg, shaped, left + Margin) : null,
            new XElement(svg + "g",
                new XAttribute("font-family", "system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,'Noto Sans CJK SC',sans-serif"),
                new XAttribute("font-size", Text(Size)), new XAttribute("font-weight", "600"),
                Line(svg, label, Margin, labelled, "#ffffff"), Line(svg, Says, left + Margin + glyph, says, colours.On)));
        return Encoding.UTF8.GetBytes(picture.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Shape(XNamespace svg, CommitmentStatus status, float x) => new(svg + "g",
        new XAttribute("transform", $"translate({Text(x)} 5) scale(.75)"),
        StatusShapes.Of(status).Select(part => new XElement(svg + "path", new XAttribute("d", part.Path), Painted(part.Stroke, Palette.Light.Of(status)))));

    private static IEnumerable<XAttribute> Painted(Stroke stroke, StatusColours colours)
    {
        yield return new("fill", stroke is Stroke.Fill ? colours.On : "none");
        if (stroke is Stroke.Fill) yield break;
        yield return new("stroke", stroke is Stroke.Cut ? colours.Fill : colours.On);
        yield return new("stroke-width", "2");
        yield return new("stroke-linecap", "round");
        yield return new("stroke-linejoin", "round");
        if (stroke is Stroke.Dashed) yield return new("stroke-dasharray", "2.2 3");
    }

    private static XElement Line(XNamespace svg, string text, float x, float width, string colour) => new(svg + "text",
        new XAttribute("x", Text(x)), new XAttribute("y", Text(BaseLine)), new XAttribute("textLength", Text(width)), new XAttribute("lengthAdjust", "spacingAndGlyphs"), new XAttribute("fill", colour), text);

    private static float WidthOf(string text) => MathF.Round(Faces.All.Shape(text, FaceName.SansStrong, Size).Sum(x => x.Width) * Wider, 1);

    private static string Text(float number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
