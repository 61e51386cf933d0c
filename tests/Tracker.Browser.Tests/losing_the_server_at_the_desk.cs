using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>A server that is gone while a form is sent takes nothing with it, and a form that is left is found again.</summary>
public sealed class losing_the_server_at_the_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task stays_says_that_it_is_not_known_keeps_what_was_typed_and_is_sent_again()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await using var ana = await ProposingAsync(ledger);
        await ana.Page.Context.SetOfflineAsync(true);

        await ana.SendAsync();

        await Assertions.Expect(ana.Page.Locator("#unsent")).ToContainTextAsync("The server cannot be reached: whether this was recorded is not known.");
        (await ana.Page.Locator("#f-rationale").InputValueAsync()).ShouldBe("They met.");
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await ana.LookWithAsync(look);
            await ana.PictureAsync($"desk-unsent-{look.Name}");
            await ana.ShouldBeAccessibleAsync($"unsent {look.Name}", coloursOnly: look == Look.Dark);
        }

        await ana.Page.Context.SetOfflineAsync(false);
        await ana.SendAsync();
        await ana.Page.Locator(".notice.done").WaitForAsync();
        (await ProposedAsync(ledger)).ShouldBe(1);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task records_once_what_is_sent_again_after_its_answer_was_lost_also_from_the_form_opened_anew()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await using var ana = await ProposingAsync(ledger);
        var lost = 0;
        await ana.Page.RouteAsync("**/desk/commitments/visit/evidence", async route =>
        {
            if (route.Request.Method != "POST" || lost++ > 0)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync();
        });

        await ana.SendAsync();
        await ana.Page.Locator("#unsent").WaitForAsync();
        (await ProposedAsync(ledger)).ShouldBe(1);
        await ana.OpenAsync($"/{ledger.Path}/desk/commitments/visit/evidence");
        (await ana.Page.Locator("#f-rationale").InputValueAsync()).ShouldBe("They met.");
        await ana.SendAsync();
        await ana.Page.Locator(".notice.done").WaitForAsync();

        (await ProposedAsync(ledger)).ShouldBe(1);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task finds_a_form_that_was_left_as_it_was_until_it_is_recorded_or_begun_anew()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var form = $"/{ledger.Path}/desk/activities";
        await using var ana = await chromium.SignedInAsync(ledger, form, "ana", Role.Coder);
        var page = ana.Page;
        await page.Locator("#f-title").FillAsync("A call");
        await page.Locator("#f-kind").SelectOptionAsync("call");
        await page.GetByLabel("Readout").CheckAsync();
        await page.Locator("button[name=form-more][value=participants]").ClickAsync();
        await page.Locator("#f-participants-2-name").FillAsync("Three");

        await page.GetByRole(AriaRole.Link, new() { Name = "Leave it" }).ClickAsync();
        await page.Locator("#waiting").WaitForAsync();
        await ana.OpenAsync(form);

        await Assertions.Expect(page.Locator("main .notice")).ToContainTextAsync("What you had typed here, and had not recorded, is back.");
        (await page.Locator("#f-title").InputValueAsync()).ShouldBe("A call");
        (await page.Locator("#f-kind").InputValueAsync()).ShouldBe("call");
        (await page.GetByLabel("Readout").IsCheckedAsync()).ShouldBeTrue();
        (await page.Locator("#f-participants-2-name").InputValueAsync()).ShouldBe("Three");
        await ana.PictureAsync("desk-draft");
        await ana.ShouldBeAccessibleAsync("a draft");
        var another = await ana.AnotherTabAsync();
        await another.GotoAsync(form);
        (await another.Locator("#f-title").InputValueAsync()).ShouldBe("", "a draft is its tab's");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start anew" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-title")).ToHaveValueAsync("");
        await page.Locator("#f-title").FillAsync("Another call");
        await page.Locator("#f-kind").SelectOptionAsync("call");
        await page.Locator("#f-occurred").FillAsync("2022-12");
        await ana.SendAsync();
        await page.Locator(".notice.done").WaitForAsync();
        await ana.OpenAsync(form);
        (await page.Locator("#f-title").InputValueAsync()).ShouldBe("");
        (await page.Locator("main .notice").CountAsync()).ShouldBe(0);
        ana.ShouldBeQuiet();
    }

    private async Task<Visitor> ProposingAsync(Ledger ledger)
    {
        var ana = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/commitments/visit/evidence", "ana", Role.Coder);
        await ana.Page.Locator("#f-activity").SelectOptionAsync("talks");
        await ana.Page.Locator("#f-depth").SelectOptionAsync("contact");
        await ana.Page.Locator("#f-direction").SelectOptionAsync("advances");
        await ana.Page.Locator("input[name=parties][value=AA]").CheckAsync();
        await ana.Page.Locator("#f-rationale").FillAsync("They met.");
        return ana;
    }

    private static async Task<int> ProposedAsync(Ledger ledger) => (await ledger.EventsAsync()).Count(x => x.Type == "evidence_proposed");
}
