using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
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
/// What a report says, as data: how far the record reaches, a board, what moved since the report before, what it rests on. All other forms are
/// made of it. Its canonical JSON is what the digest is of; it holds nothing but what follows from the record up to a position.
/// </summary>
/// <param name="Template">How it was made: <c>report/2</c>, or <c>report/1</c> where it was issued by that, which has less.</param>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="OmitsLaterRecordings">Whether more was on record when it was issued than what it takes into account, because it is of what was known before.</param>
/// <param name="CoveredThrough">The day through which the record reaches, as of <paramref name="ValidAt"/>: of what came after, it says nothing.</param>
/// <param name="Current">Whether the record ends no more than the codebook's coverage days before <paramref name="ValidAt"/>.</param>
/// <param name="AsOf">The day at which whatever speaks of time that passed is judged.</param>
/// <param name="StatedCoverage">The latest statement of how far the record reaches; null where it is read from the record itself.</param>
/// <param name="DaysSince">Days from <paramref name="Since"/> to <paramref name="AsOf"/>; in <c>report/1</c>, to <paramref name="ValidAt"/>.</param>
/// <param name="Headline">The roll-up in a sentence.</param>
/// <param name="Previous">The report it is compared with; null where it is with none.</param>
/// <param name="NotComparedBecause">Why it is compared with none; null where it is with one.</param>
/// <param name="New">Commitments that are on this board and not on the previous report's; in <c>report/1</c>, those recorded since.</param>
/// <param name="Overdue">Commitments that are overdue.</param>
/// <param name="Stale">Commitments that are stale.</param>
/// <param name="Moved">What differs between the previous report's board and this one; none in the first.</param>
/// <param name="Changes">In <c>report/1</c>, what the change log told since the previous report, oldest first; null in others.</param>
/// <param name="Corrections">What was corrected, withdrawn or reinstated on the record between the two positions, oldest first.</param>
/// <param name="Searches">Searches in the window that found nothing.</param>
/// <param name="Evidence">What the statuses rest on, with the numbers of its sources: those it cites, else those of its activity.</param>
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
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] bool OmitsLaterRecordings,
    Codebook Codebook,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] DateOnly CoveredThrough,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] bool Current,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] DateOnly AsOf,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] CoverageStatement? StatedCoverage,
    int DaysSince,
    string Headline,
    PreviousReport? Previous,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] NotCompared? NotComparedBecause,
    ReportSummary Summary,
    ImmutableArray<BoardEntry> Commitments,
    ImmutableArray<string> New,
    ImmutableArray<string> Overdue,
    ImmutableArray<string> Stale,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] ImmutableArray<Move> Moved,
    ImmutableArray<Change>? Changes,
    ImmutableArray<Change> Corrections,
    ImmutableArray<SearchOf> Searches,
    ImmutableArray<EvidenceOf> Evidence,
    ImmutableArray<Lane> Timeline,
    DivergenceCounts Divergence,
    ImmutableArray<WordingsOf> Wordings,
    Coverage Coverage,
    ImmutableArray<CitedSource> Sources)
{
    public const string Template1 = LeftOutOfAttribute.Report1;

    /// <summary>Why it was marked as issued in error. Told with a report that was, as its last member; it is no part of what the digest is of.</summary>
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Withdrawal? Retraction { get; init; }

    public const string Template2 = "report/2";

    /// <summary>The bytes that are the report: the same facts give the same.</summary>
    public byte[] CanonicalJson() => JsonSerializer.SerializeToUtf8Bytes(this, Template == Template1 ? Report1.Json : WireJson.Options);

    /// <summary>
    /// What it is called once issued: the day it is about, the position it rests on, and since when it counts where that is not the
    /// baseline. The same board has one report.
    /// </summary>
    public string Name() => FormattableString.Invariant($"{Days.Text(ValidAt)}-p{Position}") + (Since == Baseline.Date ? "" : $"-since-{Days.Text(Since)}");

    /// <summary>The board it is of.</summary>
    public Board AsBoard() => new(
        Agenda, Baseline, Since, ValidAt, KnownAt, Position, Codebook, CoveredThrough, Current, AsOf, DaysSince, Headline,
        new BoardSummary(Summary.Commitments, Summary.WithConcreteAction, Summary.ByStatus, Summary.Cells, Summary.ByParty), Commitments, PendingChanges.None, ReviewCounts.None);

    /// <summary>What a commitment is called: on this board, else on the one it is compared with.</summary>
    internal string TitleOf(string slug) => Commitments.FirstOrDefault(x => x.Slug == slug)?.Title ?? Moved.FirstOrDefault(x => x.Commitment == slug)?.Title ?? slug;

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, in lower-case hexadecimal digits.</summary>
    public static string DigestOf(byte[] canonicalJson) => Convert.ToHexStringLower(SHA256.HashData(canonicalJson));

    /// <summary>Puts a report together. Pure: what it is given is all it says.</summary>
    /// <param name="onlyCited">Whether evidence has no sources but those it cites.</param>
    public static ReportDocument Of(ReportMaterial from, bool onlyCited = false)
    {
        var (board, about) = (from.Board, from.Board.About!);
        var numbers = new Numbering(from.Sources);
        var window = from.Timeline.Commitments.SelectMany(x => x.Marks.Where(mark => mark.Counts).Select(mark => mark.Evidence)).ToHashSet(StringComparer.Ordinal);
        var commitments = from.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        // Numbered in the order in which a reader meets them.
        var evidence = from.Evidence.Where(x => window.Contains(x.Piece.Id))
            .OrderBy(x => x.Piece.Commitment, StringComparer.Ordinal).ThenBy(x => x.Activity.Occurred.Earliest).ThenBy(x => x.Activity.Occurred.Latest).ThenBy(x => x.Piece.Id, StringComparer.Ordinal)
            .Select(x => new EvidenceOf(x.Piece.Id, x.Piece.Commitment, x.Activity.Slug, x.Activity.Title, x.Activity.Occurred, x.Piece.Depth, x.Piece.Direction, x.Piece.Parties,
                [.. SourcesOf(x.Piece, x.Activity).Distinct().Select(numbers.Of)], x.Piece.Review?.Reviewed ?? Reviewed.Here))
            .ToImmutableArray();
        var wordings = from.Divergence.Commitments
            .Select(x => new WordingsOf(x.Slug, x.Shared, x.Jointly, x.Only, x.Silent,
                [.. x.Sides.SelectMany(side => side.Clauses.Select(clause => new WordingOf(side.Party, clause.Quote, clause.Language, clause.Translation, numbers.Of(clause.Source))))]))
            .ToImmutableArray();
        var moved = from.Before is { } before ? Moves.Between(before, board) : [];
        return new ReportDocument(
            Template2, board.Agenda, about.Title, about.Summary, about.Parties, board.Baseline, board.Since, board.ValidAt, board.KnownAt, board.Position, from.OmitsLaterRecordings, board.Codebook,
            board.CoveredThrough, board.Current, board.AsOf, StatedIn(about), board.DaysSince, from.OmitsLaterRecordings ? Boards.Headline.WriteAsThen(board) : board.Headline, from.Previous, from.NotComparedBecause,
            ReportSummary.Of(board.Summary, from.Commitments.Count(x => x.Withdrawal is null)), board.Commitments,
            [.. moved.Where(x => x is { Kind: MoveKind.Appeared, Party: null }).Select(x => x.Commitment)],
            [.. board.Commitments.Where(x => x.Flags.Overdue).Select(x => x.Slug)],
            [.. board.Commitments.Where(x => x.Flags.Stale).Select(x => x.Slug)],
            moved, Changes: null,
            [.. from.Changes.Where(x => x.Kind is ChangeKind.Corrected or ChangeKind.Withdrawn or ChangeKind.Reinstated)],
            [.. board.Commitments.SelectMany(x => SearchesOf(x, commitments[x.Slug]))],
            evidence, from.Timeline.Commitments, from.Divergence.Summary, wordings, from.Coverage, numbers.Cited());

        IEnumerable<string> SourcesOf(Evidence.Evidence piece, Activity activity) =>
            !onlyCited && piece.Citations.IsEmpty ? activity.SourcesNamed() : piece.Citations.Select(x => x.Source);
    }

    /// <summary>The statement of coverage that reaches furthest; of two that reach equally far, the one made last.</summary>
    private static CoverageStatement? StatedIn(Agenda about) => about.Coverage.Where(x => x.Withdrawal is null).OrderBy(x => x.Through).LastOrDefault();

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
/// <param name="Before">The previous report's board; null where there is none to compare with.</param>
/// <param name="FirstKnownAt">The position at which each commitment was first known.</param>
/// <param name="Changes">What the change log told after the previous report's position, up to this one's.</param>
/// <param name="OmitsLaterRecordings">Whether more is on record when it is issued.</param>
/// <param name="NotComparedBecause">Why there is no previous report; null where there is one.</param>
public sealed record ReportMaterial(
    Board Board,
    Board? Before,
    Timeline Timeline,
    Divergence Divergence,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<(Evidence.Evidence Piece, Activity Activity)> Evidence,
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyDictionary<string, long> FirstKnownAt,
    IReadOnlyList<Change> Changes,
    Coverage Coverage,
    PreviousReport? Previous,
    bool OmitsLaterRecordings = false,
    NotCompared? NotComparedBecause = null);

/// <summary>The report before this one, and the board it was of.</summary>
/// <param name="Since">The day from which it counted.</param>
/// <param name="CoveredThrough">The day through which the record reached on its board.</param>
/// <param name="Codebook">What its statuses were judged by.</param>
public sealed record PreviousReport(
    string Report,
    DateOnly ValidAt,
    long Position,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] DateOnly Since,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] DateOnly CoveredThrough,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] Codebook Codebook);

