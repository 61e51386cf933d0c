using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Activities;

public sealed class correcting_an_activity(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_anew_what_it_was_and_keeps_the_rest()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "activities/talks/corrections",
            new { occurred = "2022-12-12/2022-12-13", place = "Langfang", reason = "The other account has other days." }, 200, "activities/talks", "activity_corrected");

        (reply["slug"], reply["occurred"], reply["place"], reply["title"], reply["kind"])
            .ShouldBe(("talks", "2022-12-12/2022-12-13", "Langfang", "Talks in Langfang", "meeting"));
        reply.Json["participants"]!.AsArray().Count.ShouldBe(2);
        Owed.VersionOf(reply).ShouldBe(2);
        (await ledger.EventsAsync())[^1].Body.ShouldContain("The other account has other days.");
        (await ledger.GetAsync(reply.Position, "activities/talks"))["occurred"].ShouldBe("2022-12-12/2022-12-13");
        (await ledger.GetAsync("activities/talks?knownAt=4"))["occurred"].ShouldBe("2022-12-11/2022-12-12");
    }

    [Theory]
    [InlineData("kind", "\"visit\"")]
    [InlineData("title", "\"Talks near Peking\"")]
    [InlineData("occurred", "\"2022-12\"")]
    [InlineData("summary", "\"They spoke.\"")]
    [InlineData("place", "\"Langfang\"")]
    [InlineData("participants", """[{"party":"BB","name":"Bravo's envoy","role":null}]""")]
    [InlineData("sources", "[]")]
    [InlineData("accounts", """[{"source":"readout","quote":"they met","occurred":null,"place":null,"note":null}]""")]
    [InlineData("tags", """["talks"]""")]
    public async Task takes_any_of_its_members(string member, string json)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.RecordAsync("activities/talks/corrections", new { reason = "It was so." }.With(member, json));

        reply.Json[member]!.ToJsonString().ShouldBe(System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString());
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("place")]
    [InlineData("accounts")]
    [InlineData("tags")]
    public async Task takes_away_what_may_be_absent(string member)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("activities/talks/corrections", new
        {
            summary = "They spoke.",
            place = "Langfang",
            tags = new[] { "talks" },
            accounts = new[] { new { source = "readout" } },
            reason = "More is known.",
        });

        var reply = await ledger.RecordAsync("activities/talks/corrections", new { reason = "It was not so." }.With(member, "null"));

        (reply.Json[member]?.ToJsonString() ?? "null").ShouldBeOneOf("null", "[]");
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("title")]
    [InlineData("occurred")]
    [InlineData("participants")]
    [InlineData("sources")]
    [InlineData("reason")]
    public async Task cannot_take_away_what_is_required(string member)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { place = "Rome", reason = "So." }.With(member, "null"))))
            .ShouldRefuse(400, "unreadable", member);
    }

    [Theory]
    [InlineData("""{"title":"Talks"}""", "reason")]
    [InlineData("""{"slug":"other","reason":"So."}""", "slug")]
    [InlineData("""{"title":"Talks","title":"Talk","reason":"So."}""", "title")]
    [InlineData("""{"title":7,"reason":"So."}""", "title")]
    [InlineData("""{"participants":[{"party":"AA"}],"reason":"So."}""", "participants[0].name")]
    [InlineData("""{"participants":[{"name":"A","rank":"B"}],"reason":"So."}""", "participants[0].rank")]
    [InlineData("""{"accounts":[{"source":"readout"},{"source":1}],"reason":"So."}""", "accounts[1].source")]
    public async Task is_read_strictly(string body, string field)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", body))).ShouldRefuse(400, "unreadable", field);
    }

    [Theory]
    [InlineData("kind", "\"party\"", "bad-kind", "kind")]
    [InlineData("occurred", "\"2022-13\"", "bad-date", "occurred")]
    [InlineData("occurred", "\"2999-01-01\"", "bad-date", "occurred")]
    [InlineData("title", "\" \"", "empty-text", "title")]
    [InlineData("reason", "\"\"", "empty-text", "reason")]
    [InlineData("sources", """["none"]""", "unknown-source", "sources[0]")]
    [InlineData("participants", """[{"name":"C","party":"CC"}]""", "unknown-party", "participants[0].party")]
    [InlineData("accounts", """[{"source":"none"}]""", "unknown-source", "accounts[0].source")]
    [InlineData("tags", """["x","x"]""", "repeated", "tags[1]")]
    public async Task is_refused_with_what_is_wrong(string member, string json, string code, string field)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { place = "Rome", reason = "So." }.With(member, json))))
            .ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task is_refused_where_it_says_nothing()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So." }))).ShouldRefuse(422, "nothing-given");
    }

    [Fact]
    public async Task records_nothing_where_nothing_changes()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var command = new { place = "Langfang", reason = "It was there." };
        await ledger.RecordAsync("activities/talks/corrections", command);

        var again = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", command))).Should(200);

        (again["place"], again.Position, Owed.VersionOf(again)).ShouldBe(("Langfang", 5L, 2L));
    }

    [Fact]
    public async Task is_refused_where_it_was_withdrawn()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "It did not take place." });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { place = "Rome", reason = "So." }))).ShouldRefuse(409, "withdrawn");
    }

    [Fact]
    public async Task is_refused_of_an_activity_there_is_not()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/none/corrections", new { place = "Rome", reason = "So." }))).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task is_refused_for_a_stale_version()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var seen = (await ledger.GetAsync(4, "activities/talks")).ETag!;
        await ledger.RecordAsync("activities/talks/corrections", new { place = "Langfang", reason = "It was there." });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { place = "Rome", reason = "So." }, ("If-Match", seen))))
            .ShouldRefuse(412, "stale-version");
    }

    [Fact]
    public async Task is_refused_where_a_party_would_be_gone_whose_action_accepted_evidence_says_it_was()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.ActivityAsync("other");
        await ledger.AcceptedAsync("of-both");
        await ledger.AcceptedAsync("of-another", "other");
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("only-proposed"));
        var command = new { participants = new[] { new { party = "AA", name = "Alfa's envoy" } }, reason = "Bravo sent nobody." };

        var refused = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", command))).ShouldRefuse(409, "in-use");
        refused["detail"].ShouldEndWith(": of-both.");
        refused.Location.ShouldBe($"/api/v1/{ledger.Path}/evidence/of-both");
        refused["resource"].ShouldBe(refused.Location);

        await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/of-both/recoding", new { parties = new[] { "AA" }, reason = "Bravo sent nobody." });
        await ledger.RecordAsync("activities/talks/corrections", command);
        (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/only-proposed/review", Given.Review())))
            .ShouldRefuse(422, "not-a-participant");
        (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/only-proposed/review", Given.Review("reject"))).Should(200);
    }

    [Fact]
    public async Task may_go_on_naming_a_source_that_was_withdrawn_and_not_begin_to()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.SourceAsync("forged");
        foreach (var source in (string[])["readout", "forged"]) await ledger.RecordAsync($"sources/{source}/withdrawal", new { reason = "It is forged." });

        await ledger.RecordAsync("activities/talks/corrections", new { accounts = new[] { new { source = "readout", quote = "they met" } }, reason = "So it said." });
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { sources = new[] { "readout", "forged" }, reason = "So." })))
            .ShouldRefuse(422, "withdrawn-source", "sources[1]");
    }

    [Fact]
    public async Task moves_every_board_that_rests_on_it_and_none_that_was_given()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("other", "continuing");
        await ledger.AcceptedAsync("e-1");
        var last = await ledger.AcceptedAsync("e-2", commitment: "other");
        var asked = "board?validAt=2022-12-31&knownAt=";
        var before = (await ledger.GetAsync(last.Position, asked + last.Position)).Should(200);

        var reply = await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2023-01", reason = "It was a month later." });

        var after = await ledger.GetAsync(asked + reply.Position);
        before.Json["commitments"]!.AsArray().Select(x => (string)x!["status"]!).ShouldBe(["dialogueOnly", "dialogueOnly"]);
        after.Json["commitments"]!.AsArray().Select(x => (string)x!["status"]!).ShouldBe(["notYetRated", "notYetRated"]);
        (await ledger.GetAsync(asked + last.Position)).Bytes.ShouldBe(before.Bytes);
        (await ledger.GetAsync(asked + Client.Escape(before["knownAt"]))).Bytes.ShouldBe(before.Bytes);
    }
}

