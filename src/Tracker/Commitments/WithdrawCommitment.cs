using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

public static class WithdrawCommitmentEndpoint
{
    /// <summary>Withdraws a commitment that was none: from now on it is on no board, and stays in the history.</summary>
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawCommitment", "Withdraws a commitment", Takes = typeof(Withdraw), Gives = typeof(Commitment), Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Commitment>(http, a, c, Intake.NoOthers<Withdraw>, (command, known) => Decide(command, known.The<Commitment>(c)));

    public static Decided Decide(Withdraw command, Commitment commitment)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return commitment switch
        {
            { Withdrawal: not null } => Refuse.Withdrawn("commitment", commitment.Slug),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new CommitmentWithdrawn(reason)),
        };
    }
}
