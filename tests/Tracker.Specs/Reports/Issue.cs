using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Reports;
using Tracker.Sources;
using Tracker.Specs.Rule;
using Tracker.Status;
using Evidence_ = Tracker.Evidence.Evidence;

namespace Tracker.Specs.Reports;

/// <summary>An agenda with so many parties and what is on record of its commitments, to make boards and reports of without a host.</summary>
internal sealed record Issue(ImmutableArray<Party> Parties, ImmutableArray<Given> Commitments)
{
    private static readonly DateTimeOffset At = new(2023, 2, 1, 6, 0, 0, TimeSpan.Zero);

    public string RecordedThrough { get; init; } = "2023-01-31";

    public ImmutableArray<CoverageStatement> Stated { get; init; } = [];

    /// <summary>The day counted from.</summary>
    public string Since { get; init; } = Given.TheBaseline;

    public long Position { get; init; } = 7;

    /// <summary>What is quoted of each commitment.</summary>
    public ImmutableArray<Clause> Clauses { get; init; } = [];

    public ImmutableArray<Source> Sources { get; init; } = [];

    /// <summary>The sources that each activity leans on; evidence cites none.</summary>
    public ImmutableArray<string> ActivitySources { get; init; } = [];

    public Codebook Codebook { get; init; } = Codebook.Default;

    /// <summary>An agenda of parties named <c>P1</c>, <c>P2</c> and so on.</summary>
    public static Issue Between(int parties, params Given[] commitments) =>
        new([.. Enumerable.Range(1, parties).Select(x => new Party($"P{x}", $"Party {x}"))], [.. commitments]);

    /// <summary>A commitment of all the parties, by its name.</summary>
    public static Given Named(string slug, int parties, Given? like = null) =>
        (like ?? Given.Deliverable).Between([.. Enumerable.Range(1, parties).Select(x => $"P{x}")]).Which(x => x with { Slug = slug });

    public Board BoardAt(string validAt)
    {
        var (day, coverage, agenda, since) = (Given.Day(validAt), Coverage, Agenda, Given.Day(Since));
        var judged = Commitments.Select(x => (x.Promise, Verdict: (x with { Coverage = coverage, Codebook = Codebook, Since = since }).JudgedAt(day))).Where(x => x.Verdict is not null)
            .OrderBy(x => x.Promise.Slug, StringComparer.Ordinal).ToArray();
        var through = coverage.Through(day);
        var board = new Board(
            agenda.Slug, agenda.Baseline, since, day, At, Position, Codebook, through, coverage.IsCurrent(day, Codebook.CurrentForDays), through,
            Math.Max(0, through.DayNumber - since.DayNumber), "", BoardSummary.Count([.. judged.Select(x => x.Verdict!)]),
            [.. judged.Select(x => BoardEntry.Of(x.Promise.Slug, TitleOf(x.Promise), x.Promise.Type, x.Verdict!))], PendingChanges.None, ReviewCounts.None)
        { About = agenda };
        return board with { Headline = Headline.Write(board) };
    }

    /// <summary>A report of the board as of a day, beside that of the report before it.</summary>
    public ReportDocument ReportAt(string validAt, Board? before = null, params Change[] changes) => ReportDocument.Of(MaterialAt(validAt, before, changes));

    public ReportMaterial MaterialAt(string validAt, Board? before = null, params Change[] changes)
    {
        var sources = Sources.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        var (board, coverage) = (BoardAt(validAt), Coverage);
        var commitments = Commitments.Select(x => new Commitment(x.Promise.Slug, TitleOf(x.Promise), x.Promise.Type, x.Promise.MadeOn, x.Promise.Parties, null, x.Promise.Bar, x.Promise.DueOn, [], Clauses,
            [.. x.Searches.Select((day, i) => new Search($"s{i}", day, ["Xinhua"], null))])).ToArray();
        var evidence = Commitments.SelectMany(x => x.Findings.Select(finding => (
            Piece: new Evidence_($"{x.Promise.Slug}-{finding.Id}", x.Promise.Slug, $"{x.Promise.Slug}-{finding.Id}", finding.Depth, finding.Direction, finding.Parties, "", [], finding.State, "p-1", null, At),
            Activity: ActivityOf($"{x.Promise.Slug}-{finding.Id}", finding)))).ToArray();
        var lanes = Commitments.Where(x => board.Commitments.Any(entry => entry.Slug == x.Promise.Slug)).OrderBy(x => x.Promise.Slug, StringComparer.Ordinal).Select(x => Lane.Of(
            x.Promise, TitleOf(x.Promise), [.. x.Findings.Select(finding => finding with { Id = $"{x.Promise.Slug}-{finding.Id}" })], x.Searches,
            id => new ActivityNamed(id, $"What happened: {id[(x.Promise.Slug.Length + 1)..]}"),
            board.Since, board.ValidAt, Codebook, coverage));
        return new ReportMaterial(
            board, before, new Timeline(board.Agenda, board.Baseline, [], board.Since, board.ValidAt, board.CoveredThrough, At, Position, [.. lanes]),
            Divergence.Of(board.About!, commitments, [], sources, board.ValidAt, board.CoveredThrough, At, Position), commitments, evidence, sources,
            new Dictionary<string, long>(), changes, new Coverage(evidence.Length, 0, 0, 0),
            before is null ? null : new PreviousReport("before", before.ValidAt, before.Position, before.Since, before.CoveredThrough, before.Codebook));
    }

    private RecordCoverage Coverage =>
        RecordCoverage.Create(Given.Day(Given.TheBaseline), Stated.Select(x => x.Through), [Given.Day(RecordedThrough), .. Commitments.SelectMany(x => x.Findings.Select(finding => finding.Latest))]);

    private Agenda Agenda => new("it", "What they said they would do", null, Parties, new Baseline("Bali", Given.Day(Given.TheBaseline), null), Codebook, [], Stated);

    private static string TitleOf(Promise promise) => $"The promise {promise.Slug}";

    private Activity ActivityOf(string slug, Finding finding) =>
        new(slug, ActivityKind.Meeting, $"What happened: {finding.Id}", FuzzyDate.Parse($"{finding.Earliest:yyyy-MM-dd}/{finding.Latest:yyyy-MM-dd}"), null, null, [], ActivitySources, [], []);
}
