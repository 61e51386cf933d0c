using System.Diagnostics;
using System.Globalization;

namespace Tracker.Recording;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457).</summary>
public sealed class ProblemAnswer(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (refusal.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (refusal.Resource is { } resource) response.Headers.Location = resource;
        var body = WireJson.Bytes(new
        {
            type = $"urn:tracker:{refusal.Code}",
            refusal.Code,
            refusal.Title,
            refusal.Status,
            refusal.Detail,
            instance = httpContext.Request.Path.ToUriComponent(),
            traceId = Activity.Current?.Id ?? httpContext.TraceIdentifier,
            errors = refusal.Errors,
            refusal.Resource,
        });
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}

public static class RefusalAnswers
{
    public static IResult Answered(this Refusal refusal) => new ProblemAnswer(refusal);
}
