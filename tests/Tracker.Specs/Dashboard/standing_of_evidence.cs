using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Evidence;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Specs.Dashboard;

public sealed class standing_of_evidence
{
    private static readonly Because Because = new(
        Codebook.DepthLadder2, CommitmentStatus.Contested, Depth.Mechanism, new DateOnly(2022, 11, 14), new DateOnly(2023, 1, 31),
        ["for"], ["against"], [], [], null);

    [Theory]
    [InlineData("for", "2022-12", EvidenceStanding.Concrete)]
    [InlineData("against", "2022-12", EvidenceStanding.Undercutting)]
    [InlineData("shallow", "2022-12", EvidenceStanding.CountsBelowTheBar)]
    [InlineData("early", "2022-11-14", EvidenceStanding.BeforeThePeriod)]
    [InlineData("later", "2023-02", EvidenceStanding.AfterThePeriod)]
    [InlineData("vague", "2022-11", EvidenceStanding.OverAnEdge)]
    [InlineData("open", "2023-01-15/2023-02-15", EvidenceStanding.OverAnEdge)]
    public void follows_its_dates_and_the_verdict(string id, string occurred, EvidenceStanding standing) =>
        Standings.Of(id, EvidenceState.Accepted, Happened(occurred), Because).ShouldBe(standing);

    [Theory]
    [InlineData(EvidenceState.Proposed, EvidenceStanding.AwaitsReview)]
    [InlineData(EvidenceState.Rejected, EvidenceStanding.Rejected)]
    [InlineData(EvidenceState.Retracted, EvidenceStanding.Retracted)]
    public void is_apart_until_it_is_accepted(EvidenceState state, EvidenceStanding standing)
    {
        Standings.Of("for", state, Happened("2022-12"), Because).ShouldBe(standing);
        standing.Counts().ShouldBeFalse();
    }

    [Fact]
    public void counts_for_nothing_where_the_commitment_is_not_on_the_board()
    {
        var standing = Standings.Of("for", EvidenceState.Accepted, Happened("2022-12"), null);

        standing.Counts().ShouldBeFalse();
        standing.Word().ShouldBe("Its commitment is not on this board, so it does not count");
    }

    [Fact]
    public void says_in_plain_words_that_a_date_is_too_imprecise() =>
        EvidenceStanding.OverAnEdge.Word().ShouldBe("Its date is too imprecise to be sure that it falls in the period, so it does not count");

    [Fact]
    public void counts_for_nothing_where_what_it_rests_on_is_withdrawn()
    {
        var withdrawn = Happened("2022-12") with { Withdrawal = new Withdrawal("It never took place.", "p-1", DateTimeOffset.UnixEpoch) };

        Standings.Of("for", EvidenceState.Accepted, withdrawn, Because).ShouldBe(EvidenceStanding.ActivityWithdrawn);
        EvidenceStanding.ActivityWithdrawn.Counts().ShouldBeFalse();
    }

    private static Activity Happened(string occurred) => new("talks", ActivityKind.Meeting, "Talks", FuzzyDate.Parse(occurred), null, null, [], [], [], []);
}
