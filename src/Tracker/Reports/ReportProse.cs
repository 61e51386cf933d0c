using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports.Paper;

namespace Tracker.Reports;

/// <summary>A report's data in words: the one text that its Markdown, HTML, PDF and mail set each in their own way.</summary>
public static class ReportProse
{
    /// <summary>The sheet of a report.</summary>
    /// <param name="digest">The digest of the report's canonical JSON.</param>
    /// <param name="issued">Whether it was issued; a draft says that it is one.</param>
    public static Sheet Of(ReportDocument report, string digest, bool issued)
    {
        var title = Texts.ReportTitle(report.Title, DayWords.Of(report.ValidAt));
        return new Sheet(title, Texts.Tag, Texts.ReportFoot(report.Title, DayWords.Of(report.ValidAt), report.Position, digest[..12]),
        [
            new Heading(1, title),
            Paragraph.Of(Texts.ReportLine(
                string.Join(Texts.And, report.Parties.Select(x => x.Name)), Texts.BaselineLine(report.Baseline.Name, report.Baseline.Place, DayWords.Of(report.Since))), Manner.Small),
            .. issued ? Array.Empty<Block>() : [Paragraph.Of(Texts.ReportNotIssued, Manner.Small)],
            Paragraph.Of(report.Headline, Manner.Lead),
            .. Statuses(report),
            .. Moved(report),
            .. Attention(report),
            .. Timeline(report),
            .. Evidence(report),
            .. Searches(report),
            .. Wordings(report),
            .. Method(report, digest),
            .. Sources(report),
        ]);
    }

    private static IEnumerable<Block> Statuses(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportStatuses);
        if (report.Commitments.IsEmpty)
        {
            yield return Paragraph.Of(Texts.ReportNothingToShow);
            yield break;
        }

