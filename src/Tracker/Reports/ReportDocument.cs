using System.Collections.Immutable;
using System.Security.Cryptography;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;
using Tracker.Status;

namespace Tracker.Reports;

/// <summary>
/// What a report says, as data: a board, what changed since the report before, what it rests on. All other forms are made of it. Its
/// canonical JSON is what the digest is of; it holds nothing but what follows from the record up to a position.
/// </summary>
/// <param name="Template">How it was made.</param>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="DaysSince">Days from <paramref name="Since"/> to <paramref name="ValidAt"/>.</param>
/// <param name="Headline">The roll-up in a sentence.</param>
/// <param name="Previous">The report whose changes since are told; null for the first.</param>
/// <param name="New">Commitments recorded since the previous report.</param>
/// <param name="Overdue">Commitments that are overdue.</param>
/// <param name="Stale">Commitments that are stale.</param>
/// <param name="Changes">What moved since the previous report, oldest first; none in the first.</param>
/// <param name="Corrections">What was corrected or withdrawn since the previous report.</param>
/// <param name="Searches">Searches in the window that found nothing.</param>
/// <param name="Evidence">What the statuses rest on, with the numbers of its sources.</param>
/// <param name="Coverage">How much of the evidence is reviewed.</param>
/// <param name="Sources">What is cited, by the numbers that cite it: the first is 1.</param>
public sealed record ReportDocument(
    string Template,
    string Agenda,
    string Title,
    string? About,
    ImmutableArray<Party> Parties,
    Baseline Baseline,
    DateOnly Since,
    DateOnly ValidAt,
    DateTimeOffset KnownAt,
    long Position,
    Codebook Codebook,
    int DaysSince,
    string Headline,
    PreviousReport? Previous,
    Rollup Summary,
    ImmutableArray<BoardEntry> Commitments,
    ImmutableArray<string> New,
    ImmutableArray<string> Overdue,
    ImmutableArray<string> Stale,
    ImmutableArray<Change> Changes,
    ImmutableArray<Change> Corrections,
    ImmutableArray<SearchOf> Searches,
    ImmutableArray<EvidenceOf> Evidence,
    ImmutableArray<Lane> Timeline,
    DivergenceCounts Divergence,
    ImmutableArray<WordingsOf> Wordings,
    Coverage Coverage,
    ImmutableArray<CitedSource> Sources)
{
    public const string Template1 = "report/1";

    /// <summary>The bytes that are the report: the same facts give the same.</summary>
    public byte[] CanonicalJson() => WireJson.Bytes(this);

    /// <summary>
    /// What it is called once issued: the day it is about, the position it rests on, and since when it counts where that is not the
    /// baseline. The same board has one report.
    /// </summary>
    public string Name() => FormattableString.Invariant($"{Days.Text(ValidAt)}-p{Position}") + (Since == Baseline.Date ? "" : $"-since-{Days.Text(Since)}");

    /// <summary>The board it is of.</summary>
    public Board AsBoard() => new(Agenda, Baseline, Since, ValidAt, KnownAt, Position, Codebook, DaysSince, Summary, Commitments);

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, in lower-case hexadecimal digits.</summary>
    public static string DigestOf(byte[] canonicalJson) => Convert.ToHexStringLower(SHA256.HashData(canonicalJson));

    /// <summary>Puts a report together. Pure: what it is given is all it says.</summary>
    public static ReportDocument Of(ReportMaterial from)
    {
        var (board, about) = (from.Board, from.Board.About!);
        var numbers = new Numbering(from.Sources);
        var window = from.Timeline.Commitments.SelectMany(x => x.Marks.Where(mark => mark.Counts).Select(mark => mark.Evidence)).ToHashSet(StringComparer.Ordinal);
        var commitments = from.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        // Numbered in the order in which a reader meets them.
        var evidence = from.Evidence.Where(x => window.Contains(x.Piece.Id))
            .OrderBy(x => x.Piece.Commitment, StringComparer.Ordinal).ThenBy(x => x.Activity.Occurred.Earliest).ThenBy(x => x.Activity.Occurred.Latest).ThenBy(x => x.Piece.Id, StringComparer.Ordinal)
            .Select(x => new EvidenceOf(x.Piece.Id, x.Piece.Commitment, x.Activity.Slug, x.Activity.Title, x.Activity.Occurred, x.Piece.Depth, x.Piece.Direction, x.Piece.Parties,
                [.. x.Piece.Citations.Select(c => numbers.Of(c.Source)).Distinct()]))
            .ToImmutableArray();
        var wordings = from.Divergence.Commitments
            .Select(x => new WordingsOf(x.Slug, x.Shared, x.Only, x.Silent,
                [.. x.Sides.SelectMany(side => side.Clauses.Select(clause => new WordingOf(side.Party, clause.Quote, clause.Language, clause.Translation, numbers.Of(clause.Source))))]))
            .ToImmutableArray();
        return new ReportDocument(
            Template1, board.Agenda, about.Title, about.Summary, about.Parties, board.Baseline, board.Since, board.ValidAt, board.KnownAt, board.Position, board.Codebook,
            board.DaysSince, Boards.Headline.Of(board), from.Previous, board.Summary, board.Commitments,
            from.Previous is null ? [] : [.. from.FirstKnownAt.Where(x => x.Value > from.Previous.Position && commitments.ContainsKey(x.Key)).Select(x => x.Key).Order(StringComparer.Ordinal)],
            [.. board.Commitments.Where(x => x.Flags.Overdue).Select(x => x.Slug)],
            [.. board.Commitments.Where(x => x.Flags.Stale).Select(x => x.Slug)],
            [.. from.Changes.Where(x => x.Kind is not (ChangeKind.Corrected or ChangeKind.Withdrawn))],
            [.. from.Changes.Where(x => x.Kind is ChangeKind.Corrected or ChangeKind.Withdrawn)],
            [.. board.Commitments.SelectMany(x => SearchesOf(x, commitments[x.Slug]))],
            evidence, from.Timeline.Commitments, from.Divergence.Summary, wordings, from.Coverage, numbers.Cited());
    }

    private static IEnumerable<SearchOf> SearchesOf(BoardEntry entry, Commitment commitment) => commitment.Searches
        .Where(x => x.Withdrawal is null && x.SearchedThrough > entry.Because.After && x.SearchedThrough <= entry.Because.Through)
        .OrderBy(x => x.SearchedThrough).ThenBy(x => x.Id, StringComparer.Ordinal)
        .Select(x => new SearchOf(entry.Slug, x.SearchedThrough, x.Places, x.Note));

    /// <summary>Gives a source its number when it is first cited.</summary>
    private sealed class Numbering(IReadOnlyDictionary<string, Source> sources)
    {
        private readonly List<string> _cited = [];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public int Of(string source)
        {
            if (_numbers.TryGetValue(source, out var number)) return number;
            _cited.Add(source);
            return _numbers[source] = _cited.Count;
        }

        public ImmutableArray<CitedSource> Cited() => [.. _cited.Select((slug, i) =>
        {
            var x = sources[slug];
            return new CitedSource(i + 1, slug, x.Kind, x.Tier, x.Issuer, x.Title, x.Publisher, x.PublishedOn, x.Language, x.Url, x.ArchiveUrl, x.Sha256);
        })];
    }
}

