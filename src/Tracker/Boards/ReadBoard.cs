using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards;

/// <summary>Has each commitment seen concrete action since the baseline?</summary>
public static class ReadBoardEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/board"), Needs(Right.Read)]
    [Operation("readBoard", "The status of every commitment, and why", Gives = typeof(Board), Asks = Asks.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, [NotBody] AnswerReader answers, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var board, refusal) = await answers.GetAsync<Board>("board", a, read, (asked, until) => boards.ReadAsync(a, asked, until), x => x.Position, ct);
        return board is null ? refusal!.Answered() : ReadAnswer.Of(board);
    }
}
