using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tracker.Api.Tests.Harness;

/// <summary>
/// An OpenID Connect issuer on the loopback: its discovery document, its keys, tokens that are really signed, and the authorization code flow
/// for one client. Whoever comes is let in at once.
/// </summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "tracker";

    public const string Client = "tracker-desk";
    public const string Secret = "a-secret-of-the-client";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();
    private RsaSecurityKey _key = NewKey();
    private int _asked;

    private Issuer(WebApplication app) => _app = app;

    /// <summary>What tokens name as their issuer.</summary>
    public string Name => _app.Urls.First();

    /// <summary>Whether it answers with a failure, whatever it is asked.</summary>
    public bool Fails { get; set; }

    /// <summary>How often it was asked for its keys.</summary>
    public int Asked => _asked;

    /// <summary>The settings of a tracker that trusts it.</summary>
    public string[] Settings => [$"--Tracker:Jwt:Authority={Name}", $"--Tracker:Jwt:Audience={Audience}"];

    /// <summary>
    /// What a tracker of these tests has beside its own: more patience with an issuer on the same machine, which may be busy for longer than the five seconds that are
    /// enough in earnest. After those, the tracker says that the issuer is away.
    /// </summary>
    public static Fittings Patient(TimeProvider? clock = null) => new()
    {
        Clock = clock,
        Services = services => services
            .Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, x => x.BackchannelTimeout = Patience)
            .ConfigureAll<OpenIdConnectOptions>(x => x.BackchannelTimeout = Patience),
    };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The settings of a tracker that people sign in to there.</summary>
    public string[] SignInSettings => [.. Settings, $"--Tracker:SignIn:ClientId={Client}", $"--Tracker:SignIn:ClientSecret={Secret}", "--Tracker:SignIn:Name=the university"];

    /// <summary>The token that the next one who signs in is given, by the nonce that was asked for.</summary>
    public Func<string, string> SigningIn { get; set; } = _ => throw new InvalidOperationException("Nobody is to sign in.");

    /// <summary>An id token for the client, right but for what a test makes wrong.</summary>
    public string IdToken(string nonce, object roles, Dictionary<string, object?>? claims = null, SecurityKey? key = null) => Token(roles, new Dictionary<string, object?>
    {
        ["aud"] = Client,
        ["nonce"] = nonce,
        ["name"] = "Ana Analyst",
    }.Concat(claims ?? []).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Last().Value), key);

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new Issuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => issuer.Answer(() => new JsonObject { ["issuer"] = issuer.Name, ["jwks_uri"] = issuer.Name + "/keys", ["authorization_endpoint"] = issuer.Name + "/authorize", ["token_endpoint"] = issuer.Name + "/token" }));
        issuer._app.MapGet("/keys", () => issuer.Answer(issuer.Keys));
        issuer._app.MapGet("/authorize", issuer.Authorize);
        issuer._app.MapPost("/token", issuer.RedeemAsync);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Signs with another key from now on, and knows the old one no more.</summary>
    public void Rotate() => _key = NewKey();

    /// <summary>A key of nobody's that calls itself by the name of the issuer's own.</summary>
    public RsaSecurityKey Forged() => new(RSA.Create(2048)) { KeyId = _key.KeyId };

    /// <summary>The public key as it is published, whole: what an attacker has to sign with.</summary>
    public byte[] PublicKey => Encoding.ASCII.GetBytes(_key.Rsa.ExportSubjectPublicKeyInfoPem());

    /// <summary>A token that is right, but for what a test makes wrong.</summary>
    /// <param name="roles">What the role claim says: a text, or a list of them.</param>
    /// <param name="claims">Claims to have in addition, or instead; null takes one away.</param>
    /// <param name="key">The key to sign with; the issuer's own where none is given.</param>
    /// <param name="algorithm">How to sign.</param>
    public string Token(object roles, Dictionary<string, object?>? claims = null, SecurityKey? key = null, string algorithm = "RS256")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object?> payload = new()
        {
            ["iss"] = Name,
            ["aud"] = Audience,
            ["sub"] = "ana@example.org",
            ["iat"] = now,
            ["nbf"] = now - 5,
            ["exp"] = now + 300,
            ["roles"] = roles,
        };
        foreach (var (name, value) in claims ?? [])
            if (value is null) payload.Remove(name);
            else payload[name] = value;
        return new JsonWebTokenHandler().CreateToken(JsonSerializer.Serialize(payload), new SigningCredentials(key ?? _key, algorithm));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Sends back with a code whoever comes with a request that is right for the one client.</summary>
    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (asked["client_id"] != Client || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || asked["nonce"].ToString().Length < 20 || asked["state"].Count != 1
            || !asked["scope"].ToString().Split(' ').Contains("openid")) return Results.StatusCode(400);
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _codes[code] = asked;
        return Results.Redirect($"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"]!)}");
    }

    /// <summary>Gives a token for a code, once, to the client that proves that it asked for it.</summary>
    private async Task<IResult> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (Fails) return Results.StatusCode(500);
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || form["grant_type"] != "authorization_code" || form["client_id"] != Client || form["client_secret"] != Secret
            || form["redirect_uri"] != asked["redirect_uri"] || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        return Results.Json(new { token_type = "Bearer", expires_in = 300, access_token = "opaque", id_token = SigningIn(asked["nonce"]!) });
    }

    private IResult Answer(Func<JsonObject> content)
    {
        Interlocked.Increment(ref _asked);
        return Fails ? Results.StatusCode(500) : Results.Json(content());
    }

    private JsonObject Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)));
        return new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = _key.KeyId, ["n"] = key.N, ["e"] = key.E }) };
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };
}
