using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Evidence;

/// <summary>Accepts or rejects a proposed piece of evidence, as someone who did not code it.</summary>
public sealed record ReviewEvidence(string Decision, string Rationale);

public static class ReviewEvidenceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/evidence/{e}/review"), Needs(Right.Review)]
    [Operation("reviewEvidence", "Accepts or rejects a proposed piece of evidence", Takes = typeof(ReviewEvidence), Gives = typeof(Evidence),
        Asks = Asks.Command, Refuses = ["409 already-reviewed", "422 own-evidence"])]
    public static Task<IResult> Post(string a, string e, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<ReviewEvidence, Evidence>(http, a, e, Intake.NoOthers<ReviewEvidence>,
            (command, known) => Decide(command, known.The<Evidence>(e), known.Principal));

    public static Decided Decide(ReviewEvidence command, Evidence evidence, string caller)
    {
        var problems = new Problems();
        var decision = problems.Word<ReviewDecision>("decision", command.Decision);
        var rationale = problems.Text("rationale", command.Rationale);
        return (evidence, decision) switch
        {
            _ when problems.Any => problems.Refusal(),
            ({ State: not EvidenceState.Proposed }, _) => Refuse.Conflict("already-reviewed", "This evidence has been reviewed."),
            ({ Coder: var coder }, _) when coder == caller => Refuse.As("own-evidence", "A coder cannot review their own evidence."),
            (_, ReviewDecision.Accept) => Decided.That(new EvidenceAccepted(rationale)),
            _ => Decided.That(new EvidenceRejected(rationale)),
        };
    }
}
