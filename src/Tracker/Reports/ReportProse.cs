using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Reports.Paper;
using Tracker.Sources;
using Tracker.Status;

namespace Tracker.Reports;

/// <summary>A report's data in words: the one text that its Markdown, HTML, PDF and mail set each in their own way.</summary>
public static class ReportProse
{
    /// <summary>The most parties that have a column each: with more, there would be no room for words.</summary>
    private const int MostColumns = 4;

    /// <summary>The sheet of a report.</summary>
    /// <param name="digest">The digest of the report's canonical JSON.</param>
    /// <param name="name">The name it was issued under; null for a draft, which says that it is one.</param>
    /// <param name="retraction">Where it was issued in error: it stands above all else, and at the foot of each page.</param>
    /// <param name="issuedDigest">The digest it was issued with, where texts were taken out of it since; null where it is what was issued.</param>
    /// <param name="home">The address that links to this service begin with, empty for links within it; null where no link would lead anywhere.</param>
    public static Sheet Of(ReportDocument report, string digest, string? name, Withdrawal? retraction = null, string? home = null, string? issuedDigest = null) =>
        report.Template == ReportDocument.Template1
            ? Speaking.SayIn(Report1Words.English, () => Written(report, digest, name, retraction, home, issuedDigest))
            : Written(report, digest, name, retraction, home, issuedDigest);

    private static Sheet Written(ReportDocument report, string digest, string? name, Withdrawal? retraction, string? home, string? issuedDigest)
    {
        var title = Titled(report, report.Title);
        var foot = Texts.ReportFoot(RightToLeft.Isolated(report.Title), DayOf(report), report.Position, digest[..12], report.OmitsLaterRecordings);
        return new Sheet(title, Texts.Tag, retraction is null ? foot : Texts.ReportInErrorFoot(foot),
        [
            new Heading(1, Titled(report)),
            .. retraction is null ? Array.Empty<Block>() : [new Paragraph(Manner.Lead, [new Say(Texts.ReportInError(DayWords.Of(retraction.At), retraction.Reason), Tone.Strong)])],
            .. issuedDigest is null ? Array.Empty<Block>() : [Paragraph.Of(Texts.ReportRedacted(issuedDigest), Manner.Notice)],
            .. report.OmitsLaterRecordings ? [Paragraph.Of(Texts.ReportOmitsLater(DayWords.Of(report.KnownAt), report.Position), Manner.Notice)] : Array.Empty<Block>(),
            .. Reach(report),
            Paragraph.Of(Texts.ReportLine(PartyWords.Listed(report.Parties.Select(x => x with { Name = RightToLeft.Isolated(x.Name) })), Since(report)), Manner.Small),
            .. name is not null ? Array.Empty<Block>() : [Paragraph.Of(Texts.ReportNotIssued, Manner.Small)],
            Paragraph.Of(report.Headline, Manner.Lead),
            .. Statuses(report),
            .. ByParty(report),
            .. Moved(report),
            .. Attention(report),
            .. Timeline(report),
            .. Evidence(report),
            .. Searches(report),
            .. Wordings(report),
            .. Method(report, digest, home),
            .. Sources(report),
        ])
        {
            Elsewhere = name is null ? null : $"/api/v1/agendas/{report.Agenda}/reports/{name}.html",
        };
    }

    /// <summary>What a report is called: the agenda and the day, with where the record ends before it.</summary>
    internal static string Titled(ReportDocument report) => Titled(report, RightToLeft.Isolated(report.Title));

    private static string Titled(ReportDocument report, string agenda) => Texts.ReportTitle(agenda, DayOf(report));

    private static string DayOf(ReportDocument report) => DatedWords.Day(report.ValidAt, report.CoveredThrough);

    /// <summary>That the record ends before the day of the report, in a sentence; null where it is current, and in reports that knew nothing of it.</summary>
    private static string? Ends(ReportDocument report) => report.Current ? null
        : Judged(report) is null ? Texts.ReportRecordEndsUnheeded(DayWords.Of(report.CoveredThrough), report.Codebook.Version, report.OmitsLaterRecordings)
        : Texts.ReportRecordEnds(DayWords.Of(report.CoveredThrough), report.OmitsLaterRecordings);

