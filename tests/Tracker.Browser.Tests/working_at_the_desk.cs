using System.Text.Json.Nodes;
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
        (await ana.Page.Locator("#f-occurred-wrong").InnerTextAsync()).ShouldStartWith("“When” must be a date");
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

    [Fact]
    public async Task what_was_recorded_is_put_right_and_taken_back_from_where_it_is_read_and_the_reasons_stand_there()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.SourceAsync("second");
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.AcceptedAsync("e-talks");
        await ledger.AcceptedAsync("e-other", depth: "words");
        var (commitment, activity, source) = ($"/{ledger.Path}/commitments/visit", $"/{ledger.Path}/activities/talks", $"/{ledger.Path}/sources/second");
        await using var rui = await SignedInAsync(tracker, commitment, "rui", Role.Reviewer, Look.Desktop);

        await rui.OpenAsync(commitment);
        await LookAsync(rui, "commitment-signed-in");
        await ActAsync(rui, commitment, "Correct: A visit", "Correct it", "The title was short.", ("title", "A visit by the Secretary"));
        (await rui.Page.Locator("h1").InnerTextAsync()).ShouldBe("A visit by the Secretary");
        await ActAsync(rui, commitment, "Correct this wording: Alfa", "Correct it", "A word was left out.", ("quote", "we shall visit soon"));
        await ActAsync(rui, commitment, "Withdraw: Searched through 1 December 2022", "Withdraw it", "It was not looked for there.");
        (await rui.Page.Locator("section:has(#searches)").InnerTextAsync()).ShouldContain("It was not looked for there. This search was withdrawn");
        await rui.OpenAsync(commitment);
        await rui.Page.Locator("#evidence-e-talks").GetByRole(AriaRole.Link, new() { Name = "Code it anew" }).ClickAsync();
        await FillAndSendAsync(rui, "Correct it", "A channel was set up.", ("depth", "mechanism"));
        await rui.OpenAsync(commitment);
        await rui.Page.Locator("#evidence-e-other").GetByRole(AriaRole.Link, new() { Name = "Retract" }).ClickAsync();
        await FillAndSendAsync(rui, "Retract it", "It is of another meeting.");
        (await rui.Page.Locator("#evidence-e-other").InnerTextAsync()).ShouldContain("It is of another meeting.");
        await ActAsync(rui, activity, "Correct: Talks in Langfang", "Correct it", "The place was missing.", ("place", "Langfang"), ("participants-0-name", "The envoy"));
        await ActAsync(rui, source, "Correct: Readout of the meeting", "Correct it", "Its publisher is known.", ("publisher", "The ministry"));

        // The reasons stand where the thing is read, for everybody.
        await using var reader = await chromium.VisitAsync(tracker);
        await reader.OpenAsync(commitment);
        var history = await reader.Page.Locator("section:has(#history)").InnerTextAsync();
        foreach (var told in (string[])["Correction", "The title was short.", "A word was left out.", "Withdrawal", "It was not looked for there.", "A channel was set up.", "Retraction", "It is of another meeting."])
            history.ShouldContain(told);
        await LookAsync(reader, "commitment-amended");
        history.ShouldNotContain("Recorded by");
        (await reader.Page.Locator(".at-desk").CountAsync()).ShouldBe(0, "what the desk is for is shown to whoever may");
        foreach (var (page, name, reason) in ((string, string, string)[])[(activity, "activity-amended", "The place was missing."), (source, "source-amended", "Its publisher is known.")])
        {
            await reader.OpenAsync(page);
            var corrections = await reader.Page.Locator("section:has(#corrections)").InnerTextAsync();
            corrections.ShouldContain("Correction");
            corrections.ShouldContain(reason);
            corrections.ShouldNotContain("Recorded by", Case.Sensitive, "who recorded it is for those who work on the agenda");
            corrections.ShouldNotContain("p-");
            await LookAsync(reader, name);
        }

        await ActAsync(rui, source, "Withdraw: Readout of the meeting", "Withdraw it", "It was published by nobody.");
        var own = await rui.Page.Locator("section:has(#corrections)").InnerTextAsync();
        own.ShouldContain("Withdrawal");
        own.ShouldContain("Recorded by rui");
        (await rui.Page.Locator(".at-desk a").AllInnerTextsAsync()).ShouldBe(["Reinstate"], "what is withdrawn can only come back");
        await ActAsync(rui, activity, "Withdraw: Talks in Langfang", "Withdraw it", "It never took place.");
        (await AcceptWhatWaitsAsync(ledger)).ShouldBe(1, "accepted evidence rests on it");
        await rui.OpenAsync(activity);
        (await rui.Page.Locator("section:has(#corrections)").InnerTextAsync()).ShouldContain("It never took place.");
        await rui.OpenAsync(commitment);
        (await rui.Page.Locator("#evidence-e-talks").InnerTextAsync()).ShouldContain("Its activity is withdrawn");
        await ActAsync(rui, commitment, "Withdraw: A visit by the Secretary", "Withdraw it", "It was no commitment.");
        (await AcceptWhatWaitsAsync(ledger)).ShouldBe(1);
        await rui.OpenAsync(commitment);
        (await rui.Page.Locator(".stand").InnerTextAsync()).ShouldContain("It was no commitment.");
        await LookAsync(rui, "commitment-withdrawn");

        (await ledger.EventsAsync()).Select(x => x.Type).TakeLast(14).ShouldBe(
        [
            "commitment_corrected", "clause_corrected", "search_withdrawn", "evidence_recoded", "evidence_retracted", "activity_corrected", "source_corrected",
            "source_withdrawn", "activity_withdrawal_proposed", "proposal_accepted", "activity_withdrawn", "commitment_withdrawal_proposed", "proposal_accepted", "commitment_withdrawn",
        ]);
        rui.ShouldBeQuiet();
        reader.ShouldBeQuiet();
    }

    [Fact]
    public async Task a_correction_says_only_what_its_author_changed_and_leaves_what_another_corrected_meanwhile()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var ana = await SignedInAsync(tracker, $"/{ledger.Path}/desk/activities/talks/corrections", "ana", Role.Coder);
        (await ana.Page.Locator("#f-participants-1-role").InputValueAsync()).ShouldBe("host");

        var corrected = await ledger.RecordAsync("activities/talks/corrections", new { place = "Langfang", reason = "The place was missing." });
        await ledger.GetAsync(corrected.Position, "activities/talks");
        ana.Expected.Add(412);
        await ana.Page.Locator("#f-title").FillAsync("Talks on the visit");
        await ana.Page.Locator("#f-reason").FillAsync("The title was short.");
        await SendAsync(ana, "Correct it");
        (await ana.Page.Locator("#refused").InnerTextAsync()).ShouldContain("It says now: Langfang");
        await SendAsync(ana, "Correct it");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "See it" }).WaitForAsync();

        var after = (await ledger.GetAsync(corrected.Position + 1, "activities/talks")).Should(200).Json;
        ((string?)after["place"]).ShouldBe("Langfang");
        ((string?)after["title"]).ShouldBe("Talks on the visit");
        after["participants"]!.AsArray().Count.ShouldBe(2);
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task whoever_lacks_the_right_is_told_who_they_are_and_what_it_takes_and_loses_nothing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-talks");
        var desk = $"/{ledger.Path}/desk";
        var keys = new Dictionary<string, string>();
        foreach (var role in (Role[])[Role.Reader, Role.Coder]) keys.Add(Words.Text(role), (await tracker.Owner.PostAsync("keys", new { name = $"lea the {Words.Text(role)}", role = Words.Text(role) })).Should(201)["key"]);
        await using var lea = await chromium.VisitAsync(tracker);
        lea.Expected.Add(403);

        await lea.OpenAsync($"/sign-in?to={desk}");
        await SignInAsync(lea.Page, keys["reader"]);
        (await lea.Page.Locator("main").InnerTextAsync()).ShouldContain("You are signed in as lea the reader, a reader on this agenda. This takes a coder, a reviewer or an owner.");
        await LookAsync(lea, "desk-without-the-right");
        await SignInAsync(lea.Page, keys["coder"]);
        (await lea.Page.Locator("h1").InnerTextAsync()).ShouldBe("Coding desk");

        // What a second person does is not for a coder.
        await lea.OpenAsync($"{desk}/evidence/e-talks/retraction");
        (await lea.Page.Locator("main").InnerTextAsync()).ShouldContain("a coder on this agenda. This takes a reviewer or an owner.");

        // In another tab she becomes someone else; what was typed in this one stays.
        await lea.OpenAsync($"{desk}/activities");
        await lea.Page.Locator("#f-title").FillAsync("A call");
        var tab = await lea.AnotherTabAsync();
        await tab.GotoAsync("/sign-in");
        await SignInAsync(tab, keys["reader"]);
        await lea.Page.Locator("#f-kind").SelectOptionAsync("call");
        await SendAsync(lea, "Record it");
        await Assertions.Expect(lea.Page.Locator("main")).ToContainTextAsync("Nothing was recorded. What you typed is kept.");
        await SignInAsync(lea.Page, keys["coder"]);
        (await lea.Page.Locator("#f-title").InputValueAsync()).ShouldBe("A call");
        (await lea.Page.Locator("#f-kind").InputValueAsync()).ShouldBe("call");
        await lea.Page.Locator("#f-occurred").FillAsync("2022-12");
        await SendAsync(lea, "Record it");
        (await lea.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("Recorded");
        lea.ShouldBeQuiet();
    }

    [Fact]
    public async Task a_commitment_is_recorded_with_each_sides_words_and_seen_from_there()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        await using var ana = await SignedInAsync(tracker, $"/{ledger.Path}/desk/commitments", "ana", Role.Coder);
        ana.Expected.Add(422);
        await ana.Page.Locator("#f-title").FillAsync("保持沟通");
        await ana.Page.Locator("#f-slug").FillAsync("keep-talking");
        await ana.Page.Locator("#f-type").SelectOptionAsync("continuing");
        await ana.Page.Locator("input[name=parties][value=AA]").CheckAsync();
        await ana.Page.Locator("#f-clauses-0-party").SelectOptionAsync("AA");
        await ana.Page.Locator("#f-clauses-0-source").SelectOptionAsync("readout");
        await SendAsync(ana, "Record it");
        (await ana.Page.Locator("#f-clauses-0-quote-wrong").InnerTextAsync()).ShouldStartWith("“Its words”");
        (await ana.Page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("at its fields below");
        await ana.Page.Locator("#f-clauses-0-quote").FillAsync("双方同意保持沟通");

        await SendAsync(ana, "Record it");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();

        (await ana.Page.Locator("h1").InnerTextAsync()).ShouldBe("保持沟通");
        (await ana.Page.Locator("blockquote").First.InnerTextAsync()).ShouldContain("双方同意保持沟通");
        ana.ShouldBeQuiet();
    }

    [Fact]
    public async Task of_many_sources_and_activities_any_can_be_named()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, activities: 1_050);
        foreach (var n in Enumerable.Range(0, 150)) bundle["sources"]!.AsArray().Add((JsonNode)Given.Source($"other-{n}").Json());
        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", bundle)).Should(200);
        (await ledger.ActivityAsync("newest")).Position.ShouldBe(2);
        (await ledger.GetAsync(2, "board")).Should(200);
        await using var ana = await SignedInAsync(tracker, $"/{ledger.Path}/desk/commitments/visit/evidence", "ana", Role.Coder, Look.Desktop);
        ana.Expected.Add(422);
        var offered = await ana.Page.Locator("#offered-activities option").EvaluateAllAsync<string[]>("x => x.map(y => y.value)");
        offered.Length.ShouldBe(1_000);
        offered.ShouldContain("newest");
        var beyond = Enumerable.Range(0, 1_050).Select(x => $"act-{x}").First(x => !offered.Contains(x));
        await ana.Page.Locator("#f-activity").FillAsync("nothing-of-that-name");
        await ana.Page.Locator("#f-depth").SelectOptionAsync("contact");
        await ana.Page.Locator("#f-direction").SelectOptionAsync("advances");
        await ana.Page.Locator("input[name=parties][value=AA]").CheckAsync();
        await ana.Page.Locator("#f-rationale").FillAsync("They met.");
        await ana.Page.Locator("#f-citations-0-source").FillAsync("other-7");
        await ana.Page.Locator("#f-citations-0-quote").FillAsync("They met.");
        foreach (var look in (Look[])[Look.Desktop, Look.Phone])
        {
            await ana.LookWithAsync(look);
            await ana.PictureAsync($"desk-many-{look.Name}");
            await ana.ShouldBeAccessibleAsync($"desk with many choices {look.Name}");
            await ana.ShouldFitAsync($"desk with many choices {look.Name}");
        }

        await SendAsync(ana, "Propose it");
        (await ana.Page.Locator("#f-activity-wrong").InnerTextAsync()).ShouldContain("nothing-of-that-name");
        (await ana.Page.Locator("#f-activity").InputValueAsync()).ShouldBe("nothing-of-that-name");
        await ana.Page.Locator("#f-activity").FillAsync(beyond);
        await SendAsync(ana, "Propose it");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "See it" }).WaitForAsync();

        // Ticked stays what was typed, and what was ticked can be left out.
        await ana.OpenAsync($"/{ledger.Path}/desk/activities/newest/corrections");
        await ana.Page.Locator("input[name=sources][type=checkbox]").UncheckAsync();
        await ana.Page.Locator("input[name=sources][type=text]").First.FillAsync("other-8");
        await ana.Page.Locator("#f-occurred").FillAsync("one day");
        await ana.Page.Locator("#f-reason").FillAsync("The other account has it.");
        await SendAsync(ana, "Correct it");
        await ana.Page.Locator("#refused").WaitForAsync();
        (await ana.Page.Locator("input[name=sources][type=checkbox]:checked").EvaluateAllAsync<string[]>("x => x.map(y => y.value)")).ShouldBe(["other-8"]);
        await ana.PictureAsync("desk-many-sources");
        await ana.Page.Locator("#f-occurred").FillAsync("2022-12-11");
        await SendAsync(ana, "Correct it");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "See it" }).WaitForAsync();
        var evidence = (await ledger.Owner.GetAsync(4, $"{ledger.Path}/evidence?activity={beyond}&limit=200")).Should(200).Json["items"]!.AsArray();
        evidence.Count(x => x!["citations"]!.AsArray().Any(y => y!["source"]!.ToString() == "other-7")).ShouldBe(1);
        (await ledger.GetAsync(4, "activities/newest")).Should(200).Json["sources"]!.AsArray().Select(x => x!.ToString()).ShouldBe(["other-8"]);
        ana.ShouldBeQuiet();
    }

    [Theory, InlineData("desk", ""), InlineData("desk-activity", "/activities"), InlineData("desk-source", "/sources"), InlineData("desk-evidence", "/commitments/visit/evidence"),
     InlineData("desk-search", "/commitments/visit/searches"), InlineData("desk-correction", "/activities/talks/corrections"), InlineData("desk-commitment", "/commitments"), InlineData("desk-clause", "/commitments/visit/clauses/1/corrections"),
     InlineData("desk-recoding", "/evidence/{0}/recoding"), InlineData("desk-withdrawal", "/commitments/visit/withdrawal")]
    public async Task every_page_of_it_is_accessible(string name, string path)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.AcceptedAsync("e-talks");
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        path = path.Replace("{0}", "e-talks", StringComparison.Ordinal);
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

    private async Task<Visitor> SignedInAsync(TrackerUnderTest tracker, string to, string name, Role role, Look? look = null)
    {
        var key = (await tracker.Owner.PostAsync("keys", new { name, role = Words.Text(role) })).Should(201)["key"];
        var visitor = await chromium.VisitAsync(tracker, look ?? Look.WithoutScripts);
        await visitor.OpenAsync($"/sign-in?to={to}");
        await SignInAsync(visitor.Page, key);
        (await visitor.Page.Locator(".who").InnerTextAsync()).ShouldContain($"Signed in as {name}");
        return visitor;
    }

    /// <summary>Another reviewer accepts what waits for a second person. Returns how much did.</summary>
    private static async Task<int> AcceptWhatWaitsAsync(Ledger ledger)
    {
        var eva = await ledger.ReviewerAsync("eva");
        var waiting = (await eva.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/proposals?state=waiting")).Should(200).Json["items"]!.AsArray();
        foreach (var one in waiting)
        {
            var accepted = (await eva.PostAsync($"{ledger.Path}/proposals/{one!["id"]}/acceptance", new { })).Should(200);
            await ledger.GetAsync(accepted.Position, "board");
        }

        return waiting.Count;
    }

    private static Task SendAsync(Visitor visitor, string button) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.Locator("#key").FillAsync(key);
        await page.Locator("main button").ClickAsync();
    }

    /// <summary>Follows a link from where something is read to its form, sends that, and comes back to where it is read.</summary>
    private static async Task ActAsync(Visitor visitor, string from, string link, string button, string reason, params (string Field, string Value)[] typed)
    {
        await visitor.OpenAsync(from);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
        await FillAndSendAsync(visitor, button, reason, typed);
        visitor.Page.Url.ShouldEndWith(from);
    }

    private static async Task FillAndSendAsync(Visitor visitor, string button, string reason, params (string Field, string Value)[] typed)
    {
        foreach (var (field, value) in typed)
        {
            var place = visitor.Page.Locator($"#f-{field}");
            if (await place.EvaluateAsync<string>("x => x.tagName") == "SELECT") await place.SelectOptionAsync(value);
            else await place.FillAsync(value);
        }

        await visitor.Page.Locator("#f-reason").FillAsync(reason);
        await SendAsync(visitor, button);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"{name}-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"{name} {look.Name}", coloursOnly: look == Look.Dark);
            await visitor.ShouldFitAsync($"{name} {look.Name}");
        }

        await visitor.LookWithAsync(Look.Desktop);
    }
}
