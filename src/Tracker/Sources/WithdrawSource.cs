using System.Collections.Immutable;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Sources;

public static class WithdrawSourceEndpoint
{
    /// <summary>
    /// Withdraws a source that accepted evidence does not cite. Clauses and activities that name it keep its name, and nothing new may
    /// name it.
    /// </summary>
    [WolverinePost("/api/v1/agendas/{a}/sources/{s}/withdrawal"), Needs(Right.Code)]
    [Operation("withdrawSource", "Withdraws a source", Takes = typeof(Withdraw), Gives = typeof(Source), Asks = Asks.Command,
        Refuses = ["409 withdrawn", "409 in-use"])]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Source>(http, a, s, Intake.NoOthers<Withdraw>,
            (command, known) => Decide(command, known.The<Source>(s), known.RestingOn<Source>(s)), resting: _ => true);

    public static Decided Decide(Withdraw command, Source source, ImmutableArray<Resting> resting)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return source switch
        {
            { Withdrawal: not null } => Refuse.Withdrawn("source", source.Slug),
            _ when problems.Any => problems.Refusal(),
            _ when resting.Length > 0 => Refuse.InUse("Accepted evidence cites it", resting),
            _ => Decided.That(new SourceWithdrawn(reason)),
        };
    }
}
