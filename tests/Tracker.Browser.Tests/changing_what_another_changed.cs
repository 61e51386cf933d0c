using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>Two forms about one thing, opened before either was sent: nobody overwrites what they have not seen.</summary>
public sealed class changing_what_another_changed(Chromium chromium, PostgresUnderTest postgres)
{
    public static TheoryData<string, string, string, string, string> Corrections => new()
    {
        { "activities/talks/corrections", "activities/talks", "title", "Talks on the visit", "Talks in Tianjin" },
        { "sources/readout/corrections", "sources/readout", "publisher", "The ministry", "The palace" },
        { "commitments/visit/corrections", "commitments/visit", "criteria", "They have come.", "They have met." },
        { "commitments/visit/clauses/1/corrections", "commitments/visit", "quote", "we shall visit soon", "we may visit" },
        { "evidence/e-talks/recoding", "evidence/e-talks", "rationale", "They met twice.", "They did not meet." },
    };

    [Theory, MemberData(nameof(Corrections))]
    public async Task is_told_what_it_says_now_keeps_what_was_typed_and_is_sent_again_knowingly(string form, string thing, string field, string first, string second)
    {
        var ledger = await WithAllAsync();
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/{form}", "rui", Role.Reviewer);
        rui.Expected.Add(412);
        var tab = await rui.AnotherTabAsync();
        await tab.GotoAsync($"/{ledger.Path}/desk/{form}");

        await FillAsync(tab, field, first);
        await tab.Locator(".send button").ClickAsync();
        await tab.Locator(".notice.done").WaitForAsync();
        await FillAsync(rui.Page, field, second);
        await rui.SendAsync();

        var told = await rui.Page.Locator("#refused").InnerTextAsync();
        told.ShouldContain("Nothing was recorded. This was changed since you opened the form:");
        told.ShouldContain($"It says now: {first}");
        told.ShouldContain($"You typed: {second}");
        (await rui.Page.Locator($"#f-{field}").InputValueAsync()).ShouldBe(second);
        (await rui.Page.Locator("#f-reason").InputValueAsync()).ShouldBe("So it is.");
        (await SaidAsync()).ShouldContain(first);
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await rui.LookWithAsync(look);
            await rui.PictureAsync($"desk-changed-since-{field}-{look.Name}");
            await rui.ShouldBeAccessibleAsync($"{form} {look.Name}", coloursOnly: look == Look.Dark);
            await rui.ShouldFitAsync($"{form} {look.Name}");
        }

        await rui.SendAsync();
        await rui.Page.Locator(".notice.done").WaitForAsync();
        (await SaidAsync()).ShouldContain(second);
        rui.ShouldBeQuiet();

