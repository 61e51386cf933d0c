using Tracker.Agendas;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Evidence;

public static class RetractEvidenceEndpoint
{
    /// <summary>Retracts accepted evidence: it stays in the record, and counts no more.</summary>
    [WolverinePost("/api/v1/agendas/{a}/evidence/{e}/retraction"), Needs(Right.Code)]
    [Operation("retractEvidence", "Retracts accepted evidence", Takes = typeof(Withdraw), Gives = typeof(Evidence), Asks = Asks.Command,
        Refuses = ["409 not-accepted", "422 own-evidence"])]
    public static Task<IResult> Post(string a, string e, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Evidence>(http, a, e, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Evidence>(e), known.The<Agenda>(a), known.Caller));

    public static Decided Decide(Withdraw command, Evidence evidence, Agenda agenda, Caller caller)
    {
        if (WhyNot(evidence, agenda, caller) is { } refusal) return refusal;
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return problems.Any ? problems.Refusal() : Decided.That(new EvidenceRetracted(reason));
    }

    /// <summary>What keeps the caller from changing a judgement: it takes a second person where accepting it did.</summary>
    internal static Refusal? WhyNot(Evidence evidence, Agenda agenda, Caller caller) => evidence switch
    {
        { State: not EvidenceState.Accepted } => Refuse.Conflict("not-accepted", $"This evidence is {Words.Text(evidence.State)}: only accepted evidence is recoded or retracted."),
        _ when agenda.Codebook.Review is ReviewPolicy.None => null,
        { Coder: var coder } when coder == caller.Principal => Refuse.As("own-evidence", "A coder cannot recode or retract their own evidence."),
        _ when !caller.May(Right.Review, agenda.Slug) => new Refusal(403, "forbidden", "Evidence of this agenda is recoded and retracted by a reviewer."),
        _ => null,
    };
}
