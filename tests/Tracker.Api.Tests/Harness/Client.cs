using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Tracker.Api.Tests.Harness;

/// <summary>Speaks HTTP as one caller. A path without a leading slash is under <c>/api/v1/</c>.</summary>
public sealed class Client(HttpClient http, Func<string> complaints)
{
    public static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>
    /// Reads what a position can be seen at. On a machine that is busy for longer than a read waits, it asks again, as the refusal says; a test of that
    /// refusal asks with <c>atLeast</c> in the path.
    /// </summary>
    public async Task<Reply> GetAsync(long atLeast, string path, params (string Name, string Value)[] headers)
    {
        const int Patience = 12;
        for (var asked = 1; ; asked++)
        {
            var reply = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}atLeast={atLeast.ToString(CultureInfo.InvariantCulture)}", headers);
            if (asked == Patience || reply is not { Status: HttpStatusCode.ServiceUnavailable, ContentType: "application/problem+json", Code: "behind" }) return reply;
        }
    }

    /// <summary>Sends a command; a string is sent as it stands, all else as JSON.</summary>
    public Task<Reply> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(body switch
        {
            byte[] bytes => bytes,
            string text => Encoding.UTF8.GetBytes(text),
            JsonNode node => Encoding.UTF8.GetBytes(node.ToJsonString()),
            _ => JsonSerializer.SerializeToUtf8Bytes(body, Camel),
        }), headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var response = await http.SendAsync(request);
        return new Reply(response, await response.Content.ReadAsByteArrayAsync(), complaints());
    }

    private static ByteArrayContent Json(byte[] bytes) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public static string Escape(string value) => HttpUtility.UrlEncode(value);
}

/// <summary>What came back.</summary>
public sealed class Reply(HttpResponseMessage response, byte[] bytes, string complaints)
{
    private JsonNode? _json;

    public HttpStatusCode Status { get; } = response.StatusCode;

    public byte[] Bytes { get; } = bytes;

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => _json ??= JsonNode.Parse(Bytes)!;

    public string? ETag { get; } = Header(response, "ETag");

    public string? Location { get; } = Header(response, "Location");

    public string? ContentType { get; } = response.Content.Headers.ContentType?.ToString();

    public string? RetryAfter { get; } = Header(response, "Retry-After");

    public string? CacheControl { get; } = Header(response, "Cache-Control");

    public long Position => PositionIfAny ?? throw new InvalidOperationException($"No Tracker-Position came with {(int)Status}: {Text}");

    public long? PositionIfAny { get; } = Header(response, "Tracker-Position") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Any header of it, of its body too; null where it is absent.</summary>
    public string? Header(string name) =>
        Header(response, name) ?? (response.Content.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null);

    /// <summary>The code of a refusal.</summary>
    public string Code => Json["code"]!.GetValue<string>();

    /// <summary>The fields that a refusal names.</summary>
    public string[] Fields => [.. Json["errors"]!.AsObject().Select(x => x.Key)];

    public string this[string member] => Json[member]!.ToString();

    public Reply Should(int status)
    {
        ((int)Status).ShouldBe(status, $"{Text}\n{complaints}");
        return this;
    }

    /// <summary>It is a refusal as <c>application/problem+json</c>, in full.</summary>
    public Reply ShouldRefuse(int status, string code, params string[] fields)
    {
        Should(status);
        ContentType.ShouldBe("application/problem+json");
        Code.ShouldBe(code, Text);
        this["type"].ShouldBe($"urn:tracker:{code}");
        Json["status"]!.GetValue<int>().ShouldBe(status);
        foreach (var member in (string[])["title", "detail", "instance", "traceId"]) this[member].ShouldNotBeNullOrWhiteSpace(member);
        if (fields.Length > 0) Fields.Order(StringComparer.Ordinal).ShouldBe(fields.Order(StringComparer.Ordinal), Text);
        return this;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
