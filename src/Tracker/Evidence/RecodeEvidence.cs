using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Evidence;

/// <summary>Judges accepted evidence anew: how deep, which way, whose action it was, on what evidence.</summary>
public sealed record RecodeEvidence(
    string Reason,
    Amended<string> Depth = default,
    Amended<string> Direction = default,
    Amended<string[]> Parties = default,
    Amended<string> Rationale = default,
    AmendedOrNone<CitationGiven[]> Citations = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="activity">The activity it is of.</param>
    /// <param name="find">The agenda's source of that name, or null.</param>
    public EvidenceRecoded Read(Problems problems, Evidence was, Agenda agenda, Activity activity, Func<string, Source?> find) => new(
        Depth.Or(was.Depth, x => problems.Word<Depth>("depth", x)),
        Direction.Or(was.Direction, x => problems.Word<Direction>("direction", x)),
        Parties.Or(was.Parties, x => ProposeEvidence.ReadParties(problems, x, agenda, activity)),
        Rationale.Or(was.Rationale, x => problems.Text("rationale", x)),
        Citations.Or(was.Citations, x => CitationGiven.ReadAll(problems, x, find.OrNamed(was.Citations.Select(y => y.Source)))),
        ReadReason(problems));
}

public static class RecodeEvidenceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/evidence/{e}/recoding"), Needs(Right.Code)]
    [Operation("recodeEvidence", "Judges accepted evidence anew", Takes = typeof(RecodeEvidence), Gives = typeof(Evidence), Asks = Asks.Command,
        Refuses = ["409 not-accepted", "422 nothing-given", "422 not-a-participant", "422 own-evidence"])]
    public static Task<IResult> Post(string a, string e, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<RecodeEvidence, Evidence>(http, a, e, command => (command.Citations.Value ?? []).Select(x => StreamKey.Of<Source>(a, x.Source)),
            (command, known) => Decide(command, known.The<Evidence>(e), known.The<Agenda>(a), known.Find<Activity>, known.Find<Source>, known.Caller));

    public static Decided Decide(
        RecodeEvidence command, Evidence evidence, Agenda agenda, Func<string, Activity?> find, Func<string, Source?> findSource, Caller caller)
    {
        if (evidence.WhyNotChanged(agenda, caller) is { } refusal) return refusal;
        var problems = new Problems();
        var recoded = command.Read(problems, evidence, agenda, find(evidence.Activity)!, findSource);
        return problems.Any ? problems.Refusal() : Decided.Corrected(evidence, recoded);
    }
}
