using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Evidence;

public sealed class recoding_evidence(PostgresUnderTest postgres)
{
    private static readonly object Deeper = new { depth = "mechanism", reason = "A working group was set up." };

    [Fact]
    public async Task judges_it_anew_and_moves_the_board()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-1");
        var before = (await ledger.GetAsync(last.Position, "board?validAt=2022-12-31")).Should(200);

        var reply = await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", "evidence/e-1/recoding", Deeper, 200, "evidence/e-1", "evidence_recoded");

        (reply["depth"], reply["direction"], reply["state"], reply["rationale"], reply["coder"])
            .ShouldBe(("mechanism", "advances", "accepted", "They met.", await ledger.Tracker.PrincipalOfAsync("ana")));
        ((string)(await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).Json["commitments"]![0]!["status"]!).ShouldBe("concreteAction");
        (await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={last.Position}")).Bytes.ShouldBe(before.Bytes);
    }

    [Theory]
    [InlineData("depth", "\"words\"")]
    [InlineData("direction", "\"undercuts\"")]
    [InlineData("parties", """["BB"]""")]
    [InlineData("rationale", "\"They did.\"")]
    [InlineData("citations", "[]")]
    public async Task takes_any_of_its_members(string member, string json)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");

        (await ledger.RecordAsync("evidence/e-1/recoding", new { reason = "So." }.With(member, json))).Json[member]!.ToJsonString().ShouldBe(json);
    }

    [Theory]
    [InlineData("depth", "\"deep\"", 422, "bad-depth", "depth")]
    [InlineData("depth", "null", 400, "unreadable", "depth")]
    [InlineData("parties", """["CC"]""", 422, "unknown-party", "parties[0]")]
    [InlineData("citations", """[{"source":"none"}]""", 422, "unknown-source", "citations[0].source")]
    [InlineData("activity", "\"talks\"", 400, "unreadable", "activity")]
    [InlineData("reason", "\"\"", 422, "empty-text", "reason")]
    public async Task is_refused_with_what_is_wrong(string member, string json, int status, string code, string field)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/recoding", new { rationale = "R", reason = "So." }.With(member, json))))
            .ShouldRefuse(status, code, field);
    }

    [Fact]
    public async Task is_refused_for_a_party_that_took_no_part()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("corrections", new { parties = new[] { new { code = "CC", name = "Charlie" } }, reason = "So." });
        await ledger.AcceptedAsync("e-1");

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/recoding", new { parties = new[] { "AA", "CC" }, reason = "So." })))
            .ShouldRefuse(422, "not-a-participant", "parties[1]");
    }

    [Theory]
    [InlineData("recoding")]
    [InlineData("retraction")]
    public async Task takes_a_second_person_where_accepting_it_did(string what)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        object command = what == "recoding" ? Deeper : new { reason = "It was not so." };

        foreach (var role in (Role[])[Role.Coder, Role.Reviewer, Role.Owner])
            (await ledger.LeavesNothingAsync(async () => await (await ledger.Tracker.AsAsync("ana", role)).PostAsync($"{ledger.Path}/evidence/e-1/{what}", command))).ShouldRefuse(422, "own-evidence");
        (await ledger.LeavesNothingAsync(async () => await (await ledger.CoderAsync("ben")).PostAsync($"{ledger.Path}/evidence/e-1/{what}", command))).ShouldRefuse(403, "forbidden");
        (await (await ledger.ReviewerAsync("ren")).PostAsync($"{ledger.Path}/evidence/e-1/{what}", command)).Should(200);
    }

    [Theory]
    [InlineData("recoding")]
    [InlineData("retraction")]
    public async Task takes_no_second_person_where_accepting_it_took_none(string what)
    {
        var ledger = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();
        var ana = await ledger.CoderAsync();
        (await ana.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);

        var reply = await ledger.RecordsAsync(ana, "ana", $"evidence/e-1/{what}", what == "recoding" ? Deeper : new { reason = "It was not so." }, 200, "evidence/e-1", what == "recoding" ? "evidence_recoded" : "evidence_retracted");

        (reply["state"], reply["depth"]).ShouldBe(what == "recoding" ? ("accepted", "mechanism") : ("retracted", "contact"));
        var entry = (await ledger.GetAsync(reply.Position, "board?validAt=2023-01-01")).Json["commitments"]![0]!;
        entry["status"]!.ToString().ShouldBe(what == "recoding" ? "concreteAction" : "notYetRated");
    }

    [Theory]
    [InlineData("proposed")]
    [InlineData("rejected")]
    [InlineData("retracted")]
    public async Task is_refused_of_what_is_not_accepted(string state)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"));
        if (state != "proposed") await ledger.RecordAsync("evidence/e-1/review", Given.Review(state == "rejected" ? "reject" : "accept"));
        if (state == "retracted") await ledger.RecordAsync("evidence/e-1/retraction", new { reason = "It was not so." });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/recoding", Deeper))).ShouldRefuse(409, "not-accepted");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/retraction", new { reason = "So." }))).ShouldRefuse(409, "not-accepted");
    }
}

public sealed class retracting_evidence(PostgresUnderTest postgres)
{
    [Fact]
    public async Task takes_it_off_the_board_and_keeps_it_on_record()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-1");

        var reply = await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", "evidence/e-1/retraction", new { reason = "They did not meet." }, 200, "evidence/e-1", "evidence_retracted");

        (reply["state"], reply.Json["withdrawal"]!["reason"]!.ToString()).ShouldBe(("retracted", "They did not meet."));
        string Status(Reply board) => (string)board.Json["commitments"]![0]!["status"]!;
        Status(await ledger.GetAsync(reply.Position, "board?validAt=2022-12-31")).ShouldBe("notYetRated");
        Status(await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={last.Position}")).ShouldBe("dialogueOnly");
        (await ledger.GetAsync("evidence?state=retracted")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await ledger.GetAsync("commitments/visit")).Json["evidence"]![0]!["state"]!.ToString().ShouldBe("retracted");
    }
}
