using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>What every page owes everyone who looks at it. A new page is a new line here.</summary>
public sealed class looking_at_every_page(Chromium chromium, PostgresUnderTest postgres)
{
    private const string Bali = "/agendas/us-china-bali";

    public static TheoryData<string, string> Pages => new()
    {
        { "agendas", "/" },
        { "board", $"{Bali}?validAt=2023-01-31" },
        { "board-today", Bali },
        { "board-baseline", $"{Bali}?validAt=2022-11-14" },
        { "changes", $"{Bali}/changes" },
        { "reports", $"{Bali}/reports" },
        { "timeline", $"{Bali}/timeline?validAt=2023-01-31" },
        { "timeline-today", $"{Bali}/timeline" },
        { "divergence", $"{Bali}/divergence?validAt=2023-01-31" },
        { "activity", $"{Bali}/activities/december-talks?validAt=2023-01-31" },
        { "source", $"{Bali}/sources/white-house-readout?validAt=2023-01-31" },
        { "commitment", $"{Bali}/commitments/maintain-communication?validAt=2023-01-31" },
        { "matrix", $"{Bali}/matrix?validAt=2023-01-31" },
        { "matrix-today", $"{Bali}/matrix" },
        { "party", $"{Bali}/parties/US?validAt=2023-01-31" },
        { "embed", $"/embed{Bali}?validAt=2023-01-31" },
        { "method", "/method" },
        { "rule-2", "/method/depth-ladder-2" },
        { "rule-1", "/method/depth-ladder-1" },
        { "about", "/about" },
        { "commitment-search", $"{Bali}/commitments/joint-working-group?validAt=2023-01-31" },
    };

    public static TheoryData<string, string, int> Refusals => new()
    {
        { "refusal-not-found", "/agendas/nowhere", 404 },
        { "refusal-unreadable", $"{Bali}?validAt=yesterday", 400 },
        { "refusal-in-future", $"{Bali}?knownAt=9999", 422 },
        { "refusal-order", $"{Bali}?sort=colour", 400 },
        { "refusal-null", $"{Bali}?%00=1", 400 },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task finds_it_accessible_quiet_and_within_its_width_in_light_dark_and_on_a_phone(string name, string path)
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync(path);

        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"{name}-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"{name} {look.Name}", coloursOnly: look == Look.Dark);
            await visitor.ShouldFitAsync($"{name} {look.Name}");
        }

        await visitor.LookWithAsync(Look.Zoomed);
        await visitor.ShouldFitAsync($"{name} at 200 %");
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task is_told_what_a_mark_of_the_timeline_means_by_keyboard_and_by_pointing()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}/timeline?validAt=2023-01-31");
        var mark = visitor.Page.Locator("#lane-maintain-communication a.mark").First;
        var tip = visitor.Page.Locator(".tip");

        await mark.FocusAsync();
        await Assertions.Expect(tip).ToContainTextAsync("Contact, advances it");
        await visitor.PictureAsync("timeline-mark");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tip).ToBeHiddenAsync();

        // A page scrolls to what comes into focus, and the tip with it; what was only pointed at, it leaves.
        await visitor.Page.SetViewportSizeAsync(1_280, 300);
        await visitor.Page.EvaluateAsync("() => document.activeElement.blur()");
        var far = visitor.Page.Locator("a.mark").Last;
        await far.FocusAsync();
        await visitor.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await visitor.Page.Mouse.WheelAsync(0, 30);
        await visitor.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");
        (await visitor.Page.EvaluateAsync<double>("scrollY")).ShouldBeGreaterThan(0);
        await Assertions.Expect(tip).ToBeVisibleAsync();
        (await tip.EvaluateAsync<double>("x => { const at = document.activeElement.getBoundingClientRect(), tip = x.getBoundingClientRect(); return Math.min(Math.abs(tip.bottom - at.top), Math.abs(tip.top - at.bottom)); }")).ShouldBeLessThan(10);
        await visitor.Page.EvaluateAsync("() => document.activeElement.blur()");
        await Assertions.Expect(tip).ToBeHiddenAsync();
        await visitor.LookWithAsync(Look.Desktop);
        await visitor.Page.EvaluateAsync("() => scrollTo(0, 0)");

        await visitor.Page.Locator("#lane-maintain-communication a.mark circle.hit").Nth(1).HoverAsync(new() { Force = true });
        await Assertions.Expect(tip).ToBeVisibleAsync();
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task finds_each_whole_without_scripts()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres, Look.WithoutScripts);
        foreach (var row in Pages)
        {
            var (name, path) = row.Data;
            await visitor.OpenAsync(path);
            (await visitor.Page.Locator("h1").CountAsync()).ShouldBe(1, name);
            (await visitor.Page.Locator("main").InnerTextAsync()).Length.ShouldBeGreaterThan(200, name);
        }

        visitor.ShouldBeQuiet();
    }

    /// <summary>On paper there is nothing to press, and nothing lies beyond the edge.</summary>
    [Theory, InlineData("board", $"{Bali}?validAt=2023-01-31"), InlineData("timeline", $"{Bali}/timeline?validAt=2023-01-31"),
     InlineData("commitment", $"{Bali}/commitments/maintain-communication?validAt=2023-01-31"), InlineData("matrix-bali", $"{Bali}/matrix?validAt=2023-01-31"),
     InlineData("party", $"{Bali}/parties/US?validAt=2023-01-31")]
    public async Task prints_it(string name, string path)
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync(path);

        var print = await visitor.PrintAsync(name);

        print.Length.ShouldBeGreaterThan(10_000);
        // What the width between the margins of A4 leaves.
        await visitor.Page.SetViewportSizeAsync(680, 900);
        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, textarea, form, summary, nav, #live')].filter(x => x.checkVisibility()).map(x => x.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main *')].filter(x => x instanceof HTMLElement && x.checkVisibility() && x.getBoundingClientRect().right > innerWidth + 1).map(x => x.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main a[href^="http"]')].filter(x => x.checkVisibility() && !getComputedStyle(x, '::after').content.includes('http')).map(x => x.href)
            """)).ShouldBeEmpty("on paper a link is its address");
        (await visitor.Page.Locator("main a[href^=http]").CountAsync() > 0).ShouldBe(name is "commitment");
        visitor.ShouldBeQuiet();
    }

    [Theory, MemberData(nameof(Refusals))]
    public async Task is_told_why_not_in_the_same_design(string name, string path, int status)
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        visitor.Expected.Add(status);
        await visitor.OpenAsync(path);

        await visitor.PictureAsync(name);
        await visitor.ShouldBeAccessibleAsync(name);
        visitor.ShouldBeQuiet();
    }
}
