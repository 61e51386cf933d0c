using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Evidence;

/// <summary>One piece of evidence of a batch, which names its commitment.</summary>
public sealed record EvidenceOfBatch(
    string Commitment,
    string Activity,
    string Depth,
    string Direction,
    string[] Parties,
    string Rationale,
    string? Key = null,
    CitationGiven[]? Citations = null)
{
    public ProposeEvidence AsCommand() => new(Activity, Depth, Direction, Parties, Rationale, Key, Citations);
}

/// <summary>Proposes up to a thousand pieces of evidence at once, all or none.</summary>
public static class ProposeEvidenceBatchEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/evidence:batch"), Needs(Right.Code)]
    [Operation("proposeEvidenceBatch", "Proposes up to a thousand pieces of evidence", Takes = typeof(Batch<EvidenceOfBatch>), Gives = typeof(BatchResults),
        Asks = Asks.Command, Refuses = ["409 slug-taken", "422 not-a-participant"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Many<EvidenceOfBatch>(http, a, item => Reads(a, item), Decide);

    public static Decided Decide(IReadOnlyList<EvidenceOfBatch> items, Known known)
    {
        var agenda = known.The<Agenda>(known.Agenda);
        var batch = new BatchDecision<Evidence>(known);
        for (var i = 0; i < items.Count; i++)
        {
            var (item, at) = (items[i], batch.At(i));
            if (!known.Has<Commitment>(item.Commitment, out var commitment)) at.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{item.Commitment}'.");
            else if (commitment.Withdrawal is not null) at.Add("commitment", "withdrawn-commitment", $"The commitment '{item.Commitment}' was withdrawn.");
            var name = item.Key ?? known.NewName();
            var proposed = item.AsCommand().Read(at, item.Commitment, agenda, known.Find<Activity>, known.Find<Source>);
            var happened = ProposeEvidenceEndpoint.Judged(proposed, agenda);
            batch.Take(i, name, new BatchResult(i, null, name, Words.Text(happened.Length > 1 ? EvidenceState.Accepted : EvidenceState.Proposed)), happened);
        }

        return batch.Outcome();
    }

    private static IEnumerable<StreamKey> Reads(string agenda, EvidenceOfBatch item)
    {
        yield return StreamKey.Of<Commitment>(agenda, item.Commitment);
        yield return StreamKey.Of<Activity>(agenda, item.Activity);
        if (item.Key is { } key) yield return StreamKey.Of<Evidence>(agenda, key);
        foreach (var citation in item.Citations ?? []) yield return StreamKey.Of<Source>(agenda, citation.Source);
    }
}
