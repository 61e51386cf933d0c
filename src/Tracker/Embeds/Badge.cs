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
/// <param name="Status">Whose colour and shape it has.</param>
/// <param name="Told">The whole, for whoever cannot see it.</param>
public sealed record Badge(string Label, string Says, CommitmentStatus Status, string Told)
{
    private const float Height = 22, Size = 12, BaseLine = 15.4f, Margin = 8, Glyph = 12;
    private const int LongestLabel = 60;
    private const string LabelGround = "#1d3446";

    // Where the area is hatched, so much of it at the end is free of words.
    private const float Hatched = 12;

    // The faces that machines have are a little wider than ours, in which the text is measured.
    private const float Wider = 1.08f;

    /// <summary>"since Bali: 0 of 8 concrete"; with more than two parties, "since Rio: 37 of 240 concrete, by party".</summary>
    public static Badge Of(Board board)
    {
        var since = Headline.NameOfSince(board) ?? DayWords.Of(board.Since);
        var (concrete, all) = (board.Summary.Leading.WithConcreteAction, board.Summary.Leading.Commitments);
        return new Badge(
            Texts.BadgeSince(since),
            all == 0 ? Texts.BadgeEmpty : !Headline.HasCounts(board) ? Texts.BadgeNothingRated : board.Summary.LeadsByCell ? Texts.BadgeCountByParty(concrete, all) : Texts.BadgeCount(concrete, all),
            // Where none has seen concrete action, the first that any of them stands at: none found is said of none but those that were searched in vain.
            concrete > 0 ? CommitmentStatus.ConcreteAction
                : all == 0 || !Headline.HasCounts(board) ? CommitmentStatus.NotYetRated : StatusWords.InOrder.First(x => board.Summary.ByStatus.At(x) > 0),
            Texts.BadgeTold(board.About!.Title, DatedWords.Of(Headline.Write(board), board.ValidAt, board.EndsOn))).To(board.EndsOn);
    }

    /// <summary>"A visit: dialogue only, by 2 of 20 parties"; a commitment that is not on the board says so.</summary>
    /// <param name="end">The day on which the record ends, where it is not current on the day asked about; null where it is.</param>
    public static Badge Of(string title, BoardEntry? entry, DateOnly validAt, DateOnly? end)
    {
        var told = Texts.BadgeTold(title, EntryWords.Sentence(entry, entry?.Flags.PendingReview ?? 0, validAt, end));
        if (entry is null) return new Badge(title, Texts.NotOnTheBoard, CommitmentStatus.NotYetRated, told);
        var qualifier = entry.ByParty.Count > 2 && entry.ConcreteSinceBaseline
            ? Texts.OfParties(entry.Parties.WithConcreteAction, entry.Parties.Of)
            : StatusWords.Qualifier(entry.Status, entry.Because.LastSearchedThrough);
        var says = EntryWords.Status(entry);
        return new Badge(title, qualifier is null ? says : Texts.StatusBy(says, qualifier), entry.Status, told).To(end);
    }

    /// <summary>The same of a day that was asked for: it goes on standing where it is shown, and says which day it speaks of.</summary>
    internal Badge On(DateOnly? asked) => asked is { } day ? this with { Says = Texts.BadgeOn(Says, Texts.DayShort(day)) } : this;

    /// <summary>The same of a record that ended: it says to which day it speaks.</summary>
    private Badge To(DateOnly? end) => end is { } day ? this with { Says = Texts.BadgeTo(Says, Texts.DayShort(day)) } : this;

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
        var colours = Palette.Light.Of(Status);
        var plain = left + Margin + Glyph + 5 + says + Margin;
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
            Shape(svg, left + Margin),
            new XElement(svg + "g",
                new XAttribute("font-family", "system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,'Noto Sans CJK SC',sans-serif"),
                new XAttribute("font-size", Text(Size)), new XAttribute("font-weight", "600"),
                Line(svg, label, Margin, labelled, "#ffffff"), Line(svg, Says, left + Margin + Glyph + 5, says, colours.On)));
        return Encoding.UTF8.GetBytes(picture.ToString(SaveOptions.DisableFormatting));
    }

    private XElement Shape(XNamespace svg, float x) => new(svg + "g",
        new XAttribute("transform", $"translate({Text(x)} 5) scale(.75)"),
        StatusShapes.Of(Status).Select(part => new XElement(svg + "path", new XAttribute("d", part.Path), Painted(part.Stroke))));

    private IEnumerable<XAttribute> Painted(Stroke stroke)
    {
        yield return new("fill", stroke is Stroke.Fill ? Palette.Light.Of(Status).On : "none");
        if (stroke is Stroke.Fill) yield break;
        yield return new("stroke", stroke is Stroke.Cut ? Palette.Light.Of(Status).Fill : Palette.Light.Of(Status).On);
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
