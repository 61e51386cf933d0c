using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using Tracker.Boards;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Exchange;

/// <summary>
/// Imports a bundle: all or nothing, harmless to repeat, and with every problem told by its path. It comes as JSON, in lines
/// (`application/x-ndjson`: the first is `{"format": …, "agenda": …}`, each further one a thing under the word for it, `{"activity": …}`), or
/// as a sheet of one kind of things for an agenda there is (`text/csv`, in UTF-8, with the columns that `GET …/export?format=csv` writes).
/// </summary>
public static class ImportBundleEndpoint
{
    public const string Lines = "application/x-ndjson", Csv = "text/csv";

    [WolverinePost("/api/v1/agendas/{a}/import"), Needs(Right.Review), EnableRateLimiting(Costly.Policy)]
    [Operation("importBundle", "Imports a bundle", Takes = typeof(Bundle), TakesAlso = [Lines, Csv], Gives = typeof(Imported), Asks = Asks.Command,
        Refuses = ["422 unreadable-item", "422 unknown-format", "422 wrong-agenda", "422 different-content", "422 not-a-participant", "422 unknown-column", "422 missing-column", "422 wrong-cells", "422 bad-cell"])]
    [Query("dryRun", typeof(bool), "Checks and counts, and changes nothing.")]
    [Query("kind", typeof(SheetKind), "Which things the rows of a sheet are.")]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake, [NotBody] ICoderRegistry coders)
    {
        var (dryRun, kind) = (http.Request.One("dryRun"), http.Request.One("kind"));
        if (dryRun is not (null or "true" or "false")) return Answered(Refuse.NotOfForm("dryRun", "true or false", dryRun));
        if (kind is not null && !Words.TryParse<SheetKind>(kind, out _)) return Answered(Refuse.NotOfForm("kind", $"one of {Words.All<SheetKind>()}", kind));
        if (BodyOf(http.Request) is not { } form)
            return Answered(new Refusal(415, "unsupported-media-type", $"The body must be a bundle in UTF-8, with Content-Type: application/json, {Lines} or {Csv}."));
        if (form is BodyForm.Sheet && kind is null) return Answered(Refuse.Unreadable($"Of a sheet, 'kind' must say what its rows are: one of {Words.All<SheetKind>()}.", "kind"));
        return intake.TakeStagedAsync<StagedBundle>(http, a, opens: form is not BodyForm.Sheet,
            (body, ct) => Bundles.StageAsync(body, form, form is BodyForm.Sheet ? Words.Parse<SheetKind>(kind!) : default, ct),
            (staged, known, lookUp) => new Import(staged, known, lookUp, coders, dryRun == "true").DecideAsync());

        static Task<IResult> Answered(Refusal refusal) => Task.FromResult(refusal.Answered());
    }

    private static BodyForm? BodyOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))) return null;
        return type.MediaType.Value!.ToLowerInvariant() switch
        {
            Lines or "application/ndjson" or "application/jsonl" => BodyForm.Lines,
            Csv => BodyForm.Sheet,
            _ => request.HasJsonContentType() ? BodyForm.Json : null,
        };
    }
}

/// <summary>What an import made, and what was there already.</summary>
public sealed record Imported(string Agenda, bool DryRun, ImportCounts Created, ImportCounts Unchanged);

public sealed record ImportCounts(int Agendas, int Milestones, int Sources, int Commitments, int Activities, int Evidence, int Searches, int Coverage, int Proposals);
