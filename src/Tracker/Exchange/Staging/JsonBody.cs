using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>Takes a bundle in JSON apart as it comes. Its members may come in any order; of its lists no more than one item is in memory.</summary>
public sealed class JsonBody
{
    private static readonly string[] Required = ["format", "agenda", .. Enum.GetValues<BundleList>().Where(x => x is not BundleList.Proposals).Select(Words.Text)];

    // What came later, and a bundle need not have.
    private static readonly string[] Optional = ["coverage", Words.Text(BundleList.Proposals)];

    private readonly StagedBundle _staged;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 32 });
    private Where _where = Where.Before;
    private string _member = "";
    private BundleList? _list;
    private bool _isTaken;
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
                _staged.IsBroken();
                _staged.Problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}"), Refuse.UnreadableCode, string.Create(CultureInfo.InvariantCulture,
                    $"The body is not JSON: something is wrong near line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
                return null;
            }
            catch (InvalidOperationException)
            {
                // System.Text.Json says so of a lone surrogate.
                return Refuse.Unreadable("A member's name is not valid Unicode.");
            }

            if (_refusal is not null) return _refusal;
            if (isFinal)
            {
                TellMissing();
                return null;
            }

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
            var isWhole = _where is Where.InList || (_where is Where.AtMember && !(_list is not null && reader.TokenType is JsonTokenType.StartArray));
            if (isWhole && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
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
            case Where.AtMember when _list is not null && reader.TokenType is JsonTokenType.StartArray:
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
        _member = reader.GetString()!;
        var isKnown = Required.Contains(_member) || Optional.Contains(_member);
        _isTaken = isKnown && _seen.Add(_member);
        _list = _isTaken ? ListOf(_member) : null;
        _where = Where.AtMember;
        if (!_isTaken) Unreadable(isKnown ? "is given twice" : "is not a member of this request");
    }

    private void Value(JsonTokenType type, ReadOnlySpan<byte> json)
    {
        if (_where is Where.InList)
        {
            _staged.Add(_list!.Value, 0, json);
            return;
        }

        _where = Where.AmongMembers;
        if (!_isTaken) return;
        switch (_member)
        {
            case "format" when type is JsonTokenType.String:
                _staged.Format = json.ToArray();
                break;
            case "agenda" when type is JsonTokenType.EndObject:
                _staged.Agenda = json.ToArray();
                break;
            case "coverage" when type is JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.StartObject:
                _staged.Coverage = json.ToArray();
                break;
            default:
                if (_list is { } list) _staged.HasGaps[(int)list] = true;
                Unreadable("has the wrong JSON type, or is null");
                break;
        }
    }

    private void TellMissing()
    {
        foreach (var name in Required.Where(x => !_seen.Contains(x)))
        {
            if (ListOf(name) is { } list) _staged.HasGaps[(int)list] = true;
            _staged.Problems.Add(name, Refuse.UnreadableCode, $"'{name}' is required.");
        }
    }

    private void Unreadable(string why) => _staged.Problems.Add(_member, Refuse.UnreadableCode, $"'{_member}' {why}.");

    private string Here() => _where is Where.InList ? $"{_member}[{_staged.Count(_list!.Value)}]" : _member;

    private static BundleList? ListOf(string member) => Words.TryParse<BundleList>(member, out var list) ? list : null;
}
