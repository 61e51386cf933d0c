using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

public static class WithdrawCommitmentEndpoint
{
    /// <summary>Withdraws a commitment that was none: from now on it is on no board, and stays in the history.</summary>
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawCommitment", "Withdraws a commitment", Takes = typeof(Withdraw), Gives = typeof(Commitment), Waits = true, Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Commitment>(http, a, c, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Commitment>(c), known.The<Agenda>(a), known.RestingOn<Commitment>(c)), resting: _ => true);

    public static Decided Decide(Withdraw command, Commitment commitment, Agenda agenda, ImmutableArray<Resting> resting)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return commitment switch
        {
            { Withdrawal: not null } => Refuse.Withdrawn("commitment", commitment.Slug),
            _ when problems.Any => problems.Refusal(),
            _ when agenda.Codebook.Review is ReviewPolicy.Second && !resting.IsEmpty => new Waits(new CommitmentWithdrawalProposed(commitment.Slug, commitment.Version, reason)),
            _ => Decided.That(new CommitmentWithdrawn(reason)),
        };
    }
}