        // Beyond four parties a column each would leave no room for words.
        var parties = report.Parties.Length <= 4 ? report.Parties : [];
        yield return new Table(
            Texts.ReportStatusesCaption(DayWords.Of(report.Since), DayWords.Of(report.ValidAt)),
            [
                new Column(Texts.ColumnCommitment, 2.6f), new Column(Texts.ColumnStatus, 2),
                .. parties.Select(x => new Column(x.Code, 1.5f)), new Column(Texts.ReportLatest, 1.5f),
            ],
            [
                .. report.Commitments.Select(x => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                [
                    [[new Say(x.Title)]],
                    [[new StatusPiece(x.Status, x.Type)], .. Below(x)],
                    .. parties.Select(party => PartyCell(x, party)),
                    [[new Say(x.LatestActivityOn is { } day ? DayWords.Of(day) : "–", Tone.Soft)]],
                ])),
            ]);
    }

    private static IEnumerable<ImmutableArray<Piece>> Below(BoardEntry entry)
    {
        if (StatusWords.Qualifier(entry.Status, entry.Because.LastSearchedThrough) is { } qualifier) yield return [new Say(qualifier, Tone.Soft)];
        string[] flags =
        [
            .. entry.Flags.Overdue ? [Texts.ReportFlagOverdue] : Array.Empty<string>(),
            .. entry.Flags.Late ? [Texts.ReportFlagLate] : Array.Empty<string>(),
            .. entry.Flags.Stale ? [Texts.ReportFlagStale] : Array.Empty<string>(),
            .. entry.Flags.PendingReview > 0 ? [Texts.ReportFlagPending(entry.Flags.PendingReview)] : Array.Empty<string>(),
        ];
        if (flags.Length > 0) yield return [new Say(string.Join(", ", flags), Tone.Strong)];
    }

    private static ImmutableArray<ImmutableArray<Piece>> PartyCell(BoardEntry entry, Party party) =>
        entry.ByParty.TryGetValue(party.Code, out var verdict) ? [[new StatusPiece(verdict.Status, entry.Type)]] : [[new Say("–", Tone.Soft)]];

    private static IEnumerable<Block> Moved(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportMoved);
        if (report.Previous is not { } previous)
        {
            yield return Paragraph.Of(Texts.ReportFirst);
            yield break;
        }

        yield return Paragraph.Of(Texts.ReportMovedSince(previous.Report, DayWords.Of(previous.ValidAt), previous.Position), Manner.Small);
        if (!report.New.IsEmpty) yield return Paragraph.Of(Texts.ReportNew(Titles(report, report.New)));
        if (report.Changes.IsEmpty) yield return Paragraph.Of(Texts.ReportNothingMoved);
        else yield return new Items(false, [.. report.Changes.Select(Told)]);
        yield return new Heading(3, Texts.ReportCorrections);
        if (report.Corrections.IsEmpty) yield return Paragraph.Of(Texts.ReportNoCorrections);
        else yield return new Items(false, [.. report.Corrections.Select(Told)]);
    }

    private static ImmutableArray<Piece> Told(Change change) =>
        change.Evidence.IsEmpty ? [new Say(change.Text)] : [new Say(change.Text + " "), new Say($"({string.Join(", ", change.Evidence)})", Tone.Soft)];

    private static IEnumerable<Block> Attention(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportAttention);
        if (report.Overdue.IsEmpty && report.Stale.IsEmpty) yield return Paragraph.Of(Texts.ReportNoAttention);
        if (!report.Overdue.IsEmpty) yield return Paragraph.Of(Texts.ReportOverdue(Titles(report, report.Overdue)));
        if (!report.Stale.IsEmpty) yield return Paragraph.Of(Texts.ReportStale(Titles(report, report.Stale), report.Codebook.StaleAfterDays));
    }

    private static IEnumerable<Block> Timeline(ReportDocument report)
    {
        if (report.Timeline.IsEmpty || report.Since >= report.ValidAt) yield break;
        yield return new Heading(2, Texts.ReportTimeline);
        yield return TimelinePicture.Of(report);
        yield return Paragraph.Of(Texts.ReportTimelineCaption, Manner.Small);
    }

    private static IEnumerable<Block> Evidence(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportEvidence);
        if (report.Evidence.IsEmpty)
        {
            yield return Paragraph.Of(Texts.ReportNoEvidence);
            yield break;
        }

        yield return new Table(
            Texts.ReportEvidenceCaption(DayWords.Of(report.ValidAt)),
            [
                new Column(Texts.ColumnCommitment, 2.1f), new Column(Texts.ReportColumnWhen, 1.5f), new Column(Texts.ReportColumnWhat, 2.8f),
                new Column(Texts.ReportColumnDid, 1.5f), new Column(Texts.ReportColumnWhose, 1.1f),
            ],
            [
                .. report.Evidence.Select((x, i) => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                [
                    [[new Say(i > 0 && report.Evidence[i - 1].Commitment == x.Commitment ? "" : TitleOf(report, x.Commitment))]],
                    [[new Say(DayWords.Of(x.Occurred))]],
                    [[new Say(x.Title), .. x.Sources.Select(number => new NoteMark(number))]],
                    [[new Say(DepthWords.Of(x.Depth), Tone.Strong)], [new Say(Did(x.Direction), Tone.Soft)]],
                    [[new Say(x.Parties.IsEmpty ? Texts.Nobody : string.Join(", ", x.Parties))]],
                ])),
            ]);
    }

    private static string Did(Direction direction) => direction switch
    {
        Direction.Advances => Texts.Advances,
        Direction.Reaffirms => Texts.Reaffirms,
        _ => Texts.Undercuts,
    };

    private static IEnumerable<Block> Searches(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportSearches);
        if (report.Searches.IsEmpty) yield return Paragraph.Of(Texts.ReportNoSearches);
        else
            yield return new Items(false,
            [
                .. report.Searches.Select(x => ImmutableArray.Create<Piece>(
                    [new Say(Texts.ReportSearch(TitleOf(report, x.Commitment), DayWords.Of(x.SearchedThrough), string.Join("; ", x.Places))), .. Aside(x.Note)])),
            ]);
    }

    private static IEnumerable<Piece> Aside(string? note) => note is null ? [] : [new Say($" {note}", Tone.Soft)];

    private static IEnumerable<Block> Wordings(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportWordings);
        yield return Paragraph.Of(Texts.ReportWordingsCounts(report.Divergence.Commitments, report.Divergence.Shared, report.Divergence.OneSided, report.Divergence.Unworded));
        foreach (var commitment in report.Wordings.Where(x => !x.Clauses.IsEmpty))
        {
            yield return new Heading(3, TitleOf(report, commitment.Commitment));
            foreach (var clause in commitment.Clauses)
                yield return new Quotation(
                    [new Say(PartyName(report, clause.Party)), new NoteMark(clause.Source)], clause.Quote, clause.Language,
                    clause.Translation is null ? [] : [new Say(Texts.ReportTranslation + clause.Translation)]);
            if (!commitment.Silent.IsEmpty) yield return Paragraph.Of(Texts.ReportSilent(string.Join(", ", commitment.Silent.Select(x => PartyName(report, x)))), Manner.Small);
        }
    }

    private static IEnumerable<Block> Method(ReportDocument report, string digest)
    {
        var (book, seen) = (report.Codebook, report.Coverage);
        yield return new Heading(2, Texts.ReportMethod);
        yield return new Items(false,
        [
            [new Say(Texts.ReportRule(book.Version))],
            [new Say(Texts.ReportBar(DepthWords.Inline(book.Bar)))],
            [new Say(Texts.ReportWindow(DayWords.Of(report.Since), DayWords.Of(report.ValidAt)))],
            [new Say(Texts.ReportStaleAfter(book.StaleAfterDays))],
            [new Say((book.Review is ReviewPolicy.Second ? Texts.ReviewSecond : Texts.ReviewNone) + ". " + Texts.ReportReviewed(seen.Accepted, seen.Accepted + seen.Proposed + seen.Rejected + seen.Retracted, seen.Proposed))],
            [new Say(Texts.ReportRestsOn(report.Position, DayWords.Of(report.KnownAt)))],
            [new Say(Texts.ReportVerify(digest))],
        ]);
    }

    private static IEnumerable<Block> Sources(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportSources);
        if (report.Sources.IsEmpty) yield return Paragraph.Of(Texts.ReportNoSources);
        else yield return new Items(true, [.. report.Sources.Select(x => SourceLine(report, x).ToImmutableArray())]);
    }

    private static IEnumerable<Piece> SourceLine(ReportDocument report, CitedSource source)
    {
        var parts = new[] { PartyName(report, source.Issuer), source.Publisher, source.PublishedOn is { } day ? DayWords.Of(day) : null }.Where(x => !string.IsNullOrEmpty(x));
        yield return new Say(source.Title, Tone.Strong);
        yield return new Say($". {string.Join(", ", parts.Distinct(StringComparer.Ordinal))}.");
        if (source.Url is { } url)
        {
            yield return new Say(" ");
            yield return new Link(url, url);
        }

        if (source.ArchiveUrl is { } archive)
        {
            yield return new Say(" ");
            yield return new Link(Texts.ReportArchived, archive);
        }
    }

    private static string PartyName(ReportDocument report, string code) => report.Parties.FirstOrDefault(x => x.Code == code)?.Name ?? code;

    private static string Titles(ReportDocument report, ImmutableArray<string> slugs) => string.Join("; ", slugs.Select(x => TitleOf(report, x)));

    private static string TitleOf(ReportDocument report, string slug) => report.Commitments.FirstOrDefault(x => x.Slug == slug)?.Title ?? slug;
}
