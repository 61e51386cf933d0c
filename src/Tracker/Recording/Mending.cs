using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Tracker.Recording;

/// <summary>
/// Holds JSON against the form of a type and tells everything that keeps it from being read, where the serialiser stops at the first.
/// What cannot be read is left out or empty in what comes of it, so that the rest can be looked at too.
/// </summary>
internal sealed class Mending(JsonSerializerOptions strict, Problems problems)
{
    public JsonNode? Mend(JsonElement json, Type type) => Value(json, type, "");

    private JsonNode? Value(JsonElement json, Type type, string path) => strict.GetTypeInfo(type) switch
    {
        _ when typeof(IAmended).IsAssignableFrom(type) => Value(json, type.GenericTypeArguments[0], path),
        { Kind: JsonTypeInfoKind.Object } form when json.ValueKind is JsonValueKind.Object => Members(json, form, path),
        { Kind: JsonTypeInfoKind.Enumerable } form when json.ValueKind is JsonValueKind.Array => Items(json, form.ElementType!, path),
        { Kind: JsonTypeInfoKind.None } when json.ValueKind is not JsonValueKind.Null && IsOf(type, json) => JsonValue.Create(json),
        // A text that is no Unicode was told before.
        _ when type == typeof(string) && json.ValueKind is JsonValueKind.String => "",
        _ => Wrong(type, path),
    };

    private JsonObject Members(JsonElement json, JsonTypeInfo form, string path)
    {
        var mended = new JsonObject();
        foreach (var member in json.EnumerateObject())
        {
            var at = Join(path, member.Name.Replace('\0', '\uFFFD'));
            if (form.Properties.FirstOrDefault(x => x.Name == member.Name) is not { } known) problems.Add(at, Refuse.UnreadableCode, $"'{at}' is not a member of this request.");
            else if (mended.ContainsKey(member.Name)) problems.Add(at, Refuse.UnreadableCode, $"'{at}' is given twice.");
            else mended.Add(member.Name, member.Value.ValueKind is JsonValueKind.Null && MayBeNull(known) ? null : Value(member.Value, known.PropertyType, at));
        }

        foreach (var missing in form.Properties.Where(x => x.IsRequired && !mended.ContainsKey(x.Name)))
        {
            var at = Join(path, missing.Name);
            problems.Add(at, Refuse.UnreadableCode, $"'{at}' is required.");
            mended.Add(missing.Name, Empty(missing.PropertyType));
        }

        return mended;
    }

    private JsonArray Items(JsonElement json, Type type, string path)
    {
        var mended = new JsonArray();
        foreach (var item in json.EnumerateArray())
        {
            // A null within a list was told before.
            mended.Add(item.ValueKind is JsonValueKind.Null ? Empty(type) : Value(item, type, string.Create(CultureInfo.InvariantCulture, $"{path}[{mended.Count}]")));
        }

        return mended;
    }

    private bool IsOf(Type type, JsonElement json)
    {
        try
        {
            json.Deserialize(type, strict);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private JsonNode? Wrong(Type type, string path)
    {
        problems.Add(path, Refuse.UnreadableCode, path.Length == 0 ? "The body must be a JSON object of this request's members." : $"'{path}' has the wrong JSON type, or is null.");
        return Empty(type);
    }

    private JsonNode? Empty(Type type) => strict.GetTypeInfo(type) switch
    {
        _ when typeof(IAmended).IsAssignableFrom(type) => Empty(type.GenericTypeArguments[0]),
        { Kind: JsonTypeInfoKind.Object } form => new JsonObject(form.Properties.Where(x => x.IsRequired).Select(x => KeyValuePair.Create(x.Name, Empty(x.PropertyType)))),
        { Kind: JsonTypeInfoKind.Enumerable } => new JsonArray(),
        _ when type == typeof(string) => "",
        _ => type.IsValueType ? JsonSerializer.SerializeToNode(Activator.CreateInstance(type), type, strict) : null,
    };

    private static bool MayBeNull(JsonPropertyInfo member) =>
        typeof(IAmended).IsAssignableFrom(member.PropertyType) ? member.PropertyType.GetGenericTypeDefinition() == typeof(AmendedOrNone<>)
        : member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null
        : member.AssociatedParameter?.IsNullable ?? member.IsSetNullable;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
