using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

public static class ReinstateSearchEndpoint
{
    /// <summary>Takes the withdrawal of a search back: it counts again.</summary>
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/searches/{id}/reinstatement"), Needs(Right.Review)]
    [Operation("reinstateSearch", "Reinstates a search that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(Search), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn", "409 rests-on-withdrawn"])]
    public static Task<IResult> Post(string a, string c, string id, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Reinstate, Commitment>(http, a, c, id, Intake.NoOthers<Reinstate>,
            (command, known) => Decide(command, known.The<Commitment>(c), id),
            (commitment, part) => commitment.Searches.First(x => x.Id == part));

    public static Decided Decide(Reinstate command, Commitment commitment, string id)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return commitment.Searches.FirstOrDefault(x => x.Id == id) switch
        {
            null => Refuse.NotFound("search", id),
            { Withdrawal: null } => Refuse.NotWithdrawn("search", id),
            _ when problems.Any => problems.Refusal(),
            _ when commitment.Withdrawal is not null => Refuse.RestsOnWithdrawn("commitment", commitment.Slug),
            _ => Decided.That(new SearchReinstated(id, reason)),
        };
    }
}
