using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Evidence;

/// <summary>What would move accepted evidence waits for a second person, beside the board; until then nothing has moved.</summary>
public sealed class changing_what_was_accepted(PostgresUnderTest postgres)
{
    private const string Year = "validAt=2022-12-31";

    public static TheoryData<string, string> Changes => new()
    {
        { "activities/talks/corrections", """{"reason":"So.","occurred":"2022-12-13"}""" },
        { "activities/talks/corrections", """{"reason":"So.","participants":[{"party":"AA","name":"Envoy"},{"party":"BB","name":"Envoy"},{"name":"An observer"}],"occurred":"2022-12-12"}""" },
        { "activities/talks/corrections", """{"reason":"So.","accounts":[{"source":"readout","quote":"We met."}]}""" },
        { "activities/talks/withdrawal", """{"reason":"So."}""" },
        { "commitments/visit/corrections", """{"reason":"So.","bar":"contact"}""" },
        { "commitments/visit/corrections", """{"reason":"So.","type":"continuing"}""" },
        { "commitments/visit/corrections", """{"reason":"So.","madeOn":"2022-11-15"}""" },
        { "commitments/visit/corrections", """{"reason":"So.","dueOn":"2022-12-30"}""" },
        { "commitments/visit/withdrawal", """{"reason":"So."}""" },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task waits_for_a_second_person_and_moves_nothing_until_then(string to, string change)
    {
        var ledger = await AcceptedAsync();
        var thing = string.Join('/', to.Split('/')[..2]);
        var before = (await ledger.GetAsync($"board?{Year}")).Json;
        var said = (await ledger.GetAsync(thing)).Json;

        var waits = (await ledger.Owner.PostAsync($"{ledger.Path}/{to}", change)).Should(202);

        waits.Location.ShouldBe($"/api/v1/{ledger.Path}/proposals/{waits["id"]}");
        (waits["state"], waits["reason"]).ShouldBe(("waiting", "So."));
        var board = (await ledger.GetAsync(waits.Position, $"board?{Year}")).Json;
        board["commitments"]!.ToJsonString().ShouldBe(before["commitments"]!.ToJsonString());
        var pending = board["pendingChanges"]!["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)board["pendingChanges"]!["count"]!, (string?)pending["id"], pending["commitments"]!.ToJsonString()).ShouldBe((1, waits["id"], """["visit"]"""));
        pending.AsObject().ShouldNotContainKey("reason");
        (await ledger.GetAsync("commitments/visit")).Json["pendingChanges"]!["items"]![0]!["id"]!.ToString().ShouldBe(waits["id"]);
        Said((await ledger.GetAsync(thing)).Json).ShouldBe(Said(said));

        var accepted = (await ledger.AcceptAsync(waits)).Should(200);

        (accepted["state"], accepted.Json["review"]!["decision"]!.ToString()).ShouldBe(("accepted", "accept"));
        var after = (await ledger.GetAsync(accepted.Position, $"board?{Year}")).Json;
        ((int)after["pendingChanges"]!["count"]!).ShouldBe(0);
        Said((await ledger.GetAsync(thing)).Json).ShouldNotBe(Said(said));
        (await ledger.GetAsync($"board?{Year}&knownAt={waits.Position}")).Json["commitments"]!.ToJsonString().ShouldBe(before["commitments"]!.ToJsonString());
    }

    [Theory]
    [InlineData("activities/talks/corrections", """{"reason":"So.","title":"Talks","summary":"They talked."}""")]
    [InlineData("commitments/visit/corrections", """{"reason":"So.","criteria":"A visit is made."}""")]
    public async Task waits_for_nobody_where_it_moves_nothing(string to, string change)
    {
        var ledger = await AcceptedAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/{to}", change)).Should(200);
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task waits_for_nobody_where_no_accepted_evidence_rests_on_it_or_nobody_reviews(string to, string change)
    {
        var proposed = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await proposed.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        var unreviewed = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();
        await unreviewed.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));

        (await proposed.Owner.PostAsync($"{proposed.Path}/{to}", change)).Should(200);
        (await unreviewed.Owner.PostAsync($"{unreviewed.Path}/{to}", change)).Should(200);
    }

    [Fact]
    public async Task is_not_accepted_by_whoever_proposed_it_and_only_by_a_reviewer()
    {
        var ledger = await AcceptedAsync();
        var reviewer = await ledger.ReviewerAsync();
        var waits = await reviewer.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "Never." });

        (await ledger.LeavesNothingAsync(() => reviewer.PostAsync($"{waits.Should(202).Location}/acceptance", new { }))).ShouldRefuse(422, "own-proposal");
        (await (await ledger.CoderAsync()).PostAsync($"{waits.Location}/acceptance", new { })).ShouldRefuse(403, "forbidden");
        (await (await ledger.CoderAsync()).PostAsync($"{waits.Location}/rejection", new { reason = "No." })).ShouldRefuse(403, "forbidden");
        (await ledger.Owner.PostAsync($"{waits.Location}/acceptance", new { reason = "Indeed." })).Should(200);
    }

    [Fact]
    public async Task is_rejected_with_a_reason_or_taken_back_and_decided_once()
    {
        var ledger = await AcceptedAsync();
        var coder = await ledger.CoderAsync();
        var waits = await coder.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "Never." });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{waits.Should(202).Location}/rejection", new { reason = " " }))).ShouldRefuse(422, "empty-text");
        var rejected = (await coder.PostAsync($"{waits.Location}/rejection", new { reason = "I mistook it." })).Should(200);

        (rejected["state"], rejected.Json["review"]!["reason"]!.ToString()).ShouldBe(("rejected", "I mistook it."));
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{waits.Location}/acceptance", new { }))).ShouldRefuse(409, "already-reviewed");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{waits.Location}/rejection", new { reason = "No." }))).ShouldRefuse(409, "already-reviewed");
        ((int)(await ledger.GetAsync(rejected.Position, "board")).Json["pendingChanges"]!["count"]!).ShouldBe(0);
        (await ledger.GetAsync("activities/talks")).Json["withdrawal"].ShouldBeNull();
    }

    [Fact]
    public async Task is_not_accepted_once_what_it_changes_has_moved()
    {
        var ledger = await AcceptedAsync();
        var first = await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So.", occurred = "2022-12-13" });
        var second = await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "Or so.", occurred = "2022-12-14" });
        var moved = (await ledger.AcceptAsync(first)).Should(200);

        var refused = await ledger.LeavesNothingAsync(() => ledger.AcceptAsync(second));

        refused.ShouldRefuse(409, "moved-since");
        refused["detail"].ShouldContain("propose the change anew");
        (await ledger.GetAsync(moved.Position, "activities/talks")).Json["occurred"]!.ToString().ShouldBe("2022-12-13");
    }

    [Fact]
    public async Task does_not_mind_a_search_or_a_wording_that_came_since()
    {
        var ledger = await AcceptedAsync();
        var waits = await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { reason = "So.", dueOn = "2023-06" });
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        var accepted = (await ledger.AcceptAsync(waits)).Should(200);

        var visit = (await ledger.GetAsync(accepted.Position, "commitments/visit")).Json;
        (visit["dueOn"]!.ToString(), visit["searches"]!.AsArray().Count, visit["clauses"]!.AsArray().Count).ShouldBe(("2023-06", 1, 1));
    }

    [Fact]
    public async Task finds_what_stands_in_its_way_again_when_it_is_accepted()
    {
        var ledger = await AcceptedAsync();
        var late = await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { reason = "So.", madeOn = "2022-12-05" });
        await ledger.RecordAsync("commitments/visit/searches", Given.Search("2022-12-01"));
        await ledger.SourceAsync("other");
        var sourced = await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So.", accounts = new[] { new { source = "other" } } });
        await ledger.RecordAsync("sources/other/withdrawal", new { reason = "Forged." });

        (await ledger.LeavesNothingAsync(() => ledger.AcceptAsync(late))).ShouldRefuse(422, "bad-date");
        (await ledger.LeavesNothingAsync(() => ledger.AcceptAsync(sourced))).ShouldRefuse(409, "withdrawn");
    }

    [Fact]
    public async Task is_read_by_those_who_work_on_the_agenda_with_what_it_would_change()
    {
        var ledger = await AcceptedAsync();
        var waits = await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So.", occurred = "2022-12-13" });
        var coder = await ledger.CoderAsync();

        var one = (await coder.GetAsync(waits.Position, waits.Should(202).Location!)).Should(200);
        one.Json["changed"]!.ToJsonString().ShouldBe("""[{"member":"occurred","was":"2022-12-11/2022-12-12","now":"2022-12-13"}]""");
        (await coder.GetAsync($"{ledger.Path}/proposals?state=waiting&activity=talks")).Json["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(waits["id"]);
        (await coder.GetAsync($"{ledger.Path}/proposals?state=accepted")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await ledger.GetAsync("proposals")).ShouldRefuse(401, "unauthenticated");
        (await ledger.Tracker.Public.GetAsync(waits.Location!)).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task is_told_in_the_history_to_readers_once_it_was_accepted()
    {
        var ledger = await AcceptedAsync();
        var waits = await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So.", occurred = "2022-12-13" });
        var coder = await ledger.CoderAsync();

        Events(await coder.GetAsync(waits.Position, $"{ledger.Path}/activities/talks/history")).ShouldContain("activity_correction_proposed");
        Events(await ledger.GetAsync("activities/talks/history")).ShouldNotContain("activity_correction_proposed");

        var accepted = (await ledger.AcceptAsync(waits)).Should(200);

        Events(await ledger.GetAsync(accepted.Position, "activities/talks/history"))[^3..].ShouldBe(["activity_correction_proposed", "proposal_accepted", "activity_corrected"]);
        var changes = (await ledger.GetAsync(accepted.Position, "changes")).Json["items"]!.AsArray();
        changes.Count(x => (string?)x!["kind"] == "corrected").ShouldBe(1);
    }

    [Fact]
    public async Task comes_back_by_a_reviewer_where_it_was_withdrawn()
    {
        var ledger = await AcceptedAsync();
        var before = (await ledger.GetAsync($"board?{Year}")).Json["commitments"]!.ToJsonString();
        await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "Never." });

        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/activities/talks/reinstatement", new { reason = "They did." })).ShouldRefuse(403, "forbidden");
        var back = (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/activities/talks/reinstatement", new { reason = "They did." })).Should(200);

        (await ledger.GetAsync(back.Position, $"board?{Year}")).Json["commitments"]!.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public async Task is_answered_the_same_when_it_is_sent_again_under_its_key()
    {
        var ledger = await AcceptedAsync();
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        var once = (await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "Never." }, key)).Should(202);

        var again = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "Never." }, key))).Should(202);

        (again.Location, again.ETag, again.Text).ShouldBe((once.Location, once.ETag, once.Text));
    }

    [Fact]
    public async Task is_carried_by_an_export_and_an_import()
    {
        var ledger = await AcceptedAsync();
        var coder = await ledger.CoderAsync();
        var correction = (await coder.PostAsync($"{ledger.Path}/activities/talks/corrections", new { reason = "So.", occurred = "2022-12-13" })).Should(202);
        var withdrawal = (await coder.PostAsync($"{ledger.Path}/commitments/visit/withdrawal", new { reason = "Never." })).Should(202);
        var bundle = (await ledger.Owner.GetAsync(withdrawal.Position, $"{ledger.Path}/export")).Should(200);
        (await ledger.GetAsync("export")).Json.AsObject().ShouldNotContainKey("proposals");
        await using var elsewhere = await TrackerUnderTest.StartAsync(postgres);

        var imported = (await elsewhere.Owner.PostAsync($"{ledger.Path}/import", bundle.Bytes)).Should(200);

        ((int)imported.Json["created"]!["proposals"]!).ShouldBe(2);
        var there = new Ledger(elsewhere, ledger.Slug);
        ((int)(await there.GetAsync(imported.Position, "board")).Json["pendingChanges"]!["count"]!).ShouldBe(2);
        ((int)(await elsewhere.Owner.PostAsync($"{ledger.Path}/import", bundle.Bytes)).Should(200).Json["unchanged"]!["proposals"]!).ShouldBe(2);
        (await elsewhere.Owner.PostAsync($"{correction.Location}/acceptance", new { })).ShouldRefuse(422, "own-proposal");
        var accepted = (await (await there.ReviewerAsync()).PostAsync($"{correction.Location}/acceptance", new { })).Should(200);
        (await there.GetAsync(accepted.Position, "activities/talks"))["occurred"].ShouldBe("2022-12-13");
        (await elsewhere.Owner.GetAsync(accepted.Position, $"{ledger.Path}/export")).Json["proposals"]!.AsArray().ShouldHaveSingleItem()!["key"]!.ToString().ShouldBe(withdrawal["id"]);
    }

    [Fact]
    public async Task says_of_evidence_whether_it_was_reviewed_here_or_only_stated_to_be()
    {
        var ledger = await AcceptedAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-2"));
        var bundle = (await ledger.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/export")).Should(200);
        await using var elsewhere = await TrackerUnderTest.StartAsync(postgres);
        var there = new Ledger(elsewhere, ledger.Slug);
        var imported = (await elsewhere.Owner.PostAsync($"{ledger.Path}/import", bundle.Bytes)).Should(200);

        (await ledger.GetAsync("evidence/e-1")).Json["review"]!["reviewed"]!.ToString().ShouldBe("here");
        (await there.GetAsync(imported.Position, "evidence/e-1")).Json["review"]!["reviewed"]!.ToString().ShouldBe("stated");
        (await ledger.GetAsync("board")).Json["reviewed"]!.ToJsonString().ShouldBe("""{"here":1,"stated":0,"statedOnly":{}}""");
        (await there.GetAsync("board")).Json["reviewed"]!.ToJsonString().ShouldBe("""{"here":0,"stated":1,"statedOnly":{"visit":["e-1"]}}""");
        (await there.LeavesNothingAsync(() => elsewhere.Owner.PostAsync($"{ledger.Path}/evidence/e-2/review", Given.Review()))).ShouldRefuse(422, "own-evidence");
        (await (await there.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-2/review", Given.Review())).Should(200).Json["review"]!["reviewed"]!.ToString().ShouldBe("here");
    }

    [Fact]
    public async Task says_of_what_a_reviewer_imported_as_accepted_without_a_coder_that_it_is_only_stated_to_be_reviewed()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var sheet = new StringContent("key,commitment,activity,depth,direction,parties,rationale,citations,state\ne-1,visit,talks,contact,advances,AA; BB,They met.,readout | they met,accepted\n",
            System.Text.Encoding.UTF8, "text/csv");

        var imported = (await (await ledger.ReviewerAsync()).SendAsync(HttpMethod.Post, $"{ledger.Path}/import?kind=evidence", sheet)).Should(200);

        (await ledger.GetAsync(imported.Position, "board")).Json["reviewed"]!.ToJsonString().ShouldBe("""{"here":0,"stated":1,"statedOnly":{"visit":["e-1"]}}""");
        (await ledger.Tracker.Public.GetAsync($"/agendas/{ledger.Slug}/commitments/visit")).Should(200).Text.ShouldContain("accepted elsewhere, as the imported file says");
    }

    private async Task<Ledger> AcceptedAsync()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var accepted = await ledger.AcceptedAsync("e-1");
        (await ledger.GetAsync(accepted.Position, "board")).Should(200);
        return ledger;
    }

    private static string[] Events(Reply history) => [.. history.Should(200).Json["items"]!.AsArray().Select(x => (string)x!["event"]!)];

    /// <summary>What is said of a thing, whenever it is read.</summary>
    private static string Said(JsonNode thing)
    {
        var said = thing.DeepClone().AsObject();
        foreach (var member in (string[])["knownAt", "position", "pendingChanges"]) said.Remove(member);
        return said.ToJsonString();
    }
}
