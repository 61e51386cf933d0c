using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Commitments;

/// <summary>Adds one party's wording to a commitment that is already recorded.</summary>
public static class AddClauseEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/clauses"), Needs(Right.Code)]
    [Operation("addClause", "Adds one party's wording", Takes = typeof(ClauseGiven), Gives = typeof(Clause), Status = 201, Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.AddTo<ClauseGiven, Commitment>(http, a, c, "clauses",
            command => [StreamKey.Of<Source>(a, command.Source)],
            (command, known) => Decide(command, known.The<Commitment>(c), known.The<Agenda>(a), known.Find<Source>),
            (commitment, id) => commitment.Clauses.First(x => x.Id == id));

    public static Decided Decide(ClauseGiven command, Commitment commitment, Agenda agenda, Func<string, Source?> find)
    {
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        var problems = new Problems();
        var wording = command.Read(problems, agenda, find);
        if (problems.Any) return problems.Refusal();
        var id = commitment.NextClauseId();
        return Decided.Made(id, new ClauseAdded(id, wording));
    }
}
