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

    [Theory]
    [InlineData("us-china-bali.json")]
    [InlineData("us-china-bali-followup.json")]
    public void is_true_of_the_seeds(string seed) => Faults(JsonNode.Parse(File.ReadAllBytes(TheContract.Repository("seeds", seed)))!).ShouldBeEmpty();

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
        // Each of what may be left out or be there, and is not in the plainest bundle.
        var bundle = Bundles.Of(slug, 3)
            .With("agenda.summary", "\"What they said.\"").With("agenda.milestones", """[{"slug":"spring","name":"Spring","date":"2023-03-01"}]""")
            .With("sources[0].url", "\"https://example.org/readout\"").With("sources[0].sha256", $"\"{new string('a', 64)}\"").With("sources[0].publishedOn", "\"2022-11-14\"")
            .With("commitments[0].bar", "\"measure\"").With("commitments[0].dueOn", "\"2023-02\"").With("commitments[0].clauses", """[{"party":"AA","source":"readout","quote":"we shall visit","language":"en","translation":"we shall"}]""")
            .With("activities[1].occurred", "\"2022-12\"").With("activities[1].accounts", """[{"source":"readout","occurred":"2022-12-11","note":"Local time."}]""")
            .With("activities[2].withdrawal", """{"reason":"It did not take place."}""")
            .With("evidence[1].state", "\"proposed\"").Without("evidence[1].review").With("evidence[2].state", "\"retracted\"").With("evidence[2].withdrawal", """{"reason":"Not they."}""")
            .With("coverage", """[{"through":"2023-01-31","places":["state.gov"],"note":"Weekly."}]""");
        Faults(bundle).ShouldBeEmpty();
        var imported = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200);
        foreach (var (what, many) in new[] { ("agendas", 1), ("milestones", 1), ("sources", 1), ("commitments", 1), ("activities", 3), ("evidence", 3), ("searches", 1), ("coverage", 1) })
            ((int)imported.Json["created"]![what]!).ShouldBe(many, what);
        var exported = (await tracker.Owner.GetAsync(imported.Position, $"agendas/{slug}/export")).Should(200).Json;
        Faults(exported).ShouldBeEmpty();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", exported)).Should(200).Position.ShouldBe(imported.Position, "it is what was taken, all of it");
    }

    private static IReadOnlyList<string> Faults(JsonNode bundle) => new JsonSchema(Committed.Value, closed: true).Faults(Committed.Value, bundle);
}