    /// <summary>The day counted from; only the baseline's own day has its name.</summary>
    private static string Since(ReportDocument report) => report.Since == report.Baseline.Date
        ? Texts.BaselineLine(report.Baseline.Name, report.Baseline.Place, DayWords.Of(report.Since))
        : Texts.ReportSinceOther(DayWords.Of(report.Since), RightToLeft.Isolated(report.Baseline.Name), DayWords.Of(report.Baseline.Date));

    /// <summary>The day at which time that passed was judged, where it is not the report's own.</summary>
    private static string? Judged(ReportDocument report) => report.AsOf < report.ValidAt ? DayWords.Of(report.AsOf) : null;

    private static string? End(ReportDocument report) => EndsOn(report) is { } end ? DayWords.Of(end) : null;

    private static DateOnly? EndsOn(ReportDocument report) => new RecordEnding(MovedThere: false, Passed: !report.Current).On(report.CoveredThrough);

    /// <summary>How far the record reaches, before anything else is said.</summary>
    private static IEnumerable<Block> Reach(ReportDocument report)
    {
        if (report.Template == ReportDocument.Template1) yield break;
        var end = DayWords.Of(report.CoveredThrough);
        if (Ends(report) is { } ends) yield return Paragraph.Of(ends, Manner.Notice);
        string[] said =
        [
            .. report.Current ? [Texts.ReportRecordReaches(end)] : Array.Empty<string>(),
            .. report.StatedCoverage is { } stated
                ? (string[])[
                    Texts.ReportCoverageStated(DayWords.Of(stated.Through), stated.Places.IsEmpty ? null : string.Join("; ", stated.Places)),
                    .. stated.Note is { } note ? [note] : Array.Empty<string>(),
                    .. stated.Through < report.CoveredThrough ? [Reached()] : Array.Empty<string>()]
                : [report.CoveredThrough == report.Baseline.Date ? Texts.ReportCoverageBaseline(end) : Texts.ReportCoverageRead(end)],
        ];
        yield return Paragraph.Of(string.Join(' ', said), Manner.Small);

        string Reached() => report.CoveredThrough == report.Baseline.Date ? Texts.ReportCoverageBaseline(end) : Texts.ReportCoverageExtended(end);
    }

    private static IEnumerable<Block> Statuses(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportStatuses);
        if (report.Commitments.IsEmpty)
        {
            yield return Paragraph.Of(Texts.ReportNothingToShow(report.Summary.OnRecord, report.Position));
            yield break;
        }

