using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_recently
{
    // 90 days before it is 2023-03-02.
    private const string Now = "2023-05-31";

    [Fact]
    public void is_asked_of_a_continuing_commitment_only()
    {
        Given.Continuing.At(Now).Recently.ShouldNotBeNull();
        Given.Deliverable.At(Now).Recently.ShouldBeNull();
        Given.Restraint.At(Now).Recently.ShouldBeNull();
    }

    [Fact]
    public void forgets_an_old_act_that_still_decides_the_status()
    {
        var verdict = Given.Continuing.Advances(Depth.Measure, "2022-12-01").Advances(Depth.Words, "2023-05-01").At(Now);

        verdict.Status.ShouldBe(CommitmentStatus.ConcreteAction);
        verdict.Recently.ShouldBe(new Recently(Given.Day("2023-03-02"), CommitmentStatus.WordsOnly));
    }

    [Theory]
    [InlineData("2023-03-01", CommitmentStatus.NotYetRated)]
    [InlineData("2023-03-02", CommitmentStatus.NotYetRated)]
    [InlineData("2023-03-03", CommitmentStatus.ConcreteAction)]
    [InlineData("2023-05-31", CommitmentStatus.ConcreteAction)]
    [InlineData("2023-06-01", CommitmentStatus.NotYetRated)]
    [InlineData("2023-03", CommitmentStatus.NotYetRated)]
    public void counts_from_the_day_after_the_moved_edge(string on, CommitmentStatus expected) =>
        Given.Continuing.Advances(Depth.Mechanism, on).At(Now).Recently!.Status.ShouldBe(expected);

    [Theory]
    [InlineData("2023-03-02", CommitmentStatus.NotYetRated)]
    [InlineData("2023-03-03", CommitmentStatus.NoneFound)]
    public void counts_searches_from_the_moved_edge_too(string through, CommitmentStatus expected) =>
        Given.Continuing.SearchedThrough(through).At(Now).Recently!.Status.ShouldBe(expected);

    [Theory]
    [InlineData("2023-02-11", "2022-11-14")] // 89 days after the baseline
    [InlineData("2023-02-12", "2022-11-14")]
    [InlineData("2023-02-13", "2022-11-15")]
    public void moves_the_edge_only_where_that_is_later(string validAt, string after) =>
        Given.Continuing.At(validAt).Recently!.After.ShouldBe(Given.Day(after));

    [Fact]
    public void keeps_the_edge_of_a_commitment_made_since() =>
        Given.Continuing.MadeOn("2023-05-01").At(Now).Recently!.After.ShouldBe(Given.Day("2023-05-01"));

    [Fact]
    public void looks_back_as_far_as_the_codebook_says() =>
        Given.Continuing.UnderCodebook(book => book with { StaleAfterDays = 30 }).At(Now).Recently!.After
            .ShouldBe(Given.Day("2023-05-01"));

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1_000_000)]
    public void looks_back_no_further_than_the_calendar(int days) =>
        Given.Continuing.UnderCodebook(book => book with { StaleAfterDays = days }).At(Now).Recently!.After
            .ShouldBe(Given.Day(Given.TheBaseline));

    [Fact]
    public void is_asked_on_the_first_day_of_the_calendar() =>
        Given.Continuing.MadeOn("0001-01-01").SeenSince("0001-01-01").At("0001-01-01").Recently
            .ShouldBe(new Recently(DateOnly.MinValue, CommitmentStatus.NotYetRated));

    [Fact]
    public void is_not_yet_rated_before_the_baseline() =>
        Given.Continuing.MadeOn("2022-01-01").SearchedThrough("2022-10-01").At("2022-11-01").Recently
            .ShouldBe(new Recently(Given.Day(Given.TheBaseline), CommitmentStatus.NotYetRated));
}
