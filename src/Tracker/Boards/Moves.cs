using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Commitments;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>
/// What moved between two boards, found by comparing them and never from what was recorded in between: statuses and flags also move with the day
/// asked about, with what the record covers, and with the day counted from.
/// </summary>
public static class Moves
{
    /// <summary>
    /// Everything that differs, by commitment; for each, what concerns the whole commitment comes first, then its parties in ordinal order. Of a
    /// commitment that came or left, nothing else is told.
    /// </summary>
    public static ImmutableArray<Move> Between(Board before, Board now)
    {
        var was = before.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        var isNow = now.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        return [.. was.Keys.Union(isNow.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).SelectMany(x => Of(was.GetValueOrDefault(x), isNow.GetValueOrDefault(x)))];
    }

    private static IEnumerable<Move> Of(BoardEntry? was, BoardEntry? now)
    {
        var it = (now ?? was)!;
        if (was is null || now is null)
        {
            yield return Move(now is null ? MoveKind.Left : MoveKind.Appeared, null, was?.Status, now?.Status);
            yield break;
        }

        if (was.Status != now.Status) yield return Move(MoveKind.StatusChanged, null, was.Status, now.Status);
        foreach (var (flag, before, after) in Flagged(was.Flags, now.Flags))
            if (before != after) yield return Move(after ? MoveKind.FlagRaised : MoveKind.FlagCleared) with { Flag = flag };
        if (was.Flags.PendingReview != now.Flags.PendingReview)
            yield return Move(MoveKind.PendingReviewChanged) with { PendingBefore = was.Flags.PendingReview, PendingNow = now.Flags.PendingReview };
        foreach (var party in was.ByParty.Keys.Union(now.ByParty.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (from, to) = (was.ByParty.GetValueOrDefault(party)?.Status, now.ByParty.GetValueOrDefault(party)?.Status);
            if (from != to) yield return Move(from is null ? MoveKind.Appeared : to is null ? MoveKind.Left : MoveKind.StatusChanged, party, from, to);
        }

        Move Move(MoveKind kind, string? party = null, CommitmentStatus? from = null, CommitmentStatus? to = null) => new(it.Slug, it.Title, it.Type, kind, party, from, to)
        {
            SearchedThrough = to is CommitmentStatus.NoneFound ? now?.Because.LastSearchedThrough : from is CommitmentStatus.NoneFound ? was?.Because.LastSearchedThrough : null,
        };
    }

    private static IEnumerable<(FlagKind Flag, bool Before, bool After)> Flagged(Flags was, Flags now) =>
        [(FlagKind.Overdue, was.Overdue, now.Overdue), (FlagKind.Late, was.Late, now.Late), (FlagKind.Stale, was.Stale, now.Stale)];
}

/// <summary>One thing that differs between two boards.</summary>
/// <param name="Commitment">The commitment's slug.</param>
/// <param name="Title">What it is called on the later board, or on the earlier one where it is only there.</param>
/// <param name="Party">The party whose part moved; null where it is the whole commitment's.</param>
/// <param name="From">The status on the earlier board; null where it was not on it, or where no status moved.</param>
/// <param name="To">The status on the later board; null where it is not on it, or where no status moved.</param>
public sealed record Move(string Commitment, string Title, CommitmentType Type, MoveKind Kind, string? Party, CommitmentStatus? From, CommitmentStatus? To)
{
    /// <summary>Of a status that a search found nothing for, then or now: the day searched through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? SearchedThrough { get; init; }

    /// <summary>The flag that was raised or cleared; null where none was.</summary>
    public FlagKind? Flag { get; init; }

    /// <summary>How many pieces of evidence waited for review on the earlier board; null where their number is the same.</summary>
    public int? PendingBefore { get; init; }

    /// <summary>How many pieces of evidence wait for review on the later board; null where their number is the same.</summary>
    public int? PendingNow { get; init; }
}

/// <summary>What kind of difference it is.</summary>
public enum MoveKind
{
    /// <summary>The commitment, or the party's part in it, is on the later board only.</summary>
    Appeared,

    /// <summary>The commitment, or the party's part in it, is on the earlier board only.</summary>
    Left,

    /// <summary>It stands at another status.</summary>
    StatusChanged,

    /// <summary>A flag stands on the later board only.</summary>
    FlagRaised,

    /// <summary>A flag stood on the earlier board only.</summary>
    FlagCleared,

    /// <summary>Another number of pieces of evidence waits for review.</summary>
    PendingReviewChanged,
}

/// <summary>A flag that stands or does not.</summary>
public enum FlagKind
{
    /// <summary>The due date has passed and it is not delivered.</summary>
    Overdue,

    /// <summary>It was delivered, first after its due date.</summary>
    Late,

    /// <summary>It is continuing, and nothing has advanced it for more than the codebook's stale-after days.</summary>
    Stale,
}
