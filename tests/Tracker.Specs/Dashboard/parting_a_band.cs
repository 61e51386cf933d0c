using Tracker.Commitments;
using Tracker.Dashboard.OneBoard;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Specs.Dashboard;

public sealed class parting_a_band
{
    [Fact]
    public void is_as_the_counts_are() => Shares.Of([10, 0, 30], 40, 2.5).ShouldBe([25, 0, 75]);

    [Fact]
    public void leaves_nothing_too_narrow_to_show_its_hatch()
    {
        var shares = Shares.Of([1, 0, 2, 177], 180, 2.5);

        shares[..3].ShouldBe([2.5, 0, 2.5]);
        shares.Sum().ShouldBe(100, 1e-9);
        // What is raised is taken from those that have it.
        Shares.Of([1, 1, 998, 26], 1_026, 2.5).Where(x => x > 0).Min().ShouldBe(2.5, 1e-9);
    }

    [Fact]
    public void is_out_of_proportion_on_a_board_by_no_more_than_two_pixels()
    {
        int[] counts = [3, 0, 1, 9, 40, 120, 50];
        var shares = Shares.Of(counts, 223, Shares.Narrowest);

        for (var i = 0; i < counts.Length; i++) shares[i].ShouldBe(100d * counts[i] / 223, 1e-9);
        (Shares.Of([1, 9_999], 10_000, Shares.Narrowest)[0] * 11).ShouldBe(2, 0.1, "pixels of 1,100");
    }

    [Fact]
    public void never_fills_more_than_there_was()
    {
        Shares.Of([1, 1], 100, 5).Sum().ShouldBe(2, 1e-9);
        Shares.Of([0, 0], 100, 5).ShouldBe([0, 0]);
    }

    [Fact]
    public void is_worded_as_everything_else_is()
    {
        static Course Stood(params CommitmentStatus[] at) => new([.. at.Select((x, i) => new StatusSpan(new(2022, 12, 1 + i), x))], [], []);
        (CommitmentType, Course) ban = (CommitmentType.Restraint, Stood(CommitmentStatus.NoneFound, CommitmentStatus.Undercut));
        (CommitmentType, Course) talks = (CommitmentType.Continuing, Stood(CommitmentStatus.NotYetRated, CommitmentStatus.Undercut));

        CourseWord.AllOf([ban]).Select(x => x.Word).ShouldBe(["Breached", "No breach found"]);
        CourseWord.AllOf([ban, talks]).Select(x => x.Word).ShouldBe(["Undercut or breached", "No breach found", "Not yet rated"]);
    }
}
