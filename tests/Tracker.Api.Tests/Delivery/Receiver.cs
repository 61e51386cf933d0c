using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tracker.Api.Tests.Delivery;

/// <summary>An HTTP server on the loopback that takes what webhooks are sent, each at a path of its own, and answers as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>All that came, in the order in which it came.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What is answered; 204 where nothing else is said.</summary>
    public Func<Received, Task<IResult>> Answers { get; set; } = _ => Task.FromResult(Results.NoContent());

    public string Url(string path = "") => $"{_app.Urls.First()}/{path}";

    /// <summary>What came to a path.</summary>
    public Received[] At(string path) => [.. All.Where(x => x.Path == path)];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Map("/{**path}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpRequest request, string? path)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var received = new Received(
            request.Method, path ?? "", request.ContentType, request.Headers.ToDictionary(x => x.Key.ToLowerInvariant(), x => x.Value.ToString()), Encoding.UTF8.GetString(body.ToArray()));
        All.Enqueue(received);
        return await Answers(received);
    }
}

/// <summary>A request that came to a receiver.</summary>
public sealed record Received(string Method, string Path, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public long At => long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture);

    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    public JsonNode Event => JsonNode.Parse(Body)!;

    /// <summary>The event in short: <c>statusChanged 6.1</c>.</summary>
    public string Brief => $"{((string)Event["type"]!)["urn:tracker:".Length..]} {(string)Event["id"]!}";
}
