using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Sources;

/// <summary>Corrects what is said of a source. What was quoted from it stays as it is.</summary>
public sealed record CorrectSource(
    string Reason,
    Amended<string> Kind = default,
    Amended<string> Tier = default,
    Amended<string> Issuer = default,
    Amended<string> Title = default,
    AmendedOrNone<string> Publisher = default,
    AmendedOrNone<string> Url = default,
    AmendedOrNone<string> ArchiveUrl = default,
    AmendedOrNone<string> PublishedOn = default,
    AmendedOrNone<string> Language = default,
    AmendedOrNone<string> Sha256 = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="today">What is not published yet is not a published account.</param>
    public SourceCorrected Read(Problems problems, Source was, DateOnly today) => new(
        Kind.Or(was.Kind, x => problems.Word<SourceKind>("kind", x)),
        Tier.Or(was.Tier, x => problems.Word<SourceTier>("tier", x)),
        Issuer.Or(was.Issuer, x => problems.Text("issuer", x)),
        Title.Or(was.Title, x => problems.Label("title", x)),
        Publisher.Or(was.Publisher, x => problems.OptionalText("publisher", x)),
        Url.Or(was.Url, x => problems.OptionalUrl("url", x)),
        ArchiveUrl.Or(was.ArchiveUrl, x => problems.OptionalUrl("archiveUrl", x)),
        PublishedOn.Or(was.PublishedOn, x => problems.OptionalPastDay("publishedOn", x, today)),
        Language.Or(was.Language, x => problems.OptionalLanguage("language", x)),
        Sha256.Or(was.Sha256, x => RecordSource.ReadDigest(problems, x)),
        ReadReason(problems));
}

public static class CorrectSourceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/sources/{s}/corrections"), Needs(Right.Code)]
    [Operation("correctSource", "Corrects a source", Takes = typeof(CorrectSource), Gives = typeof(Source), Asks = Asks.Command,
        Refuses = ["409 withdrawn", "422 nothing-given"])]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<CorrectSource, Source>(http, a, s, Intake.NoOthers<CorrectSource>, (command, known) => Decide(command, known.The<Source>(s), known.Today));

    public static Decided Decide(CorrectSource command, Source source, DateOnly today)
    {
        if (source.Withdrawal is not null) return Refuse.Withdrawn("source", source.Slug);
        var problems = new Problems();
        var corrected = command.Read(problems, source, today);
        return problems.Any ? problems.Refusal() : Decided.Corrected(source, corrected);
    }
}
