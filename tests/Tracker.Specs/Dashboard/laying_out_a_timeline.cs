using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Dashboard.OneTimeline;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Specs.Reports;
using Tracker.Status;
using static Tracker.Specs.Rule.Given;

namespace Tracker.Specs.Dashboard;

public sealed class laying_out_a_timeline
{
    [Fact]
    public void draws_all_days_alike_where_something_happens_to_the_end()
    {
        var scale = TimeScale.Of(Day("2022-11-14"), Day("2022-11-24"), Day("2022-11-20"));

        scale.Break.ShouldBeNull();
        scale.At(Day("2022-11-14")).ShouldBe(0);
        scale.At(Day("2022-11-19")).ShouldBe(50);
        scale.At(Day("2022-11-24")).ShouldBe(100);
        scale.At(Day("2020-01-01")).ShouldBe(0);
        scale.At(Day("2030-01-01")).ShouldBe(100);
    }

    [Fact]
    public void draws_a_long_quiet_end_short_after_a_break()
    {
        var scale = TimeScale.Of(Day("2022-11-14"), Day("2026-11-24"), Day("2023-01-31"));

        scale.Break.ShouldNotBeNull();
        scale.Break!.Value.ShouldBeGreaterThan(Day("2023-01-31"));
        scale.At(Day("2023-01-31")).ShouldBeInRange(75, TimeScale.BreakFrom);
        scale.At(scale.Break.Value).ShouldBe(TimeScale.BreakFrom);
        scale.At(scale.Break.Value.AddDays(1)).ShouldBeGreaterThan(TimeScale.BreakThrough);
        scale.At(Day("2026-11-24")).ShouldBe(100);
    }

    [Theory]
    [InlineData("2022-11-14", "2022-11-14", "2022-11-14")]
    [InlineData("2022-11-14", "2020-01-01", "2022-11-14")]
    [InlineData("0001-01-01", "9999-12-31", "0001-01-01")]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31")]
    [InlineData("2000-01-01", "9999-12-31", "9999-12-31")]
    public void never_goes_backwards_nor_off_the_edge(string from, string through, string lastEvent)
    {
        var scale = TimeScale.Of(Day(from), Day(through), Day(lastEvent));

        var last = 0.0;
        foreach (var day in new[] { from, "2022-11-14", "2022-11-15", "2023-01-31", "2050-01-01", through }.Select(Day).Order())
        {
            scale.At(day).ShouldBeInRange(last, 100);
            last = scale.At(day);
        }

        scale.Ticks().Count().ShouldBeLessThanOrEqualTo(14);
    }

    [Fact]
    public void writes_a_dozen_days_at_most_below_it()
    {
        TimeScale.Of(Day("2022-11-14"), Day("2023-01-31"), Day("2023-01-31")).Ticks().Select(x => x.Text).ShouldBe(["Dec 2022", "Jan 2023"]);
        foreach (var through in (string[])["2022-11-20", "2022-12-25", "2023-12-01", "2024-06-01", "2026-11-24", "2040-01-01", "2090-01-01"])
            TimeScale.Of(Day("2022-11-14"), Day(through), Day(through)).Ticks().Count().ShouldBeInRange(1, 14, through);
    }

    [Fact]
    public void leaves_out_on_a_phone_what_would_run_into_a_name_a_line_or_an_end()
    {
        var scale = TimeScale.Of(Day("2024-01-01"), Day("2024-12-31"), Day("2024-12-31"));
        var midTerm = new Milestone("mid-term", "Mid-term", Day("2024-03-10"));
        Tick On(string day) => new(Day(day), "Apr 2024", Minor: false);

        // "Rio" begins at the left edge; "Mid-term" is set around its line, nearer than its letters are wide.
        scale.Named([new Milestone("", "Rio", Day("2024-01-01")), midTerm, new Milestone("late", "Review", Day("2024-09-01"))])
            .Select(x => (x.Moment.Name, x.Tight)).ShouldBe([("Rio", false), ("Mid-term", true), ("Review", false)]);
        scale.IsTight(On("2024-04-01"), [midTerm], 0, 100).ShouldBeTrue("a line goes through it");
        scale.IsTight(On("2024-06-01"), [midTerm], 0, 100).ShouldBeFalse();
        scale.IsTight(On("2024-06-01"), [], 0, 87 - TimeScale.Wide("Record ends 15 Nov 2023")).ShouldBeTrue("the end is written there");
        scale.IsTight(On("2024-01-20"), [], 0, 100).ShouldBeTrue("half of it is beyond the edge");
    }

