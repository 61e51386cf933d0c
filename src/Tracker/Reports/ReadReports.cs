using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports;

/// <summary>The reports there are, each in every form, and whether it is still what was issued.</summary>
public static class ReadReportsEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/reports"), Needs(Right.Read)]
    [Operation("listReports", "The reports that were issued", Gives = typeof(Page<Report>), Asks = Asks.List)]
    public static async Task<IResult> List(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        var (asked, unreadable) = PageAsked.Of(request);
        if ((refusal ?? unreadable) is { } no) return no.Answered();
        (var page, refusal) = await reader.PageAsync(ReportTables.Reports, a, asked!.OnItsDay(read!), asked, [], ct);
        return page is null ? refusal!.Answered() : ReadAnswer.Of(page, page.Position, page.Position);
    }

    /// <summary>
    /// One report: in the form that its address ends in, else in the one that is accepted best. What it says never changes. Where it was
    /// issued in error, every form says so: the JSON by a last member, `retraction`, which is no part of what the digest is of.
    /// </summary>
    [WolverineGet("/api/v1/agendas/{a}/reports/{r}"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("readReport", "One report, in any form", Gives = typeof(ReportDocument), Asks = Asks.Tag | Asks.AtLeast, Refuses = ["406 not-acceptable", "409 not-reproducible", "503 behind", "503 newer-version"],
        GivesAlso = [ReportForms.Markdown, ReportForms.Html, ReportForms.Pdf, ReportForms.Csv])]
    public static async Task<IResult> One(string a, string r, HttpRequest request, [NotBody] ReportReader reports, CancellationToken ct)
    {
        var dot = r.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
            return ReportForms.ByEnding(r[(dot + 1)..]) is { } named ? await AnswerAsync(a, r[..dot], named, request, reports, ct) : Refuse.NotFound("report", r).Answered();
        return ReportForms.Accepted(request) is { } form
            ? await AnswerAsync(a, r, form, request, reports, ct)
            : new Refusal(406, "not-acceptable", "A report is JSON, Markdown, HTML, PDF or CSV.").Answered();
    }

    [WolverineGet("/api/v1/agendas/{a}/reports/{r}/verification"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("verifyReport", "Makes a report again, and compares", Gives = typeof(Verification), Asks = Asks.Tag | Asks.AtLeast, Refuses = ["503 behind", "503 newer-version"])]
    public static async Task<IResult> Verify(string a, string r, HttpRequest request, [NotBody] ReportReader reports, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        var (again, refusal) = await reports.MakeAgainAsync(a, r, read.AtLeast, ct);
        if (again is null) return refusal!.Answered();
        var verification = new Verification(again.Matches, again.Report.Digest, again.Digest, again.Report.Retraction, again.Redactions.IsEmpty ? null : again.Redactions);
        return ReadAnswer.Of(verification, again.Report.Version, again.Report.Position);
    }

    private static async Task<IResult> AnswerAsync(string agenda, string name, string form, HttpRequest request, ReportReader reports, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        var (again, refusal) = await reports.MakeAgainAsync(agenda, name, read.AtLeast, ct);
        if (again is null) return refusal!.Answered();
        // Another report under this one's name would be a silent revision.
        if (again.WhyNotShown is { } no) return no.Answered();
        return new ReportAnswer(again, form, await reports.InFormAsync(again, form, request.PathTo(""), ct));
    }
}

/// <summary>Whether a report is still what was issued.</summary>
/// <param name="Matches">Null where it cannot be told any more, because texts that it held were taken out of the record.</param>
/// <param name="Digest">Of what was issued.</param>
/// <param name="RegeneratedDigest">Of what the record gives now.</param>
/// <param name="Retraction">Why it was marked as issued in error; null where it was not. It changes neither digest.</param>
/// <param name="Redactions">The texts that were taken out of it since it was issued; null where none was.</param>
public sealed record Verification(bool? Matches, string Digest, string RegeneratedDigest, Withdrawal? Retraction = null, ImmutableArray<RedactedSince>? Redactions = null);

/// <summary>A report in one form. What it says never changes; that it was retracted is asked about again each time.</summary>
internal sealed class ReportAnswer(ReportAgain again, string form, byte[] body) : IResult
{
    /// <summary>Whether the report was issued in error: <c>true</c> or <c>false</c>.</summary>
    public const string RetractedHeader = "Tracker-Retracted";

    /// <summary>Whether texts were taken out of it since it was issued: <c>true</c> or <c>false</c>.</summary>
    public const string RedactedHeader = "Tracker-Redacted";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = Answer.TagOf(again.Report.Version, body);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = $"{(httpContext.Features.Get<Caller>()?.Principal is null ? "public" : "private")}, no-cache";
        response.Headers.Vary = "Accept, Authorization, Cookie";
        response.Headers[Answer.PositionHeader] = again.Report.Position.ToString(CultureInfo.InvariantCulture);
        var isRetracted = again.Report.Retraction is not null;
        response.Headers[RetractedHeader] = isRetracted ? "true" : "false";
        response.Headers[RedactedHeader] = again.Redactions.IsEmpty ? "false" : "true";
        if (isRetracted || !again.Redactions.IsEmpty)
            response.Headers.Link = $"<{request.PathTo($"/api/v1/agendas/{again.Agenda}/reports/{again.Report.Slug}/verification")}>; rel=\"describedby\"";
        if (Answer.IsHeld(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (form == ReportForms.Html) response.Headers.ContentSecurityPolicy = Paper.HtmlFormat.ContentSecurityPolicy;
        response.ContentType = form == ReportForms.Pdf ? form : $"{form}; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline")
        {
            FileName = $"{again.Agenda}-{again.Report.Slug}{(isRetracted ? "-issued-in-error" : "")}.{ReportForms.EndingOf(form)}",
        }.ToString();
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
