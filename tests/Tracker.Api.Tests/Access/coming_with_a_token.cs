using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Access;

/// <summary>A tracker that trusts an issuer which runs beside it.</summary>
public sealed class TrackerWithIssuer(PostgresUnderTest postgres) : IAsyncLifetime
{
    public Issuer Issuer { get; private set; } = null!;

    public TrackerUnderTest Tracker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await Issuer.StartAsync();
        Tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), Issuer.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

public sealed class coming_with_a_token(TrackerWithIssuer both, PostgresUnderTest postgres) : IClassFixture<TrackerWithIssuer>
{
    private readonly Issuer _issuer = both.Issuer;
    private readonly TrackerUnderTest _tracker = both.Tracker;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private Client With(string token) => _tracker.Node.With(token);

    [Fact]
    public async Task records_under_an_opaque_name_and_not_the_subjects()
    {
        var ledger = await _tracker.OpenAgendaAsync();

        (await With(_issuer.Token("coder")).PostAsync($"{ledger.Path}/sources", Given.Source())).Should(201);
        (await With(_issuer.Token("coder")).PostAsync($"{ledger.Path}/sources", Given.Source("another"))).Should(201);
        (await With(_issuer.Token("coder", new() { ["sub"] = "ben@example.org" })).PostAsync($"{ledger.Path}/sources", Given.Source("third"))).Should(201);

        var by = (await ledger.EventsAsync()).Skip(1).Select(x => x.By).ToArray();
        by[0].ShouldStartWith("p-");
        by[1].ShouldBe(by[0]);
        by[2].ShouldNotBe(by[0]);
        (await _tracker.AskAsync<string>("select issuer || ' ' || subject from tracker.principal where id = $1", by[0])).ShouldBe($"{_issuer.Name} ana@example.org");
        (await _tracker.AskAsync<bool>("select exists (select from tracker.mt_events e where strpos(e::text, 'example.org') > 0)")).ShouldBeFalse();
    }