        async Task<string> SaidAsync() => (await ledger.GetAsync(await ledger.PositionAsync(), thing)).Should(200).Json.ToString();
    }

    [Fact]
    public async Task keeps_what_it_did_not_touch_as_the_other_has_it_and_says_so()
    {
        var ledger = await WithAllAsync();
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/activities/talks/corrections", "rui", Role.Reviewer, Look.WithoutScripts);
        rui.Expected.Add(412);
        await ledger.RecordAsync("activities/talks/corrections", new { place = "Langfang", participants = new[] { new { party = "AA", name = "The envoy" }, new { party = "BB", name = "The host" } }, reason = "The place was missing." });
        await FillAsync(rui.Page, "title", "Talks on the visit");

        await rui.SendAsync();

        var told = await rui.Page.Locator("#refused").InnerTextAsync();
        told.ShouldContain("Place");
        told.ShouldContain("It says now: Langfang");
        told.ShouldContain("The envoy, Alfa; The host, Bravo");
        told.ShouldNotContain("You typed");
        (await rui.Page.Locator("#f-place").InputValueAsync()).ShouldBe("Langfang");
        (await rui.Page.Locator("#f-participants-1-role").InputValueAsync()).ShouldBe("");
        await rui.SendAsync();
        await rui.Page.Locator(".notice.done").WaitForAsync();
        var said = (await ledger.GetAsync(await ledger.PositionAsync(), "activities/talks")).Should(200).Json;
        ((string?)said["title"], (string?)said["place"], (string?)said["participants"]![1]!["name"]).ShouldBe(("Talks on the visit", "Langfang", "The host"));
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_not_held_up_by_what_the_form_does_not_show()
    {
        var ledger = await WithAllAsync();
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/commitments/visit/corrections", "rui", Role.Reviewer);
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await FillAsync(rui.Page, "title", "A visit by the Secretary");

        await rui.SendAsync();

        await rui.Page.Locator(".notice.done").WaitForAsync();
        rui.ShouldBeQuiet();
    }

    [Theory]
    [InlineData("activities/talks/corrections", "summary", "They met behind closed doors.", "Summary")]
    [InlineData("commitments/visit/corrections", "criteria", "They have come.", "What would count")]
    [InlineData("sources/readout/corrections", "title", "Readout of the talks", "Sources")]
    public async Task is_shown_what_the_evidence_rests_on_as_it_is_now_before_it_is_reviewed(string correction, string member, string now, string label)
    {
        var ledger = await WithAllAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-more"));
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/evidence/e-more/review", "rui", Role.Reviewer);
        rui.Expected.Add(412);
        await ledger.RecordAsync(correction, new Dictionary<string, string> { [member] = now, ["reason"] = "So it is." });
        await rui.Page.Locator("#f-decision").SelectOptionAsync("accept");
        await rui.Page.Locator("#f-rationale").FillAsync("Read against the source.");

        await rui.SendAsync();

        var told = await rui.Page.Locator("#refused").InnerTextAsync();
        told.ShouldContain("Nothing was recorded. This was changed since you opened the form:");
        told.ShouldContain(label);
        told.ShouldContain(now);
        (await rui.Page.Locator(".judgement").InnerTextAsync()).ShouldContain(now);
        (await ledger.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/evidence/e-more")).Should(200)["state"].ShouldBe("proposed");
        await rui.SendAsync();
        await rui.Page.Locator(".notice.done").WaitForAsync();
        (await ledger.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/evidence/e-more")).Should(200)["state"].ShouldBe("accepted");
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_not_held_up_where_only_what_the_review_does_not_show_has_changed()
    {
        var ledger = await WithAllAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-more"));
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/evidence/e-more/review", "rui", Role.Reviewer);
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await rui.Page.Locator("#f-decision").SelectOptionAsync("accept");
        await rui.Page.Locator("#f-rationale").FillAsync("Read against the source.");

        await rui.SendAsync();

        await rui.Page.Locator(".notice.done").WaitForAsync();
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task of_two_reviews_the_second_is_told_of_the_first_and_can_still_read_what_it_said()
    {
        var ledger = await WithAllAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-more"));
        await using var rui = await chromium.SignedInAsync(ledger, $"/{ledger.Path}/desk/evidence/e-more/review", "rui", Role.Reviewer);
        rui.Expected.Add(409);
        await (await ledger.ReviewerAsync("eva")).PostAsync($"{ledger.Path}/evidence/e-more/review", Given.Review());
        await rui.Page.Locator("#f-decision").SelectOptionAsync("reject");
        await rui.Page.Locator("#f-rationale").FillAsync("It was another meeting.");

        await rui.SendAsync();

        await rui.Page.Locator("#refused").WaitForAsync();
        var told = await rui.Page.Locator("main").InnerTextAsync();
        told.ShouldContain("This has been reviewed, and is not reviewed twice. Accepted.");
        told.ShouldContain("It was another meeting.");
        rui.ShouldBeQuiet();
    }

    private async Task<Ledger> WithAllAsync()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.AcceptedAsync("e-talks");
        return ledger;
    }

    private static async Task FillAsync(IPage page, string field, string value)
    {
        await page.Locator($"#f-{field}").FillAsync(value);
        await page.Locator("#f-reason").FillAsync("So it is.");
    }
}
