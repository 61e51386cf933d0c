using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Turns the credential of a request into a caller: a key of ours, or a token of the configured OpenID Connect issuer.</summary>
public sealed class Credentials(KeyRing keys, Sessions sessions, Principals principals, IOptionsMonitor<JwtBearerOptions> tokens, IConfiguration configuration)
{
    /// <summary>The longest subject that OpenID Connect allows.</summary>
    private const int MaxSubject = 255;

    private static readonly Refusal Bad = new(401, "unauthenticated", "The credential is not valid, has ended, or was revoked.");

    private static readonly Refusal NoIssuer = new(503, "unavailable", "The issuer of this token cannot be reached just now. Nothing was changed; try again.") { RetryAfter = 2 };

    private readonly bool _takesTokens = !string.IsNullOrEmpty(configuration["Tracker:Jwt:Authority"]);
    private readonly string _roleClaim = configuration["Tracker:Jwt:RoleClaim"] ?? "roles";

    public async Task<(Caller? Caller, Refusal? Refusal)> CallerOfAsync(HttpContext http)
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
        if (!result.Succeeded || result.Principal.FindFirst("iss")?.Value is not { } issuer || result.Principal.FindFirst("sub")?.Value is not { Length: > 0 and <= MaxSubject } subject || subject.Contains('\0'))
            return (null, Bad);
        return (new Caller(await principals.OfAsync(issuer, subject, http.RequestAborted), GrantsOf(result.Principal)), null);
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

    /// <summary>
    /// Roles as the issuer writes them, in a list or parted by spaces: <c>coder</c> for all agendas, <c>coder:us-china-bali</c> for one.
    /// Words we do not know grant nothing.
    /// </summary>
    private ImmutableArray<Grant> GrantsOf(ClaimsPrincipal principal)
    {
        var grants = ImmutableArray.CreateBuilder<Grant>();
        foreach (var said in principal.FindAll(_roleClaim).SelectMany(x => x.Value.Split(' ')))
        {
            var (word, agenda) = said.Split(':', 2) is [var role, var on] ? (role, on) : (said, null);
            if (Words.TryParse<Role>(word, out var parsed) && (agenda is null || Slug.IsValid(agenda))) grants.Add(new Grant(parsed, agenda));
        }

        return grants.ToImmutable();
    }
}
