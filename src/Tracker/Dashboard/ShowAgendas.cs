using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard;

/// <summary>The agendas there are, each with its verdict as of today: those that whoever asks may read, so many on a page.</summary>
public static class ShowAgendasEndpoint
{
    /// <summary>Each is judged for the page.</summary>
    private const int OnAPage = 20;

    [WolverineGet("/"), Needs(Right.Read), EachTheirOwn, PageQuery("q", "page")]
    public static async Task<IResult> Get(HttpContext http, [NotBody] AgendaReader agendas, [NotBody] BoardReader boards, [NotBody] ReadAccess readAccess, CancellationToken ct)
    {
        var (page, refusal) = Part.Asked(http.Request);
        if (refusal is not null) return refusal.AsPage(http.Request.Path);
        var all = ImmutableArray.CreateBuilder<Board>();
        if (await agendas.BeingFilledAsync(http.Caller(), readAccess, ct) is { } lacking) return lacking.AsPage(http.Request.Path);
        var known = await agendas.AllAsync(ct);
        var readable = await readAccess.ReadableAsync(http.Caller(), [.. known.Select(x => x.Agenda.Slug)], ct);
        var theirs = known.Where(x => readable.Contains(x.Agenda.Slug)).ToArray();
        var words = http.Request.Given("q")?.Trim() ?? "";
        var wanted = Folded.Words(words);
        var found = Array.FindAll(theirs, x => Folded.Of(x.Agenda.Title, x.Agenda.Slug) is var said && Array.TrueForAll(wanted, word => said.Contains(word, StringComparison.Ordinal)));
        var pages = Math.Max(1, (found.Length + OnAPage - 1) / OnAPage);
        page = Math.Min(page, pages);
        foreach (var (agenda, _) in found.Skip((page - 1) * OnAPage).Take(OnAPage))
            if ((await boards.ReadAsync(agenda.Slug, new ReadAt { ToRecordEnd = true }, ct)).Board is { } board) all.Add(board);
        var clocks = ImmutableDictionary.CreateBuilder<string, TwoClocks>(StringComparer.Ordinal);
        foreach (var board in all)
            if (await TwoClocks.ReadAsync(boards, board, ct) is { } two) clocks.Add(board.Agenda, two);
        var position = theirs.Sum(x => x.Moment.Position);
        return new PageAnswer<AgendasPage>(200, position, new()
        {
            [nameof(AgendasPage.Boards)] = all.ToImmutable(),
            [nameof(AgendasPage.Clocks)] = clocks.ToImmutable(),
            [nameof(AgendasPage.Position)] = position,
            [nameof(AgendasPage.Page)] = page,
            [nameof(AgendasPage.Pages)] = pages,
            [nameof(AgendasPage.Q)] = words,
        });
    }
}