/// <summary>The board in numbers: by commitment, by cell, and by party.</summary>
/// <param name="Commitments">How many commitments are on the board.</param>
/// <param name="OnRecord">How many are on record and not withdrawn, whichever day they were made on.</param>
/// <param name="WithConcreteAction">How many of them have seen concrete action, whoever's it was.</param>
/// <param name="ByStatus">How many commitments stand at each status.</param>
/// <param name="Cells">Each commitment × one of its parties: one party's act is not all parties'.</param>
/// <param name="ByParty">Each party's row of counts, by code in ordinal order.</param>
public sealed record ReportSummary(
    int Commitments,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] int OnRecord,
    int WithConcreteAction,
    StatusCounts ByStatus,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] CellCounts Cells,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] ImmutableSortedDictionary<string, Rollup> ByParty)
{
    public static ReportSummary Of(BoardSummary summary, int onRecord) => new(summary.Commitments, onRecord, summary.WithConcreteAction, summary.ByStatus, summary.Cells, summary.ByParty);
}

/// <summary>A search that found nothing.</summary>
public sealed record SearchOf(string Commitment, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note);

/// <summary>A piece of evidence in the window, with the numbers of the sources it cites; where it cites none, of those of its activity.</summary>
/// <param name="Reviewed">Whether it was accepted in this record, by a review where the codebook asks for one, or only a bundle states that it was.</param>
public sealed record EvidenceOf(
    string Id, string Commitment, string Activity, string Title, FuzzyDate Occurred, Depth Depth, Direction Direction, ImmutableArray<string> Parties, ImmutableArray<int> Sources,
    [property: LeftOutOf(LeftOutOfAttribute.Report1)] Reviewed Reviewed);

