using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Who is signed in with a browser, for the page to greet.</summary>
public sealed record SignedIn(string Name);

/// <summary>A form of ours, seen to come from a page of ours: only then does a session's cookie serve for a command.</summary>
public sealed class OwnForm;

/// <summary>
/// People signed in with a browser. The cookie holds, sealed, which key they signed in with and until when; never the key. The key is
/// looked up at each use, so a revoked one ends its sessions at once, on every node. Of whom an issuer sent it holds who they are and
/// what they may, since the issuer cannot be asked each time; so it lasts an hour.
/// </summary>
public sealed class Sessions(KeyRing keys, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Cookie = "tracker_session";

    // Some kilobytes are left for the other headers of a request.
    private const int MostSealed = 12_000;

    private static readonly TimeSpan LastsWithKey = TimeSpan.FromHours(12);
    private static readonly TimeSpan LastsWithToken = TimeSpan.FromHours(1);

    private readonly IDataProtector _seal = protection.CreateProtector("Tracker.Access.Sessions/2");
    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>Begins a session with a key; false where it is nobody's, has ended, or was revoked.</summary>
    public async Task<bool> BeginAsync(HttpContext http, string secret) =>
        await keys.IdOfAsync(secret, http.RequestAborted) is { } id && Keep(http, new Ticket(Until(LastsWithKey), id, null, null)) && await KnowAsync(http, id) is not null;

    /// <summary>Begins a session of whom an issuer sent; false where it would be more than a cookie can hold.</summary>
    public bool Begin(HttpContext http, Caller caller, string name)
    {
        if (!Keep(http, new Ticket(Until(LastsWithToken), null, caller, name))) return false;
        http.Features.Set(new SignedIn(name));
        return true;
    }

    public void End(HttpContext http)
    {
        _cookies.DeleteCookie(http, Cookie, Options(http, null));
        http.Features.Set<SignedIn>(null);
    }

    /// <summary>Whose session the request belongs to; null where it belongs to none that lasts.</summary>
    public async Task<Caller?> CallerOfAsync(HttpContext http)
    {
        if (_cookies.GetRequestCookie(http, Cookie) is not { Length: > 0 and <= MostSealed } cookie || Open(cookie) is not { } ticket) return null;
        if (ticket.Key is { } key) return await KnowAsync(http, key);
        http.Features.Set(new SignedIn(ticket.Name!));
        return ticket.Caller;
    }

    private async Task<Caller?> KnowAsync(HttpContext http, string id)
    {
        if (await keys.CallerByIdAsync(id, http.RequestAborted) is not var (caller, name)) return null;
        http.Features.Set(new SignedIn(name));
        return caller;
    }

    private bool Keep(HttpContext http, Ticket ticket)
    {
        var cookie = _seal.Protect(JsonSerializer.Serialize(ticket));
        if (cookie.Length > MostSealed) return false;
        _cookies.AppendResponseCookie(http, Cookie, cookie, Options(http, ticket.Until));
        return true;
    }

    private Ticket? Open(string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<Ticket>(_seal.Unprotect(cookie)) is { } ticket && ticket.Until > clock.GetUtcNow() ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private DateTimeOffset Until(TimeSpan lasts) => clock.GetUtcNow() + lasts;

    private static CookieOptions Options(HttpContext http, DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
        IsEssential = true,
        Expires = until,
    };

    /// <summary>What a cookie holds: a key's id, or a caller and their name.</summary>
    private sealed record Ticket(DateTimeOffset Until, string? Key, Caller? Caller, string? Name);
}
