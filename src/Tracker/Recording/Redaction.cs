using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Npgsql;

namespace Tracker.Recording;

/// <summary>A text was taken out of the record, and out of everything that was known of the thing before. What it said is kept nowhere.</summary>
/// <param name="Member">Where it stood: <c>summary</c>, <c>participants[0].name</c>.</param>
/// <param name="Reason">Why, in the words of whoever took it out; it stands in the text's place.</param>
public sealed record TextRedacted(string Member, string Reason);

/// <summary>That a text of a thing was taken out of the record.</summary>
/// <param name="Member">Where it stood when it was taken out.</param>
/// <param name="Reason">Why, in the words of whoever took it out.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="Position">The recording that took it out; the earlier ones lack it too.</param>
public sealed record Redaction(string Member, string Reason, DateTimeOffset At, long Position)
{
    /// <summary>What every mark begins with.</summary>
    public const string MarkBegins = "[redacted: ";

    /// <summary>What stands in the place of a text that was taken out: it says so, and why.</summary>
    public static string Mark(string reason) => $"{MarkBegins}{reason}]";

    /// <summary>The redactions of a thing after one more.</summary>
    public static ImmutableArray<Redaction> After(ImmutableArray<Redaction> before, TextRedacted redacted, Stamp stamp) =>
        [.. before.IsDefault ? [] : before, new Redaction(redacted.Member, redacted.Reason, stamp.At, stamp.Position)];
}

/// <summary>An event of a thing, as a decision that rewrites it sees it.</summary>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Position">The recording it came with.</param>
public sealed record PastEvent(long Version, long Position, object Data);

/// <summary>What a redaction makes of the events before it, and what is to be forgotten wherever else it is kept.</summary>
/// <param name="Member">The name of the member that held the text, without what it is a part of: <c>name</c>.</param>
/// <param name="Texts">What it said: of several, as it was corrected in between.</param>
/// <param name="Mark">What stands there from now on.</param>
/// <param name="Events">The events that said it, as they read from now on.</param>
public sealed record Rewritten(string Member, ImmutableHashSet<string> Texts, string Mark, ImmutableArray<PastEvent> Events)
{
    /// <summary>Puts the mark wherever a member of that name holds one of the texts; tells whether any did.</summary>
    public bool Blank(JsonNode? node) => node switch
    {
        JsonObject thing => thing.ToArray().Aggregate(false, (any, x) => (x.Key == Member ? BlankAt(thing, x.Key, x.Value) : Blank(x.Value)) || any),
        JsonArray list => list.ToArray().Aggregate(false, (any, x) => Blank(x) || any),
        _ => false,
    };

    private bool BlankAt(JsonObject thing, string member, JsonNode? value)
    {
        if (value is not JsonArray list)
        {
            if (!Says(value)) return Blank(value);
            thing[member] = Mark;
            return true;
        }

        var any = false;
        for (var i = 0; i < list.Count; i++)
        {
            if (!Says(list[i])) continue;
            list[i] = Mark;
            any = true;
        }

        return any || Blank(list);
    }

    private bool Says(JsonNode? value) => value is JsonValue && value.GetValueKind() is System.Text.Json.JsonValueKind.String && Texts.Contains(value.GetValue<string>());
}

/// <summary>Keeps what things say, beside their events and the tables that are made of them.</summary>
public interface IRedactCopies
{
    /// <summary>Takes it out of what is kept here too.</summary>
    /// <param name="connection">In the transaction that takes it out, which holds the agenda's line.</param>
    /// <param name="thing">The thing that said it.</param>
    Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct);
}
