using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Activities;

public static class WithdrawActivityEndpoint
{
    /// <summary>Withdraws an activity that did not happen, or not so: from now on no evidence of it counts, on any commitment.</summary>
    [WolverinePost("/api/v1/agendas/{a}/activities/{x}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawActivity", "Withdraws an activity", Takes = typeof(Withdraw), Gives = typeof(Activity), Waits = true, Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string x, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Activity>(http, a, x, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Activity>(x), known.The<Agenda>(a), known.RestingOn<Activity>(x)), resting: _ => true);

    public static Decided Decide(Withdraw command, Activity activity, Agenda agenda, ImmutableArray<Resting> resting)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return activity switch
        {
            { Withdrawal: not null } => Refuse.Withdrawn("activity", activity.Slug),
            _ when problems.Any => problems.Refusal(),
            _ when agenda.Codebook.Review is ReviewPolicy.Second && !resting.IsEmpty => new Waits(new ActivityWithdrawalProposed(activity.Slug, activity.Version, reason)),
            _ => Decided.That(new ActivityWithdrawn(reason)),
        };
    }
}
