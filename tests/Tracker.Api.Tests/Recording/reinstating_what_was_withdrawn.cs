using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Recording;

/// <summary>What was withdrawn comes back, is told, and counts again; at every moment between it stays withdrawn.</summary>
public sealed class reinstating_what_was_withdrawn(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("commitments/visit", "commitment_reinstated", "A visit: the commitment was reinstated: It was so.")]
    [InlineData("activities/talks", "activity_reinstated", "A visit: the activity “Talks in Langfang” was reinstated: It was so.")]
    public async Task puts_it_on_the_board_as_it_was(string thing, string stored, string text)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var accepted = await ledger.AcceptedAsync("e-1");
        var before = (await ledger.GetAsync(accepted.Position, "board?validAt=2022-12-31")).Json;
        var withdrawn = await ledger.RecordAsync($"{thing}/withdrawal", new { reason = "So." });
        var gone = (await ledger.GetAsync(withdrawn.Position, "board?validAt=2022-12-31")).Should(200);

        var back = await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", $"{thing}/reinstatement", new { reason = "It was so." }, 200, thing, stored);

        back.Json["withdrawal"].ShouldBeNull();
        var after = (await ledger.GetAsync(back.Position, "board?validAt=2022-12-31")).Json;
        after["commitments"]!.ToJsonString().ShouldBe(before["commitments"]!.ToJsonString());
        gone.Json["commitments"]!.ToJsonString().ShouldNotBe(before["commitments"]!.ToJsonString());
        (await ledger.GetAsync($"board?validAt=2022-12-31&knownAt={withdrawn.Position}")).Bytes.ShouldBe(gone.Bytes);
        var told = (await ledger.ChangesAsync(back.Position, $"{withdrawn.Position}")).Where(x => x["party"] is null).ToArray();
        $"{told[0]["kind"]}: {told[0]["text"]}".ShouldBe($"reinstated: {text} The record then reached 12 December 2022.");
        if (thing.StartsWith("commitments", StringComparison.Ordinal)) ((string?)told.ShouldHaveSingleItem()["to"]).ShouldBe("dialogueOnly");
        else told.Skip(1).Select(x => $"{x["kind"]} {x["from"]} {x["to"]}").ShouldBe(["statusChanged notYetRated dialogueOnly"]);
        var history = (await ledger.GetAsync($"{thing}/history")).Json["items"]!.AsArray()[^1]!;
        ((string)history["event"]!, (string)history["reason"]!).ShouldBe((stored, "It was so."));
    }

    [Fact]
    public async Task lets_a_search_count_again()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.CommitmentAsync();
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.RecordAsync($"commitments/visit/searches/{search["id"]}/withdrawal", new { reason = "Nobody looked." });

        var back = await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", $"commitments/visit/searches/{search["id"]}/reinstatement", new { reason = "Somebody did." }, 200, "commitments/visit", "search_reinstated");

        ((string)(await ledger.GetAsync(back.Position, "board")).Json["commitments"]![0]!["status"]!).ShouldBe("noneFound");
    }

    [Fact]
    public async Task waits_for_what_it_rests_on()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "So." });
        await ledger.RecordAsync("sources/readout/withdrawal", new { reason = "So." });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/reinstatement", new { reason = "So." }))).ShouldRefuse(409, "rests-on-withdrawn");

        await ledger.RecordsAsync(await ledger.ReviewerAsync(), "rui", "sources/readout/reinstatement", new { reason = "It is no forgery." }, 200, "sources/readout", "source_reinstated");
        await ledger.RecordAsync("activities/talks/reinstatement", new { reason = "They did meet." });
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/reinstatement", new { reason = "So." }))).ShouldRefuse(409, "not-withdrawn");
    }

    [Theory]
    [InlineData("commitments/visit")]
    [InlineData("activities/talks")]
    [InlineData("sources/readout")]
    public async Task is_a_reviewers_to_do(string thing)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync($"{thing}/withdrawal", new { reason = "So." });

        (await ledger.LeavesNothingAsync(async () => await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/{thing}/reinstatement", new { reason = "So." }))).ShouldRefuse(403, "forbidden");
    }

    [Theory]
    [InlineData("commitments/visit")]
    [InlineData("activities/talks")]
    [InlineData("sources/readout")]
    [InlineData("commitments/visit/searches/{search}")]
    [InlineData("coverage/{coverage}")]
    public async Task has_a_form_at_the_desk_which_says_where_there_is_nothing_to_reinstate(string thing)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        var coverage = await ledger.RecordAsync("coverage", new { through = "2023-01-31" });
        thing = thing.Replace("{search}", search["id"], StringComparison.Ordinal).Replace("{coverage}", coverage["id"], StringComparison.Ordinal);
        var rui = await ledger.ReviewerAsync();
        async Task<Reply> FormAsync()
        {
            // A form shows what the tables hold.
            (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
            return (await rui.GetAsync($"/{ledger.Path}/desk/{thing}/reinstatement", ("Accept", "text/html"))).Should(200);
        }

        (await FormAsync()).Text.ShouldContain("there is nothing to reinstate");
        await ledger.RecordAsync($"{thing}/withdrawal", new { reason = "So." });

        var form = await FormAsync();
        form.Text.ShouldContain("Reinstate what was withdrawn");
        form.Text.ShouldNotContain("there is nothing to reinstate");
    }
}
