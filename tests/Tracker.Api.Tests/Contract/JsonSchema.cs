using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tracker.Api.Tests.Contract;

/// <summary>
/// Holds JSON against the schemas of an OpenAPI 3.1 document: what of JSON Schema 2020-12 the contract uses, and no more; a word it does not
/// know is an error, not a pass. Where it is <c>closed</c>, an object has no members that the document does not name.
/// </summary>
public sealed class JsonSchema(JsonNode document, bool closed)
{
    private static readonly string[] Annotations = ["description", "example", "examples", "default", "title", "summary", "$schema", "$id", "$defs"];

    /// <summary>Everything in which a value is not what its schema says, by its path.</summary>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? value) => [.. Of(schema.AsObject(), value, "$", [])];

    /// <summary>Follows a reference, where it is one.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var at = node.AsObject();
        while (at.TryGetPropertyValue("$ref", out var reference))
            at = ((string)reference!).Split('/')[1..].Aggregate(document, (x, step) => x[step.Replace("~1", "/", StringComparison.Ordinal)] ?? throw new InvalidOperationException($"{reference} leads nowhere.")).AsObject();
        return at;
    }

    private IEnumerable<string> Of(JsonObject schema, JsonNode? value, string path, HashSet<string> known)
    {
        schema = Resolve(schema);
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        // What an allOf names is named for all its parts.
        known = [.. known, .. Named(schema)];
        foreach (var (word, said) in schema)
        {
            IEnumerable<string> faults = (word, said!) switch
            {
                ("type", _) => Types(said!).Any(type => Is(type, kind, value)) ? [] : [$"{path}: is {kind}, not {said!.ToJsonString()}"],
                ("enum", JsonArray words) => words.Any(x => JsonNode.DeepEquals(x, value)) ? [] : [$"{path}: {value?.ToJsonString()} is none of {words.ToJsonString()}"],
                ("const", _) => JsonNode.DeepEquals(said, value) ? [] : [$"{path}: {value?.ToJsonString()} is not {said!.ToJsonString()}"],
                ("allOf", JsonArray parts) => parts.SelectMany(x => Of(x!.AsObject(), value, path, known)),
                ("oneOf", JsonArray ways) => OneOf(ways, value, path, known),
                _ when Annotations.Contains(word) => [],
                _ when value is JsonObject members => OfMembers(schema, word, said!, members, path),
                _ when value is JsonArray items => OfItems(word, said!, items, path),
                _ when kind is JsonValueKind.String => OfText(word, said!, (string)value!, path),
                _ when kind is JsonValueKind.Number => OfNumber(word, said!, value!, path),
                _ => [],
            };
            foreach (var fault in faults) yield return fault;
        }

        if (!closed || value is not JsonObject all || !schema.ContainsKey("properties") || schema.ContainsKey("additionalProperties")) yield break;
        foreach (var (name, _) in all)
            if (!known.Contains(name)) yield return $"{path}.{name}: is not in the contract";
    }

    private IEnumerable<string> Named(JsonObject schema) =>
        (schema["properties"]?.AsObject().Select(x => x.Key) ?? [])
        .Concat((schema["allOf"]?.AsArray() ?? []).SelectMany(x => Named(Resolve(x!))));

    private string[] OneOf(JsonArray ways, JsonNode? value, string path, HashSet<string> known)
    {
        var faults = ways.Select(x => Of(x!.AsObject(), value, path, known).ToArray()).ToArray();
        return faults.Count(x => x.Length == 0) switch
        {
            1 => [],
            0 => faults.MinBy(x => x.Length)!,
            _ => [$"{path}: is several of what it may be one of"],
        };
    }

    private IEnumerable<string> OfMembers(JsonObject schema, string word, JsonNode said, JsonObject members, string path) => (word, said) switch
    {
        ("required", JsonArray names) => names.Where(x => !members.ContainsKey((string)x!)).Select(x => $"{path}.{x}: is missing"),
        ("properties", JsonObject named) => members.Where(x => named.ContainsKey(x.Key)).SelectMany(x => Of(named[x.Key]!.AsObject(), x.Value, $"{path}.{x.Key}", [])),
        ("additionalProperties", JsonObject each) => members.Where(x => schema["properties"]?[x.Key] is null).SelectMany(x => Of(each, x.Value, $"{path}.{x.Key}", [])),
        ("additionalProperties", JsonValue no) when !no.GetValue<bool>() =>
            members.Where(x => schema["properties"]?[x.Key] is null).Select(x => $"{path}.{x.Key}: is not in the contract"),
        ("additionalProperties", _) => [],
        _ => Other(word, path),
    };

    private IEnumerable<string> OfItems(string word, JsonNode said, JsonArray items, string path) => (word, said) switch
    {
        ("items", JsonObject each) => items.SelectMany((x, i) => Of(each, x, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), [])),
        ("minItems", _) => items.Count >= (int)said ? [] : [$"{path}: has {items.Count} items"],
        ("maxItems", _) => items.Count <= (int)said ? [] : [$"{path}: has {items.Count} items"],
        ("uniqueItems", _) => items.Select(x => x?.ToJsonString()).Distinct().Count() == items.Count ? [] : [$"{path}: has an item twice"],
        _ => Other(word, path),
    };

    private static string[] OfText(string word, JsonNode said, string text, string path) => word switch
    {
        "pattern" => Regex.IsMatch(text, (string)said!, RegexOptions.ECMAScript) ? [] : [$"{path}: '{text}' does not match {said}"],
        "minLength" => text.Length >= (int)said ? [] : [$"{path}: is too short"],
        "maxLength" => text.Length <= (int)said ? [] : [$"{path}: is too long"],
        "format" => IsOfFormat((string)said!, text) ? [] : [$"{path}: '{text}' is no {said}"],
        _ => Other(word, path),
    };

    private static string[] OfNumber(string word, JsonNode said, JsonNode value, string path) => word switch
    {
        "minimum" => value.GetValue<decimal>() >= said.GetValue<decimal>() ? [] : [$"{path}: {value} is less than {said}"],
        "maximum" => value.GetValue<decimal>() <= said.GetValue<decimal>() ? [] : [$"{path}: {value} is more than {said}"],
        "format" => (string)said! switch
        {
            "int32" => int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
            "int64" => long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
            _ => false,
        } ? [] : [$"{path}: {value} is no {said}"],
        _ => Other(word, path),
    };

    /// <summary>What a word says of values of another kind than the one at hand: nothing.</summary>
    private static string[] Other(string word, string path) => word is "items" or "properties" or "required" or "additionalProperties" or "pattern" or "minLength"
        or "maxLength" or "minimum" or "maximum" or "minItems" or "maxItems" or "uniqueItems" or "format"
        ? []
        : throw new InvalidOperationException($"{path}: the schema says '{word}', which these tests do not know.");

    private static IEnumerable<string> Types(JsonNode said) => said is JsonArray several ? several.Select(x => (string)x!) : [(string)said!];

    private static bool Is(string type, JsonValueKind kind, JsonNode? value) => type switch
    {
        "null" => kind is JsonValueKind.Null,
        "string" => kind is JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "object" => kind is JsonValueKind.Object,
        "array" => kind is JsonValueKind.Array,
        "number" => kind is JsonValueKind.Number,
        "integer" => kind is JsonValueKind.Number && value!.ToJsonString().All(x => char.IsAsciiDigit(x) || x == '-'),
        _ => throw new InvalidOperationException($"There is no type '{type}'."),
    };

    private static bool IsOfFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => Regex.IsMatch(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => System.Net.Mail.MailAddress.TryCreate(text, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new InvalidOperationException($"There is no format '{format}'."),
    };
}
