using System.Text.Json;
using Tracker.Boards;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Recording;
using Wolverine.Http;
using Version = Tracker.Dashboard.Frame.Version;

namespace Tracker.Dashboard.OneSource;

/// <summary>One published account, and everything on record that rests on it.</summary>
public static class ShowSourceEndpoint
{
    [WolverineGet("/agendas/{a}/sources/{s}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "quoted", "told", "cited")]
    public static async Task<IResult> Get(string a, string s, HttpRequest request, [NotBody] RecordReader record, [NotBody] HistoryReader histories, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var parts, refusal) = SourceParts.Of(request);
        if (parts is null) return refusal!.AsPage(request.Path);
        (var source, var moment, refusal) = await record.OneAsync(KnownTables.Sources, "source", a, s, asked.Read, ct);
        if (source is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);

        var then = asked.Read.At(moment!.Position);
        var audience = Audiences.Of(request.HttpContext.Caller(), a);
        var all = new PageAsked(PageAsked.MaxLimit, null);
        var (agenda, _, _) = await record.OneAsync(KnownTables.Agendas, "agenda", a, a, then, ct);
        var (quoting, _) = await record.PageAsync(KnownTables.Commitments, a, then, all, [Naming("clauses", new[] { new { source = s } })], ct);
        var (telling, _) = await record.PageAsync(KnownTables.Activities, a, then, all, [Naming("sources", new[] { s })], ct);
        var (citing, _) = await record.EvidenceAsync(a, then, all, audience, [new Filter("? = any(cites)", s)], [], ct);
        return new PageAnswer<SourcePage>(200, moment.Position, new()
        {
            [nameof(SourcePage.Agenda)] = agenda,
            [nameof(SourcePage.Moment)] = moment,
            [nameof(SourcePage.Source)] = source,
            [nameof(SourcePage.Quoting)] = parts.Quoting(quoting!.Items, s),
            [nameof(SourcePage.Telling)] = parts.Telling(telling!.Items, s),
            [nameof(SourcePage.Citing)] = parts.Citing(citing!.Items),
            [nameof(SourcePage.IsCut)] = (quoting.Next ?? telling.Next ?? citing.Next) is not null,
            [nameof(SourcePage.Parts)] = parts,
            [nameof(SourcePage.Activities)] = await record.NamedAsync(KnownTables.Activities, moment, citing.Items.Select(x => x.Activity), ct),
            [nameof(SourcePage.Commitments)] = await record.NamedAsync(KnownTables.Commitments, moment, citing.Items.Select(x => x.Commitment), ct),
            [nameof(SourcePage.Versions)] = Version.AllOf(
                await record.VersionsAsync(KnownTables.Sources, s, moment, ct), await histories.OwnAsync(KnownTables.Sources, s, moment, audience, ct), audience),
            [nameof(SourcePage.Asked)] = asked,
        });
    }

    private static Filter Naming(string member, object part) =>
        new("body @> cast(? as jsonb)", JsonSerializer.Serialize(new Dictionary<string, object> { [member] = part }));
}
