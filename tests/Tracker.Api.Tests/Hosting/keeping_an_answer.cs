using System.IO.Compression;
using System.Net;
using Tracker.Api.Tests.Access;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Hosting;

/// <summary>What a client or a cache may keep of an answer, in which form, and how it asks again.</summary>
public sealed class keeping_an_answer(PostgresUnderTest postgres, ClosedTracker closed) : IClassFixture<ClosedTracker>
{
    private static readonly HttpMethod[] Both = [HttpMethod.Get, HttpMethod.Head];

    [Fact]
    public async Task is_for_all_where_nobody_had_to_say_who_they_are_and_for_ever_where_it_cannot_change()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var reader = await ledger.Tracker.AsAsync("rae", Role.Reader);
        var position = await ledger.PositionAsync();
        var seen = await ledger.GetAsync(position, "board?validAt=2023-01-01");
        foreach (var (what, kept) in new (string, string)[]
        {
            ("board", "no-cache"), ("board?validAt=2023-01-01", "no-cache"), ($"board?knownAt={position}", "no-cache"), ("commitments", "no-cache"),
            ($"board?validAt=2023-01-01&knownAt={position}", "max-age=86400"), ($"board?validAt=2023-01-01&knownAt={seen["knownAt"]}", "max-age=86400"),
            ($"commitments?validAt=2023-01-01&knownAt={position}&status=noneFound", "max-age=86400"),
        })
        {
            var (open, own) = ((await ledger.GetAsync(what)).Should(200), (await reader.GetAsync($"{ledger.Path}/{what}")).Should(200));
            Sorted(open).ShouldBe(Sorted("public, " + kept), what);
            Sorted(own).ShouldBe(Sorted("private, " + kept), what);
            own.Header("Vary").ShouldBe("Authorization, Cookie, Accept-Encoding");
        }

        var hidden = await (await closed.Tracker.OpenAgendaAsync()).WithTalksAsync();
        Sorted((await hidden.Owner.GetAsync($"{hidden.Path}/board")).Should(200)).ShouldBe(Sorted("private, no-cache"));
        Sorted((await hidden.Owner.GetAsync($"{hidden.Path}/board?validAt=2023-01-01&knownAt=1")).Should(200)).ShouldBe(Sorted("private, max-age=86400"));
        Sorted((await hidden.Owner.GetAsync($"/{hidden.Path}")).Should(200)).ShouldBe(Sorted("private, no-cache"));

