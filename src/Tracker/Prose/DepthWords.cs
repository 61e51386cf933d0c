using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>The rungs of the depth ladder in words, and how deep evidence goes.</summary>
public static class DepthWords
{
    public static ImmutableArray<Depth> Rungs { get; } = [.. Enum.GetValues<Depth>()];

    public static string Of(Depth depth) => depth switch
    {
        Depth.Words => Texts.DepthWords,
        Depth.Contact => Texts.DepthContact,
        Depth.Mechanism => Texts.DepthMechanism,
        Depth.Measure => Texts.DepthMeasure,
        _ => Texts.DepthDelivered,
    };

    /// <summary>The rung within a sentence.</summary>
    public static string Inline(Depth depth) => Of(depth).ToLower(Texts.Culture);

    public static string Meaning(Depth depth) => depth switch
    {
        Depth.Words => Texts.DepthWordsMeans,
        Depth.Contact => Texts.DepthContactMeans,
        Depth.Mechanism => Texts.DepthMechanismMeans,
        Depth.Measure => Texts.DepthMeasureMeans,
        _ => Texts.DepthDeliveredMeans,
    };

    /// <summary>The deepest rung reached without what undercuts; null where no rung is.</summary>
    public static Depth? Deepest(EvidenceCounts counts) => counts switch
    {
        { Delivered: > 0 } => Depth.Delivered,
        { Measure: > 0 } => Depth.Measure,
        { Mechanism: > 0 } => Depth.Mechanism,
        { Contact: > 0 } => Depth.Contact,
        { Words: > 0 } => Depth.Words,
        _ => null,
    };

    /// <summary>How many pieces speak for it or repeat it.</summary>
    public static int Supporting(EvidenceCounts counts) =>
        counts.Words + counts.Contact + counts.Mechanism + counts.Measure + counts.Delivered;
}
