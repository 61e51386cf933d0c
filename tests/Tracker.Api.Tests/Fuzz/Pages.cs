using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Fuzz;

/// <summary>
/// The addresses that are of no contract, for attacks to begin with: found at the host, each told as the contract would tell it, so that a new page is
/// attacked without a line here. Forms come with a token that is good, so that what they hold is looked at.
/// </summary>
internal static class Pages
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>What the places in their addresses are called in the contract.</summary>
    private static readonly Dictionary<string, string> Places = new()
    {
        ["a"] = "agenda",
        ["c"] = "commitment",
        ["x"] = "activity",
        ["s"] = "source",
        ["r"] = "report",
    };

    private static readonly string[] Forms =
    [
        "sources", "activities", "commitments", "coverage", "sources/seed-article/corrections", "activities/readout/corrections", "commitments/joint-working-group/corrections",
        "commitments/joint-working-group/evidence", "commitments/joint-working-group/searches", "commitments/joint-working-group/clauses", "evidence/none/review", "evidence/none/recoding", "nothing", "a/b/c/d",
    ];

    public static async Task<(string Verb, string Path, JsonObject Operation)[]> OfAsync(TrackerUnderTest tracker)
    {
        var signIn = (await tracker.Public.GetAsync("/sign-in", ("Accept", "text/html"))).Should(200);
        var (cookie, token) = (signIn.Header("Set-Cookie")!.Split(';')[0], signIn.Text.Split("name=\"form-token\" value=\"")[1].Split('"')[0]);
        var found = tracker.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<OperationAttribute>() is null)
            .SelectMany(x => (x.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(verb => (Verb: verb, x.RoutePattern, Queries: x.Metadata.GetMetadata<PageQueryAttribute>()?.Names ?? [])))
            .Select(x => (x.Verb, Path: "/" + string.Join('/', x.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Written)))), x.Queries))
            .Concat(Forms.Select(x => (Verb: "POST", Path: $"/agendas/{{agenda}}/desk/{x}", Queries: (IReadOnlyList<string>)[])))
            .OrderBy(x => x.Path, StringComparer.Ordinal).ThenBy(x => x.Verb, StringComparer.Ordinal);
        return [.. found.Select(x => (x.Verb, x.Path, Told(x.Verb, x.Path, x.Queries, cookie, token)))];
    }

    private static string Written(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart place => $"{{{Places.GetValueOrDefault(place.Name, place.Name)}}}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };

    private static JsonObject Told(string verb, string path, IReadOnlyList<string> queries, string cookie, string token)
    {
        var parameters = new JsonArray([.. path.Split('{').Skip(1).Select(x => Parameter("path", x[..x.IndexOf('}', StringComparison.Ordinal)], null)), .. queries.Select(x => Parameter("query", x, x is "knownAt" or "atLeast" ? "1" : "2023-01-31"))]);
        var told = new JsonObject
        {
            ["operationId"] = $"{verb} {path}",
            ["page"] = true,
            ["parameters"] = parameters,
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["content"] = new JsonObject { ["text/html"] = new JsonObject(), ["*/*"] = new JsonObject() } } },
        };
        if (verb != "POST") return told;
        told["cookie"] = cookie;
        told["requestBody"] = new JsonObject
        {
            ["content"] = new JsonObject
            {
                [Form] = new JsonObject
                {
                    ["example"] = $"form-token={Uri.EscapeDataString(token)}&to=%2Fagendas%2Fus-china-bali%2Fdesk%2Fsources&slug=x&title=A+title&reason=So&kind=article&rows%5B0%5D.name=x&form-rows.participants=2"
                        + "&form-carried=%7B%22title%22%3A%5B%22x%22%5D%7D&form-was=%7B%7D&form-version=1&form-more=participants&key=trk_x",
                },
            },
        };
        return told;
    }

    private static JsonObject Parameter(string at, string name, string? example)
    {
        var told = new JsonObject { ["in"] = at, ["name"] = name, ["schema"] = new JsonObject() };
        if (example is not null) told["example"] = example;
        return told;
    }
}
