using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports;

/// <summary>Issues a report of a board: fixed from then on by what it rests on, and by the digest of what it says.</summary>
public sealed record IssueReport(string? ValidAt = null, string? KnownAt = null, string? Since = null);

public static class IssueReportEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/reports"), Needs(Right.Publish)]
    [Operation("issueReport", "Issues a report", Takes = typeof(IssueReport), Gives = typeof(Report), Status = 201, Asks = Asks.Command,
        Refuses = ["404 not-yet-recorded", "422 bad-date", "422 bad-instant", "422 bad-since", "422 unknown-milestone", "422 in-future", "503 behind"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake, [NotBody] ReportWriter writer) =>
        intake.CreateReady<IssueReport, ReportDocument, Report>(http, a, (command, ct) => PrepareAsync(a, command, writer, ct), document => document.Name(), (document, _) => Decide(document));

    public static Decided Decide(ReportDocument document) => Decided.That(ReportIssued.Of(document));

    private static async Task<(ReportDocument?, Refusal?)> PrepareAsync(string agenda, IssueReport command, ReportWriter writer, CancellationToken ct)
    {
        var problems = new Problems();
        var validAt = problems.OptionalDay("validAt", command.ValidAt);
        var knownAt = command.KnownAt is null ? null : Boards.Known.KnownAt.Parse(command.KnownAt);
        if (command.KnownAt is not null && knownAt is null) problems.Add("knownAt", "bad-instant", "'knownAt' must be a position in digits or an RFC 3339 instant.");
        var since = command.Since is null ? null : Boards.Since.Parse(command.Since);
        if (command.Since is not null && since is null) problems.Add("since", "bad-since", "'since' must be a day, YYYY-MM-DD, or a milestone's slug.");
        return problems.Any ? (null, problems.Refusal()) : await writer.WriteAsync(agenda, new ReadAt(validAt, knownAt, since), ct);
    }
}
