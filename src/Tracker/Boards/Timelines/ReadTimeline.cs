using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Timelines;

/// <summary>How did each commitment come to its status, day by day, and on what evidence?</summary>
public static class ReadTimelineEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/timeline"), Needs(Right.Read)]
    [Operation("readTimeline", "Where each commitment stood from which day on, and what happened", Gives = typeof(Timeline), Asks = Asks.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] TimelineReader timelines, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var timeline, refusal) = await timelines.ReadAsync(a, read, ct);
        return timeline is null ? refusal!.Answered() : ReadAnswer.Of(timeline, timeline.Position, timeline.Position);
    }
}