        static string Sorted(object said) => string.Join(", ", ((said as Reply)?.CacheControl ?? (string)said).Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task is_not_done_with_commands_keys_and_refusals()
    {
        var ledger = await postgres.OpenAgendaAsync();
        foreach (var reply in (Reply[])[
            await ledger.SourceAsync(), await ledger.Owner.GetAsync("keys"), (await ledger.Owner.PostAsync("keys", new { name = "Ana", role = "reader" })).Should(201),
            await ledger.GetAsync("sources/none"), await ledger.GetAsync("board?validAt=x"), await ledger.Tracker.Public.GetAsync("keys"), await ledger.Tracker.Public.GetAsync("nowhere")])
            reply.CacheControl.ShouldBe("no-store", reply.Text);
    }

    [Fact]
    public async Task needs_no_second_answer_to_any_read()
    {
        // Of its own, so that no other test opens agendas meanwhile, and on one day, so that none of what it reads twice is of another.
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2023-12-01"));
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("milestones", new { slug = "woodside", name = "Woodside", date = "2023-11-15" });
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        var search = (await ledger.RecordAsync("commitments/visit/searches", Given.Search()))["id"];
        await ledger.AcceptedAsync("piece");
        Dictionary<string, string> names = new()
        {
            ["agendas"] = ledger.Slug,
            ["sources"] = "readout",
            ["commitments"] = "visit",
            ["activities"] = "talks",
            ["evidence"] = "piece",
            ["milestones"] = "woodside",
            ["clauses"] = "1",
            ["searches"] = search,
        };
        var position = await ledger.PositionAsync();
        (await ledger.GetAsync(position, "board")).Should(200);
        (await ledger.GetAsync(position, "changes")).Should(200);
        var asked = 0;
        foreach (var endpoint in asking_each_endpoint.Endpoints(ledger.Tracker.Node).Where(x => x.Method == "GET" && x.Needs is Right.Read))
        {
            var steps = endpoint.Pattern.Split('/');
            for (var i = 1; i < steps.Length; i++)
                if (steps[i].StartsWith('{') && names.TryGetValue(steps[i - 1], out var name)) steps[i] = name;
            var path = string.Join('/', steps);
            // What is told as it happens, and what others' tests make.
            if (path.Contains('{', StringComparison.Ordinal) || path.EndsWith("/live", StringComparison.Ordinal)) continue;
            var first = await ledger.Tracker.Public.GetAsync(path);
            if (first.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) continue;
            asked++;
            first.Should(200).ETag.ShouldNotBeNull(path);
            foreach (var method in Both)
            {
                foreach (var tag in (string[])[first.ETag!, "W/" + first.ETag, $"\"x\", {first.ETag}", "*"])
                {
                    var again = (await ledger.Tracker.Public.SendAsync(method, path, null, ("If-None-Match", tag))).Should(304);
                    (again.Bytes.Length, again.ETag, again.CacheControl, again.Header("Vary")).ShouldBe((0, first.ETag, first.CacheControl, first.Header("Vary")), path);
                }

                (await ledger.Tracker.Public.SendAsync(method, path, null, ("If-None-Match", "\"1-0000000000000000\""))).Should(200);
            }
        }

        asked.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("/api/v1/agendas", 200)]
    [InlineData("/api/v1/agendas/{0}/board", 200)]
    [InlineData("/api/v1/agendas/{0}/commitments/visit", 200)]
    [InlineData("/api/v1/agendas/{0}/sources/none", 404)]
    [InlineData("/api/v1/keys", 401)]
    [InlineData("/agendas/{0}", 200)]
    [InlineData("/", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/nowhere", 404)]
    public async Task can_be_asked_for_its_head(string path, int status)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        path = string.Format(null, path, ledger.Slug);
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);

        // Other tests open agendas meanwhile, which the lists of them tell: what did not change around the question is compared.
        Reply whole, head, after;
        do
        {
            whole = (await ledger.Tracker.Public.GetAsync(path)).Should(status);
            head = (await ledger.Tracker.Public.SendAsync(HttpMethod.Head, path, null)).Should(status);
            after = (await ledger.Tracker.Public.GetAsync(path)).Should(status);
        }
        while (after.Header("ETag") != whole.Header("ETag"));

        head.Bytes.ShouldBeEmpty();
        foreach (var name in (string[])["Content-Type", "Content-Length", "ETag", "Cache-Control", "Tracker-Position", "Content-Security-Policy"])
            if (name != "Content-Length" || status == 200) head.Header(name).ShouldBe(whole.Header(name), name);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task compresses_it_under_a_tag_of_its_own(string coding)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.GetAsync(await ledger.PositionAsync(), "board");
        foreach (var path in (string[])[$"/api/v1/{ledger.Path}/commitments/visit?validAt=2023-01-01", $"/api/v1/{ledger.Path}/activities", $"/{ledger.Path}", "/openapi/v1.json"])
        {
            var plain = (await ledger.Tracker.Public.GetAsync(path)).Should(200);
            plain.Header("Content-Encoding").ShouldBeNull();
            using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = ledger.Tracker.Node.Address };
            using var small = await AskAsync(http, path, coding, null);
            small.Content.Headers.ContentEncoding.ShouldBe([coding]);
            small.Headers.Vary.ShouldContain("Accept-Encoding");
            small.Headers.ETag!.Tag.ShouldBe($"{plain.ETag![..^1]}-{coding}\"");
            await using var packed = await small.Content.ReadAsStreamAsync();
            await using Stream unpacked = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            await unpacked.CopyToAsync(bytes);
            bytes.ToArray().ShouldBe(plain.Bytes);

            using var again = await AskAsync(http, path, coding, small.Headers.ETag.Tag);
            ((int)again.StatusCode, again.Headers.ETag!.Tag).ShouldBe((304, small.Headers.ETag.Tag));
            using var other = await AskAsync(http, path, coding, plain.ETag);
            ((int)other.StatusCode, other.Headers.ETag!.Tag).ShouldBe((304, plain.ETag));
        }
    }

    [Fact]
    public async Task takes_the_tag_of_a_compressed_answer_for_the_version_seen()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var tag = (await ledger.GetAsync(await ledger.PositionAsync(), "commitments/visit")).ETag!.Replace("\"", "", StringComparison.Ordinal);

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", $"\"{tag}-br\""))).Should(201);
        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", $"\"{tag}-br\""))).ShouldRefuse(412, "stale-version");
    }

    [Fact]
    public async Task compresses_nothing_that_may_hold_a_secret()
    {
        var tracker = await postgres.SharedAsync();
        var coding = ("Accept-Encoding", "br, gzip");

        (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "reader" }, coding)).Should(201).Header("Content-Encoding").ShouldBeNull();
        (await tracker.Owner.GetAsync("keys", coding)).Should(200).Header("Content-Encoding").ShouldBeNull();
        (await tracker.Public.GetAsync("keys", coding)).Should(401).Header("Content-Encoding").ShouldBeNull();
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string coding, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await http.SendAsync(request);
    }
}