/// <summary>A commitment in each party's own words.</summary>
/// <param name="Shared">Whether the words of each of the parties that made it are on record, and they are more than one or said it in a joint statement.</param>
/// <param name="Jointly">Whether it is shared for a joint statement: of some of those who made it, no words of their own are on record.</param>
/// <param name="Only">The one party whose words are on record; null where it is none, or several, or a joint statement's.</param>
/// <param name="Silent">Those who made it and of whom no wording is on record.</param>
/// <param name="Clauses">Each under the party that it is recorded for; the words of a joint statement are counted for every party that made the commitment, as who signed it is not on record.</param>
public sealed record WordingsOf(
    string Commitment, bool Shared, [property: LeftOutOf(LeftOutOfAttribute.Report1)] bool Jointly, string? Only, ImmutableArray<string> Silent, ImmutableArray<WordingOf> Clauses);

/// <param name="Source">The number of the source it stands in.</param>
public sealed record WordingOf(string Party, string Quote, string? Language, string? Translation, int Source);

/// <summary>How much evidence stands where: numerators, and their sum the denominator.</summary>
public sealed record Coverage(int Accepted, int Proposed, int Rejected, int Retracted);

/// <summary>A source under the number that cites it.</summary>
public sealed record CitedSource(
    int Number, string Slug, SourceKind Kind, SourceTier Tier, string Issuer, string Title, string? Publisher, DateOnly? PublishedOn, string? Language, string? Url, string? ArchiveUrl,
    string? Sha256);
