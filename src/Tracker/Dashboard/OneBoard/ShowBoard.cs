using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneBoard;

/// <summary>The board of an agenda, for people.</summary>
public static class ShowBoardEndpoint
{
    [WolverineGet("/agendas/{a}"), Needs(Right.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var board, refusal) = await boards.ReadAsync(a, asked.Read, ct);
        return board is null
            ? refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null)
            : new PageAnswer<BoardPage>(200, board.Position, new() { [nameof(BoardPage.Board)] = board, [nameof(BoardPage.Asked)] = asked });
    }
}
