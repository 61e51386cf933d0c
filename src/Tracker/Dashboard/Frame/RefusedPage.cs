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
}
