using System.Collections.Immutable;
using System.Globalization;
using Tracker.Boards;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneCommitment;

/// <summary>One commitment with everything on record about it, for people.</summary>
public static class ShowCommitmentEndpoint
{
    [WolverineGet("/agendas/{a}/commitments/{c}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "party", "page", "piece", "searches", "history")]
    public static async Task<IResult> Get(
        string a, string c, HttpRequest request, [NotBody] CommitmentReader commitments, [NotBody] RecordReader record,
        [NotBody] HistoryReader histories, [NotBody] IPrincipalNames people, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var parts, refusal) = CommitmentParts.Of(request);
        if (parts is null) return refusal!.AsPage(request.Path);
        var audience = Audiences.Of(request.HttpContext.Caller(), a);
        var party = request.Given("party");
        (var view, refusal) = await commitments.OneAsync(a, c, asked.Read, audience, ct);
        if (view is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);

        if (party is not null && !view.Agenda.HasParty(party)) return Refuse.Unreadable("'party' must be the code of a party of the agenda.", "party").AsPage(request.Path);
        var pieces = Piece.AllOf(view);
        var shown = parts.Evidence(party is null ? pieces : [.. pieces.Where(x => x.Evidence.Parties.Contains(party))]);
        var names = audience is Audience.Readers ? ImmutableDictionary<string, string>.Empty : await people.NamesOfAsync(shown.Items.SelectMany(x => x.Evidence.People), ct);

        // What the page knows, and nothing later.
        var (history, _) = await histories.PageAsync(KnownTables.Commitments, "commitment", a, c, null, new PageAsked(PageAsked.MaxLimit, null), audience, ct);
        var entries = history?.Items.Where(x => x.Position <= view.Moment.Position).ToImmutableArray() ?? [];

        return new PageAnswer<CommitmentPage>(200, view.Moment.Position, new()
        {
            [nameof(CommitmentPage.Agenda)] = view.Agenda,
            [nameof(CommitmentPage.View)] = view,
            [nameof(CommitmentPage.Pieces)] = pieces,
            [nameof(CommitmentPage.PiecesShown)] = shown,
            [nameof(CommitmentPage.Searches)] = parts.SearchesOf(view.Commitment),
            [nameof(CommitmentPage.Parts)] = parts,
            [nameof(CommitmentPage.People)] = names,
            [nameof(CommitmentPage.Sources)] = await record.NamedAsync(KnownTables.Sources, view.Moment, Piece.SourcesOf(view.Commitment, shown.Items), ct),
            [nameof(CommitmentPage.History)] = parts.HistoryOf(entries),
            [nameof(CommitmentPage.Audience)] = audience,
            [nameof(CommitmentPage.MoreHistory)] = history?.Next is not null,
            [nameof(CommitmentPage.Asked)] = asked,
            [nameof(CommitmentPage.Party)] = party,
            [nameof(CommitmentPage.Since)] = DayIn(view, "since"),
            [nameof(CommitmentPage.ValidAt)] = DayIn(view, "validAt"),
        });
    }

    private static DateOnly DayIn(CommitmentView view, string member) =>
        DateOnly.ParseExact(view.Json[member]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
