using System.Collections.Immutable;
using Npgsql;

namespace Tracker.Recording;

/// <summary>A thing that rests on others: what it rests on cannot be taken away under it.</summary>
public interface IResting
{
    /// <summary>The parties it names.</summary>
    ImmutableArray<string> Parties { get; }

    /// <summary>Whether it counts, and rests on the thing of that kind and name.</summary>
    bool RestsOn(string kind, string name);
}

/// <summary>One of those that stand in the way.</summary>
public sealed record Resting(StreamKey Key, ImmutableArray<string> Parties);

/// <summary>Finds what may rest on a thing, while the agenda's line is locked.</summary>
public interface IFindResting
{
    /// <summary>The streams of everything that rests on it, and perhaps of some that do not: their states tell.</summary>
    Task<IReadOnlyList<StreamKey>> FindAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, StreamKey thing, CancellationToken ct);
}
