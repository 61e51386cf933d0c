using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Specs.Dashboard;

public sealed class wording_a_status
{
    private static readonly DateOnly Baseline = new(2022, 11, 14);

    [Fact]
    public void gives_each_status_a_word_of_its_own() =>
        StatusWords.InOrder.Select(x => StatusWords.Of(x)).ShouldBeUnique();

    [Fact]
    public void gives_each_status_a_meaning_of_its_own() =>
        StatusWords.InOrder.Select(StatusWords.Meaning).ShouldBeUnique();

    [Fact]
    public void means_by_reversed_also_that_another_went_against_what_was_delivered() =>
        StatusWords.Meaning(CommitmentStatus.Reversed).ShouldBe("It was delivered; later it was taken back, or another’s act went against it.");

    [Theory]
    [InlineData(CommitmentStatus.NoneFound, "No breach found")]
    [InlineData(CommitmentStatus.Undercut, "Breached")]
    [InlineData(CommitmentStatus.DialogueOnly, "Dialogue only")]
    public void has_words_for_a_restraint(CommitmentStatus status, string word) =>
        StatusWords.Of(status, CommitmentType.Restraint).ShouldBe(word);

    [Fact]
    public void never_says_that_nothing_was_found_without_the_day_searched_through()
    {
        StatusWords.Qualifier(CommitmentStatus.NoneFound, new DateOnly(2023, 1, 31)).ShouldBe("searched through 31 January 2023");
        Because(CommitmentStatus.NoneFound, CommitmentType.Deliverable).ShouldBe("Someone looked, through 31 January 2023, and found no action.");
        Because(CommitmentStatus.NoneFound, CommitmentType.Restraint).ShouldBe("Someone looked, through 31 January 2023, and found no breach.");
    }

    [Fact]
    public void adds_no_day_to_what_was_found() =>
        StatusWords.Qualifier(CommitmentStatus.WordsOnly, new DateOnly(2023, 1, 31)).ShouldBeNull();

    [Fact]
    public void says_why_with_the_bar_in_force() =>
        Because(CommitmentStatus.DialogueOnly, CommitmentType.Continuing)
            .ShouldBe("The parties were in contact about it, and no accepted evidence dated within this period reaches the bar (mechanism).");

    /// <summary>What is on record of later days, or dated over the period's edge, stands on the same page.</summary>
    [Theory]
    [InlineData(CommitmentStatus.Delivered)]
    [InlineData(CommitmentStatus.DialogueOnly)]
    [InlineData(CommitmentStatus.WordsOnly)]
    [InlineData(CommitmentStatus.NotYetRated)]
    public void never_says_of_the_whole_record_what_holds_of_the_period_alone(CommitmentStatus row)
    {
        var because = Because(row, CommitmentType.Deliverable);

        because.ShouldContain("within this period");
        because.ShouldNotContain("nothing on record");
        because.ShouldNotContain("Nothing is on record");
    }

    [Fact]
    public void says_of_contact_that_would_be_enough_that_it_is_nothing_new() =>
        BecauseWords.Of(Row(CommitmentStatus.DialogueOnly) with { Bar = Depth.Contact }, CommitmentType.Continuing)
            .ShouldBe("The parties were in contact about it, which only repeats or completes what was decided before.");

    [Theory]
    [InlineData(Depth.Mechanism, "Contact about it was refused or went against it, and ")]
    [InlineData(Depth.Measure, "More than words goes against it, short of the bar (measure), and ")]
    public void calls_what_went_against_it_contact_only_where_it_can_be_nothing_deeper(Depth bar, string expected) =>
        BecauseWords.Of(Row(CommitmentStatus.Undercut) with { Bar = bar, Undercutting = [] }, CommitmentType.Continuing)
            .ShouldBe(expected + "no accepted evidence dated within this period speaks for it beyond words.");

    [Fact]
    public void does_not_tell_of_one_party_what_awaits_review_of_any()
    {
        var unrated = Row(CommitmentStatus.NotYetRated);

        BecauseWords.Of(unrated, CommitmentType.Deliverable, 2).ShouldBe("No accepted evidence; 2 pieces await review.");
        BecauseWords.OfParty(unrated, CommitmentType.Deliverable, 2, null).ShouldBe("No accepted evidence of its own action is dated within this period.");
        BecauseWords.OfParty(unrated, CommitmentType.Deliverable, 0, null).ShouldBe("No accepted evidence of its own action dated within this period is on record, and no search for this commitment is.");
        BecauseWords.OfParty(Row(CommitmentStatus.WordsOnly), CommitmentType.Deliverable, 2, null).ShouldBe(BecauseWords.OfParty(Row(CommitmentStatus.WordsOnly), CommitmentType.Deliverable, 0, null));
    }

