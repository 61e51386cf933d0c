using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

public static class ReinstateMilestoneEndpoint
{
    /// <summary>Takes the withdrawal of a milestone back: it may be counted from again.</summary>
    [WolverinePost("/api/v1/agendas/{a}/milestones/{m}/reinstatement"), Needs(Right.Own)]
    [Operation("reinstateMilestone", "Reinstates a milestone that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(Milestone), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn", "422 bad-date"])]
    public static Task<IResult> Post(string a, string m, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Reinstate, Agenda>(http, a, a, m, Intake.NoOthers<Reinstate>,
            (command, known) => Decide(command, known.The<Agenda>(a), m),
            (agenda, slug) => agenda.Milestones.First(x => x.Slug == slug));

    public static Decided Decide(Reinstate command, Agenda agenda, string slug)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return agenda.Milestones.FirstOrDefault(x => x.Slug == slug) switch
        {
            null => Refuse.NotFound("milestone", slug),
            { Withdrawal: null } => Refuse.NotWithdrawn("milestone", slug),
            _ when problems.Any => problems.Refusal(),
            { Date: var date } when date < agenda.Baseline.Date => Refuse.As("bad-date", $"The baseline has been corrected since, to {Days.Text(agenda.Baseline.Date)}: the milestone would lie before it."),
            _ => Decided.That(new MilestoneReinstated(slug, reason)),
        };
    }
}
