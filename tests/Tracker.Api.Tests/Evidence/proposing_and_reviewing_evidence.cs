using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Evidence;

public sealed class proposing_evidence(PostgresUnderTest postgres)
{
    [Fact]
    public async Task answers_with_the_evidence_and_its_address()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/evidence", Given.Evidence("e-1"),
            "evidence/e-1", "evidence/e-1", "evidence_proposed");

        (reply["id"], reply["state"], reply["commitment"], reply["activity"], reply["depth"], reply["direction"])
            .ShouldBe(("e-1", "proposed", "visit", "talks", "contact", "advances"));
        reply["coder"].ShouldBe(await ledger.Tracker.PrincipalOfAsync("ana"));
        reply["proposedAt"].ShouldBe(Instants.Text((await ledger.EventsAsync())[^1].At));
        reply.Json["review"].ShouldBeNull();
    }

    [Fact]
    public async Task gives_it_a_name_where_it_comes_without_one()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/evidence", Given.Evidence().Without("key"),
            "evidence/*", "evidence/*", "evidence_proposed");

        Guid.TryParse(reply["id"], out _).ShouldBeTrue();
        reply.Location.ShouldBe($"/api/v1/{ledger.Path}/evidence/{reply["id"]}");
    }

    [Fact]
    public async Task takes_a_uuid_for_a_key()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        const string Key = "0197b3a0-0000-7000-8000-000000000001";

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence(Key))).Should(201)["id"].ShouldBe(Key);
    }

    [Fact]
    public async Task is_accepted_as_coded_where_the_codebook_asks_for_no_review()
    {
        var ledger = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "commitments/visit/evidence", Given.Evidence("e-1"),
            "evidence/e-1", "evidence/e-1", "evidence_proposed", "evidence_accepted");

        reply["state"].ShouldBe("accepted");
        Owed.VersionOf(reply).ShouldBe(2);
        (await ledger.GetAsync(reply.Position, "board?validAt=2023-01-01")).Json["commitments"]![0]!["status"]!.ToString().ShouldBe("dialogueOnly");
    }

    [Fact]
    public async Task counts_for_nothing_until_it_is_accepted()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var reply = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));

        var entry = (await ledger.GetAsync(reply.Position, "board?validAt=2023-01-01")).Json["commitments"]![0]!;

        entry["status"]!.ToString().ShouldBe("notYetRated");
        entry["flags"]!["pendingReview"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("key", "\"E 1\"", "bad-slug", "key")]
    [InlineData("activity", "\"none\"", "unknown-activity", "activity")]
    [InlineData("activity", "\"a/b/c\"", "unknown-activity", "activity")]
    [InlineData("depth", "\"deep\"", "bad-depth", "depth")]
    [InlineData("depth", "\"2\"", "bad-depth", "depth")]
    [InlineData("direction", "\"up\"", "bad-direction", "direction")]
    [InlineData("parties", "[]", "no-parties", "parties")]
    [InlineData("parties[0]", "\"CC\"", "unknown-party", "parties[0]")]
    [InlineData("rationale", "\"\"", "empty-text", "rationale")]
    [InlineData("citations[0].source", "\"none\"", "unknown-source", "citations[0].source")]
    [InlineData("citations[0].quote", "\"\"", "empty-text", "citations[0].quote")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code, string field)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1").With(path, json))))
            .ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task is_refused_for_a_party_that_took_no_part()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("activities", Given.Activity("speech", "2022-12-20", "statement").With("participants", """[{"party":"AA","name":"Alfa"}]"""));

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1", "speech"))))
            .ShouldRefuse(422, "not-a-participant", "parties[1]");
    }

    [Fact]
    public async Task is_refused_where_the_key_is_taken_even_on_another_commitment()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("other");
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/other/evidence", Given.Evidence("e-1"))))
            .ShouldRefuse(409, "slug-taken").Location.ShouldBe($"/api/v1/{ledger.Path}/evidence/e-1");
    }

    [Fact]
    public async Task is_refused_on_a_commitment_there_is_not()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/none/evidence", Given.Evidence("e-1")))).ShouldRefuse(404, "not-found");
    }
}

public sealed class proposing_much_evidence(PostgresUnderTest postgres)
{
    private static System.Text.Json.Nodes.JsonObject Item(string? key, string commitment = "visit") => Given.Evidence(key).With("commitment", $"\"{commitment}\"");

