using System.Collections.Immutable;
using Tracker.Boards.Matrices;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.OneMatrix;

/// <summary>In which order the parties of a matrix stand. All of it stands in the address.</summary>
/// <param name="Sort">A word of <see cref="All"/>.</param>
/// <param name="Commitment">The commitment by whose statuses they stand, where <paramref name="Sort"/> is <see cref="ByCommitment"/>.</param>
public sealed record MatrixOrder(string Sort, string? Commitment)
{
    /// <summary>As the agenda lists them.</summary>
    public const string ByRecord = "record";
    public const string ByName = "name";

    /// <summary>Those with concrete action on the most commitments first.</summary>
    public const string ByCount = "count";

    /// <summary>By where each stands on one commitment, in the rule's order; who did not make it comes last.</summary>
    public const string ByCommitment = "commitment";

    public static ImmutableArray<string> All { get; } = [ByRecord, ByName, ByCount, ByCommitment];

    public static MatrixOrder Default { get; } = new(ByRecord, null);

    public static (MatrixOrder? Order, Refusal? Refusal) Of(HttpRequest request)
    {
        var (sort, commitment) = (request.Given("sort"), request.Given("commitment"));
        if (commitment is not null && !Slug.IsValid(commitment)) return (null, Refuse.Unreadable("'commitment' must be a commitment's slug.", "commitment"));
        sort ??= commitment is null ? ByRecord : ByCommitment;
        return !All.Contains(sort, StringComparer.Ordinal) || (sort == ByCommitment) != (commitment is not null)
            ? (null, Refuse.Unreadable($"'sort' must be one of {string.Join(", ", All)}; 'commitment' says of which, and nothing else takes it.", "sort"))
            : (new MatrixOrder(sort, commitment), null);
    }

    /// <summary>The rows of a matrix, by their places in it, in this order. A commitment that is not on the board orders nothing.</summary>
    public ImmutableArray<int> RowsOf(Matrix matrix)
    {
        var names = matrix.Board.About!.Parties.ToDictionary(x => x.Code, x => x.Name, StringComparer.Ordinal);
        var rows = Enumerable.Range(0, matrix.Parties.Length);
        var column = Commitment is null ? -1 : matrix.Commitments.IndexOf(Commitment);
        return [.. Sort switch
        {
            ByName => rows.OrderBy(i => names.GetValueOrDefault(matrix.Parties[i], matrix.Parties[i]), StringComparer.Create(Texts.Culture, ignoreCase: true)),
            ByCount => rows.OrderByDescending(i => matrix.RowCounts[i].WithConcreteAction).ThenBy(i => matrix.RowCounts[i].Of),
            ByCommitment when column >= 0 => rows.OrderBy(i => matrix.Cells[i][column] is { } cell ? (int)cell.Status : int.MaxValue),
            _ => rows,
        }];
    }

    /// <summary>As a query, to stand behind that of the day and moment.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query()
    {
        if (Sort is ByName or ByCount) yield return new("sort", Sort);
        if (Commitment is not null) yield return new("commitment", Commitment);
    }
}
