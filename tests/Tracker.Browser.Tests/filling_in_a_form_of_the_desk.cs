using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>A form takes as many as there are, and gives nothing back that was not typed.</summary>
public sealed class filling_in_a_form_of_the_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task adds_another_row_and_goes_on_in_it_with_nothing_recorded_or_lost(bool scripts)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        var before = await ledger.PositionAsync();
        await using var ana = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/activities", "ana", Role.Coder, scripts ? Look.Desktop : Look.WithoutScripts);
        var page = ana.Page;
        await page.Locator("#f-title").FillAsync("Talks");
        await page.Locator("#f-participants-0-name").FillAsync("One");
        await page.Locator("#f-participants-1-name").FillAsync("Two");
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;

        await AddAsync("participants");

        await Assertions.Expect(page.Locator("#f-participants-2-name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Three");
        await page.Locator("#f-participants-2-party").SelectOptionAsync("BB");
        await AddAsync("participants");
        await Assertions.Expect(page.Locator("#f-participants-3-name")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#f-participants-3-name")).ToHaveValueAsync("");
        (await page.Locator("#f-title").InputValueAsync()).ShouldBe("Talks");
        (await page.Locator("#f-participants-2-party").InputValueAsync()).ShouldBe("BB");
        await page.Locator("#f-participants-3-name").FillAsync("Four");
        (await page.Locator("label[for=f-participants-3-name]").TextContentAsync())!.Trim().ShouldEndWith("4");
        await AddAsync("accounts");
        await Assertions.Expect(page.Locator("#f-accounts-2-source")).ToBeFocusedAsync();
        (sent == 0).ShouldBe(scripts);
        (await ledger.PositionAsync()).ShouldBe(before);
        await ana.PictureAsync($"desk-more-rows-{(scripts ? "scripts" : "no-script")}");
        if (scripts) await ana.ShouldBeAccessibleAsync("more rows");

        // The Enter key sends the form, and adds no row.
        await page.Locator("#f-kind").SelectOptionAsync("meeting");
        await page.Locator("#f-occurred").FillAsync("2022-12");
        await page.Locator("#f-title").PressAsync("Enter");
        await page.Locator(".notice.done").WaitForAsync();
        var said = (await ledger.GetAsync(before + 1, "activities/talks")).Should(200).Json["participants"]!.AsArray();
        said.Select(x => (string?)x!["name"]).ShouldBe(["One", "Two", "Three", "Four"]);
        ((string?)said[2]!["party"]).ShouldBe("BB");
        ana.ShouldBeQuiet();

        Task AddAsync(string list) => page.Locator($"button[name=form-more][value={list}]").ClickAsync();
    }

    [Fact]
    public async Task keeps_the_rows_over_a_session_that_ends()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        await using var ana = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/activities", "ana", Role.Coder, Look.WithoutScripts);
        ana.Expected.Add(401);
        var key = (await ledger.Owner.PostAsync("keys", new { name = "ana", role = "coder" })).Should(201)["key"];
        await ana.Page.Locator("#f-participants-1-name").FillAsync("Two");
        await ana.ForgetAsync("tracker_session");

        await ana.Page.Locator("button[name=form-more][value=participants]").ClickAsync();
        (await ana.Page.Locator("main").InnerTextAsync()).ShouldContain("What you typed is kept");
        await ana.Page.Locator("#key").FillAsync(key);
        await ana.Page.Locator("main button").ClickAsync();

        await Assertions.Expect(ana.Page.Locator("#f-participants-0-name")).ToHaveValueAsync("Two");
        (await ana.Page.Locator("#f-participants .row").CountAsync()).ShouldBe(3);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task ends_at_what_a_form_can_carry()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await using var ana = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/activities", "ana", Role.Coder);
        var more = ana.Page.Locator("button[name=form-more][value=participants]");

        for (var row = 2; row < 60; row++) await more.ClickAsync();

        (await ana.Page.Locator("#f-participants .row").CountAsync()).ShouldBe(60);
        (await more.CountAsync()).ShouldBe(0);
        ana.ShouldBeQuiet();
    }
}