public sealed class withdrawing_an_activity(PostgresUnderTest postgres)
{
    private static readonly object Withdrawal = new { reason = "It did not take place." };

    [Fact]
    public async Task is_marked_with_who_and_why()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "activities/talks/withdrawal", Withdrawal, 200, "activities/talks", "activity_withdrawn");

        reply.Json["withdrawal"]!["reason"]!.ToString().ShouldBe("It did not take place.");
        reply.Json["withdrawal"]!["by"]!.ToString().ShouldBe(await ledger.Tracker.PrincipalOfAsync("ana"));
        var read = await ledger.GetAsync(reply.Position, "activities/talks");
        read.Json["withdrawal"]!.ToJsonString().ShouldBe(reply.Json["withdrawal"]!.ToJsonString());
        read.Json["withdrawal"]!["at"]!.ToString().ShouldBe(read["knownAt"]);
    }

    [Fact]
    public async Task takes_its_evidence_off_every_board_from_then_on()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("other");
        await ledger.AcceptedAsync("e-1");
        await ledger.RecordAsync("commitments/other/evidence", Given.Evidence("e-2"));
        var last = await ledger.PositionAsync();

        var reply = await ledger.RecordAsync("activities/talks/withdrawal", Withdrawal);

        var boards = new[] { last, reply.Position }.Select(async x => (await ledger.GetAsync(x, $"board?validAt=2022-12-31&knownAt={x}")).Json["commitments"]!.AsArray()
            .Select(y => ((string)y!["status"]!, (int)y["flags"]!["pendingReview"]!)).ToArray());
        (await Task.WhenAll(boards)).ShouldBe([[("notYetRated", 1), ("dialogueOnly", 0)], [("notYetRated", 0), ("notYetRated", 0)]]);
    }

    [Fact]
    public async Task keeps_anything_new_from_resting_on_it()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"));
        await ledger.RecordAsync("activities/talks/withdrawal", Withdrawal);

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-2"))))
            .ShouldRefuse(422, "withdrawn-activity", "activity");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review()))).ShouldRefuse(409, "withdrawn");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", Withdrawal))).ShouldRefuse(409, "withdrawn");
        await ledger.RecordAsync("evidence/e-1/review", Given.Review("reject"));
    }

    [Fact]
    public async Task needs_a_reason()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = " " }))).ShouldRefuse(422, "empty-text", "reason");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { }))).ShouldRefuse(400, "unreadable", "reason");
    }
}
