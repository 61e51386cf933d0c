using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Who is signed in with a browser, for the page to greet.</summary>
public sealed record SignedIn(string Name);

/// <summary>A form of ours, seen to come from a page of ours: only then does a session's cookie serve for a command.</summary>
public sealed class OwnForm;

/// <summary>
/// People signed in with a browser. The cookie holds, sealed, which key they signed in with and until when; never the key. The key is
/// looked up at each use, so a revoked one ends its sessions at once, on every node.
/// </summary>
public sealed class Sessions(KeyRing keys, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Cookie = "tracker_session";
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly IDataProtector _seal = protection.CreateProtector("Tracker.Access.Sessions/1");

    /// <summary>Begins a session with a key; false where it is nobody's, has ended, or was revoked.</summary>
    public async Task<bool> BeginAsync(HttpContext http, string secret)
    {
        if (await keys.IdOfAsync(secret, http.RequestAborted) is not { } id) return false;
        var until = clock.GetUtcNow() + Lasts;
        http.Response.Cookies.Append(
            Cookie, _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {id}")), Options(http, until));
        return await KnowAsync(http, id) is not null;
    }

    public void End(HttpContext http)
    {
        http.Response.Cookies.Delete(Cookie, Options(http, null));
        http.Features.Set<SignedIn>(null);
    }

    /// <summary>Whose session the request belongs to; null where it belongs to none that lasts.</summary>
    public async Task<Caller?> CallerOfAsync(HttpContext http) =>
        http.Request.Cookies[Cookie] is { Length: > 0 and < 4_096 } cookie && Open(cookie) is { } id ? await KnowAsync(http, id) : null;

    private async Task<Caller?> KnowAsync(HttpContext http, string id)
    {
        if (await keys.CallerByIdAsync(id, http.RequestAborted) is not var (caller, name)) return null;
        http.Features.Set(new SignedIn(name));
        return caller;
    }

    private string? Open(string cookie)
    {
        try
        {
            return _seal.Unprotect(cookie).Split(' ') is [var until, var id]
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http, DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
        IsEssential = true,
        Expires = until,
    };
}
