using Tracker.Agendas;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class raising_flags
{
    [Theory]
    [InlineData("2023-02", "2023-02-28", false)]
    [InlineData("2023-02", "2023-03-01", true)]
    [InlineData("2023-02-10", "2023-02-10", false)]
    [InlineData("2023-02-10", "2023-02-11", true)]
    [InlineData("2023-01/2023-02-10", "2023-02-10", false)]
    [InlineData("2023-01/2023-02-10", "2023-02-11", true)]
    [InlineData("2022", "2022-12-31", false)]
    [InlineData("2022", "2023-01-01", true)]
    public void is_overdue_from_the_day_after_the_last_day_it_was_due(string due, string validAt, bool overdue) =>
        Given.Deliverable.Due(due).At(validAt).Flags.Overdue.ShouldBe(overdue);

    [Fact]
    public void is_never_overdue_without_a_due_date() => Given.Deliverable.At("9999-12-31").Flags.Overdue.ShouldBeFalse();

    [Fact]
    public void is_not_overdue_once_delivered() =>
        Given.Deliverable.Due("2022-12").Advances(Depth.Delivered, "2023-02-01").At("2023-02-01").Flags.Overdue.ShouldBeFalse();

    [Fact]
    public void is_overdue_again_once_reversed() =>
        Given.Deliverable.Due("2022-12").Advances(Depth.Delivered, "2023-02-01").Undercuts(Depth.Measure, "2023-02-02")
            .At("2023-02-02").Flags.Overdue.ShouldBeTrue();

    [Fact]
    public void is_overdue_although_there_is_concrete_action() =>
        Given.Deliverable.Due("2022-12").Advances(Depth.Measure, "2022-12-01").At("2023-01-01").Flags.Overdue.ShouldBeTrue();

    [Fact]
    public void is_overdue_whatever_the_type()
    {
        Given.Continuing.Due("2022-12").Advances(Depth.Delivered, "2022-12-01").At("2023-01-01").Flags.Overdue.ShouldBeTrue();
        Given.Restraint.Due("2022-12").At("2023-01-01").Flags.Overdue.ShouldBeTrue();
    }

    [Fact]
    public void is_overdue_before_the_day_asked_since_where_its_due_date_has_passed() =>
        Given.Deliverable.MadeOn("2022-01-01").Due("2022-10").At("2022-11-01").Flags.Overdue.ShouldBeTrue();

    [Theory]
    [InlineData("2023-02-28", false)]
    [InlineData("2023-03-01", true)]
    [InlineData("2023-02", false)]
    [InlineData("2023-02/2023-03", true)]
    public void is_late_when_delivered_after_the_last_day_it_was_due(string delivered, bool late) =>
        Given.Deliverable.Due("2023-02").Advances(Depth.Delivered, delivered).At("2023-12-31").Flags.Late.ShouldBe(late);

    [Fact]
    public void is_late_by_its_first_delivery()
    {
        var given = Given.Deliverable.Due("2023-02");
        var early = given.Advances(Depth.Delivered, "2023-02-01");
        var late = given.Advances(Depth.Delivered, "2023-06-01");

        late.At("2023-12-31").Flags.Late.ShouldBeTrue();
        late.Advances(Depth.Delivered, "2023-03-01").At("2023-12-31").Flags.Late.ShouldBeTrue();
        late.Advances(Depth.Delivered, "2023-02-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
        early.Advances(Depth.Delivered, "2023-06-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
    }

    [Fact]
    public void is_late_still_when_reversed() =>
        Given.Deliverable.Due("2023-02").Advances(Depth.Delivered, "2023-03-01").Undercuts(Depth.Measure, "2023-04-01")
            .At("2023-12-31").Flags.ShouldBe(new Flags(Overdue: true, Late: true, Stale: false, PendingReview: 0));

    [Fact]
    public void is_never_late_without_a_due_date_or_a_delivery()
    {
        Given.Deliverable.Advances(Depth.Delivered, "2023-03-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
        Given.Deliverable.Due("2023-02").Advances(Depth.Measure, "2023-03-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
        Given.Deliverable.Due("2023-02").Reaffirms(Depth.Delivered, "2023-03-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
        Given.Continuing.Due("2023-02").Advances(Depth.Delivered, "2023-03-01").At("2023-12-31").Flags.Late.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2023-02-12", false)] // 90 days after the baseline
    [InlineData("2023-02-13", true)]
    public void is_stale_when_nothing_advanced_it_for_more_than_the_codebooks_days(string validAt, bool stale) =>
        Given.Continuing.At(validAt).Flags.Stale.ShouldBe(stale);

    [Theory]
    [InlineData("2023-03-01", false)] // 90 days after the newest
    [InlineData("2023-03-02", true)]
    public void is_stale_by_the_newest_that_advances_it_at_any_depth(string validAt, bool stale) =>
        Given.Continuing
            .Advances(Depth.Words, "2022-11-16/2022-11-20").Advances(Depth.Words, "2022-12-01")
            .Advances(Depth.Measure, "2022-11-20")
            .At(validAt).Flags.Stale.ShouldBe(stale);

    [Theory]
    [InlineData("2023-03-31", false)] // 90 days after 2022-12-31
    [InlineData("2023-04-01", true)]
    public void is_stale_by_the_last_day_of_an_imprecise_date(string validAt, bool stale) =>
        Given.Continuing.Advances(Depth.Contact, "2022-12").At(validAt).Flags.Stale.ShouldBe(stale);

    [Fact]
    public void is_stale_although_reaffirmed_or_undercut() =>
        Given.Continuing.Reaffirms(Depth.Measure, "2023-02-01").Undercuts(Depth.Measure, "2023-02-01").At("2023-02-13")
            .Flags.Stale.ShouldBeTrue();

    [Fact]
    public void is_stale_although_advanced_outside_the_window() =>
        Given.Continuing.Advances(Depth.Measure, "2023-02/2023-03").Advances(Depth.Measure, "2022-11").At("2023-02-13")
            .Flags.Stale.ShouldBeTrue();

    [Theory]
    [InlineData("2023-03-01", false)]
    [InlineData("2023-03-02", true)]
    public void is_stale_from_the_day_the_commitment_was_made_where_that_is_later(string validAt, bool stale) =>
        Given.Continuing.MadeOn("2022-12-01").At(validAt).Flags.Stale.ShouldBe(stale);

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(1, false, false)]
    [InlineData(int.MaxValue, false, false)]
    public void is_stale_after_as_many_days_as_the_codebook_says(int days, bool onTheBaseline, bool theDayAfter)
    {
        var given = Given.Continuing.UnderCodebook(book => book with { StaleAfterDays = days });

        given.At(Given.TheBaseline).Flags.Stale.ShouldBe(onTheBaseline);
        given.At(Given.TheDayAfter).Flags.Stale.ShouldBe(theDayAfter);
    }

    [Fact]
    public void is_never_stale_unless_continuing()
    {
        Given.Deliverable.At("9999-12-31").Flags.Stale.ShouldBeFalse();
        Given.Restraint.At("9999-12-31").Flags.Stale.ShouldBeFalse();
    }

    [Fact]
    public void is_not_stale_before_the_baseline() =>
        Given.Continuing.MadeOn("2021-01-01").At("2022-11-01").Flags.Stale.ShouldBeFalse();

    [Fact]
    public void counts_what_waits_for_review_whatever_its_dates() =>
        Given.Deliverable
            .Advances(Depth.Measure, "2022-12-01").But(Proposed)
            .Undercuts(Depth.Words, "2020").But(Proposed)
            .Reaffirms(Depth.Words, "2030", by: "CC").But(Proposed)
            .Advances(Depth.Measure, "2022-12-01")
            .Advances(Depth.Measure, "2022-12-01").But(finding => finding with { State = EvidenceState.Rejected })
            .Advances(Depth.Measure, "2022-12-01").But(finding => finding with { State = EvidenceState.Retracted })
            .At("2022-12-31").Flags.PendingReview.ShouldBe(3);

    [Fact]
    public void counts_nothing_as_waiting_on_a_withdrawn_activity() =>
        Given.Deliverable
            .Advances(Depth.Measure, "2022-12-01").But(finding => Proposed(finding) with { ActivityWithdrawn = true })
            .At("2022-12-31").Flags.PendingReview.ShouldBe(0);

    private static Finding Proposed(Finding finding) => finding with { State = EvidenceState.Proposed };
}
