using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Timelines;

/// <summary>How did each commitment come to its status, day by day, and on what evidence?</summary>
public static class ReadTimelineEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/timeline"), Needs(Right.Read)]
    [Operation("readTimeline", "Where each commitment stood from which day on, and what happened", Gives = typeof(Timeline), Asks = Asks.Read)]
    [Query("limit", typeof(int), "How many at most, from 1 to 1000, of the commitments. Without it and 'after', all of them.")]
    [Query("after", typeof(string), "The 'next' of the part before.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] TimelineReader timelines, [NotBody] AnswerReader answers, CancellationToken ct)
    {
        var (part, refusal) = PartAsked.Of(request);
        if (part is null) return refusal!.Answered();
        (var answer, refusal) = await answers.GetAsync<Timeline>("timeline", a, part, async (read, ct) =>
        {
            var (all, no) = await timelines.ReadAsync(a, read, ct);
            if (all is not null && part.IsBeyond(all.Commitments.Length)) return (null, PageAsked.NotANext);
            return (all is null ? null : all with { Commitments = part.Of(all.Commitments), Next = part.Next(all.Commitments.Length, all.Position, all.ValidAt) }, no);
        }, x => x.Position, ct);
        return answer is null ? part.Told(refusal!, request).Answered() : ReadAnswer.Of(answer);
    }
}
