using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>The pages behind nginx, over https and under a path of a host that has others.</summary>
public sealed class standing_under_a_sub_path(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task a_board_moves_a_form_is_sent_and_a_session_ends_as_at_a_root()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Proxies=127.0.0.1");
        await using var nginx = await Nginx.StartAsync(tracker.Node.Address);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var ana = await chromium.VisitAsync(nginx.Sub);
        var board = new Uri(nginx.Sub, ledger.Path).ToString();

        // Told as it comes, and of another day without another page.
        await ana.OpenAsync(board);
        await Assertions.Expect(ana.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        await ledger.AcceptedAsync("e-talks");
        await Assertions.Expect(ana.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await ana.Page.Locator("#ask-valid-at").FillAsync("2022-12-01");
        await Assertions.Expect(ana.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"^{board}\\?validAt=2022-12-01"));
        await Assertions.Expect(ana.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "notYetRated");

        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await ana.Page.Locator("#key").FillAsync(Node.OwnerKey);
        await ana.Page.Locator("main button").ClickAsync();
        await ana.Page.WaitForURLAsync(board);
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Coding desk" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Record a source" }).ClickAsync();
        await ana.Page.Locator("#f-title").FillAsync("A speech");
        await ana.Page.Locator("#f-kind").SelectOptionAsync("speech");
        await ana.Page.Locator("#f-tier").SelectOptionAsync("official");
        await ana.Page.Locator("#f-issuer").FillAsync("AA");
        await ana.SendAsync();
        await Assertions.Expect(ana.Page.Locator(".notice.done")).ToContainTextAsync("Recorded");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await ana.Page.WaitForURLAsync(nginx.Sub.ToString());
        (await ana.CookiesAsync()).ShouldNotContain(x => x.Name.EndsWith("tracker_session", StringComparison.Ordinal));

        ana.ShouldBeQuiet();
    }
}
