using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

/// <summary>A record that ends says nothing of what came after: under <c>depth-ladder/2</c> no flag is raised beyond its end.</summary>
public sealed class judging_an_ended_record
{
    private static readonly Given Visit = Given.Deliverable.Due("2023-02").RecordedThrough("2023-01-31");

    private static Given UnderVersion1(Given given) => given.UnderCodebook(x => x with { Version = Codebook.DepthLadder1 });

    [Fact]
    public void is_never_overdue_beyond_its_end()
    {
        Visit.At("2023-03-01").Flags.Overdue.ShouldBeFalse();
        Visit.At("2026-11-28").Flags.Overdue.ShouldBeFalse();
    }

    [Fact]
    public void is_overdue_from_the_day_that_is_covered()
    {
        var covered = Visit.RecordedThrough("2023-03-01");

        covered.At("2023-02-28").Flags.Overdue.ShouldBeFalse();
        covered.At("2023-03-01").Flags.Overdue.ShouldBeTrue();
        covered.FollowedThrough("2026-11-28").Overdue.ShouldBe([new FlagSpan(Given.Day("2023-03-01"), Given.Day("2026-11-28"))]);
    }

    [Fact]
    public void is_overdue_from_the_first_recorded_day_after_the_due_date() =>
        (Visit with { Coverage = RecordCoverage.Create(Given.Day(Given.TheBaseline), [], [Given.Day("2023-02-10"), Given.Day("2023-04-02")]) })
            .FollowedThrough("2023-12-31").Overdue.ShouldBe([new FlagSpan(Given.Day("2023-04-02"), Given.Day("2023-12-31"))]);

    [Fact]
    public void is_never_stale_beyond_its_end()
    {
        var talks = Given.Continuing.Advances(Depth.Contact, "2022-12-01").RecordedThrough("2023-01-31");

        talks.At("2026-11-28").Flags.Stale.ShouldBeFalse();
        talks.RecordedThrough("2023-03-01").At("2023-02-28").Flags.Stale.ShouldBeFalse();
        talks.RecordedThrough("2023-03-02").At("2023-03-02").Flags.Stale.ShouldBeTrue();
    }

    [Fact]
    public void counts_recently_back_from_its_end() =>
        Given.Continuing.Advances(Depth.Contact, "2023-01-10").RecordedThrough("2023-01-31").At("2026-11-28").Recently
            .ShouldBe(new Recently(Given.Day(Given.TheBaseline), CommitmentStatus.DialogueOnly));

    [Fact]
    public void stands_where_it_stood_at_its_end() =>
        Visit.Advances(Depth.Contact, "2023-01-10").At("2026-11-28").Status.ShouldBe(CommitmentStatus.DialogueOnly);

    [Fact]
    public void is_judged_at_the_day_asked_about_by_version_1()
    {
        UnderVersion1(Visit).At("2023-03-01").Flags.Overdue.ShouldBeTrue();
        UnderVersion1(Given.Continuing.RecordedThrough("2022-12-01")).At("2023-03-01").Flags.Stale.ShouldBeTrue();
        UnderVersion1(Visit).FollowedThrough("2023-03-01").Overdue.ShouldBe([new FlagSpan(Given.Day("2023-03-01"), Given.Day("2023-03-01"))]);
    }

    [Fact]
    public void names_the_version_that_judged()
    {
        Visit.At("2023-03-01").Because.Rule.ShouldBe("depth-ladder/2");
        UnderVersion1(Visit).At("2023-03-01").ByParty["AA"].Because.Rule.ShouldBe("depth-ladder/1");
    }
}
