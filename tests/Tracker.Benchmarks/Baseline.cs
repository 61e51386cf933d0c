using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Tracker.Benchmarks;

/// <summary>
/// What the machine can do with the same web server and the same database and nothing of ours: the least that answers, bytes from memory, an
/// empty answer, and one row inserted.
/// </summary>
internal static class Baseline
{
    /// <summary>The setting that says where its database is.</summary>
    public const string Setting = "ConnectionStrings__Baseline";

    public const string Smallest = "/", NotModified = "/not-modified", Insert = "/insert";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        await using var database = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } there ? NpgsqlDataSource.Create(there) : null;
        await using var app = builder.Build();

        var kept = new ConcurrentDictionary<string, (byte[] Body, string? Type, string? Encoding)>();
        app.MapGet(Smallest, () => "Hello, World!");
        app.MapGet(NotModified, () => Results.StatusCode(StatusCodes.Status304NotModified));
        app.MapPut("/bytes/{name}", async (string name, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            kept[name] = (body.ToArray(), request.Headers["Kept-Type"], request.Headers["Kept-Encoding"]);
        });
        app.MapGet("/bytes/{name}", (string name, HttpResponse response) =>
        {
            var (body, type, encoding) = kept[name];
            if (encoding is { Length: > 0 }) response.Headers.ContentEncoding = encoding;
            return Results.Bytes(body, type);
        });
        app.MapPost(Insert, async (HttpRequest request, CancellationToken ct) =>
        {
            var body = new byte[(int)request.ContentLength!];
            await request.Body.ReadExactlyAsync(body, ct);
            await using var insert = database!.CreateCommand("insert into inserted (body) values ($1) returning id");
            insert.Parameters.Add(new() { Value = body });
            var id = (long)(await insert.ExecuteScalarAsync(ct))!;
            return Results.Created(string.Create(CultureInfo.InvariantCulture, $"/inserted/{id}"), new { id });
        });
        await app.StartAsync();
        // As the service says it, so that one reads both.
        await Console.Out.WriteLineAsync($"The baseline serves {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
