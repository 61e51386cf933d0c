using System.Collections.Immutable;
using System.Globalization;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>The lists of a bundle, in an order in which each leans on none but those before it.</summary>
public enum BundleList
{
    Sources,
    Commitments,
    Activities,
    Evidence,
    Searches,
    Proposals,
}

/// <summary>How the items of a body are found again by a person.</summary>
public enum BodyForm
{
    /// <summary>By their paths.</summary>
    Json,

    /// <summary>By their lines too.</summary>
    Lines,

    /// <summary>By their rows and columns too.</summary>
    Sheet,
}

/// <summary>
/// A bundle put aside, item by item as it came, so that it can be checked in the order in which its parts lean on each other without
/// being held in memory. Of its items it is only known that each is JSON.
/// </summary>
public sealed class StagedBundle(BodyForm form) : IAsyncDisposable
{
    /// <summary>The largest that a single item may be.</summary>
    public const int MaxItem = 4 * 1024 * 1024;

    private readonly Dictionary<int, List<(string Column, string What)>> _doubts = [];
    private readonly Spool[] _lists = [.. Enum.GetValues<BundleList>().Select(_ => new Spool())];

    /// <summary>The format it says it is of, as JSON; null where the body has none.</summary>
    public byte[]? Format { get; set; }

    /// <summary>The agenda, as JSON; null where the body has none.</summary>
    public byte[]? Agenda { get; set; }

    /// <summary>The statements of coverage, as JSON; null where the body has none.</summary>
    public byte[]? Coverage { get; set; }

    /// <summary>What was wrong with the form of the body.</summary>
    public Problems Problems { get; } = new();

    /// <summary>Lists of which something could not be put aside, or read: what is named and not found may be that.</summary>
    public bool[] HasGaps { get; } = new bool[Enum.GetValues<BundleList>().Length];

    /// <summary>Something could not be put aside of which it is not known what it is.</summary>
    public void IsBroken() => Array.Fill(HasGaps, true);

    /// <summary>Members of which it is told once, and not of each item, that they are missing.</summary>
    public ImmutableArray<string> Missing { get; set; } = [];

    /// <summary>Takes note of what may be wrong with an item of a sheet.</summary>
    public void Doubt(int index, string column, string what)
    {
        // What is listed of problems is limited too.
        if (_doubts.Count >= Problems.MaxListed) return;
        if (!_doubts.TryGetValue(index, out var doubts)) _doubts.Add(index, doubts = []);
        doubts.Add((column, what));
    }

    /// <summary>What may be wrong with an item of a sheet.</summary>
    public IEnumerable<(string Column, string What)> DoubtsOf(int index) => _doubts.GetValueOrDefault(index) ?? [];

    public int Count(BundleList list) => _lists[(int)list].Count;

    /// <summary>How many items there are, of all lists.</summary>
    public int Total => _lists.Sum(x => x.Count);

    public void Add(BundleList list, int place, ReadOnlySpan<byte> json) => _lists[(int)list].Add(place, json);

    public IEnumerable<StagedItem> Read(BundleList list) => _lists[(int)list].Read();

    /// <summary>Where to tell what is wrong with an item.</summary>
    public Problems At(Problems problems, BundleList list, StagedItem item)
    {
        var at = problems.At(Words.Text(list), item.Index);
        return form switch
        {
            BodyForm.Lines => at.Within($"Line {item.Place}"),
            BodyForm.Sheet => at.Within($"Row {item.Place}", hasColumns: true).Beside(Missing),
            _ => at,
        };
    }

    /// <summary>Where an item stands, for a person: its row, its line, or its path.</summary>
    public string PlaceOf(BundleList list, StagedItem item) => form switch
    {
        BodyForm.Lines => string.Create(CultureInfo.InvariantCulture, $"line {item.Place}"),
        BodyForm.Sheet => string.Create(CultureInfo.InvariantCulture, $"row {item.Place}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Words.Text(list)}[{item.Index}]"),
    };

    public ValueTask DisposeAsync()
    {
        foreach (var list in _lists) list.Dispose();
        return ValueTask.CompletedTask;
    }
}
