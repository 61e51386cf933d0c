using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

/// <summary>Corrects what is said of a commitment. Its clauses are corrected one by one.</summary>
public sealed record CorrectCommitment(
    string Reason,
    Amended<string> Title = default,
    Amended<string> Type = default,
    Amended<string> MadeOn = default,
    Amended<string[]> Parties = default,
    AmendedOrNone<string> Criteria = default,
    AmendedOrNone<string> Bar = default,
    AmendedOrNone<string> DueOn = default,
    AmendedOrNone<string[]> Tags = default) : Correction(Reason)
{
    /// <summary>Whether it says anything by which accepted evidence is judged.</summary>
    public bool MayMove => Type.IsGiven || MadeOn.IsGiven || Bar.IsGiven || DueOn.IsGiven;

    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="today">A promise that is yet to be made is none; what it is due on may lie ahead.</param>
    public CommitmentCorrected Read(Problems problems, Commitment was, Agenda agenda, DateOnly today) => new(
        Title.Or(was.Title, x => problems.Label("title", x)),
        Type.Or(was.Type, x => problems.Word<CommitmentType>("type", x)),
        MadeOn.Or(was.MadeOn, x => problems.PastDay("madeOn", x, today)),
        Parties.Or(was.Parties, x => agenda.ReadParties(problems, x)),
        Criteria.Or(was.Criteria, x => problems.OptionalText("criteria", x)),
        Bar.Or(was.Bar, x => problems.OptionalWord<Depth>("bar", x, "bad-depth")),
        DueOn.Or(was.DueOn, x => problems.OptionalDate("dueOn", x)),
        Tags.Or(was.Tags, x => problems.Texts("tags", x)),
        ReadReason(problems));
}

public static class CorrectCommitmentEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/corrections"), Needs(Right.Code)]
    [Operation("correctCommitment", "Corrects a commitment", Takes = typeof(CorrectCommitment), Gives = typeof(Commitment), Waits = true, Asks = Asks.Command,
        Refuses = ["409 withdrawn", "409 in-use", "422 nothing-given"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<CorrectCommitment, Commitment>(http, a, c, Intake.NoOthers<CorrectCommitment>,
            (command, known) => Decide(command, known.The<Commitment>(c), known.The<Agenda>(a), known.Today, known.RestingOn<Commitment>(c)),
            resting: command => command.MayMove || command.Parties.IsGiven);

    public static Decided Decide(CorrectCommitment command, Commitment commitment, Agenda agenda, DateOnly today, ImmutableArray<Resting> resting)
    {
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        var problems = new Problems();
        var corrected = command.Read(problems, commitment, agenda, today);
        if (command.MadeOn.IsGiven || command.DueOn.IsGiven) RecordCommitment.CheckDue(problems, corrected.MadeOn, corrected.DueOn);
        if (command.MadeOn.IsGiven) commitment.CheckSearches(problems, corrected.MadeOn);
        if (problems.Any) return problems.Refusal();
        return commitment.WhyNotCorrected(corrected, resting) ?? Decided.Corrected(commitment, corrected,
            waits: agenda.Codebook.Review is ReviewPolicy.Second && !resting.IsEmpty && commitment.IsMovedBy(corrected),
            () => new CommitmentCorrectionProposed(commitment.Slug, commitment.Version, corrected));
    }
}
