using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_by_the_table
{
    private const string Now = "2023-01-31";

    private static readonly Given Done = Given.Deliverable.Advances(Depth.Delivered, "2022-12-10");

    [Fact]
    public void is_reversed_when_delivered_and_then_taken_back() =>
        Done.Undercuts(Depth.Mechanism, "2022-12-11").At(Now).Status.ShouldBe(CommitmentStatus.Reversed);

    [Fact]
    public void is_still_concrete_when_reversed() =>
        Done.Undercuts(Depth.Mechanism, "2022-12-11").At(Now).ConcreteSinceBaseline.ShouldBeTrue();

    [Fact]
    public void is_reversed_only_by_what_reaches_the_bar() =>
        Done.Undercuts(Depth.Contact, "2022-12-11").At(Now).Status.ShouldBe(CommitmentStatus.Delivered);

    [Fact]
    public void is_delivered_when_what_was_promised_exists() => Done.At(Now).Status.ShouldBe(CommitmentStatus.Delivered);

    [Fact]
    public void is_delivered_when_it_was_undercut_the_day_before() =>
        Done.Undercuts(Depth.Measure, "2022-12-09").At(Now).Status.ShouldBe(CommitmentStatus.Delivered);

    [Fact]
    public void is_delivered_when_it_was_undercut_the_same_day() =>
        Done.Undercuts(Depth.Measure, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.Delivered);

    [Fact]
    public void is_delivered_when_it_was_undercut_between_two_deliveries() =>
        Done.Undercuts(Depth.Measure, "2022-12-15").Advances(Depth.Delivered, "2022-12-20").At(Now).Status
            .ShouldBe(CommitmentStatus.Delivered);

    [Fact]
    public void is_reversed_when_it_was_undercut_after_two_deliveries() =>
        Done.Undercuts(Depth.Measure, "2022-12-21").Advances(Depth.Delivered, "2022-12-20").At(Now).Status
            .ShouldBe(CommitmentStatus.Reversed);

    [Fact]
    public void is_reversed_when_only_some_of_what_undercuts_came_later() =>
        Done.Undercuts(Depth.Measure, "2022-12-01").Undercuts(Depth.Measure, "2022-12-11").Undercuts(Depth.Measure, "2022-12-10")
            .At(Now).Status.ShouldBe(CommitmentStatus.Reversed);

    [Fact]
    public void compares_the_latest_days_of_imprecise_dates()
    {
        // The month may have begun before the 10th, and ends after it.
        Done.Undercuts(Depth.Measure, "2022-12").At(Now).Status.ShouldBe(CommitmentStatus.Reversed);
        // Earlier on its first day, and the same on its last.
        Done.Undercuts(Depth.Measure, "2022-12-01/2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.Delivered);
        Given.Deliverable.Advances(Depth.Delivered, "2022-12").Undercuts(Depth.Measure, "2022-12-30").At(Now).Status
            .ShouldBe(CommitmentStatus.Delivered);
        Given.Deliverable.Advances(Depth.Delivered, "2022-12").Undercuts(Depth.Measure, "2022-12-31").At(Now).Status
            .ShouldBe(CommitmentStatus.Delivered);
        Given.Deliverable.Advances(Depth.Delivered, "2022-12").Undercuts(Depth.Measure, "2023-01-01").At(Now).Status
            .ShouldBe(CommitmentStatus.Reversed);
    }

    [Fact]
    public void is_contested_when_undercut_after_delivery_and_advanced_again() =>
        Done.Undercuts(Depth.Measure, "2022-12-15").Advances(Depth.Mechanism, "2022-12-20").At(Now).Status
            .ShouldBe(CommitmentStatus.Contested);

    [Fact]
    public void is_contested_when_undercut_after_delivery_and_advanced_on_the_same_day() =>
        Done.Undercuts(Depth.Measure, "2022-12-15").Advances(Depth.Mechanism, "2022-12-15").At(Now).Status
            .ShouldBe(CommitmentStatus.Contested);

    [Fact]
    public void is_reversed_although_advanced_again_below_the_bar() =>
        Done.Undercuts(Depth.Measure, "2022-12-15").Advances(Depth.Contact, "2022-12-20").At(Now).Status
            .ShouldBe(CommitmentStatus.Reversed);

    [Fact]
    public void is_reversed_although_reaffirmed_later() =>
        Done.Undercuts(Depth.Measure, "2022-12-15").Reaffirms(Depth.Delivered, "2022-12-20").At(Now).Status
            .ShouldBe(CommitmentStatus.Reversed);

    [Theory]
    [InlineData("2022-12-09")]
    [InlineData("2022-12-10")]
    [InlineData("2022-12-11")]
    public void is_contested_when_there_is_concrete_action_for_and_against_in_either_order(string against) =>
        Given.Deliverable.Advances(Depth.Measure, "2022-12-10").Undercuts(Depth.Mechanism, against).At(Now).Status
            .ShouldBe(CommitmentStatus.Contested);

    [Fact]
    public void is_concrete_action_at_the_bar() =>
        Given.Deliverable.Advances(Depth.Mechanism, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);

    [Fact]
    public void is_concrete_action_although_undercut_below_the_bar() =>
        Given.Deliverable.Advances(Depth.Mechanism, "2022-12-10").Undercuts(Depth.Contact, "2022-12-11").At(Now).Status
            .ShouldBe(CommitmentStatus.ConcreteAction);

    [Fact]
    public void is_undercut_at_the_bar() =>
        Given.Deliverable.Undercuts(Depth.Mechanism, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.Undercut);

    [Fact]
    public void is_undercut_although_advanced_below_the_bar_and_reaffirmed_above_it() =>
        Given.Deliverable.Advances(Depth.Contact, "2022-12-10").Reaffirms(Depth.Measure, "2022-12-11")
            .Undercuts(Depth.Mechanism, "2022-12-09").At(Now).Status.ShouldBe(CommitmentStatus.Undercut);

    [Theory]
    [InlineData(Depth.Mechanism)]
    [InlineData(Depth.Measure)]
    [InlineData(Depth.Delivered)]
    public void is_partial_when_reaffirmed_as_deep_as_a_mechanism(Depth depth)
    {
        var verdict = Given.Deliverable.Reaffirms(depth, "2022-12-10").At(Now);

        verdict.Status.ShouldBe(CommitmentStatus.Partial);
        verdict.ConcreteSinceBaseline.ShouldBeFalse();
    }

    [Fact]
    public void is_partial_when_advanced_by_a_mechanism_below_the_bar() =>
        Given.Deliverable.WithBar(Depth.Measure).Advances(Depth.Mechanism, "2022-12-10").At(Now).Status
            .ShouldBe(CommitmentStatus.Partial);

    [Fact]
    public void is_partial_although_undercut_below_the_bar() =>
        Given.Deliverable.WithBar(Depth.Delivered).Advances(Depth.Mechanism, "2022-12-10").Undercuts(Depth.Measure, "2022-12-11")
            .At(Now).Status.ShouldBe(CommitmentStatus.Partial);

    [Fact]
    public void is_dialogue_only_when_the_parties_met() =>
        Given.Deliverable.Advances(Depth.Contact, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.DialogueOnly);

    [Fact]
    public void is_dialogue_only_when_a_meeting_reaffirmed_it() =>
        Given.Deliverable.Reaffirms(Depth.Contact, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.DialogueOnly);

    [Fact]
    public void is_dialogue_only_although_a_mechanism_was_undercut_below_the_bar() =>
        Given.Deliverable.WithBar(Depth.Measure).Advances(Depth.Contact, "2022-12-10").Undercuts(Depth.Mechanism, "2022-12-11")
            .At(Now).Status.ShouldBe(CommitmentStatus.DialogueOnly);

    [Fact]
    public void is_undercut_when_a_contact_was_refused_below_the_bar() =>
        Given.Deliverable.Undercuts(Depth.Contact, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.Undercut);

    [Fact]
    public void is_undercut_when_a_contact_was_refused_and_words_said_for_it() =>
        Given.Deliverable.Undercuts(Depth.Contact, "2022-12-10").Advances(Depth.Words, "2022-12-11").At(Now).Status
            .ShouldBe(CommitmentStatus.Undercut);

    [Theory]
    [InlineData(Depth.Contact)]
    [InlineData(Depth.Mechanism)]
    [InlineData(Depth.Measure)]
    public void is_undercut_below_the_bar_however_high_it_is(Depth depth)
    {
        var verdict = Given.Deliverable.WithBar(Depth.Delivered).Undercuts(depth, "2022-12-10").At(Now);

        verdict.Status.ShouldBe(CommitmentStatus.Undercut);
        verdict.Because.Undercutting.ShouldBeEmpty();
    }

    [Fact]
    public void is_words_only_when_it_was_spoken_for() =>
        Given.Deliverable.Advances(Depth.Words, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.WordsOnly);

    [Fact]
    public void is_words_only_when_it_was_repeated() =>
        Given.Deliverable.Reaffirms(Depth.Words, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.WordsOnly);

    [Fact]
    public void is_words_only_when_it_was_spoken_against() =>
        Given.Deliverable.Undercuts(Depth.Words, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.WordsOnly);

    [Fact]
    public void is_words_only_although_someone_searched() =>
        Given.Deliverable.Advances(Depth.Words, "2022-12-10").SearchedThrough(Now).At(Now).Status
            .ShouldBe(CommitmentStatus.WordsOnly);

    [Fact]
    public void is_none_found_when_someone_looked() =>
        Given.Deliverable.SearchedThrough(Now).At(Now).Status.ShouldBe(CommitmentStatus.NoneFound);

    [Fact]
    public void is_not_yet_rated_when_nobody_looked() => Given.Deliverable.At(Now).Status.ShouldBe(CommitmentStatus.NotYetRated);

    [Fact]
    public void delivers_nothing_on_a_continuing_commitment()
    {
        Given.Continuing.Advances(Depth.Delivered, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);
        Given.Continuing.Advances(Depth.Delivered, "2022-12-10").Undercuts(Depth.Measure, "2022-12-11").At(Now).Status
            .ShouldBe(CommitmentStatus.Contested);
    }

    [Fact]
    public void delivers_nothing_on_a_restraint()
    {
        Given.Restraint.Advances(Depth.Delivered, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.ConcreteAction);
        Given.Restraint.Undercuts(Depth.Measure, "2022-12-10").At(Now).Status.ShouldBe(CommitmentStatus.Undercut);
        Given.Restraint.SearchedThrough(Now).At(Now).Status.ShouldBe(CommitmentStatus.NoneFound);
    }

    [Fact]
    public void tells_which_row_held() => Done.At(Now).Because.Row.ShouldBe(CommitmentStatus.Delivered);
}
