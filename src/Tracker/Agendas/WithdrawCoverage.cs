using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

public static class WithdrawCoverageEndpoint
{
    /// <summary>Withdraws a statement of coverage: it stays in the list, and covers nothing any more.</summary>
    [WolverinePost("/api/v1/agendas/{a}/coverage/{id}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawCoverage", "Withdraws a statement of coverage", Takes = typeof(Withdraw), Gives = typeof(CoverageReach), Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string id, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Withdraw, Agenda>(http, a, a, id, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Agenda>(a), id),
            (agenda, part) => agenda.Coverage.First(x => x.Id == part), CoverageStatement.Reaching);

    public static Decided Decide(Withdraw command, Agenda agenda, string id)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return agenda.Coverage.FirstOrDefault(x => x.Id == id) switch
        {
            null => Refuse.NotFound("coverage", id),
            { Withdrawal: not null } => Refuse.Withdrawn("statement of coverage", id),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new CoverageWithdrawn(id, reason)),
        };
    }
}
