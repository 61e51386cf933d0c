using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;

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
        (issued["issuedBy"], issued["issuedAt"]).ShouldBe((await ledger.Tracker.PrincipalOfAsync("owner"), Instants.Text((await ledger.EventsAsync())[^1].At)));
        var document = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.json")).Should(200);
        Convert.ToHexStringLower(SHA256.HashData(document.Bytes)).ShouldBe(issued["digest"]);
        document["headline"].ShouldBe("In the 28 days from Bali to 12 December 2022, where this record ends, 0 of 1 commitment saw concrete action; 1 saw talks only.");
        document.Json["commitments"]![0]!["status"]!.GetValue<string>().ShouldBe("dialogueOnly");
        document.Json["evidence"]![0]!["sources"]![0]!.GetValue<int>().ShouldBe(1);
        document.Json["sources"]![0]!["slug"]!.GetValue<string>().ShouldBe("readout");
        document.Json["previous"].ShouldBeNull();
        (issued["template"], issued["coveredThrough"], (bool)issued.Json["current"]!).ShouldBe(("report/2", "2022-12-12", false));
        (await ledger.GetAsync($"reports/{issued["slug"]}.md")).Should(200).Text.ShouldContain("certainly happened after 14 November 2022 (or after the day a commitment was made, if later) and by 12 December 2022.");
        ((string)document.Json["coveredThrough"]!, (bool)document.Json["current"]!, (string)document.Json["asOf"]!).ShouldBe(("2022-12-12", false, "2022-12-12"));
        document.Json["moved"]!.AsArray().ShouldBeEmpty();
        ((int)document.Json["summary"]!["cells"]!["of"]!).ShouldBe(2);
    }

    /// <summary>The command line holds a draft to what the API holds an issued report to.</summary>
    [Theory]
    [InlineData("2999-01-01", "in-future")]
    [InlineData("2022-11-13", "before-baseline")]
    public async Task is_of_no_day_that_cannot_be_reported_on(string day, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/reports", new { validAt = day }))).ShouldRefuse(422, code, "validAt");
        var draft = await TheProgram.RunOnAsync(ledger.Tracker.ConnectionString, "report", ledger.Slug, "--valid-at", day);

        (draft.ExitCode, draft.Output).ShouldBe((1, ""));
        draft.Errors.ShouldContain(code);
        draft.Errors.ShouldContain(day);
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
        second.Json["moved"]!.AsArray().ShouldContain(x => (string?)x!["kind"] == "statusChanged" && (string?)x["commitment"] == "visit" && (string?)x["party"] == null
            && (string?)x["from"] == "concreteAction" && (string?)x["to"] == "notYetRated");
        second.Json["changes"].ShouldBeNull("what moved is found by comparing the two boards, and not in the change log");
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
        (await elsewhere.With(Node.OwnerKey).PostAsync($"agendas/{ledger.Slug}/activities/talks/withdrawal", new { reason = "It was another meeting." })).Should(202);
        await VerifiedAsync(elsewhere.With(null));

        async Task VerifiedAsync(Client reader)
        {
            (await reader.GetAsync(last.Position, document)).Should(200).Bytes.ShouldBe(before.Bytes);
            var verification = (await reader.GetAsync($"agendas/{ledger.Slug}/reports/{issued["slug"]}/verification")).Should(200);
            verification.Json["matches"]!.GetValue<bool>().ShouldBeTrue(verification.Text);
            verification["regeneratedDigest"].ShouldBe(issued["digest"]);
        }
    }

    /// <summary>Not the one of the latest day, nor the one of the latest position: the last that was issued.</summary>
    [Fact]
    public async Task is_compared_with_the_one_issued_last_whatever_its_day_and_position()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var reports = new List<Reply>();
        foreach (var (validAt, knownAt) in ((string, string?)[])[("2023-01-31", null), ("2022-12-01", "4"), ("2023-01-15", null), ("2022-12-31", null)])
            reports.Add((await ledger.RecordAsync("reports", new { validAt, knownAt })).Should(201));

        reports.Select(x => (string?)x.Json["previous"]).ShouldBe([null, .. reports.SkipLast(1).Select(x => x["slug"])]);
        var last = (await ledger.GetAsync(reports[^1].Position, $"reports/{reports[^1]["slug"]}.json")).Should(200).Json["previous"]!;
        ((string)last["report"]!, (string)last["validAt"]!).ShouldBe((reports[^2]["slug"], "2023-01-15"));
    }

    [Fact]
    public async Task is_not_served_once_the_record_no_longer_gives_it()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.json")).Should(200);

        // Somebody with the database in hand rewrites what was known; a node that is started then reads it.
        await ledger.Tracker.AskAsync<long>($$"""
            with done as (update {{KnownTables.Commitments.Name}} set title = 'Another visit', body = jsonb_set(body, '{title}', '"Another visit"') where agenda = $1 returning 1)
            select count(*) from done
            """, ledger.Slug);
        await using var started = await ledger.Tracker.AnotherNodeAsync();
        var reader = started.With(null);

        (await reader.GetAsync($"{ledger.Path}/reports/{issued["slug"]}.json")).ShouldRefuse(409, "not-reproducible");
        (await reader.GetAsync($"{ledger.Path}/reports/{issued["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("json", "application/json", "{\"template\":\"report/2\"")]
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
        // What it says never changes; that it was retracted may be news.
        ended.CacheControl.ShouldBe("public, no-cache");
        (await ledger.GetAsync($"reports/{issued["slug"]}.{ending}", ("If-None-Match", ended.ETag!))).Should(304);
    }

    [Fact]
    public async Task makes_each_form_once_and_keeps_it()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        var reports = ledger.Tracker.Node.Services.GetRequiredService<ReportReader>();
        async Task<byte[]> MakeAsync(string form) => await reports.InFormAsync((await reports.MakeAgainAsync(ledger.Slug, issued["slug"], issued.Position, default)).Again!, form);

        foreach (var form in (string[])["application/pdf", "text/html", "text/markdown", "text/csv"])
            (await MakeAsync(form)).ShouldBeSameAs(await MakeAsync(form), form);

        // Once it says that it was issued in error, it is another.
        var before = await MakeAsync("text/markdown");
        var retracted = await ledger.RecordAsync($"reports/{issued["slug"]}/retraction", new { reason = "Of another day." });
        (await ledger.GetAsync(retracted.Position, $"reports/{issued["slug"]}.md")).Should(200).Text.ShouldContain("Of another day.");
        (await MakeAsync("text/markdown")).ShouldNotBe(before);
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

    [Fact]
    public async Task is_of_the_day_of_the_milestone_it_was_asked_for_by_and_is_made_again_by_that()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        foreach (var (slug, name) in ((string, string)[])[("woodside", "Woodside"), ("lima", "Lima")]) await ledger.RecordAsync("milestones", new { slug, name, date = "2022-12-01" });

        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31", since = "lima" });

        (await ledger.GetAsync(issued.Position, "board?validAt=2022-12-12&since=lima")).Should(200)["headline"].ShouldStartWith("In the 11 days since Lima, ");
        (await ledger.GetAsync("board?validAt=2022-12-12&since=2022-12-01")).Should(200)["headline"].ShouldStartWith("In the 11 days since Woodside, ");
        (await ledger.GetAsync($"reports/{issued["slug"]}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"validAt":"2023-02-30"}""", "bad-date", "validAt")]
    [InlineData("""{"validAt":"2022-11-13"}""", "before-baseline", "validAt")]
    [InlineData("""{"knownAt":"yesterday"}""", "bad-instant", "knownAt")]
    [InlineData("""{"knownAt":"2999-01-01T00:00:00Z"}""", "in-future", "knownAt")]
    [InlineData("""{"since":"Never"}""", "bad-since", "since")]
    [InlineData("""{"since":"never"}""", "unknown-milestone", "since")]
    [InlineData("""{"since":"2023-02-01","validAt":"2023-01-31"}""", "since-after-valid-at", "since")]
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

    [Fact]
    public async Task says_first_in_every_form_that_the_record_ended()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-06-30" });
        const string Ends = "This record ends on 12 December 2022.";

        (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.md")).Text.Split('\n')[2].ShouldStartWith($"**{Ends}");
        (await ledger.GetAsync($"reports/{issued["slug"]}.html")).Text.ShouldMatch($"(?s)</h1>\\s*<p class=\"notice\">{Ends}");
        (await ledger.GetAsync($"reports/{issued["slug"]}.pdf")).Should(200);
        var rows = (await ledger.GetAsync($"reports/{issued["slug"]}.csv")).Text.TrimStart('\uFEFF').Split('\n').Select(x => x.TrimEnd('\r').Split(',')).ToArray();
        rows[1][Array.IndexOf(rows[0], "coveredThrough")].ShouldBe("2022-12-12");
        rows[1][Array.IndexOf(rows[0], "current")].ShouldBe("false");
        (await ledger.GetAsync($"reports/{issued["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task is_printed_in_a_terminal_with_where_the_record_ends()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.GetAsync(await ledger.PositionAsync(), "board");

        var report = await TheProgram.RunOnAsync(tracker.ConnectionString, "report", ledger.Slug, "--valid-at", "2023-06-30");
        var board = await TheProgram.RunOnAsync(tracker.ConnectionString, "board", ledger.Slug, "--valid-at", "2023-06-30");

        report.Output.Split('\n')[2].ShouldStartWith("**This record ends on 12 December 2022.", Case.Sensitive, report.Errors);
        var file = Path.Combine(Path.GetTempPath(), $"{ledger.Slug}.PDF");
        (await TheProgram.RunOnAsync(tracker.ConnectionString, "report", ledger.Slug, "--valid-at", "2023-06-30", "--output", file)).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldStartWith("%PDF-", Case.Sensitive, "the file's ending says in which form");
        File.Delete(file);
        board.Output.ShouldContain("\nThis record reaches 12 December 2022 and says nothing of what happened later.\n", Case.Sensitive, board.Errors);
    }

    /// <summary>Between the two nothing of the record changed but how far it was stated to reach, which moves no position of a status's own.</summary>
    [Fact]
    public async Task tells_flags_that_were_raised_though_nothing_but_the_reach_of_the_record_changed()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("letter", dueOn: "2023-02");
        var first = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        await ledger.RecordAsync("coverage", new { through = "2023-03-31", places = new[] { "state.gov" } });
        var second = await ledger.RecordAsync("reports", new { validAt = "2023-03-31" });

        (await ledger.GetAsync(first.Position, $"reports/{first["slug"]}.md")).Text.ShouldContain("Nothing was overdue or stale");
        var document = (await ledger.GetAsync(second.Position, $"reports/{second["slug"]}.json")).Should(200).Json;
        document["overdue"]!.AsArray().Select(x => (string)x!).ShouldBe(["letter"]);
        document["moved"]!.AsArray().ShouldContain(x => (string)x!["commitment"]! == "letter" && (string)x["kind"]! == "flagRaised" && (string)x["flag"]! == "overdue");
        var text = (await ledger.GetAsync($"reports/{second["slug"]}.md")).Text;
        text.ShouldNotContain("No status and no flag has moved");
        text.ShouldContain("The record reached to 12 December 2022 in that report, and to 31 March 2023 in this one.");
        foreach (var report in (Reply[])[first, second]) (await ledger.GetAsync($"reports/{report["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task says_everywhere_that_more_was_on_record_than_it_takes_into_account()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("talks-1");
        var latest = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = $"{last.Position}" })).Should(201);
        var less = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = "3" })).Should(201);
        // That a report was issued since is nothing more of the record.
        var again = (await ledger.RecordAsync("reports", new { validAt = "2023-01-30", knownAt = $"{last.Position}" })).Should(201);

        ((bool)latest.Json["omitsLaterRecordings"]!, (bool)less.Json["omitsLaterRecordings"]!, (bool)again.Json["omitsLaterRecordings"]!).ShouldBe((false, true, false));
        var known = $"As known on {Tracker.Languages.DayWords.Of(DateTimeOffset.Parse(less["knownAt"], System.Globalization.CultureInfo.InvariantCulture))} (position 3)";
        (await ledger.GetAsync(again.Position, $"reports/{less["slug"]}.md")).Should(200).Text.Split('\n')[2].ShouldBe($"**{known}. What was recorded later is not in it.**");
        (await ledger.GetAsync($"reports/{less["slug"]}.html")).Text.ShouldMatch($"(?s)</h1>\\s*<p class=\"notice\">{System.Text.RegularExpressions.Regex.Escape(known)}");
        (await ledger.GetAsync($"reports/{less["slug"]}.pdf")).Should(200);
        (await ledger.GetAsync($"reports/{less["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var report in (Reply[])[latest, again]) (await ledger.GetAsync($"reports/{report["slug"]}.md")).Text.ShouldNotContain("What was recorded later is not in it");
        var page = (await ledger.Tracker.Public.GetAsync($"/agendas/{ledger.Slug}/reports", ("Accept", "text/html"))).Should(200).Text;
        page.Split("without what was recorded later").Length.ShouldBe(2);
        page.Split("the record then ended on ").Length.ShouldBe(2);
        var feed = (await ledger.GetAsync("feed.atom")).Should(200).Text;
        feed.Split($"{known}. What was recorded later is not in it. The record then ended on ").Length.ShouldBe(2);
        feed.Split($"{(string)(await ledger.GetAsync($"reports/{less["slug"]}.json")).Should(200).Json["headline"]!} {known}. ").Length.ShouldBe(2, "it says what the report says");
    }

    [Fact]
    public async Task does_not_take_what_waits_for_a_second_person_for_a_later_recording()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("talks-1");
        (await ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "So." })).Should(202);

        var same = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = $"{last.Position}" })).Should(201);
        await ledger.RecordAsync("milestones", new { slug = "later", name = "Later", date = "2023-01-01" });
        var omits = (await ledger.RecordAsync("reports", new { validAt = "2023-01-30", knownAt = $"{last.Position}" })).Should(201);

        ((bool)same.Json["omitsLaterRecordings"]!, (bool)omits.Json["omitsLaterRecordings"]!).ShouldBe((false, true));
        foreach (var report in (Reply[])[same, omits])
            (await ledger.GetAsync(omits.Position, $"reports/{report["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>Those issued before it are none that it can be compared with, and it does not say that there are none.</summary>
    [Fact]
    public async Task says_why_it_is_compared_with_none_where_others_were_issued_before()
    {
        var ledger = await (await StartAsync()).WithTalksAsync();
        var first = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31" })).Should(201);
        var earlier = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31", knownAt = "3" })).Should(201);
        foreach (var report in (Reply[])[first, earlier]) await ledger.RecordAsync($"reports/{report["slug"]}/retraction", new { reason = "Of the wrong day." });
        var next = (await ledger.RecordAsync("reports", new { validAt = "2023-01-30" })).Should(201);

        ((Reply[])[first, earlier, next]).Select(x => ((string?)x.Json["previous"], x["notComparedBecause"])).ShouldBe([(null, "first"), (null, "othersRestOnLater"), (null, "othersIssuedInError")]);
        (await ledger.GetAsync(next.Position, $"reports/{earlier["slug"]}.md")).Should(200).Text.ShouldContain("rest on recordings made after position 3, which this one leaves out.");
        foreach (var report in (Reply[])[first, earlier, next])
            (await ledger.GetAsync($"reports/{report["slug"]}/verification")).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>What <c>report/2</c> says, for whoever changes it: once released, a report that says more is of another template.</summary>
    [Fact]
    public async Task says_of_Bali_what_the_second_template_says()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var bundle = await File.ReadAllTextAsync(TheContract.Repository("tests", "Tracker.Api.Tests", "Reports", "us-china-bali.report-1.bundle.json"));
        (await tracker.Owner.PostAsync("agendas/us-china-bali/import", bundle.Replace("depth-ladder/1", "depth-ladder/2", StringComparison.Ordinal))).Should(200);

        var issued = (await tracker.Owner.PostAsync("agendas/us-china-bali/reports", new { validAt = "2023-06-30" })).Should(201);

        var said = (await tracker.Public.GetAsync(issued.Position, $"agendas/us-china-bali/reports/{issued["slug"]}.json")).Should(200);
        var committed = TheContract.Repository("tests", "Tracker.Api.Tests", "Reports", "us-china-bali-2023-06-30.report-2.json");
        if (Environment.GetEnvironmentVariable("TRACKER_ACCEPT_BASELINES") == "1") await File.WriteAllBytesAsync(committed, said.Bytes);
        said.Text.ShouldBe(await File.ReadAllTextAsync(committed));
    }

    [Fact]
    public async Task tells_of_many_parties_which_of_them_stand_where()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        string[] codes = ["AA", "BB", "CC", "DD", "EE"];
        (await tracker.Owner.PostAsync("agendas", new
        {
            slug,
            title = "What five said",
            parties = codes.Select(x => new { code = x, name = $"Party {x}" }),
            baseline = new { name = "Bali", date = Given.Baseline },
            codebook = new { review = "none" },
        })).Should(201);
        var ledger = new Ledger(tracker, slug);
        await ledger.SourceAsync();
        await ledger.RecordAsync("commitments", Given.Commitment().With("parties", """["AA","BB","CC","DD","EE"]"""));
        await ledger.ActivityAsync();
        var last = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence());

        var issued = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31" })).Should(201);

        var text = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.md")).Should(200).Text;
        text.ShouldContain("Party AA, Party BB, Party CC, Party DD and Party EE. Counted since");
        text.ShouldContain("### Who stands where on each commitment");
        text.ShouldContain("| **Dialogue only** | Party AA, Party BB |");
        text.ShouldContain("| **Not yet rated** | Party CC, Party DD, Party EE |");
        (await ledger.GetAsync($"reports/{issued["slug"]}.html")).Should(200).Text.ShouldContain("Party AA, Party BB");
        (await ledger.GetAsync($"reports/{issued["slug"]}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        last.Position.ShouldBeLessThan(issued.Position);
    }

    private async Task<Ledger> StartAsync() => await (await postgres.SharedAsync()).OpenAgendaAsync();
}
