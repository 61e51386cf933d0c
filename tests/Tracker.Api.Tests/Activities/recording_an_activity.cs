using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Activities;

public sealed class recording_an_activity(PostgresUnderTest postgres)
{
    private static readonly object Full = new
    {
        slug = "talks",
        kind = "meeting",
        title = "廊坊会谈",
        occurred = "2022-12-11/2022-12-12",
        summary = "两国官员会谈。",
        place = "Langfang",
        participants = new object[] { new { party = "AA", name = "Alfa's envoy", role = "guest" }, new { name = "A translator" } },
        sources = new[] { "readout" },
        accounts = new object[] { new { source = "readout", quote = "candid", occurred = "2022-12-11", place = "near Beijing", note = "dated otherwise" } },
        tags = new[] { "talks" },
    };

    [Fact]
    public async Task answers_with_the_activity_and_its_address()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "activities", Full, "activities/talks", "activities/talks", "activity_recorded");

        foreach (var member in (string[])["slug", "kind", "title", "occurred", "summary", "place", "sources", "tags", "accounts"])
            JsonNode.DeepEquals(reply.Json[member], Full.Json()[member]).ShouldBeTrue(member);
        reply.Json["participants"]![1]!["party"].ShouldBeNull();
        reply.Json["participants"]![0]!["party"]!.ToString().ShouldBe("AA");
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("2022-12")]
    [InlineData("2022-12-11")]
    [InlineData("2022-11/2022-12-12")]
    public async Task keeps_the_date_as_it_is_known(string occurred)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.ActivityAsync(occurred: occurred))["occurred"].ShouldBe(occurred);
    }

    [Fact]
    public async Task is_refused_where_the_name_is_taken()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity())))
            .ShouldRefuse(409, "slug-taken").Location.ShouldBe($"/api/v1/{ledger.Path}/activities/talks");
    }

    [Theory]
    [InlineData("slug", "\"Talks\"", "bad-slug", "slug")]
    [InlineData("kind", "\"party\"", "bad-kind", "kind")]
    [InlineData("title", "\"\"", "empty-text", "title")]
    [InlineData("occurred", "\"2022-12-12/2022-12-11\"", "bad-date", "occurred")]
    [InlineData("occurred", "\"2022-12~\"", "bad-date", "occurred")]
    [InlineData("occurred", "\"2022-12-11/..\"", "bad-date", "occurred")]
    [InlineData("occurred", "\"\"", "bad-date", "occurred")]
    [InlineData("occurred", "\"9000-01-01\"", "bad-date", "occurred")]
    [InlineData("summary", "\"\"", "empty-text", "summary")]
    [InlineData("place", "\"\"", "empty-text", "place")]
    [InlineData("participants[0].party", "\"CC\"", "unknown-party", "participants[0].party")]
    [InlineData("participants[1].name", "\"\"", "empty-text", "participants[1].name")]
    [InlineData("participants[0].role", "\"\"", "empty-text", "participants[0].role")]
    [InlineData("sources[0]", "\"none\"", "unknown-source", "sources[0]")]
    [InlineData("sources[1]", "\"readout\"", "repeated", "sources[1]")]
    [InlineData("accounts[0].source", "\"../agenda\"", "unknown-source", "accounts[0].source")]
    [InlineData("accounts[0].occurred", "\"soon\"", "bad-date", "accounts[0].occurred")]
    [InlineData("accounts[0].quote", "\"\"", "empty-text", "accounts[0].quote")]
    [InlineData("tags[0]", "\"\"", "empty-text", "tags[0]")]
    [InlineData("tags[1]", "\"talks\"", "repeated", "tags[1]")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities", Full.With(path, json)))).ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task takes_no_source_of_another_agenda()
    {
        var (here, there) = (await postgres.OpenAgendaAsync(), await postgres.OpenAgendaAsync());
        await there.SourceAsync();

        (await here.LeavesNothingAsync(() => here.Owner.PostAsync($"{here.Path}/activities", Given.Activity()))).ShouldRefuse(422, "unknown-source", "sources[0]");
    }
}

public sealed class recording_many_activities(PostgresUnderTest postgres)
{
    [Fact]
    public async Task is_one_recording()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        var items = Enumerable.Range(0, 5).Select(x => Given.Activity($"act-{x}")).ToArray();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "activities:batch", items, 200, "activities/*", [.. Enumerable.Repeat("activity_recorded", 5)]);

        reply.Json["results"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(["act-0", "act-1", "act-2", "act-3", "act-4"]);
        reply.Json["results"]!.AsArray().Select(x => (int)x!["index"]!).ShouldBe([0, 1, 2, 3, 4]);
        (await ledger.GetAsync(reply.Position, "activities/act-4")).Should(200);
    }

    [Fact]
    public async Task is_all_or_nothing()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        object[] items = [Given.Activity("one"), Given.Activity("two").With("kind", "\"party\""), Given.Activity("one"), Given.Activity("three", source: "none")];

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", items)))
            .ShouldRefuse(422, "bad-kind", "items[1].kind", "items[2]", "items[3].sources[0]");
    }

    [Fact]
    public async Task names_those_there_are_already()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", new[] { Given.Activity("new"), Given.Activity() })))
            .ShouldRefuse(409, "slug-taken", "items[1]");
    }

    [Fact]
    public async Task takes_a_thousand_and_no_more()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        object[] Items(int count) => [.. Enumerable.Range(0, count).Select(x => Given.Activity($"act-{x}"))];

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", Items(1_001)))).ShouldRefuse(422, "too-many", "items");
        var reply = (await ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", Items(1_000))).Should(200);

        (await ledger.GetAsync(reply.Position, "activities?limit=1000")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1_000);
    }

    [Fact]
    public async Task may_be_none_at_all()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var reply = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", Array.Empty<object>()));

        reply.Should(200).Json["results"]!.AsArray().ShouldBeEmpty();
        reply.Position.ShouldBe(1);
    }
}