    [Fact]
    public async Task follows_live_until_it_ends()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        // Of the token itself the issuer's word counts, by the machine's clock.
        await using var node = await _tracker.AnotherNodeAsync(new Fittings { Clock = clock }, _issuer.Settings);
        var ledger = await _tracker.OpenAgendaAsync();
        using var http = new HttpClient { BaseAddress = node.Address, DefaultRequestHeaders = { Authorization = new("Bearer", _issuer.Token("coder", new() { ["exp"] = Now + 600 })) } };
        using var ofAll = await http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead);
        using var ofOne = await http.GetAsync($"/api/v1/{ledger.Path}/live", HttpCompletionOption.ResponseHeadersRead);
        (ofAll.StatusCode, ofOne.StatusCode).ShouldBe((System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.OK));
        var rest = Task.WhenAll(ofAll.Content.ReadAsStringAsync(), ofOne.Content.ReadAsStringAsync());
        for (var i = 0; i < 5; i++) await AdvanceAsync();
        rest.IsCompleted.ShouldBeFalse("the token is good for ten minutes");
        for (var i = 0; i < 300 && !rest.IsCompleted; i++) await AdvanceAsync();
        rest.IsCompletedSuccessfully.ShouldBeTrue();

        async Task AdvanceAsync()
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(50);
        }
    }

    [Theory]
    [InlineData("coder", 201, 201, 403)]
    [InlineData("coder:{0}", 201, 403, 403)]
    [InlineData("owner", 201, 201, 201)]
    [InlineData("owner:{0}", 201, 403, 403)]
    [InlineData("reader", 403, 403, 403)]
    [InlineData("reader coder:{0} something-else", 201, 403, 403)]
    [InlineData("Coder", 403, 403, 403)]
    [InlineData("coder:", 403, 403, 403)]
    [InlineData("coder:{0}:x", 403, 403, 403)]
    [InlineData("4", 403, 403, 403)]
    [InlineData("admin", 403, 403, 403)]
    [InlineData("", 403, 403, 403)]
    public async Task may_what_its_roles_say_on_the_agendas_they_name(string roles, int here, int elsewhere, int opening)
    {
        var (ledger, other) = (await _tracker.OpenAgendaAsync(), await _tracker.OpenAgendaAsync());
        var said = string.Format(null, roles, ledger.Slug);
        foreach (var token in (string[])[_issuer.Token(said), _issuer.Token(said.Split(' '))])
        {
            var client = With(token);
            (await client.PostAsync($"{ledger.Path}/sources", Given.Source(TrackerUnderTest.NewName("s")))).Should(here);
            (await client.PostAsync($"{other.Path}/sources", Given.Source(TrackerUnderTest.NewName("s")))).Should(elsewhere);
            (await client.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName()))).Should(opening);
        }
    }

    [Fact]
    public async Task has_its_roles_in_the_claim_that_is_configured()
    {
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), [.. _issuer.Settings, "--Tracker:Jwt:RoleClaim=tracker_roles"]);

        (await tracker.Node.With(_issuer.Token("owner")).PostAsync("agendas", Given.Agenda("one"))).ShouldRefuse(403, "forbidden");
        (await tracker.Node.With(_issuer.Token("nobody", new() { ["tracker_roles"] = "owner" })).PostAsync("agendas", Given.Agenda("one"))).Should(201);
    }

    public static TheoryData<string, Func<Issuer, string>> Wrong { get; } = new()
    {
        { "another audience", x => x.Token("owner", new() { ["aud"] = "another-service" }) },
        { "no audience", x => x.Token("owner", new() { ["aud"] = null }) },
        { "another issuer", x => x.Token("owner", new() { ["iss"] = "https://issuer.example.org" }) },
        { "no issuer", x => x.Token("owner", new() { ["iss"] = null }) },
        { "no subject", x => x.Token("owner", new() { ["sub"] = null }) },
        { "an empty subject", x => x.Token("owner", new() { ["sub"] = "" }) },
        { "a subject with U+0000", x => x.Token("owner", new() { ["sub"] = "a\0b" }) },
        { "a subject too long", x => x.Token("owner", new() { ["sub"] = new string('s', 256) }) },
        { "expired", x => x.Token("owner", new() { ["exp"] = Now - 60, ["nbf"] = Now - 120 }) },
        { "no end", x => x.Token("owner", new() { ["exp"] = null }) },
        { "not yet valid", x => x.Token("owner", new() { ["nbf"] = Now + 270 }) },
        { "another key of the same name", x => x.Token("owner", key: x.Forged()) },
        { "HS256 with the public key for a secret", x => x.Token("owner", key: new SymmetricSecurityKey(x.PublicKey), algorithm: "HS256") },
        { "none", x => Unsigned("none", x.Token("owner")) },
        { "None", x => Unsigned("None", x.Token("owner")) },
        { "none, with the old signature", x => $"{Unsigned("none", x.Token("owner"))}{x.Token("owner").Split('.')[2]}" },
        { "no signature", x => x.Token("owner")[..(x.Token("owner").LastIndexOf('.') + 1)] },
        { "another signature", x => $"{x.Token("reader")[..x.Token("reader").LastIndexOf('.')]}.{x.Token("owner").Split('.')[2]}" },
        { "other roles than were signed", x => Altered(x.Token("reader")) },
        { "half of it", x => x.Token("owner")[..40] + ".." },
        { "no token", _ => "a.b.c" },
        { "no JSON", _ => $"{Encoded("x")}.{Encoded("y")}.{Encoded("z")}" },
        { "nothing but dots", _ => ".." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task is_refused_where_something_is_wrong(string what, Func<Issuer, string> make)
    {
        what.ShouldNotBeEmpty();
        var client = With(make(_issuer));
        var before = await _tracker.AskAsync<long>("select count(*) from tracker.principal");

        foreach (var reply in (Reply[])[await client.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName())), await client.GetAsync("keys"), await client.GetAsync("agendas")])
        {
            reply.ShouldRefuse(401, "unauthenticated");
            reply.Header("WWW-Authenticate").ShouldBe("Bearer realm=\"tracker\", error=\"invalid_token\"");
        }

        (await _tracker.AskAsync<long>("select count(*) from tracker.principal")).ShouldBe(before);
    }

    [Fact]
    public async Task is_no_key_where_no_issuer_is_configured() =>
        (await (await postgres.SharedAsync()).Node.With(_issuer.Token("owner")).GetAsync("keys")).ShouldRefuse(401, "unauthenticated");

    [Fact]
    public async Task leaves_keys_to_work_as_ever() => (await _tracker.Owner.GetAsync("keys")).Should(200);

    [Fact]
    public async Task reviews_nothing_that_the_same_person_coded()
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        (await With(_issuer.Token("coder")).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"))).Should(201);

        (await With(_issuer.Token("reviewer")).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence");
        (await With(_issuer.Token("reviewer", new() { ["sub"] = "rui" })).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).Should(200);
    }

    private static string Encoded(string text) => Base64UrlEncoder.Encode(text);

    private static string Unsigned(string algorithm, string token) => $"{Encoded($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string Altered(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encoded(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("reader", "owner", StringComparison.Ordinal))}.{parts[2]}";
    }
}

