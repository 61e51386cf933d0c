using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Commitments;

/// <summary>Corrects one party's wording.</summary>
public sealed record CorrectClause(
    string Reason,
    Amended<string> Party = default,
    Amended<string> Source = default,
    Amended<string> Quote = default,
    AmendedOrNone<string> Language = default,
    AmendedOrNone<string> Translation = default,
    AmendedOrNone<string> Note = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="find">The agenda's source of that name, or null.</param>
    public ClauseCorrected Read(Problems problems, Clause was, Agenda agenda, Func<string, Source?> find) => new(
        was.Id,
        new Wording(
            Party.Or(was.Party, x => agenda.ReadParty(problems, x)),
            Source.Or(was.Source, x =>
            {
                problems.Source("source", x, find.OrNamed([was.Source]));
                return x;
            }),
            Quote.Or(was.Quote, x => problems.Text("quote", x)),
            Language.Or(was.Language, x => problems.OptionalLanguage("language", x)),
            Translation.Or(was.Translation, x => problems.OptionalText("translation", x)),
            Note.Or(was.Note, x => problems.OptionalText("note", x))),
        ReadReason(problems));
}

public static class CorrectClauseEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/clauses/{id}/corrections"), Needs(Right.Code)]
    [Operation("correctClause", "Corrects one party's wording", Takes = typeof(CorrectClause), Gives = typeof(Clause), Asks = Asks.Command,
        Refuses = ["409 withdrawn", "422 nothing-given"])]
    public static Task<IResult> Post(string a, string c, string id, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<CorrectClause, Commitment>(http, a, c, id,
            command => command.Source.IsGiven ? [StreamKey.Of<Source>(a, command.Source.Value!)] : [],
            (command, known) => Decide(command, known.The<Commitment>(c), id, known.The<Agenda>(a), known.Find<Source>),
            (commitment, part) => commitment.Clauses.First(x => x.Id == part));

    public static Decided Decide(CorrectClause command, Commitment commitment, string id, Agenda agenda, Func<string, Source?> find)
    {
        if (commitment.Clauses.FirstOrDefault(x => x.Id == id) is not { } clause) return Refuse.NotFound("clause", id);
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        var problems = new Problems();
        var corrected = command.Read(problems, clause, agenda, find);
        return problems.Any ? problems.Refusal() : Decided.Corrected(commitment, corrected);
    }
}