/// <summary>All that a report is made of, as known at one position.</summary>
/// <param name="FirstKnownAt">The position at which each commitment was first known.</param>
/// <param name="Changes">What was told after the previous report's position, up to this one's.</param>
public sealed record ReportMaterial(
    Board Board,
    Timeline Timeline,
    Divergence Divergence,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<(Evidence.Evidence Piece, Activity Activity)> Evidence,
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyDictionary<string, long> FirstKnownAt,
    IReadOnlyList<Change> Changes,
    Coverage Coverage,
    PreviousReport? Previous);

/// <summary>The report before this one.</summary>
public sealed record PreviousReport(string Report, DateOnly ValidAt, long Position);

/// <summary>A search that found nothing.</summary>
public sealed record SearchOf(string Commitment, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note);

/// <summary>A piece of evidence in the window, with the numbers of the sources it cites.</summary>
public sealed record EvidenceOf(
    string Id, string Commitment, string Activity, string Title, FuzzyDate Occurred, Depth Depth, Direction Direction, ImmutableArray<string> Parties, ImmutableArray<int> Sources);

/// <summary>A commitment in each party's own words.</summary>
/// <param name="Only">The one party that has worded it; null where it is none, or several.</param>
/// <param name="Silent">Those who made it and whose account does not have it.</param>
public sealed record WordingsOf(string Commitment, bool Shared, string? Only, ImmutableArray<string> Silent, ImmutableArray<WordingOf> Clauses);

/// <param name="Source">The number of the source it stands in.</param>
public sealed record WordingOf(string Party, string Quote, string? Language, string? Translation, int Source);

/// <summary>How much evidence stands where: numerators, and their sum the denominator.</summary>
public sealed record Coverage(int Accepted, int Proposed, int Rejected, int Retracted);

/// <summary>A source under the number that cites it.</summary>
public sealed record CitedSource(
    int Number, string Slug, SourceKind Kind, SourceTier Tier, string Issuer, string Title, string? Publisher, DateOnly? PublishedOn, string? Language, string? Url, string? ArchiveUrl,
    string? Sha256);
