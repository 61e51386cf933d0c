using System.Collections.Immutable;
using System.Text.Json;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Redactions;

/// <summary>Takes a text out of the record, and out of all that was known before: a mark and the reason stand in its place.</summary>
/// <param name="Member">Which text, as the thing shows it: <c>summary</c>, <c>participants[0].name</c>, <c>clauses[1].quote</c>; <c>history[12].reason</c> is the reason that the recording at position 12 gave.</param>
/// <param name="Reason">Why, for whoever looks for the text.</param>
public sealed record RedactText(string Member, string Reason);

/// <summary>Each kind of thing has its address; what is decided is the same.</summary>
public static class RedactTextEndpoints
{
    [WolverinePost("/api/v1/agendas/{a}/redactions"), Needs(Right.Own)]
    [Operation("redactAgenda", "Takes a text of an agenda out of the record", Takes = typeof(RedactText), Gives = typeof(Agenda), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfAgenda(string a, HttpContext http, [NotBody] Intake intake) => TakeAsync<Agenda>(a, a, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/sources/{s}/redactions"), Needs(Right.Own)]
    [Operation("redactSource", "Takes a text of a source out of the record", Takes = typeof(RedactText), Gives = typeof(Source), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfSource(string a, string s, HttpContext http, [NotBody] Intake intake) => TakeAsync<Source>(a, s, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/redactions"), Needs(Right.Own)]
    [Operation("redactCommitment", "Takes a text of a commitment out of the record", Takes = typeof(RedactText), Gives = typeof(Commitment), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfCommitment(string a, string c, HttpContext http, [NotBody] Intake intake) => TakeAsync<Commitment>(a, c, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/activities/{x}/redactions"), Needs(Right.Own)]
    [Operation("redactActivity", "Takes a text of an activity out of the record", Takes = typeof(RedactText), Gives = typeof(Activity), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfActivity(string a, string x, HttpContext http, [NotBody] Intake intake) => TakeAsync<Activity>(a, x, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/evidence/{e}/redactions"), Needs(Right.Own)]
    [Operation("redactEvidence", "Takes a text of a piece of evidence out of the record", Takes = typeof(RedactText), Gives = typeof(Evidence.Evidence), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfEvidence(string a, string e, HttpContext http, [NotBody] Intake intake) => TakeAsync<Evidence.Evidence>(a, e, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/reports/{r}/redactions"), Needs(Right.Own)]
    [Operation("redactReport", "Takes the reason of a report's retraction out of the record", Takes = typeof(RedactText), Gives = typeof(Report), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfReport(string a, string r, HttpContext http, [NotBody] Intake intake) => TakeAsync<Report>(a, r, http, intake);

    [WolverinePost("/api/v1/agendas/{a}/proposals/{p}/redactions"), Needs(Right.Own)]
    [Operation("redactProposal", "Takes a text of a proposed change out of the record", Takes = typeof(RedactText), Gives = typeof(Proposal), Asks = Asks.Command,
        Refuses = ["409 already-redacted", "422 unknown-member", "503 behind", "503 newer-version"])]
    public static Task<IResult> OfProposal(string a, string p, HttpContext http, [NotBody] Intake intake) => TakeAsync<Proposal>(a, p, http, intake);

    private static Task<IResult> TakeAsync<T>(string agenda, string name, HttpContext http, Intake intake) where T : class, IFolded<T> =>
        intake.Rewrite<RedactText, T>(http, agenda, name, (command, known) => Decide(command, T.Kind, known.History));

    public static Decided Decide(RedactText command, string kind, ImmutableArray<PastEvent> history)
    {
        var problems = new Problems();
        // The mark stands in titles and within sentences.
        var reason = string.Join(' ', problems.Label("reason", command.Reason).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var texts = RedactableTexts.In(kind, history);
        if (!texts.TryGetValue(command.Member, out var said))
            problems.Add("member", "unknown-member", texts.IsEmpty
                ? $"'member' is '{command.Member}', and there is no text that could be redacted."
                : $"'member' is '{command.Member}'; what can be redacted is {string.Join(", ", texts.Keys)}.");
        if (problems.Any) return problems.Refusal();

        var marks = history.Select(x => x.Data).OfType<TextRedacted>().Where(x => x.Member == command.Member).Select(x => Redaction.Mark(x.Reason)).ToHashSet(StringComparer.Ordinal);
        said = [.. said.Where(x => !marks.Contains(x.Words))];
        if (said.IsEmpty) return Refuse.Conflict("already-redacted", $"'{command.Member}' was redacted already.");
        var mark = Redaction.Mark(reason);
        foreach (var text in said) text.Write(mark);
        var events = said.DistinctBy(x => x.Event.Version).Select(x => x.Event with { Data = x.Json.Deserialize(x.Event.Data.GetType(), WireJson.Options)! });
        return new Happened([new TextRedacted(command.Member, reason)])
        {
            Rewritten = new Rewritten(command.Member.Split('.')[^1].Split('[')[0], [.. said.Select(x => x.Words)], mark, [.. events]),
        };
    }
}
