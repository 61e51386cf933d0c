using System.Text;
using System.Text.Json;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>
/// Takes a bundle in lines (NDJSON) apart: the first line is <c>{"format": …, "agenda": …}</c>, with <c>"coverage": […]</c> where any is stated, each further line one thing under the word
/// for it, <c>{"activity": …}</c>, in any order.
/// </summary>
public static class LineBody
{
    private const string Form = "it must be {\"format\": …, \"agenda\": …}, and nothing else.";

    /// <summary>The word a thing of each list stands under.</summary>
    public static IReadOnlyDictionary<string, BundleList> Words { get; } = new Dictionary<string, BundleList>(StringComparer.Ordinal)
    {
        ["source"] = BundleList.Sources,
        ["commitment"] = BundleList.Commitments,
        ["activity"] = BundleList.Activities,
        ["evidence"] = BundleList.Evidence,
        ["search"] = BundleList.Searches,
        ["proposal"] = BundleList.Proposals,
    };

    public static async Task<(StagedBundle?, Refusal?)> StageAsync(Stream body, CancellationToken ct)
    {
        var staged = new StagedBundle(BodyForm.Lines);
        var refusal = await TakeAsync(staged, body, ct);
        if (refusal is null) return (staged, null);
        await staged.DisposeAsync();
        return (null, refusal);
    }

    private static async Task<Refusal?> TakeAsync(StagedBundle staged, Stream body, CancellationToken ct)
    {
        var buffer = new byte[128 * 1024];
        var (start, filled, line, isFinal) = (0, 0, 0, false);
        while (true)
        {
            var length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (length >= 0 || isFinal)
            {
                var text = buffer.AsMemory(start, length >= 0 ? length : filled - start);
                if (++line == 1 && text.Span.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
                Take(staged, line, text.Span);
                if (length < 0)
                {
                    if (staged.Agenda is null && !staged.Problems.Any) Unreadable(staged, 1, Form);
                    return null;
                }

                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (start, filled) = (0, filled - start);
            if (filled == buffer.Length)
            {
                if (buffer.Length >= StagedBundle.MaxItem) return new Refusal(413, "too-large", $"Line {line + 1} is larger than {StagedBundle.MaxItem / 1024 / 1024} MiB.");
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await body.ReadAsync(buffer.AsMemory(filled), ct);
            (filled, isFinal) = (filled + read, read == 0);
        }
    }

    private static void Take(StagedBundle staged, int line, ReadOnlySpan<byte> text)
    {
        if (text.Trim(" \t\r"u8).IsEmpty) return;
        try
        {
            if (line == 1) TakeHead(staged, text);
            else TakeThing(staged, line, text);
        }
        catch (JsonException e)
        {
            Unreadable(staged, line, $"it is not JSON: something is wrong near byte {e.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of a lone surrogate or of bytes that are no UTF-8.
            Unreadable(staged, line, "a text in it is not valid Unicode.");
        }
    }

    private static void TakeHead(StagedBundle staged, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 32 });
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            Unreadable(staged, 1, Form);
            return;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            var (type, value) = Value(ref reader, text);
            switch (name)
            {
                case "format" when type is JsonTokenType.String && staged.Format is null:
                    staged.Format = value;
                    break;
                case "agenda" when type is JsonTokenType.StartObject && staged.Agenda is null:
                    staged.Agenda = value;
                    break;
                case "coverage" when type is JsonTokenType.StartArray && staged.Coverage is null:
                    staged.Coverage = value;
                    break;
                default:
                    Unreadable(staged, 1, Form);
                    return;
            }
        }

        if (staged.Format is null || staged.Agenda is null || reader.Read()) Unreadable(staged, 1, Form);
    }

    private static void TakeThing(StagedBundle staged, int line, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 32 });
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject || !reader.Read() || reader.TokenType is not JsonTokenType.PropertyName
            || !Words.TryGetValue(reader.GetString()!, out var list))
        {
            Unreadable(staged, line, $"it must be one thing under the word for it: {string.Join(", ", Words.Keys)}.");
            return;
        }

        var (_, value) = Value(ref reader, text);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.EndObject || reader.Read()) Unreadable(staged, line, "it must hold one thing, and nothing else.");
        else staged.Add(list, line, value);
    }

    private static (JsonTokenType Type, byte[] Json) Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        reader.Skip();
        return (type, text[start..(int)reader.BytesConsumed].ToArray());
    }

    private static void Unreadable(StagedBundle staged, int line, string why)
    {
        staged.IsBroken();
        staged.Problems.Add($"line {line}", Refuse.UnreadableCode, $"Line {line}: {why}");
    }
}
