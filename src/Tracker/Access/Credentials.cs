using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Turns the credential of a request into a caller: a key of ours, or a token of the configured OpenID Connect issuer.</summary>
public sealed class Credentials(
    KeyRing keys, Sessions sessions, Principals principals, RoleClaims roles, IOptionsMonitor<JwtBearerOptions> tokens, TimeProvider clock, IConfiguration configuration) : ICallerLookup, IDisposable
{
    /// <summary>An issuer that fails is asked less and less often: again after so many seconds, at the latest.</summary>
    public const int IssuerRestsSeconds = 10;

    private static readonly Refusal Bad = new(401, "unauthenticated", "The credential is not valid, has ended, or was revoked.");

    private static readonly Refusal NoIssuer = new(503, "unavailable", "The issuer of this token cannot be reached just now. Nothing was changed; try again.") { RetryAfter = IssuerRestsSeconds };

    private readonly bool _takesTokens = !string.IsNullOrEmpty(configuration["Tracker:Jwt:Authority"]);

    private const int MostGood = 10_000;
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    // Digests of credentials that were good lately.
    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = MostGood });

    /// <summary>Whether the request comes with a credential that must be looked up, and was not good within a day.</summary>
    public bool IsUnknown(HttpContext http) => CredentialIn(http) is { } credential && !_good.TryGetValue(DigestOf(credential), out _);

    /// <inheritdoc/>
    public async Task<Caller?> RevalidateAsync(HttpContext http)
    {
        var before = http.Caller();
        if (http.Features.Get<TokenEnd>() is { At: var end } && end <= clock.GetUtcNow()) return null;
        var (caller, refusal) = await CallerOfAsync(http);
        return refusal is null && caller?.Principal == before.Principal ? caller! with { ReadsWhatIsPublic = before.ReadsWhatIsPublic } : null;
    }

    public async Task<(Caller? Caller, Refusal? Refusal)> CallerOfAsync(HttpContext http)
    {
        var (caller, refusal) = await FindAsync(http);
        if (CredentialIn(http) is not { } credential) return (caller, refusal);
        if (caller?.Principal is not null) _good.Set(DigestOf(credential), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = GoodFor });
        else _good.Remove(DigestOf(credential));
        return (caller, refusal);
    }

    public void Dispose() => _good.Dispose();

    /// <summary>What the request says who it is from by: a header, or the cookie of a session where that counts; null for neither.</summary>
    private static string? CredentialIn(HttpContext http) =>
        http.Request.Headers.Authorization is { Count: > 0 } header ? header.ToString() : MayBeOfSession(http) ? Sessions.IdIn(http) : null;

    private static string DigestOf(string credential) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));

    private async Task<(Caller? Caller, Refusal? Refusal)> FindAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0) return (MayBeOfSession(http) ? await sessions.CallerOfAsync(http) ?? Caller.Public : Caller.Public, null);
        var parts = header.Count == 1 ? header[0]!.Split(' ', 2, StringSplitOptions.TrimEntries) : [];
        if (parts is not [var scheme, { Length: > 0 and < 8_192 } secret] || !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return (null, Bad);
        if (_takesTokens && secret.Count(x => x == '.') == 2) return await OfTokenAsync(http);
        return await keys.CallerOfAsync(secret, http.RequestAborted) is { } caller ? (caller, null) : (null, Bad);
    }

    /// <summary>A cookie comes along unasked: it serves for reading and for forms of our own, and never for a command that another page made.</summary>
    private static bool MayBeOfSession(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || http.Features.Get<OwnForm>() is not null;

    private async Task<(Caller?, Refusal?)> OfTokenAsync(HttpContext http)
    {
        if (!await KnowsIssuerAsync(http.RequestAborted)) return (null, NoIssuer);
        var result = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (!result.Succeeded || RoleClaims.SubjectOf(result.Principal) is not var (issuer, subject)) return (null, Bad);
        http.Features.Set(new TokenEnd(result.Properties?.ExpiresUtc));
        return (await principals.CallerAsync(issuer, subject, roles.GrantsOf(result.Principal), http.RequestAborted), null);
    }

    /// <summary>Whether the issuer's keys are known. Once they are, they are kept while it is away.</summary>
    private async Task<bool> KnowsIssuerAsync(CancellationToken ct)
    {
        try
        {
            return await tokens.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>When the token ends that a request came with; null for never.</summary>
    private sealed record TokenEnd(DateTimeOffset? At);
}
