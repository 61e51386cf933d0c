namespace Tracker.Dashboard.Frame;

/// <summary>Addresses that came with the record.</summary>
public static class WebLink
{
    /// <summary>The address where it is http or https with a host; null for anything a page must not link to.</summary>
    public static string? Of(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.Host.Length > 0 ? uri.AbsoluteUri : null;
}
