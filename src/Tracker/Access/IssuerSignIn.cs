using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>
/// Signing in with a browser at the OpenID Connect issuer, where the service is a client of it: whom the issuer sends back gets a session
/// such as a key gives, with the roles that their token names.
/// </summary>
public sealed class IssuerSignIn(IConfiguration configuration, Sessions sessions, Principals principals, RoleClaims roles, IOptionsMonitor<OpenIdConnectOptions> options)
{
    public const string ClientSetting = "Tracker:SignIn:ClientId";
    public const string NameSetting = "Tracker:SignIn:Name";
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Where the issuer sends people back to.</summary>
    public const string BackPath = "/sign-in/back";

    /// <summary>The longest name that a page greets with.</summary>
    private const int MaxName = 80;

    private static readonly string[] NameClaims = ["name", "preferred_username", "email"];

    /// <summary>What the issuer is called on the sign-in page; null where nobody can sign in there.</summary>
    public string? Name { get; } = configuration[ClientSetting] is { Length: > 0 }
        ? configuration[NameSetting] is { Length: > 0 } name ? name : new Uri(configuration["Tracker:Jwt:Authority"]!).Host
        : null;

    /// <summary>Whether the issuer can be asked just now. What is known of it is kept while it is away.</summary>
    public async Task<bool> IsReachedAsync(CancellationToken ct)
    {
        try
        {
            return await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(ct) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Begins a session for whom the issuer sent back; or says why there is none.</summary>
    public async Task<Refusal?> BeginAsync(HttpContext http, ClaimsPrincipal principal)
    {
        if (RoleClaims.SubjectOf(principal) is not var (issuer, subject)) return new Refusal(422, "bad-token", "The issuer does not say who you are.");
        var grants = roles.GrantsOf(principal);
        if (grants.IsEmpty) return new Refusal(403, "forbidden", "The issuer knows you, and names no role of yours here.");
        var (caller, name) = (await principals.CallerAsync(issuer, subject, grants, http.RequestAborted), NameOf(principal));
        if (name is not null) await principals.NameAsync(caller.Principal!, name, http.RequestAborted);
        await sessions.BeginAsync(http, caller, name ?? caller.Principal!);
        return null;
    }

    private static string? NameOf(ClaimsPrincipal principal) => NameClaims
        .Select(x => principal.FindFirst(x)?.Value.Trim())
        .FirstOrDefault(x => x is { Length: > 0 and <= MaxName } && !x.Any(char.IsControl));
}
