using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Feeds;

/// <summary>What is due when, in the calendar of whoever waits for it; read by a parser that is not the writer's.</summary>
public sealed class keeping_a_calendar(PostgresUnderTest postgres, ClientTools tools) : IClassFixture<ClientTools>
{
    private static readonly DateTimeOffset Start = new(2023, 1, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task has_each_due_date_as_a_whole_day_that_moves_is_delivered_and_is_taken_back()
    {
        var clock = new FakeTimeProvider(Start);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("month", dueOn: "2023-02").With("title", "\"会谈, in February; as a \\\"month\\\"\\u0007\""));
        await ledger.RecordAsync("commitments", Given.Commitment("day", dueOn: "2023-03-15"));
        await ledger.RecordAsync("commitments", Given.Commitment("early", dueOn: "2022-12-20"));
        var last = await ledger.RecordAsync("coverage", new { through = "2023-01-09" });

        var events = await EventsAsync(ledger, last.Position);

        events.Keys.ShouldBe(["early", "month", "day"]);
        foreach (var each in events.Values)
        {
            each["isDay"]!.GetValue<bool>().ShouldBeTrue();
            each["free"]!.GetValue<bool>().ShouldBeTrue();
            each["status"]!.GetValue<string>().ShouldBe("CONFIRMED");
        }

        ((string)events["month"]["start"]!).ShouldBe("2023-02-28");
        ((string)events["month"]["end"]!).ShouldBe("2023-03-01");
        ((string)events["month"]["summary"]!).ShouldBe("Due: 会谈, in February; as a \"month\"\uFFFD");
        ((string)events["month"]["description"]!).ShouldStartWith("Due February 2023: it stands on the last day that this can mean.\nStatus on 9 January 2023: not yet rated.\nhttp");
        ((string)events["day"]["start"]!).ShouldBe("2023-03-15");
        ((string)events["early"]["summary"]!).ShouldBe("Overdue on 9 Jan 2023: A visit");
        ((string)events["day"]["stamp"]!).ShouldStartWith("2023-01-10T09:00:0");

        clock.Advance(TimeSpan.FromHours(1));
        await ledger.RecordAsync("commitments/day/corrections", new { dueOn = "2023-04", reason = "The joint statement names a month." });
        await ledger.RecordAsync("commitments/early/withdrawal", new { reason = "It was no promise." });
        await ledger.ActivityAsync("visit-made", "2023-01-09");
        last = await ledger.RecordAsync("commitments/month/evidence", Given.Evidence("e-made", "visit-made", "delivered"));

        var now = await EventsAsync(ledger, last.Position);

        now.Keys.Order().ShouldBe(events.Keys.Order());
        ((string)now["day"]["start"]!).ShouldBe("2023-04-30");
        ((string)now["day"]["stamp"]!).ShouldStartWith("2023-01-10T10:00:0");
        now["day"]["sequence"]!.GetValue<int>().ShouldBeGreaterThan(events["day"]["sequence"]!.GetValue<int>());
        ((string)now["early"]["status"]!).ShouldBe("CANCELLED");
        ((string)now["month"]["summary"]!).ShouldStartWith("Delivered: 会谈");
        ((string)now["month"]["stamp"]!).ShouldStartWith("2023-01-10T10:00:0");
    }

