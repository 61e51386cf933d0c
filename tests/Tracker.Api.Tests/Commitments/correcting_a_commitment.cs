using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Commitments;

public sealed class correcting_a_commitment(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_anew_what_was_promised_and_keeps_the_rest()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "commitments/visit/corrections", new
        {
            title = "A visit to Peking",
            type = "continuing",
            madeOn = "2022-11-15",
            criteria = "They come.",
            bar = "contact",
            dueOn = "2023-02",
            tags = (object?)null,
            reason = "Read again.",
        }, 200, "commitments/visit", "commitment_corrected");

        (reply["title"], reply["type"], reply["madeOn"], reply["criteria"], reply["bar"], reply["dueOn"])
            .ShouldBe(("A visit to Peking", "continuing", "2022-11-15", "They come.", "contact", "2023-02"));
        reply.Json["parties"]!.AsArray().Count.ShouldBe(2);
        reply.Json["tags"]!.AsArray().ShouldBeEmpty();
        (await ledger.RecordAsync("commitments/visit/corrections", new { bar = (string?)null, dueOn = (string?)null, reason = "No." })).Json["bar"].ShouldBeNull();
    }

    [Theory]
    [InlineData("type", "\"wish\"", "bad-type", "type")]
    [InlineData("madeOn", "\"2022\"", "bad-date", "madeOn")]
    [InlineData("bar", "\"deep\"", "bad-depth", "bar")]
    [InlineData("dueOn", "\"soon\"", "bad-date", "dueOn")]
    [InlineData("parties", "[]", "no-parties", "parties")]
    [InlineData("parties", """["CC"]""", "unknown-party", "parties[0]")]
    public async Task is_refused_with_what_is_wrong(string member, string json, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.CommitmentAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { reason = "So." }.With(member, json)))).ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task is_refused_where_a_party_would_be_gone_that_clauses_or_accepted_evidence_name()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause("BB"));
        await ledger.AcceptedAsync("e-1");
        var command = new { parties = new[] { "AA" }, reason = "Bravo said nothing." };

        async Task<Reply> TryAsync() => (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", command))).ShouldRefuse(409, "in-use");
        (await TryAsync())["detail"].ShouldEndWith(": 1.");
        await ledger.RecordAsync("commitments/visit/clauses/1/corrections", new { party = "AA", reason = "It was Alfa's." });
        (await TryAsync())["detail"].ShouldEndWith(": e-1.");
        await ledger.RecordAsync("evidence/e-1/recoding", new { parties = new[] { "AA" }, reason = "It was Alfa's." });
        await ledger.RecordAsync("commitments/visit/corrections", command);
    }

    [Theory]
    [InlineData("""{"quote":"we will visit","reason":"A slip."}""", "quote", "we will visit")]
    [InlineData("""{"translation":"wir kommen","reason":"A slip."}""", "translation", "wir kommen")]
    [InlineData("""{"language":null,"reason":"A slip."}""", "language", null)]
    public async Task corrects_a_clause(string body, string member, string? value)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        await ledger.CommitmentAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "commitments/visit/clauses/1/corrections", System.Text.Json.Nodes.JsonNode.Parse(body)!, 200, "commitments/visit", "clause_corrected");

        ((string?)reply.Json[member], reply["id"], reply["party"]).ShouldBe((value, "1", "AA"));
        Owed.VersionOf(reply).ShouldBe(3);
        ((string?)(await ledger.GetAsync(reply.Position, "commitments/visit/clauses/1")).Json[member]).ShouldBe(value);
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/clauses/2/corrections", body))).ShouldRefuse(404, "not-found");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/clauses/1/corrections", body))).Should(200);
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/clauses/1/corrections", new { source = "none", reason = "So." }))).ShouldRefuse(422, "unknown-source", "source");
    }
}

public sealed class withdrawing_a_commitment(PostgresUnderTest postgres)
{
    private static readonly object Withdrawal = new { reason = "Nobody said so." };

    [Fact]
    public async Task takes_it_off_the_board_and_out_of_the_list_from_then_on()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        var last = await ledger.CommitmentAsync("other");
        var before = (await ledger.GetAsync(last.Position, "board?validAt=2022-12-31")).Should(200);

        var reply = await ledger.RecordAsync("commitments/visit/withdrawal", Withdrawal);

        (await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).Json["commitments"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(["other"]);
        (await ledger.GetAsync("commitments")).Json["items"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(["other"]);
        (await ledger.GetAsync("commitments?withdrawn=true")).Json["items"]!.AsArray().Select(x => ((string)x!["slug"]!, (string?)x["status"])).ShouldBe([("other", "notYetRated"), ("visit", null)]);
        var one = (await ledger.GetAsync("commitments/visit")).Should(200);
        (one.Json["status"], one.Json["withdrawal"]!["reason"]!.ToString()).ShouldBe((null, "Nobody said so."));
        one.Json["evidence"]!.AsArray().Count.ShouldBe(1);
        (await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={last.Position}")).Bytes.ShouldBe(before.Bytes);
    }

    [Fact]
    public async Task leaves_nothing_to_be_done_about_it()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await ledger.RecordAsync("commitments/visit/withdrawal", Withdrawal);

        foreach (var (to, command) in new (string, object)[]
        {
            ("withdrawal", Withdrawal), ("corrections", new { title = "T", reason = "So." }), ("clauses", Given.Clause()), ("searches", Given.Search()),
            ("evidence", Given.Evidence("e-2")), ("clauses/1/corrections", new { quote = "Q", reason = "So." }), ($"searches/{search["id"]}/withdrawal", Withdrawal),
        })
            (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/{to}", command))).ShouldRefuse(409, "withdrawn");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence:batch", new[] { Given.Evidence("e-3").With("commitment", "\"visit\"") })))
            .ShouldRefuse(422, "withdrawn-commitment", "items[0].commitment");
        (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review()))).ShouldRefuse(409, "withdrawn");
    }

    [Fact]
    public async Task of_a_search_leaves_it_in_the_list_and_out_of_the_status()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.CommitmentAsync();
        var searched = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        string Status(Reply board) => (string)board.Json["commitments"]![0]!["status"]!;
        Status(await ledger.GetAsync(searched.Position, "board?validAt=2022-12-31")).ShouldBe("noneFound");

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", $"commitments/visit/searches/{searched["id"]}/withdrawal", Withdrawal, 200, "commitments/visit", "search_withdrawn");

        (reply["id"], reply.Json["withdrawal"]!["reason"]!.ToString()).ShouldBe((searched["id"], "Nobody said so."));
        Status(await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).ShouldBe("notYetRated");
        Status(await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={searched.Position}")).ShouldBe("noneFound");
        (await ledger.GetAsync("commitments/visit")).Json["searches"]![0]!["withdrawal"]!["reason"]!.ToString().ShouldBe("Nobody said so.");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches/{searched["id"]}/withdrawal", Withdrawal))).ShouldRefuse(409, "withdrawn");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches/none/withdrawal", Withdrawal))).ShouldRefuse(404, "not-found");
    }
}
