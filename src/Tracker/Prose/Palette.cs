using System.Collections.Frozen;
using System.Collections.Immutable;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>How an area is marked beside its colour, so that it can be told from others without seeing colours.</summary>
public enum Hatch
{
    /// <summary>One even colour.</summary>
    None,

    /// <summary>Thin slanted lines: somebody looked and found nothing.</summary>
    Slanted,

    /// <summary>Broad upright stripes: action for it and against it.</summary>
    Upright,
}

/// <summary>The colours of one status, each as <c>#rrggbb</c>.</summary>
/// <param name="Ink">Of its word and shape on a page; contrast with each ground of the palette is at least 4.5 : 1.</param>
/// <param name="Fill">Of an area that stands for it: a cell, a band, a tile in a legend.</param>
/// <param name="On">Of what is written or drawn on such an area, hatched or not; contrast with it is at least 4.5 : 1.</param>
/// <param name="Stripe">Of the lines of its hatch; null where the area has none.</param>
/// <param name="Outlined">Whether the area is as blank as the ground, so that only an outline shows it.</param>
public sealed record StatusColours(string Ink, string Fill, string On, Hatch Hatch = Hatch.None, string? Stripe = null, bool Outlined = false);

/// <summary>
/// The one place where the colours of statuses are defined. Report files, PDF, badge and picture take them from here; the style sheet repeats
/// <see cref="Css"/>, and a test compares the two. Statuses short of concrete action share one hue that fades with the depth reached; concrete ones
/// stand apart from it and from each other; "none found" is hatched, and "not yet rated" is as blank as the ground, with an outline. Any two areas
/// differ in their hatch, or in colour by ΔE2000 ≥ 15 for all readers, with and without a colour-vision deficiency.
/// </summary>
/// <param name="Grounds">What words may stand on: paper, card, a marked row, a notice, the head of a table.</param>
/// <param name="Outline">The line around areas; for those as light as the ground it is what makes them seen.</param>
public sealed record Palette(ImmutableArray<string> Grounds, string Outline, FrozenDictionary<CommitmentStatus, StatusColours> Statuses)
{
    /// <summary>How many parties' accounts have a wording: of all, of some, of one alone (the first, second, third), in no hue of a status. What no account has is as blank as the ground.</summary>
    public required ImmutableArray<(string Name, string Fill, string On)> Accounts { get; init; }

    private const string Black = "#10181f", White = "#ffffff";

    /// <summary>On light grounds, and wherever only one scheme is possible: print, pictures, badges, mail.</summary>
    public static Palette Light { get; } = new(["#fbfaf7", "#ffffff", "#efede6", "#fdf3dc", "#f3f1eb"], "#5b646d", new Dictionary<CommitmentStatus, StatusColours>
    {
        [CommitmentStatus.Reversed] = new("#5a1846", "#5a1846", White),
        [CommitmentStatus.Delivered] = new("#0e4f31", "#0e4f31", White),
        [CommitmentStatus.Contested] = new("#8a5a00", "#bf4d11", White, Hatch.Upright, "#0e4f31"),
        [CommitmentStatus.ConcreteAction] = new("#17713f", "#2fa86a", Black),
        [CommitmentStatus.Undercut] = new("#ad430c", "#bf4d11", White),
        [CommitmentStatus.Partial] = new("#1f57a3", "#2361b3", White),
        [CommitmentStatus.DialogueOnly] = new("#3d5ea6", "#8791ce", Black),
        [CommitmentStatus.WordsOnly] = new("#5568a0", "#c2d3f4", Black),
        [CommitmentStatus.NoneFound] = new("#565c63", White, Black, Hatch.Slanted, "#8a8f96", Outlined: true),
        [CommitmentStatus.NotYetRated] = new("#62676d", White, Black, Outlined: true),
    }.ToFrozenDictionary())
    {
        Accounts = [("all", "#1c3141", White), ("some", "#8295a6", Black), ("only-1", "#3b7472", White), ("only-2", "#e0a030", Black), ("only-3", "#743789", White)],
    };

    /// <summary>On dark grounds: screens whose readers ask for them.</summary>
    public static Palette Dark { get; } = new(["#12181e", "#1a222a", "#222c35", "#2d2617"], "#94a0aa", new Dictionary<CommitmentStatus, StatusColours>
    {
        [CommitmentStatus.Reversed] = new("#efa8c0", "#efa8c0", Black),
        [CommitmentStatus.Delivered] = new("#aef8a8", "#aef8a8", Black),
        [CommitmentStatus.Contested] = new("#e8b64c", "#e1512c", Black, Hatch.Upright, "#aef8a8"),
        [CommitmentStatus.ConcreteAction] = new("#55c48a", "#249c6e", Black),
        [CommitmentStatus.Undercut] = new("#ff8f73", "#e1512c", Black),
        [CommitmentStatus.Partial] = new("#9cb2fe", "#9cb2fe", Black),
        [CommitmentStatus.DialogueOnly] = new("#a3afe0", "#7780b2", Black),
        [CommitmentStatus.WordsOnly] = new("#a4adc9", "#3a4a80", White),
        [CommitmentStatus.NoneFound] = new("#b3b8be", "#1a222a", White, Hatch.Slanted, "#66717b", Outlined: true),
        [CommitmentStatus.NotYetRated] = new("#9aa3ab", "#1a222a", White, Outlined: true),
    }.ToFrozenDictionary())
    {
        Accounts = [("all", "#e9ecee", Black), ("some", "#868e92", Black), ("only-1", "#1bbcd3", Black), ("only-2", "#c98a1c", Black), ("only-3", "#9a5aa0", White)],
    };

    public StatusColours Of(CommitmentStatus status) => Statuses[status];

    /// <summary>The colours as custom properties of a style sheet: <c>--x</c> the ink of status x, <c>--fill-x</c>, <c>--on-x</c>, <c>--stripe-x</c>.</summary>
    public string Css() => string.Join('\n', StatusWords.InOrder.Select(status =>
    {
        var (name, it) = (Recording.Words.Text(status), Of(status));
        return $"--{name}: {it.Ink}; --fill-{name}: {it.Fill}; --on-{name}: {it.On};{(it.Stripe is { } stripe ? $" --stripe-{name}: {stripe};" : "")}";
    }).Append(string.Join(' ', Accounts.Select(x => $"--told-{x.Name}: {x.Fill}; --on-told-{x.Name}: {x.On};"))).Append($"--outline: {Outline};"));
}
