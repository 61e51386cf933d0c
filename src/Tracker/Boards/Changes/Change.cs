using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>What became different with one recording, told once: a line of the public change log.</summary>
/// <param name="Id">The recording's position, a dot, and a number within it. Give it as <c>after</c> for what came later.</param>
/// <param name="Position">The recording it came with.</param>
/// <param name="RecordedAt">When that was recorded.</param>
/// <param name="EffectiveOn">The day from which it holds, as known now.</param>
/// <param name="Commitment">The commitment concerned; null where it is about none.</param>
/// <param name="Party">The party whose part changed; null where it is the whole commitment's.</param>
/// <param name="From">The status told last; null where it was not on the board.</param>
/// <param name="To">The status now; null where it left the board, or where the status is not what changed.</param>
/// <param name="Evidence">What it rests on, or what was corrected or withdrawn.</param>
/// <param name="Late">Whether it held before the day of the recording.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record Change(
    string Id,
    long Position,
    DateTimeOffset RecordedAt,
    DateOnly EffectiveOn,
    ChangeKind Kind,
    string? Commitment,
    string? Party,
    CommitmentStatus? From,
    CommitmentStatus? To,
    ImmutableArray<string> Evidence,
    bool Late,
    string Text)
{
    /// <summary>What a correction changed, member by member, from what and to what; empty for other changes. An issued report has none of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Changed> Changed { get; init; }

    /// <summary>The day through which the record reached at its recording: of what came after that day it says nothing. An issued report has none of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? CoveredThrough { get; init; }

    /// <summary>Whether the record ended, at the recording, no more than the codebook's coverage days before that day. An issued report has none of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Current { get; init; }

    /// <summary>The day at which whatever speaks of time that passed was judged at the recording. An issued report has none of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? AsOf { get; init; }

    /// <summary>The changes that tell one fact have the same: those of a recording and a commitment, or all of an import. An issued report has none of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }
}

/// <summary>What kind of change it is.</summary>
public enum ChangeKind
{
    /// <summary>A commitment, or a party's part in it, stands elsewhere than was told last.</summary>
    StatusChanged,

    /// <summary>Something on the record was corrected, whether a status moved or not.</summary>
    Corrected,

    /// <summary>Something on the record was withdrawn, whether a status moved or not.</summary>
    Withdrawn,

    /// <summary>Something on the record that had been withdrawn was reinstated, whether a status moved or not.</summary>
    Reinstated,

    /// <summary>Its due date passed without delivery.</summary>
    BecameOverdue,

    /// <summary>Nothing has advanced it for longer than the codebook allows.</summary>
    BecameStale,

    /// <summary>It is not overdue any more: it was delivered, or its due date or what the record reaches to was corrected.</summary>
    NoLongerOverdue,

    /// <summary>It is not stale any more: something has advanced it since, or what the record reaches to was corrected.</summary>
    NoLongerStale,

    /// <summary>The record was stated to reach further, or is current again.</summary>
    Covered,

    /// <summary>The record is no longer current: it ends more than the codebook's coverage days ago.</summary>
    BecameUncovered,
}

/// <summary>A place in an agenda's change log: a recording, and a number within it.</summary>
public readonly record struct ChangeId(long Position, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}.{Number}");

    /// <summary>Reads an id. A position alone stands for the end of what was told with it. Null for anything else.</summary>
    public static ChangeId? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (!long.TryParse(dot < 0 ? text : text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return null;
        if (dot < 0) return new(position, int.MaxValue);
        return int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(position, number) : null;
    }
}
