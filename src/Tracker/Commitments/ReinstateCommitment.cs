using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Commitments;

public static class ReinstateCommitmentEndpoint
{
    /// <summary>Takes the withdrawal of a commitment back: from now on it is on the board again, with the evidence on it.</summary>
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/reinstatement"), Needs(Right.Review)]
    [Operation("reinstateCommitment", "Reinstates a commitment that was withdrawn", Takes = typeof(Reinstate), Gives = typeof(Commitment), Asks = Asks.Command,
        Refuses = ["409 not-withdrawn", "409 rests-on-withdrawn"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Reinstate, Commitment>(http, a, c, Intake.NoOthers<Reinstate>,
            (command, known) => Decide(command, known.The<Commitment>(c), known.Find<Source>),
            then: known => known.Find<Commitment>(c)?.Clauses.Select(x => StreamKey.Of<Source>(a, x.Source)) ?? []);

    /// <param name="find">The agenda's source of that name.</param>
    public static Decided Decide(Reinstate command, Commitment commitment, Func<string, Source?> find)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return commitment switch
        {
            { Withdrawal: null } => Refuse.NotWithdrawn("commitment", commitment.Slug),
            _ when problems.Any => problems.Refusal(),
            _ when commitment.Clauses.FirstOrDefault(x => find(x.Source) is { Withdrawal: not null }) is { Source: var source } => Refuse.RestsOnWithdrawn("source", source),
            _ => Decided.That(new CommitmentReinstated(reason)),
        };
    }
}
