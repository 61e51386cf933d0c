using Microsoft.AspNetCore.RateLimiting;
using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Embeds;

/// <summary>
/// Where each party stands on each commitment, as a picture that stands for itself: it says which agenda and day, where the record ends, and what its
/// colours and shapes mean.
/// </summary>
public static class ReadMatrixPictureEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/matrix.png"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("readMatrixAsPicture", "Where each party stands on each commitment, as a picture", Gives = typeof(string), Media = "image/png", Asks = Asks.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, [NotBody] BoardPictures pictures, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var board, refusal) = await boards.ReadAsync(a, read with { ToRecordEnd = true }, ct);
        if (board is null) return refusal!.Answered();
        // A browser that opens a picture by itself sets it in a page of its own, with a style of its own.
        request.HttpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return new ReadAnswer(await pictures.OfAsync(Matrix.Of(board), ct), board.Position, board.Position) { Media = "image/png", IsShownElsewhere = true, DependsOnToday = board.MayYetEnd };
    }
}
