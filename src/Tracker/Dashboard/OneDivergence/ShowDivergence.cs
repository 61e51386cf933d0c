using Microsoft.AspNetCore.RateLimiting;
using Tracker.Boards;
using Tracker.Boards.Divergences;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneDivergence;

/// <summary>What each side's account says and leaves out, for people.</summary>
public static class ShowDivergenceEndpoint
{
    [WolverineGet("/agendas/{a}/divergence"), Needs(Right.Read), EnableRateLimiting(Costly.Policy), PageQuery("validAt", "knownAt", "since", "atLeast")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] DivergenceReader divergences, [NotBody] RecordReader record, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var divergence, refusal) = await divergences.ReadAsync(a, asked.Read, ct);
        if (divergence is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        return new PageAnswer<DivergencePage>(200, divergence.Position, new()
        {
            [nameof(DivergencePage.Divergence)] = divergence,
            [nameof(DivergencePage.Sources)] = await record.NamedAsync(KnownTables.Sources, new Moment(a, divergence.Position, divergence.KnownAt), SourcesOf(divergence), ct),
            [nameof(DivergencePage.Asked)] = asked,
        });
    }

    private static IEnumerable<string> SourcesOf(Divergence divergence) =>
        divergence.Commitments.SelectMany(x => x.Sides).SelectMany(x => x.Clauses).Select(x => x.Source)
            .Concat(divergence.Activities.SelectMany(x => x.Accounts).Select(x => x.Source));
}
