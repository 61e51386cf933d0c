using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>Twenty parties and twelve commitments: the matrix, a party's page, and a board that stays readable.</summary>
public sealed class reading_a_matrix(Chromium chromium, PostgresUnderTest postgres)
{
    private const string Day = "?validAt=2023-01-31";

    [Fact]
    public async Task is_accessible_quiet_and_within_its_width_on_any_screen()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        foreach (var (name, path) in ((string, string)[])[("matrix-of-twenty", $"{agenda}/matrix{Day}"), ("party-of-twenty", $"{agenda}/parties/AA{Day}"), ("board-of-twenty", $"{agenda}{Day}"), ("commitment-of-twenty", $"{agenda}/commitments/promise-01{Day}&party=AA")])
        {
            await visitor.OpenAsync(path);
            foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
            {
                await visitor.LookWithAsync(look);
                await visitor.PictureAsync($"{name}-{look.Name}");
                await visitor.ShouldBeAccessibleAsync($"{name} {look.Name}", coloursOnly: look == Look.Dark);
                await visitor.ShouldFitAsync($"{name} {look.Name}");
            }

            await visitor.Page.SetViewportSizeAsync(320, 700);
            await visitor.ShouldFitAsync($"{name} at 320");
        }

        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task keeps_its_heads_and_its_parties_in_sight_while_it_scrolls_within_itself()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync(), Look.Phone);
        await visitor.Page.SetViewportSizeAsync(320, 700);
        await visitor.OpenAsync($"{agenda}/matrix{Day}");
        var frame = visitor.Page.Locator(".matrix-frame");

        await frame.EvaluateAsync("x => { x.scrollIntoView(); x.scrollTo(10_000, 10_000); }");
        var (held, head, party) = (await BoxAsync(frame), await BoxAsync(visitor.Page.Locator(".matrix thead th").Last), await BoxAsync(visitor.Page.Locator(".matrix tbody th").Last));

        (await frame.EvaluateAsync<int>("x => x.scrollLeft")).ShouldBeGreaterThan(100);
        (await frame.EvaluateAsync<int>("x => x.scrollTop")).ShouldBeGreaterThan(50);
        head.Y.ShouldBe(held.Y, 3);
        party.X.ShouldBe(held.X, 3);
        // There is more room for the cells than for the names beside them.
        party.Width.ShouldBeLessThan(held.Width * .45f);
        (await visitor.Page.EvaluateAsync<int>("() => scrollX")).ShouldBe(0);
        await Visitor.PictureAsync(visitor.Page, "matrix-scrolled-320", whole: false);
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_gone_through_with_the_keyboard_to_the_evidence()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        await visitor.OpenAsync($"{agenda}/matrix{Day}");

        // What scrolls can be scrolled by keys: it takes the focus before its cells do.
        await visitor.Page.Locator(".matrix-frame").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Tab");
        (await FocusedAsync()).ShouldBe("Sort by name");
        var cell = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Alfa, Cut methane emissions: Dialogue only; 1 piece of evidence", Exact = true });
        await cell.FocusAsync();
        // Nothing that sticks covers what has the focus.
        (await cell.EvaluateAsync<bool>("x => { const at = x.getBoundingClientRect(); return x.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)); }")).ShouldBeTrue();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/commitments/promise-01?validAt=2023-01-31&party=AA#evidence");
        (await visitor.Page.Locator("#evidence ~ .evidence > li").EvaluateAllAsync<string[]>("x => x.map(y => y.id)")).ShouldBe(["evidence-e-contact"]);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Show all evidence" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#evidence-e-01")).ToBeVisibleAsync();
        visitor.ShouldBeQuiet();

        async Task<string> FocusedAsync() => await visitor.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')");
    }

    [Fact]
    public async Task is_sorted_by_links_without_a_script()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync(), Look.WithoutScripts);
        await visitor.OpenAsync($"{agenda}/matrix{Day}");
        (await FirstAsync(3)).ShouldBe(["Alfa", "Bravo", "Charlie"]);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sort by number with concrete action" }).ClickAsync();
        var counts = await visitor.Page.Locator(".matrix tbody td.number").EvaluateAllAsync<int[]>("x => x.map(y => parseInt(y.textContent))");
        counts.ShouldBe(counts.OrderDescending());
        counts.Sum().ShouldBe(37);
        (await visitor.Page.Locator(".matrix th[aria-sort]").GetAttributeAsync("aria-sort")).ShouldBe("descending");

        // The eighth commitment is met by the tenth to the thirteenth party.
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sort by status on “Tax multinational firms where they earn”" }).ClickAsync();
        (await FirstAsync(5)).ShouldBe(["Juliett", "Kilo", "Lima", "Mike", "Alfa"]);
        new Uri(visitor.Page.Url).Query.ShouldBe("?validAt=2023-01-31&commitment=promise-07");

        // Another day is asked for in the same order, and the same link leads back out of it.
        await visitor.Page.Locator(".ask button").ClickAsync();
        new Uri(visitor.Page.Url).Query.ShouldContain("commitment=promise-07");
        await visitor.Page.Locator(".matrix th[aria-sort] .sort").ClickAsync();
        (await FirstAsync(3)).ShouldBe(["Alfa", "Bravo", "Charlie"]);
        visitor.ShouldBeQuiet();

        async Task<string[]> FirstAsync(int count) => [.. (await visitor.Page.Locator(".matrix tbody th").AllInnerTextsAsync()).Take(count)];
    }

    [Fact]
    public async Task has_rows_of_a_few_lines_on_the_board_and_a_party_alone_where_it_is_asked_for()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        await visitor.OpenAsync($"{agenda}{Day}");

        // Three lines of text and what is around them.
        (await visitor.Page.Locator("table.board tbody tr:not(#on-promise-11)").EvaluateAllAsync<double[]>("x => x.map(y => y.offsetHeight)")).Max().ShouldBeLessThan(115);
        (await visitor.Page.Locator(".figure").InnerTextAsync()).ShouldContain("37");
        // What each count is of stands beside it: cells above, commitments in the filter.
        (await visitor.Page.Locator("#verdict .counts li").First.InnerTextAsync()).ShouldBe("Party commitments:");
        (await visitor.Page.Locator(".chips legend").InnerTextAsync()).ShouldBe("Only commitments");
        await visitor.Page.Locator("#only-party").SelectOptionAsync("BB");
        await Assertions.Expect(visitor.Page.Locator("#on-promise-01 .parties li")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("#on-promise-01 .parties li")).ToContainTextAsync("Dialogue only");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task has_heads_that_are_whole_where_there_is_room()
    {
        var agenda = await SummitAsync(bundle =>
        {
            bundle["commitments"]![2]!["title"] = "Strategic communication and regular consultations";
            bundle["commitments"]![11]!["title"] = "Keep trade in food and fertiliser open";
        });
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await visitor.OpenAsync($"{agenda}/matrix{Day}");

        var cut = await visitor.Page.Locator(".matrix .lines > span").EvaluateAllAsync<string[]>("x => x.filter(y => y.scrollHeight > y.clientHeight + 1 || y.textContent.endsWith('…')).map(y => y.textContent)");
        cut.ShouldBeEmpty();
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task begins_a_title_from_right_to_left_with_its_first_word()
    {
        // "Not imposing new export restrictions on …": without its first word it says the opposite.
        const string Title = "عدم فرض قيود تصدير جديدة على المواد الخام الحيوية والأغذية والأسمدة بين الأطراف";
        var agenda = await SummitAsync(bundle =>
        {
            bundle["commitments"]![2]!["title"] = Title;
            bundle["commitments"]![2]!["type"] = "restraint";
            bundle["searches"]![0]!["commitment"] = "promise-02";
            bundle["evidence"] = new JsonArray([.. bundle["evidence"]!.AsArray().Where(x => (string?)x!["commitment"] != "promise-02").Select(x => x!.DeepClone())]);
        });
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        await visitor.OpenAsync($"{agenda}/matrix{Day}");
        var head = visitor.Page.Locator(".matrix thead th").Nth(4);
        var lines = head.Locator(".lines > span");

        (await lines.EvaluateAllAsync<string[]>("x => x.map(y => getComputedStyle(y).direction)")).ShouldBe(["rtl", "rtl"]);
        (await visitor.Page.Locator(".matrix thead th").Nth(3).Locator(".lines > span").First.EvaluateAsync<string>("x => getComputedStyle(x).direction")).ShouldBe("ltr");
        // Its first word lies within the line, and it ends at the foot of the head, above its column.
        (await lines.First.EvaluateAsync<bool>("""
            x => {
              const word = document.createRange();
              word.setStart(x.firstChild, 0);
              word.setEnd(x.firstChild, 3);
              const [at, line] = [word.getBoundingClientRect(), x.getBoundingClientRect()];
              return at.height > 0 && at.top >= line.top - 1 && at.bottom <= line.bottom + 1;
            }
            """)).ShouldBeTrue();

        // A restraint of which nothing was found is worded within its column, with the day for whoever has it read aloud.
        (await head.InnerTextAsync()).ShouldContain("No breach found");
        (await head.Locator(".sum").TextContentAsync())!.ShouldContain("searched through 31 January 2023");
        var widths = await visitor.Page.Locator(".matrix thead th:nth-child(n+3)").EvaluateAllAsync<double[]>("x => x.map(y => y.getBoundingClientRect().width)");
        (widths.Max() - widths.Min()).ShouldBeLessThan(2);
        await visitor.PictureAsync("matrix-arabic");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_printed_whole()
    {
        var agenda = await SummitAsync();
        await using var visitor = await chromium.VisitAsync(await postgres.SharedAsync());
        await visitor.OpenAsync($"{agenda}/matrix{Day}");
        (await visitor.PrintAsync("matrix")).Length.ShouldBeGreaterThan(10_000);

        // What the width between the margins of A4 on its side leaves.
        await visitor.Page.SetViewportSizeAsync(1_000, 700);
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await visitor.Page.Locator(".matrix-frame").EvaluateAsync<bool>("x => x.scrollHeight <= x.clientHeight + 1")).ShouldBeTrue("all rows");
        (await visitor.Page.Locator(".matrix").EvaluateAsync<double>("x => x.getBoundingClientRect().right")).ShouldBeLessThanOrEqualTo(1_000);
    }

    /// <summary>The agenda's address, recorded once for a test.</summary>
    private async Task<string> SummitAsync(Action<JsonObject>? change = null)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName("summit"));
        var bundle = Bundles.Summit(ledger.Slug);
        change?.Invoke(bundle);
        (await tracker.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        return $"/{ledger.Path}";
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator what) => (await what.BoundingBoxAsync()).ShouldNotBeNull();
}
