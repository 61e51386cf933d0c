using System.Text;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Matrices;

/// <summary>Who of the parties has taken concrete action on which commitment?</summary>
public static class ReadMatrixEndpoints
{
    /// <summary>
    /// The board as a table: <c>cells[i][j]</c> is of <c>parties[i]</c> and <c>commitments[j]</c>, with that party's own status, whether it took concrete
    /// action, and how much evidence of its action there is, by depth; null where the party did not make the commitment.
    /// </summary>
    [WolverineGet("/api/v1/agendas/{a}/matrix"), Needs(Right.Read)]
    [Operation("readMatrix", "Where each party stands on each commitment", Gives = typeof(Matrix), Asks = Asks.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (matrix, refusal) = await ReadAsync(a, request, boards, ct);
        return matrix is null ? refusal!.Answered() : ReadAnswer.Of(matrix, matrix.Position, matrix.Position);
    }

    /// <summary>One row for each party with its status on each commitment, in a column headed by the commitment's slug; empty where the party did not make it.</summary>
    [WolverineGet("/api/v1/agendas/{a}/matrix.csv"), Needs(Right.Read)]
    [Operation("readMatrixAsCsv", "Where each party stands on each commitment, for a spreadsheet", Gives = typeof(string), Media = "text/csv", Asks = Asks.Read)]
    public static async Task<IResult> Csv(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (matrix, refusal) = await ReadAsync(a, request, boards, ct);
        if (matrix is null) return refusal!.Answered();
        request.HttpContext.Response.Headers.ContentDisposition = $"attachment; filename={a}-matrix-{Days.Text(matrix.ValidAt)}.csv";
        return new ReadAnswer(Encoding.UTF8.GetBytes(MatrixText.Csv(matrix)), matrix.Position, matrix.Position) { Media = "text/csv; charset=utf-8" };
    }

    private static async Task<(Matrix? Matrix, Refusal? Refusal)> ReadAsync(string agenda, HttpRequest request, BoardReader boards, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return (null, refusal);
        (var board, refusal) = await boards.ReadAsync(agenda, read, ct);
        return board is null ? (null, refusal) : (Matrix.Of(board), null);
    }
}
