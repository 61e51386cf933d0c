using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>The status of every commitment on an agenda, judged at one day, as known at one position, since one day.</summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
/// <param name="DaysSince">Days from <paramref name="Since"/> to <paramref name="ValidAt"/>.</param>
public sealed record Board(
    string Agenda,
    Baseline Baseline,
    DateOnly Since,
    DateOnly ValidAt,
    DateTimeOffset KnownAt,
    long Position,
    Codebook Codebook,
    int DaysSince,
    Rollup Summary,
    ImmutableArray<BoardEntry> Commitments)
{
    /// <summary>The agenda as it was known then; shown around a board, not part of it.</summary>
    [JsonIgnore]
    public Agenda? About { get; init; }
}

/// <summary>One commitment on a board: what it is, what the rule says of it, and why.</summary>
public sealed record BoardEntry(
    string Slug,
    string Title,
    CommitmentType Type,
    CommitmentStatus Status,
    bool ConcreteSinceBaseline,
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

    public static BoardEntry Of(string slug, string title, CommitmentType type, Verdict verdict) => new(
        slug, title, type, verdict.Status, verdict.ConcreteSinceBaseline, verdict.Recently, verdict.Flags, verdict.Evidence,
        verdict.FirstConcreteOn, verdict.LatestConcreteOn, verdict.LatestActivityOn, verdict.Because, verdict.ByParty);
}
