using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Prose;
using Tracker.Recording;

namespace Tracker.Dashboard.OneCommitment;

/// <summary>A piece of evidence with the activity it is about, and what it does to the status.</summary>
public sealed record Piece(Evidence.Evidence Evidence, Activity Activity, EvidenceStanding Standing)
{
    /// <summary>All of a commitment's, in the order in which they happened.</summary>
    public static ImmutableArray<Piece> AllOf(CommitmentView view) =>
        [.. view.Json["evidence"]!.AsArray().Select(x => Read(x!.AsObject(), view.Entry))];

    /// <summary>The sources it rests on: those it cites; where it cites none, those of its activity.</summary>
    public IEnumerable<string> RestsOn => Evidence.Citations.IsEmpty ? Activity.Sources : Evidence.Citations.Select(x => x.Source);

    /// <summary>The sources that a commitment and its evidence name, each once.</summary>
    public static IEnumerable<string> SourcesOf(Commitment commitment, ImmutableArray<Piece> pieces) => commitment.Clauses.Select(x => x.Source)
        .Concat(pieces.SelectMany(x => x.RestsOn))
        .Concat(pieces.SelectMany(x => x.Activity.Accounts.Select(y => y.Source)))
        .Distinct(StringComparer.Ordinal);

    // The view tells evidence with its activity in the place of the activity's slug.
    private static Piece Read(JsonObject told, BoardEntry? entry)
    {
        var activity = told["activity"].Deserialize<Activity>(WireJson.Options)!;
        var bare = told.DeepClone().AsObject();
        bare["activity"] = activity.Slug;
        var evidence = bare.Deserialize<Evidence.Evidence>(WireJson.Options)!;
        return new Piece(evidence, activity, Standings.Of(evidence.Id, evidence.State, activity, entry?.Because));
    }
}
