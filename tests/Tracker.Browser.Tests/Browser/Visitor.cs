using System.Collections.Concurrent;
using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Tracker.Api.Tests.Contract;

namespace Tracker.Browser.Tests.Browser;

/// <summary>Someone with a browser on one tracker. Notices what a page does that it must not: complaints, errors, requests elsewhere.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string Screenshots = TheContract.Repository("artifacts", "screenshots");
    private static readonly bool TakesPictures = Environment.GetEnvironmentVariable("TRACKER_PICTURES") is "1";
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly string Prints = TheContract.Repository("artifacts", "prints");

    private readonly IBrowserContext _context;
    private readonly Uri _home;
    private readonly ConcurrentQueue<string> _wrongs = new();

    private Visitor(IBrowserContext context, IPage page, Uri home)
    {
        (_context, Page, _home) = (context, page, home);
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>Statuses that the story expects, beside success.</summary>
    public HashSet<int> Expected { get; } = [];

    internal static async Task<Visitor> ComeAsync(IBrowser browser, Uri home, Look look)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = home.ToString(),
            // A certificate that a test made for itself.
            IgnoreHTTPSErrors = home.Scheme == Uri.UriSchemeHttps,
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            ColorScheme = look.Scheme,
            JavaScriptEnabled = look.Scripts,
            HasTouch = look.Touch,
            Locale = "en-GB",
            TimezoneId = "UTC",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync(), home);
    }

    /// <summary>A page of another site, in the same browser.</summary>
    public async Task<IPage> ElsewhereAsync(Uri address)
    {
        var page = await _context.NewPageAsync();
        page.Console += (_, message) => _wrongs.Enqueue($"console: {message.Text}");
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> AnotherTabAsync()
    {
        var page = await _context.NewPageAsync();
        Watch(page);
        return page;
    }

    public async Task<Visitor> OpenAsync(string path)
    {
        var response = await Page.GotoAsync(path);
        if (!Expected.Contains(response!.Status)) response.Status.ShouldBe(200, path);
        return this;
    }

    /// <summary>Nothing went wrong so far, in the console or on the wire, and nothing was asked of any other host.</summary>
    public void ShouldBeQuiet() => _wrongs.ShouldBeEmpty();

    /// <summary>Axe finds nothing to refuse by WCAG 2.2 AA or its own best practices.</summary>
    /// <param name="what">What is looked at, for whoever reads of a failure.</param>
    /// <param name="coloursOnly">Where all else was looked at before.</param>
    public async Task ShouldBeAccessibleAsync(string what, bool coloursOnly = false)
    {
        // Once for a page, whatever it is looked at with.
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe);
        var violations = await Page.EvaluateAsync<string[]>("""
            async only => (await axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations.flatMap(x => x.nodes.slice(0, 4).map(node =>
              `${x.id}: ${x.help}: ${node.html}: ${[...node.any, ...node.all, ...node.none].map(y => y.message).join('; ')}`))
            """, coloursOnly ? ["color-contrast"] : Rules);
        violations.ShouldBeEmpty(what);
    }

    /// <summary>Nothing sticks out sideways.</summary>
    public async Task ShouldFitAsync(string what) =>
        (await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{what} sticks out sideways");

    /// <summary>Keeps a picture of the whole page among the run's artefacts, for people to look at, where <c>TRACKER_PICTURES=1</c> asks for it.</summary>
    public Task PictureAsync(string name) => PictureAsync(Page, name);

    /// <remarks>
    /// Carets are left as they are: to hide them, Playwright styles the fields of the page, and htmx hands the style on to a field that is swapped in meanwhile,
    /// which our content security policy refuses as it should.
    /// </remarks>
    public static async Task PictureAsync(IPage page, string name, bool whole = true)
    {
        if (TakesPictures) await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = whole, Caret = ScreenshotCaret.Initial });
    }

    /// <summary>Prints the page on A4, and keeps that among the run's artefacts.</summary>
    public async Task<byte[]> PrintAsync(string name) => await Page.PdfAsync(new()
    {
        Path = Path.Combine(Directory.CreateDirectory(Prints).FullName, name + ".pdf"),
        Format = "A4",
        Margin = new() { Top = "15mm", Bottom = "15mm", Left = "15mm", Right = "15mm" },
    });

    /// <summary>As if the time of a cookie had come.</summary>
    public Task ForgetAsync(string cookie) => _context.ClearCookiesAsync(new() { Name = cookie });

    public async Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => await _context.CookiesAsync();

    public async Task LookWithAsync(Look look)
    {
        await Page.SetViewportSizeAsync(look.Width, look.Height);
        await Page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            // What failed on the wire is told below, with its status.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _wrongs.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => _wrongs.Enqueue($"error: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not ("data" or "blob") } address && address.Authority != _home.Authority)
                _wrongs.Enqueue($"asked another host: {request.Url}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !Expected.Contains(response.Status))
                _wrongs.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{response.Status}: {response.Url}"));
        };
    }
}
