using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

public static class WithdrawMilestoneEndpoint
{
    /// <summary>Withdraws a milestone: it stays in the list, and nothing is counted from it any more.</summary>
    [WolverinePost("/api/v1/agendas/{a}/milestones/{m}/withdrawal"), Needs(Right.Own)]
    [Operation("withdrawMilestone", "Withdraws a milestone", Takes = typeof(Withdraw), Gives = typeof(Milestone), Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string m, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<Withdraw, Agenda>(http, a, a, m, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Agenda>(a), m),
            (agenda, slug) => agenda.Milestones.First(x => x.Slug == slug));

    public static Decided Decide(Withdraw command, Agenda agenda, string slug)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return agenda.Milestones.FirstOrDefault(x => x.Slug == slug) switch
        {
            null => Refuse.NotFound("milestone", slug),
            { Withdrawal: not null } => Refuse.Withdrawn("milestone", slug),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new MilestoneWithdrawn(slug, reason)),
        };
    }
}
