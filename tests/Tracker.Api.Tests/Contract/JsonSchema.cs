using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tracker.Api.Tests.Contract;

/// <summary>
/// Holds JSON against the schemas of an OpenAPI 3.1 document: what of JSON Schema 2020-12 the contract uses, and no more; a word it does not
/// know is an error, not a pass. Where it is <c>closed</c>, an object has no members that the document does not name.
/// </summary>
/// <remarks>Every answer to every test is held against it, so each schema is read once, and a path is put into words only for a fault.</remarks>
public sealed class JsonSchema(JsonNode document, bool closed)
{
    private static readonly string[] Annotations = ["description", "example", "examples", "default", "title", "summary", "$schema", "$id", "$defs"];

    private readonly ConcurrentDictionary<JsonObject, Schema> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>Everything in which a value is not what its schema says, by its path.</summary>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? value) => Faults(schema, JsonSerializer.SerializeToElement(value));

    /// <inheritdoc cref="Faults(JsonNode, JsonNode?)"/>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(Read(schema), value, Place.Root, null, faults);
        return faults;
    }

    /// <summary>Follows a reference, where it is one.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var at = node.AsObject();
        while (at.TryGetPropertyValue("$ref", out var reference))
            at = ((string)reference!).Split('/')[1..].Aggregate(document, (x, step) => x[step.Replace("~1", "/", StringComparison.Ordinal)] ?? throw new InvalidOperationException($"{reference} leads nowhere.")).AsObject();
        return at;
    }

    private Schema Read(JsonNode node) => _read.TryGetValue(node.AsObject(), out var known) ? known : _read[node.AsObject()] = Schema.Of(Resolve(node), this);

    private void Check(Schema schema, JsonElement value, Place at, Named? known, List<string> faults)
    {
        // What an allOf names is named for all its parts.
        known = new Named(schema.Names, known);
        foreach (var word in schema.Words) Check(schema, word, value, at, known, faults);
        if (!closed || !schema.Closes || value.ValueKind is not JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
            if (!known.Has(member.Name)) faults.Add($"{at}.{member.Name}: is not in the contract");
    }

    private void Check(Schema schema, Word word, JsonElement value, Place at, Named known, List<string> faults)
    {
        switch (word.Name, value.ValueKind)
        {
            case ("type", var kind):
                if (!Array.Exists(word.Texts, type => Is(type, kind, value))) faults.Add($"{at}: is {kind}, not {word.Said!.ToJsonString()}");
                break;
            case ("enum", _):
                if (!word.Has(value)) faults.Add($"{at}: {value.GetRawText()} is none of {word.Said!.ToJsonString()}");
                break;
            case ("const", _):
                if (!word.Has(value)) faults.Add($"{at}: {value.GetRawText()} is not {word.Said?.ToJsonString() ?? "null"}");
                break;
            case ("allOf", _):
                foreach (var part in word.Parts) Check(Read(part), value, at, known, faults);
                break;
            case ("oneOf", _):
                CheckOneOf(word, value, at, known, faults);
                break;
            case (_, JsonValueKind.Object):
                CheckMembers(schema, word, value, at, faults);
                break;
            case (_, JsonValueKind.Array):
                CheckItems(word, value, at, faults);
                break;
            case (_, JsonValueKind.String):
                CheckText(word, value.GetString()!, at, faults);
                break;
            case (_, JsonValueKind.Number):
                CheckNumber(word, value, at, faults);
                break;
        }
    }

    private void CheckOneOf(Word word, JsonElement value, Place at, Named known, List<string> faults)
    {
        List<string>? fewest = null;
        var right = 0;
        foreach (var way in word.Parts)
        {
            var found = new List<string>();
            Check(Read(way), value, at, known, found);
            if (found.Count == 0) right++;
            if (fewest is null || found.Count < fewest.Count) fewest = found;
        }

        if (right == 0) faults.AddRange(fewest!);
        if (right > 1) faults.Add($"{at}: is several of what it may be one of");
    }

    private void CheckMembers(Schema schema, Word word, JsonElement value, Place at, List<string> faults)
    {
        switch (word.Name, word.Said)
        {
            case ("required", JsonArray):
                foreach (var name in word.Texts)
                    if (!value.TryGetProperty(name, out _)) faults.Add($"{at}.{name}: is missing");
                break;
            case ("properties", JsonObject):
                foreach (var member in value.EnumerateObject())
                    if (schema.Members.TryGetValue(member.Name, out var said)) Check(Read(said), member.Value, new Place(at, member.Name), null, faults);
                break;
            case ("additionalProperties", JsonObject each):
                foreach (var member in value.EnumerateObject())
                    if (!schema.Members.ContainsKey(member.Name)) Check(Read(each), member.Value, new Place(at, member.Name), null, faults);
                break;
            case ("additionalProperties", JsonValue allowed):
                if (allowed.GetValue<bool>()) break;
                foreach (var member in value.EnumerateObject())
                    if (!schema.Members.ContainsKey(member.Name)) faults.Add($"{at}.{member.Name}: is not in the contract");
                break;
            default:
                Other(word, at);
                break;
        }
    }

    private void CheckItems(Word word, JsonElement value, Place at, List<string> faults)
    {
        switch (word.Name, word.Said)
        {
            case ("items", JsonObject each):
                var (schema, i) = (Read(each), 0);
                foreach (var item in value.EnumerateArray()) Check(schema, item, new Place(at, null, i++), null, faults);
                break;
            case ("minItems", _):
                if (value.GetArrayLength() < (int)word.Said!) faults.Add($"{at}: has {value.GetArrayLength()} items");
                break;
            case ("maxItems", _):
                if (value.GetArrayLength() > (int)word.Said!) faults.Add($"{at}: has {value.GetArrayLength()} items");
                break;
            case ("uniqueItems", _):
                if (value.EnumerateArray().DistinctBy(x => x.GetRawText()).Count() != value.GetArrayLength()) faults.Add($"{at}: has an item twice");
                break;
            default:
                Other(word, at);
                break;
        }
    }

    private static void CheckText(Word word, string text, Place at, List<string> faults)
    {
        switch (word.Name)
        {
            case "pattern":
                if (!word.Pattern!.IsMatch(text)) faults.Add($"{at}: '{text}' does not match {word.Said}");
                break;
            case "minLength":
                if (text.Length < (int)word.Said!) faults.Add($"{at}: is too short");
                break;
            case "maxLength":
                if (text.Length > (int)word.Said!) faults.Add($"{at}: is too long");
                break;
            case "format":
                if (!IsOfFormat((string)word.Said!, text)) faults.Add($"{at}: '{text}' is no {word.Said}");
                break;
            default:
                Other(word, at);
                break;
        }
    }

    private static void CheckNumber(Word word, JsonElement value, Place at, List<string> faults)
    {
        switch (word.Name)
        {
            case "minimum":
                if (value.GetDecimal() < word.Said!.GetValue<decimal>()) faults.Add($"{at}: {value} is less than {word.Said}");
                break;
            case "maximum":
                if (value.GetDecimal() > word.Said!.GetValue<decimal>()) faults.Add($"{at}: {value} is more than {word.Said}");
                break;
            case "format":
                if ((string)word.Said! switch { "int32" => !value.TryGetInt32(out _), "int64" => !value.TryGetInt64(out _), _ => true }) faults.Add($"{at}: {value} is no {word.Said}");
                break;
            default:
                Other(word, at);
                break;
        }
    }

    /// <summary>What a word says of values of another kind than the one at hand: nothing.</summary>
    private static void Other(Word word, Place at)
    {
        if (word.Name is not ("items" or "properties" or "required" or "additionalProperties" or "pattern" or "minLength"
            or "maxLength" or "minimum" or "maximum" or "minItems" or "maxItems" or "uniqueItems" or "format"))
            throw new InvalidOperationException($"{at}: the schema says '{word.Name}', which these tests do not know.");
    }

    private static bool Is(string type, JsonValueKind kind, JsonElement value) => type switch
    {
        "null" => kind is JsonValueKind.Null,
        "string" => kind is JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "object" => kind is JsonValueKind.Object,
        "array" => kind is JsonValueKind.Array,
        "number" => kind is JsonValueKind.Number,
        "integer" => kind is JsonValueKind.Number && value.GetRawText().All(x => char.IsAsciiDigit(x) || x == '-'),
        _ => throw new InvalidOperationException($"There is no type '{type}'."),
    };

    private static bool IsOfFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => Instant.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => System.Net.Mail.MailAddress.TryCreate(text, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new InvalidOperationException($"There is no format '{format}'."),
    };

    private static readonly Regex Instant = new("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$");

    /// <summary>A schema of the document, with what is looked up in it again and again.</summary>
    /// <param name="Names">What it names, its parts too.</param>
    /// <param name="Closes">Whether it names its members, and says nothing of others.</param>
    private sealed record Schema(Word[] Words, HashSet<string> Names, Dictionary<string, JsonNode> Members, bool Closes)
    {
        public static Schema Of(JsonObject said, JsonSchema all) => new(
            [.. said.Where(x => !Annotations.Contains(x.Key)).Select(x => new Word(x.Key, x.Value))],
            [.. NamesOf(said, all)],
            (said["properties"]?.AsObject() ?? []).ToDictionary(x => x.Key, x => x.Value!),
            said.ContainsKey("properties") && !said.ContainsKey("additionalProperties"));

        private static IEnumerable<string> NamesOf(JsonObject said, JsonSchema all) =>
            (said["properties"]?.AsObject().Select(x => x.Key) ?? [])
            .Concat((said["allOf"]?.AsArray() ?? []).SelectMany(x => NamesOf(all.Resolve(x!), all)));
    }

    /// <summary>A word of a schema, and what it says.</summary>
    private sealed class Word(string name, JsonNode? said)
    {
        private readonly JsonElement[] _values = name switch
        {
            "enum" => [.. said!.AsArray().Select(x => JsonSerializer.SerializeToElement(x))],
            "const" => [JsonSerializer.SerializeToElement(said)],
            _ => [],
        };

        private HashSet<string>? _texts;

        public string Name => name;

        public JsonNode? Said => said;

        /// <summary>What it lists, or the one text it says, of words that say names.</summary>
        public string[] Texts { get; } = name is not ("type" or "required") ? [] : said is JsonArray several ? [.. several.Select(x => (string)x!)] : [(string)said!];

        /// <summary>The schemas it lists.</summary>
        public JsonNode[] Parts { get; } = name is "allOf" or "oneOf" ? [.. said!.AsArray().Select(x => x!)] : [];

        public Regex? Pattern { get; } = name == "pattern" && said is JsonValue ? new Regex((string)said!, RegexOptions.ECMAScript) : null;

        /// <summary>Whether it is one of the values that it says.</summary>
        public bool Has(JsonElement value)
        {
            if (value.ValueKind is not JsonValueKind.String) return Array.Exists(_values, x => JsonElement.DeepEquals(x, value));
            _texts ??= [.. _values.Where(x => x.ValueKind is JsonValueKind.String).Select(x => x.GetString()!)];
            return _texts.Contains(value.GetString()!);
        }
    }

    /// <summary>What is named here, and by all that this is a part of.</summary>
    private sealed record Named(HashSet<string> Here, Named? Around)
    {
        public bool Has(string name) => Here.Contains(name) || Around?.Has(name) == true;
    }

    /// <summary>Where in a value.</summary>
    private sealed class Place(Place? within, string? member, int item = 0)
    {
        public static Place Root { get; } = new(null, "$");

        public override string ToString() => within is null ? member! : member is null ? string.Create(CultureInfo.InvariantCulture, $"{within}[{item}]") : $"{within}.{member}";
    }
}
