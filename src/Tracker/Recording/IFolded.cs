namespace Tracker.Recording;

/// <summary>
/// A thing whose state is folded from the events of one stream. The one fold serves decisions, answers and the tables alike,
/// so none of them can disagree about what an event means.
/// </summary>
/// <typeparam name="T">The state itself.</typeparam>
public interface IFolded<T> where T : class, IFolded<T>
{
    /// <summary>The middle part of the stream's key: <c>sources</c>, <c>activities</c>. Permanent.</summary>
    static abstract string Kind { get; }

    /// <summary>How many events the state is folded from: what <c>If-Match</c> compares.</summary>
    long Version { get; }

    /// <summary>The state after one more event. Pure; may run again tomorrow.</summary>
    static abstract T Fold(T? state, object happened, Stamp stamp);
}

/// <summary>What the store keeps about an event beside the fact itself.</summary>
/// <param name="Name">The name of the thing: the last part of the stream's key.</param>
/// <param name="Version">The event's place in its stream, from 1.</param>
/// <param name="Position">The recording it belongs to: the agenda's own count.</param>
/// <param name="At">When it was recorded, by the database's clock, under the agenda's lock.</param>
/// <param name="By">The opaque principal id of who recorded it.</param>
public readonly record struct Stamp(string Name, long Version, long Position, DateTimeOffset At, string By);

/// <summary>An event that a stream's fold does not know: the fold is older than the store, and must not guess.</summary>
public sealed class UnknownEventException : Exception
{
    public UnknownEventException() { }

    public UnknownEventException(string message) : base(message) { }

    public UnknownEventException(string message, Exception inner) : base(message, inner) { }

    public static UnknownEventException For<T>(object @event) =>
        new($"{typeof(T).Name} has no fold for {@event.GetType().Name} at this point of its stream.");
}
