using Tracker.Boards.Matrices;
using Tracker.Dashboard.Frame;

namespace Tracker.Dashboard.OneMatrix;

/// <summary>What a page shows of a matrix: as many rows and columns as it has room for.</summary>
/// <param name="Rows">The parties shown, by their places in the matrix, in the order asked for.</param>
/// <param name="Columns">The commitments shown, by their places in the matrix.</param>
public sealed record MatrixPart(Part<int> Rows, Part<int> Columns)
{
    private const int MostRows = 40;
    private const int MostCells = 400;

    public static MatrixPart Of(Matrix matrix, MatrixOrder order, int page, int rows)
    {
        var shown = Part.Create(order.RowsOf(matrix), rows, _ => 1, MostRows);
        int[] columns = [.. Enumerable.Range(0, matrix.Commitments.Length)];
        return new MatrixPart(shown, Part.Create(columns, page, _ => 1, MostCells / Math.Clamp(matrix.Parties.Length, 4, MostRows)));
    }

    /// <summary>As a query, to stand behind that of the day and order.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Query(int page, int rows) => Part.Query(page).Concat(Part.Query(rows, "rows"));
}
