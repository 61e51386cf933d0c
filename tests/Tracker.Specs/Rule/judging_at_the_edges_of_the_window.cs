using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_at_the_edges_of_the_window
{
    private const string Now = "2022-12-31";

    [Theory]
    [InlineData("2022-11-13", false)] // before the baseline
    [InlineData("2022-11-14", false)] // on it: the baseline, not a follow-up
    [InlineData("2022-11-15", true)] // the day after
    [InlineData("2022-12-30", true)] // the day before the day asked about
    [InlineData("2022-12-31", true)] // on it
    [InlineData("2023-01-01", false)] // the day after it
    [InlineData("2022-11", false)] // a month over the baseline
    [InlineData("2022", false)] // a year over both edges, ending on the later
    [InlineData("2022-11-14/2022-11-15", false)]
    [InlineData("2022-11-15/2022-11-30", true)] // "after the baseline, we know not when"
    [InlineData("2022-12", true)] // ends on the day asked about
    [InlineData("2022-12-31/2023-01-01", false)]
    [InlineData("2022-12/2023-01", false)]
    [InlineData("2022-11-15/2022-12-31", true)] // the whole window
    [InlineData("2022-11-14/2023-01-01", false)] // one day more at either end
    [InlineData("2023", false)]
    public void counts_what_happened_wholly_after_the_baseline_and_through_the_day_asked_about(string on, bool counts)
    {
        var verdict = Given.Deliverable.Advances(Depth.Measure, on).At(Now);

        verdict.Status.ShouldBe(counts ? CommitmentStatus.ConcreteAction : CommitmentStatus.NotYetRated);
        verdict.ConcreteSinceBaseline.ShouldBe(counts);
        verdict.Evidence.Measure.ShouldBe(counts ? 1 : 0);
    }

    [Fact]
    public void lets_a_month_in_on_its_last_day()
    {
        var given = Given.Deliverable.Advances(Depth.Measure, "2022-12");

        given.At("2022-12-30").Status.ShouldBe(CommitmentStatus.NotYetRated);
        given.At("2022-12-31").Status.ShouldBe(CommitmentStatus.ConcreteAction);
    }

    [Fact]
    public void starts_from_the_day_the_commitment_was_made_where_that_is_later()
    {
        var given = Given.Deliverable.MadeOn("2022-12-01").Advances(Depth.Measure, "2022-12-01");

        given.At(Now).Status.ShouldBe(CommitmentStatus.NotYetRated);
        given.At(Now).Because.After.ShouldBe(Given.Day("2022-12-01"));
        given.Advances(Depth.Measure, "2022-12-02").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);
    }

    [Fact]
    public void starts_from_the_day_asked_since_where_the_commitment_is_older()
    {
        var given = Given.Deliverable.MadeOn("2022-01-01").Advances(Depth.Measure, Given.TheBaseline);

        given.At(Now).Status.ShouldBe(CommitmentStatus.NotYetRated);
        given.At(Now).Because.After.ShouldBe(Given.Day(Given.TheBaseline));
    }

    [Fact]
    public void starts_from_another_day_where_one_is_named()
    {
        var given = Given.Deliverable.MadeOn("2022-01-01").Advances(Depth.Measure, "2022-11-20");

        given.SeenSince("2022-11-19").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);
        given.SeenSince("2022-11-20").At(Now).Status.ShouldBe(CommitmentStatus.NotYetRated);
        given.SeenSince("2022-01-01").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);
    }

    [Theory]
    [InlineData("2022-11-14")]
    [InlineData("2022-11-13")]
    [InlineData("0001-01-01")]
    public void holds_nothing_on_the_baseline_or_before(string validAt)
    {
        var verdict = Given.Deliverable.MadeOn("0001-01-01")
            .Advances(Depth.Measure, "2022-11-14")
            .Advances(Depth.Measure, "2022-11-13")
            .Undercuts(Depth.Measure, "2022-11")
            .Advances(Depth.Measure, Given.TheDayAfter)
            .SearchedThrough("2022-11-13", "2022-11-14", "2022-11-15")
            .At(validAt);

        verdict.Status.ShouldBe(CommitmentStatus.NotYetRated);
        verdict.Because.Straddling.ShouldBeEmpty();
        verdict.ByParty.Values.ShouldAllBe(party => party.Status == CommitmentStatus.NotYetRated);
    }

    [Fact]
    public void holds_everything_through_the_end_of_the_calendar() =>
        Given.Continuing.Advances(Depth.Measure, "9999-12-31").At("9999-12-31").Status.ShouldBe(CommitmentStatus.ConcreteAction);

    [Theory]
    [InlineData("2022-11-13", false)]
    [InlineData("2022-11-14", false)]
    [InlineData("2022-11-15", true)]
    [InlineData("2022-12-31", true)]
    [InlineData("2023-01-01", false)]
    public void counts_a_search_that_went_past_the_baseline_and_not_past_the_day_asked_about(string through, bool counts)
    {
        var verdict = Given.Deliverable.SearchedThrough(through).At(Now);

        verdict.Status.ShouldBe(counts ? CommitmentStatus.NoneFound : CommitmentStatus.NotYetRated);
        verdict.Because.LastSearchedThrough.ShouldBe(counts ? Given.Day(through) : null);
    }

    [Fact]
    public void counts_a_search_from_the_day_after_the_commitment_was_made()
    {
        var given = Given.Deliverable.MadeOn("2022-12-01");

        given.SearchedThrough("2022-12-01").At(Now).Status.ShouldBe(CommitmentStatus.NotYetRated);
        given.SearchedThrough("2022-12-02").At(Now).Status.ShouldBe(CommitmentStatus.NoneFound);
    }
}
