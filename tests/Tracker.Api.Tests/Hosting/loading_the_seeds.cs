using System.Text.Json.Nodes;
using Tracker.Api.Tests.Boards;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting;

namespace Tracker.Api.Tests.Hosting;

/// <summary>What a start does with the seeds, by what it finds in the database.</summary>
public sealed class loading_the_seeds(PostgresUnderTest postgres)
{
    private const string Bali = "agendas/us-china-bali";
    private static readonly string[] Wanted = [$"--{Seeds.Setting}=true"];

    [Fact]
    public async Task makes_one_recording_of_each_in_order_and_only_once()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Wanted);

        (await PositionAsync(tracker)).ShouldBe(2);
        var summary = (await tracker.Public.GetAsync(2, $"{Bali}/board?validAt=2023-01-31&knownAt=1")).Should(200).Json["summary"]!;
        (summary["commitments"]!.GetValue<int>(), summary["withConcreteAction"]!.GetValue<int>()).ShouldBe((8, 0), "the first recording is of the first bundle");
        (await tracker.Owner.PostAsync($"{Bali}/import", following_the_Bali_summit.Imported.Bundle())).Should(200).Position.ShouldBe(2);
        await using (await tracker.AnotherNodeAsync(Wanted)) (await PositionAsync(tracker)).ShouldBe(2);
    }

    [Fact]
    public async Task completes_what_an_interrupted_start_left_undone()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        (await tracker.Owner.PostAsync($"{Bali}/import", following_the_Bali_summit.Imported.Bundle())).Should(200).Position.ShouldBe(1);

        await using var node = await tracker.AnotherNodeAsync(Wanted);

        (await PositionAsync(tracker)).ShouldBe(2);
        (await tracker.Public.GetAsync(2, Bali)).Should(200).Json["milestones"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(["woodside"]);
    }

    [Fact]
    public async Task leaves_a_database_alone_that_has_a_record_of_its_own()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var slug = TrackerUnderTest.NewName();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug))).Should(200);

        await using var node = await tracker.AnotherNodeAsync(Wanted);

        (await tracker.AskAsync<long>("select count(*) from tracker.agenda_line")).ShouldBe(1);
    }

    [Fact]
    public async Task starts_beside_an_earlier_edition_of_a_seed_and_leaves_it_as_it_is()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var earlier = JsonNode.Parse(following_the_Bali_summit.Imported.Bundle())!.With("agenda.summary", "\"As an earlier edition had it.\"");
        (await tracker.Owner.PostAsync($"{Bali}/import", earlier)).Should(200);

        await using var node = await tracker.AnotherNodeAsync(Wanted);

        (await PositionAsync(tracker)).ShouldBe(1);
        node.Log.ShouldContain(x => x.Contains("us-china-bali.json is not loaded", StringComparison.Ordinal));
        node.Errors.ShouldBeEmpty();
    }

    private static Task<long> PositionAsync(TrackerUnderTest tracker) => new Ledger(tracker, "us-china-bali").PositionAsync();
}
