using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

/// <summary>The acceptance fixture of the domain: the record of the source article, through the API.</summary>
public sealed class following_the_Bali_summit(following_the_Bali_summit.Imported bali) : IClassFixture<following_the_Bali_summit.Imported>
{
    private const string Bali = "agendas/us-china-bali";

    [Fact]
    public void is_imported_as_one_recording()
    {
        bali.Reply.Position.ShouldBe(1);
        bali.Reply.Json["created"]!["commitments"]!.GetValue<int>().ShouldBe(8);
        bali.Reply.Json["unchanged"]!["commitments"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task finds_no_concrete_action_by_the_end_of_January()
    {
        var board = (await GetAsync("board?validAt=2023-01-31")).Json;

        var statuses = board["commitments"]!.AsArray().ToDictionary(x => (string)x!["slug"]!, x => (string)x!["status"]!);
        statuses.Count.ShouldBe(8);
        board["commitments"]!.AsArray().ShouldAllBe(x => !x!["concreteSinceBaseline"]!.GetValue<bool>());
        statuses["joint-working-group"].ShouldBe("noneFound");
        statuses["maintain-communication"].ShouldBe("dialogueOnly");
        statuses["secretary-visit"].ShouldBe("dialogueOnly");
        statuses["manage-competition-responsibly"].ShouldBe("wordsOnly");
        statuses.Values.ShouldAllBe(x => x == "noneFound" || x == "wordsOnly" || x == "dialogueOnly");
        board["summary"]!["commitments"]!.GetValue<int>().ShouldBe(8);
        board["summary"]!["withConcreteAction"]!.GetValue<int>().ShouldBe(0);
        board["daysSince"]!.GetValue<int>().ShouldBe(78);
    }

    [Fact]
    public async Task rates_nothing_on_the_day_of_the_summit() =>
        (await GetAsync("board?validAt=2022-11-14")).Json["commitments"]!.AsArray().Select(x => (string)x!["status"]!).ShouldBe(Enumerable.Repeat("notYetRated", 8));

    [Theory]
    [InlineData("2023-02-28")]
    [InlineData("2023-03-01")]
    [InlineData("2023-11-15")]
    public async Task never_has_the_visit_overdue_since_nobody_looked_after_January(string validAt)
    {
        var board = (await GetAsync($"board?validAt={validAt}")).Json;

        Entry(board, "secretary-visit")["flags"]!["overdue"]!.GetValue<bool>().ShouldBeFalse();
        ((string)board["coveredThrough"]!).ShouldBe("2023-01-31");
    }

    [Fact]
    public async Task orders_commitments_by_their_slugs()
    {
        var slugs = (await GetAsync("board?validAt=2023-01-31")).Json["commitments"]!.AsArray().Select(x => (string)x!["slug"]!).ToArray();

        slugs.ShouldBe(slugs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task has_one_verdict_for_each_party_of_a_commitment() =>
        (await GetAsync("board?validAt=2023-01-31")).Json["commitments"]!.AsArray()
            .ShouldAllBe(x => x!["byParty"]!.AsObject().Count == 2 && x["byParty"]!["US"] != null && x["byParty"]!["PRC"] != null);

    [Fact]
    public async Task tells_a_commitment_with_the_status_of_the_board()
    {
        var board = Entry((await GetAsync("board?validAt=2023-01-31")).Json, "maintain-communication");

        var told = (await GetAsync("commitments/maintain-communication?validAt=2023-01-31")).Json;

        foreach (var member in (string[])["status", "concreteSinceBaseline", "recently", "flags", "because", "byParty", "latestActivityOn"])
            JsonNode.DeepEquals(told[member], board[member]).ShouldBeTrue(member);
        told["clauses"]!.AsArray().Count.ShouldBe(1);
        told["evidence"]!.AsArray().ShouldAllBe(x => x!["activity"]!["title"] != null && x["citations"] != null);
    }

    [Fact]
    public async Task is_harmless_to_import_again()
    {
        var again = (await bali.Tracker.Owner.PostAsync($"{Bali}/import", Imported.Bundle())).Should(200);

        again.Position.ShouldBe(1);
        again.Json["created"]!.AsObject().ShouldAllBe(x => x.Value!.GetValue<int>() == 0);
        JsonNode.DeepEquals(again.Json["unchanged"], bali.Reply.Json["created"]).ShouldBeTrue();
    }

    private async Task<Reply> GetAsync(string what) => (await bali.Tracker.Public.GetAsync(1, $"{Bali}/{what}")).Should(200);

    private static JsonNode Entry(JsonNode board, string slug) => board["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == slug)!;

    /// <summary>The seed, imported into a fresh tracker.</summary>
    public sealed class Imported(PostgresUnderTest postgres) : IAsyncLifetime
    {
        public TrackerUnderTest Tracker { get; private set; } = null!;

        public Reply Reply { get; private set; } = null!;

        public static byte[] Bundle() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seeds", "us-china-bali.json"));

        public async ValueTask InitializeAsync()
        {
            Tracker = await TrackerUnderTest.StartAsync(postgres);
            Reply = (await Tracker.Owner.PostAsync($"{Bali}/import", Bundle())).Should(200);
        }

        public ValueTask DisposeAsync() => Tracker.DisposeAsync();
    }
}
