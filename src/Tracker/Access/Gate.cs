using System.Threading.RateLimiting;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>Finds out who asks, before anything is counted against them. Where reading needs no credential, everybody reads what is public.</summary>
public sealed class Identification(RequestDelegate next, Credentials credentials, PartitionedRateLimiter<HttpContext> limits, IConfiguration configuration)
{
    private static readonly Refusal TooMany = Refuse.TooMany("Too many requests.", 1);

    private readonly bool _publicRead = configuration.GetValue("Tracker:PublicRead", true);

    public async Task InvokeAsync(HttpContext http)
    {
        var (caller, refusal) = IsFlood(http) ? (null, http.Request.Headers.Authorization.Count > 0 ? TooMany : null) : await credentials.CallerOfAsync(http);
        caller ??= Caller.Public;
        http.Features.Set(caller with { ReadsWhatIsPublic = _publicRead });
        // A bad credential goes on as nobody's: the limits count it with its address, and the gate turns it away.
        if (refusal is not null) http.Features.Set(refusal);
        await next(http);
    }

    /// <summary>
    /// Whether it is one credential after another: of those that are not known, so many are looked up for an address. One that was good within a day is
    /// looked up whoever else comes from there. Whoever comes with an unknown session is then nobody.
    /// </summary>
    private bool IsFlood(HttpContext http)
    {
        if (!credentials.IsUnknown(http)) return false;
        using var lookUp = limits.AttemptAcquire(http);
        return !lookUp.IsAcquired;
    }
}

/// <summary>
/// Lets a request through to an endpoint whose right the caller has, on the agenda in the address: 401 for a bad or missing
/// credential, 403 for one that is not enough. An agenda that is not theirs to read is as absent as one that there is not: both are the same
/// 404, said here, before anything else of the request is looked at.
/// </summary>
public sealed class Gate(RequestDelegate next, ReadAccess readAccess)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if ((http.Features.Get<Refusal>() ?? await JudgeAsync(http, http.Caller())) is not { } refusal) await next(http);
        else await TurnAwayAsync(http, refusal);
    }

    private static Task TurnAwayAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.Status == 401)
            http.Response.Headers.WWWAuthenticate = http.Request.Headers.Authorization.Count == 0 ? "Bearer realm=\"tracker\"" : "Bearer realm=\"tracker\", error=\"invalid_token\"";
        if (!http.Request.WantsPage()) return refusal.Answered().ExecuteAsync(http);
        // Who came with a browser gets a page, made further out: here is only told which.
        http.Features.Set(refusal);
        http.Response.StatusCode = refusal.Status;
        return Task.CompletedTask;
    }

    private async Task<Refusal?> JudgeAsync(HttpContext http, Caller caller)
    {
        // Where there is no endpoint there is nothing to guard: it becomes a 404 or a 405.
        if (http.GetEndpoint() is not RouteEndpoint { Metadata: var endpoint } || endpoint.GetMetadata<OpenToAllAttribute>() is not null) return null;
        // One whose author forgot who may use it stays shut.
        if (endpoint.GetMetadata<NeedsAttribute>() is not { } needs) return new Refusal(403, "forbidden", "Nobody may use this address: it names no right.");
        var agenda = http.GetRouteValue("a") as string;
        if (caller.May(needs.Right, agenda)) return null;
        if (needs.Right is Right.Read && caller.ReadsWhatIsPublic) return agenda is null || IsSilent(endpoint) ? null : await AbsentAsync(http, agenda);
        if (endpoint.GetMetadata<EachTheirOwnAttribute>() is not null && caller.Grants.Any(x => x.Role.Carries(needs.Right))) return null;
        return caller.Principal is null
            ? new Refusal(401, "unauthenticated", "This needs a key: Authorization: Bearer trk_…")
            : new Refusal(403, "forbidden", $"This needs the right to {Words.Text(needs.Right)}{(agenda is null ? "" : $" on '{agenda}'")}, which your role does not carry.");
    }

    private static bool IsSilent(EndpointMetadataCollection endpoint) => endpoint.GetMetadata<SilentAttribute>() is not null;

    private async Task<Refusal?> AbsentAsync(HttpContext http, string agenda)
    {
        var ct = http.RequestAborted;
        if (await readAccess.PublicAsync(agenda, ct) is { } head)
        {
            // The read that follows need not ask again.
            http.Features.Set(head);
            return null;
        }

        // That there was no agenda at an instant is said once nobody can be opening it any more.
        if (http.Request.Query.ContainsKey("knownAt"))
        {
            if (!await readAccess.NobodyOpensAsync(ct)) return Refuse.Busy;
            if (await readAccess.PublicAsync(agenda, ct) is not null) return null;
        }

        return Refuse.NotFound("agenda", agenda);
    }
}

/// <summary>An endpoint that says nothing of an agenda, not even whether there is one, before it has seen a role of the caller's on it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SilentAttribute : Attribute;

/// <summary>An endpoint that holds nothing of any agenda, and is open even where reading is not: the contract, the state of health.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute;
