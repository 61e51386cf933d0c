using System.Text;
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

    /// <summary>Whatever the margins; a name of one endless word is not ours.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task breaks_no_word_of_a_board(bool bali)
    {
        var path = bali ? $"{Bali}?validAt=2023-06-01" : null;
        await using var visitor = bali ? await chromium.VisitBaliAsync(postgres) : await chromium.VisitAsync(await postgres.SharedAsync());
        if (path is null)
        {
            var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
            await ledger.CommitmentAsync("steady", "continuing", "2022-12-31");
            await ledger.RecordAsync("commitments", Given.Commitment("restraint", "restraint").With("title", "\"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\""));
            await ledger.AcceptedAsync("e-steady", depth: "mechanism", commitment: "steady");
            var last = await ledger.RecordAsync("commitments/steady/evidence", Given.Evidence("e-pending"));
            (await ledger.GetAsync(last.Position, "board")).Should(200);
            path = $"/{ledger.Path}?validAt=2024-01-01";
        }

        await visitor.OpenAsync(path);
        await visitor.PrintAsync(bali ? "board-of-bali" : "board-with-flags");
        (await visitor.Page.Locator(".flag").CountAsync()).ShouldBeGreaterThan(0);
        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        // What A4 leaves between margins of 10, 15 and 20 millimetres.
        foreach (var width in (int[])[718, 680, 642])
        {
            await visitor.Page.SetViewportSizeAsync(width, 900);
            (await visitor.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('.board thead th, .board td')].flatMap(cell => {
                  const broken = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                  for (let text; text = texts.nextNode();)
                    for (const word of text.data.matchAll(/[^\s–-]+/g)) {
                      const range = document.createRange();
                      range.setStart(text, word.index);
                      range.setEnd(text, word.index + word[0].length);
                      const lines = new Set([...range.getClientRects()].map(x => Math.round(x.top)));
                      if (lines.size > 1 || range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1) broken.push(word[0]);
                    }
                  return broken;
                })
                """)).ShouldBeEmpty($"at {width}");
        }

        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task names_the_evidence_of_a_timeline()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres);
        await visitor.OpenAsync($"{Bali}/timeline?validAt=2023-01-31");
        (await visitor.Page.Locator(".no").EvaluateAllAsync<string[]>("x => x.filter(y => getComputedStyle(y).display !== 'none').map(y => y.outerHTML)")).ShouldBeEmpty("on a screen one can point");

        using var pdf = PdfDocument.Open(await visitor.PrintAsync("timeline-in-words"));

        var text = Words(string.Concat(pdf.GetPages().Select(x => x.Text)));
        var titles = await visitor.Page.Locator(".in-words a").AllTextContentsAsync();
        titles.Count.ShouldBeGreaterThan(10);
        foreach (var title in titles) text.ShouldContain(Words(title));
        pdf.NumberOfPages.ShouldBeLessThanOrEqualTo(4);

        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await visitor.Page.Locator("#lane-maintain-communication .mark .no").EvaluateAllAsync<string[]>("x => x.filter(y => y.checkVisibility()).map(y => y.textContent.trim())"))
            .ShouldBe(await visitor.Page.Locator("#lane-maintain-communication li .no").AllTextContentsAsync(), ignoreOrder: true);
        visitor.ShouldBeQuiet();
    }

    private static double Lightness(Letter letter)
    {
        var (r, g, b) = letter.Color.ToRGBValues();
        return Math.Max((double)r, Math.Max((double)g, (double)b));
    }

    // Letters that are set as one are read apart.
    private static string Words(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit));
}
