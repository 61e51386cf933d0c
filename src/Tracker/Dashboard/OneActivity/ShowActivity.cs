using Tracker.Activities;
using Tracker.Boards;
using Tracker.Boards.Divergences;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Recording;
using Wolverine.Http;
using Version = Tracker.Dashboard.Frame.Version;

namespace Tracker.Dashboard.OneActivity;

/// <summary>One thing that happened: what each account says of it, what it did for which commitment, and how it came to be told so.</summary>
public static class ShowActivityEndpoint
{
    [WolverineGet("/agendas/{a}/activities/{x}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "page")]
    public static async Task<IResult> Get(
        string a, string x, HttpRequest request, [NotBody] RecordReader record, [NotBody] BoardReader boards,
        [NotBody] HistoryReader histories, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var page, refusal) = Part.Asked(request);
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var activity, var moment, refusal) = await record.OneAsync(KnownTables.Activities, "activity", a, x, asked.Read, ct);
        if (activity is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        var then = asked.Read.At(moment!.Position);
        (var board, refusal) = await boards.ReadAsync(a, asked.Read with { KnownAt = then.KnownAt }, ct);
        if (board is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);

        var audience = Audiences.Of(request.HttpContext.Caller(), a);
        var (evidence, _) = await record.EvidenceAsync(
            a, then, new PageAsked(PageAsked.MaxLimit, null), audience, [new Filter("activity = ?", x)], [], ct);
        var sources = await record.NamedAsync(KnownTables.Sources, moment, SourcesOf(activity, evidence!), ct);
        return new PageAnswer<ActivityPage>(200, board.Position, new()
        {
            [nameof(ActivityPage.Board)] = board,
            [nameof(ActivityPage.Activity)] = activity,
            [nameof(ActivityPage.Told)] = ToldActivity.Of(activity, new Accounts(board.About!, sources)),
            [nameof(ActivityPage.Evidence)] = evidence!.Items,
            [nameof(ActivityPage.PendingReview)] = evidence.PendingReview,
            [nameof(ActivityPage.Commitments)] = await record.NamedAsync(KnownTables.Commitments, moment, evidence.Items.Select(y => y.Commitment), ct),
            [nameof(ActivityPage.Sources)] = sources,
            [nameof(ActivityPage.Versions)] = Version.AllOf(
                await record.VersionsAsync(KnownTables.Activities, x, moment, ct), await histories.OwnAsync(KnownTables.Activities, x, moment, audience, ct), audience),
            [nameof(ActivityPage.Asked)] = asked,
            [nameof(ActivityPage.Page)] = page,
            [nameof(ActivityPage.IsCut)] = evidence.Next is not null,
        });
    }

    private static IEnumerable<string> SourcesOf(Activity activity, EvidencePage evidence) => activity.Sources
        .Concat(activity.Accounts.Select(x => x.Source))
        .Concat(evidence.Items.SelectMany(x => x.Citations).Select(x => x.Source));
}
