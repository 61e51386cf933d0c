using System.Reflection;
using System.Text.Json.Nodes;
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
