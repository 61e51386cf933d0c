using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;

[assembly: AssemblyFixture(typeof(Tracker.Browser.Tests.Browser.Chromium))]

namespace Tracker.Browser.Tests.Browser;

/// <summary>The installed Chromium, started once, and the tracker that most tests look at with it: one that holds the Bali record.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // The headless build first: the other draws a window's own furniture for each visitor, and takes twice as long.
    private static readonly string? Executable = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    private const string NoBrowser = "There is no Chromium: install chromium-headless-shell or chromium.";

    private readonly Lock _lock = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Task<TrackerUnderTest>? _bali;
    private Task<TrackerUnderTest>? _firstOfBali;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        // A machine that many share is slow at times; nothing here waits where it need not.
        Assertions.SetDefaultExpectTimeout(30_000);
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of its own, without history or cookies, on a tracker; where none is installed, the test is skipped, except on CI.</summary>
    public async Task<Visitor> VisitAsync(TrackerUnderTest tracker, Look? look = null)
    {
        return await VisitAsync(tracker.Node.Address, look);
    }

    public async Task<Visitor> VisitAsync(Uri address, Look? look = null)
    {
        if (_browser is null && Environment.GetEnvironmentVariable("CI") is null or "") Assert.Skip(NoBrowser);
        return await Visitor.ComeAsync(_browser.ShouldNotBeNull(NoBrowser), address, look ?? Look.Desktop);
    }

    /// <summary>The tracker with the Bali record, both bundles of it; read by all, written to by none.</summary>
    public Task<TrackerUnderTest> BaliAsync(PostgresUnderTest postgres)
    {
        lock (_lock) return _bali ??= TrackerUnderTest.StartAsync(postgres, null, "--Tracker:LoadSeeds=true");
    }

    public async Task<Visitor> VisitBaliAsync(PostgresUnderTest postgres, Look? look = null) => await VisitAsync(await BaliAsync(postgres), look);

    /// <summary>The tracker with the first bundle of the Bali record alone, which ends with January 2023; read by all, written to by none.</summary>
    public async Task<Visitor> VisitFirstOfBaliAsync(PostgresUnderTest postgres, Look? look = null)
    {
        Task<TrackerUnderTest> first;
        lock (_lock) first = _firstOfBali ??= StartAsync();
        return await VisitAsync(await first, look);

        async Task<TrackerUnderTest> StartAsync()
        {
            var tracker = await TrackerUnderTest.StartAsync(postgres);
            (await tracker.Owner.PostAsync("agendas/us-china-bali/import", await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "seeds", "us-china-bali.json")))).Should(200);
            return tracker;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_bali is not null) await (await _bali).DisposeAsync();
        if (_firstOfBali is not null) await (await _firstOfBali).DisposeAsync();
    }
}

/// <summary>With what a page is looked at.</summary>
public sealed record Look(string Name, int Width, int Height, ColorScheme Scheme, bool Scripts = true, bool Touch = false)
{
    public static Look Desktop { get; } = new("light", 1280, 900, ColorScheme.Light);

    public static Look Dark { get; } = Desktop with { Name = "dark", Scheme = ColorScheme.Dark };

    public static Look Phone { get; } = new("phone", 390, 844, ColorScheme.Light, Touch: true);

    /// <summary>What a window of 1280 pixels leaves at 200 % zoom.</summary>
    public static Look Zoomed { get; } = Desktop with { Name = "zoomed", Width = 640, Height = 450 };

    public static Look WithoutScripts { get; } = Desktop with { Name = "no-script", Scripts = false };
}
