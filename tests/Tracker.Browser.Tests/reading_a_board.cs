using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>The board in the hands of a reader: another day, another moment, some of it, beside another.</summary>
public sealed class reading_a_board(Chromium chromium, PostgresUnderTest postgres)
{
    private const string Bali = "/agendas/us-china-bali";

    private static readonly Dictionary<string, string> AtTheEndOfJanuary = new()
    {
        ["maintain-communication"] = "dialogueOnly",
        ["deepen-constructive-efforts"] = "wordsOnly",
        ["joint-working-group"] = "noneFound",
        ["develop-principles"] = "wordsOnly",
        ["manage-competition-responsibly"] = "wordsOnly",
        ["concrete-actions"] = "noneFound",
        ["secretary-visit"] = "dialogueOnly",
        ["strategic-communication"] = "dialogueOnly",
    };

    [Fact]
    public async Task the_slider_moves_the_day_and_the_board_with_it()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2022-11-14");
        (await StatusesAsync(visitor.Page)).Values.ShouldAllBe(x => x == "notYetRated");

        await visitor.Page.Locator("#ask-slider").FillAsync("78");

        await Assertions.Expect(visitor.Page.Locator("#on-secretary-visit")).ToHaveAttributeAsync("data-status", "dialogueOnly");
        (await StatusesAsync(visitor.Page)).ShouldBe(AtTheEndOfJanuary, ignoreOrder: true);
        (await visitor.Page.Locator("#ask-valid-at").InputValueAsync()).ShouldBe("2023-01-31");
        (await visitor.Page.Locator("#ask-told").InnerTextAsync()).ShouldBe("31 January 2023");
        visitor.Page.Url.ShouldEndWith($"{Bali}?validAt=2023-01-31");

        await visitor.Page.ReloadAsync();
        (await StatusesAsync(visitor.Page)).ShouldBe(AtTheEndOfJanuary, ignoreOrder: true);
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task the_slider_obeys_the_keyboard_and_plays_from_one_move_to_the_next()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2022-11-14");
        var (slider, day) = (visitor.Page.Locator("#ask-slider"), visitor.Page.Locator("#ask-valid-at"));

        await slider.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(day).ToHaveValueAsync("2022-11-15");

