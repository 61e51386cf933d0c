using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Access;

/// <summary>A tracker that is a client of an issuer which runs beside it.</summary>
public sealed class TrackerWithSignIn(PostgresUnderTest postgres) : IAsyncLifetime
{
    public Issuer Issuer { get; private set; } = null!;

    public TrackerUnderTest Tracker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await Issuer.StartAsync();
        Tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), Issuer.SignInSettings);
    }

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

/// <summary>Signing in with a browser at the issuer: there with a request, back with a code, and never with anything else.</summary>
public sealed partial class signing_in_at_the_issuer(TrackerWithSignIn both, PostgresUnderTest postgres) : IClassFixture<TrackerWithSignIn>
{
    private readonly Issuer _issuer = both.Issuer;
    private readonly TrackerUnderTest _tracker = both.Tracker;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task leads_to_the_desk_as_the_person_that_a_token_of_theirs_is()
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        await _tracker.Public.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/board");
        using var browser = new Browser(_tracker.Node.Address);
        var desk = $"/{ledger.Path}/desk";
        (await browser.GetAsync(desk)).Text.ShouldContain($"href=\"/sign-in/with?to={Uri.EscapeDataString(desk)}\"");
        _issuer.SigningIn = nonce => _issuer.IdToken(nonce, "coder");

        var there = await browser.GetAsync($"/sign-in/with?to={desk}");
        there.Status.ShouldBe(302);
        there.Location.ShouldStartWith(_issuer.Name + "/authorize?");
        foreach (var asked in (string[])["code_challenge_method=S256", "response_type=code", "state=", "nonce="]) there.Location.ShouldContain(asked);
        var back = await browser.GetAsync((await browser.GetAsync(there.Location)).Location);
        back.Status.ShouldBe(200, back.Text);
        back.Text.ShouldContain($"<meta http-equiv=\"refresh\" content=\"0;url={desk}\"");
        var cookie = browser.SetCookies.Last(x => x.StartsWith("tracker_session=", StringComparison.Ordinal));
        foreach (var flag in (string[])["httponly", "samesite=strict", "path=/"]) cookie.ShouldContain(flag, Case.Insensitive);
        var shown = await browser.GetAsync(desk);
        shown.Text.ShouldContain("Signed in as Ana Analyst");

