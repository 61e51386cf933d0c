using System.Text;
using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Tracker.Reports;
using Wolverine.Http;

namespace Tracker.Dashboard.OneBoard;

/// <summary>The board of an agenda, for people.</summary>
public static class ShowBoardEndpoint
{
    [WolverineGet("/agendas/{a}"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "compare", "status", "party", "tag", "sort", "page")]
    public static async Task<IResult> Get(
        string a, HttpRequest request, [NotBody] BoardReader boards, [NotBody] ReportShelf shelf, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return refusal!.AsPage(request.Path);
        (var shown, refusal) = Shown.Of(request);
        if (shown is null) return refusal!.AsPage(request.Path);
        (var material, refusal) = await boards.GatherAsync(a, asked.Read, onlyCommitment: null, ct);
        if (material is null) return refusal!.AsPage(asked.Query.Length > 0 ? request.Path : null);
        if (shown.UnknownOn(material.Agenda) is { } unknown) return unknown.AsPage(request.Path);

        var board = material.Judged();
        var there = shown.OtherDay(material.Agenda).Day is { } day ? material with { ValidAt = day } : null;
        var other = there?.Judged();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        DateOnly? end = material.Coverage.EndBefore(today, material.Agenda.Codebook.CurrentForDays) is { } last && last > board.Since ? last : null;
        var (through, cells) = (end ?? Later(board.ValidAt, today), board.Summary.LeadsByCell);
        var courses = (cells ? material.CellCourses(through) : material.Courses(through)).ToArray();
        var view = new BoardView(
            board,
            shown.Of(board),
            other,
            CoursePoint.Of(courses.Select(x => x.Course)),
            today,
            // What was known then may have had no report yet.
            asked.KnownAt is null && await shelf.LatestAsync(material.Moment, ct) is { } report && report.ValidAt < board.ValidAt ? report.ValidAt : null,
            there is null ? [] : shown.Of(OnlyThen.Of(board, other!, there), board))
        {
            End = end,
            CourseWords = CourseWord.AllOf(courses),
            AnyOnRecord = material.Promises.Any(x => !x.Promise.Withdrawn),
            Against = DepthAgainst.Of(board, material),
        };
        return new PageAnswer<BoardPage>(200, board.Position, new()
        {
            [nameof(BoardPage.View)] = view,
            [nameof(BoardPage.Shown)] = shown,
            [nameof(BoardPage.Asked)] = asked,
        });
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>What is on the screen, for a spreadsheet; where it is beside another day, with where each stood then.</summary>
public static class DownloadBoardEndpoint
{
    [WolverineGet("/agendas/{a}/board.csv"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "compare", "status", "party", "tag", "sort", "page")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (screen, refusal) = await OnScreen.ReadAsync(a, request, boards, ct);
        return screen is null
            ? refusal!.AsPage()
            : // A person opens it in a spreadsheet, which takes it for another encoding without the mark.
                Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(BoardText.Csv(screen.Board, screen.Other))], "text/csv; charset=utf-8", $"{a}-{Days.Text(screen.Board.ValidAt)}.csv");
    }
}

/// <summary>What is on the screen, for a program: a board as the API answers it, with the commitments shown, in the order shown.</summary>
public static class ReadShownBoardEndpoint
{
    [WolverineGet("/agendas/{a}/board.json"), Needs(Right.Read), PageQuery("validAt", "knownAt", "since", "atLeast", "compare", "status", "party", "tag", "sort", "page")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (screen, refusal) = await OnScreen.ReadAsync(a, request, boards, ct);
        return screen is null ? refusal!.AsPage() : ReadAnswer.Of(screen.Board, screen.Board.Position, screen.Board.Position);
    }
}

/// <summary>A board as a page's address asks for it, all its pages together.</summary>
/// <param name="Board">With only the commitments shown, in the order shown; what it sums up is the whole.</param>
/// <param name="Other">The whole board of the day it is compared with.</param>
public sealed record OnScreen(Board Board, Board? Other)
{
    public static async Task<(OnScreen? Screen, Refusal? Refusal)> ReadAsync(string agenda, HttpRequest request, BoardReader boards, CancellationToken ct)
    {
        var (asked, refusal) = Asked.Of(request);
        if (asked is null) return (null, refusal);
        (var shown, refusal) = Shown.Of(request);
        if (shown is null) return (null, refusal);
        (var material, refusal) = await boards.GatherAsync(agenda, asked.Read, onlyCommitment: null, ct);
        if (material is null) return (null, refusal);
        if (shown.UnknownOn(material.Agenda) is { } unknown) return (null, unknown);
        var board = material.Judged();
        return (new OnScreen(board with { Commitments = shown.Of(board) }, shown.OtherDay(material.Agenda).Day is { } day ? (material with { ValidAt = day }).Judged() : null), null);
    }
}
