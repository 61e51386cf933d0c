using System.Globalization;
using System.Reflection;
using JasperFx.Events;

namespace Tracker.Recording;

/// <summary>The kinds of streams there are, and how each folds.</summary>
public static class FoldedKinds
{
    private static readonly Dictionary<string, Kind> Kinds = FindKinds();

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>The state type of a kind of stream.</summary>
    public static Type TypeOf(string kind) => Kinds[kind].State;

    public static object Fold(string kind, object? state, object @event, Stamp stamp) => Kinds[kind].Next(state, @event, stamp);

    public static long VersionOf(string kind, object? state) => state is null ? 0 : Kinds[kind].Version(state);

    /// <summary>The states of the streams that the events, in any order across streams, belong to.</summary>
    public static Dictionary<StreamKey, object> FoldAll(IEnumerable<IEvent> events)
    {
        var states = new Dictionary<StreamKey, object>();
        foreach (var @event in events.OrderBy(x => x.Version))
        {
            var key = StreamKey.Parse(@event.StreamKey!);
            states[key] = Fold(key.Kind, states.GetValueOrDefault(key), @event.Data, StampOf(@event, key.Name));
        }

        return states;
    }

    public static Stamp StampOf(IEvent @event, string name) =>
        new(name, @event.Version, PositionOf(@event), @event.Timestamp, @event.UserName ?? "");

    public static long PositionOf(IEvent @event) =>
        Convert.ToInt64(@event.GetHeader(Recorder.PositionHeader)?.ToString(), CultureInfo.InvariantCulture);

    /// <summary>By which recording each of the streams was changed last, in anything that others rest on.</summary>
    public static IEnumerable<(StreamKey Key, long Position)> ChangedAt(IEnumerable<IEvent> events) =>
        events.Where(x => x.Data is not INotRestedOn).GroupBy(x => x.StreamKey!, StringComparer.Ordinal).Select(x => (StreamKey.Parse(x.Key), x.Max(PositionOf)));

    private static Dictionary<string, Kind> FindKinds()
    {
        var kinds = new Dictionary<string, Kind>(StringComparer.Ordinal);
        foreach (var type in typeof(FoldedKinds).Assembly.GetTypes())
            if (type is { IsClass: true } && Array.Exists(type.GetInterfaces(), x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IFolded<>) && x.GenericTypeArguments[0] == type))
            {
                var kind = (Kind)typeof(Kind).GetMethod(nameof(Kind.Of), BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;
                kinds.Add(kind.Name, kind);
            }

        return kinds;
    }

    private sealed record Kind(string Name, Type State, Func<object?, object, Stamp, object> Next, Func<object, long> Version)
    {
        public static Kind Of<T>() where T : class, IFolded<T> =>
            new(T.Kind, typeof(T), (state, @event, stamp) => T.Fold((T?)state, @event, stamp), state => ((T)state).Version);
    }
}
