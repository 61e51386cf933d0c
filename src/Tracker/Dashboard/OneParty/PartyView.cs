using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Sources;

namespace Tracker.Dashboard.OneParty;

/// <summary>One party of an agenda as a page shows it: its own part in each of its commitments.</summary>
/// <param name="Entries">The commitments on the board that it made: those with concrete action of its own first, in the rule's order.</param>
/// <param name="Timeline">All its commitments over time, with the evidence of its own action alone.</param>
/// <param name="Own">Its own wordings, in the order of <paramref name="Entries"/>.</param>
/// <param name="Joint">What joint statements say of its commitments, for whichever party they are recorded: who signed them is not on record.</param>
public sealed record PartyView(
    Board Board, Party Party, ImmutableArray<BoardEntry> Entries, Timeline Timeline, ImmutableArray<(BoardEntry Entry, ImmutableArray<Clause> Clauses)> Own,
    ImmutableArray<(BoardEntry Entry, ImmutableArray<Clause> Clauses)> Joint, ImmutableDictionary<string, Source> Sources)
{
    /// <summary>More lanes than these would make the page too large to be read.</summary>
    public const int MostLanes = 40;

    public static ImmutableArray<BoardEntry> EntriesOf(Board board, string party) =>
        [.. board.Commitments.Where(x => x.ByParty.ContainsKey(party)).OrderBy(x => x.ByParty[party].Status).ThenBy(x => x.Title, StringComparer.Ordinal)];

    /// <summary>How deep what it did against a commitment goes; null where it did nothing against it.</summary>
    public Depth? AgainstOf(BoardEntry entry) => Timeline.Commitments.FirstOrDefault(x => x.Slug == entry.Slug)?.Marks
        .Where(x => x is { Counts: true, Direction: Direction.Undercuts }).Select(x => (Depth?)x.Depth).Max();

    /// <summary>Who issued the joint statement that a wording stands in; null where it stands in none.</summary>
    public string? JointIssuerOf(Clause clause) =>
        Sources.GetValueOrDefault(clause.Source) is { Kind: SourceKind.JointStatement } joint ? Board.About!.NameOf(joint.Issuer) : null;

    /// <summary>A timeline of those commitments alone on which there is evidence of its action, and of no more than there is room for.</summary>
    public static Timeline Cut(Timeline timeline) => timeline with
    {
        Commitments = [.. timeline.Commitments.Where(x => !x.Marks.IsEmpty).OrderByDescending(x => x.Marks.Length).ThenBy(x => x.Slug, StringComparer.Ordinal).Take(MostLanes)],
    };
}
