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
        services.AddResponseCompression(compression =>
        {
            // No answer holds a secret beside text of the asker's choosing.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json", "text/html", "text/css", "text/javascript", "text/csv", "text/markdown", "image/svg+xml", "application/atom+xml"];
        });
        return Origins(configuration) is not { Length: > 0 } origins
            ? services
            : services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(origins).AllowAnyHeader().WithMethods("GET", "POST", "DELETE")
                .WithExposedHeaders("ETag", "Location", "Retry-After", Recording.Answer.PositionHeader)));
    }

    public static void UseHeaders(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            return next(http);
        });
        app.UseResponseCompression();
        if (Origins(app.Configuration) is { Length: > 0 }) app.UseCors();
    }

    private static string[]? Origins(IConfiguration configuration) =>
        configuration[CorsSetting]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