    [Fact]
    public async Task calls_nothing_overdue_after_the_record_ends_and_says_where_it_does()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("month", dueOn: "2023-02"));
        var last = await ledger.RecordAsync("commitments", Given.Commitment("early", dueOn: "2022-12-01"));

        var ended = await EventsAsync(ledger, last.Position);

        ((string)ended["month"]["summary"]!).ShouldBe("Due February 2023, after the record’s end on 12 December 2022: A visit");
        ((string)ended["month"]["description"]!).ShouldStartWith("Due February 2023; the record ends on 12 December 2022. Whether it was done is not on record.\nStatus on 12 December 2022, where the record ends: not yet rated.\nhttp");
        // This one fell due while the record was followed.
        ((string)ended["early"]["summary"]!).ShouldBe("Overdue on 12 Dec 2022, where the record ends: A visit");
        (await ledger.GetAsync("calendar.ics")).Text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain("X-WR-CALDESC:This record reaches 12 December 2022 and says nothing of what happened later.");

        clock.Advance(TimeSpan.FromHours(1));
        last = await ledger.RecordAsync("coverage", new { through = "2023-05-31" });
        var followed = await EventsAsync(ledger, last.Position);

        ((string)followed["month"]["summary"]!).ShouldBe("Overdue on 31 May 2023: A visit");
        ((string)followed["month"]["stamp"]!).ShouldStartWith("2023-06-01T10:00:0");
        foreach (var each in followed.Keys) followed[each]["sequence"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(ended[each]["sequence"]!.GetValue<int>());
        followed["month"]["sequence"]!.GetValue<int>().ShouldBeGreaterThan(ended["month"]["sequence"]!.GetValue<int>());
    }

    /// <summary>The first rule takes every record for one that goes on: nobody checked after its end.</summary>
    [Fact]
    public async Task calls_nothing_overdue_after_the_record_ends_by_the_first_rule_either()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero)));
        var ledger = await (await tracker.OpenAgendaAsync("none", "depth-ladder/1")).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("road", dueOn: "2024-12-31"));
        var last = await ledger.RecordAsync("commitments", Given.Commitment("early", dueOn: "2022-12-01"));

        var events = await EventsAsync(ledger, last.Position);

        ((string)events["road"]["summary"]!).ShouldBe("Due 31 December 2024, after the record’s end on 12 December 2022: A visit");
        ((string)events["early"]["summary"]!).ShouldBe("Overdue on 12 Dec 2022, where the record ends: A visit");
    }

    [Fact]
    public async Task says_of_how_many_parties_what_is_overdue_and_where_it_stands()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, new FakeTimeProvider(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero)));
        var ledger = await Ledger.OfThreeAsync(tracker, dueOn: "2022-12-01");
        var last = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-group", depth: "mechanism", parties: "AA"));

        var visit = (await EventsAsync(ledger, last.Position))["visit"];

        ((string)visit["summary"]!).ShouldBe("Overdue on 12 Dec 2022, where the record ends: A visit; 1 of 3 parties with concrete action");
        ((string)visit["description"]!).ShouldContain("Status on 12 December 2022, where the record ends: concrete action; 1 of 3 parties with concrete action.");
    }

    [Fact]
    public async Task says_of_what_was_delivered_late_that_it_was_and_when()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, new FakeTimeProvider(new DateTimeOffset(2022, 12, 20, 9, 0, 0, TimeSpan.Zero)));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("early", dueOn: "2022-12-01"));
        var last = await ledger.RecordAsync("commitments/early/evidence", Given.Evidence("e-made", depth: "delivered", parties: "AA"));

        var early = (await EventsAsync(ledger, last.Position))["early"];

        ((string)early["summary"]!).ShouldBe("Delivered late, by 1 of 2 parties: A visit");
        ((string)early["description"]!).ShouldStartWith("Due 1 December 2022.\nIt was delivered late, by 12 December 2022.\nStatus on ");
    }

    [Fact]
    public async Task says_of_what_was_delivered_and_taken_back_that_it_was_reversed()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, new FakeTimeProvider(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero)));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("early", dueOn: "2022-12-20"));
        await ledger.ActivityAsync("recall", "2023-01-10");
        await ledger.RecordAsync("commitments/early/evidence", Given.Evidence("e-made", depth: "delivered"));
        var last = await ledger.RecordAsync("commitments/early/evidence", Given.Evidence("e-recalled", "recall", "measure", "undercuts"));

        var early = (await EventsAsync(ledger, last.Position))["early"];

        ((string)early["summary"]!).ShouldBe("Reversed; overdue on 10 Jan 2023, where the record ends: A visit");
    }

    [Fact]
    public async Task is_not_sent_again_to_whoever_has_it()
    {
        var clock = new FakeTimeProvider(Start);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        var last = await ledger.CommitmentAsync(dueOn: "2300");
        var first = (await ledger.GetAsync(last.Position, "calendar.ics")).Should(200);

        first.ContentType.ShouldBe("text/calendar; charset=utf-8");
        first.Header("Last-Modified").ShouldBeNull();
        (await ledger.GetAsync("calendar.ics", ("If-None-Match", first.ETag!))).Should(304);
        clock.Advance(TimeSpan.FromMinutes(2));
        var settled = (await ledger.GetAsync("calendar.ics")).Should(200);
        settled.Bytes.ShouldBe(first.Bytes, "nothing in it is of the moment it was asked for");
        (await ledger.GetAsync("calendar.ics", ("If-Modified-Since", settled.Header("Last-Modified")!))).Should(304);
        (await tracker.Public.GetAsync("agendas/nowhere/calendar.ics")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task has_the_next_reports_of_each_schedule_until_it_is_paused()
    {
        var clock = new FakeTimeProvider(Start);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        var made = await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "Europe/Berlin", formats = new[] { "pdf" }, deliver = Array.Empty<object>() });

        var read = await ReadAsync(ledger, made.Position);

        var urn = await ledger.UrnAsync();
        read.Select(x => (string)x["uid"]!).ShouldBe([.. new[] { "16", "23", "30" }.Select(x => $"{urn}:schedules:weekly:202301{x}T0500Z")]);
        ((string)read[0]["start"]!).ShouldBe("2023-01-16T05:00:00Z");
        read[0]["isDay"]!.GetValue<bool>().ShouldBeFalse();
        ((string)read[0]["stamp"]!).ShouldStartWith("2023-01-10T09:00:0");
        ((string)read[0]["description"]!).ShouldBe("Issued by the schedule weekly.\nThis record reaches 14 November 2022 and says nothing of what happened later.");
        var paused = (await ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/pause", new { })).Should(200);
        (await ReadAsync(ledger, paused.Position)).ShouldBeEmpty();
    }

    [Fact]
    public async Task is_empty_where_nothing_is_due()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();

        (await EventsAsync(ledger, await ledger.PositionAsync())).ShouldBeEmpty();
    }

    /// <summary>The events by their commitments.</summary>
    private async Task<Dictionary<string, JsonNode>> EventsAsync(Ledger ledger, long atLeast)
    {
        var read = await ReadAsync(ledger, atLeast);
        var urn = await ledger.UrnAsync();
        foreach (var each in read) ((string)each["uid"]!).ShouldStartWith($"{urn}:commitments:");
        return read.ToDictionary(x => ((string)x["uid"]!).Split(':')[^2], x => x);
    }

    /// <summary>The events as another library reads them.</summary>
    private async Task<JsonNode[]> ReadAsync(Ledger ledger, long atLeast)
    {
        (await ledger.GetAsync(atLeast, "calendar.ics")).Should(200);
        return [.. JsonNode.Parse(await tools.RunAsync("calendar", ("TRACKER_URL", ledger.Tracker.Node.Address.ToString().TrimEnd('/')), ("TRACKER_AGENDA", ledger.Slug)))!.AsArray().Select(x => x!)];
    }
}
