using System.Text.RegularExpressions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Tracker.Hosting;

/// <summary>
/// Compresses what a client may keep, and nothing else. What it must not keep may hold a secret, as the answer does that shows a key,
/// and how well a text compresses tells of what is in it.
/// </summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        // What is kept comes compressed already.
        context.Response.Headers.ContentEncoding.Count == 0
        && !context.Response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase) && base.ShouldCompressResponse(context);
}

/// <summary>Compression, and entity tags that tell what is compressed from what is not.</summary>
internal static partial class Compressing
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            // Credentials come in a header that no other site can make a browser send, so nobody can have another's answers measured.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "text/html", "text/css", "text/javascript", "text/csv", "text/markdown", "image/svg+xml", "text/calendar", "application/atom+xml"];
        });
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }

    public static void UseCompression(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            var asked = http.Request.Headers.IfNoneMatch.ToString();
            // Whoever made the answer knows it by its tag alone.
            if (Suffix().IsMatch(asked)) http.Request.Headers.IfNoneMatch = Suffix().Replace(asked, "\"");
            http.Response.OnStarting(() =>
            {
                TellApart(http.Response, asked);
                return Task.CompletedTask;
            });
            return next(http);
        });
        app.UseResponseCompression();
    }

    /// <summary>Other bytes have another strong tag (RFC 9110, 8.8.3.3): <c>"3-9f86d081884c7d65-br"</c>.</summary>
    private static void TellApart(HttpResponse response, string asked)
    {
        var tag = response.Headers.ETag.ToString();
        if (tag.Length < 2 || tag[^1] != '"') return;
        var coding = response.StatusCode == StatusCodes.Status304NotModified
            ? Suffix().Matches(asked).Select(x => x.Groups[1].Value).FirstOrDefault(x => asked.Contains($"{tag[..^1]}-{x}\"", StringComparison.Ordinal))
            : response.Headers.ContentEncoding.ToString();
        if (coding is { Length: > 0 }) response.Headers.ETag = $"{tag[..^1]}-{coding}\"";
    }

    [GeneratedRegex("-(br|gzip)\"")]
    private static partial Regex Suffix();
}