    [Fact]
    public async Task is_one_recording()
    {
        var ledger = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();

        var reply = await ledger.RecordsAsync(await ledger.CoderAsync(), "ana", "evidence:batch", new[] { Item("e-1"), Item(null) }, 200, "evidence/*",
            "evidence_proposed", "evidence_accepted", "evidence_proposed", "evidence_accepted");

        reply.Json["results"]!.AsArray().Select(x => (string)x!["state"]!).ShouldBe(["accepted", "accepted"]);
        reply.Json["results"]![0]!["id"]!.ToString().ShouldBe("e-1");
        (await ledger.GetAsync(reply.Position, $"evidence/{reply.Json["results"]![1]!["id"]}")).Should(200);
    }

    [Fact]
    public async Task is_all_or_nothing()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence:batch", new[] { Item("e-1"), Item("e-2", "none") })))
            .ShouldRefuse(422, "unknown-commitment", "items[1].commitment");
    }

    [Fact]
    public async Task takes_a_thousand_and_no_more()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        object[] Items(int count) => [.. Enumerable.Range(0, count).Select(x => Item($"e-{x}"))];

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence:batch", Items(1_001)))).ShouldRefuse(422, "too-many", "items");
        var reply = (await ledger.Owner.PostAsync($"{ledger.Path}/evidence:batch", Items(1_000))).Should(200);

        reply.Json["results"]!.AsArray().Select(x => ((int)x!["index"]!, (string)x["id"]!, (string)x["state"]!)).ShouldBe(Enumerable.Range(0, 1_000).Select(x => (x, $"e-{x}", "proposed")));
        (await ledger.Owner.GetAsync(reply.Position, $"{ledger.Path}/evidence?limit=1000")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1_000);
    }
}

