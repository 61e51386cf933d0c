using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Prose;
using Tracker.Specs.Rule;

namespace Tracker.Specs.Dashboard;

/// <summary>A flag is never without the day that it rests on.</summary>
public sealed class wording_a_flag
{
    [Fact]
    public void says_of_what_may_be_an_advance_or_in_time_that_it_is_not_sure()
    {
        var imprecise = Given.Continuing.Advances(Depth.Contact, "2022-11-10/2023-04-20");
        Says(imprecise, "2023-04-30").ShouldBe(["Stale: no surely dated advance from 14 November 2022 to 30 April 2023 (167 days); 1 accepted piece too imprecise to count"]);

        var due = Given.Deliverable.Due("2023-04-10");
        Means(due.Advances(Depth.Delivered, "2023-04-09/2023-04-12")).ShouldBe("It may have been delivered after its due date: no delivery on record is sure to have come by then.");
        Means(due.Advances(Depth.Delivered, "2023-04-11/2023-04-12")).ShouldBe("It was delivered after its due date.");

        static string Means(Given given) => FlagWords.Each(Entry(given, "2023-04-30"), 90).Single().Means;
    }

    [Fact]
    public void says_of_what_is_stale_since_when_nothing_has_advanced_it_and_for_how_long()
    {
        var advanced = Given.Continuing.Advances(Depth.Words, "2023-01-14").Reaffirms(Depth.Contact, "2023-02-20").Undercuts(Depth.Contact, "2023-03-01");

        Says(advanced, "2023-04-30").ShouldBe(["Stale: no advance after 14 January 2023, through 30 April 2023 (106 days)"]);
        Says(advanced.RecordedThrough("2023-04-15"), "2023-05-31").ShouldBe(["Stale: no advance after 14 January 2023, through 15 April 2023 (91 days)"], "the record ends there");
        Says(Given.Continuing, "2023-04-30").ShouldBe(["Stale: no advance from 14 November 2022 to 30 April 2023 (167 days)"]);
        Says(Given.Continuing.MadeOn("2022-12-01"), "2023-04-30").ShouldBe(["Stale: no advance from 1 December 2022 to 30 April 2023 (150 days)"]);
    }

    [Fact]
    public void says_of_what_is_overdue_or_late_when_it_was_due()
    {
        Says(Given.Deliverable.Due("2023-02"), "2023-03-01").ShouldBe(["Overdue: due February 2023"]);
        Says(Given.Deliverable.Due("2023-02-10").Advances(Depth.Delivered, "2023-02-11"), "2023-03-01").ShouldBe(["Late: due 10 February 2023"]);
    }

    [Fact]
    public void means_by_overdue_also_what_was_delivered_and_taken_back() =>
        FlagWords.Each(Entry(Given.Deliverable.Due("2023-02").Advances(Depth.Delivered, "2023-02-10").Undercuts(Depth.Measure, "2023-02-20"), "2023-03-01"), 90).Single().Means
            .ShouldBe("The due date has passed. It was delivered, and a later act went against it.");

    [Fact]
    public void means_by_overdue_else_that_it_was_not_delivered() =>
        FlagWords.Each(Entry(Given.Deliverable.Due("2023-02"), "2023-03-01"), 90).Single().Means.ShouldBe("The due date has passed, and it does not stand delivered.");

    [Fact]
    public void is_the_same_in_a_line_and_in_a_list()
    {
        var (entry, still) = (Entry(Given.Continuing, "2023-04-30"), Entry(Given.Continuing, "2022-12-31"));

        FlagWords.Of(entry, 90).ShouldBe("Stale: no advance from 14 November 2022 to 30 April 2023 (167 days)");
        FlagWords.InLine(entry, 90).ShouldBe(["stale: no advance from 14 November 2022 to 30 April 2023 (167 days)"]);
        (FlagWords.Of(still, 90), FlagWords.InLine(still, 90).Count()).ShouldBe(("None", 0));
    }

    [Theory]
    [InlineData("2023-01-20", null, true)]
    [InlineData("2023-01", null, false)]
    [InlineData("2023-01", "2023-01-31", true)]
    [InlineData("2023-01-20", "2023-01", false)]
    public void calls_the_latest_activity_dated_to_the_day_only_where_it_is(string one, string? other, bool exact)
    {
        var given = Given.Deliverable.Advances(Depth.Words, one);

        Entry(other is null ? given : given.Undercuts(Depth.Contact, other), "2023-02-28").LatestIsToTheDay.ShouldBe(exact);
        Entry(other is null ? given : Given.Deliverable.Undercuts(Depth.Contact, other).Advances(Depth.Words, one), "2023-02-28").LatestIsToTheDay.ShouldBe(exact);
    }

    [Fact]
    public void calls_no_activity_dated() => Entry(Given.Deliverable, "2023-02-28").LatestIsToTheDay.ShouldBeFalse();

    private static string[] Says(Given given, string validAt) => [.. FlagWords.Each(Entry(given, validAt), 90).Select(x => x.Says)];

    private static BoardEntry Entry(Given given, string validAt) => BoardEntry.Of("it", "It", given.Promise.Type, given.At(validAt));
}
