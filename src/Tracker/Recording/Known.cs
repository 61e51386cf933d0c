using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Tracker.Recording;

/// <summary>The states a decision may look at, read under the agenda's lock: nothing can change them before it is recorded.</summary>
public sealed class Known
{
    private readonly FrozenDictionary<StreamKey, object> _states;

    public Known(IReadOnlyDictionary<StreamKey, object> states, string agenda, DateTimeOffset now, Caller caller)
    {
        _states = states.ToFrozenDictionary();
        (Agenda, Now, Caller) = (agenda, now, caller);
    }

    public string Agenda { get; }

    /// <summary>The instant the recording will bear.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Who asks, and what they may.</summary>
    public Caller Caller { get; }

    /// <summary>The opaque principal id of who asks.</summary>
    public string Principal => Caller.Principal!;

    /// <summary>A name nobody has, for what comes without one.</summary>
    public string NewName() => Guid.CreateVersion7(Now).ToString();

    public T? Find<T>(string name) where T : class, IFolded<T> =>
        _states.TryGetValue(StreamKey.Of<T>(Agenda, name), out var state) ? (T)state : null;

    /// <summary>The state of any stream that was asked for, or null.</summary>
    public object? Find(StreamKey key) => _states.GetValueOrDefault(key);

    public bool Has<T>(string name) where T : class, IFolded<T> => Find<T>(name) is not null;

    public bool Has<T>(string name, [NotNullWhen(true)] out T? found) where T : class, IFolded<T> => (found = Find<T>(name)) is not null;

    /// <summary>What rests on a thing, where the use case asked for it.</summary>
    public ImmutableArray<Resting> RestingOn<T>(string name) where T : class, IFolded<T> =>
        [.. _states.Where(x => x.Value is IResting it && it.RestsOn(T.Kind, name)).Select(x => new Resting(x.Key, ((IResting)x.Value).Parties))
            .OrderBy(x => x.Key.Name, StringComparer.Ordinal)];

    /// <summary>A state the recorder has made sure of: the agenda, and the thing an existing stream's use case is about.</summary>
    public T The<T>(string name) where T : class, IFolded<T> =>
        Find<T>(name) ?? throw new InvalidOperationException($"{typeof(T).Name} '{name}' was not asked for by this use case.");
}
