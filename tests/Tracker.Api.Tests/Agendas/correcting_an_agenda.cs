using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Agendas;

public sealed class correcting_an_agenda(PostgresUnderTest postgres)
{
    [Fact]
    public async Task adds_parties_and_says_the_rest_anew()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var owner = await ledger.Tracker.AsAsync("olu", Role.Owner);

        var reply = await ledger.RecordsAsync(owner, "olu", "corrections", new
        {
            title = "What was said",
            summary = "Of three.",
            parties = new[] { new { code = "CC", name = "Charlie" } },
            codebook = new { bar = "contact" },
            reason = "A third joined.",
        }, 200, "agenda", "agenda_corrected");

        (reply["title"], reply["summary"]).ShouldBe(("What was said", "Of three."));
        reply.Json["parties"]!.AsArray().Select(x => (string)x!["code"]!).ShouldBe(["AA", "BB", "CC"]);
        reply.Json["codebook"]!.ToJsonString().ShouldBe("""{"version":"depth-ladder/2","bar":"contact","staleAfterDays":90,"coverageDays":30,"review":"second"}""");
        (await ledger.GetAsync(reply.Position, ""))["title"].ShouldBe("What was said");
        await ledger.RecordAsync("corrections", new { summary = (string?)null, reason = "It said nothing." });
        await ledger.RecordAsync("commitments", Given.Commitment().With("parties", """["AA","CC"]"""));
    }

    [Fact]
    public async Task moves_the_boards_by_another_bar_and_none_that_was_given()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-1");
        var before = (await ledger.GetAsync(last.Position, "board?validAt=2022-12-31")).Should(200);

        var reply = await ledger.RecordAsync("corrections", new { codebook = new { bar = "contact" }, reason = "Talking was the point." });

        ((string)(await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).Json["commitments"]![0]!["status"]!).ShouldBe("concreteAction");
        (await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={last.Position}")).Bytes.ShouldBe(before.Bytes);
    }

    [Theory]
    [InlineData("parties", """[{"code":"AA","name":""}]""", "empty-text", "parties[0].name")]
    [InlineData("parties", """[{"code":"AA","name":"Alfa","joinedOn":"2023-02-30"}]""", "bad-date", "parties[0].joinedOn")]
    [InlineData("parties", """[{"code":"AA","name":"Alfa","joinedOn":"2023-02-03","leftOn":"2023-02-03"}]""", "bad-date", "parties[0].leftOn")]
    [InlineData("parties", """[{"code":"aa","name":"Another"}]""", "repeated", "parties[0].code")]
    [InlineData("parties", """[{"code":"CC","name":"Charlie"},{"code":"DD","name":"charlie"}]""", "repeated", "parties[1].code")]
    [InlineData("title", "\"abc \\u202Edef\"", "bad-text", "title")]
    [InlineData("baseline", """{"date":"yesterday"}""", "bad-date", "baseline.date")]
    [InlineData("baseline", """{"name":""}""", "empty-text", "baseline.name")]
    [InlineData("visibility", "\"secret\"", "bad-visibility", "visibility")]
    [InlineData("parties", """[{"code":"C C","name":"Charlie"}]""", "bad-party-code", "parties[0].code")]
    [InlineData("parties", "[]", "no-parties", "parties")]
    [InlineData("codebook", """{"bar":"deep"}""", "bad-depth", "codebook.bar")]
    [InlineData("title", "\"\"", "empty-text", "title")]
    public async Task is_refused_with_what_is_wrong(string member, string json, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/corrections", new { reason = "So." }.With(member, json)))).ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task is_refused_to_whoever_is_no_owner()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/corrections", new { title = "Mine", reason = "So." })))
            .ShouldRefuse(403, "forbidden");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/corrections", new { reason = "So." }))).ShouldRefuse(422, "nothing-given");
    }

    [Fact]
    public async Task moves_what_is_counted_from_the_baseline_and_is_told()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("activities", Given.Activity("group", "2022-11-20"));
        var before = await ledger.AcceptedAsync("e-1", "group", "mechanism");
        var board = (await ledger.GetAsync(before.Position, "board?validAt=2022-12-31")).Should(200);
        Status(board).ShouldBe("concreteAction");

        var reply = await ledger.RecordAsync("corrections", new { baseline = new { name = "Langfang", date = "2022-12-01", place = (string?)null }, reason = "They count from there." });

        reply.Json["baseline"]!.ToJsonString().ShouldBe("""{"name":"Langfang","date":"2022-12-01","place":null}""");
        var moved = (await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).Should(200);
        (Status(moved), moved["since"]).ShouldBe(("notYetRated", "2022-12-01"));
        (await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={before.Position}")).Bytes.ShouldBe(board.Bytes);
        var changes = await ledger.ChangesAsync(reply.Position, $"{before.Position}");
        changes.Select(x => $"{x["kind"]}: {x["text"]}").First().ShouldBe("corrected: The agenda was corrected: They count from there. The record then reached 12 December 2022.");
        changes[0]["changed"]!.ToJsonString().ShouldBe("""
            [{"member":"baseline","was":{"name":"Bali","date":"2022-11-14","place":"Bali, Indonesia"},"now":{"name":"Langfang","date":"2022-12-01","place":null}}]
            """.Trim());
        changes.ShouldContain(x => (string?)x["kind"] == "statusChanged" && (string?)x["from"] == "concreteAction" && (string?)x["to"] == "notYetRated" && x["party"] == null);

        static string Status(Reply board) => (string)board.Json["commitments"]![0]!["status"]!;
    }

    [Fact]
    public async Task renames_a_party_and_tells_when_it_came_and_went()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var reply = await ledger.RecordAsync("corrections", new { parties = new object[] { new { code = "BB", name = "New Bravo", joinedOn = "2022-11-15", leftOn = "2023-06-30" } }, reason = "They renamed themselves." });

        reply.Json["parties"]!.ToJsonString().ShouldBe("""[{"code":"AA","name":"Alfa"},{"code":"BB","name":"New Bravo","joinedOn":"2022-11-15","leftOn":"2023-06-30"}]""");
        var page = (await ledger.Tracker.Public.GetAsync(reply.Position, $"/{ledger.Path}", ("Accept", "text/html"))).Should(200);
        page.Text.ShouldContain("New Bravo (joined 15 November 2022, left 30 June 2023)");
        reply = await ledger.RecordAsync("corrections", new { parties = new object[] { new { code = "BB", name = "Bravo", joinedOn = (string?)null } }, reason = "They were there from the start." });
        reply.Json["parties"]![1]!.ToJsonString().ShouldBe("""{"code":"BB","name":"Bravo","leftOn":"2023-06-30"}""");
    }
}

