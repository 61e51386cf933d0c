using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;
using Tracker.Reports.Schedules;

namespace Tracker.Api.Tests.Reports;

/// <summary>A schedule's reports are issued once each: by whichever node, whatever becomes of it, and later where nothing ran.</summary>
public sealed class keeping_a_schedule(PostgresUnderTest postgres)
{
    [Fact]
    public async Task is_told_with_its_next_three_instants_and_addresses_for_publishers_only()
    {
        var clock = At("2023-01-31T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Mail);
        var ledger = await tracker.OpenAgendaAsync();
        var pia = await tracker.AsAsync("pia", Role.Publisher);

        var made = await ledger.CreatesAsync(pia, "pia", "schedules", Weekly() with { deliver = [new { email = "Desk@Example.org" }, new { email = "ana@example.org" }] },
            "schedules/weekly", "schedules/weekly", "schedule_made");

        made.Json["next"]!.AsArray().Select(x => (string)x!).ShouldBe(["2023-02-06T06:00:00.000000Z", "2023-02-13T06:00:00.000000Z", "2023-02-20T06:00:00.000000Z"]);
        made.Json["deliver"]!.AsArray().Select(x => (string?)x!["email"]).ShouldBe(["Desk@Example.org", "ana@example.org"]);
        var read = (await pia.GetAsync(made.Position, $"{ledger.Path}/schedules/weekly")).Should(200);
        read.Text.ShouldBe(made.Text);
        read.Header("Cache-Control").ShouldBe("no-cache, private");
        foreach (var path in (string[])["schedules/weekly", "schedules"])
        {
            var seen = (await ledger.GetAsync(path)).Should(200);
            seen.Text.ShouldNotContain("example.org", Case.Insensitive);
            seen.Text.ShouldContain("\"recipients\":2");
            (await pia.GetAsync($"{ledger.Path}/{path}")).Text.ShouldContain("Desk@Example.org");
        }

        (await ledger.EventsAsync()).ShouldAllBe(x => !x.Body.Contains('@'), "an address can be forgotten: none is in the record");
    }

    [Theory]
    [InlineData("cron", "\"0 6 * *\"", "bad-cron", "cron")]
    [InlineData("cron", "\"0 0 6 * * MON\"", "bad-cron", "cron")]
    [InlineData("cron", "\"0 6 31 2 *\"", "never-occurs", "cron")]
    [InlineData("timeZone", "\"Berlin\"", "bad-time-zone", "timeZone")]
    [InlineData("formats", "[\"docx\"]", "bad-format", "formats[0]")]
    [InlineData("formats", "[\"pdf\",\"pdf\"]", "repeated", "formats[1]")]
    [InlineData("deliver", "[{\"email\":\"nobody\"}]", "bad-email", "deliver[0].email")]
    [InlineData("deliver", "[{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"}]", "bad-email", "deliver[0].email")]
    [InlineData("deliver", "[{\"webhook\":\"nothing\"}]", "unknown-webhook", "deliver[0].webhook")]
    [InlineData("deliver", "[{}]", "bad-delivery", "deliver[0]")]
    [InlineData("deliver", "[{\"email\":\"a@b.example\",\"webhook\":\"x\"}]", "bad-delivery", "deliver[0]")]
    [InlineData("slug", "\"Weekly\"", "bad-slug", "slug")]
    public async Task is_refused_where_it_cannot_be_kept(string member, string json, string code, string field)
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync();
        var recipients = await ledger.Tracker.AskAsync<long>("select count(*) from tracker.recipient");

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/schedules", Weekly().With(member, json)))).ShouldRefuse(422, code, field);

        (await ledger.Tracker.AskAsync<long>("select count(*) from tracker.recipient")).ShouldBe(recipients);
    }

    [Fact]
    public async Task is_refused_on_an_agenda_there_is_not_and_under_a_name_that_is_taken()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync();
        var made = await ledger.RecordAsync("schedules", Weekly());

