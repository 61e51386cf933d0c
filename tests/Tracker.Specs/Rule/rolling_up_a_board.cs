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

        Rollup.Of(verdicts).ShouldBe(new Rollup(55, 10, new StatusCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
    }

    [Fact]
    public void counts_nothing_on_an_empty_board() =>
        Rollup.Of([]).ShouldBe(new Rollup(0, 0, new StatusCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));

    [Fact]
    public void names_every_status_in_the_rules_order_in_json() =>
        JsonSerializer.Serialize(Rollup.Of([Given.Deliverable.At(Now)]), JsonSerializerOptions.Web).ShouldBe(
            """
            {"commitments":1,"withConcreteAction":0,"byStatus":{"reversed":0,"delivered":0,"contested":0,"concreteAction":0,"undercut":0,"partial":0,"dialogueOnly":0,"wordsOnly":0,"noneFound":0,"notYetRated":1}}
            """);

    [Fact]
    public void has_a_count_for_each_status_there_is() =>
        typeof(StatusCounts).GetProperties().Select(property => property.Name).ShouldBe(Enum.GetNames<CommitmentStatus>());
}
