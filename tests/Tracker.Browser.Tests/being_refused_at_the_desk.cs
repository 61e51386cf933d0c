using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Recording;

namespace Tracker.Browser.Tests;

/// <summary>A "no" of the desk: at the field it is about, in words of the form, where whoever sent it is led.</summary>
public sealed class being_refused_at_the_desk(Chromium chromium, PostgresUnderTest postgres)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task says_of_what_was_left_empty_that_it_is_needed_and_leads_there(bool scripts)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await using var ana = await SignedInAsync(ledger, $"/{ledger.Path}/desk/commitments/visit/evidence", "ana", Role.Coder, scripts ? Look.Desktop : Look.WithoutScripts);
        ana.Expected.Add(422);

        await ana.Page.Locator("main form.desk .send button").ClickAsync();

        await Assertions.Expect(ana.Page.Locator("#f-activity-wrong")).ToHaveTextAsync("“Activity” is needed.");
        await Assertions.Expect(ana.Page.Locator("#f-depth-wrong")).ToHaveTextAsync("“Depth” is needed.");
        (await ana.Page.Locator("#f-activity-wrong").GetAttributeAsync("lang")).ShouldBeNull("it is in the language of the page");
        await Assertions.Expect(ana.Page.Locator("#refused")).ToBeFocusedAsync();
        await Assertions.Expect(ana.Page.Locator("#refused p")).ToHaveTextAsync("Nothing was recorded. What is wrong stands at its fields below.");
        await ana.Page.Locator("#refused a", new() { HasText = "Activity" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("#f-activity")).ToBeFocusedAsync();

        // A choice of several is one question: what is wrong with it is told of each box.
        var group = ana.Page.Locator("#f-parties");
        (await group.GetAttributeAsync("aria-describedby")).ShouldBe("f-parties-hint f-parties-wrong");
        foreach (var box in await group.Locator("input").AllAsync())
            ((await box.GetAttributeAsync("aria-invalid")), await box.GetAttributeAsync("aria-describedby")).ShouldBe(("true", "f-parties-wrong"));
        if (scripts)
            foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
            {
                await ana.LookWithAsync(look);
                await ana.PictureAsync($"desk-needed-{look.Name}");
                await ana.ShouldBeAccessibleAsync($"desk needed {look.Name}");
                await ana.ShouldFitAsync($"desk needed {look.Name}");
            }

        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_of_an_empty_title_once_though_a_name_is_made_of_it()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await using var ana = await SignedInAsync(ledger, $"/{ledger.Path}/desk/sources", "ana", Role.Coder);
        ana.Expected.Add(422);

        await ana.Page.Locator("main form.desk .send button").ClickAsync();

        (await ana.Page.Locator("#f-title-wrong").InnerTextAsync()).ShouldBe("“Title” is needed.");
        (await ana.Page.Locator("#f-slug-wrong").CountAsync()).ShouldBe(0);
        (await ana.Page.Locator("#refused a").AllInnerTextsAsync()).ShouldBe(["Title", "Kind", "Tier", "Issuer"]);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task offers_nobody_to_review_what_is_their_own_or_reviewed()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-done");
        await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-own"));
        var last = await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-other"));
        (await ledger.GetAsync(last.Position, "board")).Should(200);
        await using var rui = await SignedInAsync(ledger, $"/{ledger.Path}/desk/evidence/e-other/review", "rui", Role.Reviewer, Look.Desktop);
        (await rui.Page.Locator("main form.desk").CountAsync()).ShouldBe(1);

        foreach (var (path, why) in ((string, string)[])
            [("e-done/review", "This has been reviewed, and is not reviewed twice. Accepted."), ("e-own/review", "You coded this. Someone else reviews it."), ("e-other/retraction", "Only what is accepted is coded anew or retracted. Awaits review.")])
        {
            await rui.OpenAsync($"/{ledger.Path}/desk/evidence/{path}");
            (await rui.Page.Locator("main form.desk").CountAsync()).ShouldBe(0, path);
            (await rui.Page.Locator("main .notice").InnerTextAsync()).ShouldBe(why);
        }

        await rui.PictureAsync("desk-nothing-to-review");
        await rui.ShouldBeAccessibleAsync("nothing to review");
        rui.ShouldBeQuiet();
    }

    [Fact]
    public async Task of_a_withdrawn_commitment_says_so_by_its_title_and_leaves_only_rejecting()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-talks"));
        await ledger.RecordAsync("commitments/visit/withdrawal", new { reason = "It was none." });
        await using var rui = await SignedInAsync(ledger, $"/{ledger.Path}/desk", "rui", Role.Reviewer, Look.Desktop);

        var waiting = await rui.Page.Locator("#waits-e-talks").InnerTextAsync();
        waiting.ShouldContain("A visit");
        waiting.ShouldContain("Withdrawn");
        waiting.ShouldContain("it can be rejected, and not accepted any more");
        await rui.PictureAsync("desk-waits-withdrawn");
        await rui.ShouldBeAccessibleAsync("a queue with what is withdrawn");
        await rui.Page.Locator("#waits-e-talks a", new() { HasText = "Review" }).ClickAsync();
        (await rui.Page.Locator(".intro").InnerTextAsync()).ShouldContain("it can be rejected, and not accepted any more");
        (await rui.Page.Locator("#f-decision option").EvaluateAllAsync<string[]>("x => x.map(y => y.value)")).ShouldBe(["", "reject"]);
        await rui.Page.Locator("#f-decision").SelectOptionAsync("reject");
        await rui.Page.Locator("#f-rationale").FillAsync("There is nothing to follow up.");
        await rui.SendAsync();
        await Assertions.Expect(rui.Page.Locator(".notice.done")).ToContainTextAsync("Recorded");
        rui.ShouldBeQuiet();
    }

    [Theory, InlineData("second", "Someone else reviews it."), InlineData("none", "On this agenda nobody reviews it: it counts at once.")]
    public async Task says_before_it_whether_anybody_reviews_it(string review, string said)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        (await ledger.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug, review))).Should(201);
        await ledger.CommitmentAsync();
        await using var ana = await SignedInAsync(ledger, $"/{ledger.Path}/desk/commitments/visit/evidence", "ana", Role.Coder);

        (await ana.Page.Locator(".intro").InnerTextAsync()).ShouldEndWith(said);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task says_one_thing_where_the_browser_has_forgotten_both_the_session_and_the_form()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await using var ana = await SignedInAsync(ledger, $"/{ledger.Path}/desk/sources", "ana", Role.Coder);
        ana.Expected.Add(400);
        await ana.Page.Locator("#f-title").FillAsync("A readout");
        await ana.ForgetAsync("tracker_session");
        await ana.ForgetAsync("tracker_form");

        await ana.SendAsync();

        var told = await ana.Page.Locator("main").InnerTextAsync();
        told.ShouldContain("Nothing was recorded: the form had been open for too long, or this browser has forgotten it. What you typed is kept.");
        told.ShouldNotContain("session has ended");
        told.ShouldNotContain("Not signed in");
        var key = (await ledger.Owner.PostAsync("keys", new { name = "ana", role = "coder" })).Should(201)["key"];
        await ana.Page.Locator("#key").FillAsync(key);
        await ana.Page.Locator("main button").ClickAsync();
        await Assertions.Expect(ana.Page.Locator("#f-title")).ToHaveValueAsync("A readout");
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_of_a_bad_date_without_a_word_of_spreadsheets()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await using var ana = await SignedInAsync(ledger, $"/{ledger.Path}/desk/activities", "ana", Role.Coder);
        ana.Expected.Add(422);
        await ana.Page.Locator("#f-title").FillAsync("A call");
        await ana.Page.Locator("#f-kind").SelectOptionAsync("call");
        await ana.Page.Locator("#f-occurred").FillAsync("11/14/2022");

        await ana.SendAsync();

        (await ana.Page.Locator("#f-occurred-wrong").InnerTextAsync()).ShouldStartWith("“When” must be a date");
        (await ana.Page.Locator("main").InnerTextAsync()).ShouldNotContain("spreadsheet");
        ana.ShouldBeQuiet();
    }

    private async Task<Visitor> SignedInAsync(Ledger ledger, string path, string name, Role role, Look? look = null)
    {
        // The same name is the same person.
        var key = (await ledger.Owner.PostAsync("keys", new { name, role = Words.Text(role) })).Should(201)["key"];
        var visitor = await chromium.VisitAsync(ledger.Tracker, look ?? Look.WithoutScripts);
        await visitor.OpenAsync($"/sign-in?to={path}");
        await visitor.Page.Locator("#key").FillAsync(key);
        await visitor.Page.Locator("main button").ClickAsync();
        return visitor;
    }
}
