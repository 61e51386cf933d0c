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
        reply.Json["codebook"]!.ToJsonString().ShouldBe("""{"version":"depth-ladder/1","bar":"contact","staleAfterDays":90,"review":"second"}""");
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
    [InlineData("parties", """[{"code":"AA","name":"Another"}]""", "party-taken", "parties[0].code")]
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
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/corrections", new { baseline = new { date = "2020-01-01" }, reason = "So." })))
            .ShouldRefuse(400, "unreadable", "baseline");
    }
}
