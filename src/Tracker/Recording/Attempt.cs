namespace Tracker.Recording;

/// <summary>A command on its way to the recorder.</summary>
/// <param name="Agenda">The agenda whose line it goes on.</param>
/// <param name="Opens">Whether it opens that agenda: then there must be no line yet, and else there must be one.</param>
/// <param name="Caller">Who asks, and what they may.</param>
/// <param name="Reads">The streams whose states the decision looks at, beside the agenda's own.</param>
/// <param name="Decide">The decision, made under the agenda's lock: pure, but that one on more than fits in memory looks up what it needs page by page.</param>
/// <param name="Answer">What a recorded command answers; called only where something was recorded or nothing had to be.</param>
public sealed record Attempt(
    string Agenda,
    bool Opens,
    Caller Caller,
    IReadOnlyCollection<StreamKey> Reads,
    Func<Known, LookUp, ValueTask<Decided>> Decide,
    StreamKey Target,
    Func<Recorded, Answer> Answer)
{
    /// <summary>The streams that the first states lead to: the activity that a piece of evidence is of.</summary>
    public Func<Known, IEnumerable<StreamKey>>? ReadsThen { get; init; }

    /// <summary>The thing of which the decision looks at what rests on it, where it does.</summary>
    public Func<Known, StreamKey?>? ReadsRestingOn { get; init; }

    /// <summary>Whether the decision looks at the target's events, because it may rewrite them.</summary>
    public bool ReadsHistory { get; init; }

    /// <summary>Whether it may take long, and so goes by itself, over a connection of its own.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether it goes by itself, because it may take long, holds what others wait for, or begins a line that nobody holds yet.</summary>
    internal bool IsAlone => IsLong || ReadsHistory || Opens;

    /// <summary>Whether its decision rests on more than states: on what the tables say, where what the same transaction has not written yet is not found.</summary>
    internal bool LooksBeyondStates => ReadsRestingOn is not null || TellsReach;

    /// <summary>Whether what is answered says how far the agenda's record then reaches.</summary>
    public bool TellsReach { get; init; }

    /// <summary>The key the client repeats the command under, if it gave one.</summary>
    public RepeatKey? Repeat { get; init; }

    /// <summary>What leads here, for the events' metadata: the trace, and the request within it.</summary>
    public string? Correlation { get; init; }

    public string? Causation { get; init; }
}

/// <summary>Looks up the states of further streams, under the lock that the decision is made under. Only what it answers is held in memory.</summary>
public delegate Task<Known> LookUp(IReadOnlyCollection<StreamKey> keys);

/// <summary>What was recorded.</summary>
/// <param name="Position">The recording's position; the agenda's last where nothing was recorded.</param>
/// <param name="Outcome">What the decision said.</param>
/// <param name="Target">The stream that the answer is about: the attempt's own, or that of the proposal which came of it.</param>
/// <param name="State">That stream's state afterwards; null where there is none.</param>
/// <param name="Basis">The recording that changed anything of what that rests on last; null where it rests on nothing.</param>
/// <param name="CoveredThrough">The day through which the agenda's record then reaches; null where the attempt does not tell it, or it is not known in time.</param>
public sealed record Recorded(long Position, Decided Outcome, StreamKey Target, object? State, long? Basis, DateOnly? CoveredThrough = null);

/// <summary>An <c>Idempotency-Key</c> within its caller and route, and the digest of what came with it.</summary>
public sealed record RepeatKey(string By, string Route, string Key, byte[] Digest);
