using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>What was issued of a board is found from the board, and so is when more comes.</summary>
public sealed class finding_a_report(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task leads_from_the_board_to_each_form_and_tells_when_the_next_comes()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Mail:Host=127.0.0.1", "--Tracker:Mail:Port=9", "--Tracker:Mail:Security=none", "--Tracker:Mail:From=reports@tracker.example");
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = Array.Empty<string>(), deliver = new[] { new { email = "desk@example.org" } } });
        var issued = await ledger.RecordAsync("schedules/weekly/run", new { });
        await ledger.GetAsync(issued.Position, "board");
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync($"/agendas/{ledger.Slug}");
        await visitor.Page.Locator("nav.views a", new() { HasText = "Reports" }).ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Reports");
        (await visitor.Page.Locator("#issued ~ ol a").EvaluateAllAsync<string[]>("x => x.map(y => y.getAttribute('href'))")).ShouldBe(
            [.. ((string[])["html", "json", "md", "html", "pdf", "csv"]).Select(x => $"{issued.Location}.{x}"), $"{issued.Location}/verification"]);
        await Assertions.Expect(visitor.Page.Locator("#coming ~ ul")).ToContainTextAsync("06:00 UTC");
        (await visitor.Page.ContentAsync()).ShouldNotContain("desk@example.org");
        foreach (var look in (Look[])[Look.Desktop, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"reports-issued-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"reports {look.Name}");
            await visitor.ShouldFitAsync($"reports {look.Name}");
        }

        visitor.ShouldBeQuiet();
    }
}
