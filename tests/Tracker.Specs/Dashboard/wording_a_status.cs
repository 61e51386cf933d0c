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
            .ShouldBe("The parties were in contact about it, and nothing on record reaches the bar (mechanism).");

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
