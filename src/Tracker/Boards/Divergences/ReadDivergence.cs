using Microsoft.AspNetCore.RateLimiting;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Divergences;

/// <summary>What does each side's account say, and what does it leave out?</summary>
public static class ReadDivergenceEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/divergence"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("readDivergence", "Each side's wordings and accounts, side by side", Gives = typeof(Divergence), Asks = Asks.Read)]
    [Query("limit", typeof(int), "How many at most, from 1 to 1000, of the commitments and, after them, the activities. Without it and 'after', all of them.")]
    [Query("after", typeof(string), "The 'next' of the part before.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] DivergenceReader divergences, [NotBody] AnswerReader answers, CancellationToken ct)
    {
        var (part, refusal) = PartAsked.Of(request);
        if (part is null) return refusal!.Answered();
        (var answer, refusal) = await answers.GetAsync<Divergence>("divergence", a, part, async (read, ct) =>
        {
            var (all, no) = await divergences.ReadAsync(a, read, ct);
            if (all is not null && part.IsBeyond(all.Commitments.Length + all.Activities.Length)) return (null, PageAsked.NotANext);
            return (all is null ? null : all with
            {
                Commitments = part.Of(all.Commitments),
                Activities = part.Of(all.Activities, before: all.Commitments.Length),
                Next = part.Next(all.Commitments.Length + all.Activities.Length, all.Position, all.ValidAt),
            }, no);
        }, x => x.Position, ct);
        return answer is null ? part.Told(refusal!, request).Answered() : ReadAnswer.Of(answer);
    }
}
