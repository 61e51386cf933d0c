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

    // The faces that machines have are a little wider than ours, in which the text is measured.
    private const float Wider = 1.08f;

    /// <summary>"since Bali: 0 of 8 concrete".</summary>
    public static Badge Of(Board board)
    {
        var since = board.Since == board.Baseline.Date ? board.Baseline.Name : board.About!.Milestones.FirstOrDefault(x => x.Date == board.Since)?.Name ?? DayWords.Of(board.Since);
        var (concrete, all) = (board.Summary.WithConcreteAction, board.Summary.Commitments);
        return new Badge(
            Texts.BadgeSince(since),
            all == 0 ? Texts.BadgeEmpty : board.DaysSince < 0 ? Texts.BadgeNothingRated : Texts.BadgeCount(concrete, all),
            concrete > 0 ? CommitmentStatus.ConcreteAction : all == 0 || board.DaysSince < 0 ? CommitmentStatus.NotYetRated : CommitmentStatus.NoneFound,
            Texts.BadgeTold(board.About!.Title, Leads.Of(board), DayWords.Of(board.ValidAt)));
    }

    /// <summary>"A visit: dialogue only"; a commitment that is not on the board says so.</summary>
    public static Badge Of(string title, BoardEntry? entry, DateOnly validAt)
    {
        if (entry is null) return new Badge(title, Texts.NotOnTheBoard, CommitmentStatus.NotYetRated, Texts.BadgeTold(title, Texts.NotOnTheBoard + ".", DayWords.Of(validAt)));
        var word = StatusWords.Of(entry.Status, entry.Type);
        return new Badge(
            title, StatusWords.Qualifier(entry.Status, entry.Because.LastSearchedThrough) is { } searched ? $"{word}, {searched}" : word, entry.Status,
            Texts.BadgeTold(title, $"{word}. {BecauseWords.Of(entry.Because, entry.Type)}", DayWords.Of(validAt)));
    }

    /// <summary>
    /// The badge as SVG that needs nothing beside it. Whatever typeface a machine sets it in, each text fills the room that was measured
    /// for it. It has no style of its own, which a strict page would not apply.
    /// </summary>
    public byte[] Draw()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var (label, told) = (InXml.Of(Short(Label)), InXml.Of(Told));
        var (labelled, says) = (WidthOf(label), WidthOf(Says));
        var left = labelled + (2 * Margin);
        var width = left + Margin + Glyph + 5 + says + Margin;
        var picture = new XElement(svg + "svg",
            new XAttribute("width", Text(width)), new XAttribute("height", Text(Height)), new XAttribute("viewBox", $"0 0 {Text(width)} {Text(Height)}"),
            new XAttribute("role", "img"), new XAttribute("aria-label", told),
            new XElement(svg + "title", told),
            new XElement(svg + "path", new XAttribute("d", $"M4 0H{Text(left)}V{Text(Height)}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4Z"), new XAttribute("fill", "#1d3446")),
            new XElement(svg + "path", new XAttribute("d", $"M{Text(left)} 0H{Text(width - 4)}a4 4 0 0 1 4 4V{Text(Height - 4)}a4 4 0 0 1-4 4H{Text(left)}Z"), new XAttribute("fill", StatusShapes.ColourOf(Status))),
            Shape(svg, left + Margin),
            new XElement(svg + "g",
                new XAttribute("fill", "#ffffff"), new XAttribute("font-family", "system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,'Noto Sans CJK SC',sans-serif"),
                new XAttribute("font-size", Text(Size)), new XAttribute("font-weight", "600"),
                Line(svg, label, Margin, labelled), Line(svg, Says, left + Margin + Glyph + 5, says)));
        return Encoding.UTF8.GetBytes(picture.ToString(SaveOptions.DisableFormatting));
    }

    private XElement Shape(XNamespace svg, float x) => new(svg + "g",
        new XAttribute("transform", $"translate({Text(x)} 5) scale(.75)"),
        StatusShapes.Of(Status).Select(part => new XElement(svg + "path", new XAttribute("d", part.Path), Painted(part.Stroke))));

    private IEnumerable<XAttribute> Painted(Stroke stroke)
    {
        yield return new("fill", stroke is Stroke.Fill ? "#ffffff" : "none");
        if (stroke is Stroke.Fill) yield break;
        yield return new("stroke", stroke is Stroke.Cut ? StatusShapes.ColourOf(Status) : "#ffffff");
        yield return new("stroke-width", "2");
        yield return new("stroke-linecap", "round");
        yield return new("stroke-linejoin", "round");
        if (stroke is Stroke.Dashed) yield return new("stroke-dasharray", "2.2 3");
    }

    private static XElement Line(XNamespace svg, string text, float x, float width) => new(svg + "text",
        new XAttribute("x", Text(x)), new XAttribute("y", Text(BaseLine)), new XAttribute("textLength", Text(width)), new XAttribute("lengthAdjust", "spacingAndGlyphs"), text);

    private static float WidthOf(string text) => MathF.Round(Faces.All.Shape(text, FaceName.SansStrong, Size).Sum(x => x.Width) * Wider, 1);

    private static string Short(string text)
    {
        var parts = StringInfo.ParseCombiningCharacters(text);
        return parts.Length <= LongestLabel ? text : text[..parts[LongestLabel - 1]].TrimEnd() + "…";
    }

    private static string Text(float number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
