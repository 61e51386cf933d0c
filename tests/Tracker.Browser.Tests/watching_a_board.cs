using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>A board and a change log left open, while others write and servers come and go.</summary>
public sealed class watching_a_board(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task a_reviewed_proposal_moves_an_open_board_by_itself_and_is_told_once()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var watching = await chromium.VisitAsync(tracker);
        await using var following = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await following.OpenAsync($"/agendas/{ledger.Slug}/changes");
        foreach (var visitor in (Visitor[])[watching, following]) await Assertions.Expect(visitor.Page.Locator("#live")).ToContainTextAsync("Live");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "notYetRated");

        await ledger.AcceptedAsync("e-talks");

        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("moved"));
        await Assertions.Expect(watching.Page.Locator("#verdict")).ToContainTextAsync("1 has seen talks only");
        var told = following.Page.Locator(".change", new() { HasText = "ialogue only" });
        await Assertions.Expect(told.First).ToBeVisibleAsync();
        var ids = await following.Page.Locator(".change").EvaluateAllAsync<string[]>("x => x.map(y => y.id)");
        ids.ShouldBe(ids.Distinct(), "nothing is told twice");
        await following.PictureAsync("changes-live");
        watching.ShouldBeQuiet();
        following.ShouldBeQuiet();
    }

    [Fact]
    public async Task what_moves_no_status_appears_too_and_takes_the_focus_from_nobody()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-talks");
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("Live");
        await watching.Page.Locator("#on-visit th a").FocusAsync();

        await ledger.ActivityAsync("more-talks");
        await ledger.AcceptedAsync("e-more", "more-talks");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToContainTextAsync("2 pieces of evidence");
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-still", "more-talks", "words"));
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToContainTextAsync("1 pending review");

        (await watching.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href') ?? ''")).ShouldContain("/commitments/visit");
        watching.ShouldBeQuiet();
    }

    [Fact]
    public async Task what_could_not_be_fetched_is_fetched_again()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("Live");
        var failed = 0;
        await watching.Page.RouteAsync($"**/agendas/{ledger.Slug}", x => failed++ < 2 ? x.FulfillAsync(new() { Status = 503, Body = "" }) : x.ContinueAsync());

        await ledger.AcceptedAsync("e-talks");

        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("could not be fetched");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("Live");
        failed.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task a_server_that_goes_is_missed_and_one_that_comes_back_is_caught_up_with()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var wire = new Wire(tracker.Node.Address);
        await using var watching = await chromium.VisitAsync(wire.Address);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("Live");

        // The way to the server is cut, and not the server: what is written meanwhile is to be caught up with.
        await wire.CutAsync();
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("The connection is lost");
        await watching.PictureAsync("board-server-gone");
        await watching.ShouldBeAccessibleAsync("server gone");
        await ledger.AcceptedAsync("e-talks");
        wire.Mend();

        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("Connected again");
    }
}
