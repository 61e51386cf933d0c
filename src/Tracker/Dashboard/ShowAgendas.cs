using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard;

/// <summary>The agendas there are, each with its verdict as of today: those that whoever asks may read.</summary>
public static class ShowAgendasEndpoint
{
    [WolverineGet("/"), Needs(Right.Read), EachTheirOwn, PageQuery]
    public static async Task<IResult> Get(HttpContext http, [NotBody] AgendaReader agendas, [NotBody] BoardReader boards, [NotBody] Readership readership, CancellationToken ct)
    {
        var all = ImmutableArray.CreateBuilder<Board>();
        var known = await agendas.AllAsync(ct);
        var readable = await readership.ReadableAsync(http.Caller(), [.. known.Select(x => x.Agenda.Slug)], ct);
        foreach (var (agenda, _) in known)
            if (readable.Contains(agenda.Slug) && (await boards.ReadAsync(agenda.Slug, new ReadAt { ToRecordEnd = true }, ct)).Board is { } board) all.Add(board);
        var clocks = ImmutableDictionary.CreateBuilder<string, TwoClocks>(StringComparer.Ordinal);
        foreach (var board in all)
            if (await TwoClocks.ReadAsync(boards, board, ct) is { } two) clocks.Add(board.Agenda, two);
        return new PageAnswer<AgendasPage>(200, all.Sum(x => x.Position), new()
        {
            [nameof(AgendasPage.Boards)] = all.ToImmutable(),
            [nameof(AgendasPage.Clocks)] = clocks.ToImmutable(),
        });
    }
}
