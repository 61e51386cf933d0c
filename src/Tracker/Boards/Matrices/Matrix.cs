using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Boards.Matrices;

/// <summary>
/// A board as a table of parties × commitments: one row for each party of the agenda, one column for each commitment on the board, and in each cell
/// what the rule says of that party's own part in that commitment.
/// </summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="Since">The day counted from: evidence counts from the day after it.</param>
/// <param name="ValidAt">The day asked about.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
/// <param name="CoveredThrough">The day through which the record reaches, as of <paramref name="ValidAt"/>: of what came after, it says nothing.</param>
/// <param name="Current">Whether the record ends no more than the codebook's coverage days before <paramref name="ValidAt"/>.</param>
/// <param name="AsOf">The day at which whatever speaks of time that passed is judged: where the record ends, or the day asked about.</param>
/// <param name="DaysSince">Days from <paramref name="Since"/> to <paramref name="AsOf"/>.</param>
/// <param name="Headline">The board in a sentence.</param>
/// <param name="Summary">The board in numbers: as on the board.</param>
/// <param name="Parties">The rows: the codes of all parties of the agenda, in its order.</param>
/// <param name="Commitments">The columns: the slugs of the commitments on the board, in ordinal order.</param>
/// <param name="Cells"><c>cells[i][j]</c> is of <c>parties[i]</c> and <c>commitments[j]</c>; null where that party did not make that commitment.</param>
/// <param name="RowCounts">Of each row, in the order of <paramref name="Parties"/>: on how many of the commitments it made the party has taken concrete action.</param>
/// <param name="ColumnCounts">Of each column, in the order of <paramref name="Commitments"/>: how many of its parties have taken concrete action.</param>
public sealed record Matrix(
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
    ImmutableArray<string> Parties,
    ImmutableArray<string> Commitments,
    ImmutableArray<ImmutableArray<MatrixCell?>> Cells,
    ImmutableArray<MatrixCount> RowCounts,
    ImmutableArray<MatrixCount> ColumnCounts)
{
    /// <summary>The board that this is a table of; shown around the table, not part of it.</summary>
    [JsonIgnore]
    public Board Board { get; init; } = null!;

    public static Matrix Of(Board board)
    {
        // In the agenda's own order; whoever is on the board and in the agenda no more comes last.
        var parties = board.About!.Parties.Select(x => x.Code).Union(board.Summary.ByParty.Keys, StringComparer.Ordinal).ToImmutableArray();
        return new Matrix(
            board.Agenda, board.Baseline, board.Since, board.ValidAt, board.KnownAt, board.Position, board.Codebook, board.CoveredThrough, board.Current, board.AsOf, board.DaysSince,
            board.Headline, board.Summary, parties, [.. board.Commitments.Select(x => x.Slug)],
            [.. parties.Select(party => board.Commitments.Select(x => x.ByParty.TryGetValue(party, out var verdict) ? MatrixCell.Of(verdict) : (MatrixCell?)null).ToImmutableArray())],
            [.. parties.Select(party => board.Summary.ByParty.TryGetValue(party, out var row) ? new MatrixCount(row.Commitments, row.WithConcreteAction) : new MatrixCount(0, 0))],
            [.. board.Commitments.Select(x => new MatrixCount(x.Parties.Of, x.Parties.WithConcreteAction))])
        { Board = board };
    }
}

/// <summary>What the rule says of one party's own part in one commitment.</summary>
/// <param name="Status">The row of the rule that held, over only the evidence of this party's action; searches count for all.</param>
/// <param name="ConcreteSinceBaseline">Whether this party took concrete action in the window.</param>
/// <param name="Evidence">How much evidence of this party's action is in the window, by depth.</param>
public readonly record struct MatrixCell(CommitmentStatus Status, bool ConcreteSinceBaseline, EvidenceCounts Evidence)
{
    internal static MatrixCell Of(PartyVerdict verdict) => new(verdict.Status, verdict.ConcreteSinceBaseline, verdict.Evidence);
}

/// <summary>The cells of one row or one column in numbers: a numerator and a denominator.</summary>
/// <param name="Of">How many cells it has: of commitments that the party made, or of parties that made the commitment.</param>
/// <param name="WithConcreteAction">In how many of them the party has taken concrete action.</param>
public sealed record MatrixCount(int Of, int WithConcreteAction);
