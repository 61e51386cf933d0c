using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard;

/// <summary>The agendas there are, each with its verdict as of today: those that whoever asks may read.</summary>
public static class ShowAgendasEndpoint
{
    [WolverineGet("/"), Needs(Right.Read), EachTheirOwn]
    public static async Task<IResult> Get(HttpContext http, [NotBody] AgendaReader agendas, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var all = ImmutableArray.CreateBuilder<Board>();
        foreach (var (agenda, _) in await agendas.AllAsync(ct))
            if (http.Caller().May(Right.Read, agenda.Slug) && (await boards.ReadAsync(agenda.Slug, new ReadAt(), ct)).Board is { } board) all.Add(board);
        return new PageAnswer<AgendasPage>(200, all.Sum(x => x.Position), new() { [nameof(AgendasPage.Boards)] = all.ToImmutable() });
    }
}
