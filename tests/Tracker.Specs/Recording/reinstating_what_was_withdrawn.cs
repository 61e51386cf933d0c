using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Specs.Recording;

/// <summary>Commitments, activities, sources and searches that come back, decided and folded, without a host.</summary>
public sealed class reinstating_what_was_withdrawn
{
    private static readonly Source Readout = Source.Fold(null, new SourceRecorded(default, default, "AA", "Readout", null, null, null, null, null, null), Stamp(1, "readout"));
    private static readonly Source Forged = Source.Fold(Readout, new SourceWithdrawn("Forged."), Stamp(2, "readout"));

    private static readonly Activity Talks = Activity.Fold(null,
        new ActivityRecorded(ActivityKind.Meeting, "Talks", FuzzyDate.Parse("2022-12-11"), null, null, [], ["readout"], [], []), Stamp(1, "talks"));

    private static readonly Commitment Visit = Commitment.Fold(
        Commitment.Fold(null, new CommitmentMade("Visit", default, new DateOnly(2022, 11, 14), ["AA"], null, null, null, [], [new("AA", "readout", "we shall visit", null, null, null)]), Stamp(1, "visit")),
        new SearchRecorded("s-1", new DateOnly(2022, 12, 1), ["Xinhua"], null), Stamp(2, "visit"));

    [Fact]
    public void has_them_as_they_were()
    {
        var source = Source.Fold(Forged, Only(ReinstateSourceEndpoint.Decide(So, Forged)), Stamp(3, "readout"));
        source.ShouldBe(Readout with { Version = 3 });

        var activity = Activity.Fold(Activity.Fold(Talks, new ActivityWithdrawn("Never."), Stamp(2, "talks")), Only(ReinstateActivityEndpoint.Decide(So, Withdrawn(Talks), _ => Readout)), Stamp(3, "talks"));
        (activity.Withdrawal, activity.Version).ShouldBe((null, 3));

        var commitment = Commitment.Fold(Withdrawn(Visit), Only(ReinstateCommitmentEndpoint.Decide(So, Withdrawn(Visit), _ => Readout)), Stamp(4, "visit"));
        (commitment.Withdrawal, commitment.Version).ShouldBe((null, 4));

        var searched = Commitment.Fold(Visit, new SearchWithdrawn("s-1", "Nobody looked."), Stamp(3, "visit"));
        Commitment.Fold(searched, Only(ReinstateSearchEndpoint.Decide(So, searched, "s-1")), Stamp(4, "visit")).Searches.ShouldBe(Visit.Searches);
    }

    [Fact]
    public void is_refused_where_nothing_was_withdrawn() =>
        Codes(ReinstateSourceEndpoint.Decide(So, Readout), ReinstateActivityEndpoint.Decide(So, Talks, _ => Readout), ReinstateCommitmentEndpoint.Decide(So, Visit, _ => Readout),
            ReinstateSearchEndpoint.Decide(So, Visit, "s-1")).ShouldBe(Enumerable.Repeat((409, "not-withdrawn"), 4));

    [Fact]
    public void is_refused_while_what_it_rests_on_is_withdrawn()
    {
        var searched = Withdrawn(Commitment.Fold(Visit, new SearchWithdrawn("s-1", "Nobody looked."), Stamp(3, "visit")));

        Codes(ReinstateActivityEndpoint.Decide(So, Withdrawn(Talks), _ => Forged), ReinstateCommitmentEndpoint.Decide(So, Withdrawn(Visit), _ => Forged),
            ReinstateSearchEndpoint.Decide(So, searched, "s-1")).ShouldBe(Enumerable.Repeat((409, "rests-on-withdrawn"), 3));
    }

    [Fact]
    public void says_why() =>
        Codes(ReinstateSourceEndpoint.Decide(new(" "), Forged), ReinstateActivityEndpoint.Decide(new(""), Withdrawn(Talks), _ => Readout),
            ReinstateCommitmentEndpoint.Decide(new(""), Withdrawn(Visit), _ => Readout)).ShouldBe(Enumerable.Repeat((422, "empty-text"), 3));

    private static Reinstate So { get; } = new("It was so after all.");

    private static Activity Withdrawn(Activity it) => Activity.Fold(it, new ActivityWithdrawn("Never."), Stamp(it.Version + 1, it.Slug));

    private static Commitment Withdrawn(Commitment it) => Commitment.Fold(it, new CommitmentWithdrawn("Nobody said so."), Stamp(it.Version + 1, it.Slug));

    private static (int, string)[] Codes(params Decided[] decided) => [.. decided.Select(x => x.ShouldBeOfType<Refusal>()).Select(x => (x.Status, x.Code))];

    private static object Only(Decided decided) => decided.ShouldBeOfType<Happened>().Events.ShouldHaveSingleItem();

    private static Stamp Stamp(long version, string name) => new(name, version, version, default, "rui");
}
