using CsCheck;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class measuring_coverage
{
    private static DateOnly Day(string day) => Given.Day(day);

    private static RecordCoverage Record(string[]? stated = null, params string[] recorded) =>
        RecordCoverage.Create(Day(Given.TheBaseline), (stated ?? []).Select(Day), recorded.Select(Day));

    [Fact]
    public void reaches_the_baseline_where_nothing_is_recorded() => Record().Through(Day("2026-11-28")).ShouldBe(Day(Given.TheBaseline));

    [Fact]
    public void never_reaches_beyond_the_day_asked_about() => Record(["2023-03-01"], "2023-02-01").Through(Day("2022-01-01")).ShouldBe(Day("2022-01-01"));

    [Theory]
    [InlineData("2022-12-31", "2022-11-14")]
    [InlineData("2023-01-18", "2023-01-18")]
    [InlineData("2023-01-30", "2023-01-18")]
    [InlineData("2023-01-31", "2023-01-31")]
    [InlineData("2026-11-28", "2023-01-31")]
    public void reaches_the_latest_activity_or_search_by_then(string validAt, string through) =>
        Record(null, "2023-01-31", "2023-01-18").Through(Day(validAt)).ShouldBe(Day(through));

    [Theory]
    [InlineData("2023-02-10", "2023-02-10")]
    [InlineData("2023-03-01", "2023-03-01")]
    [InlineData("2023-03-02", "2023-03-01")]
    public void covers_every_day_up_to_the_one_stated(string validAt, string through) =>
        Record(["2022-12-01", "2023-03-01"], "2023-01-18").Through(Day(validAt)).ShouldBe(Day(through));

    [Fact]
    public void is_current_for_the_codebooks_days_and_no_longer()
    {
        var record = Record(["2023-01-31"]);

        record.IsCurrent(Day("2023-03-02"), 30).ShouldBeTrue();
        record.IsCurrent(Day("2023-03-03"), 30).ShouldBeFalse();
        record.FirstDayNotCurrent(Day("2023-02-10"), 30).ShouldBe(Day("2023-03-03"));
        record.FirstDayNotCurrent(Day("2023-03-03"), 30).ShouldBeNull();
        RecordCoverage.Unlimited.FirstDayNotCurrent(Day("2023-03-03"), 30).ShouldBeNull();
    }

    [Fact]
    public void never_goes_back_as_days_pass() => Gen.Select(Any.Coverage, Any.Day).Sample(
        (coverage, day) => (coverage.Through(day) <= coverage.Through(day.AddDays(1))).ShouldBeTrue(), iter: Any.Histories);
}
