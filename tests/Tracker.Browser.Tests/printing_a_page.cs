using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Tracker.Browser.Tests;

/// <summary>A page on paper: ink on white whatever the screen is like, nothing that only a screen can do, and no sheet that is wasted.</summary>
public sealed class printing_a_page(Chromium chromium, PostgresUnderTest postgres)
{
    private const string Bali = "/agendas/us-china-bali";

    public static TheoryData<string, string> Pages => new()
    {
        { "agendas", "/" },
        { "board", $"{Bali}?validAt=2023-01-31" },
        { "board-today", Bali },
        { "board-compared", $"{Bali}?validAt=2022-12-20&compare=2023-01-31" },
        { "timeline", $"{Bali}/timeline?validAt=2023-01-31" },
        { "divergence", $"{Bali}/divergence?validAt=2023-01-31" },
        { "changes", $"{Bali}/changes" },
        { "commitment", $"{Bali}/commitments/maintain-communication?validAt=2023-01-31&knownAt=1" },
        { "activity", $"{Bali}/activities/december-talks?validAt=2023-01-31" },
        { "reports", $"{Bali}/reports" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task is_ink_on_white_from_a_dark_screen_without_what_only_a_screen_can_do(string name, string path)
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres, Look.Dark);
        await visitor.OpenAsync(path);

        using var pdf = PdfDocument.Open(await visitor.PrintAsync($"{name}-dark"));

        // White stands on colours only: on the bands and bars that are printed with them.
        var letters = pdf.GetPages().SelectMany(x => x.Letters).Where(x => !string.IsNullOrWhiteSpace(x.Value)).ToArray();
        letters.Count(x => Lightness(x) < 0.6).ShouldBeGreaterThan(letters.Length * 9 / 10, name);

        await visitor.Page.SetViewportSizeAsync(680, 900);
        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme")).ShouldBe("light");
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, textarea, form, summary, nav, #live, .skip, .on-screen, .notice a')].filter(x => x.checkVisibility()).map(x => x.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        (await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main *')].filter(x => x instanceof HTMLElement && x.checkVisibility() && x.getBoundingClientRect().right > innerWidth + 1).map(x => x.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        visitor.ShouldBeQuiet();
    }

    /// <summary>However far down the last sheet it ends.</summary>
    [Fact]
    public async Task leaves_no_sheet_to_the_footer_alone()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31");
        var foot = Words(string.Concat(await visitor.Page.Locator(".foot p").AllTextContentsAsync()));
        await visitor.Page.EvaluateAsync("() => document.querySelector('.opening').insertAdjacentHTML('beforebegin', '<div id=\"more\"></div>')");

        for (var more = 0; more < 1_000; more += 25)
        {
            await visitor.Page.EvaluateAsync("x => { document.getElementById('more').style.height = x + 'px'; }", more);
            using var pdf = PdfDocument.Open(await visitor.PrintAsync("pushed"));
            Words(pdf.GetPage(pdf.NumberOfPages).Text).Replace(foot, "", StringComparison.Ordinal).ShouldNotBeEmpty($"pushed by {more}");
        }
    }

    [Fact]
    public async Task cuts_no_row_in_two()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}?validAt=2023-01-31");
        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        foreach (var rows in (string[])[".board tr", ".statuses > div", ".rungs > div", ".facts > div"]) await ShouldStayWholeAsync(rows);
        await visitor.OpenAsync($"{Bali}/changes");
        await ShouldStayWholeAsync(".change");
        await visitor.OpenAsync($"{Bali}/timeline?validAt=2023-01-31");
        await ShouldStayWholeAsync(".lane");
        await visitor.OpenAsync($"{Bali}/divergence?validAt=2023-01-31");
        foreach (var rows in (string[])[".side", ".accounts li"]) await ShouldStayWholeAsync(rows);

        async Task ShouldStayWholeAsync(string rows) =>
            (await visitor.Page.Locator(rows).EvaluateAllAsync<string[]>("x => x.map(y => getComputedStyle(y).breakInside)")).ShouldAllBe(x => x == "avoid", rows);
    }

    private static double Lightness(Letter letter)
    {
        var (r, g, b) = letter.Color.ToRGBValues();
        return Math.Max((double)r, Math.Max((double)g, (double)b));
    }

    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
