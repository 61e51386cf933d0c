using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard;

/// <summary>The pages: the same reads as the API's, for people.</summary>
public static class Pages
{
    [WolverineGet("/"), Needs(Right.Read)]
    public static async Task<IResult> Home([NotBody] AgendaReader agendas, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var shown = new List<Board>();
        foreach (var (agenda, _) in await agendas.AllAsync(ct))
            if ((await boards.ReadAsync(agenda.Slug, new ReadAt(), ct)).Board is { } board) shown.Add(board);
        return Page<HomePage>(new() { [nameof(HomePage.Boards)] = shown });
    }

    [WolverineGet("/agendas/{a}"), Needs(Right.Read)]
    public static async Task<IResult> Board(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (read, refusal) = Asked(request);
        if (read is null) return Refused(refusal!);
        (var board, refusal) = await boards.ReadAsync(a, read, ct);
        return board is null
            ? Refused(refusal!)
            : Page<BoardPage>(new()
            {
                [nameof(BoardPage.Board)] = board,
                [nameof(BoardPage.KnownAtAsked)] = request.Query["knownAt"].ToString(),
                [nameof(BoardPage.Query)] = request.QueryString.Value ?? "",
            });
    }

    [WolverineGet("/agendas/{a}/commitments/{c}"), Needs(Right.Read)]
    public static async Task<IResult> Commitment(string a, string c, HttpRequest request, [NotBody] CommitmentReader commitments, CancellationToken ct)
    {
        var (read, refusal) = Asked(request);
        if (read is null) return Refused(refusal!);
        (var view, refusal) = await commitments.OneAsync(a, c, read, ct);
        return view is null
            ? Refused(refusal!)
            : Page<CommitmentPage>(new() { [nameof(CommitmentPage.View)] = view, [nameof(CommitmentPage.Query)] = request.QueryString.Value ?? "" });
    }

    /// <summary>A refusal as a page, for who came with a browser.</summary>
    public static IResult Refused(Refusal refusal) => Page<RefusalPage>(new() { [nameof(RefusalPage.Refusal)] = refusal }, refusal.Status);

    /// <summary>A form sends its empty fields too: they ask for nothing.</summary>
    private static (ReadAt?, Refusal?) Asked(HttpRequest request)
    {
        return ReadAt.Parse(Value("validAt"), Value("knownAt"), Value("since"), Value("atLeast"));

        string? Value(string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
    }

    private static RazorComponentResult Page<T>(Dictionary<string, object?> parameters, int status = 200) where T : IComponent =>
        new(typeof(T), parameters) { StatusCode = status, ContentType = "text/html; charset=utf-8", PreventStreamingRendering = true };
}
