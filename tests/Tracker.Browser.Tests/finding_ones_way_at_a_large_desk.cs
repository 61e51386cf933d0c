using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>A desk of a thousand commitments is one page that can be searched, not sixty thousand pixels.</summary>
public sealed class finding_ones_way_at_a_large_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task shows_the_first_says_how_many_there_are_and_finds_any()
    {
        var ledger = new Ledger(await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, activities: 80);
        foreach (var n in Enumerable.Range(0, 999))
        {
            var commitment = Given.Commitment($"c{n}").Json();
            commitment["title"] = $"Promise number {n}";
            bundle["commitments"]!.AsArray().Add((JsonNode)commitment);
        }

        foreach (var (n, piece) in bundle["evidence"]!.AsArray().Index().Take(60))
        {
            piece!["state"] = "proposed";
            piece["commitment"] = $"c{n}";
            piece.AsObject().Remove("review");
        }

        (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk", "rui", Role.Reviewer);
        var page = rui.Page;

        (await page.Locator("section:has(#per-commitment)").InnerTextAsync()).ShouldContain("50 of 1,000 shown.");
        (await page.Locator("section:has(#per-activity)").InnerTextAsync()).ShouldContain("50 of 80 shown.");
        (await page.Locator("section:has(#waiting)").InnerTextAsync()).ShouldContain("50 of 60 shown.");
        (await page.Locator("a").CountAsync()).ShouldBeLessThan(600);
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await rui.LookWithAsync(look);
            await rui.PictureAsync($"desk-large-{look.Name}");
            await rui.ShouldBeAccessibleAsync($"large desk {look.Name}", coloursOnly: look == Look.Dark);
            await rui.ShouldFitAsync($"large desk {look.Name}");
        }

        await page.Locator("#q").FillAsync("NUMBER 55");
        await page.Locator("#q").PressAsync("Enter");
        await page.WaitForURLAsync("**?q=*");
        (await page.Locator("section:has(#per-commitment) .name").AllInnerTextsAsync()).ShouldBe(["Promise number 55", .. Enumerable.Range(0, 10).Select(x => $"Promise number 55{x}"), .. new[] { 155, 255, 355, 455, 655, 755, 855, 955 }.Select(x => $"Promise number {x}")], ignoreOrder: true);
        (await page.Locator("#waits-e-55").CountAsync()).ShouldBe(1);
        (await page.Locator("section:has(#waiting) .piece").CountAsync()).ShouldBe(1);
        (await page.Locator("section:has(#per-activity)").InnerTextAsync()).ShouldContain("Nothing here has these words.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Assertions.Expect(page.Locator("section:has(#per-commitment) .name")).ToHaveCountAsync(50);
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task leaves_a_small_one_without_a_search()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk", "rui", Role.Reviewer);

        (await rui.Page.Locator("#q").CountAsync()).ShouldBe(0);
        (await rui.Page.Locator(".meta").CountAsync()).ShouldBe(1);
        rui.ShouldBeQuiet();
    }
}
