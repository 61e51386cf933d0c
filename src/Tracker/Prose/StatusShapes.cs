using System.Collections.Immutable;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>How a part of a shape is drawn.</summary>
public enum Stroke
{
    /// <summary>Filled with the status's colour.</summary>
    Fill,

    /// <summary>Drawn as a line of that colour.</summary>
    Line,

    /// <summary>Drawn as a broken line.</summary>
    Dashed,

    /// <summary>Drawn as a line of the background's colour, over what is filled.</summary>
    Cut,
}

/// <summary>A part of a status's shape.</summary>
/// <param name="Path">SVG path data on a square of 16.</param>
public sealed record ShapePart(Stroke Stroke, string Path);

/// <summary>Every status has a shape of its own, so that none is told by colour alone: the one drawing for pages, pictures and print.</summary>
public static class StatusShapes
{
    private const string Disc = "M.8 8a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0Z";
    private const string Ring = "M1.8 8a6.2 6.2 0 1 0 12.4 0a6.2 6.2 0 1 0-12.4 0Z";

    public static ImmutableArray<ShapePart> Of(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Reversed =>
        [
            new(Stroke.Fill, "M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Z"),
            new(Stroke.Cut, "M4.5 11.5V7.2a2.8 2.8 0 0 1 5.6 0v3.6M7.6 8.8l2.5 2.6 2.5-2.6"),
        ],
        CommitmentStatus.Delivered => [new(Stroke.Fill, Disc), new(Stroke.Cut, "M4.6 8.3l2.4 2.4 4.4-5")],
        CommitmentStatus.Contested => [new(Stroke.Line, "M8 1.5 14.5 8 8 14.5 1.5 8Z"), new(Stroke.Fill, "M8 1.5v13L1.5 8Z")],
        CommitmentStatus.ConcreteAction => [new(Stroke.Fill, Disc)],
        CommitmentStatus.Undercut => [new(Stroke.Fill, "M1 2.5h14L8 14.5Z")],
        CommitmentStatus.Partial => [new(Stroke.Line, Ring), new(Stroke.Fill, "M1.8 8a6.2 6.2 0 0 0 12.4 0Z")],
        CommitmentStatus.DialogueOnly =>
        [
            new(Stroke.Line, "M1.4 8a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0Z"),
            new(Stroke.Line, "M6.2 8a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0Z"),
        ],
        CommitmentStatus.WordsOnly => [new(Stroke.Line, "M2 2.8h12v8H7.4L4.4 14v-3.2H2Z")],
        CommitmentStatus.NoneFound => [new(Stroke.Line, Ring), new(Stroke.Line, "M3.8 12.2l8.4-8.4")],
        _ => [new(Stroke.Dashed, Ring)],
    };

    /// <summary>The style class of a part.</summary>
    public static string ClassOf(Stroke stroke) => stroke switch
    {
        Stroke.Fill => "fill",
        Stroke.Line => "line",
        Stroke.Dashed => "line dashed",
        _ => "cut",
    };
}