        var many = report.Parties.Length > 2;
        if (many) yield return Paragraph.Of(Texts.ReportStatusesTogether, Manner.Small);
        var parties = report.Parties.Length <= MostColumns ? report.Parties : [];
        yield return new Table(
            Texts.ReportStatusesCaption(DayWords.Of(report.Since), DayOf(report), End(report), report.OmitsLaterRecordings),
            [
                new Column(Texts.ColumnCommitment, 2.6f),
                .. many ? [new Column(Texts.ReportColumnConcreteBy, 1.3f)] : Array.Empty<Column>(),
                new Column(many ? Texts.ReportColumnTogether : Texts.ColumnStatus, 2),
                .. parties.Select(x => new Column(x.Code, 1.5f)), new Column(Texts.ReportLatest, 1.5f),
            ],
            [
                .. report.Commitments.Select(x => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                [
                    [[new Say(x.Title)]],
                    .. many ? [[[new Say(Concrete(report, x), Tone.Strong)]]] : Array.Empty<ImmutableArray<ImmutableArray<Piece>>>(),
                    [[new StatusPiece(x.Status, x.Type)], .. many ? OfParties(report, x) : Shared(report, x), .. Below(report, x)],
                    .. parties.Select(party => PartyCell(x, party)),
                    [[new Say(x.LatestActivityOn is { } day ? DayWords.Of(day) : "–", Tone.Soft)]],
                ])),
            ]);
    }

    /// <summary>How many parties took concrete action; nothing of a restraint, which is not failed by not acting. The first template told it of all.</summary>
    private static string Concrete(ReportDocument report, BoardEntry entry) =>
        report.Template != ReportDocument.Template1 && entry is { Type: CommitmentType.Restraint, Parties.WithConcreteAction: 0 } or { IsUncovered: true } ? Texts.NoCount : Concrete(entry.Parties);

    /// <summary>Whether the record does not reach beyond the day counted from: then there is nothing to count.</summary>
    private static bool IsUncovered(ReportDocument report) => !report.Current && report.CoveredThrough <= report.Since;

    private static string Concrete(PartyCounts parties) => Texts.ReportPartiesConcrete(parties.WithConcreteAction, parties.Of);

    /// <summary>Of many parties, how many the status is of; how many took concrete action stands in a column of its own.</summary>
    private static IEnumerable<ImmutableArray<Piece>> OfParties(ReportDocument report, BoardEntry entry) => report.Template == ReportDocument.Template1
        ? []
        : EntryWords.By(entry) is { } by ? [[new Say(by, Tone.Soft)]] : [];

    /// <summary>Of two parties it is told where one alone has acted: its act is not the other's.</summary>
    private static IEnumerable<ImmutableArray<Piece>> Shared(ReportDocument report, BoardEntry entry)
    {
        if (report.Template != ReportDocument.Template1)
            foreach (var parties in EntryWords.OfParties(entry)) yield return [new Say(parties, Tone.Soft)];
        else if (entry.Parties.WithConcreteAction > 0 && entry.Parties.WithConcreteAction < entry.Parties.Of) yield return [new Say(Concrete(entry.Parties), Tone.Soft)];
    }

    /// <summary>Each party's counts; and where it stands on each commitment, where it has no column for that.</summary>
    private static IEnumerable<Block> ByParty(ReportDocument report)
    {
        if (report.Template == ReportDocument.Template1 || report.Commitments.IsEmpty || report.Parties.Length < 2) yield break;
        yield return new Heading(2, Texts.ReportByParty);
        yield return new Table(
            Texts.ReportByPartyCaption, [new Column(Texts.ReportColumnParty, 2), new Column(Texts.ReportColumnWithConcrete, 1.4f), new Column(Texts.ReportColumnItsParts, 4)],
            [
                .. report.Parties.Where(x => report.Summary.ByParty.ContainsKey(x.Code)).Select(party => report.Summary.ByParty[party.Code] is var row
                    ? ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                        [[[new Say(party.Name)]], [[new Say(IsUncovered(report) ? Texts.NoCount : Texts.ReportConcreteOf(row.WithConcreteAction, row.Commitments), Tone.Strong)]], [[.. Counted(report, party.Code)]]])
                    : default),
            ]);
        if (report.Parties.Length <= MostColumns) yield break;
        yield return new Heading(3, Texts.ReportWhoStandsWhere);
        yield return new Table(
            Texts.ReportWhoStandsWhereCaption, [new Column(Texts.ColumnCommitment, 2), new Column(Texts.ColumnStatus, 1.5f), new Column(Texts.ReportColumnParties, 4)],
            [
                .. report.Commitments.SelectMany(commitment => commitment.ByParty.GroupBy(x => x.Value.Status).OrderBy(x => x.Key).Select((group, i) =>
                    ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                    [
                        [[new Say(i == 0 ? commitment.Title : "")]],
                        [[new StatusPiece(group.Key, commitment.Type)], .. Searched(group.Key, commitment)],
                        [[new Say(string.Join(", ", InOrder(report, group.Select(x => x.Key)).Select(x => PartyName(report, x))))]],
                    ]))),
            ]);
    }

    /// <summary>How many of a party's commitments stand at each status; a restraint's have words of their own.</summary>
    private static IEnumerable<Piece> Counted(ReportDocument report, string party)
    {
        var counted = report.Commitments.Where(x => x.ByParty.ContainsKey(party))
            .GroupBy(x => StatusWords.Of(x.ByParty[party].Status, x.Type), StringComparer.Ordinal)
            .OrderBy(x => x.First().ByParty[party].Status).ThenBy(x => x.Key, StringComparer.Ordinal);
        var any = false;
        foreach (var same in counted)
        {
            if (any) yield return new Say(", ");
            yield return new Say(Texts.ReportTimes(same.Count()));
            var status = same.First().ByParty[party].Status;
            yield return new StatusPiece(status, same.First().Type);
            if (StatusWords.Qualifier(status, [.. same.Select(x => x.Because.LastSearchedThrough)]) is { } searched) yield return new Say($" ({searched})");
            any = true;
        }
    }

    /// <summary>Parties in the order in which the agenda names them.</summary>
    private static IEnumerable<string> InOrder(ReportDocument report, IEnumerable<string> codes)
    {
        var some = codes.ToHashSet(StringComparer.Ordinal);
        return report.Parties.Select(x => x.Code).Where(some.Remove).Concat(some.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<ImmutableArray<Piece>> Below(ReportDocument report, BoardEntry entry)
    {
        var first = report.Template == ReportDocument.Template1;
        foreach (var qualifier in Searched(entry.Status, entry)) yield return qualifier;
        if (!first && EntryWords.TooImprecise(entry) is { } left) yield return [new Say(left, Tone.Soft)];
        string[] flags =
        [
            .. entry.Flags.Overdue ? [first ? Texts.ReportFlagOverdue : QualifiedFlag.Overdue(entry, Texts.ReportFlagOverdue)] : Array.Empty<string>(),
            .. entry.Flags.Late ? [Texts.ReportFlagLate] : Array.Empty<string>(),
            .. entry.Flags.Stale ? [first ? Texts.ReportFlagStale : QualifiedFlag.Stale(entry, Texts.ReportFlagStale)] : Array.Empty<string>(),
            .. entry.Flags.PendingReview > 0 ? [Texts.ReportFlagPending(entry.Flags.PendingReview)] : Array.Empty<string>(),
        ];
        if (flags.Length > 0) yield return [new Say(string.Join(", ", flags), Tone.Strong)];
    }

    private static IEnumerable<ImmutableArray<Piece>> Searched(CommitmentStatus status, BoardEntry entry)
    {
        if (StatusWords.Qualifier(status, entry.Because.LastSearchedThrough) is { } qualifier) yield return [new Say(qualifier, Tone.Soft)];
    }

    private static ImmutableArray<ImmutableArray<Piece>> PartyCell(BoardEntry entry, Party party) =>
        entry.ByParty.TryGetValue(party.Code, out var verdict) ? [[new StatusPiece(verdict.Status, entry.Type)], .. Searched(verdict.Status, entry)] : [[new Say("–", Tone.Soft)]];

    private static IEnumerable<Block> Moved(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportMoved);
        if (report.Previous is not { } previous)
        {
            yield return Paragraph.Of(report.NotComparedBecause switch
            {
                NotCompared.OthersRestOnLater => Texts.ReportOthersRestOnLater(report.Position),
                NotCompared.OthersIssuedInError => Texts.ReportOthersInError,
                _ => Texts.ReportFirst,
            });
            yield break;
        }

        foreach (var block in report.Template == ReportDocument.Template1 ? Report1.Moved(report, previous, Told) : Compared(report, previous)) yield return block;
        yield return new Heading(3, Texts.ReportCorrections);
        if (report.Corrections.IsEmpty) yield return Paragraph.Of(Texts.ReportNoCorrections);
        else yield return new Items(false, [.. report.Corrections.Select(Told)]);
    }

    private static IEnumerable<Block> Compared(ReportDocument report, PreviousReport previous)
    {
        string[] said =
        [
            Texts.ReportComparedWith(previous.Report, DayWords.Of(previous.ValidAt), previous.Position),
            .. previous.Since != report.Since ? [Texts.ReportOtherSince(DayWords.Of(previous.Since), DayWords.Of(report.Since))] : Array.Empty<string>(),
            previous.CoveredThrough != report.CoveredThrough
                ? Texts.ReportOtherEnd(DayWords.Of(previous.CoveredThrough), DayWords.Of(report.CoveredThrough))
                : Texts.ReportSameEnd(DayWords.Of(report.CoveredThrough)),
            .. previous.Codebook != report.Codebook ? [Texts.ReportOtherCodebook] : Array.Empty<string>(),
        ];
        yield return Paragraph.Of(string.Join(' ', said), Manner.Small);
        if (report.Moved.IsEmpty)
        {
            yield return Paragraph.Of(Texts.ReportNothingMoved);
            yield break;
        }

        var rows = report.Moved.GroupBy(x => (x.Commitment, x.Kind, Whole: x.Party is null, x.From, x.To, x.Flag)).ToArray();
        yield return new Table(
            Texts.ReportMovedCaption,
            [new Column(Texts.ColumnCommitment, 2.4f), new Column(Texts.ReportColumnWhosePart, 1.8f), Then(report, previous), Now(report, previous)],
            [
                .. rows.Select((x, i) => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>(
                [
                    [[new Say(i > 0 && rows[i - 1].Key.Commitment == x.Key.Commitment ? "" : x.First().Title)]],
                    [[new Say(x.Key.Whole ? Texts.TheCommitment : string.Join(", ", InOrder(report, x.Select(move => move.Party!)).Select(code => PartyName(report, code))))]],
                    [[Side(report, x.First(), then: true)], .. OfParties(report, x.First(), then: true), .. SearchedThen(x.First(), x.Key.From)],
                    [[Side(report, x.First(), then: false)], .. OfParties(report, x.First(), then: false), .. SearchedThen(x.First(), x.Key.To)],
                ])),
            ]);
    }

    /// <summary>How many of its parties a commitment's status is of, now and on the board before: what each of them had there is what it has now, but for what moved.</summary>
    private static IEnumerable<ImmutableArray<Piece>> OfParties(ReportDocument report, Move move, bool then)
    {
        if (move.Party is not null || (then ? move.From : move.To) is not { } status || report.Commitments.FirstOrDefault(x => x.Slug == move.Commitment) is not { } entry) yield break;
        var its = then ? report.Moved.Where(x => x.Commitment == move.Commitment && x.Party is not null).Aggregate(entry.ByParty, Before) : entry.ByParty;
        if (EntryWords.Moved(then ? entry.Standing(status, its) : entry) is { } parties) yield return [new Say(parties, Tone.Soft)];

        ImmutableSortedDictionary<string, PartyVerdict> Before(ImmutableSortedDictionary<string, PartyVerdict> all, Move x) =>
            x.From is { } from ? all.SetItem(x.Party!, new PartyVerdict(from, from.IsConcrete(), entry.Because)) : all.Remove(x.Party!);
    }

    private static IEnumerable<ImmutableArray<Piece>> SearchedThen(Move move, CommitmentStatus? status)
    {
        if (status is { } it && StatusWords.Qualifier(it, move.SearchedThrough) is { } searched) yield return [new Say(searched, Tone.Soft)];
    }

    /// <summary>The heads name the days, and where the two boards do not count from the same one, that as well.</summary>
    private static Column Then(ReportDocument report, PreviousReport previous) =>
        new(Texts.ReportColumnThen(DatedWords.Day(previous.ValidAt, previous.CoveredThrough), previous.Since == report.Since ? null : DayWords.Of(previous.Since)), 1.6f);

    private static Column Now(ReportDocument report, PreviousReport previous) =>
        new(Texts.ReportColumnNow(DayOf(report), previous.Since == report.Since ? null : DayWords.Of(report.Since)), 1.6f);

    private static Piece Side(ReportDocument report, Move move, bool then) => move.Kind switch
    {
        MoveKind.PendingReviewChanged => new Say(Texts.ReportFlagPending((then ? move.PendingBefore : move.PendingNow) ?? 0)),
        MoveKind.FlagRaised or MoveKind.FlagCleared => then == move.Kind is MoveKind.FlagCleared ? new Say(then ? Flagged(move.Flag) : FlaggedNow(report, move), Tone.Strong) : new Say(Texts.ReportNotFlagged(Flagged(move.Flag)), Tone.Soft),
        _ => (then ? move.From : move.To) is { } status ? new StatusPiece(status, move.Type) : new Say(move.Party is null ? Texts.WasNotThere : Texts.ReportNoParty, Tone.Soft),
    };

    /// <summary>With what the flag does not count on this report's board.</summary>
    private static string FlaggedNow(ReportDocument report, Move move) => (move.Flag, report.Commitments.FirstOrDefault(x => x.Slug == move.Commitment)) switch
    {
        (FlagKind.Overdue, { } entry) => QualifiedFlag.Overdue(entry, Flagged(move.Flag)),
        (FlagKind.Stale, { } entry) => QualifiedFlag.Stale(entry, Flagged(move.Flag)),
        _ => Flagged(move.Flag),
    };

    private static string Flagged(FlagKind? flag) => flag switch { FlagKind.Overdue => Texts.ReportFlagOverdue, FlagKind.Late => Texts.ReportFlagLate, _ => Texts.ReportFlagStale };

    private static ImmutableArray<Piece> Told(Change change) =>
        change.Evidence.IsEmpty ? [new Say(change.Text)] : [new Say(change.Text + " "), new Say($"({string.Join(", ", change.Evidence)})", Tone.Soft)];

    private static IEnumerable<Block> Attention(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportAttention);
        var (judged, isEnd, then) = (Judged(report), !report.Current, report.OmitsLaterRecordings);
        if (report.Overdue.IsEmpty && report.Stale.IsEmpty) yield return Paragraph.Of(judged is null ? Texts.ReportNoAttention : Texts.ReportNoAttentionThen(judged, isEnd, then));
        else if (judged is not null) yield return Paragraph.Of(Texts.ReportAttentionThen(judged, isEnd, then), Manner.Small);
        if (!report.Overdue.IsEmpty) yield return Paragraph.Of(Overdue(report));
        if (!report.Stale.IsEmpty) yield return Paragraph.Of(Stale(report));
        // By this rule time goes on beyond the record's end.
        if (report is { Template: not ReportDocument.Template1, Codebook.Version: Codebook.DepthLadder1 } && End(report) is { } end && !(report.Overdue.IsEmpty && report.Stale.IsEmpty))
            yield return Paragraph.Of(Texts.ReportRecordEndsUnheeded(end, report.Codebook.Version, then), Manner.Small);
        if (judged is null) yield break;
        ImmutableArray<ImmutableArray<Piece>> beyond =
        [
            .. report.Timeline.Where(x => x.DueOn is { } due && due.Latest > report.CoveredThrough && due.Latest < report.ValidAt && !IsDelivered(report, x.Slug))
                .Select(x => ImmutableArray.Create<Piece>(new Say(Texts.ReportDueBeyond(x.Title, DayWords.Of(x.DueOn!.Value), judged, isEnd, then)))),
        ];
        if (!beyond.IsEmpty) yield return new Items(false, beyond);
    }

    /// <summary>What is stale, with what was left out that may be an advance.</summary>
    private static string Stale(ReportDocument report)
    {
        var days = report.Codebook.StaleAfterDays;
        if (report.Template == ReportDocument.Template1) return Texts.ReportStale(Titles(report, report.Stale), days, isSure: true);
        var left = report.Stale.ToDictionary(x => x, x => report.Commitments.First(entry => entry.Slug == x).Because.Straddling is { IsDefaultOrEmpty: false } some ? some.Length : 0);
        var titles = report.Stale.Select(x => RightToLeft.Isolated(TitleOf(report, x)) is var title && left[x] > 0 ? Texts.ReportAside(title, Texts.TooImprecise(left[x])) : title);
        return Texts.ReportStale(string.Join("; ", titles), days, isSure: left.Values.All(x => x == 0));
    }

    /// <summary>What is overdue; where it is counted from another day than the baseline, with that day and what was delivered before it.</summary>
    private static string Overdue(ReportDocument report)
    {
        if (report.Template == ReportDocument.Template1) return Texts.ReportOverdue(Titles(report, report.Overdue));
        var titles = string.Join("; ", report.Overdue.Select(x => Named(RightToLeft.Isolated(TitleOf(report, x)), report.Commitments.First(entry => entry.Slug == x))));
        return report.Since == report.Baseline.Date ? Texts.ReportOverdue(titles) : Texts.ReportOverdueCounted(titles, DayWords.Of(report.Since));

        static string Named(string title, BoardEntry entry) => entry switch
        {
            { Days.DeliveredBefore: { } day } => Texts.ReportDeliveredBefore(title, DayWords.Of(day)),
            _ when EntryWords.TooImprecise(entry) is { } left => Texts.ReportAside(title, left),
            _ => title,
        };
    }

    private static bool IsDelivered(ReportDocument report, string commitment) =>
        report.Commitments.Any(x => x.Slug == commitment && x.Status is CommitmentStatus.Delivered or CommitmentStatus.Reversed);

    private static IEnumerable<Block> Timeline(ReportDocument report)
    {
        if (report.Timeline.IsEmpty || report.Since >= report.CoveredThrough) yield break;
        yield return new Heading(2, Texts.ReportTimeline);
        var (many, first) = (report.Parties.Length > 2, report.Template == ReportDocument.Template1);
        if (many && !first) yield return Paragraph.Of(Texts.ReportTimelineTogether, Manner.Small);
        yield return TimelinePicture.Of(report);
        yield return Paragraph.Of(many && first ? $"{Texts.ReportTimelineCaption} {Texts.ReportTimelineTogether}" : Texts.ReportTimelineCaption, Manner.Small);
    }

    private static IEnumerable<Block> Evidence(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportEvidence);
        if (report.Evidence.IsEmpty)
        {
            yield return Paragraph.Of(Texts.ReportNoEvidence);
            foreach (var block in LeftOut(report)) yield return block;
            yield break;
        }

        yield return new Table(
            Texts.ReportEvidenceCaption(DayWords.Of(report.CoveredThrough)),
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
        if (Stated(report) is { } stated) yield return Paragraph.Of(stated, Manner.Small);
        foreach (var block in LeftOut(report)) yield return block;
    }

    /// <summary>The accepted evidence that is left out only because its dates reach over an edge of the window. The first template did not tell it.</summary>
    private static IEnumerable<Block> LeftOut(ReportDocument report)
    {
        var left = report.Template == ReportDocument.Template1 ? [] : report.Timeline.SelectMany(x => x.Marks.Where(mark => !mark.Counts).Select(mark => (x.Title, Mark: mark))).ToArray();
        if (left.Length == 0) yield break;
        yield return Paragraph.Of(Texts.ReportLeftOut, Manner.Small);
        yield return new Items(false,
        [
            .. left.Select(x => ImmutableArray.Create<Piece>(new Say(Texts.ReportLeftOutPiece(
                RightToLeft.Isolated(x.Title), DayWords.Between(x.Mark.Earliest, x.Mark.Latest), RightToLeft.Isolated(x.Mark.Title), DepthWords.Inline(x.Mark.Depth), Texts.Uncapital(Did(x.Mark.Direction)))))),
        ]);
    }

    /// <summary>How much of the evidence in the window only an imported file says was accepted; null where none. The first template did not tell it.</summary>
    private static string? Stated(ReportDocument report) =>
        report.Template != ReportDocument.Template1 && report.Evidence.Count(x => x.Reviewed is Reviewed.Stated) is > 0 and var stated
            ? Texts.ReviewsStated(stated, report.Evidence.Length, isOfWindow: true)
            : null;

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
                    [new Say(Texts.ReportSearch(RightToLeft.Isolated(TitleOf(report, x.Commitment)), DayWords.Of(x.SearchedThrough), string.Join("; ", x.Places), report.Template != ReportDocument.Template1 && report.Evidence.Any(piece => piece.Commitment == x.Commitment && piece.Occurred.Earliest <= x.SearchedThrough))), .. Aside(x.Note)])),
            ]);
    }

    private static IEnumerable<Piece> Aside(string? note) => note is null ? [] : [new Say($" {note}", Tone.Soft)];

    private static IEnumerable<Block> Wordings(ReportDocument report)
    {
        yield return new Heading(2, Texts.ReportWordings);
        // The first template counted those that one party alone made among the one-sided.
        var alone = report.Template == ReportDocument.Template1 ? 0 : report.Divergence.MadeAlone;
        yield return Paragraph.Of(Texts.ReportWordingsCounts(
            report.Divergence.Commitments, report.Divergence.Shared, alone, report.Divergence.OneSided - alone, report.Divergence.Unworded, report.Wordings.Any(x => x.Jointly)));
        foreach (var commitment in report.Wordings.Where(x => !x.Clauses.IsEmpty))
        {
            yield return new Heading(3, TitleOf(report, commitment.Commitment));
            foreach (var clause in commitment.Clauses)
                yield return new Quotation(
                    [new Say(SpeakerOf(report, clause)), new NoteMark(clause.Source)], clause.Quote, clause.Language,
                    clause.Translation is null ? [] : [new Say(Texts.ReportTranslation + RightToLeft.Isolated(clause.Translation))]);
            if (!commitment.Silent.IsEmpty) yield return Paragraph.Of(Texts.ReportSilent(string.Join(", ", commitment.Silent.Select(x => RightToLeft.Isolated(PartyName(report, x))))), Manner.Small);
        }
    }

    /// <summary>Whose words they are: a party's, or a joint statement's, with its issuer and the party that they are recorded for.</summary>
    private static string SpeakerOf(ReportDocument report, WordingOf clause) => JointIssuerOf(report, clause) is { } issuer
        ? Texts.ReportJoint(Texts.JointStatementOf(PartyName(report, issuer)), PartyName(report, clause.Party))
        : PartyName(report, clause.Party);

    /// <summary>Who issued the joint statement that it stands in; null where it stands in none. The first template told them as any other's.</summary>
    private static string? JointIssuerOf(ReportDocument report, WordingOf clause) =>
        report.Template != ReportDocument.Template1 && report.Sources.First(x => x.Number == clause.Source) is { Kind: SourceKind.JointStatement } joint ? joint.Issuer : null;

    private static IEnumerable<Block> Method(ReportDocument report, string digest, string? home)
    {
        var (book, seen) = (report.Codebook, report.Coverage);
        var path = $"/method/{book.Version.Replace('/', '-')}";
        yield return new Heading(2, Texts.ReportMethod);
        yield return new Items(false,
        [
            [new Say(Texts.ReportRule(book.Version))],
            [new Say(Texts.ReportRuleAt + " "), home is null ? new Say(path) : new Link(home + path, home + path)],
            [new Say(Texts.ReportLadder([.. DepthWords.Rungs.Select(x => (DepthWords.Inline(x), DepthWords.Meaning(x)))]))],
            [new Say(Texts.ReportBar(DepthWords.Inline(book.Bar)))],
            [new Say(Texts.ReportWindow(DayWords.Of(report.Since), (report.Template == ReportDocument.Template1 ? null : End(report)) ?? DayWords.Of(report.ValidAt)))],
            .. report.Template == ReportDocument.Template1 ? Array.Empty<ImmutableArray<Piece>>() : [[new Say(Texts.ReportTimeJudged(DayWords.Of(report.AsOf), report.AsOf == report.CoveredThrough))]],
            [new Say(Texts.ReportStaleAfter(book.StaleAfterDays))],
            [new Say((book.Review is ReviewPolicy.Second ? Texts.ReviewSecond : Texts.ReviewNone) + ". " + Texts.ReportReviewed(seen.Accepted, seen.Accepted + seen.Proposed, seen.Proposed) + (Stated(report) is { } stated ? $" {stated}" : ""))],
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
        yield return new Say(RightToLeft.Isolated(source.Title), Tone.Strong);
        yield return new Say($". {string.Join(", ", parts.Distinct(StringComparer.Ordinal).Select(x => RightToLeft.Isolated(x!)))}.");
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

    private static string PartyName(ReportDocument report, string code) => Party.NameIn(report.Parties, code);

    private static string Titles(ReportDocument report, ImmutableArray<string> slugs) => string.Join("; ", slugs.Select(x => RightToLeft.Isolated(TitleOf(report, x))));

    private static string TitleOf(ReportDocument report, string slug) => report.TitleOf(slug);
}