    /// <summary>Another party's act may stand on the same page.</summary>
    [Theory]
    [InlineData(CommitmentStatus.Reversed, "Its own action delivered what was promised, and a later act of its own went against it.")]
    [InlineData(CommitmentStatus.Delivered, "Its own action delivered what was promised, and no accepted evidence of its own action dated later within this period takes it back.")]
    [InlineData(CommitmentStatus.Contested, "At or above the bar (mechanism), 1 piece of evidence of its own action advances it and 1 undercuts it.")]
    [InlineData(CommitmentStatus.ConcreteAction, "One piece of evidence of its own action advances it at or above the bar (mechanism), and none dated within this period undercuts it at that depth.")]
    [InlineData(CommitmentStatus.Undercut, "One piece of evidence of its own action goes against it at or above the bar (mechanism), and none dated within this period advances it at that depth.")]
    [InlineData(CommitmentStatus.Partial, "Its own action went as deep as a mechanism, but falls short of the bar (mechanism), or only repeats or completes what was decided before.")]
    [InlineData(CommitmentStatus.DialogueOnly, "This party was in contact about it, and no accepted evidence of its own action dated within this period reaches the bar (mechanism).")]
    [InlineData(CommitmentStatus.WordsOnly, "This party spoke of it, and no accepted evidence of its own action dated within this period goes deeper than words.")]
    [InlineData(CommitmentStatus.NoneFound, "Someone looked, through 31 January 2023, and no action of this party was found.")]
    public void says_of_one_party_what_it_did_itself(CommitmentStatus row, string said) =>
        BecauseWords.OfParty(Row(row), CommitmentType.Deliverable, 0, null).ShouldBe(said);

    [Fact]
    public void says_of_one_party_that_no_action_or_breach_of_its_own_was_found()
    {
        BecauseWords.OfParty(Row(CommitmentStatus.NoneFound), CommitmentType.Restraint, 0, null).ShouldBe("Someone looked, through 31 January 2023, and no breach by this party was found.");
        BecauseWords.OfParty(Row(CommitmentStatus.NotYetRated), CommitmentType.Deliverable, 0, new DateOnly(2023, 1, 31)).ShouldBe("No accepted evidence of its own action dated within this period is on record through 31 January 2023; no search for this commitment is on record.");
        BecauseWords.OfParty(Row(CommitmentStatus.DialogueOnly) with { Bar = Depth.Contact }, CommitmentType.Continuing, 0, null)
            .ShouldBe("This party was in contact about it, which only repeats or completes what was decided before.");
        foreach (var bar in (Depth[])[Depth.Mechanism, Depth.Measure])
            BecauseWords.OfParty(Row(CommitmentStatus.Undercut) with { Bar = bar, Undercutting = [] }, CommitmentType.Continuing, 0, null).ShouldContain(" own action");
        BecauseWords.OfParty(Row(CommitmentStatus.NotYetRated) with { Through = Baseline }, CommitmentType.Deliverable, 0, null).ShouldStartWith("As of 14 November 2022");
    }

    [Fact]
    public void says_of_what_is_not_rated_only_that_no_search_for_it_is_on_record() =>
        Because(CommitmentStatus.NotYetRated, CommitmentType.Deliverable).ShouldBe("No accepted evidence dated within this period is on record, and no search for this commitment is.");

    [Fact]
    public void says_why_for_every_row() =>
        StatusWords.InOrder.ShouldAllBe(x => Because(x, CommitmentType.Deliverable).EndsWith('.'));

    [Fact]
    public void says_that_nothing_follows_a_baseline_on_its_own_day() =>
        BecauseWords.Of(Row(CommitmentStatus.NotYetRated) with { Through = Baseline }, CommitmentType.Deliverable).ShouldStartWith("As of 14 November 2022");

    private static string Because(CommitmentStatus row, CommitmentType type) => BecauseWords.Of(Row(row), type);

    private static Because Row(CommitmentStatus row) => new(
        Codebook.DepthLadder2, row, Depth.Mechanism, Baseline, new DateOnly(2023, 1, 31), ["a"], ["b"], [], [], new DateOnly(2023, 1, 31));
}
