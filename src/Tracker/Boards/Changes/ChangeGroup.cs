using System.Collections.Immutable;
using Tracker.Languages;

namespace Tracker.Boards.Changes;

/// <summary>
/// The changes of one recording that tell one fact: those of a commitment and its parties; or all of an import, which is told once. What people read
/// (pages, feeds) is told by group; the API has a row for each change.
/// </summary>
/// <param name="Id">The id that its changes carry as <see cref="Change.Group"/>.</param>
/// <param name="Newest">The last of its changes: what lists are ordered and continued by.</param>
/// <param name="Changes">Its changes, oldest first.</param>
/// <param name="Import">What an import changed, in numbers; null for all else.</param>
/// <param name="Text">All of it in a sentence.</param>
public sealed record ChangeGroup(string Id, ChangeId Newest, ImmutableArray<Change> Changes, ImportedChanges? Import, string Text)
{
    /// <summary>The change that speaks for the group: the commitment's own where there is one.</summary>
    public Change Lead => Changes.FirstOrDefault(x => x.Party is null && x.Kind is ChangeKind.StatusChanged) ?? Changes[0];

    /// <summary>The commitment that it is about, as it was called then; null where it is about none, or is an import.</summary>
    public string? Title { get; init; }

    /// <summary>What the recording was that moved it.</summary>
    public MovedBy By { get; init; }

    /// <summary>
    /// The day from which what moved counts; null where it is an import, where its moves count from several days, each of which <see cref="Text"/> names,
    /// and where nothing moved, or only a flag fell: that is told as known at the recording, and counts from no day.
    /// </summary>
    public DateOnly? CountsFrom => Import is null && Moves.Where(x => x.Kind is not (ChangeKind.NoLongerOverdue or ChangeKind.NoLongerStale)).Select(x => x.EffectiveOn).Distinct().ToArray() is [var day] ? day : null;

    /// <summary>The day through which the record reached when it was told, where it tells of that or of what is overdue or stale; null where it was not kept.</summary>
    public DateOnly? CoveredThrough => Changes.Where(x => IsFlag(x.Kind) || x.Kind is ChangeKind.Covered or ChangeKind.BecameUncovered).Select(x => x.CoveredThrough).FirstOrDefault(x => x is not null);

    /// <summary>Whether what moved had happened before the day of the recording; nothing happened where a correction moved it.</summary>
    public bool Late => Import is null && By is MovedBy.Recording && Moves.Any(x => x.Late);

    /// <summary>Whether a status or a flag moved.</summary>
    public bool Moved => Moves.Any();

    private IEnumerable<Change> Moves => Changes.Where(x => x.Kind is ChangeKind.StatusChanged || IsFlag(x.Kind));

    private static bool IsFlag(ChangeKind kind) => kind is ChangeKind.BecameOverdue or ChangeKind.BecameStale or ChangeKind.NoLongerOverdue or ChangeKind.NoLongerStale;

    /// <summary>Groups changes that are in order, the newest first; the groups come in that order too.</summary>
    /// <param name="newestFirst">Changes with their names, all of each recording.</param>
    /// <param name="imports">What each import changed, by its position.</param>
    internal static ImmutableArray<ChangeGroup> Fold(IReadOnlyList<ToldChange> newestFirst, IReadOnlyDictionary<long, ImportedChanges> imports)
    {
        var groups = ImmutableArray.CreateBuilder<ChangeGroup>();
        foreach (var group in newestFirst.GroupBy(x => x.Change.Group!, StringComparer.Ordinal))
        {
            var (newest, rows) = (ChangeId.Parse(group.First().Change.Id)!.Value, group.Reverse().ToArray());
            var import = group.Key == Position(newest) && imports.TryGetValue(newest.Position, out var sum) ? sum : null;
            ImmutableArray<Change> changes = [.. rows.Select(x => x.Change)];
            groups.Add(new ChangeGroup(group.Key, newest, changes, import, import is null ? Reaching(rows, TextOf(rows)) : ChangeText.Reaching(Texts.ChangesImported(import.Rated, import.Moved, import.Else), ChangeKind.StatusChanged, rows[^1].EndedOn))
            {
                Title = import is null ? rows[0].Named.Commitment : null,
                By = rows[0].Named.By,
            });
        }

        return groups.ToImmutable();
    }

    /// <summary>The id of the group that a change belongs to.</summary>
    internal static string IdOf(long position, string? commitment, bool isImport) =>
        isImport || commitment is null ? Position(new ChangeId(position, 0)) : $"{Position(new ChangeId(position, 0))}.{commitment}";

    private static string Position(ChangeId id) => id.Position.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // Once, after all of it; of how far the record reaches its own sentence tells.
    private static string Reaching(ToldChange[] rows, string text) =>
        rows.Any(x => x.Change.Kind is ChangeKind.Covered or ChangeKind.BecameUncovered) ? text : ChangeText.Reaching(text, rows[^1].Change.Kind, rows[^1].EndedOn);

    // The same move of several parties is one: "A visit, US, PRC and overall: none found → concrete action".
    private static string TextOf(ToldChange[] rows)
    {
        var said = new List<string>();
        foreach (var same in rows.GroupBy(x => (x.Change.Kind, x.Change.From, x.Change.To, x.Change.EffectiveOn, Own: x.Change.Kind is ChangeKind.StatusChanged ? null : x.Change.Id)))
        {
            var first = same.First();
            var parties = same.Select(x => x.Named.Party).OfType<string>().ToArray();
            if (same.Count() == 1 || first.Named.Commitment is null)
            {
                said.Add(first.Change.Text);
                continue;
            }

            var who = same.Any(x => x.Change.Party is null) ? [.. parties, parties.Length < first.Named.Parties || first.Named.Parties > 2 ? Texts.ChangeOverallOf(parties.Length, first.Named.Parties) : Texts.ChangeOverall] : parties;
            said.Add(ChangeText.Of(
                (same.FirstOrDefault(x => x.Change.Party is null) ?? first).Found,
                first.Named with { Party = Texts.ListOf(who) }, DateOnly.FromDateTime(first.Change.RecordedAt.UtcDateTime)));
        }

        return string.Join(' ', said);
    }
}

/// <summary>A change with what its sentence is made from.</summary>
internal sealed record ToldChange(Change Change, Found Found, Named Named)
{
    /// <summary>The day on which the record ended at its recording; null where it was current.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>What an import changed: how many commitments it rated for the first time, how many it moved, and how many other changes came with it.</summary>
public sealed record ImportedChanges(int Rated, int Moved, int Else);
