using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

public static class ReinstateCoverageEndpoint
{
    /// <summary>Takes the withdrawal of a statement of coverage back: it covers again.</summary>
    [WolverinePost("/api/v1/agendas/{a}/coverage/{id}/reinstatement"), Needs(Right.Review)]
    [Operation("reinstateCoverage", "Reinstates a statement of coverage that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(CoverageReach), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn", "422 bad-date"])]
    public static Task<IResult> Post(string a, string id, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Reinstate, Agenda>(http, a, a, id, Intake.NoOthers<Reinstate>,
            (command, known) => Decide(command, known.The<Agenda>(a), id),
            (agenda, part) => agenda.Coverage.First(x => x.Id == part), CoverageStatement.Reaching);

    public static Decided Decide(Reinstate command, Agenda agenda, string id)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return agenda.Coverage.FirstOrDefault(x => x.Id == id) switch
        {
            null => Refuse.NotFound("coverage", id),
            { Withdrawal: null } => Refuse.NotWithdrawn("statement of coverage", id),
            _ when problems.Any => problems.Refusal(),
            { Through: var through } when through < agenda.Baseline.Date => Refuse.As("bad-date", $"The baseline has been corrected since, to {Days.Text(agenda.Baseline.Date)}: the statement reaches {Days.Text(through)} only."),
            _ => Decided.That(new CoverageReinstated(id, reason)),
        };
    }
}
