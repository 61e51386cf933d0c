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

    /// <summary>Enumerations as their camel-case words.</summary>
    public static JsonConverter EnumWords { get; } = new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    /// <summary>How the API, the events and the tables write JSON.</summary>
    public static JsonSerializerOptions Options { get; } = Create(strict: false);

    private static JsonSerializerOptions Strict { get; } = Create(strict: true);

    /// <summary>The indented form, for files and people.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a command's body, or says everything that keeps it from being read (400) and what no text may hold (422), by path.</summary>
    public static (T? Value, Refusal? Refusal) Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        var (value, refusal) = ReadWhatCan<T>(body);
        return refusal is null ? (value, null) : (null, refusal);
    }

    /// <summary>
    /// Reads what can be read of a body: where there is a refusal, what it names by its path is empty in the value, or missing. There is no
    /// value where the body is no JSON object.
    /// </summary>
    public static (T? Value, Refusal? Refusal) ReadWhatCan<T>(ReadOnlySpan<byte> body) where T : class
    {
        if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[Encoding.UTF8.Preamble.Length..];
        try
        {
            var problems = new Problems();
            Scan(body, problems);
            if (IsList(typeof(T)) && body.TrimStart(" \t\r\n"u8).StartsWith("["u8)) body = (byte[])[.. "{\"items\":"u8, .. body, .. "}"u8];
            if (!problems.Any)
            {
                try
                {
                    var value = JsonSerializer.Deserialize<T>(body, Strict);
                    return value is null ? (null, Refuse.Unreadable("The body must be a JSON object, not null.")) : (value, null);
                }
                catch (JsonException)
                {
                    // It is JSON of another form.
                }
            }

            return Mended<T>(body, problems);
        }
        catch (JsonException e)
        {
            return (null, Refuse.Unreadable(string.Create(CultureInfo.InvariantCulture,
                $"The body is not JSON: something is wrong near line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.")));
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of a lone surrogate or of bytes that are no UTF-8 within a name.
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
    private static void Scan(ReadOnlySpan<byte> body, Problems problems)
    {
        var path = new List<(string Step, int Index)>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var member = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    member = reader.GetString()!;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Add((Step(), reader.TokenType is JsonTokenType.StartArray ? 0 : -1));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.RemoveAt(path.Count - 1);
                    break;
                case JsonTokenType.Null when path is [.., (_, >= 0)]:
                    problems.Add(Here(), Refuse.UnreadableCode, "A list must not hold null.");
                    break;
                case JsonTokenType.String:
                    if (!TryText(ref reader, out var text)) problems.Add(Here(), Refuse.UnreadableCode, "A text must be valid Unicode.");
                    else if (text.Contains('\0')) problems.Add(Here(), "bad-text", "A text must not hold U+0000.");
                    else if (text.Length > MaxText)
                        problems.Add(Here(), "too-long", string.Create(CultureInfo.InvariantCulture, $"A text must not be longer than {MaxText} characters."));
                    break;
            }

            if (path is not [.., (var step, >= 0 and var index)]) continue;
            if (index == MaxItems)
                problems.Add(ThisList(), "too-many", string.Create(CultureInfo.InvariantCulture, $"A list must not hold more than {MaxItems} items."));
            path[^1] = (step, index + 1);
        }

        string ThisList() => Joined(path.Skip(1).Select(x => x.Step));

        string Step() => path is [.., (_, >= 0 and var at)] ? string.Create(CultureInfo.InvariantCulture, $"[{at}]") : member;

        string Here() => Joined(path.Skip(1).Select(x => x.Step).Append(Step()));

        // A body that is a list is one of what it holds as items.
        string Joined(IEnumerable<string> steps) =>
            string.Join('.', path is [(_, >= 0), ..] ? steps.Prepend("items") : steps).Replace(".[", "[", StringComparison.Ordinal);
    }

    private static bool TryText(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of a lone surrogate or of bytes that are no UTF-8.
            text = "";
            return false;
        }
    }

    private static (T?, Refusal?) Mended<T>(ReadOnlySpan<byte> body, Problems problems) where T : class
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        using var json = JsonDocument.ParseValue(ref reader);
        var mended = new Mending(Strict, problems).Mend(json.RootElement, typeof(T));
        if (!problems.Any) throw new NotSupportedException($"A {typeof(T).Name} could not be read from JSON in its form.");
        return (json.RootElement.ValueKind is JsonValueKind.Object ? mended.Deserialize<T>(Strict) : null, problems.Refusal());
    }
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
