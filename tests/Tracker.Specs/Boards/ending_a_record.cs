using Tracker.Boards;
using Tracker.Specs.Rule;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>Of which day a view is, and how it stands to the end of its record: one rule for boards, timelines and divergences. The record reaches 31 January 2023, and is current for 30 days.</summary>
public sealed class ending_a_record
{
    private static readonly RecordCoverage Coverage = RecordCoverage.Create(Given.Day(Given.TheBaseline), [], [Given.Day("2022-12-20"), Given.Day("2023-01-31")]);

    [Theory]
    [InlineData(null, "2023-03-02", "2023-03-02", false, false)]
    [InlineData(null, "2023-03-03", "2023-01-31", true, false)]
    [InlineData("2023-01-15", "2023-03-03", "2023-01-15", false, false)]
    [InlineData("2023-01-31", "2023-03-03", "2023-01-31", true, false)]
    [InlineData("2023-02-15", "2023-03-03", "2023-02-15", true, false)]
    [InlineData("2023-03-03", "2023-03-03", "2023-03-03", false, true)]
    [InlineData("2023-02-15", "2023-02-10", "2023-02-15", true, false)]
    public void moves_a_page_to_where_the_record_ends_and_tells_a_day_there_as_that(string? asked, string today, string of, bool moved, bool passed) =>
        RecordEnding.Of(Coverage, 30, [], new ReadAt(DayOf(asked)) { ToRecordEnd = true }, Given.Day(today)).ShouldBe((Given.Day(of), new RecordEnding(moved, passed)));

    [Theory]
    [InlineData(null, "2023-03-03", true)]
    [InlineData("2023-01-31", "2023-01-31", false)]
    public void moves_nothing_where_it_is_not_asked_for_to_the_end(string? asked, string of, bool passed) =>
        RecordEnding.Of(Coverage, 30, [], new ReadAt(DayOf(asked)), Given.Day("2023-03-03")).ShouldBe((Given.Day(of), new RecordEnding(false, passed)));

    [Fact]
    public void moves_a_page_to_the_day_on_which_the_last_commitment_was_made_where_that_is_later() =>
        RecordEnding.Of(Coverage, 30, [Given.Day("2023-02-05"), Given.Day("2023-04-01")], new ReadAt { ToRecordEnd = true }, Given.Day("2023-03-03")).ValidAt.ShouldBe(Given.Day("2023-02-05"));

    [Fact]
    public void is_on_the_day_that_it_reaches_where_a_view_is_of_that_day_or_beyond_and_on_none_where_it_is_current() =>
        ((RecordEnding[])[new(true, false), new(false, true), new(false, false)]).Select(x => x.On(Given.Day("2023-01-31"))).ShouldBe([Given.Day("2023-01-31"), Given.Day("2023-01-31"), null]);

    private static DateOnly? DayOf(string? text) => text is null ? null : Given.Day(text);
}
