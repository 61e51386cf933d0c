using System.Text.RegularExpressions;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Sources;

/// <summary>Records a published account, so that clauses and evidence can quote it.</summary>
public sealed partial record RecordSource(
    string Slug,
    string Kind,
    string Tier,
    string Issuer,
    string Title,
    string? Publisher = null,
    string? Url = null,
    string? ArchiveUrl = null,
    string? PublishedOn = null,
    string? Language = null,
    string? Sha256 = null)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="today">What is not published yet is not a published account.</param>
    public SourceRecorded Read(Problems problems, DateOnly today)
    {
        problems.Name("slug", Slug);
        return new SourceRecorded(
            problems.Word<SourceKind>("kind", Kind),
            problems.Word<SourceTier>("tier", Tier),
            problems.Text("issuer", Issuer),
            problems.Label("title", Title),
            problems.OptionalText("publisher", Publisher),
            problems.OptionalUrl("url", Url),
            problems.OptionalUrl("archiveUrl", ArchiveUrl),
            problems.OptionalPastDay("publishedOn", PublishedOn, today),
            problems.OptionalLanguage("language", Language),
            ReadDigest(problems, Sha256));
    }

    internal static string? ReadDigest(Problems problems, string? digest)
    {
        if (digest is not null && !Digest().IsMatch(digest))
            problems.Add("sha256", "bad-sha256", "'sha256' must be 64 hexadecimal digits in lower case.");
        return digest;
    }

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}

public static class RecordSourceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/sources"), Needs(Right.Code)]
    [Operation("recordSource", "Records a published account", Takes = typeof(RecordSource), Gives = typeof(Source), Status = 201, Asks = Asks.Command)]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Create<RecordSource, Source>(http, a, command => command.Slug, Intake.NoOthers<RecordSource>, (command, known) => Decide(command, known.Today));

    public static Decided Decide(RecordSource command, DateOnly today)
    {
        var problems = new Problems();
        var recorded = command.Read(problems, today);
        return problems.Any ? problems.Refusal() : Decided.That(recorded);
    }
}
