using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Specs.Reports;
using Tracker.Specs.Rule;

namespace Tracker.Specs.Boards;

/// <summary>A board for a terminal, as Markdown, and for a spreadsheet: each says where its record ends.</summary>
public sealed class writing_a_board_as_text
{
    private const string Ends = "This record reaches 31 January 2023 and says nothing of what happened later.";

    private static readonly Issue Visit = Issue.Between(2, Issue.Named("visit", 2, Given.Deliverable.Advances(Depth.Measure, "2022-12-12", by: "P1")));

    [Fact]
    public void says_where_a_record_that_is_no_longer_followed_ends()
    {
        var (ended, followed) = (Visit.BoardAt("2026-11-28"), Visit.BoardAt("2023-02-15"));

        BoardText.Table(ended).Split('\n')[3].ShouldBe(Ends);
        BoardText.Markdown(ended).ShouldContain($"**{Ends}**");
        BoardText.RestsOn(ended).ShouldStartWith("Valid at 2026-11-28, covered through 2023-01-31, since 2022-11-14;");
        BoardText.Table(followed).ShouldNotContain("This record reaches");
        BoardText.Markdown(followed).ShouldNotContain("This record reaches");
    }

    [Fact]
    public void says_to_people_whether_a_restraint_was_breached_and_to_a_spreadsheet_the_code()
    {
        var board = Issue.Between(2,
            Issue.Named("breached", 2, Given.Restraint.Undercuts(Depth.Measure, "2022-12-12", by: "P1")),
            Issue.Named("kept", 2, Given.Restraint.SearchedThrough("2023-01-31")),
            Issue.Named("looked", 2, Given.Deliverable.SearchedThrough("2023-01-31"))).BoardAt("2023-01-31");

        Cells(BoardText.Table(board), "  ").ShouldBe([
            ["COMMITMENT", "STATUS", "PARTIES", "P1", "P2", "DEEPEST", "LATEST", "FLAGS"],
            ["breached", "breached", "1 of 2 breached", "breached", "notYetRated", "-", "2022-12-12", "-"],
            ["kept", "no breach found (searched through 2023-01-31)", "0 of 2 breached", "no breach found", "no breach found", "-", "-", "-"],
            ["looked", "noneFound (searched through 2023-01-31)", "0 of 2", "noneFound", "noneFound", "-", "-", "-"],
        ]);
        BoardText.Markdown(board).ShouldContain("| kept | no breach found (searched through 2023-01-31) | 0 of 2 breached | no breach found | no breach found |");
        BoardText.Markdown(board).ShouldContain("| breached | breached | 1 of 2 breached | breached | notYetRated |");
        BoardText.Csv(board).ShouldContain("breached,The promise breached,restraint,undercut,false,2,0,undercut,notYetRated,");
        BoardText.Csv(board).ShouldContain("kept,The promise kept,restraint,noneFound,false,2,0,noneFound,noneFound,");
    }

    [Fact]
    public void says_in_a_terminal_what_a_flag_does_not_count_and_gives_no_fraction_of_what_no_record_covers()
    {
        var made = Issue.Between(2, Issue.Named("visit", 2).Due("2022-12-31").Advances(Depth.Delivered, "2022-12-12")) with { Since = "2023-01-01" };
        var road = Issue.Between(2, Issue.Named("road", 2).Due("2024-12-31")) with { Codebook = Codebook.Default with { Version = Codebook.DepthLadder1 } };

        BoardText.Table(made.BoardAt("2023-01-31")).ShouldContain("overdue, counting only what came after 1 January 2023; delivered before that, by 12 December 2022");
        BoardText.Table(road.BoardAt("2026-11-28")).ShouldContain("overdue; the record ends on 31 January 2023, and nobody checked later");
        BoardText.Table(road.BoardAt("2026-11-28")).Split('\n')[3].ShouldStartWith("This record ends on 31 January 2023. Its rule, depth-ladder/1, ignores this: ");
        Cells(BoardText.Table((made with { Since = "2023-03-01" }).BoardAt("2026-11-28")), "  ")[1][2].ShouldBe("-");
    }

    /// <summary>The rows of a board that are of commitments, and their head, cell by cell.</summary>
    private static string[][] Cells(string table, string between) =>
        [.. table.Split('\n').SkipWhile(x => !x.StartsWith("COMMITMENT", StringComparison.Ordinal)).TakeWhile(x => x.Length > 0)
            .Select(x => x.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    [Fact]
    public void tells_a_spreadsheet_how_many_parties_acted_and_how_far_the_record_reaches()
    {
        var rows = BoardText.Csv(Visit.BoardAt("2026-11-28")).TrimStart('\uFEFF').Split('\n').Select(x => x.TrimEnd('\r').Split(',')).ToArray();

        (string Name, string Value)[] told = [.. rows[0].Zip(rows[1])];
        told.Where(x => x.Name is "parties" or "partiesWithConcreteAction").ShouldBe([("parties", "2"), ("partiesWithConcreteAction", "1")]);
        told.TakeLast(4).ShouldBe([("coveredThrough", "2023-01-31"), ("current", "false"), ("validAt", "2026-11-28"), ("recordEnds", "2023-01-31")]);
        // Of its own last day a record that ended says so too.
        var last = BoardText.Csv(Visit.BoardAt("2023-01-31") with { Ended = true }).TrimStart('\uFEFF').Split('\n')[1].TrimEnd('\r');
        last.ShouldEndWith(",2023-01-31,true,2023-01-31,2023-01-31");
    }

    [Fact]
    public void tells_a_spreadsheet_why_a_report_was_issued_in_error_though_no_commitment_is_on_it()
    {
        var rows = BoardText.Csv(Issue.Between(2).BoardAt("2023-01-31"), inError: "Of the wrong day.").TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        rows[0].ShouldEndWith(",issuedInError");
        rows[1..].ShouldBe([new string(',', rows[0].Count(x => x == ',')) + "Of the wrong day."]);
        BoardText.Csv(Issue.Between(2).BoardAt("2023-01-31")).TrimEnd().ShouldNotContain("\n");
    }
}
