using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Boards.Timelines;

/// <summary>How each commitment on the board came to its status: where it stood from which day on, and the evidence on its dates.</summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="CoveredThrough">The day through which the record reaches: of what came after, it says nothing.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
/// <param name="Commitments">By slug.</param>
public sealed record Timeline(
    string Agenda,
    Baseline Baseline,
    ImmutableArray<Milestone> Milestones,
    DateOnly Since,
    DateOnly ValidAt,
    DateOnly CoveredThrough,
    DateTimeOffset KnownAt,
    long Position,
    ImmutableArray<Lane> Commitments)
{
    /// <summary>What to give as <c>after</c> for the next part; absent at the end, and where all of it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }

    /// <summary>The agenda as it was known then; shown around a timeline, not part of it.</summary>
    [JsonIgnore]
    public Agenda? About { get; init; }

    [JsonIgnore]
    public RecordEnding Ending { get; init; }

    /// <summary>The day on which the record ends, on or before the day asked about; null where it is current.</summary>
    [JsonIgnore]
    public DateOnly? End => Ending.On(CoveredThrough);

    /// <summary>The day at which what is overdue or stale is judged: by the first version of the rule, the day asked about, however far the record reaches.</summary>
    [JsonIgnore]
    public DateOnly AsOf => About?.Codebook.Version == Codebook.DepthLadder1 ? ValidAt : CoveredThrough;
}

/// <summary>One commitment's course.</summary>
/// <param name="After">Evidence counts from the day after this one: the later of the day asked since and the day it was made.</param>
/// <param name="Bar">The depth from which action is concrete.</param>
/// <param name="DueOn">When it was to be done, as precisely as was said.</param>
/// <param name="Spans">
/// From which day it stood where, each until the next; the last until the day asked about. None where that day lies before the day
/// asked since.
/// </param>
/// <param name="Overdue">The days on record on which it was overdue.</param>
/// <param name="Stale">The days on record on which it was stale.</param>
/// <param name="SearchedThrough">The days in the window through which someone searched and found nothing.</param>
/// <param name="Marks">The accepted evidence in the window, or reaching over an edge of it, in the order in which it happened.</param>
public sealed record Lane(
    string Slug,
    string Title,
    CommitmentType Type,
    DateOnly After,
    Depth Bar,
    FuzzyDate? DueOn,
    ImmutableArray<StatusSpan> Spans,
    ImmutableArray<FlagSpan> Overdue,
    ImmutableArray<FlagSpan> Stale,
    ImmutableArray<DateOnly> SearchedThrough,
    ImmutableArray<Mark> Marks)
{
    /// <summary>Where it stands on the board of the day asked about; shown beside its lane. Null on the timeline of one party.</summary>
    [JsonIgnore]
    public BoardEntry? Entry { get; init; }

    /// <summary>The lane of a commitment that is on the board.</summary>
    /// <param name="findings">All its evidence, in any order and state.</param>
    /// <param name="activities">What each piece of evidence is about, by the evidence's id.</param>
    public static Lane Of(
        Promise promise,
        string title,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<DateOnly> searches,
        Func<string, ActivityNamed> activities,
        DateOnly since,
        DateOnly validAt,
        Codebook codebook,
        RecordCoverage coverage)
    {
        var course = Course.Follow(promise, findings, searches, since, validAt, codebook, coverage);
        var after = since > promise.MadeOn ? since : promise.MadeOn;
        return new Lane(promise.Slug, title, promise.Type, after, promise.Bar ?? codebook.Bar, promise.DueOn, course.Spans, OnRecord(course.Overdue), OnRecord(course.Stale),
            [.. searches.Where(day => after < day && day <= validAt).Distinct().Order()],
        [
            .. findings
                .Where(x => x is { State: EvidenceState.Accepted, ActivityWithdrawn: false } && after < validAt && x.Earliest <= validAt && x.Latest > after)
                .OrderBy(x => x.Earliest).ThenBy(x => x.Latest).ThenBy(x => x.Id, StringComparer.Ordinal)
                .Select(x => Mark.Of(x, activities(x.Id), counts: x.Earliest > after && x.Latest <= validAt)),
        ]);

        // A board of a later day is still judged where the record ends: the flag stands on it, and no day is known to have been one of delay.
        ImmutableArray<FlagSpan> OnRecord(ImmutableArray<FlagSpan> spans) => codebook.Version == Codebook.DepthLadder1 || coverage.Through(validAt) is var end && end >= validAt
            ? spans
            : [.. spans.Where(x => x.From <= end).Select(x => x.Through <= end ? x : x with { Through = end })];
    }
}

/// <summary>A piece of evidence on its dates.</summary>
/// <param name="Activity">The activity's slug.</param>
/// <param name="Title">The activity's title.</param>
/// <param name="Evidence">The evidence's id.</param>
/// <param name="Earliest">The first day it can have happened.</param>
/// <param name="Latest">The last day it can have happened; it counts from then on.</param>
/// <param name="Counts">Whether it is in the window; false where its dates reach over an edge.</param>
/// <param name="Parties">Whose action it was.</param>
public sealed record Mark(
    string Activity,
    string Title,
    string Evidence,
    DateOnly Earliest,
    DateOnly Latest,
    Depth Depth,
    Direction Direction,
    bool Counts,
    ImmutableArray<string> Parties)
{
    internal static Mark Of(Finding finding, ActivityNamed activity, bool counts) => new(
        activity.Slug, activity.Title, finding.Id, finding.Earliest, finding.Latest, finding.Depth, finding.Direction, counts, finding.Parties);
}

/// <summary>An activity by its names.</summary>
public sealed record ActivityNamed(string Slug, string Title);
