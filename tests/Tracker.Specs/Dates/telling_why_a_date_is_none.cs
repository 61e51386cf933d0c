using CsCheck;
using Tracker.Activities;
using Tracker.Recording;

namespace Tracker.Specs.Dates;

/// <summary>Whoever is refused a date that looks right is told what is wrong with it.</summary>
public sealed class telling_why_a_date_is_none
{
    [Theory]
    [InlineData("2022-02-30", "'2022-02-30' is no day of the calendar")]
    [InlineData("2023-02-29", "no day of the calendar")]
    [InlineData("1900-02-29", "no day of the calendar")]
    [InlineData("2022-11-00", "no day of the calendar")]
    [InlineData("2022-13", "'2022-13' is in no month of the calendar")]
    [InlineData("2022-00-10", "in no month of the calendar")]
    [InlineData("2022-21", "season")]
    [InlineData("0000-01-01", "no year 0000")]
    [InlineData("2022-12-12/2022-12-11", "ends before it begins")]
    [InlineData("2022-12/2022-11", "ends before it begins")]
    [InlineData("2023/2022-12", "ends before it begins")]
    [InlineData("2022-11-14/2022-02-30", "'2022-02-30' is no day of the calendar")]
    [InlineData("2022-11?", "uncertain and approximate")]
    [InlineData("2022~", "uncertain and approximate")]
    [InlineData("2022-11-14%", "uncertain and approximate")]
    [InlineData("2022-XX", "'X'")]
    [InlineData("196X", "'X'")]
    [InlineData("2022-11-XX", "'X'")]
    [InlineData("../2023", "open intervals")]
    [InlineData("2022-11/..", "open intervals")]
    [InlineData("2022/", "open intervals")]
    [InlineData("[2022,2023]", "sets")]
    [InlineData("Y170000002", "four digits")]
    [InlineData("-2022", "four digits")]
    [InlineData("12022-11-14", "four digits")]
    [InlineData("2022-11-14T10:00:00Z", "give the day alone, 2022-11-14")]
    [InlineData("Q3 2023", "it is 'Q3 2023'. A quarter is written as its months: 2023-07/2023-09.")]
    [InlineData("2018-Q1", "2018-01/2018-03")]
    [InlineData("2012-13", "Two years are written with a slash: 2012/2013.")]
    [InlineData("2022/23", "2022/2023")]
    [InlineData("2022-23", "2022/2023. An EDTF season is not taken")]
    [InlineData("2022–2023", "2022/2023")]
    [InlineData("20200313", "A day is written with hyphens: 2020-03-13.")]
    [InlineData("mid-2024", "it is 'mid-2024'.")]
    [InlineData("ongoing", "it is 'ongoing'.")]
    public void names_the_reason(string text, string reason)
    {
        FuzzyDate.TryParse(text, out _).ShouldBeFalse();
        var problems = new Problems();
        problems.Date("occurred", text);

        var detail = problems.Refusal().Errors["occurred"].Single();
        detail.ShouldStartWith("'occurred' must be a date");
        detail.ShouldContain(reason);
        detail.ShouldNotContain("spreadsheet");
    }

    [Theory]
    [InlineData("2022-02-30", "no day of the calendar")]
    [InlineData("2022-11", "'2022-11' is not one day")]
    [InlineData("2022-11-14/2022-11-15", "is not one day")]
    [InlineData("2022-11-14~", "uncertain and approximate")]
    [InlineData("20221114", "2022-11-14")]
    public void names_the_reason_where_one_day_is_wanted(string text, string reason)
    {
        var problems = new Problems();
        problems.Day("madeOn", text);

        problems.Refusal().Errors["madeOn"].Single().ShouldContain(reason);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("2022-1-4")]
    public void says_no_more_than_the_form_where_it_knows_no_more(string text) => DateFaults.Of(text, oneDay: true).ShouldBeEmpty();

    [Fact]
    public void tells_of_spreadsheets_only_who_sent_a_sheet()
    {
        var problems = new Problems();
        problems.Within("Row 2", hasColumns: true).Date("occurred", "11/14/2022");
        problems.Within("line 3").Date("madeOn", "11/14/2022");

        var errors = problems.Refusal().Errors;
        errors["occurred"].Single().ShouldContain("a spreadsheet had rewritten it");
        errors["madeOn"].Single().ShouldNotContain("spreadsheet");
    }

    [Fact]
    public void finds_nothing_wrong_with_what_is_a_date() =>
        Gen.Select(Gen.Date, Gen.Date).Sample((one, other) =>
        {
            var (x, y) = (Days.Text(DateOnly.FromDateTime(one)), Days.Text(DateOnly.FromDateTime(other)));
            foreach (var text in (string[])[x, x[..7], x[..4], $"{x}/{y}", $"{x[..7]}/{y[..4]}"])
                DateFaults.Of(text, oneDay: false).ShouldBe(FuzzyDate.TryParse(text, out _) ? "" : " The interval ends before it begins.", text);
        }, iter: 2_000);
}
