using Microsoft.Net.Http.Headers;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A read's answer: JSON, its entity tag, and 304 for whoever has it.</summary>
/// <param name="version">What <c>If-Match</c> on a command compares: the thing's version, or a position for what is no thing.</param>
public sealed class ReadAnswer(byte[] body, long version, long? position) : IResult
{
    public static IResult Of<T>(T view, long version, long? position = null) => new ReadAnswer(WireJson.Bytes(view), version, position);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = Answer.TagOf(version, body);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = Caching(httpContext);
        response.Headers.Vary = "Authorization, Accept-Encoding";
        if (position is { } at) response.Headers[Answer.PositionHeader] = at.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Has(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>
    /// What a known position and a named day answer never changes, and may be kept for ever; all else is asked for again with its tag.
    /// What a credential was needed for, or given with, is for its bearer only.
    /// </summary>
    private static string Caching(HttpContext http)
    {
        var whose = http.Features.Get<Caller>()?.Principal is null ? "public" : "private";
        var query = http.Request.Query;
        return query.ContainsKey("knownAt") && query.ContainsKey("validAt") ? $"{whose}, max-age=31536000, immutable" : $"{whose}, no-cache";
    }

    private static bool Has(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch!], out var tags)
        && tags.Any(x => x.Equals(EntityTagHeaderValue.Any) || x.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}
