using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

public static class WithdrawSearchEndpoint
{
    /// <summary>Withdraws a search: it stays in the list, and says nothing about the commitment any more.</summary>
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/searches/{id}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawSearch", "Withdraws a search", Takes = typeof(Withdraw), Gives = typeof(Search), Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string c, string id, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Withdraw, Commitment>(http, a, c, id, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Commitment>(c), id),
            (commitment, part) => commitment.Searches.First(x => x.Id == part));

    public static Decided Decide(Withdraw command, Commitment commitment, string id)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return commitment.Searches.FirstOrDefault(x => x.Id == id) switch
        {
            null => Refuse.NotFound("search", id),
            _ when commitment.Withdrawal is not null => Refuse.Withdrawn("commitment", commitment.Slug),
            { Withdrawal: not null } => Refuse.Withdrawn("search", id),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new SearchWithdrawn(id, reason)),
        };
    }
}
