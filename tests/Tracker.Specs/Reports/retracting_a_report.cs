using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Specs.Rule;

namespace Tracker.Specs.Reports;

/// <summary>A report that was issued in error stays what it was, and says that it was.</summary>
public sealed class retracting_a_report
{
    private static readonly DateTimeOffset At = new(2023, 2, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly Report Issued = Report.Fold(null, new ReportIssued(
        "report/1", new(2023, 1, 31), new(2022, 11, 14), 21, At, Codebook.Default, null, new string('a', 64)), new Stamp("2023-01-31-p21", 1, 22, At, "p-1"));

    [Fact]
    public void needs_a_reason() => RetractReportEndpoint.Decide(new(" "), Issued).ShouldBeOfType<Refusal>().Code.ShouldBe("empty-text");

    [Fact]
    public void leaves_all_that_was_issued_and_says_who_when_and_why()
    {
        var happened = RetractReportEndpoint.Decide(new("Of the wrong day."), Issued).ShouldBeOfType<Happened>().Events.Single();

        var retracted = Report.Fold(Issued, happened, new Stamp(Issued.Slug, 2, 23, At.AddDays(1), "p-2"));

        retracted.Retraction.ShouldBe(new Withdrawal("Of the wrong day.", "p-2", At.AddDays(1)));
        (retracted with { Retraction = null, Version = 1 }).ShouldBe(Issued);
    }

    [Fact]
    public void is_done_once()
    {
        var retracted = Issued with { Retraction = new("Of the wrong day.", "p-2", At) };

        var refusal = RetractReportEndpoint.Decide(new("Once more."), retracted).ShouldBeOfType<Refusal>();
        (refusal.Status, refusal.Code).ShouldBe((409, "already-retracted"));
    }
}

/// <summary>Nobody can report of a day that has not come.</summary>
public sealed class asking_for_a_report
{
    private static readonly DateOnly Today = new(2023, 1, 31);

    [Theory]
    [InlineData("2023-02-01", "in-future")]
    [InlineData("2032-01-31", "in-future")]
    [InlineData("9999-12-31", "in-future")]
    [InlineData("2023-02-30", "bad-date")]
    public void is_refused_of_a_day_that_has_not_come(string validAt, string code)
    {
        var problems = new Problems();
        new IssueReport(validAt).Read(problems, Today);

        var refusal = problems.Refusal();
        (refusal.Status, refusal.Code).ShouldBe((422, code));
        refusal.Errors.Keys.ShouldBe(["validAt"]);
    }

    [Theory]
    [InlineData("2022-11-13", "2022-11-14", "before-baseline", "validAt")]
    [InlineData("2023-01-31", "2023-02-01", "since-after-valid-at", "since")]
    public void is_refused_where_its_day_comes_before_what_it_would_count_from(string validAt, string since, string code, string field)
    {
        var report = Issue.Between(2).ReportAt(validAt) with { Since = Given.Day(since) };

        var refusal = IssueReport.NothingToReport(report)!;

        (refusal.Status, refusal.Code).ShouldBe((422, code));
        refusal.Errors.Keys.ShouldBe([field]);
        foreach (var day in (string[])[validAt, since]) refusal.Detail.ShouldContain(day);
    }

    [Fact]
    public void is_granted_of_the_day_that_it_counts_from() =>
        IssueReport.NothingToReport(Issue.Between(2).ReportAt("2023-01-31") with { Since = Given.Day("2023-01-31") }).ShouldBeNull();

    [Theory]
    [InlineData("2023-01-31")]
    [InlineData("0001-01-01")]
    [InlineData(null)]
    public void is_granted_of_any_that_has(string? validAt)
    {
        var problems = new Problems();
        new IssueReport(validAt).Read(problems, Today);

        problems.Any.ShouldBeFalse();
    }
}
