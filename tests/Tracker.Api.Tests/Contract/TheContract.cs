using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracker.Api.Tests.Contract;

/// <summary>The published contract as it is committed, and what it says of an answer.</summary>
public sealed class TheContract
{
    private readonly List<(string Verb, string[] Path, JsonObject Operation)> _operations = [];
    private readonly JsonSchema _schema;

    private TheContract(JsonNode document)
    {
        Document = document;
        _schema = new JsonSchema(document, closed: true);
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (verb, operation) in item!.AsObject())
                _operations.Add((verb.ToUpperInvariant(), path.Split('/'), operation!.AsObject()));
    }

    /// <summary>Where it is committed.</summary>
    public static string Path { get; } = Repository("docs", "openapi.v1.json");

    private static readonly Lazy<TheContract> Read = new(() => new(JsonNode.Parse(File.ReadAllBytes(Path))!));

    /// <summary>A file of the repository, from wherever the tests run.</summary>
    public static string Repository(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Tracker.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return System.IO.Path.Combine([folder.FullName, .. parts]);
    }

    public static TheContract Committed => Read.Value;

    public JsonNode Document { get; }

    public IEnumerable<(string Id, JsonObject Operation)> Operations => _operations.Select(x => ((string)x.Operation["operationId"]!, x.Operation));

    /// <summary>Every code that some operation may be refused with.</summary>
    public IEnumerable<string> Codes => Operations
        .SelectMany(x => x.Operation["responses"]!.AsObject()).Select(x => Resolve(x.Value!)["content"]?["application/problem+json"]?["schema"])
        .OfType<JsonNode>().SelectMany(x => x["allOf"]![1]!["properties"]!["code"]!["enum"]!.AsArray()).Select(x => (string)x!).Distinct();

    public JsonObject Resolve(JsonNode node) => _schema.Resolve(node);

    /// <summary>Everything in which an answer is not what the contract says.</summary>
    public IReadOnlyList<string> Faults(HttpMethod verb, string path, int status, HttpResponseMessage response, byte[] body)
    {
        return Find(verb, path) is { } operation ? Faults(operation, status, response, body) : Unknown(status, response, body);
    }

    /// <summary>Everything in which an answer of an operation is not what the contract says.</summary>
    public IReadOnlyList<string> Faults(JsonObject operation, int status, HttpResponseMessage response, byte[] body)
    {
        if (operation["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is not { } reference) return [$"{operation["operationId"]} may not answer {status}"];
        var told = Resolve(reference);
        var faults = new List<string>();
        foreach (var (name, header) in told["headers"]?.AsObject() ?? [])
        {
            // A conflict names what stands in the way only where that has an address.
            if (Header(response, name) is { } text) faults.AddRange(OfText(Resolve(header!)["schema"]!, text).Select(x => $"{name} {x}"));
            else if (name != "Location" || status != 409) faults.Add($"{name} is missing");
        }

        foreach (var name in (string[])["ETag", "Location", "Retry-After", "Tracker-Position", "WWW-Authenticate"])
            if (Header(response, name) is not null && told["headers"]?[name] is null) faults.Add($"{name} is not in the contract");
        faults.AddRange(OfBody(told["content"]?.AsObject(), response.Content.Headers.ContentType, body));
        return [.. faults.Select(x => $"{operation["operationId"]} {status}: {x}")];
    }

    /// <summary>What is wrong with an example of a body.</summary>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? value) => _schema.Faults(schema, value);

    /// <summary>A body that is right for a command; null where there is no such command.</summary>
    public string? ExampleOf(HttpMethod verb, string path) =>
        Find(verb, path)?["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject().First().Value!["value"]!.ToJsonString();

    private JsonObject? Find(HttpMethod verb, string path)
    {
        var steps = path.TrimEnd('/').Split('/');
        return _operations.FirstOrDefault(x => x.Verb == verb.Method && x.Path.Length == steps.Length
            && x.Path.Zip(steps).All(y => y.First is ['{', ..] ? y.Second.Length > 0 : y.First == y.Second)).Operation;
    }

    /// <summary>An address that is none of the contract's answers with a problem, whatever is wrong.</summary>
    private List<string> Unknown(int status, HttpResponseMessage response, byte[] body)
    {
        if (status < 400) return [$"answers {status}, and is not in the contract"];
        return body.Length == 0 ? [] : OfBody(new JsonObject
        {
            ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
        }, response.Content.Headers.ContentType, body);
    }

    private List<string> OfBody(JsonObject? content, MediaTypeHeaderValue? type, byte[] body)
    {
        if (content is null) return body.Length == 0 ? [] : [$"has a body of {type}"];
        if (type?.MediaType is not { } media || content[media] is not { } told) return [$"is {type}, not {string.Join(" or ", content.Select(x => x.Key))}"];
        if (media is not "application/json" && !media.EndsWith("+json", StringComparison.Ordinal)) return [];
        using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return [.. _schema.Faults(told["schema"]!, json.RootElement)];
    }

    private IReadOnlyList<string> OfText(JsonNode schema, string text) =>
        _schema.Faults(schema, (string?)schema["type"] == "integer" ? JsonNode.Parse(text) : JsonValue.Create(text));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>Holds every answer of the API against the contract, whatever a test asks and looks at.</summary>
public sealed class ByTheContract(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/api/v1/", StringComparison.Ordinal) || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || response.Content.Headers.ContentType?.MediaType == "text/event-stream") return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        // A request that is no HTTP is turned away by the web server itself, before there is an answer of ours.
        if (response.StatusCode is System.Net.HttpStatusCode.BadRequest && body.Length == 0) return response;
        var faults = TheContract.Committed.Faults(request.Method, path, (int)response.StatusCode, response, body);
        return faults.Count == 0
            ? response
            : throw new ShouldAssertException($"{request.Method} {request.RequestUri.PathAndQuery} is not answered as the contract says:\n  {string.Join("\n  ", faults)}\n{System.Text.Encoding.UTF8.GetString(body)}");
    }
}
