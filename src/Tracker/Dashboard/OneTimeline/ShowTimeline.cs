using Tracker.Boards.Timelines;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneTimeline;

/// <summary>The timeline of an agenda, for people.</summary>
public static class ShowTimelineEndpoint
{
    [WolverineGet("/agendas/{a}/timeline"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "page")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] TimelineReader timelines, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var part, refusal) = Part.Asked(request);
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var timeline, refusal) = await timelines.ReadAsync(a, asked.Read, ct);
        return timeline is null
            ? refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null)
            : new PageAnswer<TimelinePage>(200, timeline.Position, new() { [nameof(TimelinePage.Timeline)] = timeline, [nameof(TimelinePage.Asked)] = asked, [nameof(TimelinePage.Part)] = part });
    }
}
