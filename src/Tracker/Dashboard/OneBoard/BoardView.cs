using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Dashboard.OneBoard;

/// <summary>A board as a page tells it: beside another day's, and within the course of all its days.</summary>
/// <param name="Entries">The commitments on the screen.</param>
/// <param name="Other">The board of the day it is compared with, as known at the same moment.</param>
/// <param name="Course">How many stood where, from which day on: commitments, or, where they lead, cells.</param>
/// <param name="OnlyThen">What is on that day's board alone, of the kind that is on the screen.</param>
/// <param name="LastReport">The day that the last report before this day is of.</param>
public sealed record BoardView(
    Board Board, ImmutableArray<BoardEntry> Entries, Board? Other, ImmutableArray<CoursePoint> Course, DateOnly Today, DateOnly? LastReport,
    ImmutableArray<OnlyThen> OnlyThen)
{
    /// <summary>Whether any commitment is on record at all, made by that day or not.</summary>
    public required bool AnyOnRecord { get; init; }

    /// <summary>What the colours of the course stand for, in the rule's order: those that are in it, and no others.</summary>
    public required ImmutableArray<CourseWord> CourseWords { get; init; }

    /// <summary>How deep the evidence against each commitment goes; those that nothing undercuts are not in it.</summary>
    public required IReadOnlyDictionary<string, Depth> Against { get; init; }

    private readonly Dictionary<string, BoardEntry>? _then = Other?.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);

    public Agenda About => Board.About!;

    /// <summary>The last day that the slider can ask about: where the record ends, of one that is no longer followed; else today, or a later day that is asked about.</summary>
    public DateOnly LastDay => End ?? (Board.ValidAt > Today ? Board.ValidAt : Today);

    /// <summary>The day on which the record ends; null where it is current.</summary>
    public DateOnly? End { get; init; }

    /// <summary>What was otherwise with a commitment on the other day; null where nothing was, or there is no other day.</summary>
    public Difference? DifferenceOf(BoardEntry entry) =>
        _then is not null && new Difference(entry, _then.GetValueOrDefault(entry.Slug), Other!.AsOf) is { Any: true } difference ? difference : null;

    public int Differences => Board.Commitments.Count(x => DifferenceOf(x) is not null);
}

/// <summary>A commitment beside itself on the other day.</summary>
/// <param name="Then">What the other day's board says of it; null where it was not on that board.</param>
/// <param name="ThenOn">The day at which the other board judges whatever speaks of time that passed.</param>
public sealed record Difference(BoardEntry Now, BoardEntry? Then, DateOnly ThenOn)
{
    /// <summary>Whether anything differs that a board shows.</summary>
    public bool Any => InStatus || Now.ByParty.Keys.Any(x => ThenOf(x) is not null) || InRecently || InEvidence || InLatest || InFlags;

    public bool InStatus => Then?.Status != Now.Status;

    /// <summary>Whether it had other evidence: deeper or less deep, more or fewer pieces. What was not on the board had none to tell of.</summary>
    public bool InEvidence => Then is not null && Then.Evidence != Now.Evidence;

    /// <summary>Whether what spoke for it was other than now, whatever undercut it.</summary>
    public bool InSupport => Then is not null && Then.Evidence with { Undercutting = Now.Evidence.Undercutting } != Now.Evidence;

    /// <summary>Whether what it saw of late was told otherwise: elsewhere, or no differently from the whole.</summary>
    public bool InRecently => Then?.Recently is not null && Told(Then) != Told(Now);

    /// <summary>Whether the latest activity on record was another, or none.</summary>
    public bool InLatest => Then is not null && Then.LatestActivityOn != Now.LatestActivityOn;

    public bool InFlags => Then is not null && Then.Flags != Now.Flags;

    private static CommitmentStatus? Told(BoardEntry entry) => entry.Recently is { } recently && recently.Status != entry.Status ? recently.Status : null;

    /// <summary>Where it stood for a party, where that differs; null for nowhere else.</summary>
    public CommitmentStatus? ThenOf(string party) =>
        Then is not null && Then.ByParty.TryGetValue(party, out var then) && then.Status != Now.ByParty[party].Status ? then.Status : null;
}

/// <summary>From a day on, so many stood at each status.</summary>
/// <param name="Counts">By the status, in the rule's order.</param>
public sealed record CoursePoint(DateOnly From, ImmutableArray<int> Counts)
{
    private static readonly int Statuses = Enum.GetValues<CommitmentStatus>().Length;

    /// <summary>The days on which any of the commitments came to stand elsewhere, with how many stood where from then on.</summary>
    public static ImmutableArray<CoursePoint> Of(IEnumerable<Course> courses)
    {
        var moves = courses.SelectMany(x => x.Spans.Select((span, i) => (span.From, span.Status, Before: i == 0 ? (CommitmentStatus?)null : x.Spans[i - 1].Status)));
        var counts = new int[Statuses];
        var points = ImmutableArray.CreateBuilder<CoursePoint>();
        foreach (var day in moves.GroupBy(x => x.From).OrderBy(x => x.Key))
        {
            foreach (var (_, status, before) in day)
            {
                counts[(int)status]++;
                if (before is { } left) counts[(int)left]--;
            }

            points.Add(new CoursePoint(day.Key, [.. counts]));
        }

        return points.ToImmutable();
    }
}

/// <summary>A colour of the course, and the word for it: that of a restraint where restraints alone stood there.</summary>
public readonly record struct CourseWord(CommitmentStatus Status, string Word)
{
    public static ImmutableArray<CourseWord> AllOf(IEnumerable<(CommitmentType Type, Course Course)> courses)
    {
        var types = courses.SelectMany(x => x.Course.Spans.Select(span => (span.Status, x.Type))).ToLookup(x => x.Status, x => x.Type);
        return [.. StatusWords.InOrder.Where(types.Contains).Select(x => new CourseWord(x, StatusWords.OfAny(x, types[x])))];
    }
}
