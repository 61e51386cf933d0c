using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A thing with the moment it is told of: <c>agenda</c>, <c>knownAt</c> and <c>position</c> before its own members.</summary>
public static class AsOf
{
    public static JsonObject Of<T>(T thing, Moment moment, params ReadOnlySpan<(string Name, object? Value)> more) where T : class
    {
        var told = new JsonObject
        {
            ["agenda"] = moment.Agenda,
            ["knownAt"] = JsonSerializer.SerializeToNode(moment.RecordedAt, WireJson.Options),
            ["position"] = moment.Position,
        };
        foreach (var (name, node) in JsonSerializer.SerializeToNode(thing, WireJson.Options)!.AsObject()) told[name] = node?.DeepClone();
        foreach (var (name, value) in more) told[name] = JsonSerializer.SerializeToNode(value, WireJson.Options);
        return told;
    }
}
