using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Contract;

/// <summary>The schema of bundles: served, committed, true of the seed, and of one mind with the importer.</summary>
public sealed class publishing_the_schema_of_bundles(PostgresUnderTest postgres)
{
    private const string Accept = "TRACKER_ACCEPT_BASELINES";

    private static readonly Lazy<JsonNode> Committed = new(() => JsonNode.Parse(File.ReadAllBytes(Path))!);

    private static string Path => TheContract.Repository("docs", "tracker-bundle-1.schema.json");

    [Fact]
    public async Task serves_what_is_committed()
    {
        var served = (await (await postgres.SharedAsync()).Public.GetAsync("/schemas/tracker-bundle-1.json")).Should(200);
        served.ContentType.ShouldBe("application/schema+json; charset=utf-8");
        served.ETag.ShouldNotBeNull();
        if (Environment.GetEnvironmentVariable(Accept) == "1") await File.WriteAllBytesAsync(Path, served.Bytes);
        served.Text.ShouldBe(await File.ReadAllTextAsync(Path), $"the committed schema is renewed by {Accept}=1");
    }

    [Fact]
    public void is_2020_12_and_refers_only_within_itself()
    {
        ((string?)Committed.Value["$schema"]).ShouldBe("https://json-schema.org/draft/2020-12/schema");
        Committed.Value.ToJsonString().ShouldNotContain("#/components");
    }

    [Fact]
    public void is_true_of_the_seed() => Faults(JsonNode.Parse(File.ReadAllBytes(TheContract.Repository("seeds", "us-china-bali.json")))!).ShouldBeEmpty();

    [Fact]
    public async Task is_true_of_an_export()
    {
        var slug = TrackerUnderTest.NewName();
        var tracker = await postgres.SharedAsync();
        var imported = (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug, 3))).Should(200);
        Faults((await tracker.Public.GetAsync(imported.Position, $"agendas/{slug}/export")).Should(200).Json).ShouldBeEmpty();
    }

    /// <summary>Bundles that are wrong in form: what the schema says no to, the importer refuses, and the other way round.</summary>
    [Theory]
    [InlineData("format", "\"tracker-bundle/2\"")]
    [InlineData("more", "1")]
    [InlineData("sources", "null")]
    [InlineData("searches", "{}")]
    [InlineData("agenda.title", "\" \"")]
    [InlineData("agenda.parties", "[]")]
    [InlineData("agenda.parties[0].code", "\"A A\"")]
    [InlineData("agenda.baseline.date", "\"14.11.2022\"")]
    [InlineData("agenda.codebook.review", "\"third\"")]
    [InlineData("agenda.codebook.staleAfterDays", "0")]
    [InlineData("sources[0].kind", "\"blog\"")]
    [InlineData("sources[0].url", "\"ftp://example.org\"")]
    [InlineData("sources[0].sha256", "\"ABC\"")]
    [InlineData("sources[0].withdrawal", "{}")]
    [InlineData("sources[0].withdrawal", "{\"reason\":\"\"}")]
    [InlineData("commitments[0].type", "7")]
    [InlineData("commitments[0].bar", "\"deep\"")]
    [InlineData("commitments[0].tags", "[\"a\",\"a\"]")]
    [InlineData("activities[0]", "null")]
    [InlineData("activities[0].slug", "\"No Slug\"")]
    [InlineData("activities[0].occurred", "\"11/14/2022\"")]
    [InlineData("activities[0].occurred", "\"44879\"")]
    [InlineData("activities[0].occurred", "\"Dec-22\"")]
    [InlineData("activities[0].participants[0].name", "\"\"")]
    [InlineData("activities[0].weather", "\"fine\"")]
    [InlineData("evidence[0].depth", "\"deep\"")]
    [InlineData("evidence[0].state", "\"kept\"")]
    [InlineData("evidence[0].review.decision", "\"maybe\"")]
    [InlineData("evidence[0].review.at", "\"yesterday\"")]
    [InlineData("searches[0].key", "\"a b\"")]
    [InlineData("searches[0].places", "[\"\"]")]
    public async Task agrees_with_the_importer(string path, string wrong)
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();
        var bundle = Bundles.Of(slug).With(path, wrong);
        Faults(bundle).ShouldNotBeEmpty();
        var reply = await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle);
        ((int)reply.Status).ShouldBeOneOf(400, 422);
        reply.Fields.ShouldContain(x => path == "format" || x.StartsWith(path.Split('.')[0], StringComparison.Ordinal), reply.Text);
    }

    [Fact]
    public async Task agrees_with_the_importer_about_what_is_right()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();
        Faults(Bundles.Of(slug)).ShouldBeEmpty();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import?dryRun=true", Bundles.Of(slug))).Should(200);
    }

    private static IReadOnlyList<string> Faults(JsonNode bundle) => new JsonSchema(Committed.Value, closed: true).Faults(Committed.Value, bundle);
}