    [Fact]
    public void puts_what_undercuts_below_the_line_and_deeper_further_from_it()
    {
        var lane = Drawn(Mark("e1", "2022-12-01", Depth.Words), Mark("e2", "2022-12-10", Depth.Measure), Mark("e3", "2022-12-20", Depth.Contact, Direction.Undercuts));

        var heads = lane.Heads.ToDictionary(x => x.Marks[0].Evidence);
        heads["e2"].Y.ShouldBeLessThan(heads["e1"].Y);
        heads["e1"].Y.ShouldBeLessThan(lane.Top);
        heads["e3"].Y.ShouldBeGreaterThan(lane.Bottom);
        heads.Values.ShouldAllBe(x => x.Y > 0 && x.Y < lane.Height);
        lane.BarBelow.ShouldNotBeNull();
        Drawn(Mark("e1", "2022-12-01", Depth.Words)).BarBelow.ShouldBeNull();
    }

    [Fact]
    public void draws_an_imprecise_date_as_a_span_that_ends_where_it_counts_from()
    {
        var head = Drawn(Mark("e1", "2022-12-01", Depth.Contact) with { Latest = Day("2022-12-31") }).Heads.Single();

        head.Exact.ShouldBeFalse();
        head.From.ShouldBeLessThan(head.X);
    }

    [Fact]
    public void draws_one_head_for_what_lies_on_one_spot_and_moves_aside_what_lies_next_to_it()
    {
        var lane = Drawn(
            Mark("e1", "2022-12-01", Depth.Contact), Mark("e2", "2022-12-01", Depth.Contact), Mark("e3", "2022-12-01", Depth.Contact, Direction.Reaffirms),
            Mark("e4", "2022-12-01", Depth.Contact, Direction.Undercuts), Mark("e5", "2023-01-15", Depth.Contact));

        lane.Heads.Select(x => x.Marks.Length).Order().ShouldBe([1, 1, 1, 2]);
        var first = lane.Heads.First(x => x.Marks.Length == 2);
        var reaffirming = lane.Heads.First(x => x.Direction is Direction.Reaffirms);
        (first.Shift == reaffirming.Shift).ShouldBeFalse();
        lane.Heads.First(x => x.Direction is Direction.Undercuts).Shift.ShouldBe(0);
        lane.Heads.First(x => x.Marks[0].Evidence == "e5").Shift.ShouldBe(0);
    }

    [Fact]
    public void draws_bands_from_edge_to_edge_without_a_gap()
    {
        var lane = Drawn() with { };

        lane.Bands[0].X.ShouldBe(0);
        foreach (var (one, next) in lane.Bands.Zip(lane.Bands.Skip(1))) (one.X + one.Width).ShouldBe(next.X, 0.0001);
        (lane.Bands[^1].X + lane.Bands[^1].Width).ShouldBe(100, 0.0001);
        lane.Bands.Select(x => x.Searched).ShouldBe([null, Day("2022-12-05"), null]);
        lane.Now.ShouldBe(CommitmentStatus.DialogueOnly);
    }

    [Fact]
    public void fills_what_was_searched_in_vain_through_the_day_that_was_searched_and_no_further()
    {
        var searched = Lane("visit") with { Spans = [new(Day(TheBaseline), CommitmentStatus.NotYetRated), new(Day("2022-12-05"), CommitmentStatus.NoneFound)] };

        FilledTo(searched, "2023-01-21", "through the day itself");
        FilledTo(searched with { SearchedThrough = [Day("2022-12-05")] }, "2022-12-06", "nobody looked any further");
        var through = Drawing.Of(Timeline(searched with { SearchedThrough = [Day("2022-12-05"), Day("2023-01-31")] })).Lanes.Single().Bands[^1];
        through.Known.ShouldBe(through.Width);
        MarkWords.SearchedTo(through).ShouldBeNull("it was searched to its end");
        MarkWords.SearchedTo(Drawing.Of(Timeline(searched with { SearchedThrough = [Day("2022-12-05")] })).Lanes.Single().Bands[^1]).ShouldBe("to 5 Dec");
        Drawn().Bands.ShouldAllBe(x => x.Status == CommitmentStatus.NoneFound || x.Known == x.Width);

        void FilledTo(Lane lane, string day, string why)
        {
            var drawing = Drawing.Of(Timeline(lane));
            var band = drawing.Lanes.Single().Bands[^1];
            (band.X + band.Known).ShouldBe(drawing.Scale.At(Day(day)), 0.0001, why);
            band.Known.ShouldBeLessThan(band.Width);
        }
    }

    [Fact]
    public void breaks_off_where_the_record_ends_and_lets_the_band_fade_there()
    {
        var timeline = Timeline(Lane("visit")) with { ValidAt = Day("2023-03-20"), Ending = new(false, true) };

        var drawing = Drawing.Of(timeline);

        drawing.Scale.Break.ShouldBe(Day("2023-01-31"));
        var last = drawing.Lanes.Single().Bands[^1];
        last.Through.ShouldBe(Day("2023-01-31"));
        (last.X + last.Width).ShouldBe(TimeScale.BreakThrough, 0.0001);
    }