        var again = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/schedules", Weekly()))).ShouldRefuse(409, "slug-taken");
        again.Location.ShouldBe(made.Location);
        (await ledger.Owner.PostAsync("agendas/no-such-agenda/schedules", Weekly())).ShouldRefuse(404, "not-found");
        foreach (var command in (string[])["pause", "resume", "run"])
            (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/schedules/monthly/{command}", new { }))).ShouldRefuse(404, "not-found");
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/Weekly/pause", new { })).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task is_corrected_paused_and_resumed_and_repeats_are_harmless()
    {
        var clock = At("2023-01-31T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Mail);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly());

        var corrected = await ledger.RecordAsync("schedules/weekly/corrections", new { cron = "0 5 * * MON", deliver = new[] { new { email = "desk@example.org" } }, reason = "Earlier." });
        ((string)corrected.Json["next"]![0]!).ShouldBe("2023-02-06T05:00:00.000000Z");
        corrected.Json["deliver"]!.AsArray().Count.ShouldBe(1);
        corrected.Json["formats"]!.AsArray().Count.ShouldBe(1);
        (await ledger.Owner.PostAsync("agendas/no-such-agenda/schedules", Weekly() with { deliver = [new { email = "a@b.example" }] })).ShouldRefuse(404, "not-found");
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/corrections", new { deliver = new[] { new { email = "a@b.example" }, new { email = "A@B.example" } }, reason = "None." }))
            .ShouldRefuse(422, "repeated", "deliver[1].email");
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/corrections", new { reason = "None." })).ShouldRefuse(422, "nothing-given");
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/corrections", new { cron = "x", reason = "None." })).ShouldRefuse(422, "bad-cron", "cron");

        // Without a body, or with one that says nothing.
        var paused = (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/schedules/weekly/pause", null)).Should(200);
        paused.Json["next"]!.AsArray().ShouldBeEmpty();
        paused.Json["paused"]!.GetValue<bool>().ShouldBeTrue();
        var again = await ledger.RecordAsync("schedules/weekly/pause", new { });
        again.Position.ShouldBe(paused.Position);
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/pause", new { reason = "none" })).ShouldRefuse(400, "unreadable");
        var resumed = await ledger.RecordAsync("schedules/weekly/resume", new { });
        resumed.Json["next"]!.AsArray().Count.ShouldBe(3);
        (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/pause", new { }, ("If-Match", paused.ETag!))).ShouldRefuse(412, "stale-version");
        (await ledger.EventsAsync()).Skip(1).Select(x => x.Type).ShouldBe(["schedule_made", "schedule_corrected", "schedule_paused", "schedule_resumed"]);
    }

    [Fact]
    public async Task issues_once_for_each_instant_whatever_the_number_of_nodes()
    {
        var clock = At("2023-02-03T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        await using var second = await tracker.AnotherNodeAsync(clock);
        await using var third = await tracker.AnotherNodeAsync(clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly() with { cron = "0 6 * * *" });

        foreach (var day in (string[])["2023-02-04", "2023-02-05", "2023-02-06"])
        {
            clock.SetUtcNow(DateTimeOffset.Parse($"{day}T06:00:00Z", null));
            await SeenAsync(ledger, clock, $"{day}-t0600z-weekly");
        }

        foreach (var node in (Node[])[tracker.Node, second, third]) (await DueAsync(node)).ShouldBeTrue();

        var issued = await IssuedAsync(ledger);
        issued.Select(x => x.Slug).ShouldBe(["2023-02-04-t0600z-weekly", "2023-02-05-t0600z-weekly", "2023-02-06-t0600z-weekly"]);
        issued.ShouldAllBe(x => !x.Late && x.Schedule == "weekly");
        issued[1].Previous.ShouldBe("2023-02-04-t0600z-weekly");
        var last = (await ledger.GetAsync("schedules/weekly")).Should(200).Json["last"]!;
        ((string)last["slug"]!).ShouldBe("2023-02-06-t0600z-weekly");
        ((string)last["occurrence"]!).ShouldBe("2023-02-06T06:00:00.000000Z");
        var verification = (await ledger.GetAsync("reports/2023-02-06-t0600z-weekly/verification")).Should(200);
        verification.Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var e in (await ledger.EventsAsync()).Where(x => x.Type == "report_issued"))
            e.By.ShouldBe(await tracker.AskAsync<string>("select id from tracker.principal where issuer = 'tracker' and subject = 'schedules'"));
    }

    [Fact]
    public async Task issues_once_though_nodes_are_cut_off_in_the_middle()
    {
        var clock = At("2023-02-05T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var second = await tracker.AnotherNodeAsync(clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly());
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using (var connection = await database.OpenConnectionAsync())
        await using (var held = await connection.BeginTransactionAsync())
        {
            // Both have made the report and wait for the agenda's line.
            await using (var hold = new NpgsqlCommand($"select from tracker.agenda_line where agenda = '{ledger.Slug}' for update", connection, held)) await hold.ExecuteNonQueryAsync();
            clock.SetUtcNow(DateTimeOffset.Parse("2023-02-06T06:00:00Z", null));
            const string Waiting = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%agenda_line%'";
            await UntilAsync(clock, async () => await tracker.AskAsync<long>($"select count(*) from ({Waiting}) x") >= 2, "nobody issues the report");

            // One node is lost in the middle, and the other loses its connection.
            await tracker.AskAsync<long>($"select count(pg_terminate_backend(pid)) from ({Waiting}) x");
            await second.DisposeAsync();
            await held.RollbackAsync();
        }

        await SeenAsync(ledger, clock, "2023-02-06-t0600z-weekly");
        await using var third = await tracker.AnotherNodeAsync(clock);
        (await DueAsync(third)).ShouldBeTrue();
        (await IssuedAsync(ledger)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task makes_up_for_what_was_missed_in_order_late_and_as_it_was_then()
    {
        var clock = At("2023-02-03T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("schedules", Weekly() with { cron = "0 6 * * *" });
        clock.SetUtcNow(DateTimeOffset.Parse("2023-02-04T06:00:00Z", null));
        await SeenAsync(ledger, clock, "2023-02-04-t0600z-weekly");
        clock.SetUtcNow(DateTimeOffset.Parse("2023-02-04T08:00:00Z", null));
        var known = await ledger.AcceptedAsync("talks-1");

        await tracker.RestartAsync(() => { clock.SetUtcNow(DateTimeOffset.Parse("2023-02-07T09:00:00Z", null)); return Task.CompletedTask; });
        ledger = new Ledger(tracker, ledger.Slug);
        await SeenAsync(ledger, clock, "2023-02-07-t0600z-weekly");

        var issued = await IssuedAsync(ledger);
        issued.Select(x => (x.Slug, x.Late)).ShouldBe([
            ("2023-02-04-t0600z-weekly", false), ("2023-02-05-t0600z-weekly", true), ("2023-02-06-t0600z-weekly", true), ("2023-02-07-t0600z-weekly", true)]);
        issued.Select(x => x.ValidAt).ShouldBe(["2023-02-04", "2023-02-05", "2023-02-06", "2023-02-07"]);
        issued[0].Position.ShouldBeLessThan(known.Position);
        issued.Skip(1).ShouldAllBe(x => x.Position == known.Position, "nothing was recorded while nothing ran");
        issued.Skip(1).Select(x => x.Previous).ShouldBe(issued.SkipLast(1).Select(x => x.Slug));
        (await ledger.GetAsync("reports/2023-02-05-t0600z-weekly.json")).Should(200).Json["moved"]!.AsArray().ShouldNotBeEmpty();
        (await ledger.GetAsync("reports/2023-02-06-t0600z-weekly.json")).Should(200).Json["moved"]!.AsArray().ShouldBeEmpty();
        foreach (var report in issued)
            (await ledger.GetAsync($"reports/{report.Slug}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue(report.Slug);
    }

    [Fact]
    public async Task is_kept_by_no_command_that_reads()
    {
        // The program goes by the real clock, at which much is due.
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, At("2023-02-03T12:00:00Z"));
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly());

        (await TheProgram.RunOnAsync(tracker.ConnectionString, "board", ledger.Slug)).ExitCode.ShouldBe(0);

        (await IssuedAsync(ledger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task passes_over_all_but_the_latest_of_very_many_that_were_missed()
    {
        var clock = At("2023-02-03T12:00:30Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly() with { cron = "* * * * *" });

        await tracker.RestartAsync(() => { clock.SetUtcNow(DateTimeOffset.Parse("2023-02-03T14:00:30Z", null)); return Task.CompletedTask; });
        ledger = new Ledger(tracker, ledger.Slug);
        await SeenAsync(ledger, clock, "2023-02-03-t1400z-weekly");

        var issued = (await IssuedAsync(ledger)).Where(x => string.CompareOrdinal(x.Slug, "2023-02-03-t1401") < 0).ToArray();
        issued.Length.ShouldBe(50);
        issued[0].Slug.ShouldBe("2023-02-03-t1311z-weekly");
        var first = (await ledger.GetAsync("reports?limit=1")).Should(200).Json["items"]![0]!;
        ((string)first["slug"]!).ShouldBe(issued[0].Slug);
        first["passedOver"]!.GetValue<int>().ShouldBe(70);
        (await ledger.EventsAsync()).Count(x => x.Type == "occurrences_passed_over").ShouldBe(1);
    }

    [Fact]
    public async Task owes_nothing_of_the_time_it_was_paused_or_was_not_there()
    {
        var clock = At("2023-02-03T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly() with { cron = "0 6 * * *" });
        await ledger.RecordAsync("schedules/weekly/pause", new { });

        clock.Advance(TimeSpan.FromDays(3));
        (await DueAsync(tracker.Node)).ShouldBeTrue();
        var resumed = await ledger.RecordAsync("schedules/weekly/resume", new { });
        await ledger.GetAsync(resumed.Position, "schedules/weekly");
        (await DueAsync(tracker.Node)).ShouldBeTrue();
        (await IssuedAsync(ledger)).ShouldBeEmpty();

        clock.SetUtcNow(DateTimeOffset.Parse("2023-02-07T06:00:00Z", null));
        await SeenAsync(ledger, clock, "2023-02-07-t0600z-weekly");
        (await IssuedAsync(ledger)).Single().Late.ShouldBeFalse();
    }

    [Fact]
    public async Task runs_when_it_is_told_to()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly());
        await ledger.RecordAsync("schedules/weekly/pause", new { });

        var ran = (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/schedules/weekly/run", null)).Should(201);

        ran["schedule"].ShouldBe("weekly");
        ran.Json["occurrence"].ShouldBeNull();
        ran["slug"].ShouldEndWith("-p3-weekly");
        ran.Location.ShouldBe($"/api/v1/{ledger.Path}/reports/{ran["slug"]}");
        (await ledger.GetAsync(ran.Position, $"reports/{ran["slug"]}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        ((string)(await ledger.GetAsync("schedules/weekly")).Json["last"]!["slug"]!).ShouldBe(ran["slug"]);
        // The same once more is another report: the first is one of the recordings it rests on.
        (await ledger.RecordAsync("schedules/weekly/run", new { }))["previous"].ShouldBe(ran["slug"]);
    }

    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2023-03-25T12:00Z", "2023-03-26T01:00Z 2023-03-27T00:30Z")]
    [InlineData("America/New_York", "30 2 * * *", "2023-03-11T12:00Z", "2023-03-12T07:00Z 2023-03-13T06:30Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2023-10-28T12:00Z", "2023-10-29T00:30Z 2023-10-30T01:30Z")]
    [InlineData("America/New_York", "30 1 * * *", "2023-11-04T12:00Z", "2023-11-05T05:30Z 2023-11-06T06:30Z")]
    public async Task issues_once_in_the_nights_in_which_clocks_are_changed(string zone, string cron, string from, string expected)
    {
        var clock = At(from);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", Weekly() with { cron = cron, timeZone = zone });

        // By half hours, as the nights go.
        var instants = expected.Split(' ').Select(x => DateTimeOffset.Parse(x, null)).ToArray();
        while (clock.GetUtcNow() < instants[^1])
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            if (instants.Contains(clock.GetUtcNow())) await SeenAsync(ledger, clock, ScheduledName.Of(clock.GetUtcNow(), "weekly"), nudge: false);
        }

        (await DueAsync(tracker.Node)).ShouldBeTrue();
        (await IssuedAsync(ledger)).Select(x => x.Slug).ShouldBe(instants.Select(x => ScheduledName.Of(x, "weekly")));
    }

    [Fact]
    public async Task is_refused_by_mail_where_no_mail_is_set_up_and_not_by_webhook()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync();
        var recipients = await ledger.Tracker.AskAsync<long>("select count(*) from tracker.recipient");

        var refused = (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/schedules", Weekly() with { deliver = [new { email = "desk@example.org" }] })))
            .ShouldRefuse(422, "mail-not-set-up", "deliver[0].email");

        refused.Text.ShouldContain("Tracker:Mail:Host");
        (await ledger.Tracker.AskAsync<long>("select count(*) from tracker.recipient")).ShouldBe(recipients, "an address that nothing is sent to is not kept");
        var webhook = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = "https://receiver.invalid/hook", events = Array.Empty<string>() })).Should(201)["id"];
        await ledger.RecordAsync("schedules", Weekly() with { deliver = [new { webhook }] });
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/corrections", new { deliver = new[] { new { email = "desk@example.org" } }, reason = "To the desk." })))
            .ShouldRefuse(422, "mail-not-set-up", "deliver[0].email");
    }

    [Fact]
    public async Task warns_its_publisher_alone_where_no_mail_is_set_up_any_more()
    {
        var clock = At("2022-11-20T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Mail);
        var slug = (await tracker.OpenAgendaAsync()).Slug;
        var made = await new Ledger(tracker, slug).RecordAsync("schedules", Weekly() with { deliver = [new { email = "desk@example.org" }] });
        made.Json["warning"].ShouldBeNull();

        await tracker.RestartAsync();

        var ledger = new Ledger(tracker, slug);
        var shown = (await ledger.Owner.GetAsync(made.Position, $"{ledger.Path}/schedules/weekly")).Should(200);
        ((string?)shown.Json["warning"]).ShouldBe("No mail is sent: 'Tracker:Mail:Host' is not set.");
        (await ledger.GetAsync("schedules/weekly")).Json["warning"].ShouldBeNull();
    }

    [Fact]
    public async Task goes_on_for_a_record_that_is_no_longer_followed_and_warns_its_publisher()
    {
        var clock = At("2023-02-03T12:00:00Z");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var pia = await tracker.AsAsync("pia", Role.Publisher);

        var made = (await pia.PostAsync($"{ledger.Path}/schedules", Weekly())).Should(201);

        const string Warning = "The record of this agenda ends on 12 December 2022 and is no longer current";
        ((string?)made.Json["warning"]).ShouldNotBeNull().ShouldStartWith(Warning);
        ((string?)(await pia.GetAsync(made.Position, $"{ledger.Path}/schedules/weekly")).Json["warning"]).ShouldNotBeNull().ShouldStartWith(Warning);
        (await ledger.GetAsync("schedules/weekly")).Json["warning"].ShouldBeNull("readers are told by the reports themselves");
        (await pia.GetAsync($"/{ledger.Path}/reports", ("Accept", "text/html"))).Text.ShouldContain(Warning);
        (await tracker.Public.GetAsync($"/{ledger.Path}/reports", ("Accept", "text/html"))).Text.ShouldNotContain(Warning);

        clock.SetUtcNow(DateTimeOffset.Parse("2023-02-06T06:00:00Z", null));
        await SeenAsync(ledger, clock, "2023-02-06-t0600z-weekly");
        (await ledger.GetAsync("reports/2023-02-06-t0600z-weekly.md")).Should(200).Text.Split('\n')[2].ShouldStartWith("**This record ends on 12 December 2022.");
        var listed = (await ledger.GetAsync("reports")).Should(200).Json["items"]![0]!;
        ((bool)listed["current"]!, (string)listed["coveredThrough"]!).ShouldBe((false, "2022-12-12"));
        (await tracker.Public.GetAsync($"/{ledger.Path}/reports", ("Accept", "text/html"))).Text.ShouldContain("the record ends on 12 December 2022");

        var stated = await ledger.RecordAsync("coverage", new { through = "2023-02-06" });
        (await pia.GetAsync(stated.Position, $"{ledger.Path}/schedules/weekly")).Json["warning"].ShouldBeNull();
    }

    private static readonly string[] Mail = ["--Tracker:Mail:Host=127.0.0.1", "--Tracker:Mail:Port=9", "--Tracker:Mail:Security=none", "--Tracker:Mail:From=Tracker <reports@tracker.example>"];

    private static FakeTimeProvider At(string instant) => new(DateTimeOffset.Parse(instant, null));

    private static Made Weekly() => new("weekly", "0 6 * * MON", "UTC", ["pdf"], []);

    private sealed record Made(string slug, string cron, string timeZone, string[] formats, object[] deliver);

    private static async Task<Issued[]> IssuedAsync(Ledger ledger) =>
        [.. (await ledger.EventsAsync()).Where(x => x.Type == "report_issued").Select(x => (x.Stream, Body: JsonNode.Parse(x.Body)!)).Select(x => new Issued(
            x.Stream.Split('/')[2], (bool)x.Body["late"]!, (string?)x.Body["schedule"], (string)x.Body["validAt"]!, (long)x.Body["position"]!, (string?)x.Body["previous"]))];

    private sealed record Issued(string Slug, bool Late, string? Schedule, string ValidAt, long Position, string? Previous);

    /// <summary>Waits for a report to be there; the clock goes on a little meanwhile, as clocks do.</summary>
    private static async Task SeenAsync(Ledger ledger, FakeTimeProvider clock, string slug, bool nudge = true)
    {
        await UntilAsync(nudge ? clock : null, async () => (await IssuedAsync(ledger)).Any(x => x.Slug == slug), $"{slug} is not issued");
        (await ledger.GetAsync(await ledger.PositionAsync(), $"reports/{slug}.csv")).Should(200);
    }

    private static async Task UntilAsync(FakeTimeProvider? clock, Func<Task<bool>> so, string otherwise)
    {
        for (var i = 1; i < 2_400; i++)
        {
            if (await so()) return;
            await Task.Delay(50);
            if (i % 40 == 0) clock?.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Fail(otherwise);
    }

    /// <summary>What is due is issued now and not some time soon.</summary>
    private static async Task<bool> DueAsync(Node node)
    {
        var by = new Caller(await node.Services.GetRequiredService<Tracker.Access.Principals>().OfAsync("tracker", "schedules", default), []);
        return (await node.Services.GetRequiredService<Timetable>().IssueDueAsync(by, default)).All;
    }
}
