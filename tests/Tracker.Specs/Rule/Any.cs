using System.Collections.Immutable;
using CsCheck;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

/// <summary>Histories of a few days around the baseline, so that edges, ties and straddling are met again and again.</summary>
internal static class Any
{
    public const int Histories = 20_000;
    private static readonly int Baseline = Given.Day(Given.TheBaseline).DayNumber;

    public static readonly Gen<DateOnly> Day = Gen.Int[-4, 12].Select(days => DateOnly.FromDayNumber(Baseline + days));

    private static readonly Gen<ImmutableArray<string>> AnyParties = Gen.Int[1, 7].Select(bits =>
        ImmutableArray.CreateRange(new[] { "AA", "BB", "CC" }.Where((_, bit) => (bits & (1 << bit)) != 0)));

    private static readonly Gen<EvidenceState> AnyState = Gen.Frequency(
        (7, Gen.Const(EvidenceState.Accepted)), (2, Gen.Const(EvidenceState.Proposed)), (1, Gen.Enum<EvidenceState>()));

    private static readonly Gen<int> AnySpan = Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 5]));

    private static readonly Gen<Depth> AnyDepth = Gen.Frequency((3, Gen.Enum<Depth>()), (1, Gen.Const(Depth.Delivered)));

    public static readonly Gen<Finding> Finding =
        from id in Gen.Char['a', 'z'].Array[4]
        from earliest in Day
        from span in AnySpan
        from depth in AnyDepth
        from direction in Gen.Enum<Direction>()
        from parties in AnyParties
        from state in AnyState
        from withdrawn in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        select new Finding(new string(id), earliest, earliest.AddDays(span), depth, direction, parties, state, withdrawn);

    private static readonly Gen<FuzzyDate?> AnyDue = Gen.Frequency<FuzzyDate?>(
        (1, Gen.Const(default(FuzzyDate?))),
        (1, Gen.Select(Day, AnySpan, (day, span) => (FuzzyDate?)FuzzyDate.Parse($"{day:O}/{day.AddDays(span):O}"))));

    private static readonly Gen<Promise> AnyPromise =
        from type in Gen.Enum<CommitmentType>()
        from madeOn in Gen.Frequency((2, Gen.Const(DateOnly.FromDayNumber(Baseline))), (1, Day))
        from bar in Gen.OneOf(Gen.Const(default(Depth?)), Gen.Enum<Depth>().Select(depth => (Depth?)depth))
        from due in AnyDue
        from parties in AnyParties
        from withdrawn in Gen.Frequency((19, Gen.Const(false)), (1, Gen.Const(true)))
        select new Promise("c", type, madeOn, bar, due, parties, withdrawn);

    private static readonly Gen<Codebook> AnyCodebook =
        from bar in Gen.Enum<Depth>()
        from days in Gen.Int[0, 9]
        from version in Gen.OneOf(Gen.Const(Codebook.DepthLadder1), Gen.Const(Codebook.DepthLadder2))
        select Codebook.Default with { Version = version, Bar = bar, StaleAfterDays = days };

    public static readonly Gen<RecordCoverage> Coverage =
        from baseline in Day
        from stated in Day.Array[0, 2]
        from recorded in Day.Array[0, 3]
        select RecordCoverage.Create(baseline, stated, recorded);

    public static readonly Gen<Given> History =
        from promise in AnyPromise
        from findings in Finding.Array[0, 6]
        from searches in Day.Array[0, 2]
        from since in Gen.Frequency((3, Gen.Const(DateOnly.FromDayNumber(Baseline))), (1, Day))
        from codebook in AnyCodebook
        from coverage in Coverage
        select new Given(promise)
        {
            Findings = [.. findings.DistinctBy(finding => finding.Id)],
            Searches = [.. searches],
            Since = since,
            Codebook = codebook,
            Coverage = coverage,
        };
}
