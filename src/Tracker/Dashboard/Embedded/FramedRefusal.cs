using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.Embedded;

/// <summary>A "no" in a frame of another site.</summary>
public static class FramedRefusal
{
    /// <summary>The path under which pages are framed.</summary>
    public const string Path = "/embed/agendas";

    public static IResult Framed(this Refusal refusal) =>
        new PageAnswer<RefusedEmbed>(refusal.Status, 0, new() { [nameof(RefusedEmbed.Refusal)] = refusal }) { IsFramed = true, RetryAfter = refusal.RetryAfter };
}
