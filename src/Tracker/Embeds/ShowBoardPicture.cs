using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Caching.Memory;
using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Embeds;

/// <summary>The picture that other sites show for a link to a board.</summary>
public static class ShowBoardPictureEndpoint
{
    [WolverineGet("/agendas/{a}/board.png"), Needs(Right.Read), EnableRateLimiting(Costly.Policy), PageQuery("validAt", "knownAt", "since", "atLeast")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, [NotBody] BoardPictures pictures, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var board, refusal) = await boards.ReadAsync(a, read with { ToRecordEnd = true }, ct);
        if (board is null) return refusal!.Answered();
        // A browser that opens a picture by itself sets it in a page of its own, with a style of its own.
        request.HttpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return new ReadAnswer(await pictures.OfAsync(board, ct), board.Position, board.Position) { Media = "image/png", IsShownElsewhere = true, DependsOnToday = board.MayYetEnd };
    }
}

/// <summary>Pictures of boards and matrices that were drawn lately. That of one board is the same for ever.</summary>
public sealed class BoardPictures : IDisposable
{
    private const long Bytes = 16 * 1024 * 1024;

    private readonly MemoryCache _drawn = new(new MemoryCacheOptions { SizeLimit = Bytes });
    private readonly SemaphoreSlim _hands = new(Math.Max(1, Environment.ProcessorCount / 2));

    public Task<byte[]> OfAsync(Board board, CancellationToken ct) =>
        OfAsync("board", board, () => BoardPicture.Of(board), ct);

    public Task<byte[]> OfAsync(Matrix matrix, CancellationToken ct) =>
        OfAsync("matrix", matrix.Board, () => MatrixPicture.Of(matrix), ct);

    private async Task<byte[]> OfAsync(string kind, Board board, Func<byte[]> draw, CancellationToken ct)
    {
        // What a position says stays the same but for texts that are taken out of it.
        var key = (kind, board.EndsOn, board.Milestone, board.AsKnownAt, Answer.TagOf(board.Position, [.. WireJson.Bytes(board), .. WireJson.Bytes(board.About)]));
        if (_drawn.TryGetValue(key, out byte[]? picture)) return picture!;
        // Drawing takes a processor for a while; whoever asks for many waits for their own.
        await _hands.WaitAsync(ct);
        try
        {
            if (_drawn.TryGetValue(key, out picture)) return picture!;
            picture = draw();
            return _drawn.Set(key, picture, new MemoryCacheEntryOptions { Size = picture.Length });
        }
        finally
        {
            _hands.Release();
        }
    }

    public void Dispose()
    {
        _drawn.Dispose();
        _hands.Dispose();
    }
}
