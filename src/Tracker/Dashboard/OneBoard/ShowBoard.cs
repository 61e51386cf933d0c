using System.Text;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Tracker.Reports;
using Wolverine.Http;

namespace Tracker.Dashboard.OneBoard;

/// <summary>The board of an agenda, for people.</summary>
public static class ShowBoardEndpoint
{
    [WolverineGet("/agendas/{a}"), Needs(Right.Read)]
    public static async Task<IResult> Get(
        string a, HttpRequest request, [NotBody] BoardReader boards, [NotBody] RecordReader record, [NotBody] Moments moments, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var shown, refusal) = Shown.Of(request);
        if (shown is null) return refusal!.AsPage(request.Path);
        (var material, refusal) = await boards.GatherAsync(a, asked.Read, onlyCommitment: null, ct);
        if (material is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        (var otherDay, refusal) = shown.OtherDay(material.Agenda);
        if (refusal is not null) return refusal.AsPage(request.Path);

        var board = material.Judged();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var view = new BoardView(
            board,
            shown.Of(board),
            otherDay is { } day ? (material with { ValidAt = day }).Judged() : null,
            CoursePoint.Of(material.Courses(today)),
            today,
            asked.KnownAt is null ? await moments.LaterThanAsync(material.Moment, ct) : 0,
            // What was known then may have had no report yet.
            asked.KnownAt is null && await record.NewestAsync(ReportTables.Reports, a, 1, ct) is [var report] && report.ValidAt < board.ValidAt ? report.ValidAt : null);
        return new PageAnswer<BoardPage>(200, board.Position, new()
        {
            [nameof(BoardPage.View)] = view,
            [nameof(BoardPage.Shown)] = shown,
            [nameof(BoardPage.Asked)] = asked,
        });
    }
}

/// <summary>What is on the screen, for a spreadsheet.</summary>
public static class DownloadBoardEndpoint
{
    [WolverineGet("/agendas/{a}/board.csv"), Needs(Right.Read)]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage();
        (var shown, refusal) = Shown.Of(request);
        if (shown is null) return refusal!.AsPage();
        (var board, refusal) = await boards.ReadAsync(a, asked.Read, ct);
        return board is null
            ? refusal!.AsPage()
            : Results.File(Encoding.UTF8.GetBytes(BoardText.Csv(board with { Commitments = shown.Of(board) })), "text/csv; charset=utf-8", $"{a}-{Days.Text(board.ValidAt)}.csv");
    }
}
