using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Tracker.Boards;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Evidence;

namespace Tracker.Dashboard.Frame;

/// <summary>What one recording made of a thing: recorded, corrected, withdrawn.</summary>
/// <param name="By">Who recorded it; null where whoever asks is not told.</param>
/// <param name="Told">What was done to what was said before, and why; empty where all of it is new.</param>
/// <param name="Changed">What is said otherwise since; empty for the first.</param>
public sealed record Version(Moment From, string? By, ImmutableArray<HistoryEntry> Told, ImmutableArray<Changed> Changed)
{
    /// <summary>A thing's versions, first to last.</summary>
    /// <param name="history">What was recorded of it, in order.</param>
    /// <param name="audience">Who is told.</param>
    public static ImmutableArray<Version> AllOf<T>(IReadOnlyList<WasKnown<T>> known, IReadOnlyList<HistoryEntry> history, Audience audience)
    {
        var recorded = history.ToLookup(x => x.Position);
        var versions = ImmutableArray.CreateBuilder<Version>(known.Count);
        JsonObject? before = null;
        foreach (var (thing, from) in known)
        {
            var said = Boards.Changed.SaidOf(thing);
            versions.Add(new Version(
                from, recorded[from.Position].LastOrDefault()?.Recorder(audience), [.. recorded[from.Position].Where(x => x.Amends is not null)], before is null ? [] : Boards.Changed.Between(before, said)));
            before = said;
        }

        return versions.ToImmutable();
    }
}
