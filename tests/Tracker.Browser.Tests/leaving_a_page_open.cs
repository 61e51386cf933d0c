using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>Every page that shows what is known now follows what is recorded, and leaves whoever reads it where they are.</summary>
public sealed class leaving_a_page_open(Chromium chromium, PostgresUnderTest postgres)
{
    public static TheoryData<string, string, string> Pages => new()
    {
        { "timeline", "/timeline", "#lane-visit a.mark" },
        { "commitment", "/commitments/visit", "#evidence-e-talks" },
        { "divergence", "/divergence", "#commitment-visit blockquote:text('we shall visit')" },
        { "activity", "/activities/talks", ".piece:has-text('They met.')" },
        { "source", "/sources/readout", ".cites:has-text('Talks in Langfang')" },
        { "reports", "/reports", ".change a:text('PDF')" },
    };

    [Fact]
    public async Task holds_one_stream_for_all_windows_of_a_browser_that_show_an_agenda()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var reading = await chromium.VisitAsync(tracker);
        var streams = 0;
        reading.Page.Context.Request += (_, request) => streams += request.Url.Contains("/live?", StringComparison.Ordinal) ? 1 : 0;
        // More than a browser has connections to one server.
        List<IPage> windows = [];
        foreach (var path in (string[])["", "/timeline", "/changes", "/commitments/visit", "/activities/talks", "", "/timeline", "/changes", "/commitments/visit"])
        {
            var window = await reading.Page.Context.NewPageAsync();
            await window.GotoAsync($"/{ledger.Path}{path}");
            await Assertions.Expect(window.Locator("#live")).ToContainTextAsync("refreshes itself");
            windows.Add(window);
        }

        streams.ShouldBe(1);
        await ledger.AcceptedAsync("e-talks");
        foreach (var window in windows) await Assertions.Expect(window.Locator("main")).ToContainTextAsync(new Regex("[Dd]ialogue only|They met"));

