using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A member of a thing that is said otherwise since a correction.</summary>
/// <param name="Member">Its name, as its command has it.</param>
/// <param name="Was">What it was before; null where it had none.</param>
/// <param name="Now">What it is since; null where it has none.</param>
public sealed record Changed(string Member, JsonNode? Was, JsonNode? Now)
{
    /// <summary>What is said of a thing, to be compared with what was said of it before: not that it was taken back, nor that a text of it was.</summary>
    public static JsonObject SaidOf<T>(T thing)
    {
        var said = JsonSerializer.SerializeToNode(thing, WireJson.Options)!.AsObject();
        said.Remove("withdrawal");
        said.Remove("redactions");
        return said;
    }

    public static ImmutableArray<Changed> Between(JsonObject was, JsonObject now) =>
    [
        .. from said in now
           let before = was[said.Key]
           where !JsonNode.DeepEquals(before, said.Value)
           select new Changed(said.Key, before?.DeepClone(), said.Value?.DeepClone()),
    ];
}
