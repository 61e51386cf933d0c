using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Evidence;

/// <summary>Proposes that an activity bears on a commitment: how deep, which way, whose action it was, on what evidence.</summary>
public sealed record ProposeEvidence(
    string Activity,
    string Depth,
    string Direction,
    string[] Parties,
    string Rationale,
    string? Key = null,
    CitationGiven[]? Citations = null)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="find">The agenda's activity of that name, or null.</param>
    public EvidenceProposed Read(
        Problems problems, string commitment, Agenda agenda, Func<string, Activity?> find, Func<string, Source?> findSource, string? coder = null)
    {
        if (Key is not null) problems.Name("key", Key);
        var activity = find(Activity);
        if (activity is null) problems.Add("activity", "unknown-activity", $"The agenda has no activity '{Activity}'.");
        if (activity?.Withdrawal is not null) problems.Add("activity", "withdrawn-activity", $"The activity '{Activity}' was withdrawn.");
        return new EvidenceProposed(
            commitment,
            Activity,
            problems.Word<Depth>("depth", Depth),
            problems.Word<Direction>("direction", Direction),
            ReadParties(problems, Parties, agenda, activity),
            problems.Text("rationale", Rationale),
            CitationGiven.ReadAll(problems, Citations, findSource),
            coder);
    }

    internal static ImmutableArray<string> ReadParties(Problems problems, string[] parties, Agenda agenda, Activity? activity)
    {
        for (var i = 0; i < parties.Length && activity is not null; i++)
            if (agenda.HasParty(parties[i]) && !activity.Parties.Contains(parties[i], StringComparer.Ordinal))
                problems.At("parties", i).Add("", "not-a-participant", $"'{parties[i]}' took no part in '{activity.Slug}'.");
        return agenda.ReadParties(problems, parties);
    }
}

/// <summary>A citation as a command gives it.</summary>
public sealed record CitationGiven(string Source, string? Quote = null)
{
    public static ImmutableArray<Citation> ReadAll(Problems problems, CitationGiven[]? citations, Func<string, Source?> find)
    {
        citations ??= [];
        for (var i = 0; i < citations.Length; i++)
        {
            var at = problems.At("citations", i);
            at.Source("source", citations[i].Source, find);
            at.OptionalText("quote", citations[i].Quote);
        }

        return [.. citations.Select(x => new Citation(x.Source, x.Quote))];
    }
}

public static class ProposeEvidenceEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/evidence"), Needs(Right.Code)]
    [Operation("proposeEvidence", "Proposes that an activity bears on a commitment", Takes = typeof(ProposeEvidence), Gives = typeof(Evidence), Status = 201,
        Asks = Asks.Command, Refuses = ["409 withdrawn", "422 not-a-participant"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.CreateUnder<ProposeEvidence, Commitment, Evidence>(http, a, c, (command, fresh) => command.Key ?? fresh,
            command => (command.Citations ?? []).Select(x => StreamKey.Of<Source>(a, x.Source)).Append(StreamKey.Of<Activity>(a, command.Activity)),
            (command, known) => Decide(command, known.The<Commitment>(c), known.The<Agenda>(a), known.Find<Activity>, known.Find<Source>));

    public static Decided Decide(
        ProposeEvidence command, Commitment commitment, Agenda agenda, Func<string, Activity?> find, Func<string, Source?> findSource)
    {
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        var problems = new Problems();
        var proposed = command.Read(problems, commitment.Slug, agenda, find, findSource);
        return problems.Any ? problems.Refusal() : Decided.That(Judged(proposed, agenda));
    }

    /// <summary>What a proposal comes to: where the codebook asks for no second reviewer, it is accepted as coded.</summary>
    public static object[] Judged(EvidenceProposed proposed, Agenda agenda) =>
        agenda.Codebook.Review is ReviewPolicy.None ? [proposed, new EvidenceAccepted(AcceptedAsCoded)] : [proposed];

    /// <summary>The rationale of an acceptance that no second person gave.</summary>
    public const string AcceptedAsCoded = "Accepted as coded: the agenda's codebook asks for no second reviewer.";
}