        await visitor.Page.Locator("#ask-play").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#verdict")).ToContainTextAsync("talks only");
        await visitor.Page.Locator("#ask-play").ClickAsync();
        (await visitor.Page.Locator("#ask-play").InnerTextAsync()).ShouldBe("Play");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task without_scripts_a_form_asks_for_the_day_and_for_some_of_it()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres, Look.WithoutScripts);
        await visitor.OpenAsync(Bali);

        await visitor.Page.Locator("#ask-valid-at").FillAsync("2023-01-31");
        await visitor.Page.Locator("#only-wordsOnly").CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).First.ClickAsync();

        (await StatusesAsync(visitor.Page)).Keys.ShouldBe(["deepen-constructive-efforts", "develop-principles", "manage-competition-responsibly"], ignoreOrder: true);
        (await visitor.Page.Locator("#ask-slider").IsVisibleAsync()).ShouldBeFalse();
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task shows_some_of_it_in_another_order_and_says_so_in_its_address()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31");

        await visitor.Page.Locator("#only-dialogueOnly").CheckAsync();
        await Assertions.Expect(visitor.Page.Locator("table.board tbody tr")).ToHaveCountAsync(3);
        await visitor.Page.Locator("#order").SelectOptionAsync("title");
        await visitor.Page.WaitForURLAsync(x => x.Contains("sort=title", StringComparison.Ordinal));

        visitor.Page.Url.ShouldEndWith($"{Bali}?validAt=2023-01-31&status=dialogueOnly&sort=title");
        (await visitor.Page.Locator("table.board tbody th a").AllInnerTextsAsync()).ShouldBe(
            ["Maintain communication", "Strategic communication and regular consultations", "Visit of Secretary Blinken to China"]);
        var csv = await visitor.Page.APIRequest.GetAsync(await visitor.Page.GetByText("This, as CSV").GetAttributeAsync("href") ?? "");
        (await csv.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task sorts_by_what_it_is_filed_under()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        foreach (var (name, tags) in ((string, string)[])[("third", "[]"), ("second", "[\"trade\"]"), ("first", "[\"water\",\"arms\"]")])
            await ledger.RecordAsync("commitments", Given.Commitment(name).With("title", $"\"{name}\"").With("tags", tags));
        await using var visitor = await chromium.VisitAsync(tracker, Look.WithoutScripts);

        await visitor.OpenAsync($"/agendas/{ledger.Slug}?sort=tag");

        (await visitor.Page.Locator("table.board tbody th a").AllInnerTextsAsync()).ShouldBe(["first", "second", "third"]);
        (await visitor.Page.Locator("#order option:checked").InnerTextAsync()).ShouldBe("Tag");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task marks_what_stood_elsewhere_on_another_day()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31&compare=2022-11-14");

        (await visitor.Page.Locator("tr.differs").CountAsync()).ShouldBe(8);
        (await WasAsync(visitor.Page, "secretary-visit", "Status")).ShouldBe(["was: not yet rated"]);
        (await WasAsync(visitor.Page, "secretary-visit", "How deep the evidence goes")).ShouldBe(["was: no evidence"]);
        (await visitor.Page.Locator("#notices .other").InnerTextAsync()).ShouldContain("8 commitments were different then");
        await visitor.PictureAsync("board-compared");
        await visitor.ShouldBeAccessibleAsync("compared");

        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31&compare=2023-01-31");
        (await visitor.Page.Locator("tr.differs, td .was").CountAsync()).ShouldBe(0);
        (await visitor.Page.Locator("#notices .other").InnerTextAsync()).ShouldContain("Nothing on this board was different then.");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task marks_what_differs_for_a_party_in_its_evidence_and_in_its_flags_though_all_stand_where_they_stood()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);

        await visitor.OpenAsync($"{Bali}?validAt=2023-01-12&compare=2023-01-04");
        (await WasAsync(visitor.Page, "develop-principles", "By party")).ShouldNotBeEmpty();
        (await WasAsync(visitor.Page, "develop-principles", "Status")).ShouldBeEmpty();
        (await WasAsync(visitor.Page, "develop-principles", "How deep the evidence goes")).ShouldHaveSingleItem().ShouldMatch("^was: words, [0-9]+ pieces? of evidence$");

        await visitor.OpenAsync($"{Bali}?validAt=2023-03-15&compare=2023-02-15");
        (await visitor.Page.Locator("#on-secretary-visit .flag").AllInnerTextsAsync()).ShouldContain("Overdue: due February 2023");
        (await WasAsync(visitor.Page, "secretary-visit", "Flags")).ShouldBe(["was: none"]);
        (await visitor.Page.Locator("#on-secretary-visit").GetAttributeAsync("class")).ShouldBe("differs");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task gives_as_json_what_is_on_the_screen()
    {
        await using var visitor = await chromium.VisitFirstOfBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31");
        var json = visitor.Page.GetByText("This, as JSON");
        (await json.GetAttributeAsync("href"))!.ShouldStartWith($"/api/v1{Bali}/board?");

        await visitor.Page.Locator("#only-dialogueOnly").CheckAsync();
        await visitor.Page.WaitForURLAsync(x => x.Contains("status=dialogueOnly", StringComparison.Ordinal));
        await visitor.Page.Locator("#only-wordsOnly").CheckAsync();
        await visitor.Page.WaitForURLAsync(x => x.Contains("status=wordsOnly", StringComparison.Ordinal));
        await visitor.Page.Locator("#order").SelectOptionAsync("title");
        await visitor.Page.WaitForURLAsync(x => x.Contains("status=wordsOnly", StringComparison.Ordinal) && x.Contains("sort=title", StringComparison.Ordinal));
        await Assertions.Expect(visitor.Page.Locator("table.board tbody tr")).ToHaveCountAsync(6);

        await Assertions.Expect(json).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex($"^{Bali}/board\\.json\\?.*status=dialogueOnly.*sort=title"));
        var answer = await visitor.Page.APIRequest.GetAsync(await json.GetAttributeAsync("href") ?? "");
        answer.Headers["content-type"].ShouldStartWith("application/json");
        var told = JsonNode.Parse(await answer.TextAsync())!;
        told["commitments"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe((await StatusesAsync(visitor.Page)).Keys);

        // But for what is left out, it is the API's answer.
        var whole = JsonNode.Parse(await (await visitor.Page.APIRequest.GetAsync($"/api/v1{Bali}/board?validAt=2023-01-31")).TextAsync())!;
        foreach (var commitment in told["commitments"]!.AsArray())
            JsonNode.DeepEquals(commitment, whole["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == (string)commitment!["slug"]!)).ShouldBeTrue();
        told["commitments"] = whole["commitments"]!.DeepClone();
        // The screen speaks of a record that ended, for its last day was asked for long after.
        told["headline"]!.ToString().ShouldStartWith("In the 78 days from Bali to 31 January 2023, where this record ends, ");
        told["headline"] = whole["headline"]!.DeepClone();
        JsonNode.DeepEquals(told, whole).ShouldBeTrue();
        (await visitor.Page.APIRequest.GetAsync($"{Bali}/board.json?status=splendid")).Status.ShouldBe(400);
        (await visitor.Page.APIRequest.GetAsync($"{Bali}/board.json?compare=never")).Status.ShouldBe(422);
        foreach (var what in (string[])["/board.json", "/board.csv", ""]) (await visitor.Page.APIRequest.GetAsync($"{Bali}{what}?sort=colour")).Status.ShouldBe(400, what);
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_a_spreadsheet_where_each_stood_on_the_other_day()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);

        var beside = await RowsAsync("&compare=2022-11-14");
        beside[0].ShouldEndWith(",knownAt,coveredThrough,current,validAt,recordEnds,statusThen");
        beside[1..].ShouldAllBe(x => x.EndsWith(",notYetRated", StringComparison.Ordinal));
        (await RowsAsync("&compare=2022-11-01"))[1..].ShouldAllBe(x => x.EndsWith(','));
        (await RowsAsync(""))[0].ShouldEndWith(",position,knownAt,coveredThrough,current,validAt,recordEnds");

        async Task<string[]> RowsAsync(string compared) =>
            (await (await visitor.Page.APIRequest.GetAsync($"{Bali}/board.csv?validAt=2023-01-31{compared}")).TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task sets_it_beside_the_last_report_or_counts_from_it()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("reports", new { validAt = "2022-11-30" });
        var last = await ledger.AcceptedAsync("e-talks");
        (await ledger.GetAsync(last.Position, "board")).Should(200);
        await using var visitor = await chromium.VisitAsync(tracker);
        await visitor.OpenAsync($"/agendas/{ledger.Slug}?validAt=2023-01-31");
        await visitor.PictureAsync("board-with-a-report");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Compare with the last report, as of 30 November 2022" }).ClickAsync();
        (await WasAsync(visitor.Page, "visit", "Status")).ShouldBe(["was: not yet rated"]);
        new Uri(visitor.Page.Url).Query.ShouldBe("?validAt=2023-01-31&compare=2022-11-30");

        await visitor.Page.Locator("#ask-since").SelectOptionAsync(new SelectOptionValue { Label = "The last report, 30 November 2022" });
        await visitor.Page.Locator("#ask button[type=submit]").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#verdict .lead")).ToContainTextAsync("In the 12 days from 30 November 2022 to 12 December 2022, where this record ends");
        visitor.Page.Url.ShouldContain("since=2022-11-30");
        (await visitor.Page.Locator("#ask-since option:checked").InnerTextAsync()).ShouldBe("The last report, 30 November 2022");
        (await visitor.Page.Locator("#ask-since option").CountAsync()).ShouldBe(2);

        // Of the days before it, there is none to compare with.
        await visitor.OpenAsync($"/agendas/{ledger.Slug}?validAt=2022-11-30");
        (await visitor.Page.Locator("main").InnerTextAsync()).ShouldNotContain("last report");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task shows_each_day_before_the_next_however_slow_the_way_and_that_it_is_coming()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2022-11-14");
        await visitor.Page.EvaluateAsync("""
            () => {
              window.seen = []; window.waited = false;
              new MutationObserver(() => {
                window.waited ||= document.querySelector('#verdict').getAttribute('aria-busy') === 'true';
                const day = document.querySelector('#commitments caption')?.textContent.trim();
                if (day && window.seen.at(-1) !== day) window.seen.push(day);
              }).observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """);
        await visitor.Page.RouteAsync("**/agendas/us-china-bali?*", async x =>
        {
            await Task.Delay(1_600);
            await x.ContinueAsync();
        });

        await visitor.Page.Locator("#ask-play").ClickAsync();
        for (var n = 0; n < 300 && await visitor.Page.EvaluateAsync<int>("window.seen.length") < 3; n++) await Task.Delay(100);
        await visitor.Page.Locator("#ask-play").ClickAsync();

        var seen = await visitor.Page.EvaluateAsync<string[]>("window.seen");
        seen.Length.ShouldBeGreaterThanOrEqualTo(3);
        seen.ShouldAllBe(x => x.StartsWith("Status ", StringComparison.Ordinal));
        (await visitor.Page.EvaluateAsync<bool>("window.waited")).ShouldBeTrue();
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task says_why_it_cannot_be_asked_and_no_more_once_it_can()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("milestones", new { slug = "spring", name = "Spring", date = "2023-03-01" });
        await using var visitor = await chromium.VisitAsync(tracker);
        visitor.Expected.UnionWith([400, 422]);
        await visitor.OpenAsync($"/agendas/{ledger.Slug}?validAt=2023-06-01");
        await Assertions.Expect(visitor.Page.Locator("#live")).ToContainTextAsync("refreshes itself");
        // Picked by its name, it is the milestone's day.
        (await visitor.Page.Locator("#milestones option").GetAttributeAsync("value")).ShouldBe("2023-03-01");
        await visitor.Page.Locator("#ask-compare").FillAsync("2023-03-01");
        await visitor.Page.Locator("#ask-compare").BlurAsync();
        await Assertions.Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Compared with 1 March 2023");

        await visitor.Page.Locator("#ask-known-at").FillAsync("9999");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#live")).ToContainTextAsync("last position is 5");
        (await visitor.Page.Locator("#ask-compare").InputValueAsync()).ShouldBe("2023-03-01", "the page is where it was");
        // What is recorded meanwhile is shown, and the reason stays.
        await ledger.CommitmentAsync("another");
        await Assertions.Expect(visitor.Page.Locator("#on-another")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("#live")).ToContainTextAsync("last position is 5");

        await visitor.Page.Locator("#ask-known-at").FillAsync("3");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#reach")).ToContainTextAsync("position 3");
        await Assertions.Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Compared with 1 March 2023");
    }

    [Fact]
    public async Task takes_a_moment_as_a_person_writes_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, new FakeTimeProvider(DateTimeOffset.Parse("2023-02-10T09:00:00Z", CultureInfo.InvariantCulture)));
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var visitor = await chromium.VisitAsync(tracker);
        visitor.Expected.UnionWith([400, 404, 422]);
        foreach (var (written, answer) in new (string, string)[]
        {
            ("2023-02-10", "a board as known now"), ("2023-02-10 08:59", "404"), ("2023-02-10 09:00", "position 1"), ("2023-02-09", "404"), ("2023-02-11", "422"), ("9999-12-31", "422"), ("10 February", "400"), ("2023-02-30", "400"), ("4", "position 4"),
        })
        {
            var page = await visitor.Page.APIRequest.GetAsync($"/{ledger.Path}?knownAt={Uri.EscapeDataString(written)}");
            if (answer.Length == 3) page.Status.ShouldBe(int.Parse(answer, CultureInfo.InvariantCulture), written);
            else if (answer.StartsWith("position", StringComparison.Ordinal)) (await page.TextAsync()).ShouldContain(answer, Case.Sensitive, written);
            else (await page.TextAsync()).ShouldNotContain("class=\"notice\"", Case.Sensitive, written);
        }
    }

    [Fact]
    public async Task holds_long_words_within_its_width()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        const string Word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        await ledger.SourceAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("visit").With("title", $"\"{Word}\"").With("criteria", $"\"https://example.org/{Word}\""));
        await ledger.RecordAsync("activities", Given.Activity("talks").With("title", $"\"{Word}\""));
        await ledger.AcceptedAsync("e-long");
        await using var visitor = await chromium.VisitAsync(tracker, Look.Phone);
        foreach (var path in (string[])["", "/timeline", "/divergence", "/changes", "/commitments/visit", "/activities/talks", "/sources/readout"])
            foreach (var width in (int[])[390, 320])
            {
                await visitor.Page.SetViewportSizeAsync(width, 800);
                await visitor.OpenAsync($"/agendas/{ledger.Slug}{path}");
                await visitor.ShouldFitAsync($"{path} at {width}");
            }

        await visitor.OpenAsync($"/embed/agendas/{ledger.Slug}");
        await visitor.ShouldFitAsync("embed");
        visitor.ShouldBeQuiet();
    }

    [Theory]
    [InlineData("", "Record ends 15 Nov 2023")]
    [InlineData("&knownAt=1", "Then ended 31 Jan 2023")]
    public async Task keeps_the_words_below_a_timeline_apart_on_every_width(string known, string end)
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}/timeline?validAt=2026-11-01{known}");
        (await visitor.Page.Locator(".axis .end").TextContentAsync()).ShouldBe(end);
        foreach (var width in (int[])[320, 390, 700, 900, 1_280, 1_600])
        {
            await visitor.Page.SetViewportSizeAsync(width, 800);
            var overlapping = await visitor.Page.EvaluateAsync<string[]>("""
                () => {
                  const words = [...document.querySelectorAll('.axis text[y="30"]')].map(x => [x.textContent, x.getBoundingClientRect()]).filter(x => x[1].width > 0).sort((a, b) => a[1].left - b[1].left);
                  return words.slice(1).flatMap((x, i) => words[i][1].right > x[1].left ? [`${words[i][0]} / ${x[0]}`] : []);
                }
                """);
            overlapping.ShouldBeEmpty($"{width}");
        }
    }

    [Fact]
    public async Task says_where_there_is_nothing_to_show()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);

        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31&status=delivered");
        (await visitor.Page.Locator(".empty").InnerTextAsync()).ShouldContain("Show all 8");
        await visitor.PictureAsync("board-nothing-found");

        await visitor.OpenAsync($"{Bali}?validAt=2022-11-01");
        (await visitor.Page.Locator(".empty").InnerTextAsync()).ShouldContain("No commitment is on this board");
        await visitor.PictureAsync("board-empty");
        await visitor.ShouldBeAccessibleAsync("empty");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_light_on_the_wire_and_does_not_shift()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres, Look.Phone);
        var answers = new List<IResponse>();
        visitor.Page.Response += (_, answer) => answers.Add(answer);
        await visitor.OpenAsync(Bali);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        // What is told live never ends, and is no part of the first view.
        var bytes = 0;
        foreach (var answer in answers.ToArray().Where(x => x.Request.ResourceType != "eventsource"))
        {
            var sizes = await answer.Request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        bytes.ShouldBeInRange(1, 100_000, string.Join(", ", answers.Select(x => x.Url)));
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => new Promise(done => {
              const shifts = [];
              new PerformanceObserver(list => {
                for (const x of list.getEntries()) shifts.push(`${x.value}: ${x.sources.map(y => `${y.node?.outerHTML ?? y.node?.textContent} from ${JSON.stringify(y.previousRect)} to ${JSON.stringify(y.currentRect)}`)}`);
              }).observe({ type: 'layout-shift', buffered: true });
              requestAnimationFrame(() => setTimeout(() => done(shifts), 300));
            })
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_thousand_commitments_stay_usable()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var bundle = Bundles.Of("many", activities: 0);
        bundle["searches"] = new JsonArray();
        bundle["coverage"] = new JsonArray(new JsonObject { ["through"] = "2023-01-31" });
        bundle["commitments"] = new JsonArray([.. Enumerable.Range(0, 1_000).Select(x => (JsonNode)Given.Commitment($"promise-{x:D4}").Json())]);
        var imported = (await tracker.Owner.PostAsync("agendas/many/import", bundle)).Should(200);
        await tracker.Public.GetAsync(imported.Position, "agendas/many/board");
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync("/agendas/many");

        (await visitor.Page.Locator("table.board tbody tr").CountAsync()).ShouldBeInRange(50, 100);
        (await visitor.Page.Locator(".lead").First.InnerTextAsync()).ShouldContain("0 of 1,000 commitments");
        (await visitor.Page.Locator("main").InnerHTMLAsync()).Length.ShouldBeLessThan(400_000);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#on-promise-0100")).ToBeVisibleAsync();
        await visitor.Page.Locator("#ask-slider").FillAsync("5");
        await Assertions.Expect(visitor.Page.Locator("#verdict")).ToContainTextAsync("5 days since");
        await visitor.PictureAsync("board-of-a-thousand");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task says_that_the_record_is_being_made_ready_where_its_tables_lack_a_recording()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        var made = await ledger.SourceAsync();
        await tracker.Public.GetAsync(made.Position, $"agendas/{ledger.Slug}/board");
        await using var visitor = await chromium.VisitAsync(tracker);
        await visitor.OpenAsync($"/agendas/{ledger.Slug}");

        // A recording that never reaches the tables: the line is ahead of them.
        await tracker.AskAsync<long>("update tracker.agenda_line set position = position + 1 where agenda = $1 returning position", ledger.Slug);
        visitor.Expected.Add(503);
        await visitor.Page.ReloadAsync();

        (await visitor.Page.Locator("main").InnerTextAsync()).ShouldContain("The record at position 3 is still being made ready to be read.");
        await visitor.PictureAsync("board-behind");
        await visitor.ShouldBeAccessibleAsync("behind");
    }

    /// <summary>What a cell of a commitment's row says of the other day.</summary>
    private static async Task<IReadOnlyList<string>> WasAsync(IPage page, string commitment, string column) =>
        await page.Locator($"#on-{commitment} td[data-label='{column}'] .was").AllInnerTextsAsync();

    private static async Task<Dictionary<string, string>> StatusesAsync(IPage page)
    {
        var rows = page.Locator("table.board tbody tr");
        var statuses = new Dictionary<string, string>();
        foreach (var row in await rows.AllAsync())
            statuses.Add((await row.GetAttributeAsync("id"))!["on-".Length..], (await row.GetAttributeAsync("data-status"))!);
        return statuses;
    }
}
