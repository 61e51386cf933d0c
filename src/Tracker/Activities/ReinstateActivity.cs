using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Activities;

public static class ReinstateActivityEndpoint
{
    /// <summary>Takes the withdrawal of an activity back: the accepted evidence of it counts again, on every commitment.</summary>
    [WolverinePost("/api/v1/agendas/{a}/activities/{x}/reinstatement"), Needs(Right.Review)]
    [Operation("reinstateActivity", "Reinstates an activity that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(Activity), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn", "409 rests-on-withdrawn"])]
    public static Task<IResult> Post(string a, string x, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Reinstate, Activity>(http, a, x, Intake.NoOthers<Reinstate>,
            (command, known) => Decide(command, known.The<Activity>(x), known.Find<Source>),
            then: known => known.Find<Activity>(x)?.SourcesNamed().Select(source => StreamKey.Of<Source>(a, source)) ?? []);

    /// <param name="find">The agenda's source of that name.</param>
    public static Decided Decide(Reinstate command, Activity activity, Func<string, Source?> find)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return activity switch
        {
            { Withdrawal: null } => Refuse.NotWithdrawn("activity", activity.Slug),
            _ when problems.Any => problems.Refusal(),
            _ when activity.SourcesNamed().FirstOrDefault(x => find(x) is { Withdrawal: not null }) is { } source => Refuse.RestsOnWithdrawn("source", source),
            _ => Decided.That(new ActivityReinstated(reason)),
        };
    }
}
