using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Tracker.Recording;

/// <summary>The states a decision may look at, read under the agenda's lock: nothing can change them before it is recorded.</summary>
/// <param name="States">The streams' states; a stream that is not among them does not exist, or was not asked for.</param>
/// <param name="Now">The instant the recording will bear.</param>
/// <param name="Caller">Who asks, and what they may.</param>
public sealed record Known(IReadOnlyDictionary<StreamKey, object> States, string Agenda, DateTimeOffset Now, Caller Caller)
{
    /// <summary>The events of the thing that the use case is about, in their order, where it asked for them.</summary>
    public ImmutableArray<PastEvent> History { get; init; } = [];

    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The opaque principal id of who asks.</summary>
    public string Principal => Caller.Principal!;

    /// <summary>A name nobody has, for what comes without one.</summary>
    public string NewName() => Guid.CreateVersion7(Now).ToString();

    public T? Find<T>(string name) where T : class, IFolded<T> =>
        States.TryGetValue(StreamKey.Of<T>(Agenda, name), out var state) ? (T)state : null;

    /// <summary>The state of any stream that was asked for, or null.</summary>
    public object? Find(StreamKey key) => States.GetValueOrDefault(key);

    public bool Has<T>(string name) where T : class, IFolded<T> => Find<T>(name) is not null;

    public bool Has<T>(string name, [NotNullWhen(true)] out T? found) where T : class, IFolded<T> => (found = Find<T>(name)) is not null;

    /// <summary>What rests on a thing, where the use case asked for it.</summary>
    public ImmutableArray<Resting> RestingOn<T>(string name) where T : class, IFolded<T> =>
        [.. States.Where(x => x.Value is IResting { Counts: true } it && it.Basis(Agenda).Contains(StreamKey.Of<T>(Agenda, name))).Select(x => new Resting(x.Key, ((IResting)x.Value).Parties))
            .OrderBy(x => x.Key.Name, StringComparer.Ordinal)];

    /// <summary>By which recording each of them was changed last, in anything that others rest on.</summary>
    public IReadOnlyDictionary<StreamKey, long> Positions { get; init; } = ImmutableDictionary<StreamKey, long>.Empty;

    /// <summary>What a thing rests on, as it is known here.</summary>
    public ImmutableArray<RestedOn> BasisOf(IResting thing) => [.. thing.Basis(Agenda).Distinct().Select(x => new RestedOn(x.Kind, x.Name, Positions[x]))];

    /// <summary>The recording that changed anything of what a state rests on last; null where it rests on nothing.</summary>
    public long? BasisPositionOf(object? state) => state is IResting thing ? BasisOf(thing).Max(x => x.Position) : null;

    /// <summary>A state the recorder has made sure of: the agenda, and the thing an existing stream's use case is about.</summary>
    public T The<T>(string name) where T : class, IFolded<T> =>
        Find<T>(name) ?? throw new InvalidOperationException($"{typeof(T).Name} '{name}' was not asked for by this use case.");
}
