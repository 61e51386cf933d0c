namespace Tracker.Recording;

/// <summary>Where this service is on the web, for what is followed from elsewhere: a feed, a picture, a frame.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    /// <summary>An absolute address, http or https; where it is not set, the one that a request came to.</summary>
    public const string Setting = "Tracker:PublicUrl";

    private readonly string? _set = configuration[Setting] is not { Length: > 0 } set
        ? null
        : Uri.TryCreate(set, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri.TrimEnd('/')
            : throw new InvalidOperationException($"{Setting} must be an absolute http or https address without query, such as https://tracker.example.org; it is '{set}'.");

    /// <summary>The address where it is set, without a slash at its end; empty where it is not, for what is sent while nobody asks.</summary>
    public string Set => _set ?? "";

    /// <summary>Whether it is set, and people reach it over https, whatever lies between.</summary>
    public bool IsHttps => _set?.StartsWith("https:", StringComparison.Ordinal) == true;

    /// <summary>The address, without a slash at its end.</summary>
    public string Of(HttpRequest request) => _set ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
}

/// <summary>Addresses as they are in this service, and as whoever asks reaches them.</summary>
public static class AddressesAsked
{
    /// <summary>A path of ours, such as <c>/api/v1/agendas</c>, as a path of the site that the request came to: where that has the service under a sub-path, with this before it.</summary>
    public static string PathTo(this HttpRequest request, string path) => request.PathBase.ToUriComponent() + path;
}
