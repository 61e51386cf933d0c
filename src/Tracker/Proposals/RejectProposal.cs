using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Proposals;

/// <summary>Rejects a change that waits, or takes back one's own: nothing moves.</summary>
/// <param name="Reason">Why, for whoever proposed it.</param>
public sealed record RejectProposal(string Reason);

public static class RejectProposalEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/proposals/{p}/rejection"), Needs(Right.Code)]
    [Operation("rejectProposal", "Rejects a change that waits", Takes = typeof(RejectProposal), Gives = typeof(Proposal), Asks = Asks.Command,
        Refuses = ["409 already-reviewed"])]
    public static Task<IResult> Post(string a, string p, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<RejectProposal, Proposal>(http, a, p, Intake.NoOthers<RejectProposal>, (command, known) => Decide(command, known.The<Proposal>(p), known.Agenda, known.Caller));

    public static Decided Decide(RejectProposal command, Proposal proposal, string agenda, Caller caller)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return proposal switch
        {
            _ when !proposal.IsOwn(caller) && !caller.May(Right.Review, agenda) => new Refusal(403, "forbidden", "A change is rejected by a reviewer, or taken back by whoever proposed it."),
            _ when problems.Any => problems.Refusal(),
            { State: not ProposalState.Waiting } => AlreadyReviewed(proposal),
            _ => Decided.That(new ProposalRejected(reason)),
        };
    }

    internal static Refusal AlreadyReviewed(Proposal proposal) => Refuse.Conflict("already-reviewed", $"This change was {Words.Text(proposal.State)}.");
}
