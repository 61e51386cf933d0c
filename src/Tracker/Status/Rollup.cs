using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tracker.Status;

/// <summary>Commitments in numbers: a numerator and a denominator, never a bare percentage.</summary>
/// <param name="Commitments">How many are on the board: the denominator.</param>
/// <param name="WithConcreteAction">How many have seen concrete action, whatever their status: the numerator.</param>
/// <param name="ByStatus">How many stand at each status.</param>
public sealed record Rollup(int Commitments, int WithConcreteAction, StatusCounts ByStatus)
{
    internal static Rollup Count(IEnumerable<(CommitmentStatus Status, bool Concrete)> standings)
    {
        var counts = new int[Enum.GetValues<CommitmentStatus>().Length];
        var (all, concrete) = (0, 0);
        foreach (var standing in standings)
        {
            all++;
            counts[(int)standing.Status]++;
            if (standing.Concrete)
                concrete++;
        }

        return new Rollup(all, concrete, StatusCounts.From(counts));
    }
}

/// <summary>A board in numbers: by commitment, by cell, and by party.</summary>
/// <param name="Commitments">How many commitments are on the board.</param>
/// <param name="WithConcreteAction">How many of them have seen concrete action, whoever's it was.</param>
/// <param name="ByStatus">How many commitments stand at each status.</param>
/// <param name="Cells">Each commitment × one of its parties: one party's act is not all parties'.</param>
/// <param name="ByParty">Each party's row of counts, by code in ordinal order: of the commitments it made, by its own part in them.</param>
public sealed record BoardSummary(int Commitments, int WithConcreteAction, StatusCounts ByStatus, CellCounts Cells, ImmutableSortedDictionary<string, Rollup> ByParty)
{
    // Read back from JSON it would be in the order of whatever culture the server has.
    public ImmutableSortedDictionary<string, Rollup> ByParty { get; init; } = ByParty.WithComparers(StringComparer.Ordinal);

    /// <summary>The commitments alone.</summary>
    [JsonIgnore]
    public Rollup Overall => new(Commitments, WithConcreteAction, ByStatus);

    /// <summary>Whether the cells are told before the commitments: with more than two parties, one's act is not all parties'.</summary>
    [JsonIgnore]
    public bool LeadsByCell => Math.Max(Parties, ByParty.Count) > 2;

    /// <summary>How many parties the agenda has, whether or not they made anything that is on the board.</summary>
    [JsonIgnore]
    public int Parties { get; init; }

    /// <summary>What is told first: the cells where they lead, else the commitments.</summary>
    [JsonIgnore]
    public Rollup Leading => LeadsByCell ? new(Cells.Of, Cells.WithConcreteAction, Cells.ByStatus) : Overall;

    public static BoardSummary Count(IReadOnlyCollection<Verdict> verdicts)
    {
        var overall = Rollup.Count(verdicts.Select(x => (x.Status, x.ConcreteSinceBaseline)));
        var cells = verdicts.SelectMany(x => x.ByParty).ToList();
        var all = Rollup.Count(cells.Select(x => (x.Value.Status, x.Value.ConcreteSinceBaseline)));
        return new BoardSummary(overall.Commitments, overall.WithConcreteAction, overall.ByStatus, new CellCounts(all.Commitments, all.WithConcreteAction, all.ByStatus),
            cells.GroupBy(x => x.Key, StringComparer.Ordinal).ToImmutableSortedDictionary(
                x => x.Key, x => Rollup.Count(x.Select(cell => (cell.Value.Status, cell.Value.ConcreteSinceBaseline))), StringComparer.Ordinal));
    }
}

/// <summary>The cells of a board, each a commitment × one of its parties with that party's verdict.</summary>
/// <param name="Of">How many cells there are: the denominator.</param>
/// <param name="WithConcreteAction">In how many the party has taken concrete action.</param>
/// <param name="ByStatus">How many cells stand at each status.</param>
public sealed record CellCounts(int Of, int WithConcreteAction, StatusCounts ByStatus);

/// <summary>How many of a commitment's parties have taken concrete action: "1 of 20 parties".</summary>
/// <param name="Of">How many parties the commitment has.</param>
/// <param name="WithConcreteAction">How many of them have taken concrete action.</param>
public sealed record PartyCounts(int Of, int WithConcreteAction);

/// <summary>How many commitments stand at each status: every status, in the rule's order, zero where there is none.</summary>
public sealed record StatusCounts(
    int Reversed,
    int Delivered,
    int Contested,
    int ConcreteAction,
    int Undercut,
    int Partial,
    int DialogueOnly,
    int WordsOnly,
    int NoneFound,
    int NotYetRated)
{
    public static StatusCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How many stand at a status.</summary>
    public int At(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Reversed => Reversed,
        CommitmentStatus.Delivered => Delivered,
        CommitmentStatus.Contested => Contested,
        CommitmentStatus.ConcreteAction => ConcreteAction,
        CommitmentStatus.Undercut => Undercut,
        CommitmentStatus.Partial => Partial,
        CommitmentStatus.DialogueOnly => DialogueOnly,
        CommitmentStatus.WordsOnly => WordsOnly,
        CommitmentStatus.NoneFound => NoneFound,
        _ => NotYetRated,
    };

    internal static StatusCounts From(int[] counts) => new(
        counts[(int)CommitmentStatus.Reversed],
        counts[(int)CommitmentStatus.Delivered],
        counts[(int)CommitmentStatus.Contested],
        counts[(int)CommitmentStatus.ConcreteAction],
        counts[(int)CommitmentStatus.Undercut],
        counts[(int)CommitmentStatus.Partial],
        counts[(int)CommitmentStatus.DialogueOnly],
        counts[(int)CommitmentStatus.WordsOnly],
        counts[(int)CommitmentStatus.NoneFound],
        counts[(int)CommitmentStatus.NotYetRated]);
}
