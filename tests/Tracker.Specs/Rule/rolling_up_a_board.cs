using System.Text.Json;
using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class rolling_up_a_board
{
    private const string Now = "2022-12-31";

    [Fact]
    public void counts_commitments_and_those_with_concrete_action_and_every_status()
    {
        var done = Given.Deliverable.Advances(Depth.Delivered, "2022-12-01");
        var acted = Given.Deliverable.Advances(Depth.Measure, "2022-12-01");
        Given[] board =
        [
            done.Undercuts(Depth.Measure, "2022-12-02"),
            done,
            acted.Undercuts(Depth.Measure, "2022-12-02"),
            acted,
            Given.Deliverable.Undercuts(Depth.Measure, "2022-12-01"),
            Given.Deliverable.Reaffirms(Depth.Measure, "2022-12-01"),
            Given.Deliverable.Reaffirms(Depth.Contact, "2022-12-01"),
            Given.Deliverable.Reaffirms(Depth.Words, "2022-12-01"),
            Given.Deliverable.SearchedThrough(Now),
            Given.Deliverable,
        ];

        // The first status once, the second twice, and so on, so that no two can change places.
        var verdicts = board.SelectMany((given, row) => Enumerable.Repeat(given.At(Now), row + 1));

        BoardSummary.Count([.. verdicts]).Overall.ShouldBe(new Rollup(55, 10, new StatusCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
    }

    [Fact]
    public void counts_nothing_on_an_empty_board() =>
        BoardSummary.Count([]).ShouldSatisfyAllConditions(
            x => x.Overall.ShouldBe(new Rollup(0, 0, StatusCounts.None)), x => x.Cells.ShouldBe(new CellCounts(0, 0, StatusCounts.None)), x => x.ByParty.ShouldBeEmpty());

    [Fact]
    public void counts_each_commitment_once_for_each_of_its_parties_by_that_partys_own_acts()
    {
        var visit = Given.Deliverable.Between("AA", "BB", "CC").Advances(Depth.Measure, "2022-12-01", by: "AA");
        var group = Given.Deliverable.Between("AA", "BB").Reaffirms(Depth.Words, "2022-12-01", by: "BB");

        var summary = BoardSummary.Count([visit.At(Now), group.At(Now)]);

        (summary.WithConcreteAction, summary.Commitments).ShouldBe((1, 2));
        summary.Cells.ShouldBe(new CellCounts(5, 1, StatusCounts.None with { ConcreteAction = 1, WordsOnly = 1, NotYetRated = 3 }));
        summary.ByParty.Keys.ShouldBe(["AA", "BB", "CC"]);
        summary.ByParty["AA"].ShouldBe(new Rollup(2, 1, StatusCounts.None with { ConcreteAction = 1, NotYetRated = 1 }));
        summary.ByParty["BB"].ShouldBe(new Rollup(2, 0, StatusCounts.None with { WordsOnly = 1, NotYetRated = 1 }));
        summary.ByParty["CC"].ShouldBe(new Rollup(1, 0, StatusCounts.None with { NotYetRated = 1 }));
        visit.At(Now).PartyCounts.ShouldBe(new PartyCounts(3, 1));
    }

    [Fact]
    public void names_every_status_in_the_rules_order_in_json() =>
        JsonSerializer.Serialize(BoardSummary.Count([Given.Deliverable.At(Now)]).Overall, JsonSerializerOptions.Web).ShouldBe(
            """
            {"commitments":1,"withConcreteAction":0,"byStatus":{"reversed":0,"delivered":0,"contested":0,"concreteAction":0,"undercut":0,"partial":0,"dialogueOnly":0,"wordsOnly":0,"noneFound":0,"notYetRated":1}}
            """);

    [Fact]
    public void has_a_count_for_each_status_there_is() =>
        typeof(StatusCounts).GetProperties().Where(property => !property.GetMethod!.IsStatic).Select(property => property.Name).ShouldBe(Enum.GetNames<CommitmentStatus>());
}
