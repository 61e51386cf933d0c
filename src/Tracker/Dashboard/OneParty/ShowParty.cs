using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Boards.Divergences;
using Tracker.Boards.Known;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Dashboard.Frame;
using Tracker.Dashboard.OneTimeline;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.OneParty;

/// <summary>One party of an agenda: what it committed to, and what it has done itself.</summary>
public static class ShowPartyEndpoint
{
    [WolverineGet("/agendas/{a}/parties/{code}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "page")]
    public static async Task<IResult> Get(
        string a, string code, HttpRequest request, [NotBody] BoardReader boards, [NotBody] TimelineReader timelines, [NotBody] RecordReader record, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var page, refusal) = Part.Asked(request);
        if (refusal is not null) return refusal.AsPage(request.Path);
        (var board, refusal) = await boards.ReadAsync(a, asked.Read, ct);
        if (board is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        if (board.About!.Parties.FirstOrDefault(x => x.Code == code) is not { } party) return Refuse.NotFound("party", code).AsPage();

        // All of it as known at one position.
        var then = asked.Read with { ValidAt = board.ValidAt, KnownAt = new KnownAt(board.Position, null) };
        (var timeline, refusal) = await timelines.ReadAsync(a, then, ct, party.Code);
        if (timeline is null) return refusal!.AsPage();
        var moment = new Moment(a, board.Position, board.KnownAt);
        var all = PartyView.EntriesOf(board, party.Code);
        var commitments = await record.NamedAsync(KnownTables.Commitments, moment, all.Select(x => x.Slug), ct);
        var lanes = Drawing.Of(timeline).Lanes.Where(x => !x.Lane.Marks.IsEmpty).ToDictionary(x => x.Lane.Slug, x => x.Bytes, StringComparer.Ordinal);
        var entries = Part.Create(all, page, BytesOf, Part.WholeRoom);
        var sources = await record.NamedAsync(KnownTables.Sources, moment, entries.Items.SelectMany(x => commitments[x.Slug].Clauses).Select(x => x.Source), ct);
        var accounts = new Accounts(board.About, sources);
        return new PageAnswer<PartyPage>(200, board.Position, new()
        {
            [nameof(PartyPage.View)] = new PartyView(board, party, entries, timeline, Worded(IsOwn), Worded(IsJoint), sources),
            [nameof(PartyPage.Asked)] = asked,
        });

        ImmutableArray<(BoardEntry, ImmutableArray<Clause>)> Worded(Func<Clause, bool> counts) =>
            [.. entries.Items.Select(x => (Entry: x, Clauses: commitments[x.Slug].Clauses.Where(counts).ToImmutableArray())).Where(x => !x.Clauses.IsEmpty)];

        int BytesOf(BoardEntry entry) => 2_000 + (2 * Part.BytesOf(entry.Title)) + lanes.GetValueOrDefault(entry.Slug)
            + commitments[entry.Slug].Clauses.Sum(x => 800 + Part.BytesOf(x.Quote, x.Translation, x.Note));

        bool IsOwn(Clause clause) => clause.Party == party.Code && !accounts.IsJoint(clause.Source);

        bool IsJoint(Clause clause) => accounts.IsJoint(clause.Source) && (clause.Party == party.Code || accounts.Stands(clause.Source));
    }
}
