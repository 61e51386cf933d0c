using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Boards;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>What one recording made of a thing: recorded, corrected, withdrawn.</summary>
/// <param name="By">The opaque id of who recorded it.</param>
/// <param name="Told">What was done to what was said before, and why; empty where all of it is new.</param>
/// <param name="Changed">What is said otherwise since; empty for the first.</param>
public sealed record Version(Moment From, string By, ImmutableArray<HistoryEntry> Told, ImmutableArray<Changed> Changed)
{
    /// <summary>A thing's versions, first to last.</summary>
    /// <param name="history">What was recorded of it, in order.</param>
    public static ImmutableArray<Version> AllOf<T>(IReadOnlyList<WasKnown<T>> known, IReadOnlyList<HistoryEntry> history)
    {
        var recorded = history.ToLookup(x => x.Position);
        var versions = ImmutableArray.CreateBuilder<Version>(known.Count);
        JsonObject? before = null;
        foreach (var (thing, from) in known)
        {
            var told = JsonSerializer.SerializeToNode(thing, WireJson.Options)!.AsObject();
            told.Remove("withdrawal");
            versions.Add(new Version(
                from, recorded[from.Position].LastOrDefault()?.By ?? "", [.. recorded[from.Position].Where(x => x.Amends is not null)], before is null ? [] : [.. Between(before, told)]));
            before = told;
        }

        return versions.ToImmutable();
    }

    private static IEnumerable<Changed> Between(JsonObject was, JsonObject now)
    {
        foreach (var (member, value) in now)
            if (!JsonNode.DeepEquals(was[member], value)) yield return new Changed(member, Text(was[member]), Text(value));
    }

    // A list is told as changed, not in full: the page beside it shows what it is now.
    private static string? Text(JsonNode? value) => value is JsonValue single ? single.ToString() : null;
}

/// <summary>A member that is said otherwise since.</summary>
/// <param name="Was">What it was; null for none, and for what is no single word.</param>
/// <param name="Now">What it is since; likewise.</param>
public sealed record Changed(string Member, string? Was, string? Now);