    [Fact]
    public void does_not_word_a_flag_that_is_still_raised_where_the_record_stops_as_if_it_had_ended()
    {
        var lane = Lane("visit") with { Overdue = [new(Day("2022-12-20"), Day("2022-12-31")), new(Day("2023-01-10"), Day("2023-01-31"))], Stale = [new(Day("2023-01-31"), Day("2023-01-31"))] };
        var later = Timeline(lane) with { ValidAt = Day("2023-02-15") };

        Told(later).ShouldBe(
        [
            "Overdue: 20 December 2022 to 31 December 2022", "Overdue: since 10 January 2023 (judged to 31 January 2023, the day the record reaches)",
            "Stale: since 31 January 2023 (judged to 31 January 2023, the day the record reaches)",
        ]);
        Told(Timeline(lane))[1].ShouldBe("Overdue: since 10 January 2023 (judged to 31 January 2023)");
        // The first version of the rule judges at the day asked about.
        var first = later with { About = new("summit", "A summit", null, [], later.Baseline, Codebook.Default with { Version = Codebook.DepthLadder1 }, [], []) };
        Told(first)[1].ShouldBe("Overdue: 10 January 2023 to 31 January 2023");

        static string[] Told(Timeline timeline) => [.. Drawing.Of(timeline).Lanes.Single().Flags.Select(MarkWords.Of)];
    }

    [Fact]
    public void says_of_the_last_band_where_another_reversed_what_was_delivered()
    {
        var given = Issue.Named("visit", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1").Undercuts(Depth.Measure, "2022-12-20", by: "P2").Advances(Depth.Measure, "2022-12-24", by: "P1");
        var last = given.Undercuts(Depth.Measure, "2022-12-28", by: "P2");
        var lane = Lane("visit") with
        {
            Spans = [new(Day("2022-12-20"), CommitmentStatus.Reversed), new(Day("2022-12-24"), CommitmentStatus.Contested), new(Day("2022-12-28"), CommitmentStatus.Reversed)],
            Entry = Issue.Between(3, last).BoardAt("2023-01-31").Commitments.Single(),
        };
        var drawn = Drawing.Of(Timeline(lane)).Lanes.Single();

        drawn.Bands.Select(x => MarkWords.Of(x, drawn)).ShouldBe(
        [
            "Reversed: 20 December 2022 to 23 December 2022", "Contested: 24 December 2022 to 27 December 2022",
            "Reversed (by another’s act; delivered by 1 of 3 parties): 28 December 2022 to 31 January 2023",
        ]);
        Drawn().Bands.Select(x => MarkWords.Of(x, Drawn())).ElementAt(1).ShouldBe("None found (searched through 5 December 2022): 5 December 2022 to 11 December 2022");
    }

    [Fact]
    public void says_at_its_end_whether_the_record_ends_there_or_then_ended()
    {
        Language.English.RecordEndsShort("31 Jan 2023", then: false).ShouldBe("Record ends 31 Jan 2023");
        Language.English.RecordEndsShort("31 Jan 2023", then: true).ShouldBe("Then ended 31 Jan 2023");
    }

    [Fact]
    public void sorts_lanes_by_where_they_stand_as_the_board_does()
    {
        var timeline = Timeline(Lane("a"), Lane("b") with { Spans = [new(Day(TheBaseline), CommitmentStatus.Delivered)] }, Lane("c") with { Spans = [] });

        Drawing.Of(timeline).Lanes.Select(x => x.Lane.Slug).ShouldBe(["b", "a", "c"]);
    }

    private static LaneDrawing Drawn(params ImmutableArray<Mark> marks) => Drawing.Of(Timeline(Lane("visit") with { Marks = marks })).Lanes.Single();

    private static Timeline Timeline(params ImmutableArray<Lane> lanes) =>
        new("summit", new Baseline("Bali", Day(TheBaseline), null), [], Day(TheBaseline), Day("2023-01-31"), Day("2023-01-31"), DateTimeOffset.UnixEpoch, 1, lanes);

    private static Lane Lane(string slug) => new(slug, "A visit", CommitmentType.Deliverable, Day(TheBaseline), Depth.Mechanism, null,
        [new(Day(TheBaseline), CommitmentStatus.NotYetRated), new(Day("2022-12-05"), CommitmentStatus.NoneFound), new(Day("2022-12-12"), CommitmentStatus.DialogueOnly)],
        [], [], [Day("2022-12-05"), Day("2023-01-20")], []);

    private static Mark Mark(string id, string day, Depth depth, Direction direction = Direction.Advances) =>
        new("talks", "Talks", id, Day(day), Day(day), depth, direction, true, ["AA", "BB"]);
}
