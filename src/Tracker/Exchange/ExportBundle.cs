using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Exchange;

/// <summary>
/// Exports the record as it stands: imported into an empty tracker it gives the same board at every `validAt`, and imported again it
/// changes nothing. As JSON; in lines (`application/x-ndjson`); or one kind of things as a sheet (`text/csv`, in UTF-8 with a byte order mark).
/// Coders and above get all evidence there is; others what was accepted, without who coded and reviewed it.
/// A text that a spreadsheet would run as a formula has an apostrophe before it in a sheet, which an import takes away again.
/// </summary>
public static class ExportBundleEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/export"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("exportBundle", "Exports the record as it stands", Gives = typeof(Bundle), GivesAlso = [ImportBundleEndpoint.Lines, ImportBundleEndpoint.Csv], Asks = Asks.Tag,
        Refuses = ["422 in-future", "503 behind", "503 newer-version"])]
    [Query("format", typeof(ExportFormat), "In which form; else the `Accept` header says it, and else it is JSON.")]
    [Query("kind", typeof(SheetKind), "Which things the rows of a sheet are.")]
    [Query("atLeast", typeof(long), "Waits, for up to five seconds, until this position can be seen. A position that has not been recorded is refused.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] Export export, CancellationToken ct)
    {
        var (format, kind) = (request.One("format"), request.One("kind"));
        if (format is not null && !Words.TryParse<ExportFormat>(format, out _)) return Refuse.NotOfForm("format", $"one of {Words.All<ExportFormat>()}", format).Answered();
        if (kind is not null && !Words.TryParse<SheetKind>(kind, out _)) return Refuse.NotOfForm("kind", $"one of {Words.All<SheetKind>()}", kind).Answered();
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        var form = format is not null ? Export.FormOf(Words.Parse<ExportFormat>(format)) : Accepted(request);
        if (form is BodyForm.Sheet && kind is null) return Refuse.Unreadable($"Of a sheet, 'kind' must say what its rows are: one of {Words.All<SheetKind>()}.", "kind").Answered();
        var (moment, refusal) = await export.MomentAsync(a, read.AtLeast, ct);
        return moment is null ? refusal!.Answered() : new Exported(export, moment, form, form is BodyForm.Sheet ? Words.Parse<SheetKind>(kind!) : null, Audiences.Of(request.HttpContext.Caller(), a));
    }

    /// <summary>The first form that the header names with a preference above all others.</summary>
    private static BodyForm Accepted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(x => x.Quality ?? 1).Select(x => x.MediaType.Value).Select(x => x switch
        {
            ImportBundleEndpoint.Lines => BodyForm.Lines,
            ImportBundleEndpoint.Csv => BodyForm.Sheet,
            "application/json" or "*/*" or "application/*" => BodyForm.Json,
            _ => (BodyForm?)null,
        }).OfType<BodyForm>().DefaultIfEmpty(BodyForm.Json).First();

    /// <summary>An export on its way out. Where it breaks off, so does the connection: half a record is never taken for a whole.</summary>
    private sealed class Exported(Export export, Moment moment, BodyForm form, SheetKind? kind, Audience audience) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            var tag = await export.TagAsync(moment, form, kind, audience, httpContext.RequestAborted);
            response.Headers.ETag = tag;
            response.Headers[Answer.PositionHeader] = moment.Position.ToString(CultureInfo.InvariantCulture);
            response.Headers.CacheControl = httpContext.Features.Get<Caller>()?.Principal is null ? "public, no-cache" : "private, no-cache";
            response.Headers.Vary = "Authorization, Cookie, Accept";
            if (request.Headers.IfNoneMatch.Count > 0 && EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch!], out var tags)
                && tags.Any(x => x.Equals(EntityTagHeaderValue.Any) || x.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            var (type, name) = form switch
            {
                BodyForm.Lines => (ImportBundleEndpoint.Lines, $"{moment.Agenda}.ndjson"),
                BodyForm.Sheet => ($"{ImportBundleEndpoint.Csv}; charset=utf-8", $"{moment.Agenda}-{Words.Text(kind!.Value)}.csv"),
                _ => ("application/json; charset=utf-8", $"{moment.Agenda}.json"),
            };
            response.ContentType = type;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            await export.WriteAsync(moment, form, kind, audience, response.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>The forms of an export.</summary>
public enum ExportFormat
{
    Json,
    Ndjson,
    Csv,
}
