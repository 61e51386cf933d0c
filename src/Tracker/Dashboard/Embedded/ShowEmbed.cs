using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.Embedded;

/// <summary>A board in a frame of another site: the one page that may be.</summary>
public static class ShowEmbedEndpoint
{
    [WolverineGet("/embed/agendas/{a}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.Framed();
        (var board, refusal) = await boards.ReadAsync(a, asked.Read, ct);
        return board is null
            ? refusal!.Framed()
            : new PageAnswer<EmbedPage>(200, board.Position, new() { [nameof(EmbedPage.Board)] = board, [nameof(EmbedPage.Asked)] = asked }) { IsFramed = true };
    }
}
