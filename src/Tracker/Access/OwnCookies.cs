namespace Tracker.Access;

/// <summary>Cookies of this service, which no other on its site can set or see, as far as a browser can see to that.</summary>
public static class OwnCookies
{
    /// <summary>
    /// What a cookie is called where the request came in. Over https and for the whole of a host its name says so: a browser then takes it from that host alone.
    /// </summary>
    public static string NameOf(HttpRequest request, string name) => request is { IsHttps: true, PathBase.HasValue: false } ? "__Host-" + name : name;

    /// <summary>For which addresses it is: those under the service's own path.</summary>
    public static string PathOf(HttpRequest request) => request.PathBase.HasValue ? request.PathBase.ToUriComponent() : "/";
}

/// <summary>A cookie that a part of the framework sets, named as ours are.</summary>
public sealed class OwnCookieBuilder(string name, IHttpContextAccessor asked) : CookieBuilder
{
    public override string? Name
    {
        get => asked.HttpContext is { } http ? OwnCookies.NameOf(http.Request, name) : name;
        set => throw new NotSupportedException("The name of this cookie follows the request.");
    }
}
