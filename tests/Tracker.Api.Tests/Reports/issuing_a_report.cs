using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Boards;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Api.Tests.Reports;

/// <summary>A report is fixed for ever by what it rests on and the digest of what it says; anyone can have it made again.</summary>
public sealed class issuing_a_report(PostgresUnderTest postgres)
{
    [Fact]
    public async Task answers_with_what_it_rests_on_and_the_digest_of_what_it_says()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("talks-1");

        var issued = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31" })).Should(201);

        issued["slug"].ShouldBe($"2023-01-31-p{last.Position}");
        issued.Location.ShouldBe($"/api/v1/{ledger.Path}/reports/{issued["slug"]}");
        issued["position"].ShouldBe($"{last.Position}");
        issued.Position.ShouldBe(last.Position + 1);
        var document = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.json")).Should(200);
        Convert.ToHexStringLower(SHA256.HashData(document.Bytes)).ShouldBe(issued["digest"]);
        document["headline"].ShouldBe("In the 78 days since Bali, 0 of 1 commitment has seen concrete action; 1 has seen talks only.");
        document.Json["commitments"]![0]!["status"]!.GetValue<string>().ShouldBe("dialogueOnly");
        document.Json["evidence"]![0]!["sources"]![0]!.GetValue<int>().ShouldBe(1);
        document.Json["sources"]![0]!["slug"]!.GetValue<string>().ShouldBe("readout");
        document.Json["previous"].ShouldBeNull();
    }

    [Fact]
    public async Task is_the_same_and_verified_after_later_corrections_and_reports()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("talks-1", depth: "mechanism");
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        var before = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.json")).Should(200);

        // What it rests on takes a date before the baseline, and leaves the window.
        await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-11-10", reason = "The other account has it so." });
        var next = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });

        var after = (await ledger.GetAsync(next.Position, $"reports/{issued["slug"]}.json")).Should(200);
        after.Bytes.ShouldBe(before.Bytes);
        var verification = (await ledger.GetAsync($"reports/{issued["slug"]}/verification")).Should(200);
        verification.Json["matches"]!.GetValue<bool>().ShouldBeTrue(verification.Text);
        verification["regeneratedDigest"].ShouldBe(issued["digest"]);
        var second = (await ledger.GetAsync($"reports/{next["slug"]}.json")).Should(200);
        second.Json["previous"]!["report"]!.GetValue<string>().ShouldBe(issued["slug"]);
        second.Json["changes"]!.AsArray().ShouldContain(x => (string?)x!["kind"] == "statusChanged" && (string?)x["commitment"] == "visit" && (string?)x["party"] == null);
        second.Json["corrections"]!.AsArray().ShouldContain(x => (string?)x!["kind"] == "corrected");
        second.Json["commitments"]![0]!["concreteSinceBaseline"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task is_verified_by_tables_made_again_from_nothing_and_where_a_backup_was_restored()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("talks-1", depth: "mechanism");
        var issued = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31" })).Should(201);
        var document = $"agendas/{ledger.Slug}/reports/{issued["slug"]}.json";
        var before = (await tracker.Public.GetAsync(issued.Position, document)).Should(200);
        var last = await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-11-10", reason = "The other account has it so." });
        await VerifiedAsync(tracker.Public);

        await tracker.RebuildAsync();
        await VerifiedAsync(tracker.Public);

        var restored = "";
        await tracker.RestartAsync(async () => restored = await postgres.RestoredAsync(tracker.ConnectionString));
        await using var elsewhere = await Node.StartAsync(restored);
        (await elsewhere.With(Node.OwnerKey).PostAsync($"agendas/{ledger.Slug}/activities/talks/withdrawal", new { reason = "It was another meeting." })).Should(200);
        await VerifiedAsync(elsewhere.With(null));

        async Task VerifiedAsync(Client reader)
        {
            (await reader.GetAsync(last.Position, document)).Should(200).Bytes.ShouldBe(before.Bytes);
            var verification = (await reader.GetAsync($"agendas/{ledger.Slug}/reports/{issued["slug"]}/verification")).Should(200);
            verification.Json["matches"]!.GetValue<bool>().ShouldBeTrue(verification.Text);
            verification["regeneratedDigest"].ShouldBe(issued["digest"]);
        }
    }

    [Fact]
    public async Task is_not_served_once_the_record_no_longer_gives_it()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.json")).Should(200);

        // Somebody with the database in hand rewrites what was known.
        await ledger.Tracker.AskAsync<long>($$"""
            with done as (update {{KnownTables.Commitments.Name}} set title = 'Another visit', body = jsonb_set(body, '{title}', '"Another visit"') where agenda = $1 returning 1)
            select count(*) from done
            """, ledger.Slug);

        (await ledger.GetAsync($"reports/{issued["slug"]}.json")).ShouldRefuse(409, "not-reproducible");
        (await ledger.GetAsync($"reports/{issued["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("json", "application/json", "{\"template\":\"report/1\"")]
    [InlineData("md", "text/markdown", "# What AA and BB said they would do: status report, 31 January 2023")]
    [InlineData("html", "text/html", "<!DOCTYPE html>")]
    [InlineData("pdf", "application/pdf", "%PDF-1.")]
    [InlineData("csv", "text/csv", "slug,title,type,status")]
    public async Task comes_in_every_form_by_its_ending_and_by_what_is_accepted(string ending, string type, string beginning)
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });

        var ended = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.{ending}")).Should(200);
        var accepted = (await ledger.GetAsync($"reports/{issued["slug"]}", ("Accept", $"{type}, */*;q=0.1"))).Should(200);

        Encoding.UTF8.GetString(ended.Bytes).TrimStart('\uFEFF').ShouldStartWith(beginning);
        ended.ContentType!.Split(';')[0].ShouldBe(type);
        accepted.Bytes.ShouldBe(ended.Bytes);
        accepted.ETag.ShouldBe(ended.ETag);
        ended.CacheControl.ShouldBe("public, max-age=31536000, immutable");
        (await ledger.GetAsync($"reports/{issued["slug"]}.{ending}", ("If-None-Match", ended.ETag!))).Should(304);
    }

    [Fact]
    public async Task refuses_a_form_there_is_not()
    {
        var ledger = await StartAsync();
        var issued = await ledger.RecordAsync("reports", new { });

        (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}", ("Accept", "image/png"))).ShouldRefuse(406, "not-acceptable");
        (await ledger.GetAsync($"reports/{issued["slug"]}.docx")).ShouldRefuse(404, "not-found");
        (await ledger.GetAsync("reports/2001-01-01-p1.pdf")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task of_the_same_board_again_is_refused_with_where_the_first_is()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var first = await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = "3" });

        var again = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/reports", new { validAt = "2023-01-31", knownAt = "3" }));

        again.ShouldRefuse(409, "slug-taken");
        again.Location.ShouldBe(first.Location);
        (await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = "3", since = "2023-01-01" }))["slug"].ShouldBe("2023-01-31-p3-since-2023-01-01");
    }

    [Theory]
    [InlineData("""{"validAt":"2023-02-30"}""", "bad-date", "validAt")]
    [InlineData("""{"knownAt":"yesterday"}""", "bad-instant", "knownAt")]
    [InlineData("""{"knownAt":"2999-01-01T00:00:00Z"}""", "in-future", "knownAt")]
    [InlineData("""{"since":"Never"}""", "bad-since", "since")]
    [InlineData("""{"since":"never"}""", "unknown-milestone", "since")]
    public async Task refuses_what_no_board_can_be_of(string body, string code, string field)
    {
        var ledger = await StartAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/reports", body))).ShouldRefuse(422, code, field);
    }

    [Fact]
    public async Task gives_the_first_answer_to_a_repeat_under_the_same_key()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var key = ("Idempotency-Key", "the-report");

        var first = (await ledger.Owner.PostAsync($"{ledger.Path}/reports", new { }, key)).Should(201);
        var repeats = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.Owner.PostAsync($"{ledger.Path}/reports", new { }, key)));

        repeats.ShouldAllBe(x => x.Text == first.Text && x.ETag == first.ETag && x.Location == first.Location && x.Position == first.Position);
        (await ledger.EventsAsync()).Count(x => x.Type == "report_issued").ShouldBe(1);
    }

    [Fact]
    public async Task needs_a_publisher()
    {
        var ledger = await StartAsync();
        foreach (var role in (Role[])[Role.Reader, Role.Coder, Role.Reviewer])
            (await (await ledger.Tracker.AsAsync($"who-{role}", role)).PostAsync($"{ledger.Path}/reports", new { })).ShouldRefuse(403, "forbidden");

        (await (await ledger.Tracker.AsAsync("pia", Role.Publisher)).PostAsync($"{ledger.Path}/reports", new { })).Should(201);
    }

    /// <summary>What <c>report/1</c> says is fixed: a report that says more is of another template, and this one stays.</summary>
    [Fact]
    public async Task says_of_Bali_what_the_first_template_has_always_said()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        (await tracker.Owner.PostAsync("agendas/us-china-bali/import", following_the_Bali_summit.Imported.Bundle())).Should(200);

        var issued = (await tracker.Owner.PostAsync("agendas/us-china-bali/reports", new { validAt = "2023-01-31" })).Should(201);

        var said = (await tracker.Public.GetAsync(issued.Position, $"agendas/us-china-bali/reports/{issued["slug"]}.json")).Should(200);
        var committed = TheContract.Repository("tests", "Tracker.Api.Tests", "Reports", "us-china-bali-2023-01-31.report-1.json");
        if (Environment.GetEnvironmentVariable("TRACKER_ACCEPT_BASELINES") == "1") await File.WriteAllBytesAsync(committed, said.Bytes);
        said.Text.ShouldBe(await File.ReadAllTextAsync(committed));
    }

    private async Task<Ledger> StartAsync() => await (await postgres.SharedAsync()).OpenAgendaAsync();
}
