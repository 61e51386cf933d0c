using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

public sealed class reading_the_timeline(following_the_Bali_summit.Imported bali, PostgresUnderTest postgres) : IClassFixture<following_the_Bali_summit.Imported>
{
    private const string Bali = "agendas/us-china-bali";

    [Fact]
    public async Task tells_how_the_Bali_commitments_came_to_where_they_stood_at_the_end_of_January()
    {
        var timeline = (await BaliAsync("timeline?validAt=2023-01-31")).Json;

        Spans(timeline, "secretary-visit").ShouldBe(["2022-11-14 notYetRated", "2022-12-31 dialogueOnly"]);
        Spans(timeline, "joint-working-group").ShouldBe(["2022-11-14 notYetRated", "2023-01-31 noneFound"]);
        Spans(timeline, "manage-competition-responsibly").ShouldBe(["2022-11-14 notYetRated", "2023-01-12 wordsOnly"]);
        Marks(timeline, "secretary-visit").ShouldBe(["secretary-visit-preparation december-talks 2022-12-01/2022-12-31 contact advances True", "secretary-visit-plan secretary-visit-planned 2022-12-30/2023-01-31 words reaffirms True"]);
        Lane(timeline, "secretary-visit")["overdue"]!.AsArray().ShouldBeEmpty();
        timeline["since"]!.ToString().ShouldBe("2022-11-14");
    }

    [Fact]
    public async Task ends_each_lane_where_the_board_has_it_on_any_day()
    {
        foreach (var day in (string[])["2022-11-14", "2022-11-22", "2022-12-31", "2023-01-18", "2023-03-01", "2023-06-01"])
        {
            var board = (await BaliAsync($"board?validAt={day}")).Json["commitments"]!.AsArray();
            var timeline = (await BaliAsync($"timeline?validAt={day}")).Json;

            timeline["commitments"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(board.Select(x => (string)x!["slug"]!));
            foreach (var entry in board)
            {
                var lane = Lane(timeline, (string)entry!["slug"]!);
                ((string)lane["spans"]!.AsArray()[^1]!["status"]!).ShouldBe((string)entry["status"]!, $"{entry["slug"]} on {day}");
                (lane["overdue"]!.AsArray().LastOrDefault()?["through"]?.ToString() == day).ShouldBe(entry["flags"]!["overdue"]!.GetValue<bool>());
                (lane["stale"]!.AsArray().LastOrDefault()?["through"]?.ToString() == day).ShouldBe(entry["flags"]!["stale"]!.GetValue<bool>());
            }
        }
    }

    [Fact]
    public async Task never_has_the_visit_overdue_since_nobody_looked_after_January() =>
        Lane((await BaliAsync("timeline?validAt=2023-04-01")).Json, "secretary-visit")["overdue"]!.AsArray().ShouldBeEmpty();

    [Fact]
    public async Task repeats_what_it_said_then_byte_for_byte_whatever_came_after()
    {
        var agenda = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
        var first = await agenda.AcceptedAsync("talks-held");
        var then = (await agenda.GetAsync(first.Position, "timeline?validAt=2023-01-31")).Should(200);
        await agenda.ActivityAsync("visit-made", "2023-01-20");
        var second = await agenda.AcceptedAsync("visit-held", "visit-made", "delivered");

        var now = (await agenda.GetAsync(second.Position, "timeline?validAt=2023-01-31")).Should(200);
        var again = (await agenda.GetAsync($"timeline?validAt=2023-01-31&knownAt={then.Position}")).Should(200);
        var byInstant = (await agenda.GetAsync($"timeline?validAt=2023-01-31&knownAt={then["knownAt"]}")).Should(200);

        Spans(now.Json, "visit").ShouldBe(["2022-11-14 notYetRated", "2022-12-12 dialogueOnly", "2023-01-20 delivered"]);
        Spans(then.Json, "visit").ShouldBe(["2022-11-14 notYetRated", "2022-12-12 dialogueOnly"]);
        again.Bytes.ShouldBe(then.Bytes);
        byInstant.Bytes.ShouldBe(then.Bytes);
    }

    [Fact]
    public async Task is_counted_since_a_milestone()
    {
        var agenda = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
        await agenda.AcceptedAsync("talks-held");
        var milestone = await agenda.RecordAsync("milestones", new { slug = "new-year", name = "New year", date = "2023-01-01" });

        var timeline = (await agenda.GetAsync(milestone.Position, "timeline?validAt=2023-01-31&since=new-year")).Should(200).Json;

        timeline["since"]!.ToString().ShouldBe("2023-01-01");
        Spans(timeline, "visit").ShouldBe(["2023-01-01 notYetRated"]);
        Marks(timeline, "visit").ShouldBeEmpty();
        (await agenda.GetAsync("timeline?since=no-such-day")).ShouldRefuse(422, "unknown-milestone", "since");
        (await agenda.GetAsync("timeline?validAt=yesterday")).ShouldRefuse(400, "unreadable", "validAt")["detail"].ShouldContain("it is 'yesterday'");
        (await agenda.GetAsync("timeline?validAt=2023-01-30&validAt=2023-01-31")).ShouldRefuse(400, "unreadable", "validAt")["detail"].ShouldContain("more than once");
    }

    private async Task<Reply> BaliAsync(string what) => (await bali.Tracker.Public.GetAsync(1, $"{Bali}/{what}")).Should(200);

    private static JsonNode Lane(JsonNode timeline, string slug) => timeline["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == slug)!;

    private static string[] Spans(JsonNode timeline, string slug) => [.. Lane(timeline, slug)["spans"]!.AsArray().Select(x => $"{x!["from"]} {x["status"]}")];

    private static string[] Marks(JsonNode timeline, string slug) =>
        [.. Lane(timeline, slug)["marks"]!.AsArray().Select(x => $"{x!["evidence"]} {x["activity"]} {x["earliest"]}/{x["latest"]} {x["depth"]} {x["direction"]} {x["counts"]!.GetValue<bool>()}")];
}
