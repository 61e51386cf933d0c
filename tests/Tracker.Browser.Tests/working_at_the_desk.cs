using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>The desk in the hands of a coder and a reviewer, without scripts: the story that moves a board.</summary>
public sealed class working_at_the_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task an_activity_is_recorded_evidence_proposed_and_reviewed_by_a_second_person_and_the_board_moves()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        await ledger.CommitmentAsync();
        var desk = $"/agendas/{ledger.Slug}/desk";
        await using var ana = await SignedInAsync(tracker, desk, "ana", Role.Coder);
        await using var rui = await SignedInAsync(tracker, desk, "rui", Role.Reviewer);

        // Ana records what happened; first as nobody would accept it.
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Record an activity" }).ClickAsync();
        await ana.Page.Locator("#f-title").FillAsync("Talks in Langfang");
        await ana.Page.Locator("#f-kind").SelectOptionAsync("meeting");
        await ana.Page.Locator("#f-occurred").FillAsync("2022-12-32");
        await ana.Page.Locator("#f-participants-0-name").FillAsync("Ms. A");
        await ana.Page.Locator("#f-participants-0-party").SelectOptionAsync("AA");
        await ana.Page.GetByLabel("Readout").CheckAsync();
        ana.Expected.Add(422);
        await SendAsync(ana, "Record it");
        (await ana.Page.Locator("#f-occurred-wrong").InnerTextAsync()).ShouldContain("occurred");
        (await ana.Page.Locator("#f-occurred").GetAttributeAsync("aria-invalid")).ShouldBe("true");
        (await ana.Page.Locator("#f-title").InputValueAsync()).ShouldBe("Talks in Langfang");
        await ana.PictureAsync("desk-refused");
        await ana.Page.Locator("#f-occurred").FillAsync("2022-12-11/2022-12-12");
        await SendAsync(ana, "Record it");
        (await ana.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("Recorded");

        // She proposes what it means for the commitment, and may not review it herself.
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Propose evidence" }).ClickAsync();
        await ana.Page.Locator("#f-activity").SelectOptionAsync("talks-in-langfang");
        await ana.Page.Locator("#f-depth").SelectOptionAsync("contact");
        await ana.Page.Locator("#f-direction").SelectOptionAsync("advances");
        await ana.Page.Locator("input[name=parties][value=AA]").CheckAsync();
        await ana.Page.Locator("#f-rationale").FillAsync("They met to prepare it.");
        await SendAsync(ana, "Propose it");
        (await ana.Page.Locator("#waiting + .evidence, section:has(#waiting)").First.InnerTextAsync()).ShouldContain("You coded this");
        await ana.PictureAsync("desk");

        // Rui reviews it, and the board has moved.
        await rui.OpenAsync(desk);
        await rui.Page.GetByRole(AriaRole.Link, new() { Name = "Review" }).ClickAsync();
        await rui.Page.Locator("#f-decision").SelectOptionAsync("accept");
        await rui.Page.Locator("#f-rationale").FillAsync("Both readouts say so.");
        await SendAsync(rui, "Decide");
        await rui.OpenAsync($"/agendas/{ledger.Slug}");
        (await rui.Page.Locator("#on-visit").GetAttributeAsync("data-status")).ShouldBe("dialogueOnly");

        var recorded = await ledger.EventsAsync();
        recorded.Select(x => x.Type).TakeLast(3).ShouldBe(["activity_recorded", "evidence_proposed", "evidence_accepted"]);
        recorded[^2].By.ShouldNotBe(recorded[^1].By);
        ana.ShouldBeQuiet();
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task a_session_that_ends_in_the_middle_of_a_form_loses_nothing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        await using var ana = await SignedInAsync(tracker, $"/agendas/{ledger.Slug}/desk/activities", "ana", Role.Coder);
        var key = (await tracker.Owner.PostAsync("keys", new { name = "ana", role = "coder" })).Should(201)["key"];
        await ana.Page.Locator("#f-title").FillAsync("会谈 & talks");
        await ana.Page.Locator("#f-kind").SelectOptionAsync("call");
        await ana.Page.Locator("#f-occurred").FillAsync("2022-12");
        await ana.Page.Locator("#f-slug").FillAsync("talks");

        await ana.ForgetAsync("tracker_session");
        ana.Expected.Add(401);
        await SendAsync(ana, "Record it");
        (await ana.Page.Locator("main").InnerTextAsync()).ShouldContain("What you typed is kept");
        (await ledger.EventsAsync()).ShouldNotContain(x => x.Type == "activity_recorded");
        await ana.PictureAsync("sign-in-again");
        await ana.Page.Locator("#key").FillAsync(key);
        await ana.Page.Locator("main button").ClickAsync();

        (await ana.Page.Locator("#f-title").InputValueAsync()).ShouldBe("会谈 & talks");
        (await ana.Page.Locator("#f-kind").InputValueAsync()).ShouldBe("call");
        await SendAsync(ana, "Record it");
        (await ana.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("Recorded");
        (await ledger.EventsAsync()).ShouldContain(x => x.Type == "activity_recorded" && x.Stream.EndsWith("/activities/talks"));
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task a_form_of_another_site_changes_nothing_and_a_cookie_alone_commands_nothing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        var desk = $"/agendas/{ledger.Slug}/desk";
        await using var ana = await SignedInAsync(tracker, desk, "ana", Role.Coder);
        var before = await ledger.PositionAsync();

        var forged = await ana.Page.APIRequest.PostAsync($"{desk}/sources", new() { Form = ana.Page.APIRequest.CreateFormData().Set("title", "Forged").Set("kind", "article").Set("tier", "press").Set("issuer", "X") });
        forged.Status.ShouldBe(400);
        var bare = await ana.Page.APIRequest.PostAsync($"/api/v1/agendas/{ledger.Slug}/sources", new() { DataObject = Given.Source("forged") });
        bare.Status.ShouldBe(401);

        (await ledger.PositionAsync()).ShouldBe(before);
        var cookie = (await ana.CookiesAsync()).Single(x => x.Name == "tracker_session");
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteAttribute.Strict);
        cookie.Value.ShouldNotContain("trk_");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        (await ana.CookiesAsync()).ShouldNotContain(x => x.Name == "tracker_session");
    }

    [Theory, InlineData("desk", ""), InlineData("desk-activity", "/activities"), InlineData("desk-source", "/sources"), InlineData("desk-evidence", "/commitments/visit/evidence"),
     InlineData("desk-search", "/commitments/visit/searches"), InlineData("desk-correction", "/activities/talks/corrections")]
    public async Task every_page_of_it_is_accessible(string name, string path)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await using var owner = await chromium.VisitAsync(tracker);
        await owner.OpenAsync($"/sign-in?to=/agendas/{ledger.Slug}/desk{path}");
        await owner.ShouldBeAccessibleAsync("sign in");
        await owner.Page.Locator("#key").FillAsync(Node.OwnerKey);
        await owner.Page.Locator("main button").ClickAsync();
        await Assertions.Expect(owner.Page.Locator("h1")).Not.ToContainTextAsync("Sign in");

        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await owner.LookWithAsync(look);
            await owner.PictureAsync($"{name}-{look.Name}");
            await owner.ShouldBeAccessibleAsync($"{name} {look.Name}", coloursOnly: look == Look.Dark);
            await owner.ShouldFitAsync($"{name} {look.Name}");
        }

        owner.ShouldBeQuiet();
    }

    private async Task<Visitor> SignedInAsync(TrackerUnderTest tracker, string to, string name, Role role)
    {
        var key = (await tracker.Owner.PostAsync("keys", new { name, role = Words.Text(role) })).Should(201)["key"];
        var visitor = await chromium.VisitAsync(tracker, Look.WithoutScripts);
        await visitor.OpenAsync(to);
        await visitor.Page.Locator("#key").FillAsync(key);
        await visitor.Page.Locator("main button").ClickAsync();
        (await visitor.Page.Locator(".who").InnerTextAsync()).ShouldContain($"Signed in as {name}");
        return visitor;
    }

    private static Task SendAsync(Visitor visitor, string button) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
