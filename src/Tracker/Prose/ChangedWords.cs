using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Prose;

/// <summary>What a member was and is since a correction, in words.</summary>
public static class ChangedWords
{
    /// <summary>Each member that is said otherwise, with what it was and is; of one that has members of its own (a codebook), each of these.</summary>
    public static IEnumerable<(string Member, string? Was, string? Now)> Of(IEnumerable<Changed> all) => all
        .SelectMany(x => x is { Was: JsonObject was, Now: JsonObject now } ? Changed.Between(was, now) : [x])
        .Select(x => (Texts.FieldOf(x.Member), Of(x.Member, x.Was), Of(x.Member, x.Now)));

    /// <summary>A member's value; null for none, and for a list whose items have members of their own.</summary>
    public static string? Of(string member, JsonNode? value) => value switch
    {
        JsonValue single => Worded(member, single.ToString()),
        JsonArray { Count: > 0 } list when list.All(x => x is JsonValue) => string.Join(", ", list),
        _ => null,
    };

    private static string Worded(string member, string text) => member switch
    {
        "depth" or "bar" when Words.TryParse<Depth>(text, out var depth) => DepthWords.Of(depth),
        "review" when Words.TryParse<ReviewPolicy>(text, out var review) => review is ReviewPolicy.None ? Texts.ReviewNone : Texts.ReviewSecond,
        "direction" when Words.TryParse<Direction>(text, out var direction) => TypeWords.Of(direction),
        "type" when Words.TryParse<CommitmentType>(text, out var type) => TypeWords.Name(type),
        "kind" when Words.TryParse<ActivityKind>(text, out var kind) => Texts.KindOf(kind),
        "kind" when Words.TryParse<SourceKind>(text, out var kind) => Texts.SourceKindOf(kind),
        "tier" when Words.TryParse<SourceTier>(text, out var tier) => Texts.TierOf(tier),
        "occurred" or "date" or "madeOn" or "dueOn" or "publishedOn" when FuzzyDate.TryParse(text, out var date) => DayWords.Of(date),
        _ => text,
    };
}
