using Tracker.Agendas;
using Tracker.Boards.Timelines;
using Tracker.Evidence;
using Given = Tracker.Specs.Rule.Given;

namespace Tracker.Specs.Boards;

public sealed class following_a_commitment_on_a_timeline
{
    [Fact]
    public void marks_what_counts_in_the_order_in_which_it_happened()
    {
        var lane = LaneOf(Given.Deliverable.Advances(Depth.Measure, "2023-01-05").Undercuts(Depth.Contact, "2022-12").Reaffirms(Depth.Words, "2022-12-01"), "2023-01-31");

        lane.Marks.Select(x => x.Evidence).ShouldBe(["e3", "e2", "e1"]);
        lane.Marks.ShouldAllBe(x => x.Counts);
        lane.Marks[1].ShouldBe(lane.Marks[1] with { Activity = "activity-of-e2", Title = "Title of e2", Earliest = Given.Day("2022-12-01"), Latest = Given.Day("2022-12-31"), Depth = Depth.Contact, Direction = Direction.Undercuts });
        lane.Marks[1].Parties.ShouldBe(["AA", "BB"]);
    }

    [Fact]
    public void marks_what_reaches_over_an_edge_as_not_counting()
    {
        var lane = LaneOf(Given.Deliverable.Advances(Depth.Measure, "2022-11").Advances(Depth.Measure, "2023-01"), "2023-01-30");

        lane.Marks.Select(x => (x.Evidence, x.Counts)).ShouldBe([("e1", false), ("e2", false)]);
    }

    [Fact]
    public void marks_the_very_evidence_that_the_rule_weighs_or_finds_straddling()
    {
        var given = Given.Deliverable
            .Advances(Depth.Measure, "2022-11-14").Advances(Depth.Measure, "2022-11-15").Advances(Depth.Measure, "2022").Advances(Depth.Measure, "2023-01-31")
            .Advances(Depth.Measure, "2023-02-01").Advances(Depth.Measure, "2022-11-14/2022-11-15").Advances(Depth.Measure, "2023-01-31/2023-02-01");
        var verdict = given.At("2023-01-31");

        var lane = LaneOf(given, "2023-01-31");

        lane.Marks.Where(x => x.Counts).Select(x => x.Evidence).Order(StringComparer.Ordinal).ShouldBe(verdict.Because.Concrete);
        lane.Marks.Where(x => !x.Counts).Select(x => x.Evidence).Order(StringComparer.Ordinal).ShouldBe(verdict.Because.Straddling);
    }

    [Fact]
    public void marks_nothing_that_is_not_accepted_or_whose_activity_is_withdrawn() =>
        LaneOf(Given.Deliverable
            .Advances(Depth.Measure, "2022-12-01").But(x => x with { State = EvidenceState.Proposed })
            .Advances(Depth.Measure, "2022-12-01").But(x => x with { State = EvidenceState.Retracted })
            .Advances(Depth.Measure, "2022-12-01").But(x => x with { ActivityWithdrawn = true }), "2023-01-31").Marks.ShouldBeEmpty();

    [Fact]
    public void marks_nothing_on_a_day_before_the_day_asked_since()
    {
        var lane = LaneOf(Given.Deliverable.SeenSince("2023-01-01").Advances(Depth.Measure, "2022-12/2023-02"), "2022-12-31");

        lane.Marks.ShouldBeEmpty();
        lane.Spans.ShouldBeEmpty();
    }

    [Fact]
    public void counts_from_the_day_the_commitment_was_made_where_that_is_later()
    {
        var lane = LaneOf(Given.Deliverable.MadeOn("2022-12-15").WithBar(Depth.Contact).Due("2023-02").Advances(Depth.Contact, "2022-12-10").Advances(Depth.Contact, "2022-12-20"), "2023-01-31");

        lane.After.ShouldBe(Given.Day("2022-12-15"));
        lane.Bar.ShouldBe(Depth.Contact);
        lane.DueOn!.Value.Text.ShouldBe("2023-02");
        lane.Marks.Select(x => x.Evidence).ShouldBe(["e2"]);
        lane.Spans.Select(x => x.From).ShouldBe([Given.Day("2022-12-15"), Given.Day("2022-12-20")]);
    }

    private static Lane LaneOf(Given given, string validAt) => Lane.Of(given.Promise, "A visit", given.Findings, given.Searches,
        id => new ActivityNamed("activity-of-" + id, $"Title of {id}"),
        given.Since, Given.Day(validAt), given.Codebook, given.Coverage);
}
