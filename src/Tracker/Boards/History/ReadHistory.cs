using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.History;

/// <summary>Every event that concerns a thing, in order: who, when, what in words, when it was true, and why.</summary>
public static class ReadHistoryEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/history"), Needs(Right.Read)]
    [Operation("readAgendaHistory", "What was recorded of an agenda itself", Gives = typeof(Page<HistoryEntry>),
        Asks = Asks.Tag | Asks.Page | Asks.AtLeast)]
    public static Task<IResult> OfAgenda(string a, HttpRequest request, [NotBody] HistoryReader histories, CancellationToken ct) =>
        PageAsync(KnownTables.Agendas, "agenda", a, a, request, histories, ct);

    [WolverineGet("/api/v1/agendas/{a}/commitments/{c}/history"), Needs(Right.Read)]
    [Operation("readCommitmentHistory", "What was recorded of a commitment and of the evidence on it", Gives = typeof(Page<HistoryEntry>),
        Asks = Asks.Tag | Asks.Page | Asks.AtLeast)]
    public static Task<IResult> OfCommitment(string a, string c, HttpRequest request, [NotBody] HistoryReader histories, CancellationToken ct) =>
        PageAsync(KnownTables.Commitments, "commitment", a, c, request, histories, ct);

    [WolverineGet("/api/v1/agendas/{a}/activities/{x}/history"), Needs(Right.Read)]
    [Operation("readActivityHistory", "What was recorded of an activity and of the evidence on it", Gives = typeof(Page<HistoryEntry>),
        Asks = Asks.Tag | Asks.Page | Asks.AtLeast)]
    public static Task<IResult> OfActivity(string a, string x, HttpRequest request, [NotBody] HistoryReader histories, CancellationToken ct) =>
        PageAsync(KnownTables.Activities, "activity", a, x, request, histories, ct);

    [WolverineGet("/api/v1/agendas/{a}/sources/{s}/history"), Needs(Right.Read)]
    [Operation("readSourceHistory", "What was recorded of a source", Gives = typeof(Page<HistoryEntry>),
        Asks = Asks.Tag | Asks.Page | Asks.AtLeast)]
    public static Task<IResult> OfSource(string a, string s, HttpRequest request, [NotBody] HistoryReader histories, CancellationToken ct) =>
        PageAsync(KnownTables.Sources, "source", a, s, request, histories, ct);

    [WolverineGet("/api/v1/agendas/{a}/evidence/{e}/history"), Needs(Right.Read)]
    [Operation("readEvidenceHistory", "What was recorded of a piece of evidence", Gives = typeof(Page<HistoryEntry>),
        Asks = Asks.Tag | Asks.Page | Asks.AtLeast)]
    public static Task<IResult> OfEvidence(string a, string e, HttpRequest request, [NotBody] HistoryReader histories, CancellationToken ct) =>
        PageAsync(KnownTables.Evidence, "evidence", a, e, request, histories, ct);

    private static async Task<IResult> PageAsync(
        KnownTable table, string what, string agenda, string name, HttpRequest request, HistoryReader histories, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        var (asked, unreadable) = PageAsked.Of(request);
        if ((refusal ?? unreadable) is { } no) return no.Answered();
        (var page, refusal) = await histories.PageAsync(table, what, agenda, name, read!.AtLeast, asked!, Audiences.Of(request.HttpContext.Caller(), agenda), ct);
        return page is null ? refusal!.Answered() : ReadAnswer.Of(page, page.Position, page.Position);
    }
}
