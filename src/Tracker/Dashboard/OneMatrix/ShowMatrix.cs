using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneMatrix;

/// <summary>Every party on every commitment of an agenda, for people.</summary>
public static class ShowMatrixEndpoint
{
    [WolverineGet("/agendas/{a}/matrix"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "sort", "commitment")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var order, refusal) = MatrixOrder.Of(request);
        if (order is null) return refusal!.AsPage(request.Path);
        (var board, refusal) = await boards.ReadAsync(a, asked.Read, ct);
        return board is null
            ? refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null)
            : new PageAnswer<MatrixPage>(200, board.Position, new()
            {
                [nameof(MatrixPage.Matrix)] = Matrix.Of(board),
                [nameof(MatrixPage.Order)] = order,
                [nameof(MatrixPage.Asked)] = asked,
            });
    }
}
