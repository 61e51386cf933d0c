namespace Tracker.Hosting;

/// <summary>What every answer tells a browser about itself, and who may read it from elsewhere.</summary>
internal static class Headers
{
    /// <summary>Origins whose pages may read the API, comma-separated; none where it is not set.</summary>
    public const string CorsSetting = "Tracker:Cors:Origins";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddHeaders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCompression();
        return Origins(configuration[CorsSetting]) is not { Length: > 0 } origins
            ? services
            : services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(origins).AllowAnyHeader().WithMethods("GET", "POST", "DELETE")
                .WithExposedHeaders("ETag", "Location", "Retry-After", "WWW-Authenticate", Recording.Answer.PositionHeader, Contract.StandardParts.Retracted)
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    public static void UseHeaders(this WebApplication app)
    {
        var hasOrigins = Origins(app.Configuration[CorsSetting]) is { Length: > 0 };
        app.Use((http, next) =>
        {
            // At the last moment: an error's answer begins with the headers cleared away.
            http.Response.OnStarting(() => Set(http, hasOrigins));
            // A HEAD is a GET whose body the web server keeps to itself. Of what is told as it happens there is no head: it never ends.
            if (HttpMethods.IsHead(http.Request.Method) && !IsTold(http.Request.Path))
                http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        app.UseCompression();
        if (hasOrigins) app.UseCors();
    }

    private static bool IsTold(PathString path) =>
        string.Equals(path.Value, "/live", StringComparison.OrdinalIgnoreCase)
        || (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && path.Value!.EndsWith("/live", StringComparison.OrdinalIgnoreCase));

    private static Task Set(HttpContext http, bool hasOrigins)
    {
        var headers = http.Response.Headers;
        // A cache must not give one origin's answer to another, nor one without its permission.
        if (hasOrigins && !headers.GetCommaSeparatedValues("Vary").Contains("Origin", StringComparer.OrdinalIgnoreCase)) headers.Append("Vary", "Origin");
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        // A report that is one file, and a page that may be framed, come with their own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        return Task.CompletedTask;
    }

    internal static string[] Origins(string? set) => (set ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
