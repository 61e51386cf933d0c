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
    [WolverineGet("/agendas/{a}/divergence"), Needs(Right.Read), EnableRateLimiting(Costly.Policy), PageQuery("validAt", "knownAt", "since", "atLeast", "page", "accounts")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] DivergenceReader divergences, [NotBody] RecordReader record, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var page, refusal) = Part.Asked(request);
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var accounts, refusal) = Part.Asked(request, "accounts");
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var divergence, refusal) = await divergences.ReadAsync(a, asked.Read, ct);
        if (divergence is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        var (worded, told) = (Part.Create(divergence.Commitments, page, BytesOf), Part.Create(divergence.Activities, accounts, BytesOf));
        var moment = new Moment(a, divergence.Position, divergence.KnownAt);
        return new PageAnswer<DivergencePage>(200, divergence.Position, new()
        {
            [nameof(DivergencePage.Divergence)] = divergence,
            [nameof(DivergencePage.Worded)] = worded,
            [nameof(DivergencePage.Told)] = told,
            [nameof(DivergencePage.Sources)] = await record.NamedAsync(KnownTables.Sources, moment, SourcesOf(worded.Items, told.Items), ct),
            [nameof(DivergencePage.Asked)] = asked,
        });
    }

    private static IEnumerable<string> SourcesOf(IEnumerable<WordedCommitment> worded, IEnumerable<ToldActivity> told) =>
        worded.SelectMany(x => x.Sides).SelectMany(x => x.Clauses).Select(x => x.Source).Concat(told.SelectMany(x => x.Accounts).Select(x => x.Source));

    private static int BytesOf(WordedCommitment commitment) => 600 + Part.BytesOf(commitment.Title)
        + commitment.Sides.Sum(x => 150 + x.Clauses.Sum(y => 900 + Part.BytesOf(y.Quote, y.Translation, y.Note)));

    private static int BytesOf(ToldActivity activity) => 900 + Part.BytesOf(activity.Title, activity.Place)
        + activity.Accounts.Sum(x => 1_000 + Part.BytesOf(x.Quote, x.Place, x.Note));
}
