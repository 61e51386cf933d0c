using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>The status of every commitment on an agenda, judged at one day, as known at one position, since one day.</summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
/// <param name="CoveredThrough">The day through which the record reaches, as of <paramref name="ValidAt"/>: of what came after, it says nothing.</param>
/// <param name="Current">Whether the record ends no more than the codebook's coverage days before <paramref name="ValidAt"/>.</param>
/// <param name="AsOf">The day at which whatever speaks of time that passed is judged: where the record ends, or the day asked about.</param>
/// <param name="DaysSince">Days from <paramref name="Since"/> to <paramref name="AsOf"/>; 0 where that lies before.</param>
/// <param name="Headline">The board in a sentence.</param>
/// <param name="Reviewed">Of the accepted evidence on these commitments, how much was reviewed here, and how much only by a bundle's own statement.</param>
/// <param name="PendingChanges">What would move accepted evidence, and waits for a second person: nothing here counts it.</param>
public sealed record Board(
    string Agenda,
    Baseline Baseline,
    DateOnly Since,
    DateOnly ValidAt,
    DateTimeOffset KnownAt,
    long Position,
    Codebook Codebook,
    DateOnly CoveredThrough,
    bool Current,
    DateOnly AsOf,
    int DaysSince,
    string Headline,
    BoardSummary Summary,
    ImmutableArray<BoardEntry> Commitments,
    PendingChanges PendingChanges,
    ReviewCounts Reviewed)
{
    /// <summary>The agenda as it was known then; shown around a board, not part of it.</summary>
    [JsonIgnore]
    public Agenda? About { get; init; }

    /// <summary>The slug of the milestone that it counts from, where it was asked for by that: two may be of one day.</summary>
    [JsonIgnore]
    public string? Milestone { get; init; }

    /// <summary>Whether it is of the day on which the record ends because it was asked for as of now: then it speaks of a record that ended.</summary>
    [JsonIgnore]
    public bool Ended { get; init; }

    /// <summary>The position that it was asked for as known at, whatever was recorded since; null where it is as known now.</summary>
    [JsonIgnore]
    public long? AsKnownAt { get; init; }

    /// <summary>Whether the record reaches no further than its day and is current: if nothing more is recorded, the same day is told as its end later.</summary>
    [JsonIgnore]
    public bool MayYetEnd { get; init; }

    [JsonIgnore]
    public RecordEnding Ending => new(Ended, !Current);

    /// <summary>The day on which the record ends, where the board is of that day or reaches beyond it; null where the record is current on the board's day.</summary>
    [JsonIgnore]
    public DateOnly? EndsOn => Ending.On(CoveredThrough);
}

/// <summary>How much accepted evidence was reviewed here, and how much is only stated to have been, by the bundle that brought it.</summary>
/// <param name="StatedOnly">The ids of the latter, by commitment.</param>
public sealed record ReviewCounts(int Here, int Stated, ImmutableSortedDictionary<string, ImmutableArray<string>> StatedOnly)
{
    public static ReviewCounts None { get; } = new(0, 0, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
}

/// <summary>One commitment on a board: what it is, what the rule says of it, and why.</summary>
/// <param name="Parties">How many of its parties have taken concrete action: one party's act is not all parties'.</param>
public sealed record BoardEntry(
    string Slug,
    string Title,
    CommitmentType Type,
    CommitmentStatus Status,
    bool ConcreteSinceBaseline,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] PartyCounts Parties,
    Recently? Recently,
    Flags Flags,
    EvidenceCounts Evidence,
    DateOnly? FirstConcreteOn,
    DateOnly? LatestConcreteOn,
    DateOnly? LatestActivityOn,
    Because Because,
    ImmutableSortedDictionary<string, PartyVerdict> ByParty)
{
    /// <summary>What it is filed under; boards are filtered by it, and do not tell it.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The days that are said beside its verdict; not part of a board as data. Null in one that was not judged here.</summary>
    [JsonIgnore]
    public VerdictDays? Days { get; init; }

    /// <summary>Whether the record tells of no day that counts for it: then there is nothing to count.</summary>
    [JsonIgnore]
    public bool IsUncovered => Days is { IsUncovered: true };

    /// <summary>Whether the latest activity was on the very day, and not only by it.</summary>
    [JsonIgnore]
    public bool LatestIsToTheDay => LatestActivityOn is not null && Days?.LatestFrom == LatestActivityOn;

    /// <summary>How many of its parties acted against it, at whatever depth counts as that: of a restraint, breached it.</summary>
    [JsonIgnore]
    public int Breaching => ByParty.Values.Count(x => x.Status is CommitmentStatus.Undercut || !x.Because.Undercutting.IsDefaultOrEmpty);

    /// <summary>How many of its parties have the very status that it has itself.</summary>
    [JsonIgnore]
    public int Same => ByParty.Values.Count(x => x.Status == Status);

    /// <summary>Whether none of the parties that delivered took it back, but another's act went against it.</summary>
    [JsonIgnore]
    public bool IsReversedByAnother => Status is CommitmentStatus.Reversed && ByParty.Count > 1 && Same == 0 && ByParty.Values.Any(x => x.Delivered);

    /// <summary>The same commitment where it and its parties stand elsewhere, as on a board before: what is counted by party, and nothing else.</summary>
    public BoardEntry Standing(CommitmentStatus status, ImmutableSortedDictionary<string, PartyVerdict> byParty) => this with
    {
        Status = status,
        ConcreteSinceBaseline = status.IsConcrete(),
        ByParty = byParty.ToImmutableSortedDictionary(
            x => x.Key, x => x.Value with { ConcreteSinceBaseline = x.Value.Status.IsConcrete(), Delivered = x.Value.Status is CommitmentStatus.Delivered or CommitmentStatus.Reversed }, StringComparer.Ordinal),
        Parties = new PartyCounts(byParty.Count, byParty.Count(x => x.Value.Status.IsConcrete())),
    };

    public static BoardEntry Of(string slug, string title, CommitmentType type, Verdict verdict) => new(
        slug, title, type, verdict.Status, verdict.ConcreteSinceBaseline, verdict.PartyCounts, verdict.Recently, verdict.Flags, verdict.Evidence,
        verdict.FirstConcreteOn, verdict.LatestConcreteOn, verdict.LatestActivityOn, verdict.Because, verdict.ByParty)
    { Days = verdict.Days };
}
