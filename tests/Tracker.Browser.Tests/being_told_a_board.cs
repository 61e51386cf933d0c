using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>What a board says of itself is true of it, in the same words wherever it is said.</summary>
public sealed class being_told_a_board(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task calls_a_milestone_by_its_name()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("coverage", new { through = "2023-08-31" });
        await ledger.RecordAsync("milestones", new { slug = "review", name = "The mid-term review", date = "2023-06-01" });
        await ledger.RecordAsync("milestones", new { slug = "deadline", name = "The deadline", date = "2023-06-01" });
        await using var visitor = await chromium.VisitAsync(tracker);

        foreach (var (since, name) in ((string, string)[])[("review", "The mid-term review"), ("deadline", "The deadline"), ("2023-06-01", "The mid-term review")])
        {
            await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-06-11&since={since}");
            (await LeadAsync(visitor)).ShouldStartWith($"In the 10 days since {name}, 0 of 1");
            (await visitor.Page.Locator("meta[name=description]").GetAttributeAsync("content"))!.ShouldContain($"since {name},");
            (await visitor.Page.Locator("caption").InnerTextAsync()).ShouldBe($"Status on 11 June 2023, counting what happened after {name}, 1 June 2023");
            await visitor.OpenAsync($"/embed/{ledger.Path}?validAt=2023-06-11&since={since}");
            (await visitor.Page.Locator(".lead").InnerTextAsync()).ShouldContain($"since {name},");
        }

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-05-01&since=review");
        (await LeadAsync(visitor)).ShouldContain("1 May 2023 lies before The mid-term review");
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-06-11&since=2023-06-02");
        (await LeadAsync(visitor)).ShouldContain("since 2 June 2023");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task shows_all_in_the_same_order_beside_the_same_day()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("other");
        await ledger.AcceptedAsync("e-talks");
        await using var visitor = await chromium.VisitAsync(tracker);

        foreach (var status in (string[])["dialogueOnly", "delivered"])
        {
            await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31&since=2022-11-15&compare=2022-11-20&status={status}&party=AA&sort=title");
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Show all 2" }).ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("table.board tbody tr")).ToHaveCountAsync(2);
            new Uri(visitor.Page.Url).Query.ShouldBe("?validAt=2023-01-31&since=2022-11-15&compare=2022-11-20&sort=title");
        }

        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task names_breaches_and_undercutting_alike_in_the_sentence_the_counts_and_the_filter()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        await ledger.ActivityAsync();
        await ledger.CommitmentAsync("restraint", "restraint");
        await ledger.AcceptedAsync("e-breach", depth: "measure", direction: "undercuts", commitment: "restraint");
        await using var visitor = await chromium.VisitAsync(tracker);
        var chip = visitor.Page.Locator("label.chip:has(#only-undercut)");
        var counts = visitor.Page.Locator("#verdict .counts");

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31");
        (await LeadAsync(visitor)).ShouldEndWith("1 was breached.");
        (await counts.InnerTextAsync()).ShouldMatch("1\\s+Breached");
        (await chip.InnerTextAsync()).ShouldMatch("^Breached\\s+1$");

        await ledger.CommitmentAsync("promise");
        await ledger.AcceptedAsync("e-undercut", depth: "mechanism", direction: "undercuts", commitment: "promise");
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31");
        (await LeadAsync(visitor)).ShouldEndWith("2 were undercut or breached.");
        (await counts.InnerTextAsync()).ShouldMatch("1\\s+Breached\\s+1\\s+Undercut");
        (await chip.InnerTextAsync()).ShouldMatch("^Undercut or breached\\s+2$");

        // What only undercuts says how deep it goes, on the ladder and in words.
        foreach (var (slug, depth, steps) in ((string, string, int)[])[("restraint", "measure", 4), ("promise", "mechanism", 3)])
        {
            (await visitor.Page.Locator($"#on-{slug} .depth").InnerTextAsync()).ShouldContain($"1 piece undercuts it: {depth}");
            (await visitor.Page.Locator($"#on-{slug} .ladder.against .rung.on").CountAsync()).ShouldBe(steps);
        }

        // So it does on the page of the party whose act it was.
        await visitor.OpenAsync($"/{ledger.Path}/parties/AA?validAt=2023-01-31");
        var own = await visitor.Page.Locator("#on-restraint .depth").InnerTextAsync();
        own.ShouldContain("Nothing for it");
        own.ShouldContain("1 piece undercuts it: measure");
        own.ShouldNotContain("piece of evidence");
        (await visitor.Page.Locator("#on-restraint .ladder.against .rung.on").CountAsync()).ShouldBe(4);

        // Beside what speaks for it, the ladder is of that.
        await ledger.AcceptedAsync("e-talks", commitment: "promise");
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31");
        (await visitor.Page.Locator("#on-promise .depth").InnerTextAsync()).ShouldContain("1 piece undercuts it: mechanism");
        (await visitor.Page.Locator("#on-promise .ladder:not(.against) .rung.on").CountAsync()).ShouldBe(2);

        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"board-undercut-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"undercut {look.Name}", coloursOnly: look == Look.Dark);
            await visitor.ShouldFitAsync($"undercut {look.Name}");
        }

        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task says_whether_none_is_on_record_or_none_was_made_by_then()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync("/");
        (await visitor.Page.Locator(".lead").InnerTextAsync()).ShouldMatch("^No commitment made by .+ is on the board\\.$");
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-11-24");
        (await LeadAsync(visitor)).ShouldBe("No commitment made by 14 November 2022, where this record ends, is on the board.");
        (await visitor.Page.Locator(".empty").InnerTextAsync()).ShouldMatch("^No commitment is on record\\.\\s+Once one is recorded, it appears here from the day it was made\\.$");

        await ledger.RecordAsync("commitments", Given.Commitment("later", madeOn: "2022-12-01"));
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-11-24");
        (await LeadAsync(visitor)).ShouldBe("No commitment made by 24 November 2022 is on the board.");
        (await visitor.Page.Locator(".empty").InnerTextAsync()).ShouldContain("none that was made by the day asked about is on record");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task says_of_a_day_to_come_that_the_slider_ends_there()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var visitor = await chromium.VisitAsync(tracker);
        var stated = await ledger.RecordAsync("coverage", new { through = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
        var ends = visitor.Page.Locator(".ends > *");
        (await ledger.GetAsync(stated.Position, "board")).Should(200);

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31");
        (await ends.AllInnerTextsAsync()).ShouldBe(["14 November 2022", "31 January 2023", "Today"]);

        await visitor.Page.Locator("#ask-valid-at").FillAsync("2099-12-31");
        await visitor.Page.Locator("#ask-valid-at").BlurAsync();
        await Assertions.Expect(visitor.Page.Locator("#course-last")).ToHaveTextAsync("31 December 2099");
        await Assertions.Expect(ends).ToHaveTextAsync(["14 November 2022", "31 December 2099", "31 December 2099"]);
        await visitor.Page.WaitForURLAsync("**?validAt=2099-12-31");
        (await visitor.Page.Locator("#ask-slider").InputValueAsync()).ShouldBe(await visitor.Page.Locator("#ask-slider").GetAttributeAsync("max"));
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task parts_its_sentences()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        foreach (var i in Enumerable.Range(1, 3)) await ledger.CommitmentAsync($"more-{i}");
        await ledger.AcceptedAsync("e-talks", depth: "mechanism");
        await ledger.AcceptedAsync("e-more", commitment: "more-1");
        await ledger.AcceptedAsync("e-words", depth: "words", commitment: "more-2");
        await ledger.RecordAsync("commitments/more-3/searches", Given.Search());
        await ledger.CommitmentAsync("twice");
        await ledger.RecordAsync("commitments/twice/withdrawal", new { reason = "dup" });
        await ledger.CommitmentAsync("still");
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31&status=wordsOnly");
        (await visitor.Page.Locator("caption").InnerTextAsync()).ShouldContain("14 November 2022 · 1 of 5 shown.");
        await visitor.OpenAsync($"/{ledger.Path}/commitments/twice");
        (await visitor.Page.Locator(".because").InnerTextAsync()).ShouldBe("Reason given: dup. It is on no board any more.");

        // However many statuses there are, the choices stand beside the first of them.
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-01-31");
        (await visitor.Page.Locator(".chip").CountAsync()).ShouldBe(5);
        await visitor.PictureAsync("board-of-many-statuses");
        (await visitor.Page.Locator(".narrow > *:not(button)").EvaluateAllAsync<double[]>("x => x.map(y => Math.round(y.getBoundingClientRect().top))")).Distinct().Count().ShouldBe(1);
        visitor.ShouldBeQuiet();
    }

    private static Task<string> LeadAsync(Visitor visitor) => visitor.Page.Locator("#verdict .lead").InnerTextAsync();
}
