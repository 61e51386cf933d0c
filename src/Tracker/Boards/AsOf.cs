using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>The moment an answer is of.</summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
public sealed record AsOf(string Agenda, DateTimeOffset KnownAt, long Position)
{
    /// <summary>A thing with the moment it is told of, and what else is told of it: one flat object, the members of each in this order.</summary>
    public static JsonObject Of(object thing, Moment moment, params ReadOnlySpan<object> more)
    {
        var told = Flat.Of(new AsOf(moment.Agenda, moment.RecordedAt, moment.Position), thing);
        foreach (var part in more) told.Take(part);
        return told;
    }
}

/// <summary>Objects told as one, with the members of each; of two members of one name, the later.</summary>
public static class Flat
{
    public static JsonObject Of(params ReadOnlySpan<object> parts)
    {
        var told = new JsonObject();
        foreach (var part in parts) told.Take(part);
        return told;
    }

    public static void Take(this JsonObject told, object part)
    {
        foreach (var (name, node) in JsonSerializer.SerializeToNode(part, part.GetType(), WireJson.Options)!.AsObject()) told[name] = node?.DeepClone();
    }
}

/// <summary>A thing with the moment it is told of: what <see cref="AsOf.Of"/> makes.</summary>
public abstract class AsKnown<T> : Flat<AsOf, T>;
