using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneMatrix;

/// <summary>Every party on every commitment of an agenda, for people.</summary>
public static class ShowMatrixEndpoint
{
    [WolverineGet("/agendas/{a}/matrix"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "sort", "commitment", "page", "rows")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var order, refusal) = MatrixOrder.Of(request);
        if (order is null) return refusal!.AsPage(request.Path);
        (var page, refusal) = Part.Asked(request);
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var rows, refusal) = Part.Asked(request, "rows");
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var material, refusal) = await boards.GatherAsync(a, asked.Read, onlyCommitment: null, ct);
        if (material is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        if (!IsKnown(material)) return Refuse.NotFound("commitment", order.Commitment!).AsPage(request.Path);
        var matrix = Matrix.Of(material.Judged());
        return new PageAnswer<MatrixPage>(200, material.Moment.Position, new()
        {
            [nameof(MatrixPage.Matrix)] = matrix,
            [nameof(MatrixPage.Order)] = order,
            [nameof(MatrixPage.Shown)] = MatrixPart.Of(matrix, order, page, rows),
            [nameof(MatrixPage.Asked)] = asked,
        });

        bool IsKnown(BoardReader.Material it) => order.Commitment is null || it.Promises.Any(x => x.Promise.Slug == order.Commitment);
    }
}
