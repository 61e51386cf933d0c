using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>A tracker that is not open to everybody shows nothing but where to sign in, and brings whoever does to where they wanted to go.</summary>
public sealed class coming_to_a_closed_tracker(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task leads_through_the_sign_in_to_the_page_that_was_asked_for()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:PublicRead=false");
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await tracker.Owner.GetAsync(await ledger.PositionAsync(), ledger.Path);
        await using var visitor = await chromium.VisitAsync(tracker);
        visitor.Expected.Add(401);

        await visitor.OpenAsync($"/{ledger.Path}/timeline?validAt=2023-01-31");

        (await visitor.Page.Locator("main").InnerTextAsync()).ShouldContain("not open to everybody");
        (await visitor.Page.ContentAsync()).ShouldNotContain("A visit");
        foreach (var look in (Look[])[Look.Desktop, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"closed-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"closed {look.Name}");
            await visitor.ShouldFitAsync($"closed {look.Name}");
        }

        await visitor.Page.Locator("#key").FillAsync(Node.OwnerKey);
        await visitor.Page.Locator("main button").ClickAsync();
        visitor.Page.Url.ShouldEndWith($"/{ledger.Path}/timeline?validAt=2023-01-31");
        (await visitor.Page.Locator("main").InnerTextAsync()).ShouldContain("A visit");
        visitor.ShouldBeQuiet();
    }
}
