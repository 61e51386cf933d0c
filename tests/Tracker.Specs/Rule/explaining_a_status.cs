using Tracker.Agendas;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class explaining_a_status
{
    private const string Now = "2022-12-31";

    [Fact]
    public void names_the_rule_the_row_the_bar_and_the_window()
    {
        var because = Given.Deliverable.WithBar(Depth.Measure).Advances(Depth.Contact, "2022-12-01").At(Now).Because;

        because.Rule.ShouldBe("depth-ladder/2");
        because.Row.ShouldBe(CommitmentStatus.DialogueOnly);
        because.Bar.ShouldBe(Depth.Measure);
        because.After.ShouldBe(Given.Day(Given.TheBaseline));
        because.Through.ShouldBe(Given.Day(Now));
    }

    [Fact]
    public void lists_what_was_concrete_for_and_against_in_ordinal_order()
    {
        var because = Given.Deliverable
            .Advances(Depth.Mechanism, "2022-12-03", id: "b")
            .Advances(Depth.Contact, "2022-12-03", id: "contact")
            .Undercuts(Depth.Measure, "2022-12-01", id: "z")
            .Advances(Depth.Delivered, "2022-12-01", id: "B")
            .Reaffirms(Depth.Delivered, "2022-12-01", id: "again")
            .Undercuts(Depth.Mechanism, "2022-12-02", id: "a10")
            .Undercuts(Depth.Words, "2022-12-02", id: "grumble")
            .Advances(Depth.Measure, "2022-12-02", id: "a")
            .Undercuts(Depth.Mechanism, "2022-12-02", id: "a9")
            .At(Now).Because;

        because.Concrete.ShouldBe(["B", "a", "b"]);
        because.Undercutting.ShouldBe(["a10", "a9", "z"]);
    }

    [Fact]
    public void lists_the_deepest_in_the_window_whatever_its_direction()
    {
        var given = Given.Deliverable.WithBar(Depth.Delivered)
            .Advances(Depth.Words, "2022-12-01", id: "speech")
            .Undercuts(Depth.Measure, "2022-12-02", id: "sanction")
            .Reaffirms(Depth.Measure, "2022-12-03", id: "law")
            .Advances(Depth.Contact, "2022-12-04", id: "call")
            .Advances(Depth.Delivered, "2023-01-01", id: "tomorrow");

        given.At(Now).Because.Deepest.ShouldBe(["law", "sanction"]);
        given.At("2022-12-02").Because.Deepest.ShouldBe(["sanction"]);
        given.At("2022-12-01").Because.Deepest.ShouldBe(["speech"]);
        given.At("2022-11-30").Because.Deepest.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2022-11", true)] // over the earlier edge
    [InlineData("2022-11-14/2022-11-15", true)]
    [InlineData("2022-12-31/2023-01-01", true)] // over the later edge
    [InlineData("2022-12/2023", true)]
    [InlineData("2022-11-14/2023-01-01", true)] // over both
    [InlineData("2022", true)]
    [InlineData("2022-11-14", false)] // wholly outside
    [InlineData("2022-11-01/2022-11-14", false)]
    [InlineData("2023-01-01", false)]
    [InlineData("2023", false)]
    [InlineData("2022-11-15/2022-12-31", false)] // wholly inside
    public void lists_what_is_left_out_only_because_its_dates_straddle_an_edge(string on, bool straddles) =>
        Given.Deliverable.Undercuts(Depth.Words, on, id: "e").At(Now).Because.Straddling.ShouldBe(straddles ? ["e"] : []);

    [Fact]
    public void lists_what_straddles_in_ordinal_order() =>
        Given.Deliverable.Advances(Depth.Words, "2022", id: "b").Undercuts(Depth.Words, "2022-11", id: "a").At(Now)
            .Because.Straddling.ShouldBe(["a", "b"]);

    [Fact]
    public void lists_nothing_as_straddling_that_would_not_count_anyway() =>
        Given.Deliverable
            .Advances(Depth.Measure, "2022-11").But(finding => finding with { State = EvidenceState.Proposed })
            .Advances(Depth.Measure, "2022-11").But(finding => finding with { State = EvidenceState.Rejected })
            .Advances(Depth.Measure, "2022-11").But(finding => finding with { State = EvidenceState.Retracted })
            .Advances(Depth.Measure, "2022-11").But(finding => finding with { ActivityWithdrawn = true })
            .At(Now).Because.Straddling.ShouldBeEmpty();

    [Fact]
    public void lists_nothing_as_straddling_a_window_without_days() =>
        Given.Deliverable.Advances(Depth.Measure, "2022-11").At(Given.TheBaseline).Because.Straddling.ShouldBeEmpty();

    [Fact]
    public void tells_the_latest_search_in_the_window_in_whatever_order_they_come()
    {
        string[] days = ["2022-12-05", "2022-12-20", "2022-11-01", "2023-01-01", "2022-12-10"];

        Given.Deliverable.SearchedThrough(days).At(Now).Because.LastSearchedThrough.ShouldBe(Given.Day("2022-12-20"));
        Given.Deliverable.SearchedThrough([.. days.Reverse()]).At(Now).Because.LastSearchedThrough
            .ShouldBe(Given.Day("2022-12-20"));
    }

    [Fact]
    public void tells_the_last_search_beside_any_status() =>
        Given.Deliverable.Advances(Depth.Measure, "2022-12-01").SearchedThrough("2022-12-05").At(Now)
            .Because.LastSearchedThrough.ShouldBe(Given.Day("2022-12-05"));

    [Fact]
    public void counts_the_window_by_depth_and_apart_what_undercuts() =>
        Given.Deliverable
            .Advances(Depth.Words, "2022-12-01")
            .Reaffirms(Depth.Contact, "2022-12-01").Advances(Depth.Contact, "2022-12-01")
            .Advances(Depth.Mechanism, "2022-12-01").Reaffirms(Depth.Mechanism, "2022-12-01")
            .Reaffirms(Depth.Mechanism, "2022-12-02")
            .Advances(Depth.Measure, "2022-12-01", id: "m1").Advances(Depth.Measure, "2022-12-01", id: "m2")
            .Advances(Depth.Measure, "2022-12-01", id: "m3").Reaffirms(Depth.Measure, "2022-12-01", id: "m4")
            .Reaffirms(Depth.Delivered, "2022-12-01", id: "d1").Reaffirms(Depth.Delivered, "2022-12-02", id: "d2")
            .Reaffirms(Depth.Delivered, "2022-12-03", id: "d3").Reaffirms(Depth.Delivered, "2022-12-04", id: "d4")
            .Reaffirms(Depth.Delivered, "2022-12-05", id: "d5")
            .Undercuts(Depth.Words, "2022-12-01").Undercuts(Depth.Measure, "2022-12-01").Undercuts(Depth.Measure, "2022-11-01")
            .Advances(Depth.Measure, "2022-11-14").Advances(Depth.Measure, "2023-01-01")
            .At(Now).Evidence.ShouldBe(new EvidenceCounts(1, 2, 3, 4, 5, 2));

    [Fact]
    public void dates_the_first_and_latest_concrete_action_and_the_latest_activity()
    {
        var verdict = Given.Deliverable
            .Advances(Depth.Measure, "2022-12-05/2022-12-06")
            .Advances(Depth.Measure, "2022-12-02/2022-12-09")
            .Advances(Depth.Measure, "2022-12-03/2022-12-04")
            .Advances(Depth.Contact, "2022-11-20")
            .Reaffirms(Depth.Measure, "2022-11-21/2022-12-12")
            .Undercuts(Depth.Words, "2022-12-15/2022-12-20")
            .Undercuts(Depth.Measure, "2022-12-21/2023-01-01")
            .At(Now);

        verdict.FirstConcreteOn.ShouldBe(Given.Day("2022-12-02"));
        verdict.LatestConcreteOn.ShouldBe(Given.Day("2022-12-09"));
        verdict.LatestActivityOn.ShouldBe(Given.Day("2022-12-20"));
    }

    [Fact]
    public void dates_nothing_where_there_is_nothing()
    {
        var verdict = Given.Deliverable.At(Now);

        verdict.FirstConcreteOn.ShouldBeNull();
        verdict.LatestConcreteOn.ShouldBeNull();
        verdict.LatestActivityOn.ShouldBeNull();
        verdict.Because.LastSearchedThrough.ShouldBeNull();
    }
}