/// <summary>What becomes of tokens as the issuer changes.</summary>
public sealed class following_the_issuer(PostgresUnderTest postgres)
{
    private static readonly RsaSecurityKey Stranger = new(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "unknown" };

    [Fact]
    public async Task takes_its_new_keys_and_drops_the_old()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), issuer.Settings);
        var old = tracker.Node.With(issuer.Token("owner"));
        (await old.GetAsync("keys")).Should(200);

        issuer.Rotate();

        (await tracker.Node.With(issuer.Token("owner")).GetAsync("keys")).Should(200);
        (await old.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task is_not_made_to_ask_it_by_every_token_of_an_unknown_key()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), issuer.Settings);
        (await tracker.Node.With(issuer.Token("owner")).GetAsync("keys")).Should(200);
        var (before, since) = (issuer.Asked, Stopwatch.StartNew());

        for (var i = 0; i < 40; i++) (await tracker.Node.With(issuer.Token("owner", key: Stranger)).GetAsync("keys")).Should(401);

        // A look is at the document and the keys.
        (issuer.Asked - before).ShouldBeLessThanOrEqualTo(2 * (1 + (int)Math.Ceiling(since.Elapsed.TotalSeconds / 10)));
    }

    [Fact]
    public async Task says_that_it_cannot_be_reached_and_goes_on_once_it_can()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.Fails = true;
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), issuer.Settings);
        var client = tracker.Node.With(issuer.Token("owner"));

        var refusal = await client.PostAsync("agendas", Given.Agenda("one"));
        refusal.ShouldRefuse(503, "unavailable");
        refusal.RetryAfter.ShouldNotBeNull();
        (await client.GetAsync("agendas")).ShouldRefuse(503, "unavailable");
        (await tracker.Owner.GetAsync("keys")).Should(200);
        (await tracker.Public.GetAsync("agendas")).Should(200);
        tracker.Node.Errors.ShouldBeEmpty();

        issuer.Fails = false;
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(refusal.RetryAfter, System.Globalization.CultureInfo.InvariantCulture)));
        (await client.GetAsync("keys")).Should(200);
        tracker.Node.Log.ShouldContain(x => x.Contains($"No issuer answers at {issuer.Name}/.well-known/openid-configuration", StringComparison.Ordinal) && x.Contains("Tracker:Jwt:Authority", StringComparison.Ordinal));
    }

    [Fact]
    public async Task keeps_what_it_knows_while_it_is_away()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var tracker = await TrackerUnderTest.StartFittedAsync(postgres, Issuer.Patient(), issuer.Settings);
        var client = tracker.Node.With(issuer.Token("owner"));
        (await client.GetAsync("keys")).Should(200);

        issuer.Fails = true;

        (await client.GetAsync("keys")).Should(200);
        (await tracker.Node.With(issuer.Token("owner", key: Stranger)).GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await client.GetAsync("keys")).Should(200);
    }
}
