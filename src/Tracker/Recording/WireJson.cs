using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Tracker.Recording;

/// <summary>
/// JSON as the API speaks it. Writing is deterministic, so that the same facts give the same bytes. Reading is strict: what is
/// required, nullable, duplicate or unknown is told, with its path; nothing is guessed.
/// </summary>
public static partial class WireJson
{
    private const int MaxDepth = 32;
    private const int MaxText = 20_000;
    private const int MaxItems = 1_000;
    private const int MaxProblems = 100;

    /// <summary>Enumerations as their camel-case words.</summary>
    public static JsonConverter EnumWords { get; } = new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    /// <summary>How the API, the events and the tables write JSON.</summary>
    public static JsonSerializerOptions Options { get; } = Create(strict: false);

    private static JsonSerializerOptions Strict { get; } = Create(strict: true);

    /// <summary>The indented form, for files and people.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a command's body, or says what keeps it from being read (400) or what no text may hold (422).</summary>
    public static (T? Value, Refusal? Refusal) Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[Encoding.UTF8.Preamble.Length..];
        try
        {
            if (Scan(body) is { } refusal) return (null, refusal);
            if (IsList(typeof(T)) && body.TrimStart(" \t\r\n"u8).StartsWith("["u8)) body = (byte[])[.. "{\"items\":"u8, .. body, .. "}"u8];
            var value = JsonSerializer.Deserialize<T>(body, Strict);
            return value is null ? (null, Refuse.Unreadable("The body must be a JSON object, not null.")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Explain(e));
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of a lone surrogate or of bytes that are no UTF-8 within a string.
            return (null, Refuse.Unreadable("A text in the body is not valid Unicode."));
        }
    }

    /// <summary>Whether a body may be a plain list of what it holds as <c>items</c>.</summary>
    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Batch<>);

    private static JsonSerializerOptions Create(bool strict) => new(JsonSerializerDefaults.General)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { EnumWords, new InstantConverter() },
        MaxDepth = MaxDepth,
        RespectNullableAnnotations = strict,
        RespectRequiredConstructorParameters = strict,
        UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
        AllowDuplicateProperties = !strict,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>One pass for what the serialiser lets through: a null within a list, U+0000, texts and lists too long to be meant.</summary>
    private static Refusal? Scan(ReadOnlySpan<byte> body)
    {
        var problems = new Problems();
        var path = new List<(string Step, int Index)>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var member = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    member = reader.GetString()!;
                    if (member.Contains('\0')) return Refuse.Unreadable("A member's name holds U+0000.");
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Add((Step(), reader.TokenType is JsonTokenType.StartArray ? 0 : -1));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.RemoveAt(path.Count - 1);
                    break;
                case JsonTokenType.Null when path is [.., (_, >= 0)]:
                    return Refuse.Unreadable("A list must not hold null.", Here());
                case JsonTokenType.String:
                    var text = reader.GetString()!;
                    if (text.Contains('\0')) problems.Add(Here(), "bad-text", "A text must not hold U+0000.");
                    else if (text.Length > MaxText)
                        problems.Add(Here(), "too-long", string.Create(CultureInfo.InvariantCulture, $"A text must not be longer than {MaxText} characters."));
                    break;
            }

            if (problems.Count >= MaxProblems) break;
            if (path is not [.., (var step, >= 0 and var index)]) continue;
            if (index == MaxItems)
                return Refuse.As("too-many", ThisList(), string.Create(CultureInfo.InvariantCulture, $"A list must not hold more than {MaxItems} items."));
            path[^1] = (step, index + 1);
        }

        return problems.Any ? problems.Refusal() : null;

        string ThisList() => path.Count == 1 ? "items" : string.Join('.', path.Skip(1).Select(x => x.Step)).Replace(".[", "[", StringComparison.Ordinal);

        string Step() => path is [.., (_, >= 0 and var at)] ? string.Create(CultureInfo.InvariantCulture, $"[{at}]") : member;

        string Here() => string.Join('.', path.Skip(1).Select(x => x.Step).Append(Step())).Replace(".[", "[", StringComparison.Ordinal);
    }

    private static Refusal Explain(JsonException e)
    {
        var within = (e.InnerException as JsonException)?.Path?[1..];
        var at = ((e.Path ?? "$") + within).TrimStart('$').TrimStart('.');
        if (MissingMembers().Match(e.Message) is { Success: true } missing)
        {
            var names = MemberName().Matches(missing.Groups[1].Value).Select(x => Join(at, x.Groups[1].Value)).ToArray();
            var refusal = Refuse.Unreadable(names.Length == 1 ? $"'{names[0]}' is required." : $"Required and missing: {string.Join(", ", names)}.");
            return refusal with { Errors = refusal.Errors.AddRange(names.Distinct().Select(x => KeyValuePair.Create(x, System.Collections.Immutable.ImmutableArray.Create("It is required.")))) };
        }

        if (UnknownMember().Match(e.Message) is { Success: true } unknown)
        {
            var name = at.EndsWith(unknown.Groups[1].Value, StringComparison.Ordinal) ? at : Join(at, unknown.Groups[1].Value);
            return Refuse.Unreadable($"'{name}' is not a member of this request.", name);
        }

        if (DuplicateMember().Match(e.Message) is { Success: true } twice)
            return Refuse.Unreadable($"'{twice.Groups[1].Value}' is given twice.", Join(at, twice.Groups[1].Value));
        if (e.Message.Contains("could not be converted", StringComparison.Ordinal) || e.Message.Contains("allow null", StringComparison.Ordinal)
            || e.Message.Contains("non-nullable", StringComparison.Ordinal))
            return at.Length == 0
                ? Refuse.Unreadable("The body must be a JSON object of this request's members.")
                : Refuse.Unreadable($"'{at}' has the wrong JSON type, or is null.", at);
        return Refuse.Unreadable(string.Create(CultureInfo.InvariantCulture,
            $"The body is not JSON: something is wrong near line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
    }

    private static string Join(string at, string name) => at.Length == 0 || at == name ? name : $"{at}.{name}";

    [GeneratedRegex("missing required properties including: (.+)")]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex MemberName();

    [GeneratedRegex("property '(.+)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("[Dd]uplicate property '(.+?)'", RegexOptions.Singleline)]
    private static partial Regex DuplicateMember();
}

/// <summary>Instants as RFC 3339 in UTC, with the microseconds the database keeps.</summary>
public static partial class Instants
{
    /// <summary>Reads RFC 3339 with its offset, and nothing else: no leap second, no 24:00, no year 0000.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || !Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) return false;
        instant = parsed.ToUniversalTime();
        return true;
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Instants.Text(value));
}