public sealed class reviewing_evidence(PostgresUnderTest postgres)
{
    private async Task<Ledger> ProposedAsync()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);
        return ledger;
    }

    [Theory]
    [InlineData("accept", "accepted", "evidence_accepted", "dialogueOnly")]
    [InlineData("reject", "rejected", "evidence_rejected", "notYetRated")]
    public async Task settles_whether_it_counts(string decision, string state, string stored, string status)
    {
        var ledger = await ProposedAsync();

        var reply = await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", "evidence/e-1/review", Given.Review(decision), 200, "evidence/e-1", stored);

        reply["state"].ShouldBe(state);
        reply.Location.ShouldBeNull();
        reply.Json["review"]!["reviewer"]!.ToString().ShouldBe(await ledger.Tracker.PrincipalOfAsync("rui"));
        Owed.VersionOf(reply).ShouldBe(2);
        var entry = (await ledger.GetAsync(reply.Position, "board?validAt=2023-01-01")).Json["commitments"]![0]!;
        entry["status"]!.ToString().ShouldBe(status);
        entry["flags"]!["pendingReview"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("reject")]
    public async Task is_refused_to_its_own_coder_with_any_key_and_role_whatever_the_decision(string decision)
    {
        var ledger = await ProposedAsync();

        foreach (var ana in (Client[])[await ledger.Tracker.AsAsync("ana", Role.Reviewer), await ledger.Tracker.AsAsync("ana", Role.Owner, ledger.Slug)])
            (await ledger.LeavesNothingAsync(() => ana.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review(decision)))).ShouldRefuse(422, "own-evidence");
    }

    [Theory]
    [InlineData("activities/talks/corrections", """{"place": "Langfang", "reason": "The place was missing."}""")]
    [InlineData("commitments/visit/corrections", """{"criteria": "They have come.", "reason": "Nothing said what would count."}""")]
    [InlineData("sources/readout/corrections", """{"title": "Readout of the talks", "reason": "The title was cut."}""")]
    public async Task is_refused_where_what_it_rests_on_was_changed_since_it_was_read(string correction, string json)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var proposed = (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);
        var reviewer = await ledger.ReviewerAsync();
        var read = (await reviewer.GetAsync(proposed.Position, $"{ledger.Path}/evidence/e-1")).Should(200);
        await ledger.RecordAsync(correction, JsonNode.Parse(json)!);

        foreach (var seen in (string[])[proposed.ETag!, read.ETag!])
            (await ledger.LeavesNothingAsync(() => reviewer.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review(), ("If-Match", seen)))).ShouldRefuse(412, "stale-version");

        var again = (await reviewer.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/evidence/e-1")).Should(200);
        var accepted = (await reviewer.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review(), ("If-Match", again.ETag!))).Should(200);
        // What the acceptance is answered with serves the next change of it, and is stale once more after the next correction.
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "A visit, and talks", reason = "The title was cut." });
        (await reviewer.PostAsync($"{ledger.Path}/evidence/e-1/retraction", new { reason = "It was another meeting." }, ("If-Match", accepted.ETag!))).ShouldRefuse(412, "stale-version");
    }

    /// <summary>No evidence rests on a search, and nobody who reads or reviews it is shown any.</summary>
    [Fact]
    public async Task is_as_it_was_read_though_a_search_of_its_commitment_was_recorded_since()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var proposed = (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);
        var reviewer = await ledger.ReviewerAsync();
        var read = (await reviewer.GetAsync(proposed.Position, $"{ledger.Path}/evidence/e-1")).Should(200);
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());

        TagOf(await reviewer.GetAsync(search.Position, $"{ledger.Path}/evidence/e-1")).ShouldBe(TagOf(read));
        var accepted = (await reviewer.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review(), ("If-Match", read.ETag!))).Should(200);
        await ledger.RecordAsync($"commitments/visit/searches/{search["id"]}/withdrawal", new { reason = "It was not made." });
        (await reviewer.PostAsync($"{ledger.Path}/evidence/e-1/retraction", new { reason = "It was another meeting." }, ("If-Match", accepted.ETag!))).Should(200);

        // The version, and what it rests on; the digest is of an answer that names its position.
        static string TagOf(Reply reply) => reply.Should(200).ETag!.Split('-')[0] + reply.ETag!.Split('-')[1][..8];
    }

    [Fact]
    public async Task says_by_which_recordings_what_it_rested_on_was_as_it_was_reviewed()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var corrected = await ledger.RecordAsync("activities/talks/corrections", new { place = "Langfang", reason = "The place was missing." });
        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);

        var accepted = await ledger.RecordAsync("evidence/e-1/review", Given.Review());
        await ledger.RecordAsync("activities/talks/corrections", new { summary = "They met.", reason = "The summary was missing." });

        var restedOn = accepted.Json["review"]!["restedOn"]!;
        restedOn.AsArray().Select(x => $"{x!["kind"]}/{x["name"]}").ShouldBe(["commitments/visit", "activities/talks", "sources/readout"]);
        ((long)restedOn[1]!["position"]!).ShouldBe(corrected.Position);
        foreach (var thing in restedOn.AsArray())
            (await ledger.GetAsync(await ledger.PositionAsync(), $"{thing!["kind"]}/{thing["name"]}?knownAt={thing["position"]}")).Should(200).Json["position"]!.GetValue<long>().ShouldBe((long)thing["position"]!);
        (await ledger.GetAsync(await ledger.PositionAsync(), "evidence/e-1")).Json["review"]!["restedOn"]!.ToJsonString().ShouldBe(restedOn.ToJsonString());
    }

    [Fact]
    public async Task is_refused_once_it_is_reviewed()
    {
        var ledger = await ProposedAsync();
        await ledger.RecordAsync("evidence/e-1/review", Given.Review());

        foreach (var decision in (string[])["accept", "reject"])
            (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review(decision)))).ShouldRefuse(409, "already-reviewed");
    }

    [Fact]
    public async Task is_refused_where_it_was_accepted_as_coded()
    {
        var ledger = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));

        (await ledger.LeavesNothingAsync(async () => await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review())))
            .ShouldRefuse(409, "already-reviewed");
    }

    [Theory]
    [InlineData("decision", "\"maybe\"", "bad-decision")]
    [InlineData("rationale", "\"\"", "empty-text")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code)
    {
        var ledger = await ProposedAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review().With(path, json)))).ShouldRefuse(422, code, path);
    }

    [Fact]
    public async Task is_refused_for_evidence_there_is_not()
    {
        var ledger = await ProposedAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/evidence/none/review", Given.Review()))).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task is_done_once_however_many_review_at_once()
    {
        var ledger = await ProposedAsync();
        var reviewers = await Task.WhenAll(Enumerable.Range(0, 8).Select(x => ledger.ReviewerAsync($"reviewer-{x}")));

        var replies = await Task.WhenAll(reviewers.Select(x => x.PostAsync($"{ledger.Path}/evidence/e-1/review", Given.Review())));

        replies.Count(x => (int)x.Status == 200).ShouldBe(1);
        foreach (var reply in replies.Where(x => (int)x.Status != 200)) reply.ShouldRefuse(409, "already-reviewed");
    }
}
