using System.Collections.Immutable;
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
        var resource = refusal.Resource is { } inTheWay ? httpContext.Request.PathTo(inTheWay) : null;
        if (resource is not null) response.Headers.Location = resource;
        var body = WireJson.Bytes(new Problem(
            $"urn:tracker:{refusal.Code}", refusal.Code, refusal.Title, refusal.Status, refusal.Detail,
            httpContext.Request.PathTo(httpContext.Request.Path.ToUriComponent()), Activity.Current?.Id ?? httpContext.TraceIdentifier, refusal.Errors, resource));
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}

/// <summary>Why a request was not done.</summary>
/// <param name="Type">The kind of refusal, as a URN: <c>urn:tracker:</c> and the code.</param>
/// <param name="Code">The kind of refusal. Stable: programs decide by it.</param>
/// <param name="Title">The kind of refusal, for a person.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong with this request, for a person.</param>
/// <param name="Instance">The path that was asked.</param>
/// <param name="TraceId">What to look for in the server's log and traces.</param>
/// <param name="Errors">What is wrong, by field or by path in the body; empty where it is about no field.</param>
/// <param name="Resource">The address of the thing that stands in the way, where there is one.</param>
public sealed record Problem(
    string Type, string Code, string Title, int Status, string Detail, string Instance, string TraceId,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Errors, string? Resource);

public static class RefusalAnswers
{
    public static IResult Answered(this Refusal refusal) => new ProblemAnswer(refusal);
}
