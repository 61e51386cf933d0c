using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tracker.Recording;

namespace Tracker.Hosting.Contract;

/// <summary>
/// The published contract, OpenAPI 3.1: made from what the endpoints say of themselves, for the framework sees of them only that they
/// take a request and answer it.
/// </summary>
internal sealed class ContractDocument : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Tracker",
            Version = "v1",
            Summary = "What parties said they would do, and what has been done since.",
            Description = Introduction,
            Contact = new OpenApiContact { Name = "Tracker contributors" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "Wherever this document was read from." }];
        var endpoints = Endpoint.AllOf(context.DescriptionGroups).OrderBy(x => x.Path, StringComparer.Ordinal).ThenBy(x => x.Verb, StringComparer.Ordinal).ToArray();
        document.Tags = new HashSet<OpenApiTag>(Tag.All.Where(x => endpoints.Any(y => Tag.Of(y) == x.Name)).Select(x => new OpenApiTag { Name = x.Name, Description = x.Description }));
        document.Components = new OpenApiComponents
        {
            Schemas = new Dictionary<string, IOpenApiSchema>(),
            Headers = StandardParts.Headers(),
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "trk_…",
                    Description = "A key that an owner made: `Authorization: Bearer trk_…`.",
                },
                ["token"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "A token of the OpenID Connect issuer that the server is set up with, where it is.",
                },
            },
        };
        document.Paths = new OpenApiPaths();
        document.RegisterComponents();

        var summaries = Summaries.BesideTheProgram();
        var schemas = new Schemas(document, summaries);
        document.Components.Parameters = StandardParts.Parameters(schemas);
        var writer = new OperationWriter(document, schemas, summaries, Examples.OfTheRecord());
        foreach (var endpoint in endpoints)
        {
            if (!document.Paths.TryGetValue(endpoint.Path, out var item)) document.Paths.Add(endpoint.Path, item = new OpenApiPathItem());
            ((OpenApiPathItem)item).AddOperation(new HttpMethod(endpoint.Verb), writer.Write(endpoint));
        }

        document.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(document.Components.Schemas, StringComparer.Ordinal);
        document.Workspace!.RegisterComponents(document);
        return Task.CompletedTask;
    }

    private const string Introduction = """
        Has each commitment seen concrete action since the baseline, by whom, on what evidence, and how do we know?

        A status is never typed in: it is computed from accepted evidence by a published rule, `depth-ladder/2` (or `depth-ladder/1`, for agendas that say so), and can be asked for as of any day
        (`validAt`) and as known at any moment (`knownAt`). Every read says by `position` and `knownAt` which recordings it rests on; given back,
        they repeat the answer byte for byte. A badge or a picture that is asked for so says as known at which position it is, and repeats that.

        What is refused is told as `application/problem+json`, by a stable `code`; each operation names those it may be refused with. Beside them, an
        address that is not in this document answers 404 `not-found`, a method that an address does not take 405 `method-not-allowed`; what is not
        well-formed HTTP is turned away without a body.

        Within v1 things are only added: a client should take members, words and codes that it does not know for what they are, and go on.
        """;
}

/// <summary>An endpoint of the API, with what it says of itself.</summary>
internal sealed record Endpoint(string Verb, string Path, IReadOnlyList<PathPart> Parts, MethodInfo Method, OperationAttribute Operation, Right Right)
{
    public IEnumerable<QueryAttribute> Queries => Method.GetCustomAttributes<QueryAttribute>();

    public static IEnumerable<Endpoint> AllOf(IEnumerable<Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescriptionGroup> groups) =>
        from description in groups.SelectMany(x => x.Items)
        let chain = (description.ActionDescriptor as Wolverine.Http.WolverineActionDescriptor)?.Chain
        where chain is not null && description.RelativePath!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        let method = chain.Method.Method
        let operation = method.GetCustomAttribute<OperationAttribute>()
        where operation is not null
        let parts = PathPart.Of(description.RelativePath!)
        select new Endpoint(description.HttpMethod!, "/" + string.Join('/', parts.Select(x => x.Parameter is { } name ? $"{{{name}}}" : x.Text)), parts,
            method, operation, method.GetCustomAttribute<NeedsAttribute>()!.Right);
}

/// <summary>A part of an address: a word, or the name of what stands before it. Routes name parameters by a letter; clients by the thing.</summary>
internal sealed record PathPart(string Text, string? Parameter)
{
    public static IReadOnlyList<PathPart> Of(string route)
    {
        var parts = new List<PathPart>();
        foreach (var text in route.Trim('/').Split('/'))
            parts.Add(new(text, text is ['{', .., '}'] ? Singular(parts[^1].Text) : null));
        return parts;
    }

    private static string Singular(string collection) => collection switch
    {
        "activities" => "activity",
        "deliveries" or "dead-letters" => "delivery",
        "searches" => "search",
        "evidence" => "evidence",
        _ => collection.TrimEnd('s'),
    };
}

/// <summary>The chapters of the contract.</summary>
internal sealed record Tag(string Name, string Description, params string[] Segments)
{
    public static IReadOnlyList<Tag> All { get; } =
    [
        new("Boards", "What has become of each commitment, and why.", "board", "matrix", "matrix.csv", "matrix.png", "timeline", "divergence", "changes", "live"),
        new("Agendas", "Sets of commitments between named parties, tracked from a baseline.", "agendas", "milestones"),
        new("Sources", "Published accounts: what may be quoted and cited.", "sources"),
        new("Commitments", "Promises with each party's own wording, and searches that found nothing.", "commitments", "clauses", "searches"),
        new("Activities", "What has happened, dated as precisely as it is known.", "activities"),
        new("Evidence", "Judgements that an activity bears on a commitment, and their review.", "evidence"),
        new("Reports", "Boards in writing, fixed for ever, and when they are issued.", "reports", "schedules"),
        new("Exchange", "The whole record in and out, feeds and webhooks.", "import", "export", "webhooks", "dead-letters", "feed.atom", "calendar.ics", "badge.svg"),
        new("Access", "Keys, who is signed in, people, and who may.", "keys", "sessions", "principals", "identities", "forgetting"),
    ];

    /// <summary>The chapter of an address: that of the last part that has one.</summary>
    public static string Of(Endpoint endpoint) =>
        endpoint.Parts.Reverse().Select(part => All.FirstOrDefault(x => x.Segments.Contains(part.Text.Split(':')[0]))?.Name).OfType<string>().First();
}
