using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Reports.Paper;
using Tracker.Status;

namespace Tracker.Reports;

/// <summary>
/// What makes <c>report/1</c> the report it was, byte for byte. None is issued any more; those that were are made again for ever, so nothing here
/// changes. It knew nothing of where a record ends, and told what moved from what had been recorded in between.
/// </summary>
internal static class Report1
{
    private static readonly ImmutableArray<CommitmentStatus> Rest =
    [
        CommitmentStatus.Delivered, CommitmentStatus.Reversed, CommitmentStatus.Contested, CommitmentStatus.Undercut, CommitmentStatus.Partial,
        CommitmentStatus.DialogueOnly, CommitmentStatus.WordsOnly, CommitmentStatus.NoneFound, CommitmentStatus.NotYetRated,
    ];

    /// <summary>JSON without the members that came after this template.</summary>
    public static JsonSerializerOptions Json { get; } = new(WireJson.Options)
    {
        TypeInfoResolver = WireJson.Options.TypeInfoResolver!.WithAddedModifier(type =>
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
                if (IsLater(type.Properties[i])) type.Properties.RemoveAt(i);
        }),
    };

    public static ReportDocument Of(ReportMaterial from)
    {
        var (board, document) = (from.Board, ReportDocument.Of(from, onlyCited: true));
        var commitments = from.Commitments.Select(x => x.Slug).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<WordedCommitment> worded = [.. from.Divergence.Commitments.Select(x => x.AsRecorded())];
        return document with
        {
            Template = ReportDocument.Template1,
            CoveredThrough = board.ValidAt,
            Current = true,
            AsOf = board.ValidAt,
            StatedCoverage = null,
            DaysSince = board.ValidAt.DayNumber - board.Since.DayNumber,
            Headline = Headline(board),
            New = from.Previous is null ? [] : [.. from.FirstKnownAt.Where(x => x.Value > from.Previous.Position && commitments.Contains(x.Key)).Select(x => x.Key).Order(StringComparer.Ordinal)],
            Moved = [],
            Divergence = DivergenceCounts.Of(board.About!, worded),
            Wordings = [.. document.Wordings.Zip(worded, (x, told) => x with { Shared = told.Shared, Jointly = false, Only = told.Only, Silent = told.Silent })],
            Changes = [.. from.Changes.Where(x => x.Kind is ChangeKind.StatusChanged or ChangeKind.BecameOverdue or ChangeKind.BecameStale)],
        };
    }

    /// <summary>What is said of what moved.</summary>
    public static IEnumerable<Block> Moved(ReportDocument report, PreviousReport previous, Func<Change, ImmutableArray<Piece>> told)
    {
        yield return Paragraph.Of(Texts.ReportMovedSince(previous.Report, DayWords.Of(previous.ValidAt), previous.Position), Manner.Small);
        if (!report.New.IsEmpty) yield return Paragraph.Of(Texts.ReportNew(string.Join("; ", report.New.Select(report.TitleOf))));
        if (report.Changes is not { IsEmpty: false } changes) yield return Paragraph.Of(Texts.ReportNothingMoved);
        else yield return new Items(false, [.. changes.Select(told)]);
    }

    private static string Headline(Board board)
    {
        var words = Report1Words.English;
        var since = board.Since == board.Baseline.Date ? board.Baseline.Name : Days.Text(board.Since);
        var days = board.ValidAt.DayNumber - board.Since.DayNumber;
        if (days < 0) return $"{Days.Text(board.ValidAt)} lies before {since}; nothing is rated.";
        var (concrete, all) = (board.Summary.WithConcreteAction, board.Summary.Commitments);
        string[] rest = [.. Rest.Where(x => board.Summary.ByStatus.At(x) > 0).Select(x => words.HeadlinePartNow(x, board.Summary.ByStatus.At(x)))];
        return $"In the {words.Number(days)} {(days == 1 ? "day" : "days")} since {since}, {words.Number(concrete)} of {words.Number(all)} {(all == 1 ? "commitment has" : "commitments have")} seen concrete action"
            + (rest.Length == 0 ? "." : $"; {string.Join(", ", rest)}.");
    }

    private static bool IsLater(JsonPropertyInfo member) =>
        member.AttributeProvider?.GetCustomAttributes(typeof(LeftOutOfAttribute), inherit: false).Any(x => ((LeftOutOfAttribute)x).Template == ReportDocument.Template1) == true;
}