        // The one that held it goes: another takes its place.
        await windows[0].CloseAsync();
        windows.RemoveAt(0);
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "A visit of state", reason = "So it says." });
        foreach (var window in windows) await Assertions.Expect(window.Locator("main")).ToContainTextAsync("A visit of state");
        streams.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task shows_what_is_recorded_elsewhere_without_being_fetched_anew(string name, string path, string comes)
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var reading = await chromium.VisitAsync(tracker);
        await reading.OpenAsync($"/{ledger.Path}{path}");
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        await Assertions.Expect(reading.Page.Locator(comes)).ToHaveCountAsync(0);
        await StayAsync(reading.Page);

        await ledger.AcceptedAsync("e-talks");
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("reports", new { });

        await Assertions.Expect(reading.Page.Locator(comes)).ToHaveCountAsync(1);
        await ShouldBeAsFetchedAnewAsync(reading.Page);
        await ShouldHaveStayedAsync(reading.Page);
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await reading.LookWithAsync(look);
            await reading.PictureAsync($"live-{name}-{look.Name}");
            await reading.ShouldBeAccessibleAsync($"live {name} {look.Name}", coloursOnly: look == Look.Dark);
            await reading.ShouldFitAsync($"live {name} {look.Name}");
        }

        reading.ShouldBeQuiet();
    }

    [Theory, InlineData("/"), InlineData("/{0}"), InlineData("/{0}/timeline"), InlineData("/{0}/commitments/visit"), InlineData("/{0}/activities/talks"), InlineData("/{0}/reports")]
    public async Task moves_nothing_about_when_it_comes_to_say_that_it_is_live(string path)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        // Else the page would rightly refresh what it shows.
        await ledger.GetAsync($"changes?atLeast={await ledger.PositionAsync()}");
        await using var reading = await chromium.VisitAsync(ledger.Tracker);
        foreach (var width in (int[])[1_280, 800, 700, 390])
        {
            await reading.Page.SetViewportSizeAsync(width, 900);
            await reading.OpenAsync(string.Format(null, path, ledger.Path));
            await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
            (await reading.Page.EvaluateAsync<string[]>("""
                () => new Promise(done => {
                  const moved = [];
                  let all = 0;
                  new PerformanceObserver(list => {
                    for (const shift of list.getEntries()) for (const source of (all += shift.value, shift.sources))
                      moved.push(`${shift.value} at ${shift.startTime}: ${source.node?.nodeName} ${source.node?.id} ${source.node?.className} ${JSON.stringify(source.previousRect)} ${JSON.stringify(source.currentRect)}`);
                  }).observe({ type: 'layout-shift', buffered: true });
                  setTimeout(() => done(all < 0.001 ? [] : moved), 250);
                })
                """)).ShouldBeEmpty($"{path} at {width}");
        }

        reading.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_a_title_that_was_put_right_wherever_it_stands()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var reading = await chromium.VisitAsync(tracker);
        await reading.OpenAsync($"/{ledger.Path}/activities/talks");
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");

        await ledger.RecordAsync("activities/talks/corrections", new { title = "Talks in Tianjin", reason = "So the host says." });

        await Assertions.Expect(reading.Page.Locator("h1")).ToHaveTextAsync("Talks in Tianjin");
        await Assertions.Expect(reading.Page.Locator(".crumbs [aria-current]")).ToHaveTextAsync("Talks in Tianjin");
        await Assertions.Expect(reading.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Talks in Tianjin"));
        await Assertions.Expect(reading.Page.Locator(".piece.amends")).ToContainTextAsync("So the host says.");
        reading.ShouldBeQuiet();
    }

    [Fact]
    public async Task keeps_what_is_opened_typed_scrolled_to_and_in_focus_and_tells_of_new_marks()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        foreach (var i in Enumerable.Range(1, 12)) await ledger.CommitmentAsync($"more-{i}");
        await ledger.RecordAsync("coverage", new { through = "2023-01-31" });
        await ledger.AcceptedAsync("e-talks");
        await using var reading = await chromium.VisitAsync(tracker);
        await reading.OpenAsync($"/{ledger.Path}/timeline?validAt=2023-01-31");
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        await StayAsync(reading.Page);
        await reading.Page.Locator("#ask-valid-at").FillAsync("2023-02-02");
        await reading.Page.Locator("#lane-more-12 summary").ClickAsync();
        await reading.Page.Locator("#lane-more-12 .lane-name a").FocusAsync();
        var before = await PlaceAsync();

        await ledger.ActivityAsync("call", "2023-01-10");
        await ledger.AcceptedAsync("e-call", "call", "mechanism");
        await Assertions.Expect(reading.Page.Locator("#lane-visit a.mark")).ToHaveCountAsync(2);

        (await PlaceAsync()).ShouldBe(before, 2);
        await ShouldBeAsFetchedAnewAsync(reading.Page);
        (await reading.Page.Locator("#ask-valid-at").InputValueAsync()).ShouldBe("2023-02-02");
        await Assertions.Expect(reading.Page.Locator("#lane-more-12 details")).ToHaveAttributeAsync("open", "");
        await Assertions.Expect(reading.Page.Locator("#lane-more-12 .lane-name a")).ToBeFocusedAsync();
        await reading.Page.Locator("#lane-visit a.mark").Last.FocusAsync();
        await Assertions.Expect(reading.Page.Locator(".tip")).ToContainTextAsync("10 January 2023");
        (await reading.Page.Locator("#lane-visit a.mark").Last.Locator("> title").CountAsync()).ShouldBe(0, "it is told once");
        await ShouldHaveStayedAsync(reading.Page);
        reading.ShouldBeQuiet();

        Task<double> PlaceAsync() => reading.Page.Locator("#lane-more-12").EvaluateAsync<double>("x => x.getBoundingClientRect().top");
    }

    [Fact]
    public async Task shows_each_agenda_on_the_front_page_as_it_comes_further_and_new_ones()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (first, second) = (await (await tracker.OpenAgendaAsync()).WithTalksAsync(), await (await tracker.OpenAgendaAsync()).WithTalksAsync());
        await using var reading = await chromium.VisitAsync(tracker);
        await reading.OpenAsync("/");
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        await StayAsync(reading.Page);

        foreach (var ledger in (Ledger[])[first, second])
        {
            await ledger.AcceptedAsync("e-talks");
            await Assertions.Expect(reading.Page.Locator($"#of-{ledger.Slug} .lead")).ToContainTextAsync("1 saw talks only");
        }

        var third = await tracker.OpenAgendaAsync();
        await Assertions.Expect(reading.Page.Locator($"#of-{third.Slug}")).ToBeVisibleAsync();
        await ShouldBeAsFetchedAnewAsync(reading.Page);
        await ShouldHaveStayedAsync(reading.Page);
        foreach (var look in (Look[])[Look.Desktop, Look.Phone])
        {
            await reading.LookWithAsync(look);
            await reading.PictureAsync($"live-agendas-{look.Name}");
            await reading.ShouldBeAccessibleAsync($"live agendas {look.Name}");
        }

        reading.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_who_may_read_one_agenda_of_that_one_alone()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:PublicRead=false");
        var (theirs, other) = (await (await tracker.OpenAgendaAsync()).WithTalksAsync(), await (await tracker.OpenAgendaAsync()).WithTalksAsync());
        foreach (var ledger in (Ledger[])[theirs, other]) (await tracker.Owner.GetAsync(await ledger.PositionAsync(), ledger.Path)).Should(200);
        var key = (await tracker.Owner.PostAsync("keys", new { name = "rea", role = "reader", agenda = theirs.Slug })).Should(201)["key"];
        await using var reading = await chromium.VisitAsync(tracker);
        reading.Expected.Add(401);
        await reading.OpenAsync("/");
        await reading.Page.Locator("#key").FillAsync(key);
        await reading.Page.Locator("main button").ClickAsync();
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        (await reading.Page.Locator(".agenda").EvaluateAllAsync<string[]>("x => x.map(y => y.id)")).ShouldBe([$"of-{theirs.Slug}"]);
        var fetched = 0;
        reading.Page.Request += (_, request) => fetched += request.ResourceType == "fetch" ? 1 : 0;

        await other.AcceptedAsync("e-talks");
        (await tracker.Owner.GetAsync($"{other.Path}/changes?atLeast={await other.PositionAsync()}")).Should(200);
        await theirs.RecordAsync("commitments/visit/searches", Given.Search());

        await Assertions.Expect(reading.Page.Locator(".lead")).ToContainTextAsync("found nothing");
        fetched.ShouldBe(1);
        reading.ShouldBeQuiet();
    }

    [Theory, InlineData("/", ".lead:text('talks only')"), InlineData("/agendas/{0}/timeline", "#lane-visit a.mark")]
    public async Task misses_a_server_that_goes_and_catches_up_with_one_that_comes_back(string path, string comes)
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var wire = new Wire(tracker.Node.Address);
        await using var reading = await chromium.VisitAsync(wire.Address);
        await reading.OpenAsync(string.Format(null, path, ledger.Slug));
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");

        await wire.CutAsync();
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("The connection is lost");
        await ledger.AcceptedAsync("e-talks");
        wire.Mend();

        await Assertions.Expect(reading.Page.Locator(comes)).ToHaveCountAsync(1);
        await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("Connected again");
    }

    [Theory, InlineData(""), InlineData("/timeline"), InlineData("/divergence"), InlineData("/commitments/visit"), InlineData("/activities/talks"), InlineData("/sources/readout")]
    public async Task opens_no_stream_for_what_was_known_once(string path)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var reading = await chromium.VisitAsync(tracker);
        var streams = 0;
        reading.Page.Request += (_, request) => streams += new Uri(request.Url).AbsolutePath.EndsWith("/live", StringComparison.Ordinal) ? 1 : 0;

        await reading.OpenAsync($"/{ledger.Path}{path}?knownAt=4");
        await ledger.AcceptedAsync("e-talks");
        await reading.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        streams.ShouldBe(0);
        (await reading.Page.Locator("#live").InnerTextAsync()).ShouldBeEmpty();
        reading.ShouldBeQuiet();
    }

    [Fact]
    public async Task holds_no_stream_while_nobody_sees_it_and_catches_up_when_seen_again()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var streams = tracker.Node.Services.GetRequiredService<LiveStreams>();
        await using var reading = await chromium.VisitAsync(tracker);
        foreach (var path in (string[])["/", $"/{ledger.Path}"])
        {
            await reading.OpenAsync(path);
            await Assertions.Expect(reading.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
            streams.Open.ShouldBe(1, path);

            await SeeAsync("hidden");
            await UntilAsync(() => streams.Open == 0);
            await ledger.AcceptedAsync($"e-{path.Length}");
            await SeeAsync("visible");

            await Assertions.Expect(reading.Page.Locator("main")).ToContainTextAsync(path == "/" ? "1 saw talks only" : "2 pieces of evidence");
            await UntilAsync(() => streams.Open == 1);
        }

        reading.ShouldBeQuiet();

        Task SeeAsync(string state) => reading.Page.EvaluateAsync("""
            state => {
              for (const [name, value] of [['visibilityState', state], ['hidden', state === 'hidden']]) Object.defineProperty(document, name, { configurable: true, get: () => value });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """, state);

        static async Task UntilAsync(Func<bool> holds)
        {
            for (var i = 0; i < 200 && !holds(); i++) await Task.Delay(50);
            holds().ShouldBeTrue();
        }
    }

    [Fact]
    public async Task asks_for_a_stream_of_all_agendas_that_says_what_is_wrong_with_a_question_and_has_no_head()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:Streams=1");
        using var http = new HttpClient { BaseAddress = tracker.Node.Address };
        (await http.GetAsync("live?after=yesterday")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.SendAsync(new(HttpMethod.Head, "live"))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);

        using var first = await http.GetAsync("live", HttpCompletionOption.ResponseHeadersRead);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await http.GetAsync("live", HttpCompletionOption.ResponseHeadersRead)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    // What was changed in place comes to what a page would be that is fetched now, but for what its reader opened.
    private static async Task ShouldBeAsFetchedAnewAsync(IPage page) => await page.WaitForFunctionAsync("""
        async () => {
          const now = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
          return [...document.querySelectorAll('[data-fresh]')].every(x => {
            const here = x.cloneNode(true);
            for (const opened of here.querySelectorAll('details[open]')) opened.removeAttribute('open');
            return here.isEqualNode(now.getElementById(x.id));
          });
        }
        """);

    // Gone with a page that is fetched anew.
    private static async Task StayAsync(IPage page) => await page.EvaluateAsync("() => { window.stays = true; }");

    private static async Task ShouldHaveStayedAsync(IPage page) => (await page.EvaluateAsync<bool>("() => window.stays === true")).ShouldBeTrue();
}
