using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Finds out who asks, before anything is counted against them. Where reading is public, everybody is a reader of every agenda.</summary>
public sealed class Identification(RequestDelegate next, Credentials credentials, IConfiguration configuration)
{
    private readonly bool _publicRead = configuration.GetValue("Tracker:PublicRead", true);

    public async Task InvokeAsync(HttpContext http)
    {
        var (caller, refusal) = await credentials.CallerOfAsync(http);
        caller ??= Caller.Public;
        http.Features.Set(_publicRead ? caller with { Grants = caller.Grants.Add(new Grant(Role.Reader, null)) } : caller);
        // A bad credential goes on as nobody's: the limits count it with its address, and the gate turns it away.
        if (refusal is not null) http.Features.Set(refusal);
        await next(http);
    }
}

/// <summary>
/// Lets a request through to an endpoint whose right the caller has, on the agenda in the address: 401 for a bad or missing
/// credential, 403 for one that is not enough.
/// </summary>
public sealed class Gate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if ((http.Features.Get<Refusal>() ?? Judge(http, http.Caller())) is not { } refusal) return next(http);
        if (refusal.Status == 401)
            http.Response.Headers.WWWAuthenticate = http.Request.Headers.Authorization.Count == 0 ? "Bearer realm=\"tracker\"" : "Bearer realm=\"tracker\", error=\"invalid_token\"";
        if (!http.Request.WantsPage()) return refusal.Answered().ExecuteAsync(http);
        // Who came with a browser gets a page, made further out: here is only told which.
        http.Features.Set(refusal);
        http.Response.StatusCode = refusal.Status;
        return Task.CompletedTask;
    }

    private static Refusal? Judge(HttpContext http, Caller caller)
    {
        // Where there is no endpoint there is nothing to guard: it becomes a 404 or a 405.
        if (http.GetEndpoint() is not RouteEndpoint { Metadata: var endpoint } || endpoint.GetMetadata<OpenToAllAttribute>() is not null) return null;
        // One whose author forgot who may use it stays shut.
        if (endpoint.GetMetadata<NeedsAttribute>() is not { } needs) return new Refusal(403, "forbidden", "Nobody may use this address: it names no right.");
        var agenda = http.GetRouteValue("a") as string;
        if (caller.May(needs.Right, agenda)) return null;
        if (endpoint.GetMetadata<EachTheirOwnAttribute>() is not null && caller.Grants.Any(x => x.Role.Carries(needs.Right))) return null;
        return caller.Principal is null
            ? new Refusal(401, "unauthenticated", "This needs a key: Authorization: Bearer trk_…")
            : new Refusal(403, "forbidden", $"This needs the right to {Words.Text(needs.Right)}{(agenda is null ? "" : $" on '{agenda}'")}, which your role does not carry.");
    }
}

/// <summary>An endpoint that holds nothing of any agenda, and is open even where reading is not: the contract, the state of health.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute;
