using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Frame;

/// <summary>A member that is said otherwise since.</summary>
/// <param name="Was">What it was, in words; null for none, and for a list whose items have members of their own.</param>
/// <param name="Now">What it is since; likewise.</param>
public sealed record Changed(string Member, string? Was, string? Now)
{
    /// <summary>What is said of a thing, to be compared with what was said of it before: not that it was taken back.</summary>
    public static JsonObject SaidOf<T>(T thing)
    {
        var said = JsonSerializer.SerializeToNode(thing, WireJson.Options)!.AsObject();
        said.Remove("withdrawal");
        return said;
    }

    public static ImmutableArray<Changed> Between(JsonObject was, JsonObject now) =>
    [
        .. from said in now
           let before = was[said.Key]
           where !JsonNode.DeepEquals(before, said.Value)
           select new Changed(said.Key, Text(said.Key, before), Text(said.Key, said.Value)),
    ];

    // A list of more than texts is told as changed, not in full: the page beside it shows what it is now.
    private static string? Text(string member, JsonNode? value) => value switch
    {
        JsonValue single => Worded(member, single.ToString()),
        JsonArray { Count: > 0 } list when list.All(x => x is JsonValue) => string.Join(", ", list),
        _ => null,
    };

    private static string Worded(string member, string text) => member switch
    {
        "depth" or "bar" when Words.TryParse<Depth>(text, out var depth) => DepthWords.Of(depth),
        "direction" when Words.TryParse<Direction>(text, out var direction) => TypeWords.Of(direction),
        "type" when Words.TryParse<CommitmentType>(text, out var type) => TypeWords.Name(type),
        "kind" when Words.TryParse<ActivityKind>(text, out var kind) => Texts.KindOf(kind),
        "kind" when Words.TryParse<SourceKind>(text, out var kind) => Texts.SourceKindOf(kind),
        "tier" when Words.TryParse<SourceTier>(text, out var tier) => Texts.TierOf(tier),
        "occurred" or "madeOn" or "dueOn" or "publishedOn" when FuzzyDate.TryParse(text, out var date) => DayWords.Of(date),
        _ => text,
    };
}
