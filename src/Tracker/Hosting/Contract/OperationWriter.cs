using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Hosting.Contract;

/// <summary>One operation of the contract: what may be asked, and everything that may be answered.</summary>
internal sealed class OperationWriter(OpenApiDocument document, Schemas schemas, Summaries summaries, Examples examples)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    public OpenApiOperation Write(Endpoint endpoint)
    {
        var told = endpoint.Operation;
        var refusals = new Refusals(told.Refuses);
        var operation = new OpenApiOperation
        {
            OperationId = told.Id,
            Summary = told.Summary,
            Description = $"{Described(endpoint)}\n\n{WhoMay(endpoint.Right)}",
            Tags = new HashSet<OpenApiTagReference> { new(Tag.Of(endpoint), document) },
            Parameters = [.. Parameters(endpoint)],
            Security = Security(endpoint.Right),
        };
        refusals.Add(400, "unreadable");
        refusals.Add(401, "unauthenticated");
        refusals.Add(403, "forbidden");
        refusals.Add(429, "too-many-requests");
        refusals.Add(500, "internal");
        refusals.Add(503, "unavailable");
        if (endpoint.Parts.Any(x => x.Parameter is not null)) refusals.Add(404, "not-found");
        if (told.Takes is { } command) operation.RequestBody = Body(command, told, refusals);
        if (!told.IsRepeatable(endpoint.Verb)) refusals.Add(422, "not-repeatable");
        foreach (var flag in Enum.GetValues<Asks>().Where(x => told.Asks.HasFlag(x))) refusals.For(flag);
        operation.Responses = Responses(endpoint, refusals);
        return operation;
    }

    private string Described(Endpoint endpoint)
    {
        var (told, type) = (endpoint.Operation, endpoint.Method.DeclaringType!);
        return summaries.Of(endpoint.Method)
            ?? (told.Takes is { IsGenericType: false } command ? summaries.Of(command) : null)
            ?? (type.GetMethods().Count(x => x.IsDefined(typeof(OperationAttribute), false)) == 1 ? summaries.Of(type) : null)
            ?? (told.Gives is { } view ? summaries.Of(view) : null)
            ?? told.Summary + ".";
    }

    private static string WhoMay(Right right) => right is Right.Read
        ? "Open to all, unless the server is set up to let only those read who have a credential."
        : $"For: {string.Join(", ", Enum.GetValues<Role>().Where(x => x.Carries(right)).Select(Recording.Words.Text))}.";

    private List<OpenApiSecurityRequirement> Security(Right right)
    {
        List<OpenApiSecurityRequirement> ways = right is Right.Read ? [[]] : [];
        foreach (var scheme in (string[])["key", "token"]) ways.Add(new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] });
        return ways;
    }

    private IEnumerable<IOpenApiParameter> Parameters(Endpoint endpoint)
    {
        for (var i = 1; i < endpoint.Parts.Count; i++)
            if (endpoint.Parts[i].Parameter is { } name)
                yield return new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = name is "report" && i == endpoint.Parts.Count - 1
                        ? $"The report's slug. With {string.Join(", ", ReportForms.AllEndings.Select(x => $"`.{x}`"))} behind it, the report comes in that form."
                        : name is "key" or "clause" or "search" or "evidence" or "proposal" or "webhook" or "delivery" or "principal" or "session" ? $"The {name}'s id." : $"The {name}'s slug.",
                    Schema = StandardParts.Text(name switch
                    {
                        "key" => "^k-[A-Za-z0-9_-]+$",
                        "principal" => "^p-[A-Za-z0-9_-]+$",
                        "session" => "^s-[A-Za-z0-9_-]+$",
                        "webhook" => "^w-[A-Za-z0-9_-]+$",
                        "delivery" => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                        "report" when i == endpoint.Parts.Count - 1 => Slug.Pattern.Replace("$", $"(\\.({string.Join('|', ReportForms.AllEndings)}))?$", StringComparison.Ordinal),
                        _ => Slug.Pattern,
                    }),
                    Example = examples.NameOf(name),
                };
        foreach (var query in endpoint.Queries) yield return StandardParts.Query(query.Name, query.Summary, OfQuery(query));
        var asks = endpoint.Operation.Asks;
        foreach (var (flag, names) in ((Asks, string[])[])[
            .. QueryParameters.Common, (Asks.Tag, ["ifNoneMatch"]), (Asks.Date, ["ifModifiedSince"]), (Asks.Version, ["ifMatch"]), (Asks.RepeatKey, ["idempotencyKey"])])
            foreach (var name in names)
                if (asks.HasFlag(flag)) yield return new OpenApiParameterReference(name, document);
    }

    private IOpenApiSchema OfQuery(QueryAttribute query) => schemas.OfQuery(query.Type);

    private OpenApiRequestBody Body(Type command, OperationAttribute told, Refusals refusals)
    {
        var (schema, codes) = schemas.OfCommand(command);
        refusals.Add(413, "too-large");
        refusals.Add(415, "unsupported-media-type");
        foreach (var code in codes) refusals.Add(422, code);
        if (told.Status == 201) refusals.Add(409, "slug-taken");
        return new OpenApiRequestBody
        {
            Required = !Intake.IsWordless(command),
            Content = new Dictionary<string, OpenApiMediaType>(told.TakesAlso.Select(AsText)) { [Json] = new OpenApiMediaType { Schema = schema, Examples = examples.Of(command) } },
        };
    }

    private OpenApiResponses Responses(Endpoint endpoint, Refusals refusals)
    {
        var (told, isRead) = (endpoint.Operation, endpoint.Operation.Asks.HasFlag(Asks.Tag));
        List<string> headers = told.Gives is null || (told.Media != Json && !isRead) ? [] : [StandardParts.ETag];
        if (told.Status == 201) headers.Add(StandardParts.Location);
        if (told.Asks != Asks.Nothing && endpoint.Parts.Any(x => x.Parameter is "agenda") || told.Id == "openAgenda") headers.Add(Answer.PositionHeader);
        if (isRead) headers.Add("Cache-Control");
        if (told.Gives == typeof(ReportDocument)) headers.AddRange([StandardParts.Retracted, StandardParts.Redacted]);
        var responses = new OpenApiResponses
        {
            [Number(told.Status)] = new OpenApiResponse
            {
                Description = told switch { { Gives: null } => "Done.", { Status: 201 } => "Made: the thing as it is now.", { Takes: not null } => "Done: what became of it.", _ => told.Summary + "." },
                Headers = headers.Count == 0 ? null : Headers(headers),
                Content = told.Gives is not { } view ? null : new Dictionary<string, OpenApiMediaType>(told.GivesAlso.Select(AsText))
                {
                    [told.Media] = new OpenApiMediaType { Schema = schemas.OfAnswer(view), Examples = examples.Of(view) },
                },
            },
        };
        if (told.Waits)
            responses["202"] = new OpenApiResponse
            {
                Description = "It would move accepted evidence, and waits for a reviewer other than its author: the proposal. Nothing has moved.",
                Headers = Headers([.. headers, StandardParts.Location]),
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = schemas.OfAnswer(typeof(Proposal)), Examples = examples.Of(typeof(Proposal)) } },
            };
        if (isRead) responses["304"] = new OpenApiResponse { Description = "The answer is the one whose tag was given.", Headers = Headers(headers) };
        foreach (var (status, codes) in refusals.ByStatus) responses[Number(status)] = Refused(status, codes);
        return responses;
    }

    /// <summary>What many operations are refused with stands once, under the name of its codes.</summary>
    private IOpenApiResponse Refused(int status, SortedSet<string> codes)
    {
        if (codes.Count > 2 && status is not 503) return Refusal(status, codes);
        var name = string.Join("Or", codes.Select(code => string.Concat(code.Split('-').Select(x => char.ToUpperInvariant(x[0]) + x[1..]))));
        document.Components!.Responses ??= new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        if (!document.Components.Responses.ContainsKey(name)) document.Components.Responses.Add(name, Refusal(status, codes));
        return new OpenApiResponseReference(name, document);
    }

    private OpenApiResponse Refusal(int status, SortedSet<string> codes) => new()
    {
        Description = $"{Reason(status)}: {string.Join(", ", codes.Select(x => $"`{x}`"))}.",
        Headers = status switch
        {
            401 => Headers([StandardParts.Authenticate]),
            409 => Headers([StandardParts.Location]),
            429 or 503 => Headers([StandardParts.RetryAfter]),
            _ => null,
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemJson] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    AllOf =
                    [
                        schemas.OfAnswer(typeof(Problem)),
                        new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string> { "code" },
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(x => (JsonNode)JsonValue.Create(x))] },
                            },
                        },
                    ],
                },
            },
        },
    };

    private static string Reason(int status) => status switch
    {
        400 => "The request cannot be read",
        401 => "No credential, or a bad one",
        403 => "The credential does not carry the right",
        404 => "There is no such thing, or was none then",
        406 => "It comes in no form that is accepted",
        409 => "It stands against what is already so",
        412 => "It has changed since it was read, or the tag is weak",
        413 => "The body is too large",
        415 => "The body is of another type",
        422 => "It can be read, and is wrong",
        429 => "Too many requests",
        500 => "A fault of the server's, which is logged",
        503 => "Not just now; nothing was changed, but with `outcome-unknown` it may have been: repeat it under its key, or look",
        _ => ((HttpStatusCode)status).ToString(),
    };

    private Dictionary<string, IOpenApiHeader> Headers(IEnumerable<string> names) =>
        names.ToDictionary(x => x, x => (IOpenApiHeader)new OpenApiHeaderReference(x, document));

    /// <summary>A form that is no JSON as a whole.</summary>
    private static KeyValuePair<string, OpenApiMediaType> AsText(string mediaType) =>
        new(mediaType, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>The codes an operation may be refused with, by status.</summary>
    private sealed class Refusals
    {
        public Refusals(IEnumerable<string> said)
        {
            foreach (var each in said)
                if (each.Split(' ') is [var status, var code]) Add(int.Parse(status, CultureInfo.InvariantCulture), code);
                else throw new FormatException($"'{each}' is not a status and a code.");
        }

        public SortedDictionary<int, SortedSet<string>> ByStatus { get; } = [];

        public void Add(int status, string code)
        {
            if (!ByStatus.TryGetValue(status, out var codes)) ByStatus.Add(status, codes = new(StringComparer.Ordinal));
            codes.Add(code);
        }

        public void For(Asks flag)
        {
            switch (flag)
            {
                case Asks.AsOf:
                    Add(404, "not-yet-recorded");
                    Add(422, "in-future");
                    Add(422, "unknown-milestone");
                    Add(422, "withdrawn-milestone");
                    Add(503, "behind");
                    Add(503, Refuse.NewerVersionCode);
                    break;
                case Asks.AtLeast:
                    Add(422, "in-future");
                    Add(503, "behind");
                    Add(503, Refuse.NewerVersionCode);
                    break;
                case Asks.Version:
                    Add(412, "stale-version");
                    Add(412, "weak-tag");
                    break;
                case Asks.RepeatKey:
                    Add(422, "key-reused");
                    Add(503, "busy");
                    Add(503, Refuse.NewerVersionCode);
                    Add(503, "outcome-unknown");
                    break;
            }
        }
    }
}
