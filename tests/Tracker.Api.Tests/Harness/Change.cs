using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tracker.Api.Tests.Harness;

/// <summary>A right command made wrong, or different, in one place.</summary>
public static partial class Change
{
    public static JsonObject Json(this object command) => command as JsonObject ?? JsonSerializer.SerializeToNode(command, Client.Camel)!.AsObject();

    /// <summary>The command with the member at a path (<c>participants[0].party</c>) set to a JSON text.</summary>
    public static JsonObject With(this object command, string path, string json)
    {
        var (changed, parent, step) = Find(command, path);
        var value = JsonNode.Parse(json);
        if (parent is JsonArray list && int.Parse(step, CultureInfo.InvariantCulture) is var at)
        {
            if (at == list.Count) list.Add(value);
            else list[at] = value;
        }
        else
        {
            parent[step] = value;
        }

        return changed;
    }

    /// <summary>The command without the member at a path.</summary>
    public static JsonObject Without(this object command, string path)
    {
        var (changed, parent, step) = Find(command, path);
        parent.AsObject().Remove(step).ShouldBeTrue(path);
        return changed;
    }

    private static (JsonObject Changed, JsonNode Parent, string Step) Find(object command, string path)
    {
        var changed = (JsonObject)command.Json().DeepClone();
        var steps = Step().Matches(path).Select(x => x.Value).ToArray();
        JsonNode at = changed;
        foreach (var step in steps[..^1]) at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        return (changed, at, steps[^1]);
    }

    [GeneratedRegex("[^.\\[\\]]+")]
    private static partial Regex Step();
}
