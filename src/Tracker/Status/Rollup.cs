namespace Tracker.Status;

/// <summary>A board in numbers: a numerator and a denominator, never a bare percentage.</summary>
/// <param name="Commitments">How many are on the board: the denominator.</param>
/// <param name="WithConcreteAction">How many have seen concrete action, whatever their status: the numerator.</param>
/// <param name="ByStatus">How many stand at each status.</param>
public sealed record Rollup(int Commitments, int WithConcreteAction, StatusCounts ByStatus)
{
    public static Rollup Of(IEnumerable<Verdict> verdicts)
    {
        var counts = new int[Enum.GetValues<CommitmentStatus>().Length];
        var (commitments, concrete) = (0, 0);
        foreach (var verdict in verdicts)
        {
            commitments++;
            counts[(int)verdict.Status]++;
            if (verdict.ConcreteSinceBaseline)
                concrete++;
        }

        return new Rollup(commitments, concrete, StatusCounts.From(counts));
    }
}

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
