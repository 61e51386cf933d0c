using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>Takes a bundle in JSON apart as it comes. Its members may come in any order; of its lists no more than one item is in memory.</summary>
public sealed class JsonBody
{
    private static readonly string[] Required = ["format", "agenda", .. Enum.GetValues<BundleList>().Select(Words.Text)];

    private readonly StagedBundle _staged;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 32 });
    private Where _where = Where.Before;
    private string _member = "";
    private Refusal? _refusal;

    private JsonBody(StagedBundle staged) => _staged = staged;

    private enum Where
    {
        Before,
        AmongMembers,
        AtMember,
        InList,
        After,
    }

    public static async Task<(StagedBundle?, Refusal?)> StageAsync(Stream body, CancellationToken ct)
    {
        var staged = new StagedBundle(BodyForm.Json);
        var refusal = await new JsonBody(staged).TakeAsync(body, ct);
        if (refusal is null) return (staged, null);
        await staged.DisposeAsync();
        return (null, refusal);
    }

    private async Task<Refusal?> TakeAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[128 * 1024];
        var (filled, isFinal, isStart) = (0, false, true);
        while (true)
        {
            // Filled before it is looked at: each look at an item that is not whole is a look in vain.
            while (!isFinal && filled < buffer.Length)
            {
                var read = await body.ReadAsync(buffer.AsMemory(filled), ct);
                (filled, isFinal) = (filled + read, read == 0);
            }

            var mark = isStart && buffer.AsSpan(0, filled).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            isStart = false;
            int taken;
            try
            {
                taken = mark + Take(buffer.AsSpan(mark, filled - mark), isFinal);
            }
            catch (JsonException e)
            {
                return Refuse.Unreadable(string.Create(CultureInfo.InvariantCulture,
                    $"The body is not JSON: something is wrong near line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
            }

            if (_refusal is not null) return _refusal;
            if (isFinal) return _where is Where.After ? Missing() : Refuse.Unreadable("The body must be a JSON object of this request's members.");
            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
            if (filled < buffer.Length) continue;
            if (buffer.Length >= StagedBundle.MaxItem)
                return new Refusal(413, "too-large", $"'{Here()}' is larger than {StagedBundle.MaxItem / 1024 / 1024} MiB.");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Takes what is whole, and says how many bytes that was.</summary>
    private int Take(ReadOnlySpan<byte> data, bool isFinal)
    {
        var reader = new Utf8JsonReader(data, isFinal, _state);
        while (_refusal is null)
        {
            var before = reader;
            if (!reader.Read()) break;
            if (_where is Where.AtMember or Where.InList && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && !(_where is Where.AtMember && ListOf(_member) is not null))
            {
                var start = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    reader = before;
                    break;
                }

                Value(reader.TokenType, data[start..(int)reader.BytesConsumed]);
            }
            else
            {
                Token(ref reader, data);
            }
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Token(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        switch (_where)
        {
            case Where.Before when reader.TokenType is JsonTokenType.StartObject:
                _where = Where.AmongMembers;
                break;
            case Where.Before:
                _refusal = Refuse.Unreadable(reader.TokenType is JsonTokenType.Null ? "The body must be a JSON object, not null." : "The body must be a JSON object of this request's members.");
                break;
            case Where.AmongMembers when reader.TokenType is JsonTokenType.EndObject:
                _where = Where.After;
                break;
            case Where.AmongMembers:
                Member(ref reader);
                break;
            case Where.AtMember when ListOf(_member) is not null && reader.TokenType is JsonTokenType.StartArray:
                _where = Where.InList;
                break;
            case Where.InList when reader.TokenType is JsonTokenType.EndArray:
                _where = Where.AmongMembers;
                break;
            default:
                Value(reader.TokenType, data[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
                break;
        }
    }

    private void Member(ref Utf8JsonReader reader)
    {
        string name;
        try
        {
            name = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of a lone surrogate.
            _refusal = Refuse.Unreadable("A member's name is not valid Unicode.");
            return;
        }

        if (!Required.Contains(name)) _refusal = Refuse.Unreadable($"'{name}' is not a member of this request.", name);
        else if (!_seen.Add(name)) _refusal = Refuse.Unreadable($"'{name}' is given twice.", name);
        (_member, _where) = (name, Where.AtMember);
    }

    private void Value(JsonTokenType type, ReadOnlySpan<byte> json)
    {
        switch (_where, _member)
        {
            case (Where.InList, _):
                _staged.Add(ListOf(_member)!.Value, 0, json);
                return;
            case (_, "format") when type is JsonTokenType.String:
                _staged.Format = json.ToArray();
                break;
            case (_, "agenda") when type is JsonTokenType.EndObject:
                _staged.Agenda = json.ToArray();
                break;
            default:
                _refusal = Refuse.Unreadable($"'{_member}' has the wrong JSON type, or is null.", _member);
                break;
        }

        _where = Where.AmongMembers;
    }

    private Refusal? Missing()
    {
        var problems = new Problems();
        foreach (var name in Required.Where(x => !_seen.Contains(x))) problems.Add(name, Refuse.UnreadableCode, $"'{name}' is required.");
        return problems.Any ? problems.Refusal() : null;
    }

    private string Here() => _where is Where.InList ? $"{_member}[{_staged.Count(ListOf(_member)!.Value)}]" : _member;

    private static BundleList? ListOf(string member) => Words.TryParse<BundleList>(member, out var list) ? list : null;
}
