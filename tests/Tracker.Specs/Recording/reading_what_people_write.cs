using Tracker.Activities;
using Tracker.Recording;

namespace Tracker.Specs.Recording;

/// <summary>What programs and slips leave in a command is refused, with the value and what to write instead.</summary>
public sealed class reading_what_people_write
{
    [Theory]
    [InlineData("\u200B")]
    [InlineData("\uFEFF")]
    [InlineData("\u2060\u00AD")]
    [InlineData(" \u200B\u00A0")]
    [InlineData("\u3000")]
    [InlineData("\u0301")]
    [InlineData("\uFE0F")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\u0000\u0007")]
    public void a_text_that_shows_nothing_is_empty(string text)
    {
        Told(x => x.Text("title", text)).ShouldContain("empty-text: 'title' must not be empty");
        Told(x => x.Texts("tags", [text])).ShouldContain("empty-text");
    }

    [Theory]
    [InlineData("—")]
    [InlineData("5")]
    [InlineData("\u200Fشعار\u200F")]
    [InlineData("नि")]
    [InlineData("👍🏽")]
    [InlineData("#MeToo hearing held")]
    [InlineData("#MeToo")]
    [InlineData("TRUE")]
    [InlineData("# 5")]
    [InlineData("1E5 tonnes")]
    public void a_text_that_shows_something_is_one(string text) => Told(x => x.Text("title", text)).ShouldBe("");

    [Theory]
    [InlineData("#NAME?")]
    [InlineData("#N/A")]
    [InlineData(" #REF! ")]
    [InlineData("#WERT!")]
    [InlineData("#¡VALOR!")]
    [InlineData("#ЗНАЧ!")]
    [InlineData("#DIV/0!")]
    [InlineData("Err:502")]
    [InlineData("#####")]
    [InlineData("1.80402E+09")]
    [InlineData("7,40957E+72")]
    public void what_a_spreadsheet_left_is_no_text(string text)
    {
        Told(x => x.Text("title", text)).ShouldStartWith($"bad-text: 'title': '{text.Trim()}' is");
        Told(x => x.OptionalText("criteria", text)).ShouldStartWith("bad-text");
        Told(x => x.Texts("tags", ["ok", text])).ShouldStartWith("bad-text");
    }

    [Theory]
    [InlineData("1.80402E+09")]
    [InlineData("Jan-23")]
    [InlineData("TRUE")]
    [InlineData("WAHR")]
    [InlineData("#NAME?")]
    [InlineData("11/14/2022")]
    public void a_name_that_a_spreadsheet_rewrote_is_told_so(string name)
    {
        var told = Told(x => x.Name("slug", name));
        told.ShouldStartWith("bad-slug");
        told.ShouldContain($"it is '{name}'");
        told.ShouldContain("spreadsheet");
    }

    [Fact]
    public void a_name_that_is_none_for_another_reason_does_not_blame_a_spreadsheet() => Told(x => x.Name("slug", "Clean Air")).ShouldNotContain("spreadsheet");

    [Theory]
    [InlineData("2566-07-13", "Buddhist", "2023")]
    [InlineData("5783-03-01", "Hebrew", "2022/2023")]
    [InlineData("1444-04-19", "Islamic", "2022/2023")]
    [InlineData("1401-08-23", "Persian", "2022/2023")]
    [InlineData("0111-11-14", "Minguo", "2022")]
    [InlineData("0001-01-01", "no date", "leave it out")]
    [InlineData("4355-11-14", "Dangi", "2022")]
    [InlineData("9999-12-31", "1583 to 2300", "Gregorian")]
    public void a_year_of_another_calendar_is_refused_with_the_year_that_is_meant(string day, string calendar, string remedy)
    {
        foreach (var told in new[] { Told(x => x.Day("madeOn", day)), Told(x => x.Date("dueOn", day)), Told(x => x.Date("dueOn", $"2022-11-14/{day}")), Told(x => x.Date("dueOn", day[..4])) }.Where(x => !x.Contains("in order", StringComparison.Ordinal)))
        {
            told.ShouldStartWith("bad-date");
            told.ShouldContain(day[..4]);
            told.ShouldContain(calendar);
            told.ShouldContain(remedy);
        }
    }

    [Theory]
    [InlineData("1583-01-01")]
    [InlineData("1842-08-29")]
    [InlineData("2100-12-31")]
    [InlineData("2300-12-31")]
    public void a_day_of_the_past_or_of_a_plan_is_one(string day)
    {
        Told(x => x.Day("date", day)).ShouldBe("");
        Told(x => x.Date("dueOn", day)).ShouldBe("");
    }

    [Fact]
    public void a_day_that_has_not_come_is_none_on_which_something_was()
    {
        var today = new DateOnly(2023, 1, 31);
        Told(x => x.PastDay("madeOn", "2122-11-14", today)).ShouldStartWith("bad-date: 'madeOn' lies in the future: 2122-11-14.");
        Told(x => x.PastDay("madeOn", "2023-02-02", today)).ShouldStartWith("bad-date");
        // Somewhere on Earth it is tomorrow already.
        Told(x => x.PastDay("madeOn", "2023-02-01", today)).ShouldBe("");
        Told(x => x.OptionalPastDay("publishedOn", null, today)).ShouldBe("");
    }

    [Theory]
    [InlineData("https://data.example.org/8.1 Villa.csv", "%20")]
    [InlineData(" https://data.example.org/a", "space around")]
    [InlineData("www.example.org/a", "https://")]
    [InlineData("https://ana:secret@example.org/", "user")]
    [InlineData("https://example.org/a\nb", "line break")]
    [InlineData("#N/A", "spreadsheet")]
    [InlineData("ftp://example.org/", "'ftp://example.org/'")]
    public void an_address_that_is_none_is_told_why(string url, string why)
    {
        Told(x => x.OptionalUrl("url", url)).ShouldContain(why);
        Told(x => x.OptionalUrl("url", url)).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("https://data.example.org/8.1%20Villa%20Olímpica.csv")]
    [InlineData("http://münchen.example:8080/?q=1#a")]
    public void an_address_beyond_ASCII_is_kept(string url) => Told(x => x.OptionalUrl("url", url)).ShouldBe("");

    [Theory]
    [InlineData("rails", false)]
    [InlineData("english", false)]
    [InlineData("en", true)]
    [InlineData("zh-Hans", true)]
    [InlineData("tet", true)]
    public void no_language_in_use_has_a_longer_subtag_than_three_letters(string tag, bool isOne) => (Told(x => x.OptionalLanguage("language", tag)).Length == 0).ShouldBe(isOne);

    private static string Told(Action<Problems> read)
    {
        var problems = new Problems();
        read(problems);
        return problems.Any ? problems.Refusal() is var refusal ? $"{refusal.Code}: {refusal.Detail}" : "" : "";
    }
}
