using System.Collections.Immutable;
using Npgsql;

namespace Tracker.Recording;

/// <summary>A thing that rests on others: what it rests on cannot be taken away under it.</summary>
public interface IResting
{
    /// <summary>The parties it names.</summary>
    ImmutableArray<string> Parties { get; }

    /// <summary>Whether it counts; what it rests on can be taken away under what does not.</summary>
    bool Counts { get; }

    /// <summary>What it rests on: what is decided of it is decided of these as they were.</summary>
    IEnumerable<StreamKey> Basis(string agenda);
}

/// <summary>An event that changes nothing of what others rest on a thing for: what was decided of them stands as it did.</summary>
public interface INotRestedOn;

/// <summary>A thing that something rested on, as it was then.</summary>
/// <param name="Kind">The kind of thing, as in its address: <c>activities</c>.</param>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Position">The recording that had changed it last: as known at that position, it reads as it did then. Searches of a commitment do not count, nothing rests on them.</param>
public sealed record RestedOn(string Kind, string Name, long Position);

/// <summary>One of those that stand in the way.</summary>
public sealed record Resting(StreamKey Key, ImmutableArray<string> Parties);

/// <summary>Finds what may rest on a thing, while the agenda's line is locked.</summary>
public interface IFindResting
{
    /// <summary>The streams of everything that rests on it, and perhaps of some that do not: their states tell.</summary>
    Task<IReadOnlyList<StreamKey>> FindAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, StreamKey thing, CancellationToken ct);
}
