using Tracker.Access;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// Turns away what the endpoint cannot heed: a query parameter that it does not know, 400 <c>unreadable</c>, as a problem or as a page; and an
/// <c>Idempotency-Key</c> for a command whose answer is not kept, 422 <c>not-repeatable</c>.
/// </summary>
internal sealed class QueryCheck(RequestDelegate next)
{
    private static readonly Refusal NotRepeatable = Refuse.As(
        "not-repeatable", "Idempotency-Key", "The answer to this command is kept nowhere, so it cannot be given again. Send no Idempotency-Key; before you repeat it, look whether it was done.");

    public Task InvokeAsync(HttpContext http) => (JudgeQuery(http) ?? JudgeRepeat(http)) is not { } refusal
        ? next(http)
        : (http.Request.WantsPage() ? refusal.AsPage(http.Request.Path) : refusal.Answered()).ExecuteAsync(http);

    private static Refusal? JudgeRepeat(HttpContext http) =>
        http.Request.Headers.ContainsKey("Idempotency-Key") && http.GetEndpoint()?.Metadata.GetMetadata<OperationAttribute>() is { } operation && !operation.IsRepeatable(http.Request.Method)
            ? NotRepeatable
            : null;

    private static Refusal? JudgeQuery(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue) return null;
        if (http.GetEndpoint()?.Metadata is not { } endpoint) return null;
        if (endpoint.GetMetadata<OperationAttribute>() is { } operation)
            return QueryParameters.UnknownTo(QueryParameters.Of(operation, endpoint.GetOrderedMetadata<QueryAttribute>()), http.Request.Query.Keys);
        return QueryParameters.UnknownToPage(endpoint.GetMetadata<PageQueryAttribute>()?.Names ?? [], http.Request.Query.Keys);
    }
}
