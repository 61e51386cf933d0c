using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Sources;

public static class ReinstateSourceEndpoint
{
    /// <summary>Takes the withdrawal of a source back: it may be named and cited again.</summary>
    [WolverinePost("/api/v1/agendas/{a}/sources/{s}/reinstatement"), Needs(Right.Review)]
    [Operation("reinstateSource", "Reinstates a source that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(Source), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn"])]
    public static Task<IResult> Post(string a, string s, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Reinstate, Source>(http, a, s, Intake.NoOthers<Reinstate>, (command, known) => Decide(command, known.The<Source>(s)));

    public static Decided Decide(Reinstate command, Source source)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return source switch
        {
            { Withdrawal: null } => Refuse.NotWithdrawn("source", source.Slug),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new SourceReinstated(reason)),
        };
    }
}
