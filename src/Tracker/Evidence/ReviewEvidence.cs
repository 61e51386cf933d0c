using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Evidence;

/// <summary>Accepts or rejects a proposed piece of evidence, as someone who did not code it.</summary>
public sealed record ReviewEvidence(string Decision, string Rationale);

public static class ReviewEvidenceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/evidence/{e}/review"), Needs(Right.Review)]
    [Operation("reviewEvidence", "Accepts or rejects a proposed piece of evidence", Takes = typeof(ReviewEvidence), Gives = typeof(Evidence),
        Asks = Asks.Command, Refuses = ["409 already-reviewed", "409 withdrawn", "422 not-a-participant", "422 own-evidence"])]
    public static Task<IResult> Post(string a, string e, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<ReviewEvidence, Evidence>(http, a, e, Intake.NoOthers<ReviewEvidence>,
            (command, known) => Decide(command, known.The<Evidence>(e), known));

    private static Decided Decide(ReviewEvidence command, Evidence evidence, Known known) => Decide(
        command, evidence, known.Caller, known.The<Commitment>(evidence.Commitment), known.The<Activity>(evidence.Activity),
        evidence.Citations.Select(x => known.The<Source>(x.Source)), known.BasisOf(evidence));

    /// <param name="restedOn">What the evidence rests on, as it is reviewed.</param>
    public static Decided Decide(
        ReviewEvidence command, Evidence evidence, Caller caller, Commitment commitment, Activity activity, IEnumerable<Source> cited, ImmutableArray<RestedOn> restedOn)
    {
        var problems = new Problems();
        var decision = problems.Word<ReviewDecision>("decision", command.Decision);
        var rationale = problems.Text("rationale", command.Rationale);
        return (evidence, decision) switch
        {
            _ when problems.Any => problems.Refusal(),
            ({ State: not EvidenceState.Proposed }, _) => Refuse.Conflict("already-reviewed", "This evidence has been reviewed."),
            _ when evidence.IsOwn(caller) => Refuse.As("own-evidence", "A coder cannot review their own evidence."),
            (_, ReviewDecision.Reject) => Decided.That(new EvidenceRejected(rationale) { RestedOn = restedOn }),
            _ => WhyNot(evidence, commitment, activity, cited) ?? Decided.That(new EvidenceAccepted(rationale) { RestedOn = restedOn }),
        };
    }

    /// <summary>What was changed under it since it was proposed, so that it can only be rejected.</summary>
    private static Refusal? WhyNot(Evidence evidence, Commitment commitment, Activity activity, IEnumerable<Source> cited) => true switch
    {
        _ when commitment.Withdrawal is not null => Refuse.Withdrawn("commitment", commitment.Slug),
        _ when activity.Withdrawal is not null => Refuse.Withdrawn("activity", activity.Slug),
        _ when cited.FirstOrDefault(x => x.Withdrawal is not null) is { } source => Refuse.Withdrawn("source", source.Slug),
        _ when evidence.Parties.FirstOrDefault(x => !activity.Parties.Contains(x, StringComparer.Ordinal)) is { } party =>
            Refuse.As("not-a-participant", $"'{party}' took no part in '{activity.Slug}', as it has been corrected since this was proposed."),
        _ => null,
    };
}
