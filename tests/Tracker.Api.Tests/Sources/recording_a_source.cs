using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Sources;

public sealed class recording_a_source(PostgresUnderTest postgres)
{
    private static readonly object Full = new
    {
        slug = "joint",
        kind = "jointStatement",
        tier = "official",
        issuer = "AA",
        title = "联合声明",
        publisher = "新华社",
        url = "https://example.org/a?b=c",
        archiveUrl = "https://web.archive.org/x",
        publishedOn = "2022-11-14",
        language = "zh-Hans",
        sha256 = new string('a', 64),
    };

    [Fact]
    public async Task answers_with_the_source_and_its_address()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var reply = await ledger.CreatesAsync(await ledger.CoderAsync(), "ana", "sources", Full, "sources/joint", "sources/joint", "source_recorded");

        foreach (var (member, value) in Full.Json()) reply[member].ShouldBe(value!.ToString());
        Owed.VersionOf(reply).ShouldBe(1);
    }

    [Fact]
    public async Task leaves_open_what_is_not_known()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var reply = await ledger.SourceAsync();

        foreach (var member in (string[])["publisher", "url", "archiveUrl", "publishedOn", "language", "sha256"])
        {
            reply.Json.AsObject().ContainsKey(member).ShouldBeTrue(member);
            reply.Json[member].ShouldBeNull();
        }
    }

    [Fact]
    public async Task is_refused_where_the_name_is_taken()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        var refusal = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source()));

        refusal.ShouldRefuse(409, "slug-taken").Location.ShouldBe($"/api/v1/{ledger.Path}/sources/readout");
    }

    [Fact]
    public async Task takes_an_address_as_it_is_written_capitals_and_all()
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await ledger.RecordAsync("sources", Given.Source().With("url", "\"HTTPS://EXAMPLE.ORG/A\"")))["url"].ShouldBe("HTTPS://EXAMPLE.ORG/A");
    }

    [Theory]
    [InlineData("slug", "\"a b\"", "bad-slug")]
    [InlineData("kind", "\"blog\"", "bad-kind")]
    [InlineData("kind", "\"Readout\"", "bad-kind")]
    [InlineData("tier", "\"gossip\"", "bad-tier")]
    [InlineData("issuer", "\"\"", "empty-text")]
    [InlineData("title", "\"\\t\"", "empty-text")]
    [InlineData("url", "\"javascript:alert(1)\"", "bad-url")]
    [InlineData("url", "\"/relative\"", "bad-url")]
    [InlineData("url", "\"https://me:secret@example.org/\"", "bad-url")]
    [InlineData("archiveUrl", "\"ftp://example.org\"", "bad-url")]
    [InlineData("publishedOn", "\"2022-13-01\"", "bad-date")]
    [InlineData("language", "\"english please\"", "bad-language")]
    [InlineData("language", "\"en\\n\"", "bad-language")]
    [InlineData("sha256", "\"ABC\"", "bad-sha256")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Full.With(path, json)))).ShouldRefuse(422, code, path);
    }
}
