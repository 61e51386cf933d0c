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
        if (evidence.WhyNotChanged(agenda, caller) is { } refusal) return refusal;
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return problems.Any ? problems.Refusal() : Decided.That(new EvidenceRetracted(reason));
    }
}
