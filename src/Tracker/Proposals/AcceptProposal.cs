using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Proposals;

/// <summary>Accepts a change that waits, as someone who did not propose it: from now on it is so.</summary>
/// <param name="Reason">Why, for whoever reads the history.</param>
public sealed record AcceptProposal(string? Reason = null);

public static class AcceptProposalEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/proposals/{p}/acceptance"), Needs(Right.Review)]
    [Operation("acceptProposal", "Accepts a change that waits", Takes = typeof(AcceptProposal), Gives = typeof(Proposal), Asks = Asks.Command,
        Refuses = ["409 already-reviewed", "409 withdrawn", "409 moved-since", "409 in-use", "422 own-proposal", "422 bad-date"])]
    public static Task<IResult> Post(string a, string p, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<AcceptProposal, Proposal>(http, a, p, Intake.NoOthers<AcceptProposal>, (command, known) => Decide(command, known.The<Proposal>(p), known),
            then: known => known.Find<Proposal>(p) is { } proposal ? [proposal.ThingOn(a), .. (proposal.ActivityAs?.SourcesNamed() ?? []).Select(x => StreamKey.Of<Source>(a, x))] : [],
            restingOn: known => known.Find<Proposal>(p)?.ThingOn(a));

    public static Decided Decide(AcceptProposal command, Proposal proposal, Known known)
    {
        var problems = new Problems();
        var reason = problems.OptionalText("reason", command.Reason);
        if (problems.Any) return problems.Refusal();
        if (proposal.State is not ProposalState.Waiting) return RejectProposalEndpoint.AlreadyReviewed(proposal);
        if (proposal.IsOwn(known.Caller) && known.The<Agenda>(known.Agenda).Codebook.Review is ReviewPolicy.Second)
            return Refuse.As("own-proposal", "Whoever proposed a change cannot accept it: it takes a second person.");
        var changed = proposal.Activity is { } activity
            ? OfActivity(proposal, known.The<Activity>(activity), known)
            : OfCommitment(proposal, known.The<Commitment>(proposal.Commitment!), known);
        if (changed is not Happened happened) return changed;
        return new HappenedOnMany(
        [
            new StreamEvents(StreamKey.Of<Proposal>(known.Agenda, proposal.Id), [new ProposalAccepted(reason)], Starts: false),
            new StreamEvents(proposal.ThingOn(known.Agenda), happened.Events, Starts: false),
        ], Answer: null);
    }

    private static Decided OfActivity(Proposal proposal, Activity activity, Known known) => proposal switch
    {
        _ when activity.Withdrawal is not null => Refuse.Withdrawn("activity", activity.Slug),
        _ when activity.SaidSince > proposal.OfVersion => MovedSince("activity", activity.Slug),
        { ActivityAs: null } => Decided.That(new ActivityWithdrawn(proposal.Reason)),
        { ActivityAs: { } corrected } when corrected.SourcesNamed().Except(activity.SourcesNamed()).FirstOrDefault(x => known.Find<Source>(x)?.Withdrawal is not null) is { } source =>
            Refuse.Withdrawn("source", source),
        { ActivityAs: { } corrected } => activity.WhyNotCorrected(corrected, known.RestingOn<Activity>(activity.Slug)) ?? Decided.That(corrected),
    };

    private static Decided OfCommitment(Proposal proposal, Commitment commitment, Known known)
    {
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        if (commitment.SaidSince > proposal.OfVersion) return MovedSince("commitment", commitment.Slug);
        if (proposal.CommitmentAs is not { } corrected) return Decided.That(new CommitmentWithdrawn(proposal.Reason));
        var problems = new Problems();
        if (corrected.MadeOn != commitment.MadeOn) commitment.CheckSearches(problems, corrected.MadeOn);
        return problems.Any ? problems.Refusal() : commitment.WhyNotCorrected(corrected, known.RestingOn<Commitment>(commitment.Slug)) ?? Decided.That(corrected);
    }

    private static Refusal MovedSince(string what, string name) => Refuse.Conflict("moved-since",
        $"The {what} '{name}' has been changed since this was proposed. Reject this, read it as it is now, and propose the change anew if it is still wanted.");
}
