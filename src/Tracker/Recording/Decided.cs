using System.Collections.Immutable;
using System.Globalization;

namespace Tracker.Recording;

/// <summary>The outcome of a decision: what happened, or why not. Nothing else can come of a command.</summary>
public abstract record Decided
{
    private protected Decided() { }

    /// <summary>These events happened on the stream the use case is about.</summary>
    public static Decided That(params ReadOnlySpan<object> events) => new Happened([.. events]);

    /// <summary>These events happened on the stream the use case is about, and made this part of it.</summary>
    public static Decided Made(string partId, params ReadOnlySpan<object> events) => new Happened([.. events]) { PartId = partId };

    /// <summary>A correction of a thing. Where it changes nothing, nothing happened: so a repeat is harmless.</summary>
    public static Decided Corrected<T>(T was, object correction) where T : class, IFolded<T> =>
        WireJson.Bytes(T.Fold(was, correction, default)).AsSpan().SequenceEqual(WireJson.Bytes(was)) ? Nothing : That(correction);

    /// <summary>A correction of a thing, at once or once a second person agrees.</summary>
    /// <param name="waits">Whether it takes a second person.</param>
    /// <param name="proposed">The same correction as a proposal.</param>
    public static Decided Corrected<T>(T was, object correction, bool waits, Func<object> proposed) where T : class, IFolded<T> =>
        Corrected(was, correction) is Happened { Events.IsEmpty: false } happened ? waits ? new Waits(proposed()) : happened : Nothing;

    /// <summary>Nothing happened, because it had already: a retry is harmless.</summary>
    public static Decided Nothing { get; } = new Happened([]);
}

/// <summary>Events on the stream the use case is about.</summary>
public sealed record Happened(ImmutableArray<object> Events) : Decided
{
    /// <summary>The id of the clause or search that the events made, where they did.</summary>
    public string? PartId { get; init; }

    /// <summary>What the event takes out of those before it: null but for a redaction.</summary>
    public Rewritten? Rewritten { get; init; }
}

/// <summary>A change that a second person must agree to: it becomes a proposal, and nothing moves until then.</summary>
/// <param name="Proposed">The event that begins the proposal.</param>
public sealed record Waits(object Proposed) : Decided
{
    /// <summary>The kind of stream that a proposal is.</summary>
    public const string Kind = "proposals";
}

/// <summary>Events on several streams: a batch or an import, one recording all the same.</summary>
/// <param name="Answer">What is answered; null where it is the thing that the use case is about.</param>
public sealed record HappenedOnMany(ImmutableArray<StreamEvents> Streams, Func<object>? Answer) : Decided
{
    /// <summary>
    /// What happened on still more streams than fit in memory, and on none of the above: told one by one while they are appended. Nothing of
    /// it can be refused any more.
    /// </summary>
    public IAsyncEnumerable<StreamEvents>? Further { get; init; }
}

/// <summary>What happened on one stream.</summary>
public sealed record StreamEvents(StreamKey Key, ImmutableArray<object> Events, bool Starts);

/// <summary>A "no", as a value with a stable code.</summary>
/// <param name="Status">The HTTP status that says it best.</param>
/// <param name="Code">Stable: clients are written against it (<c>urn:tracker:{code}</c>).</param>
/// <param name="Detail">For a person, about this occurrence.</param>
public sealed record Refusal(int Status, string Code, string Detail) : Decided
{
    /// <summary>What is wrong, by field or by path in the body.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Errors { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The URL of the thing that stands in the way, where there is one.</summary>
    public string? Resource { get; init; }

    /// <summary>Seconds after which asking again makes sense, where it does.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For a person, about this kind of refusal: the code as words.</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(Code[0])}{Code[1..].Replace('-', ' ')}");
}

/// <summary>The ways to say no.</summary>
public static class Refuse
{
    public const string UnreadableCode = "unreadable";

    /// <summary>The request cannot be understood: 400.</summary>
    public static Refusal Unreadable(string detail, string? field = null) =>
        new(400, UnreadableCode, detail) { Errors = field is null ? Refusals.None : Refusals.At(field, detail) };

    /// <summary>A value of the query is not of its form: 400, with the value that was read, cut where it is long.</summary>
    /// <param name="form">What it must be: <c>a day, YYYY-MM-DD</c>.</param>
    /// <param name="why">A sentence more, after a space.</param>
    public static Refusal NotOfForm(string field, string form, string? value, string why = "")
    {
        const int MostShown = 60;
        var read = string.IsNullOrEmpty(value) ? "" : $"; it is '{(value.Length > MostShown ? value[..MostShown] + "…" : value)}'";
        return Unreadable($"'{field}' must be {form}{read}.{why}", field);
    }

    public static Refusal NotFound(string what, string name) => new(404, "not-found", $"There is no {what} '{name}'.");

    /// <summary>What is asked for is on its way: 503.</summary>
    public static Refusal Behind(long position) =>
        new(503, "behind", string.Create(CultureInfo.InvariantCulture, $"The record at position {position} is still being made ready to be read. Ask again in a moment.")) { RetryAfter = 1 };

