using Microsoft.AspNetCore.RateLimiting;
using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports;

/// <summary>Issues a report of a board: fixed from then on by what it rests on, and by the digest of what it says.</summary>
/// <param name="ValidAt">The day to judge at: today, in UTC, or an earlier one. Today where it is not given.</param>
/// <param name="KnownAt">What was known then: an instant, or a position in digits. Everything that is recorded, where it is not given.</param>
/// <param name="Since">What is counted from: a day, or the slug of a milestone. The baseline, where it is not given.</param>
public sealed record IssueReport(string? ValidAt = null, string? KnownAt = null, string? Since = null)
{
    /// <summary>The board that the report is to be of, or problems.</summary>
    /// <param name="today">Today, in UTC: nobody can report of a day that has not come.</param>
    public ReadAt Read(Problems problems, DateOnly today)
    {
        DateOnly? validAt = ValidAt is null ? null : problems.AnyDay("validAt", ValidAt);
        if (NotCome(validAt, today) is { } notCome) problems.Add(notCome);
        var knownAt = KnownAt is null ? null : Boards.Known.KnownAt.Parse(KnownAt);
        if (KnownAt is not null && knownAt is null) problems.Add("knownAt", "bad-instant", "'knownAt' must be a position in digits or an RFC 3339 instant.");
        var since = Since is null ? null : Boards.Since.Parse(Since);
        if (Since is not null && since is null) problems.Add("since", "bad-since", $"'since' must be a day, YYYY-MM-DD, or a milestone's slug.{DateFaults.Of(Since, oneDay: true)}");
        return new ReadAt(validAt, knownAt, since);
    }

    /// <summary>That there is no report of a day to come; null where the day has come.</summary>
    public static Refusal? NotCome(DateOnly? validAt, DateOnly today) =>
        validAt > today ? Refuse.As("in-future", "validAt", $"'validAt' is {Days.Text(validAt.Value)}, which has not come yet: today is {Days.Text(today)} in UTC.") : null;

    /// <summary>Why there is nothing to report: its day lies before the baseline, or before the day that it would count from. Null where there is something.</summary>
    public static Refusal? NothingToReport(ReportDocument document) => document switch
    {
        { ValidAt: var day, Baseline.Date: var baseline } when day < baseline => Refuse.As("before-baseline", "validAt",
            $"'validAt' is {Days.Text(day)}, before the baseline ({Days.Text(baseline)}): nothing is rated then, and there is nothing to report."),
        { ValidAt: var day, Since: var since } when day < since => Refuse.As("since-after-valid-at", "since",
            $"'since' is {Days.Text(since)}, after 'validAt', {Days.Text(day)}: no time lies between them to report on. Count from {Days.Text(day)} or earlier, or report on {Days.Text(since)} or later."),
        _ => null,
    };
}

public static class IssueReportEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/reports"), Needs(Right.Publish), EnableRateLimiting(Costly.Policy)]
    [Operation("issueReport", "Issues a report", Takes = typeof(IssueReport), Gives = typeof(Report), Status = 201, Asks = Asks.Command,
        Refuses = ["404 not-yet-recorded", "422 bad-date", "422 bad-instant", "422 bad-since", "422 unknown-milestone", "422 withdrawn-milestone", "422 in-future", "422 before-baseline", "422 since-after-valid-at", "503 behind", "503 newer-version"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake, [NotBody] ReportWriter writer, [NotBody] TimeProvider clock) =>
        intake.CreateReady<IssueReport, ReportDocument, Report>(http, a, (command, ct) => PrepareAsync(a, command, writer, clock, ct), document => document.Name(), (document, _) => Decide(document));

    public static Decided Decide(ReportDocument document) => Decided.That(ReportIssued.Of(document));

    private static async Task<(ReportDocument?, Refusal?)> PrepareAsync(string agenda, IssueReport command, ReportWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var problems = new Problems();
        var read = command.Read(problems, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (problems.Any) return (null, problems.Refusal());
        var (document, refusal) = await writer.WriteAsync(agenda, read, ct);
        return document is not null && IssueReport.NothingToReport(document) is { } nothing ? (null, nothing) : (document, refusal);
    }
}
