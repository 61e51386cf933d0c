using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards.History;

public sealed class telling_the_history(PostgresUnderTest postgres)
{
    [Fact]
    public async Task of_a_commitment_has_each_event_that_concerns_it_in_order_and_in_words()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("another");
        await ledger.AcceptedAsync("e-1");
        await ledger.AcceptedAsync("e-other", commitment: "another");
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        var last = await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        var page = (await ledger.Owner.GetAsync(last.Position, $"{ledger.Path}/commitments/visit/history")).Should(200);

        page.Position.ShouldBe(last.Position);
        page.Json["items"]!.AsArray().Select(x => $"{x!["position"]} {x["event"]} {x["subject"]} {x["occurred"]}: {x["text"]}").ShouldBe([
            "3 commitment_made commitments/visit 2022-11-14: The commitment “A visit” was recorded: deliverable, by AA, BB.",
            "6 evidence_proposed evidence/e-1 2022-12-11/2022-12-12: “Talks in Langfang” was proposed as evidence: contact, advances, by AA, BB.",
            "7 evidence_accepted evidence/e-1 2022-12-11/2022-12-12: The evidence on “Talks in Langfang” was accepted.",
            "10 search_recorded commitments/visit 2022-12-01: A search through 1 December 2022 in Xinhua, state.gov found nothing new.",
            "11 clause_added commitments/visit : The wording of AA in readout was added."]);
        var accepted = page.Json["items"]![2]!;
        ((string)accepted["by"]!).ShouldBe(await ledger.Tracker.PrincipalOfAsync("rui"));
        ((string)accepted["reason"]!).ShouldBe("Two accounts agree.");
        DateTimeOffset.Parse((string)accepted["recordedAt"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe((await ledger.EventsAsync()).Single(x => x.Position == 7).At);
    }

    [Fact]
    public async Task comes_in_parts_that_are_of_one_history()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        await ledger.AcceptedAsync("e-2");
        var whole = (await ledger.GetAsync(await ledger.PositionAsync(), "commitments/visit/history")).Should(200).Json["items"]!.AsArray().Select(x => x!.ToJsonString()).ToArray();
        whole.Length.ShouldBe(5);

        var parts = new List<string>();
        string? next = null;
        do
        {
            var page = (await ledger.GetAsync($"commitments/visit/history?limit=2{(next is null ? "" : $"&after={next}")}")).Should(200).Json;
            parts.AddRange(page["items"]!.AsArray().Select(x => x!.ToJsonString()));
            next = (string?)page["next"];
            await ledger.AcceptedAsync($"e-meanwhile-{parts.Count}");
        }
        while (next is not null);

        parts.ShouldBe(whole);
    }

    [Theory]
    [InlineData("history", "agenda_opened")]
    [InlineData("sources/readout/history", "source_recorded")]
    [InlineData("activities/talks/history", "activity_recorded evidence_proposed evidence_accepted")]
    [InlineData("evidence/e-1/history", "evidence_proposed evidence_accepted")]
    public async Task of_anything_else_likewise(string what, string events)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-1");

        var items = (await ledger.GetAsync(last.Position, what)).Should(200).Json["items"]!.AsArray();

        string.Join(' ', items.Select(x => (string)x!["event"]!)).ShouldBe(events);
    }

    [Theory]
    [InlineData("commitments/nothing/history", 404, "not-found")]
    [InlineData("commitments/No-Slug/history", 404, "not-found")]
    [InlineData("commitments/visit/history?after=bm90aGluZw", 400, "unreadable")]
    [InlineData("commitments/visit/history?after=MS9hYmM", 400, "unreadable")]
    [InlineData("commitments/visit/history?after=OTk5LzE", 400, "unreadable")]
    [InlineData("commitments/visit/history?limit=x", 400, "unreadable")]
    public async Task is_refused_where_there_is_none(string what, int status, string code) =>
        (await (await (await postgres.OpenAgendaAsync()).WithTalksAsync()).GetAsync(4, what)).ShouldRefuse(status, code);
}
