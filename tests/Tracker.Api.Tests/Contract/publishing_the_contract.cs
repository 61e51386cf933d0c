using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Api.Tests.Contract;

/// <summary>What is promised to clients: the document that is served, and the one that is committed.</summary>
public sealed class publishing_the_contract(PostgresUnderTest postgres)
{
    private const string Accept = "TRACKER_ACCEPT_BASELINES";

    [Fact]
    public async Task serves_what_is_committed()
    {
        var served = (await (await postgres.SharedAsync()).Public.GetAsync("/openapi/v1.json")).Should(200);
        served.ContentType.ShouldBe("application/json; charset=utf-8");
        served.ETag.ShouldNotBeNull();

        var committed = TheContract.Path;
        if (Environment.GetEnvironmentVariable(Accept) == "1") await File.WriteAllBytesAsync(committed, served.Bytes);
        if (await File.ReadAllTextAsync(committed) is var text && text == served.Text) return;

        var (was, now) = (text.Split('\n'), served.Text.Split('\n'));
        var at = was.Zip(now).TakeWhile(x => x.First == x.Second).Count();
        Assert.Fail($"""
            The served contract is no longer the committed one, from line {at + 1}:
            - {was.ElementAtOrDefault(at)}
            + {now.ElementAtOrDefault(at)}
            Within v1 only additions are allowed. Where this is one, renew the baseline and look at its difference:
              {Accept}=1 dotnet test --project tests/Tracker.Api.Tests --filter-class {typeof(publishing_the_contract).FullName}
            """);
    }

    [Fact]
    public void knows_each_endpoint_of_the_API() =>
        typeof(OperationAttribute).Assembly.GetTypes().SelectMany(x => x.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(x => x.GetCustomAttribute<WolverineHttpMethodAttribute>() is { } route && route.Template.StartsWith("/api/", StringComparison.Ordinal))
            .Where(x => x.GetCustomAttribute<OperationAttribute>() is null)
            .Select(x => $"{x.DeclaringType!.Name}.{x.Name}").ShouldBeEmpty("each endpoint of the API carries [Operation]");

    [Fact]
    public async Task has_each_address_and_method_that_is_served()
    {
        var served = Access.asking_each_endpoint.Endpoints((await postgres.SharedAsync()).Node).Select(x => $"{x.Method} {Nameless(x.Pattern)}").Order().ToArray();

        TheContract.Committed.Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(x => $"{x.Key.ToUpperInvariant()} {Nameless(path.Key)}")).Order()
            .ShouldBe(served);

        static string Nameless(string path) => Regex.Replace(path.Trim('/'), @"\{[^}]*\}", "{}");
    }

    [Fact]
    public async Task writes_the_same_from_the_command_line_without_a_database()
    {
        var folder = Directory.CreateTempSubdirectory("tracker-openapi-");
        try
        {
            var (written, data) = (Path.Combine(folder.FullName, "f.json"), Path.Combine(folder.FullName, "data"));
            var ended = await TheProgram.RunAsync("openapi", "--output", written, $"--Tracker:DataDirectory={data}");
            ended.ExitCode.ShouldBe(0, $"{ended.Output}\n{ended.Errors}");

            (await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllTextAsync(TheContract.Path, TestContext.Current.CancellationToken));
            Directory.Exists(data).ShouldBeFalse("no database was started");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void tells_of_each_header_that_a_client_relies_on()
    {
        var contract = TheContract.Committed;
        foreach (var (id, operation) in contract.Operations)
        {
            var parameters = (operation["parameters"]?.AsArray() ?? []).Select(x => (string)contract.Resolve(x!)["name"]!).ToArray();
            // A secret is shown once: the command that makes it cannot be given again. Of people, a repeat makes nobody else.
            if (operation["requestBody"] is not null && id is not ("createKey" or "createWebhook" or "createPrincipal" or "linkIdentity" or "forgetPrincipal")) parameters.ShouldContain("Idempotency-Key", id);
            foreach (var (status, reference) in operation["responses"]!.AsObject())
            {
                var response = contract.Resolve(reference!);
                var headers = (response["headers"]?.AsObject() ?? []).Select(x => x.Key).ToArray();
                var wanted = status switch
                {
                    "201" => ["ETag", "Location"],
                    "304" => ["ETag"],
                    "401" => ["WWW-Authenticate"],
                    "429" or "503" => ["Retry-After"],
                    _ => Array.Empty<string>(),
                };
                wanted.Except(headers).ShouldBeEmpty($"{id} {status}");
                if (int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) < 400) continue;
                var problem = response["content"].ShouldNotBeNull($"{id} {status}")["application/problem+json"].ShouldNotBeNull($"{id} {status}");
                problem["schema"]!["allOf"]![1]!["properties"]!["code"]!["enum"]!.AsArray().ShouldNotBeEmpty($"{id} {status}");
            }

            if (parameters.Contains("If-Match")) operation["responses"]!["412"].ShouldNotBeNull(id);
            if (parameters.Contains("If-None-Match")) operation["responses"]!["304"].ShouldNotBeNull(id);
        }
    }

    [Fact]
    public void names_each_operation_once_and_says_all_about_it()
    {
        var operations = TheContract.Committed.Operations.ToArray();
        operations.Length.ShouldBeGreaterThan(25);
        operations.Select(x => x.Id).ShouldBeUnique();
        foreach (var (id, operation) in operations)
        {
            foreach (var member in (string[])["summary", "description"]) ((string?)operation[member]).ShouldNotBeNullOrWhiteSpace(id);
            operation["security"].ShouldNotBeNull(id);
            operation["tags"]!.AsArray().Count.ShouldBe(1, id);
        }
    }

    [Fact]
    public void has_an_example_of_every_body()
    {
        foreach (var (id, operation) in TheContract.Committed.Operations)
            foreach (var (what, content) in Bodies(operation))
                content["examples"].ShouldNotBeNull($"{id}: {what}");
    }

    [Fact]
    public void has_examples_that_are_what_it_says()
    {
        var contract = TheContract.Committed;
        foreach (var (id, operation) in contract.Operations)
            foreach (var (what, content) in Bodies(operation))
                foreach (var (name, example) in content["examples"]?.AsObject() ?? [])
                    contract.Faults(content["schema"]!, example!["value"]).ShouldBeEmpty($"{id}: {what}, {name}");
    }

    private static IEnumerable<(string What, JsonNode Content)> Bodies(JsonObject operation)
    {
        if (operation["requestBody"]?["content"]?["application/json"] is { } command) yield return ("command", command);
        foreach (var (status, response) in operation["responses"]!.AsObject())
            if (status.StartsWith('2') && response!["content"]?["application/json"] is { } answer) yield return (status, answer);
    }
}
