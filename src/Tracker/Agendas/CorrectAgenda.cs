using System.Collections.Immutable;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>Corrects what is said of an agenda, adds parties to it, or changes the codebook its statuses are judged by.</summary>
/// <param name="Parties">The parties to add; those there are stay.</param>
/// <param name="Codebook">What changes in the codebook; what is not said stays.</param>
public sealed record CorrectAgenda(
    string Reason,
    Amended<string> Title = default,
    AmendedOrNone<string> Summary = default,
    Amended<PartyNamed[]> Parties = default,
    Amended<OpenAgenda.CodebookChosen> Codebook = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    public AgendaCorrected Read(Problems problems, Agenda was) => new(
        Title.Or(was.Title, x => problems.Text("title", x)),
        Summary.Or(was.Summary, x => problems.OptionalText("summary", x)),
        Parties.Or(was.Parties, x => ReadAdded(problems, x, was)),
        Codebook.Or(was.Codebook, x => x.Read(problems.At("codebook"), was.Codebook)),
        ReadReason(problems));

    private static ImmutableArray<Party> ReadAdded(Problems problems, PartyNamed[] parties, Agenda was)
    {
        var added = PartyNamed.ReadAll(problems, parties);
        for (var i = 0; i < added.Length; i++)
            if (was.Parties.FirstOrDefault(x => x.Code == added[i].Code) is { } there && there != added[i])
                problems.At("parties", i).Add("code", "party-taken", $"The agenda has a party '{there.Code}' already: {there.Name}.");
        return [.. was.Parties, .. added.Where(x => !was.HasParty(x.Code))];
    }
}

public static class CorrectAgendaEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/corrections"), Needs(Right.Own)]
    [Operation("correctAgenda", "Corrects an agenda", Takes = typeof(CorrectAgenda), Gives = typeof(Agenda), Asks = Asks.Command,
        Refuses = ["422 no-parties", "422 nothing-given", "422 party-taken"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<CorrectAgenda, Agenda>(http, a, a, Intake.NoOthers<CorrectAgenda>, (command, known) => Decide(command, known.The<Agenda>(a)));

    public static Decided Decide(CorrectAgenda command, Agenda agenda)
    {
        var problems = new Problems();
        var corrected = command.Read(problems, agenda);
        return problems.Any ? problems.Refusal() : Decided.Corrected(agenda, corrected);
    }
}