    /// <summary>A command comes to an agenda whose tables lack a recording, and waits until they are filled: 503.</summary>
    public static Refusal BeingFilled => new(503, "unavailable", "The tables of this agenda are being filled from its events. Nothing was changed; try again.") { RetryAfter = 2 };

    public const string NewerVersionCode = "newer-version";

    /// <summary>A newer program recorded something that this one does not know: 503, from this node, until it is replaced.</summary>
    public static Refusal NewerVersion(string agenda) => new(503, NewerVersionCode,
        $"A newer version of this program recorded something on '{agenda}' that this one does not know, and leaves to it. Nothing was changed; ask again, so that a newer node may answer.")
    { RetryAfter = 5 };

    /// <summary>A list would lack agendas that are left to newer programs: 503.</summary>
    public static Refusal ListNewerVersion => new(503, NewerVersionCode,
        "A newer version of this program recorded something on some agendas that this one does not know, and a list would lack them. Ask again, so that a newer node may answer.")
    { RetryAfter = 5 };

    /// <summary>A list would lack agendas whose tables are being filled: 503.</summary>
    public static Refusal ListBeingFilled => new(503, "behind", "The tables of some agendas are being filled from their events, and a list would lack them. Ask again soon.") { RetryAfter = 2 };

    /// <summary>A command waited too long for its agenda's line, as while an import holds it: 503.</summary>
    public static Refusal LineBusy => new(503, "busy", "Another recording holds this agenda, as a large import does, or too many commands wait. Nothing was changed; try again.") { RetryAfter = 2 };

    /// <summary>The connection to the database broke while a command was committed, and it cannot be looked up: 503.</summary>
    public static Refusal OutcomeUnknown => new(503, "outcome-unknown",
        "The connection to the database broke while this was committed. It may have been recorded: repeat it with the same Idempotency-Key, or look before you send it again.")
    { RetryAfter = 5 };

    /// <summary>Something that may have come first is still at work: 503.</summary>
    public static Refusal Busy => new(503, "behind", "A command that may precede that instant is still running.") { RetryAfter = 1 };

    /// <summary>The caller asks for too much at once: 429.</summary>
    public static Refusal TooMany(string detail, int seconds) =>
        new(429, "too-many-requests", string.Create(CultureInfo.InvariantCulture, $"{detail} Try again in {seconds} s.")) { RetryAfter = seconds };

    /// <summary>It stands against what is already so: 409.</summary>
    public static Refusal Conflict(string code, string detail) => new(409, code, detail);

    /// <summary>What was withdrawn is past correcting, and takes nothing more: 409.</summary>
    public static Refusal Withdrawn(string what, string name) => Conflict("withdrawn", $"The {what} '{name}' was withdrawn.");

    /// <summary>Only what was withdrawn can be reinstated: 409.</summary>
    public static Refusal NotWithdrawn(string what, string name) => Conflict("not-withdrawn", $"The {what} '{name}' was not withdrawn, or has been reinstated since.");

    /// <summary>What it rests on was withdrawn too, and comes back first: 409.</summary>
    public static Refusal RestsOnWithdrawn(string what, string name) => Conflict("rests-on-withdrawn", $"It rests on the {what} '{name}', which was withdrawn. Reinstate that first.");

    /// <summary>Others rest on it, and are named: 409.</summary>
    public static Refusal InUse(string detail, ImmutableArray<Resting> by)
    {
        const int Named = 20;
        var names = string.Join(", ", by.Take(Named).Select(x => x.Key.Name));
        var more = by.Length > Named ? string.Create(CultureInfo.InvariantCulture, $" and {by.Length - Named} more") : "";
        return Conflict("in-use", $"{detail}: {names}{more}.") with { Resource = by[0].Key.Address };
    }

    /// <summary>It can be read, and is wrong: 422.</summary>
    public static Refusal As(string code, string detail) => new(422, code, detail);

    public static Refusal As(string code, string field, string detail) => new(422, code, detail) { Errors = Refusals.At(field, detail) };

    public static Refusal StaleVersion(long current) => new(412, "stale-version",
        string.Create(CultureInfo.InvariantCulture, $"It has changed since you read it: its version is now {current}. Read it again, then decide."));

    /// <summary>No tag of <c>If-Match</c> is one that was ever answered of the thing: 412.</summary>
    public static Refusal UnknownTag(string sent, long current) => new(412, "stale-version",
        string.Create(CultureInfo.InvariantCulture, $"'If-Match' is '{sent}', which names no version of it: an ETag of it begins with the version, which is {current} now. Read it, and send the ETag of that answer."));

    /// <summary><c>If-Match</c> compares strongly (RFC 9110, 13.1.1), and a weak tag equals none: 412.</summary>
    public static Refusal WeakTag(string sent) => new(412, "weak-tag",
        $"'If-Match' is '{sent}', a weak tag, and it compares strongly: a weak tag matches nothing. Whether anything has changed was not looked at. Send the ETag without W/.");

    public static Refusal StaleBasis { get; } = new(412, "stale-version", "What it rests on was changed since you read it: its commitment, its activity or a source that it cites. Read it again, then decide.");
}

file static class Refusals
{
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> None { get; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public static ImmutableSortedDictionary<string, ImmutableArray<string>> At(string field, string detail) =>
        None.Add(field, [detail]);
}
