using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
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
        foreach (var visitor in (Visitor[])[watching, following]) await Assertions.Expect(visitor.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "notYetRated");

        await ledger.AcceptedAsync("e-talks");

        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("moved"));
        await Assertions.Expect(watching.Page.Locator("#verdict")).ToContainTextAsync("1 saw talks only");
        var told = following.Page.Locator(".change", new() { HasText = "ialogue only" });
        await Assertions.Expect(told.First).ToBeVisibleAsync();
        var ids = await following.Page.Locator(".change").EvaluateAllAsync<string[]>("x => x.map(y => y.id)");
        ids.ShouldBe(ids.Distinct(), "nothing is told twice");
        await following.PictureAsync("changes-live");
        watching.ShouldBeQuiet();
        following.ShouldBeQuiet();
    }

    [Fact]
    public async Task what_is_recorded_while_a_page_is_on_its_way_is_asked_for_after_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        var (onItsWay, mayCome) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await watching.Page.RouteAsync($"**/agendas/{ledger.Slug}", async route =>
        {
            var page = await route.FetchAsync();
            onItsWay.TrySetResult();
            await mayCome.Task;
            await route.FulfillAsync(new() { Response = page });
        });

        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-talks"));
        await onItsWay.Task;
        var last = (await ledger.Owner.PostAsync($"{ledger.Path}/evidence/e-talks/review", new { decision = "accept", rationale = "So it is." })).Should(200).Position;
        // By now the page was told of it.
        (await watching.Page.EvaluateAsync<long>("""
            position => new Promise(heard => {
                const stream = new EventSource(`/api/v1${location.pathname}/live?recordings=true&after=${position - 1}`);
                stream.addEventListener('recorded', e => { stream.close(); setTimeout(() => heard(JSON.parse(e.data).position), 300); });
            })
            """, last)).ShouldBe(last);
        mayCome.SetResult();

        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        watching.ShouldBeQuiet();
    }

    [Fact]
    public async Task what_moves_no_status_appears_too_and_takes_the_focus_from_nobody()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-talks");
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
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
    public async Task the_slider_learns_of_new_days_and_disturbs_nobody_at_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.ActivityAsync("call", "2023-02-10");
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}?validAt=2022-11-20");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        var (slider, day) = (watching.Page.Locator("#ask-slider"), watching.Page.Locator("#ask-valid-at"));
        await Assertions.Expect(watching.Page.Locator("#course")).ToHaveAttributeAsync("data-moves", "0");

        await ledger.AcceptedAsync("e-talks");
        await Assertions.Expect(watching.Page.Locator("#course")).ToHaveAttributeAsync("data-moves", "0 28");
        (await watching.Page.Locator("#course rect.s-dialogueOnly").CountAsync()).ShouldBe(1);
        await Assertions.Expect(day).ToHaveValueAsync("2022-11-20");
        (await slider.InputValueAsync()).ShouldBe("6");

        // It plays to the day that came.
        await watching.Page.Locator("#ask-play").ClickAsync();
        await Assertions.Expect(day).ToHaveValueAsync("2022-12-12");
        await watching.Page.Locator("#ask-play").ClickAsync();

        // A hand on it is not shaken off, nor what is typed wiped out.
        var box = (await slider.BoundingBoxAsync())!;
        await slider.FocusAsync();
        await watching.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
        await watching.Page.Mouse.DownAsync();
        var held = await day.InputValueAsync();
        await ledger.AcceptedAsync("e-call", "call", "mechanism");
        await Assertions.Expect(watching.Page.Locator("#course")).ToHaveAttributeAsync("data-moves", "0 28 88");
        (await day.InputValueAsync()).ShouldBe(held);
        await watching.Page.Mouse.UpAsync();
        (await day.InputValueAsync()).ShouldBe(held);
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe(await watching.Page.Locator("#ask-told").InnerTextAsync());
        watching.ShouldBeQuiet();
    }

    [Fact]
    public async Task after_midnight_the_slider_ends_a_day_later()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 1, 23, 59, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton<TimeProvider>(clock));
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("coverage", new { through = "2023-02-01" });
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        var slider = watching.Page.Locator("#ask-slider");
        var last = int.Parse((await slider.GetAttributeAsync("max"))!, CultureInfo.InvariantCulture);

        clock.Advance(TimeSpan.FromMinutes(2));
        await ledger.AcceptedAsync("e-talks");

        await Assertions.Expect(slider).ToHaveAttributeAsync("max", (last + 1).ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(slider).ToHaveValueAsync((last + 1).ToString(CultureInfo.InvariantCulture));
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe("2 February 2023");
        (await watching.Page.Locator("#ask-valid-at").InputValueAsync()).ShouldBeEmpty();
        watching.ShouldBeQuiet();
    }

    [Fact]
    public async Task whoever_listens_hears_where_it_came_to_stand_and_not_each_day_on_the_way()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var watching = await chromium.VisitAsync(tracker);
        await ledger.RecordAsync("coverage", new { through = "2023-02-28" });
        await watching.OpenAsync($"/agendas/{ledger.Slug}?validAt=2023-01-31");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        var heard = watching.Page.Locator("#heard");
        (await heard.GetAttributeAsync("role")).ShouldBe("status");
        (await heard.InnerTextAsync()).ShouldBeEmpty("nothing came yet");
        await watching.Page.EvaluateAsync("""
            () => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById('heard').textContent)).observe(document.getElementById('heard'), { childList: true, characterData: true, subtree: true }); }
            """);

        await ledger.AcceptedAsync("e-talks");
        await Assertions.Expect(heard).ToContainTextAsync("In the 78 days since Bali, 0 of 1 commitment has seen concrete action; 1 has seen talks only.");

        await watching.Page.Locator("#ask-valid-at").FillAsync("2022-12-31");
        await watching.Page.Locator("#ask-valid-at").BlurAsync();
        await Assertions.Expect(heard).ToContainTextAsync("In the 47 days since Bali");
        (await watching.Page.Locator("#ask-slider").GetAttributeAsync("aria-valuetext")).ShouldBe("31 December 2022");
        (await watching.Page.Locator("#ask-told").InnerTextAsync()).ShouldBe("31 December 2022");

        await watching.Page.Locator("#ask-slider").FocusAsync();
        for (var n = 0; n < 8; n++) await watching.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(heard).ToContainTextAsync("In the 39 days since Bali");

        await watching.Page.Locator("#only-dialogueOnly").CheckAsync();
        await Assertions.Expect(heard).ToContainTextAsync("1 of 1 shown.");
        (await watching.Page.EvaluateAsync<string[]>("window.said")).Length.ShouldBe(4);

        // Playing, it is silent until it stands.
        await watching.Page.Locator("#ask-play").ClickAsync();
        await Assertions.Expect(watching.Page.Locator("#ask-play")).ToHaveTextAsync("Pause");
        await Assertions.Expect(watching.Page.Locator("#ask-play")).ToHaveTextAsync("Play");
        await Assertions.Expect(heard).Not.ToContainTextAsync("In the 39 days");
        (await watching.Page.EvaluateAsync<string[]>("window.said")).Length.ShouldBe(5);
        watching.ShouldBeQuiet();
    }

    [Fact]
    public async Task what_could_not_be_fetched_is_fetched_again()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var watching = await chromium.VisitAsync(tracker);
        await watching.OpenAsync($"/agendas/{ledger.Slug}");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        var failed = 0;
        await watching.Page.RouteAsync($"**/agendas/{ledger.Slug}", x => failed++ < 2 ? x.FulfillAsync(new() { Status = 503, Body = "" }) : x.ContinueAsync());

        await ledger.AcceptedAsync("e-talks");

        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("could not be fetched");
        await Assertions.Expect(watching.Page.Locator("#on-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
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
        await Assertions.Expect(watching.Page.Locator("#live")).ToContainTextAsync("refreshes itself");

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
