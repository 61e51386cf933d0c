using System.Globalization;
using CsCheck;
using Tracker.Activities;

namespace Tracker.Specs.Dates;

public sealed class reading_a_fuzzy_date
{
    [Theory]
    [InlineData("2022-11-22", "2022-11-22", "2022-11-22")]
    [InlineData("2022-12", "2022-12-01", "2022-12-31")]
    [InlineData("2022-02", "2022-02-01", "2022-02-28")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29")]
    [InlineData("2000-02-29", "2000-02-29", "2000-02-29")]
    [InlineData("2022", "2022-01-01", "2022-12-31")]
    [InlineData("0001", "0001-01-01", "0001-12-31")]
    [InlineData("0001-01-01", "0001-01-01", "0001-01-01")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31")]
    public void knows_the_first_and_last_day_of_a_day_a_month_or_a_year(string text, string earliest, string latest) =>
        Reads(text, earliest, latest);

    [Theory]
    [InlineData("2022-12-11/2022-12-12", "2022-12-11", "2022-12-12")]
    [InlineData("2022-12-11/2022-12-11", "2022-12-11", "2022-12-11")]
    [InlineData("2022-11/2023-01", "2022-11-01", "2023-01-31")]
    [InlineData("2021/2023", "2021-01-01", "2023-12-31")]
    [InlineData("2022/2022", "2022-01-01", "2022-12-31")]
    [InlineData("2022-11-15/2022-12", "2022-11-15", "2022-12-31")]
    [InlineData("2022-11-15/2023", "2022-11-15", "2023-12-31")]
    [InlineData("2022-11/2022-12-05", "2022-11-01", "2022-12-05")]
    [InlineData("2022-11/2023", "2022-11-01", "2023-12-31")]
    [InlineData("2022/2023-02-03", "2022-01-01", "2023-02-03")]
    [InlineData("2022/2023-02", "2022-01-01", "2023-02-28")]
    [InlineData("0001/9999", "0001-01-01", "9999-12-31")]
    public void knows_the_first_and_last_day_of_an_interval_of_any_precisions(string text, string earliest, string latest) =>
        Reads(text, earliest, latest);

    [Theory]
    [InlineData("2022-12-15/2022-12", "2022-12-15", "2022-12-31")]
    [InlineData("2022-12-31/2022-12", "2022-12-31", "2022-12-31")]
    [InlineData("2022-12/2022-12-01", "2022-12-01", "2022-12-01")]
    [InlineData("2022/2022-03", "2022-01-01", "2022-03-31")]
    [InlineData("2022-03/2022", "2022-03-01", "2022-12-31")]
    public void takes_an_interval_whose_ends_overlap(string text, string earliest, string latest) =>
        Reads(text, earliest, latest);

    [Theory]
    [InlineData("2022-12-12/2022-12-11")]
    [InlineData("2022-12/2022-11")]
    [InlineData("2023/2022")]
    [InlineData("2023-01-01/2022-12")]
    [InlineData("2023-01-01/2022")]
    [InlineData("2022-12/2022-11-30")]
    [InlineData("2022-12/2021")]
    [InlineData("2023/2022-12-31")]
    [InlineData("2023/2022-12")]
    public void refuses_an_interval_that_ends_before_it_starts(string text) => Refuses(text);

    [Theory]
    [InlineData("2022-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2022-04-31")]
    [InlineData("2022-12-32")]
    [InlineData("2022-12-00")]
    [InlineData("2022-13")]
    [InlineData("2022-00")]
    [InlineData("2022-13-01")]
    [InlineData("0000")]
    [InlineData("0000-01-01")]
    public void refuses_a_day_the_calendar_does_not_have(string text) => Refuses(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("tomorrow")]
    [InlineData("22")]
    [InlineData("202")]
    [InlineData("20221")]
    [InlineData("12022")]
    [InlineData("-2022")]
    [InlineData("+2022")]
    [InlineData("+202")]
    [InlineData("2022-")]
    [InlineData("2022-1")]
    [InlineData("2022-1-1")]
    [InlineData("2022-1-01")]
    [InlineData("2022-01-1")]
    [InlineData("2022-001")]
    [InlineData("2022-11-222")]
    [InlineData("2022-11-22-")]
    [InlineData("2022--1")]
    [InlineData("2022-+1")]
    [InlineData("2022- 1")]
    [InlineData("20221122")]
    [InlineData("202211")]
    [InlineData("2022/11")]
    [InlineData("2022/11/22")]
    [InlineData("2022.11.22")]
    [InlineData("2022-11/22")]
    [InlineData("2022x11")]
    [InlineData("2022-11x22")]
    [InlineData("22-11-2022")]
    [InlineData(" 2022-11-22")]
    [InlineData("2022-11-22 ")]
    [InlineData("2022-11-22\n")]
    [InlineData("2022-11-22\0")]
    [InlineData("２０２２")]
    [InlineData("٢٠٢٢-١١")]
    [InlineData("2022‑11")]
    [InlineData("2022–2023")]
    public void refuses_what_is_not_four_two_and_two_ascii_digits(string? text) => Refuses(text);

    [Theory]
    [InlineData("2022-11-22T10:00:00Z")]
    [InlineData("2022-11-22T10")]
    [InlineData("2022-11-22Z")]
    [InlineData("2022-11-22+08:00")]
    [InlineData("2022-11-22/2022-11-23T00:00:00Z")]
    public void refuses_times_and_zones(string text) => Refuses(text);

    [Theory]
    [InlineData("2022?")]
    [InlineData("2022~")]
    [InlineData("2022-11%")]
    [InlineData("2022-11-22?")]
    [InlineData("202X")]
    [InlineData("2022-XX")]
    [InlineData("2022-21")]
    [InlineData("Y2022")]
    [InlineData("2022/..")]
    [InlineData("../2022")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("2022/")]
    [InlineData("/2022")]
    [InlineData("2022/2023/2024")]
    [InlineData("2022//2023")]
    [InlineData("2022--2023")]
    [InlineData("2022 / 2023")]
    [InlineData("[2021,2022]")]
    public void refuses_what_only_higher_levels_of_EDTF_have(string text) => Refuses(text);

    [Fact]
    public void keeps_the_text_as_it_was_given()
    {
        foreach (var text in new[] { "2022", "2022-12", "2022-12-11", "2022-12-11/2022-12" })
        {
            FuzzyDate.Parse(text).Text.ShouldBe(text);
            FuzzyDate.Parse(text).ToString().ShouldBe(text);
        }
    }

    [Fact]
    public void holds_two_equal_when_their_texts_are()
    {
        var copy = new string("2022-12".ToCharArray());

        FuzzyDate.Parse("2022-12").ShouldBe(FuzzyDate.Parse(copy));
        (FuzzyDate.Parse("2022-12") == FuzzyDate.Parse(copy)).ShouldBeTrue();
        FuzzyDate.Parse("2022-12").GetHashCode().ShouldBe(FuzzyDate.Parse(copy).GetHashCode());
        FuzzyDate.Parse("2022-12").ShouldNotBe(FuzzyDate.Parse("2022-12-01/2022-12-31"));
        FuzzyDate.Parse("2022-12-01").ShouldNotBe(FuzzyDate.Parse("2022-12-01/2022-12-01"));
        default(FuzzyDate).ShouldNotBe(FuzzyDate.Parse("0001-01-01"));
    }

    [Fact]
    public void has_an_empty_default_that_is_no_date()
    {
        default(FuzzyDate).Text.ShouldBeEmpty();
        default(FuzzyDate).ToString().ShouldBeEmpty();
        FuzzyDate.TryParse(default(FuzzyDate).Text, out _).ShouldBeFalse();
    }

    [Fact]
    public void complains_of_the_text_where_it_must_be_a_date() =>
        Should.Throw<FormatException>(() => FuzzyDate.Parse("2022/..")).Message.ShouldContain("2022/..");

    [Fact]
    public void reads_back_every_day_month_and_year_and_every_interval_in_order()
    {
        var day = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);
        var point = Gen.OneOf(
            day.Select(on => new Point(Text("yyyy", on), new(on.Year, 1, 1), new(on.Year, 12, 31))),
            day.Select(on => new Point(
                Text("yyyy-MM", on), new(on.Year, on.Month, 1), new(on.Year, on.Month, DateTime.DaysInMonth(on.Year, on.Month)))),
            day.Select(on => new Point(Text("yyyy-MM-dd", on), on, on)));

        Gen.Select(point, point).Sample(
            (start, end) =>
            {
                Reads(start.Text, start.Earliest, start.Latest);

                var interval = $"{start.Text}/{end.Text}";
                if (start.Earliest <= end.Latest)
                    Reads(interval, start.Earliest, end.Latest);
                else
                    Refuses(interval);
            },
            iter: 20_000);
    }

    [Fact]
    public void never_fails_on_any_text()
    {
        var near = Gen.Char["0123456789-/.~?XT"].Array[0, 22].Select(characters => new string(characters));

        Gen.OneOf(near, Gen.String).Sample(
            text =>
            {
                if (FuzzyDate.TryParse(text, out var date))
                    (date.Text == text && date.Earliest <= date.Latest).ShouldBeTrue();
                else
                    date.ShouldBe(default);
            },
            iter: 20_000);
    }

    private static string Text(string precision, DateOnly day) => day.ToString(precision, CultureInfo.InvariantCulture);

    private static void Reads(string text, string earliest, string latest) =>
        Reads(
            text,
            DateOnly.ParseExact(earliest, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateOnly.ParseExact(latest, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static void Reads(string text, DateOnly earliest, DateOnly latest)
    {
        FuzzyDate.TryParse(text, out var date).ShouldBeTrue(text);
        date.Text.ShouldBe(text);
        date.Earliest.ShouldBe(earliest, text);
        date.Latest.ShouldBe(latest, text);
    }

    private static void Refuses(string? text)
    {
        FuzzyDate.TryParse(text, out var date).ShouldBeFalse(text);
        date.ShouldBe(default);
    }

    private sealed record Point(string Text, DateOnly Earliest, DateOnly Latest);
}
