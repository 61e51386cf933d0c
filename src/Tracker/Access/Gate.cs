using Microsoft.AspNetCore.Http.Features;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>
/// Lets a request through to an endpoint whose right the caller has, on the agenda in the address: 401 for a bad or missing
/// credential, 403 for one that is not enough.
/// </summary>
public sealed class Gate(RequestDelegate next, Credentials credentials, IConfiguration configuration)
{
    public const string PublicReadSetting = "Tracker:PublicRead";

    private readonly bool _publicRead = configuration.GetValue(PublicReadSetting, true);

    public async Task InvokeAsync(HttpContext http)
    {
        var (caller, refusal) = await credentials.CallerOfAsync(http);
        if (refusal is null)
        {
            http.Features.Set(caller!);
            refusal = Judge(http, caller!);
        }

        if (refusal is null)
        {
            await next(http);
            return;
        }

        if (refusal.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"tracker\"";
        await refusal.Answered().ExecuteAsync(http);
    }

    private Refusal? Judge(HttpContext http, Caller caller)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>() is not { } needs) return null;
        if (needs.Right is Right.Read && _publicRead) return null;
        var agenda = http.GetRouteValue("a") as string;
        if (caller.May(needs.Right, agenda)) return null;
        // A list of agendas, or of keys, shows whoever asks their own part.
        if (agenda is null && caller.Grants.Any(x => x.Role.Carries(needs.Right)) && http.GetEndpoint()!.Metadata.GetMetadata<EachTheirOwnAttribute>() is not null) return null;
        return caller.Principal is null
            ? new Refusal(401, "unauthenticated", "This needs a key: Authorization: Bearer trk_…")
            : new Refusal(403, "forbidden", $"This needs the right to {Words.Text(needs.Right)}{(agenda is null ? "" : $" on '{agenda}'")}, which your role does not carry.");
    }
}

/// <summary>An endpoint of no agenda that shows or does only what lies within the caller's own agendas.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachTheirOwnAttribute : Attribute;

internal static class Callers
{
    /// <summary>Who asks; the gate has seen to it.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();
}
