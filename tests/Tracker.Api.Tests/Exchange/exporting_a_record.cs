using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CsCheck;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Exchange;

/// <summary>What is exported and imported into an empty tracker is the same record: the same boards, and the same export again.</summary>
public sealed class exporting_a_record(PostgresUnderTest postgres)
{
    private const string Bali = "us-china-bali";

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("ndjson", "application/x-ndjson")]
    public async Task rebuilds_the_Bali_record_elsewhere(string format, string type)
    {
        await using var here = await TrackerUnderTest.StartAsync(postgres);
        await using var there = await TrackerUnderTest.StartAsync(postgres);
        foreach (var seed in (string[])[$"{Bali}.json", $"{Bali}-followup.json"])
            (await here.Owner.PostAsync($"agendas/{Bali}/import", await File.ReadAllBytesAsync(TheContract.Repository("seeds", seed)))).Should(200);
        await RebuildsAsync(here, there, Bali, 2, format, type);
    }

    [Fact]
    public async Task is_taken_for_unchanged_by_the_record_it_comes_from()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-here");
        var bundle = (await ledger.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/export")).Should(200).Json;

        var again = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/import", bundle))).Should(200);

        again.Json["unchanged"]!["evidence"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task rebuilds_what_was_rejected_retracted_and_withdrawn()
    {
        await using var there = await TrackerUnderTest.StartAsync(postgres);
        var (here, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        (await here.Owner.PostAsync($"agendas/{slug}/import", Random(slug, new Random(7)))).Should(200);
        var ledger = new Ledger(here, slug);
        // Beside what a bundle can say: what commands make, with ids of the server's.
        await ledger.RecordAsync("milestones", new { slug = "woodside", name = "Woodside", date = "2023-11-15" });
        await ledger.RecordAsync("milestones", new { slug = "gone", name = "Gone", date = "2023-11-15" });
        await ledger.RecordAsync("milestones/gone/withdrawal", new { reason = "There was none." });
        await ledger.RecordAsync("corrections", new { parties = new[] { new { code = "AA", name = "New Alfa", joinedOn = "2022-11-15", leftOn = "2024-01-01" } }, visibility = "internal", reason = "So." });
        await ledger.RecordAsync("commitments/c-0/clauses", Given.Clause("BB", "s-0"));
        await ledger.RecordAsync("commitments/c-0/searches", Given.Search("2023-01-05"));
        await ledger.ActivityAsync("later", "2023-03");
        var last = await ledger.AcceptedAsync("by-hand", "later", "measure", commitment: "c-1");
        await RebuildsAsync(here, there, slug, last.Position, "json", "application/json");
    }

    [Fact]
    public async Task rebuilds_any_history_elsewhere()
    {
        await using var there = await TrackerUnderTest.StartAsync(postgres);
        await Gen.Int[0, int.MaxValue].Array[40, 60].SampleAsync(async history =>
        {
            var random = await RandomHistory.BeginAsync(await postgres.OpenAgendaAsync(review: history[0] % 3 == 0 ? "none" : "second"));
            foreach (var step in history) await random.StepAsync(step);
            await RebuildsAsync(random.Ledger.Tracker, there, random.Ledger.Slug, await random.Ledger.PositionAsync(), "json", "application/json");
        }, iter: 3, threads: 1);
    }

    [Fact]
    public async Task gives_the_same_bytes_at_the_same_position()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await ledger.GetAsync(await ledger.PositionAsync(), "export")).Should(200);
        var second = (await ledger.GetAsync("export")).Should(200);
        second.Bytes.ShouldBe(first.Bytes);
        second.ETag.ShouldBe(first.ETag);
        (await ledger.GetAsync("export", ("If-None-Match", first.ETag!))).Should(304);
        (await ledger.GetAsync("export?format=ndjson")).Should(200).ETag.ShouldNotBe(first.ETag);
        var recorded = await ledger.CommitmentAsync("another");
        var third = (await ledger.GetAsync(recorded.Position, "export")).Should(200);
        third.ETag.ShouldNotBe(first.ETag);
        third.Position.ShouldBe(recorded.Position);
    }

    [Fact]
    public async Task answers_in_the_form_that_is_asked_for()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var at = await ledger.PositionAsync();
        (await ledger.GetAsync(at, "export", ("Accept", "application/x-ndjson"))).Should(200).ContentType.ShouldBe("application/x-ndjson");
        (await ledger.GetAsync("export?kind=commitments", ("Accept", "text/csv, application/json;q=0.5"))).Should(200).ContentType.ShouldBe("text/csv; charset=utf-8");
        (await ledger.GetAsync("export", ("Accept", "text/html, */*;q=0.1"))).Should(200).ContentType.ShouldBe("application/json; charset=utf-8");
        (await ledger.GetAsync("export?format=csv")).ShouldRefuse(400, "unreadable", "kind");
        (await ledger.GetAsync("export?format=xml")).ShouldRefuse(400, "unreadable", "format");
        (await ledger.GetAsync("export?format=csv&kind=sources")).ShouldRefuse(400, "unreadable", "kind");
        (await ledger.GetAsync("export?atLeast=x")).ShouldRefuse(400, "unreadable", "atLeast");
        (await (await postgres.SharedAsync()).Public.GetAsync("agendas/nowhere/export")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task gives_sheets_that_come_back_as_they_were()
    {
        var (here, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var imported = (await here.Owner.PostAsync($"agendas/{slug}/import", Random(slug, new Random(11)))).Should(200);
        foreach (var kind in (string[])["commitments", "activities", "evidence"])
        {
            var sheet = (await here.Owner.GetAsync(imported.Position, $"agendas/{slug}/export?format=csv&kind={kind}")).Should(200);
            var content = new ByteArrayContent(sheet.Bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/csv") } };
            var again = (await here.Owner.SendAsync(HttpMethod.Post, $"agendas/{slug}/import?kind={kind}", content)).Should(200);
            again.Position.ShouldBe(imported.Position, kind);
            again.Json["unchanged"]![kind]!.GetValue<int>().ShouldBeGreaterThan(0);
        }
    }

    private static async Task RebuildsAsync(TrackerUnderTest here, TrackerUnderTest there, string slug, long position, string format, string type)
    {
        var exported = (await here.Owner.GetAsync(position, $"agendas/{slug}/export?format={format}")).Should(200);
        async Task<Reply> ImportAsync() => (await there.Owner.SendAsync(HttpMethod.Post, $"agendas/{slug}/import",
            new ByteArrayContent(exported.Bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } })).Should(200);

        var imported = await ImportAsync();
        imported.Position.ShouldBe(1);
        for (var day = new DateOnly(2022, 11, 10); day < new DateOnly(2024, 2, 1); day = day.AddDays(day.Month == 12 ? 1 : 9))
        {
            var query = $"agendas/{slug}/board?validAt={day:yyyy-MM-dd}";
            Rated(await there.Owner.GetAsync(imported.Position, query)).ShouldBe(Rated(await here.Owner.GetAsync(query)), $"{day}");
        }

        foreach (var commitment in (await here.Owner.GetAsync($"agendas/{slug}/export")).Should(200).Json["commitments"]!.AsArray().Where(x => x!["withdrawal"] is null))
        {
            var path = $"agendas/{slug}/commitments/{commitment!["slug"]}";
            foreach (var part in (string[])["clauses", "searches"])
                Without((await there.Owner.GetAsync(path)).Should(200).Json[part]!).ShouldBe(Without((await here.Owner.GetAsync(path)).Should(200).Json[part]!), $"{path}: {part}, their ids among it");
        }

        (await there.Owner.GetAsync($"agendas/{slug}/export?format={format}")).Should(200).Text.ShouldBe(exported.Text, "nothing is lost on the way");
        (await ImportAsync()).Position.ShouldBe(1, "a second import changes nothing");
    }

    /// <summary>Parts without when and by whom they were taken back: that is of the recording.</summary>
    private static string Without(JsonNode parts)
    {
        foreach (var part in parts.AsArray())
            if (part!["withdrawal"] is JsonObject withdrawal) foreach (var member in (string[])["by", "at"]) withdrawal.Remove(member);
        return parts.ToJsonString();
    }

    /// <summary>A board without what is of the recording and not of the record.</summary>
    private static string Rated(Reply reply)
    {
        var board = reply.Should(200).Json.AsObject();
        foreach (var member in (string[])["position", "knownAt", "reviewed", "pendingChanges"]) board.Remove(member).ShouldBeTrue();
        return board.ToJsonString();
    }

    /// <summary>A record with something of everything: each state of evidence, and withdrawn things of each kind.</summary>
    private static JsonObject Random(string slug, Random random)
    {
        var texts = (string[])["=1+1", "'=x", "They | met; \"there\"\nand left", " spaced ", "会谈", "-", "@all", "a\\b"];
        string Text() => texts[random.Next(texts.Length)];
        string Day() => $"2022-12-{random.Next(1, 29):00}";
        object? Withdrawn(int oneIn) => random.Next(oneIn) == 0 ? new { reason = Text() } : null;
        string[] Some(params string[] of) => [.. of.Where((_, i) => i == 0 || random.Next(2) == 0)];

        var activities = Enumerable.Range(0, 40).Select(i => new
        {
            slug = $"a-{i}",
            kind = i % 2 == 0 ? "meeting" : "measure",
            title = $"{Text()} {i}",
            occurred = (i % 4) switch { 0 => "2022-12", 1 => $"{Day()[..8]}01/{Day()}", _ => Day() },
            participants = Some("AA", "BB").Select(x => new { party = (string?)x, name = Text(), role = random.Next(2) == 0 ? Text() : null }).Append(new { party = (string?)null, name = "Someone", role = (string?)null }),
            sources = Some("s-0", "s-1"),
            place = random.Next(2) == 0 ? Text() : null,
            accounts = Some("s-1").Select(x => new { source = x, quote = Text(), occurred = "2022-12" }),
            tags = Some("a; b", "c | d"),
            withdrawal = Withdrawn(8),
        }).ToArray();
        return new
        {
            format = "tracker-bundle/1",
            agenda = Given.Agenda(slug),
            sources = ((string[])["s-0", "s-1", "s-2", "readout"]).Select(x => new { slug = x, kind = "readout", tier = "readout", issuer = "AA", title = Text(), withdrawal = x == "s-2" ? new { reason = "Gone." } : null }),
            commitments = Enumerable.Range(0, 8).Select(i => new
            {
                slug = $"c-{i}",
                title = Text(),
                type = ((string[])["deliverable", "continuing", "restraint"])[i % 3],
                madeOn = "2022-11-14",
                parties = new[] { "AA", "BB" },
                dueOn = i % 2 == 0 ? "2023-01" : null,
                clauses = Some("AA", "BB").Select(x => new { party = x, source = "s-0", quote = Text(), note = Text() }),
                withdrawal = i > 5 ? new { reason = "Not a promise." } : null,
            }),
            activities,
            evidence = Enumerable.Range(0, 80).Select(i =>
            {
                var state = ((string[])["accepted", "accepted", "accepted", "proposed", "rejected", "retracted"])[random.Next(6)];
                return new
                {
                    key = $"e-{i}",
                    commitment = $"c-{random.Next(8)}",
                    activity = $"a-{random.Next(40)}",
                    depth = ((string[])["words", "contact", "mechanism", "measure", "delivered"])[random.Next(5)],
                    direction = ((string[])["advances", "reaffirms", "undercuts"])[random.Next(3)],
                    parties = new[] { "AA" },
                    rationale = Text(),
                    citations = Some("s-0", "s-1").Select(x => new { source = x, quote = Text() }),
                    state,
                    coder = $"coder-{i % 3}",
                    review = state == "proposed" ? null : new { decision = state == "rejected" ? "reject" : "accept", rationale = Text(), reviewer = "rui", at = "2023-01-02T03:04:05.678901Z" },
                    withdrawal = state == "retracted" ? new { reason = Text() } : null,
                };
            }),
            searches = Enumerable.Range(0, 10).Select(i => new { key = $"q-{i}", commitment = $"c-{i % 8}", searchedThrough = Day(), places = new[] { Text() + i }, note = Text(), withdrawal = Withdrawn(3) }),
        }.Json();
    }
}
