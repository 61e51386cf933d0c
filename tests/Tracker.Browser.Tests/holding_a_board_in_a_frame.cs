using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>The board in a page of another site, with what the board's own page gives to copy.</summary>
public sealed class holding_a_board_in_a_frame(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task the_snippet_shows_it_from_280_pixels_up_and_it_moves_by_itself()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await tracker.Public.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/board");
        await using var visitor = await chromium.VisitAsync(tracker);
        await visitor.OpenAsync($"/{ledger.Path}");
        await visitor.Page.Locator(".embedding summary").ClickAsync();
        var (frame, badge) = (await visitor.Page.Locator("#embed-frame").InputValueAsync(), await visitor.Page.Locator("#embed-badge").InputValueAsync());
        await visitor.ShouldBeAccessibleAsync("snippets");

        await using var elsewhere = await SiteAsync($"<!DOCTYPE html><html lang=\"en\"><title>Elsewhere</title><body style=\"margin:0\"><h1>Elsewhere</h1>{frame}<p>{badge}</p></body></html>");
        var page = await visitor.ElsewhereAsync(new Uri(elsewhere.Urls.First()));

        var board = page.FrameLocator("iframe");
        await Assertions.Expect(board.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "notYetRated");
        (await page.Locator("p img").EvaluateAsync<int>("x => x.decode().then(() => x.naturalHeight)")).ShouldBe(22);
        foreach (var width in (int[])[280, 600])
        {
            await page.SetViewportSizeAsync(width, 800);
            (await board.Locator("html").EvaluateAsync<int>("x => x.scrollWidth - x.clientWidth")).ShouldBe(0, $"{width} pixels");
            await Visitor.PictureAsync(page, $"framed-{width}");
        }

        await ledger.AcceptedAsync("e-talks");
        await Assertions.Expect(board.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        (await board.Locator("#on-visit a").GetAttributeAsync("target")).ShouldBe("_blank");
        (await visitor.CookiesAsync()).ShouldBeEmpty();
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task of_many_parties_it_has_a_key_and_most_of_its_rows_in_sight()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName("framed"));
        (await tracker.Owner.PostAsync($"{ledger.Path}/import", Bundles.Summit(ledger.Slug))).Should(200);
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        await using var visitor = await chromium.VisitAsync(tracker);
        await visitor.OpenAsync($"/{ledger.Path}");
        var frame = await visitor.Page.Locator("#embed-frame").EvaluateAsync<string>("x => x.value");
        await using var elsewhere = await SiteAsync($"<!DOCTYPE html><html lang=\"en\"><title>Elsewhere</title><body style=\"margin:0\"><h1>Elsewhere</h1>{frame}</body></html>");
        var page = await visitor.ElsewhereAsync(new Uri(elsewhere.Urls.First()));
        await page.SetViewportSizeAsync(420, 800);
        var board = page.FrameLocator("iframe");

        (await board.Locator(".counts li").AllInnerTextsAsync()).Count.ShouldBeGreaterThan(1);
        await Assertions.Expect(board.Locator(".counts")).ToContainTextAsync("Concrete action");
        var inSight = await board.Locator(".stands li").EvaluateAllAsync<int>("x => x.filter(y => y.getBoundingClientRect().bottom <= innerHeight).length");
        inSight.ShouldBe(await board.Locator(".stands li").CountAsync());
        (await board.Locator("html").EvaluateAsync<int>("x => innerHeight - document.querySelector('main').getBoundingClientRect().bottom")).ShouldBeInRange(-1, 260, "nor much more than they take");
        await Visitor.PictureAsync(page, "framed-of-twenty");
        visitor.ShouldBeQuiet();
    }

    /// <summary>Another site, with one page.</summary>
    private static async Task<WebApplication> SiteAsync(string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
        site.MapGet("/favicon.ico", () => Results.NoContent());
        await site.StartAsync();
        return site;
    }
}
