using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>A "no" as a page for whoever reads with a browser.</summary>
public static class RefusedPage
{
    /// <summary>The refusal in the pages' own design, with its status.</summary>
    public static IResult AsPage(this Refusal refusal, string? askedPath = null) =>
        new PageAnswer<RefusalPage>(refusal.Status, 0, new() { [nameof(RefusalPage.Refusal)] = refusal, [nameof(RefusalPage.AskedPath)] = askedPath })
        {
            RetryAfter = refusal.RetryAfter,
        };

    /// <summary>Whether someone at this address reads pages: not under the API, and by a client that asks for HTML.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
