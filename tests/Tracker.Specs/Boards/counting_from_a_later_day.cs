using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Embeds;
using Tracker.Prose;
using Tracker.Reports;
using Tracker.Reports.Paper;
using Tracker.Specs.Reports;
using Tracker.Specs.Rule;

namespace Tracker.Specs.Boards;

/// <summary>Counted from a later day than the baseline, what came before does not count: nothing sounds as if it had not been.</summary>
public sealed class counting_from_a_later_day
{
    private static readonly Given Visit = Issue.Named("visit", 2).Due("2023-02").Advances(Depth.Delivered, "2023-06-18/2023-06-19");

    [Fact]
    public void says_beside_overdue_from_which_day_it_counts_and_what_was_delivered_before()
    {
        var entry = Of(Issue.Between(2, Visit) with { Since = "2023-07-01", RecordedThrough = "2023-11-15" }, "2023-11-15");

        entry.Flags.Overdue.ShouldBeTrue("the rule’s flag stays");
        var flag = FlagWords.Each(entry, 90).Single();
        flag.Says.ShouldBe("Overdue: due February 2023, counting only what came after 1 July 2023; delivered before that, by 19 June 2023");
        flag.Means.ShouldBe("The due date has passed, and nothing that came after 1 July 2023 delivered it.");
        BecauseWords.Of(entry).ShouldEndWith(" Before 1 July 2023 it was delivered, by 19 June 2023; that does not count here.");
        EntryWords.Nothing(entry, "None on record", "None in this period").ShouldBe("None in this period");
    }

    [Fact]
    public void says_nothing_of_a_delivery_that_did_not_stand_and_of_no_other_day_since_the_baseline()
    {
        var taken = Of(Issue.Between(2, Visit.Undercuts(Depth.Measure, "2023-06-25")) with { Since = "2023-07-01", RecordedThrough = "2023-11-15" }, "2023-11-15");
        var first = Of(Issue.Between(2, Issue.Named("visit", 2).Due("2023-02")) with { RecordedThrough = "2023-11-15" }, "2023-11-15");

        taken.Days!.DeliveredBefore.ShouldBeNull();
        FlagWords.Each(first, 90).Single().Says.ShouldBe("Overdue: due February 2023");
        EntryWords.Nothing(first, "None on record", "None in this period").ShouldBe("None on record");
    }

    [Fact]
    public void says_in_a_report_from_which_day_overdue_counts_and_in_its_heads_of_which_days_the_boards_are()
    {
        var (issue, later) = (Issue.Between(2, Visit) with { RecordedThrough = "2023-11-15" }, Issue.Between(2, Visit) with { RecordedThrough = "2023-11-15", Since = "2023-07-01" });
        var text = MarkdownFormat.Write(ReportProse.Of(later.ReportAt("2023-11-15", issue.BoardAt("2023-11-01")), new string('0', 64), "r"));

        text.ShouldContain("Overdue, counting only what came after 1 July 2023: The promise visit (delivered before that, by 19 June 2023).");
        text.ShouldContain("Then: 1 November 2023");
        text.ShouldContain(", counted from 14 November 2022 |");
        text.ShouldContain("Now: 15 November 2023, counted from 1 July 2023 |");
        text.ShouldNotContain("**overdue**");
    }

    [Fact]
    public void says_in_a_report_what_may_be_an_advance_and_whose_a_status_of_two_parties_is()
    {
        var kept = Issue.Named("kept", 2, Given.Continuing).Advances(Depth.Contact, "2022-11-10/2023-04-20");
        var reversed = Issue.Named("reversed", 2).Advances(Depth.Delivered, "2023-01-10", by: "P1").Undercuts(Depth.Measure, "2023-02-10", by: "P2");
        var text = MarkdownFormat.Write(ReportProse.Of((Issue.Between(2, kept, reversed) with { RecordedThrough = "2023-04-30" }).ReportAt("2023-04-30"), new string('0', 64), "r"));

        text.ShouldContain("Stale, with nothing surely dated to advance them for more than 90 days: The promise kept (1 accepted piece too imprecise to count).");
        text.ShouldContain("by another’s act; delivered by 1 of 2 parties");
    }

    [Fact]
    public void says_in_a_report_by_the_first_rule_that_nobody_checked_beyond_the_end_what_it_calls_overdue_or_stale()
    {
        var issue = Issue.Between(2, Issue.Named("visit", 2).Due("2023-02")) with { RecordedThrough = "2023-01-31", Codebook = Codebook.Default with { Version = Codebook.DepthLadder1 } };
        var text = MarkdownFormat.Write(ReportProse.Of(issue.ReportAt("2023-06-30"), new string('0', 64), "r"));

        text.Split("## Overdue and stale")[1].Split("\n## ")[0].ShouldContain("nobody checked after that day whether what it calls overdue or stale still is");
    }

    [Fact]
    public void gives_no_fraction_where_the_record_ends_before_that_day()
    {
        var issue = Issue.Between(3, Issue.Named("visit", 3).Advances(Depth.Delivered, "2023-01-10", by: "P1")) with { Since = "2023-03-01" };
        var board = issue.BoardAt("2023-11-15");
        var entry = board.Commitments.Single();

        EntryWords.Beside(entry, counts: true).ShouldBe(["not covered: the record ends on 31 January 2023"]);
        (EntryWords.InShort(entry), EntryWords.Concrete(entry), PartyWords.RowCount(Matrix.Of(board), 0)).ShouldBe(("–", null, "–"));
        MatrixPicture.TotalOf(entry).ShouldBeNull();
        EntryWords.Sentence(entry, 0, ("Since the second summit, 1 March 2023", board.Since), board.ValidAt, board.EndsOn)
            .ShouldBe("Since the second summit, 1 March 2023: Not yet rated. Nothing can be said: the record ends on 31 January 2023, and only what came after 1 March 2023 counts. Before 1 March 2023 it was delivered, by 10 January 2023; that does not count here. This record reaches 31 January 2023 and says nothing of what happened later.");
        PartyWords.RowCount(Matrix.Of((issue with { Since = Given.TheBaseline }).BoardAt("2023-11-15")), 0).ShouldBe("1 of 1");
    }

    [Fact]
    public void tells_a_spreadsheet_since_when_it_counts_and_where_the_record_ends()
    {
        var lines = MatrixText.Csv(Matrix.Of((Issue.Between(2, Visit) with { Since = "2023-07-01", RecordedThrough = "2023-08-15" }).BoardAt("2023-11-15"))).Split("\r\n");

        lines[0].ShouldEndWith(",visit,countedSince,asOf,isCurrent,recordEnds,searchedThrough");
        lines[1].ShouldEndWith(",2023-07-01,2023-08-15,false,2023-08-15,");
        MatrixText.Csv(Matrix.Of((Issue.Between(2, Visit) with { RecordedThrough = "2023-11-15" }).BoardAt("2023-11-15"))).Split("\r\n")[1].ShouldEndWith(",2022-11-14,2023-11-15,true,,");
    }

    [Fact]
    public void tells_a_spreadsheet_through_which_day_was_searched_where_nothing_was_found()
    {
        var searched = Issue.Named("kept", 2).SearchedThrough("2023-01-15");
        var line = MatrixText.Csv(Matrix.Of((Issue.Between(2, searched, Visit) with { RecordedThrough = "2023-02-15" }).BoardAt("2023-02-15"))).Split("\r\n")[1];

        line.ShouldContain(",noneFound,");
        line.ShouldEndWith(",kept 2023-01-15");
    }

    private static BoardEntry Of(Issue issue, string validAt) => issue.BoardAt(validAt).Commitments.Single();
}
