using Microsoft.AspNetCore.RateLimiting;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Divergences;

/// <summary>What does each side's account say, and what does it leave out?</summary>
public static class ReadDivergenceEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/divergence"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("readDivergence", "Each side's wordings and accounts, side by side", Gives = typeof(Divergence), Asks = Asks.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] DivergenceReader divergences, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var divergence, refusal) = await divergences.ReadAsync(a, read, ct);
        return divergence is null ? refusal!.Answered() : ReadAnswer.Of(divergence, divergence.Position, divergence.Position);
    }
}
