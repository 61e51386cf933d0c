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
    public void tells_a_spreadsheet_how_many_parties_acted_and_how_far_the_record_reaches()
    {
        var rows = BoardText.Csv(Visit.BoardAt("2026-11-28")).TrimStart('\uFEFF').Split('\n').Select(x => x.TrimEnd('\r').Split(',')).ToArray();

        (string Name, string Value)[] told = [.. rows[0].Zip(rows[1])];
        told.Where(x => x.Name is "parties" or "partiesWithConcreteAction").ShouldBe([("parties", "2"), ("partiesWithConcreteAction", "1")]);
        told.TakeLast(2).ShouldBe([("coveredThrough", "2023-01-31"), ("current", "false")]);
    }
}
