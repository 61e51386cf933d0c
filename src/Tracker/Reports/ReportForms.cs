using Microsoft.Net.Http.Headers;

namespace Tracker.Reports;

/// <summary>The forms a report comes in, by their media types.</summary>
public static class ReportForms
{
    public const string Json = "application/json";
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string Pdf = "application/pdf";
    public const string Csv = "text/csv";

    private static readonly (string Ending, string Form)[] Endings = [("json", Json), ("md", Markdown), ("html", Html), ("pdf", Pdf), ("csv", Csv)];

    /// <summary>The endings that name a form: what a schedule and the command line call them.</summary>
    public static IEnumerable<string> AllEndings => Endings.Select(x => x.Ending);

    public static string? ByEnding(string ending) => Endings.FirstOrDefault(x => x.Ending == ending).Form;

    public static string EndingOf(string form) => Endings.First(x => x.Form == form).Ending;

    /// <summary>The form that a request accepts best; JSON where it does not say; null where it accepts none.</summary>
    public static string? Accepted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return Json;
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept!], out var ranges)) return Json;
        return ranges.Where(x => x.Quality is not 0).OrderByDescending(x => x.Quality ?? 1).ThenBy(x => x.MatchesAllTypes).ThenBy(x => x.MatchesAllSubTypes)
            .Select(range => Array.Find(Endings, x => new MediaTypeHeaderValue(x.Form).IsSubsetOf(Bare(range))).Form)
            .FirstOrDefault(x => x is not null);
    }

    /// <summary>Without parameters such as charset, which every form here meets.</summary>
    private static MediaTypeHeaderValue Bare(MediaTypeHeaderValue range) => new(range.MediaType);
}
