using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Sources;

public sealed class correcting_a_source(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_anew_what_it_is_and_keeps_the_rest()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "sources/readout/corrections", new
        {
            tier = "official",
            url = "https://example.org/readout",
            publishedOn = "2022-11-14",
            language = "en",
            sha256 = new string('a', 64),
            reason = "It was found.",
        }, 200, "sources/readout", "source_corrected");

        (reply["tier"], reply["url"], reply["publishedOn"], reply["kind"], reply["title"])
            .ShouldBe(("official", "https://example.org/readout", "2022-11-14", "readout", "Readout of the meeting"));
        (await ledger.RecordAsync("sources/readout/corrections", new { url = (string?)null, reason = "It is gone." })).Json["url"].ShouldBeNull();
    }

    [Theory]
    [InlineData("kind", "\"rumour\"", 422, "bad-kind")]
    [InlineData("tier", "\"high\"", 422, "bad-tier")]
    [InlineData("url", "\"ftp://x\"", 422, "bad-url")]
    [InlineData("sha256", "\"A\"", 422, "bad-sha256")]
    [InlineData("publishedOn", "\"2022\"", 422, "bad-date")]
    [InlineData("title", "null", 400, "unreadable")]
    [InlineData("issuer", "7", 400, "unreadable")]
    public async Task is_refused_with_what_is_wrong(string member, string json, int status, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources/readout/corrections", new { reason = "So." }.With(member, json)))).ShouldRefuse(status, code, member);
    }
}

public sealed class withdrawing_a_source(PostgresUnderTest postgres)
{
    private static readonly object Withdrawal = new { reason = "It is forged." };

    [Fact]
    public async Task is_refused_while_accepted_evidence_cites_it()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        await ledger.AcceptedAsync("e-2");
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("only-proposed"));

        var refused = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources/readout/withdrawal", Withdrawal))).ShouldRefuse(409, "in-use");
        refused["detail"].ShouldEndWith(": e-1, e-2.");
        refused.Location.ShouldBe($"/api/v1/{ledger.Path}/evidence/e-1");

        var rui = await ledger.ReviewerAsync();
        (await rui.PostAsync($"{ledger.Path}/evidence/e-1/retraction", Withdrawal)).Should(200);
        (await rui.PostAsync($"{ledger.Path}/evidence/e-2/recoding", new { citations = (object?)null, reason = "It is forged." })).Should(200);
        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "sources/readout/withdrawal", Withdrawal, 200, "sources/readout", "source_withdrawn");
        reply.Json["withdrawal"]!["reason"]!.ToString().ShouldBe("It is forged.");
    }

    [Fact]
    public async Task keeps_anything_new_from_naming_it_and_what_names_it_as_it_is()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        var reply = await ledger.RecordAsync("sources/readout/withdrawal", Withdrawal);

        foreach (var (to, command, field) in new (string, object, string)[]
        {
            ("activities", Given.Activity("new"), "sources[0]"), ("commitments/visit/clauses", Given.Clause("BB"), "source"),
            ("commitments/visit/evidence", Given.Evidence("new"), "citations[0].source"),
        })
            (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/{to}", command))).ShouldRefuse(422, "withdrawn-source", field);
        (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review()))).ShouldRefuse(409, "withdrawn");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources/readout/withdrawal", Withdrawal))).ShouldRefuse(409, "withdrawn");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources/readout/corrections", new { title = "T", reason = "So." }))).ShouldRefuse(409, "withdrawn");
        (await ledger.GetAsync(reply.Position, "commitments/visit/clauses/1"))["source"].ShouldBe("readout");
        (await ledger.RecordAsync("commitments/visit/clauses/1/corrections", new { quote = "we will visit", reason = "A slip." }))["quote"].ShouldBe("we will visit");
    }

    [Fact]
    public async Task takes_it_out_of_the_list_unless_it_is_asked_for()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        var last = await ledger.SourceAsync("other");
        var reply = await ledger.RecordAsync("sources/readout/withdrawal", Withdrawal);

        async Task<string[]> ListAsync(string query) => [.. (await ledger.GetAsync(reply.Position, "sources" + query)).Should(200).Json["items"]!.AsArray().Select(x => (string)x!["slug"]!)];
        (await ListAsync("")).ShouldBe(["other"]);
        (await ListAsync("?withdrawn=false")).ShouldBe(["other"]);
        (await ListAsync("?withdrawn=true")).ShouldBe(["other", "readout"]);
        (await ListAsync($"?knownAt={last.Position}")).ShouldBe(["other", "readout"]);
        (await ledger.GetAsync("sources?withdrawn=perhaps")).ShouldRefuse(400, "unreadable", "withdrawn");
    }
}
