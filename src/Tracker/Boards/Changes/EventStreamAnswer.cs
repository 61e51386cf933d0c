using Microsoft.AspNetCore.Http.Features;

namespace Tracker.Boards.Changes;

/// <summary>An answer in Server-Sent Events that lasts for as long as the client listens, or until this node stops.</summary>
/// <param name="place">The place that it takes among the streams of this node.</param>
internal abstract class EventStreamAnswer(IDisposable place, CancellationToken stopping) : IResult
{
    public const string Media = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = place;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = Media;
        response.Headers.CacheControl = "no-store";
        // For proxies that would keep it back until there is more.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await FollowAsync(new EventStream(response), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Gone, or we are: both end a stream.
        }
    }

    /// <summary>Sends what there is to tell; the stream ends with it.</summary>
    protected abstract Task FollowAsync(EventStream stream, CancellationToken ct);
}

/// <summary>What one client is sent.</summary>
internal sealed class EventStream(HttpResponse response)
{
    /// <summary>After so long a client that lost the stream comes back. It is the first line of what is sent.</summary>
    public const string Retry = "retry: 2000\n";

    private bool _sent;

    public async Task SendAsync(string text, CancellationToken ct)
    {
        _sent = true;
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }

    public async Task SendAsync(IEnumerable<LiveEvent> events, CancellationToken ct)
    {
        foreach (var sent in events)
        {
            _sent = true;
            await response.Body.WriteAsync(sent.Bytes, ct);
        }

        if (_sent) await response.Body.FlushAsync(ct);
    }

    /// <summary>Waits for more to send. Where there was nothing since it last waited, it shows that we are still there.</summary>
    public async Task WaitAsync(Task next, CancellationToken ct)
    {
        if (!_sent) await SendAsync(":\n\n", ct);
        _sent = false;
        await next.WaitAsync(ct);
    }
}
