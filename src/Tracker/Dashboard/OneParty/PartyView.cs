using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Sources;

namespace Tracker.Dashboard.OneParty;

/// <summary>One party of an agenda as a page shows it: its own part in each of its commitments.</summary>
/// <param name="Entries">The commitments on the board that it made: those with concrete action of its own first, in the rule's order. As many as there is room for.</param>
/// <param name="Timeline">All its commitments over time, with the evidence of its own action alone.</param>
/// <param name="Own">Its own wordings, in the order of <paramref name="Entries"/>.</param>
/// <param name="Joint">What joint statements say of its commitments, for whichever party they are recorded: who signed them is not on record.</param>
public sealed record PartyView(
    Board Board, Party Party, Part<BoardEntry> Entries, Timeline Timeline, ImmutableArray<(BoardEntry Entry, ImmutableArray<Clause> Clauses)> Own,
    ImmutableArray<(BoardEntry Entry, ImmutableArray<Clause> Clauses)> Joint, ImmutableDictionary<string, Source> Sources)
{
    public static ImmutableArray<BoardEntry> EntriesOf(Board board, string party) =>
        [.. board.Commitments.Where(x => x.ByParty.ContainsKey(party)).OrderBy(x => x.ByParty[party].Status).ThenBy(x => x.Title, StringComparer.Ordinal)];

    /// <summary>How deep what it did against a commitment goes; null where it did nothing against it.</summary>
    public Depth? AgainstOf(BoardEntry entry) => Timeline.Commitments.FirstOrDefault(x => x.Slug == entry.Slug)?.Marks
        .Where(x => x is { Counts: true, Direction: Direction.Undercuts }).Select(x => (Depth?)x.Depth).Max();

    /// <summary>Who issued the joint statement that a wording stands in; null where it stands in none.</summary>
    public string? JointIssuerOf(Clause clause) =>
        Sources.GetValueOrDefault(clause.Source) is { Kind: SourceKind.JointStatement } joint ? Board.About!.NameOf(joint.Issuer) : null;

    /// <summary>Of the commitments shown, those over time on which there is evidence of its action.</summary>
    public Timeline Lanes()
    {
        var shown = Entries.Items.Select(x => x.Slug).ToHashSet(StringComparer.Ordinal);
        return Timeline with { Commitments = [.. Timeline.Commitments.Where(x => !x.Marks.IsEmpty && shown.Contains(x.Slug))] };
    }
}