public sealed class correcting_a_milestone(PostgresUnderTest postgres)
{
    private static readonly object Woodside = new { slug = "woodside", name = "Woodside", date = "2023-11-15" };

    [Fact]
    public async Task moves_what_is_counted_from_it_and_is_told()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var added = await ledger.RecordAsync("milestones", Woodside);

        var reply = await ledger.RecordsAsync(ledger.Owner, "owner", "milestones/woodside/corrections", new { name = "Filoli", date = "2023-11-16", reason = "A slip." }, 200, "agenda", "milestone_corrected");

        (reply["name"], reply["date"]).ShouldBe(("Filoli", "2023-11-16"));
        (await ledger.GetAsync(reply.Position, "milestones/woodside"))["name"].ShouldBe("Filoli");
        (await ledger.GetAsync("board?since=woodside"))["since"].ShouldBe("2023-11-16");
        (await ledger.GetAsync($"board?since=woodside&knownAt={added.Position}"))["since"].ShouldBe("2023-11-15");
        var change = (await ledger.ChangesAsync(reply.Position, $"{added.Position}")).ShouldHaveSingleItem();
        $"{change["kind"]}: {change["text"]}".ShouldBe("corrected: The milestone “Filoli” was corrected: A slip. The record then reached 14 November 2022.");
        change["changed"]!.ToJsonString().ShouldBe("""[{"member":"name","was":"Woodside","now":"Filoli"},{"member":"date","was":"2023-11-15","now":"2023-11-16"}]""");
        (await ledger.GetAsync("history")).Json["items"]!.AsArray()[^1]!["changed"]!.ToJsonString().ShouldBe(change["changed"]!.ToJsonString());
    }

    [Fact]
    public async Task is_withdrawn_and_nothing_is_counted_from_it_until_it_is_reinstated()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var added = await ledger.RecordAsync("milestones", Woodside);

        var withdrawn = await ledger.RecordsAsync(ledger.Owner, "owner", "milestones/woodside/withdrawal", new { reason = "There was none." }, 200, "agenda", "milestone_withdrawn");
        ((string)withdrawn.Json["withdrawal"]!["reason"]!).ShouldBe("There was none.");
        foreach (var what in (string[])["board", "timeline", "divergence", "commitments", "sources", "badge.svg"])
            (await ledger.GetAsync(withdrawn.Position, $"{what}?since=woodside")).ShouldRefuse(422, "withdrawn-milestone", "since");
        (await ledger.GetAsync($"board?since=woodside&knownAt={added.Position}")).Should(200);
        (await ledger.GetAsync("timeline")).Json["milestones"]!.AsArray().ShouldBeEmpty();
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/milestones", Woodside))).ShouldRefuse(409, "slug-taken");

        var back = await ledger.RecordsAsync(ledger.Owner, "owner", "milestones/woodside/reinstatement", new { reason = "There was." }, 200, "agenda", "milestone_reinstated");
        back.Json["withdrawal"].ShouldBeNull();
        (await ledger.GetAsync(back.Position, "board?since=woodside"))["since"].ShouldBe("2023-11-15");
        (await ledger.GetAsync($"board?since=woodside&knownAt={withdrawn.Position}")).ShouldRefuse(422, "withdrawn-milestone", "since");
        (await ledger.ChangesAsync(back.Position, $"{added.Position}")).Select(x => $"{x["kind"]}: {x["text"]}").ShouldBe([
            "withdrawn: The milestone “Woodside” was withdrawn: There was none. The record then reached 14 November 2022.", "reinstated: The milestone “Woodside” was reinstated: There was. The record then reached 14 November 2022."]);
    }

    [Fact]
    public async Task is_refused_to_whoever_is_no_owner()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.RecordAsync("milestones", Woodside);
        foreach (var to in (string[])["corrections", "withdrawal", "reinstatement"])
            (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/milestones/woodside/{to}", new { reason = "So." }))).ShouldRefuse(403, "forbidden");
    }
}
