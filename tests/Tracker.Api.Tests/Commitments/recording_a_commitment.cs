using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Commitments;

public sealed class recording_a_commitment(PostgresUnderTest postgres)
{
    private static readonly object Full = new
    {
        slug = "visit",
        title = "国务卿访华",
        type = "deliverable",
        madeOn = "2022-11-14",
        parties = new[] { "AA", "BB" },
        criteria = "The visit takes place.",
        bar = "measure",
        dueOn = "2023-02",
        tags = new[] { "visits" },
        clauses = new object[]
        {
            new { party = "AA", source = "readout", quote = "will visit", language = "en" },
            new { party = "BB", source = "readout", quote = "将访华", language = "zh", translation = "is to visit", note = "by the other readout" },
        },
    };

    [Fact]
    public async Task answers_with_the_commitment_and_its_address()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments", Full, "commitments/visit", "commitments/visit", "commitment_made");

        foreach (var member in (string[])["slug", "title", "type", "madeOn", "parties", "criteria", "bar", "dueOn", "tags"])
            JsonNode.DeepEquals(reply.Json[member], Full.Json()[member]).ShouldBeTrue(member);
        reply.Json["clauses"]!.AsArray().Select(x => (string)x!["id"]!).ShouldBe(["1", "2"]);
        reply.Json["clauses"]![1]!["quote"]!.ToString().ShouldBe("将访华");
    }

    [Fact]
    public async Task puts_it_on_the_board()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.CommitmentAsync("visit", dueOn: "2023-02");

        var entry = (await ledger.GetAsync(reply.Position, "board?validAt=2023-03-01")).Should(200).Json["commitments"]!.AsArray().ShouldHaveSingleItem()!;

        entry["status"]!.ToString().ShouldBe("notYetRated");
        entry["flags"]!["overdue"]!.GetValue<bool>().ShouldBeFalse("nobody looked so far");
        entry["byParty"]!.AsObject().Select(x => x.Key).ShouldBe(["AA", "BB"]);
    }

    [Fact]
    public async Task keeps_it_off_the_board_before_it_was_made()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.RecordAsync("commitments", Given.Commitment(madeOn: "2023-05-01"));

        (await ledger.GetAsync(reply.Position, "board?validAt=2023-04-30")).Json["commitments"]!.AsArray().ShouldBeEmpty();
        (await ledger.GetAsync(reply.Position, "board?validAt=2023-05-01")).Json["commitments"]!.AsArray().ShouldHaveSingleItem();
        (await ledger.GetAsync(reply.Position, "commitments/visit?validAt=2023-04-30")).Should(200).Json["status"].ShouldBeNull();
    }

    [Fact]
    public async Task is_refused_where_the_name_is_taken()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.CommitmentAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments", Given.Commitment())))
            .ShouldRefuse(409, "slug-taken").Location.ShouldBe($"/api/v1/{ledger.Path}/commitments/visit");
    }

    [Theory]
    [InlineData("slug", "\"visit!\"", "bad-slug", "slug")]
    [InlineData("title", "\"\"", "empty-text", "title")]
    [InlineData("type", "\"promise\"", "bad-type", "type")]
    [InlineData("madeOn", "\"2022-11\"", "bad-date", "madeOn")]
    [InlineData("parties", "[]", "no-parties", "parties")]
    [InlineData("parties[0]", "\"CC\"", "unknown-party", "parties[0]")]
    [InlineData("parties[1]", "\"AA\"", "repeated", "parties[1]")]
    [InlineData("criteria", "\"\"", "empty-text", "criteria")]
    [InlineData("bar", "\"deep\"", "bad-depth", "bar")]
    [InlineData("dueOn", "\"February\"", "bad-date", "dueOn")]
    [InlineData("tags[1]", "\"visits\"", "repeated", "tags[1]")]
    [InlineData("clauses[0].party", "\"CC\"", "unknown-party", "clauses[0].party")]
    [InlineData("clauses[1].source", "\"none\"", "unknown-source", "clauses[1].source")]
    [InlineData("clauses[1].quote", "\"\"", "empty-text", "clauses[1].quote")]
    [InlineData("clauses[0].language", "\"-\"", "bad-language", "clauses[0].language")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments", Full.With(path, json)))).ShouldRefuse(422, code, field);
    }
}

public sealed class adding_a_clause(PostgresUnderTest postgres)
{
    [Fact]
    public async Task numbers_it_within_the_commitment()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var first = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/clauses", Given.Clause(),
            "commitments/visit/clauses/1", "commitments/visit", "clause_added");
        var second = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/clauses", Given.Clause("BB"),
            "commitments/visit/clauses/2", "commitments/visit", "clause_added");

        (first["id"], second["id"]).ShouldBe(("1", "2"));
        Owed.VersionOf(second).ShouldBe(3);
        second["quote"].ShouldBe("we shall visit");
    }

    [Theory]
    [InlineData("party", "\"CC\"", "unknown-party")]
    [InlineData("source", "\"none\"", "unknown-source")]
    [InlineData("quote", "\"\"", "empty-text")]
    [InlineData("note", "\"\"", "empty-text")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/clauses", Given.Clause().With(path, json))))
            .ShouldRefuse(422, code, path);
    }

    [Fact]
    public async Task is_refused_on_a_commitment_there_is_not()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        foreach (var none in (string[])["none", "..%2Fvisit", "visit%2F", "VISIT"])
            (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/{none}/clauses", Given.Clause()))).ShouldRefuse(404, "not-found");
    }
}

public sealed class recording_a_search(PostgresUnderTest postgres)
{
    [Fact]
    public async Task makes_absence_a_finding()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/searches", Given.Search(),
            "commitments/visit/searches/*", "commitments/visit", "search_recorded");

        reply["searchedThrough"].ShouldBe("2022-12-01");
        Guid.TryParse(reply["id"], out _).ShouldBeTrue();
        var entry = (await ledger.GetAsync(reply.Position, "board?validAt=2022-12-05")).Json["commitments"]![0]!;
        entry["status"]!.ToString().ShouldBe("noneFound");
        entry["because"]!["lastSearchedThrough"]!.ToString().ShouldBe("2022-12-01");
        (await ledger.GetAsync(reply.Position, "board?validAt=2022-11-30")).Json["commitments"]![0]!["status"]!.ToString().ShouldBe("notYetRated");
    }

    [Theory]
    [InlineData("searchedThrough", "\"2022-12\"", "bad-date", "searchedThrough")]
    [InlineData("searchedThrough", "\"9999-12-31\"", "bad-date", "searchedThrough")]
    [InlineData("places[0]", "\"\"", "empty-text", "places[0]")]
    [InlineData("places[1]", "\"Xinhua\"", "repeated", "places[1]")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code, string field)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search().With(path, json))))
            .ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task is_refused_without_a_place()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search().With("places", "[]"))).ShouldRefuse(422, "no-places", "places");
    }
}
