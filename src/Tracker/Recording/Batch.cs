using System.Collections.Immutable;

namespace Tracker.Recording;

/// <summary>Commands of one kind, to be recorded together: a JSON list of them, or an object with the list as <c>items</c>.</summary>
public sealed record Batch<TItem>(TItem[] Items) where TItem : class
{
    public const int MaxItems = 1_000;
}

/// <summary>What became of a batch: a result for each item, in its order.</summary>
public sealed record BatchResults(ImmutableArray<BatchResult> Results);

/// <param name="Slug">The name of what was made, where it is named by a slug.</param>
/// <param name="Id">The name of what was made, where it is named by an id.</param>
/// <param name="State">Where it stands now, where it can stand at several.</param>
public sealed record BatchResult(int Index, string? Slug, string? Id, string? State);

/// <summary>Puts a batch together: what is wrong with any item is wrong with all.</summary>
public sealed class BatchDecision<T>(Known known) where T : class, IFolded<T>
{
    private readonly Problems _problems = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Path, string Name)> _taken = [];
    private readonly ImmutableArray<StreamEvents>.Builder _streams = ImmutableArray.CreateBuilder<StreamEvents>();
    private readonly ImmutableArray<BatchResult>.Builder _results = ImmutableArray.CreateBuilder<BatchResult>();

    public Problems At(int index) => _problems.At("items", index);

    /// <summary>Takes an item that was read, under its name.</summary>
    public void Take(int index, string name, BatchResult result, params ReadOnlySpan<object> events)
    {
        if (!_names.Add(name)) At(index).Add("", "repeated", $"The batch names '{name}' twice.");
        if (known.Has<T>(name)) _taken.Add(($"items[{index}]", name));
        _streams.Add(new StreamEvents(StreamKey.Of<T>(known.Agenda, name), [.. events], Starts: true));
        _results.Add(result);
    }

    public Decided Outcome()
    {
        if (_problems.Any) return _problems.Refusal();
        if (_taken.Count > 0)
            return Refuse.Conflict("slug-taken", $"There is already one named '{_taken[0].Name}'.") with
            {
                Errors = _taken.ToImmutableSortedDictionary(x => x.Path, x => ImmutableArray.Create($"There is already one named '{x.Name}'."), StringComparer.Ordinal),
            };
        var results = new BatchResults(_results.ToImmutable());
        return new HappenedOnMany(_streams.ToImmutable(), () => results);
    }
}