        // What is recorded from there is recorded by the one that a program of theirs is.
        var sent = await browser.PostAsync($"{desk}/sources", (await browser.GetAsync($"{desk}/sources")).Text, ("title", "A speech"), ("kind", "speech"), ("tier", "official"), ("issuer", "AA"));
        sent.Status.ShouldBe(302, sent.Text);
        (await _tracker.Node.With(_issuer.Token("coder")).PostAsync($"{ledger.Path}/sources", Given.Source("another"))).Should(201);
        var by = (await ledger.EventsAsync()).TakeLast(2).Select(x => x.By).ToArray();
        by[0].ShouldBe(by[1]);
        // A cookie comes along unasked: it commands nothing by itself.
        (await browser.PostAsync($"/api/v1/{ledger.Path}/sources", null, ("title", "Forged"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task gives_what_the_roles_give_and_nothing_without_one()
    {
        var (here, elsewhere) = (await _tracker.OpenAgendaAsync(), await _tracker.OpenAgendaAsync());
        using var browser = new Browser(_tracker.Node.Address);
        _issuer.SigningIn = nonce => _issuer.IdToken(nonce, $"coder:{here.Slug}");
        (await ComeAsync(browser)).Status.ShouldBe(200);
        (await browser.GetAsync($"/{here.Path}/desk")).Text.ShouldContain("Waiting for review");
        (await browser.GetAsync($"/{elsewhere.Path}/desk")).Text.ShouldNotContain("Waiting for review");

        foreach (var roles in (string[])["", "admin", "Coder"])
        {
            using var nobody = new Browser(_tracker.Node.Address);
            _issuer.SigningIn = nonce => _issuer.IdToken(nonce, roles, new() { ["sub"] = "noone@example.org" });
            var refused = await ComeAsync(nobody);
            refused.Status.ShouldBe(403);
            refused.Text.ShouldContain("names no role of yours");
            nobody.SetCookies.ShouldNotContain(x => x.StartsWith("tracker_session", StringComparison.Ordinal));
        }

        (await _tracker.AskAsync<long>("select count(*) from tracker.principal where subject = 'noone@example.org'")).ShouldBe(0);
    }

    public static TheoryData<string, Func<Issuer, string, string>> Wrong { get; } = new()
    {
        { "another nonce", (x, _) => x.IdToken("another", "owner") },
        { "no nonce", (x, nonce) => x.IdToken(nonce, "owner", new() { ["nonce"] = null }) },
        { "expired", (x, nonce) => x.IdToken(nonce, "owner", new() { ["exp"] = Now - 60, ["nbf"] = Now - 120, ["iat"] = Now - 120 }) },
        { "another audience", (x, nonce) => x.IdToken(nonce, "owner", new() { ["aud"] = Issuer.Audience }) },
        { "another issuer", (x, nonce) => x.IdToken(nonce, "owner", new() { ["iss"] = "https://issuer.example.org" }) },
        { "no subject", (x, nonce) => x.IdToken(nonce, "owner", new() { ["sub"] = null }) },
        { "another key of the same name", (x, nonce) => x.IdToken(nonce, "owner", key: x.Forged()) },
        { "no token", (_, _) => "a.b.c" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task is_refused_where_something_is_wrong_with_the_token(string what, Func<Issuer, string, string> make)
    {
        using var browser = new Browser(_tracker.Node.Address);
        _issuer.SigningIn = nonce => make(_issuer, nonce);

        var refused = await ComeAsync(browser);

        refused.Status.ShouldBeOneOf(400, 422);
        refused.Text.ShouldContain("Not signed in.", Case.Sensitive, what);
        browser.SetCookies.ShouldNotContain(x => x.StartsWith("tracker_session", StringComparison.Ordinal));
        _tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task is_refused_with_a_state_that_is_not_of_this_visit_and_by_whoever_brings_one_of_another()
    {
        using var browser = new Browser(_tracker.Node.Address);
        using var victim = new Browser(_tracker.Node.Address);
        _issuer.SigningIn = nonce => _issuer.IdToken(nonce, "owner");
        var back = await ToBackAsync(browser);

        foreach (var path in (string[])[
            back.Replace("state=", "state=x", StringComparison.Ordinal), StateIn().Replace(back, ""), back.Replace("code=", "code=0", StringComparison.Ordinal),
            "/sign-in/back", "/sign-in/back?error=access_denied&state=x", "/sign-in/back?code=%00&state=%00", "/sign-in/back?id_token=a.b.c"])
        {
            using var stranger = new Browser(_tracker.Node.Address);
            ((await stranger.GetAsync(path)).Status).ShouldBe(400, path);
            stranger.SetCookies.ShouldNotContain(x => x.StartsWith("tracker_session", StringComparison.Ordinal));
        }

        // Somebody who is made to follow another's way back would be signed in as the other.
        (await victim.GetAsync(back)).Status.ShouldBe(400);
        (await victim.PostAsync("/sign-in/back", null, ("code", "x"), ("state", "y"))).Status.ShouldBe(405);
        // The way back leads in once.
        (await browser.GetAsync(back)).Status.ShouldBe(200);
        (await browser.GetAsync(back)).Status.ShouldBe(400);
        _tracker.Node.Errors.ShouldBeEmpty();
        _tracker.Node.Log.ShouldNotContain(x => x.Contains("Ana Analyst", StringComparison.Ordinal) || x.Contains(Issuer.Secret, StringComparison.Ordinal));
    }

    /// <summary>What somebody may is not asked again of the issuer, so they come back from there each hour.</summary>
    [Fact]
    public async Task lasts_for_an_hour()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(clock), _issuer.SignInSettings);
        using var browser = new Browser(tracker.Node.Address);
        _issuer.SigningIn = nonce => _issuer.IdToken(nonce, "coder");
        (await ComeAsync(browser)).Status.ShouldBe(200);

        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        (await browser.GetAsync("/")).Text.ShouldContain("Signed in as Ana Analyst");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await browser.GetAsync("/")).Text.ShouldNotContain("Signed in as");
    }

    [Theory]
    [InlineData("https://evil.example.org/")]
    [InlineData("//evil.example.org")]
    [InlineData("/\\evil.example.org")]
    public async Task leads_nowhere_but_to_us(string to)
    {
        using var browser = new Browser(_tracker.Node.Address);
        _issuer.SigningIn = nonce => _issuer.IdToken(nonce, "coder");

        (await ComeAsync(browser, to)).Text.ShouldContain("content=\"0;url=/\"");
    }

    [Fact]
    public async Task waits_for_an_issuer_that_is_away_and_is_not_offered_where_there_is_none()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.Fails = true;
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), [.. issuer.SignInSettings, "--Tracker:PublicUrl=https://tracker.example.org"]);
        using var browser = new Browser(tracker.Node.Address);
        (await browser.GetAsync("/sign-in/with")).Status.ShouldBe(503);
        tracker.Node.Errors.ShouldBeEmpty();
        issuer.Fails = false;
        for (var tries = 0; tries < 200 && (await browser.GetAsync("/sign-in/with")).Status == 503; tries++) await Task.Delay(100);
        (await browser.GetAsync("/sign-in/with")).Location.ShouldContain(Uri.EscapeDataString("https://tracker.example.org/sign-in/back"));

        using var plain = new Browser((await postgres.SharedAsync()).Node.Address);
        (await plain.GetAsync("/sign-in/with")).Status.ShouldBe(404);
        (await plain.GetAsync("/sign-in/back")).Status.ShouldBe(404);
        (await plain.GetAsync("/sign-in")).Text.ShouldNotContain("/sign-in/with");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await Node.StartAsync(await postgres.NewDatabaseAsync(), null, "--Tracker:SignIn:ClientId=x"))).Message.ShouldContain("Tracker:Jwt:Authority");
    }

    private static async Task<Page> ComeAsync(Browser browser, string to = "/") => await browser.GetAsync(await ToBackAsync(browser, to));

    /// <summary>To the issuer, and up to the way back.</summary>
    private static async Task<string> ToBackAsync(Browser browser, string to = "/") =>
        (await browser.GetAsync((await browser.GetAsync($"/sign-in/with?to={Uri.EscapeDataString(to)}")).Location)).Location;

    [GeneratedRegex("&state=[^&]*")]
    private static partial Regex StateIn();
}
