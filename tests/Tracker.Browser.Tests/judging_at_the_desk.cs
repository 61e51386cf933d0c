using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>A second person decides on what they can read there and then.</summary>
public sealed class judging_at_the_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Theory, InlineData("review"), InlineData("recoding"), InlineData("retraction")]
    public async Task shows_what_the_judgement_rests_on_with_a_link_to_each(string form)
    {
        var ledger = await WithOnePieceAsync(accepted: form != "review");
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/evidence/e-talks/{form}", "rui", Role.Reviewer);

        var about = rui.Page.Locator("section:has(#judged)");
        var told = await about.InnerTextAsync();
        foreach (var part in (string[])["A visit", "The Secretary has come.", "Mechanism", "Talks in Langfang", "11–12 December 2022", "They met for two days.", "Alfa’s envoy, Alfa", "Bravo’s envoy, Bravo (host)",
                     "it went well", "Contact", "Advances", "They met.", "they met", "Readout of the meeting", "Coded by\nana"])
            told.ShouldContain(part);
        var board = $"/{ledger.Path}";
        var links = await about.Locator("a").EvaluateAllAsync<string[]>("x => x.map(y => y.getAttribute('href'))");
        foreach (var link in (string[])[$"{board}/commitments/visit", $"{board}/activities/talks", $"{board}/sources/readout", "https://example.org/readout"]) links.ShouldContain(link);
        (await about.Locator("a:not([target=_blank])").CountAsync()).ShouldBe(0, "what is typed stays when a link is followed");
        await about.Locator("summary").ClickAsync();
        (await about.InnerTextAsync()).ShouldContain("we shall visit");

        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await rui.LookWithAsync(look);
            await rui.PictureAsync($"desk-{form}-judged-{look.Name}");
            await rui.ShouldBeAccessibleAsync($"{form} {look.Name}", coloursOnly: look == Look.Dark);
            await rui.ShouldFitAsync($"{form} {look.Name}");
        }

        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task leads_from_the_queue_to_the_commitment_the_activity_and_the_evidence()
    {
        var ledger = await WithOnePieceAsync(accepted: false);
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk", "rui", Role.Reviewer);
        var board = $"/{ledger.Path}";

        var links = await rui.Page.Locator("#waits-e-talks a").EvaluateAllAsync<string[]>("x => x.map(y => y.getAttribute('href'))");

        links.ShouldBe([$"{board}/commitments/visit", $"{board}/activities/talks", $"{board}/desk/evidence/e-talks/review", $"{board}/commitments/visit?piece=e-talks#evidence-e-talks"]);
        await rui.Page.Locator("#waits-e-talks").GetByRole(AriaRole.Link, new() { Name = "The evidence in its place" }).ClickAsync();
        await Assertions.Expect(rui.Page.Locator("#evidence-e-talks")).ToBeInViewportAsync();
        rui.ShouldBeQuiet();
    }

    private async Task<Ledger> WithOnePieceAsync(bool accepted)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.RecordAsync("sources", new { slug = "readout", kind = "readout", tier = "readout", issuer = "AA", title = "Readout of the meeting", url = "https://example.org/readout", language = "en" });
        await ledger.CommitmentAsync();
        await ledger.RecordAsync("commitments/visit/corrections", new { criteria = "The Secretary has come.", reason = "It was missing." });
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("activities", new
        {
            slug = "talks",
            kind = "meeting",
            title = "Talks in Langfang",
            occurred = "2022-12-11/2022-12-12",
            summary = "They met for two days.",
            participants = new object[] { new { party = "AA", name = "Alfa’s envoy" }, new { party = "BB", name = "Bravo’s envoy", role = "host" } },
            sources = new[] { "readout" },
            accounts = new[] { new { source = "readout", quote = "it went well" } },
        });
        if (accepted) await ledger.AcceptedAsync("e-talks");
        else await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-talks"));
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        return ledger;
    }
}
