using Tracker.Activities;
using Tracker.Languages;

namespace Tracker.Specs.Dashboard;

public sealed class wording_a_date
{
    [Theory]
    [InlineData("2022-11-22", "22 November 2022")]
    [InlineData("2022-11-02", "2 November 2022")]
    [InlineData("2022-12", "December 2022")]
    [InlineData("2022", "2022")]
    [InlineData("0987", "0987")]
    public void is_as_precise_as_the_date(string date, string words) => DayWords.Of(FuzzyDate.Parse(date)).ShouldBe(words);

    [Theory]
    [InlineData("2022-11-15/2022-11-30", "15–30 November 2022")]
    [InlineData("2022-11-28/2022-12-02", "28 November – 2 December 2022")]
    [InlineData("2022-12-26/2023-01-04", "26 December 2022 – 4 January 2023")]
    [InlineData("2022-11/2022-12", "November–December 2022")]
    [InlineData("2022-11/2023-01", "November 2022 – January 2023")]
    [InlineData("2012/2014", "2012–2014")]
    [InlineData("2022-11-15/2022-12", "15 November 2022 – December 2022")]
    [InlineData("2022/2023-02-03", "2022 – 3 February 2023")]
    public void says_an_interval_by_both_its_ends(string date, string words) => DayWords.Of(FuzzyDate.Parse(date)).ShouldBe(words);

    [Theory]
    [InlineData("2022-12-11/2022-12-11", "11 December 2022")]
    [InlineData("2022-12/2022-12", "December 2022")]
    public void says_an_interval_of_one_point_once(string date, string words) => DayWords.Of(FuzzyDate.Parse(date)).ShouldBe(words);

    [Fact]
    public void tells_an_instant_in_universal_time() =>
        DayWords.Of(new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.FromHours(2))).ShouldBe("23 November 2026, 23:02:03 UTC");
}
