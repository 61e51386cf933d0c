using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>A "no" as a page for whoever reads with a browser.</summary>
public static class RefusedPage
{
    /// <summary>The refusal in the pages' own design, with its status.</summary>
    public static IResult AsPage(this Refusal refusal, string? askedPath = null) => Page(refusal, askedPath, isOurs: false);

    /// <summary>The same of one that is said by a page, in the language of its reader, and not by the API.</summary>
    public static IResult AsOwnPage(this Refusal refusal) => Page(refusal, null, isOurs: true);

    private static PageAnswer<RefusalPage> Page(Refusal refusal, string? askedPath, bool isOurs) => new(refusal.Status, 0, new()
    {
        [nameof(RefusalPage.Refusal)] = refusal,
        [nameof(RefusalPage.AskedPath)] = askedPath,
        [nameof(RefusalPage.IsOurs)] = isOurs,
    })
    { RetryAfter = refusal.RetryAfter };
}
