using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Feeds;

/// <summary>What changed and what was reported, for whoever follows an agenda with a feed reader.</summary>
public sealed class following_by_feed(PostgresUnderTest postgres, ClientTools tools) : IClassFixture<ClientTools>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task tells_changes_corrections_and_reports_the_newest_first_and_each_under_a_lasting_id()
    {
        var ledger = await AtWorkAsync();
        var accepted = await ledger.AcceptedAsync("e-talks");
        await ledger.RecordAsync("activities/talks/corrections", new { title = "Talks", reason = "It was misspelt." });
        var report = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });

        var feed = await FeedAsync(ledger, report.Position);

        var entries = feed.Elements(Atom + "entry").ToArray();
        entries.Select(TermOf).ShouldBe(["report", "corrected", .. Enumerable.Repeat("statusChanged", entries.Length - 2)]);
        Value(entries[0], "id").ShouldBe($"{await ledger.UrnAsync()}:reports:{report["slug"]}");
        Value(entries[0], "title").ShouldBe("Status report, 31 January 2023 (record to 12 December 2022)");
        Value(entries[0], "summary").ShouldStartWith($"{(await ledger.GetAsync($"reports/{report["slug"]}.json")).Should(200).Json["headline"]} ");
        entries[0].Elements(Atom + "link").Select(x => x.Attribute("type")!.Value).ShouldBe(["text/html", "application/json", "text/markdown", "application/pdf", "text/csv"]);
        Value(entries[1], "title").ShouldContain("It was misspelt.");
        var urn = await ledger.UrnAsync();
        var moved = entries.First(x => Value(x, "id").StartsWith($"{urn}:changes:{accepted.Position}.", StringComparison.Ordinal));
        Value(moved, "title").ShouldContain("dialogue only");
        Instants(entries).ShouldBe(Instants(entries).OrderDescending());
        // What was recorded within a second too falls from recording to recording.
        entries.Where(x => Value(x, "id").Contains(":changes:", StringComparison.Ordinal)).GroupBy(x => Value(x, "id").Split(':')[^1].Split('.')[0])
            .Select(x => Instants([.. x]).Distinct().ShouldHaveSingleItem()).ShouldBeUnique();
        Value(feed, "updated").ShouldBe(Value(entries[0], "updated"));

        // Each leads to the page as it was then, no later than the record reaches, and the page is there.
        var page = moved.Element(Atom + "link")!.Attribute("href")!.Value;
        page.ShouldEndWith($"/{ledger.Path}/commitments/visit?validAt=2022-12-12&knownAt={accepted.Position}");
        (await ledger.Tracker.Public.GetAsync(new Uri(page).PathAndQuery)).Should(200);
        (await ledger.Tracker.Public.GetAsync(new Uri(entries[0].Element(Atom + "link")!.Attribute("href")!.Value).PathAndQuery)).Should(200);
        // Told later, it is told after what was there, which stays as it was.
        var later = await ledger.AcceptedAsync("e-group", depth: "mechanism");
        (await FeedAsync(ledger, later.Position)).Elements(Atom + "entry").TakeLast(entries.Length).Select(x => x.ToString()).ShouldBe(entries.Select(x => x.ToString()));
    }

    [Fact]
    public async Task tells_how_far_the_record_reaches_which_concerns_no_thing_of_it()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });

        var entry = (await FeedAsync(ledger, stated.Position)).Elements(Atom + "entry").ShouldHaveSingleItem();

        TermOf(entry).ShouldBe("covered");
        Value(entry, "title").ShouldBe("The record now reaches 1 March 2023.");
    }

    [Fact]
    public async Task never_takes_the_act_of_one_of_three_parties_for_the_act_of_all()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        (await tracker.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug).With("parties", """[{"code":"AA","name":"Alfa"},{"code":"BB","name":"Bravo"},{"code":"CC","name":"Charlie"}]"""))).Should(201);
        await ledger.SourceAsync();
        await ledger.RecordAsync("commitments", Given.Commitment().With("parties", """["AA","BB","CC"]"""));
        await ledger.ActivityAsync();
        await ledger.RecordAsync("commitments/visit/searches", Given.Search("2022-12-20"));

        var words = await AcceptedOfAsync("e-words", "words", "AA");
        Title(await FeedAsync(ledger, words.Position), words).ShouldStartWith("A visit, Alfa and overall (the status of 1 of 3 parties changed): none found (searched through 20 December 2022) → words only, by 1 of 3 parties, effective 12 December 2022, recorded late on ");
        Title(await FeedAsync(ledger, words.Position), words).ShouldEndWith("; 0 of 3 parties with concrete action; the record then reached 20 December 2022.");

        // Overall it moves from elsewhere than the party does.
        var group = await AcceptedOfAsync("e-group", "mechanism", "BB");
        Title(await FeedAsync(ledger, group.Position), group).ShouldStartWith("A visit, overall: words only → concrete action, effective 12 December 2022, recorded late on ");
        Title(await FeedAsync(ledger, group.Position), group).ShouldContain("; 1 of 3 parties with concrete action.");
        Title(await FeedAsync(ledger, group.Position), group).ShouldEndWith("; the record then reached 20 December 2022.");

        async Task<Reply> AcceptedOfAsync(string key, string depth, string party)
        {
            await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence(key, depth: depth, parties: party));
            return (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/{key}/review", Given.Review())).Should(200);
        }

        string Title(XElement feed, Reply recording) =>
            Value(feed.Elements(Atom + "entry").Single(x => Value(x, "id").Contains($":changes:{recording.Position}.", StringComparison.Ordinal)), "title");
    }

    [Fact]
    public async Task says_from_which_day_what_a_correction_moved_counts_and_that_the_codebook_moved_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2022, 12, 20, 9, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await Ledger.OfThreeAsync(tracker);
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-talks", parties: "AA"));
        clock.SetUtcNow(new DateTimeOffset(2023, 1, 10, 9, 0, 0, TimeSpan.Zero));

        var moved = await ledger.RecordAsync("corrections", new { codebook = new { bar = "contact" }, reason = "Contact is enough." });
        var (about, visit) = (Entry(await FeedAsync(ledger, moved.Position), $"{moved.Position}.1"), Entry(await FeedAsync(ledger, moved.Position), $"{moved.Position}.2"));
        Value(about, "summary").ShouldBe("Corrected. Recorded 10 January 2023. Bar: Mechanism → Contact.");
        Value(visit, "summary").ShouldBe("Status changed, after the codebook was corrected. Recorded 10 January 2023; so, as the record now stands, from 12 December 2022.");
        Value(visit, "title").ShouldBe("A visit, Alfa and overall (the status of 1 of 3 parties changed): dialogue only → concrete action, after the codebook was corrected; by it, so from 12 December 2022; 1 of 3 parties with concrete action.");

        var retracted = await ledger.RecordAsync("evidence/e-talks/retraction", new { reason = "They never met." });
        var entry = Entry(await FeedAsync(ledger, retracted.Position), $"{retracted.Position}.1");
        Value(entry, "title").ShouldStartWith("A visit: the evidence on “Talks in Langfang” was withdrawn: They never met. A visit, Alfa and overall (the status of 1 of 3 parties changed): concrete action → not yet rated, by a correction recorded on 10 January 2023; as the record now stands, so from 14 November 2022");
        Value(entry, "summary").ShouldBe("Withdrawn, Status changed. Recorded 10 January 2023; so, as the record now stands, from 14 November 2022.");

        var searched = await ledger.RecordAsync("commitments/visit/searches", Given.Search("2023-01-09"));
        Value(Entry(await FeedAsync(ledger, searched.Position), $"{searched.Position}.1"), "title").ShouldContain("not yet rated → none found (searched through 9 January 2023), effective 9 January 2023");

        // What is overdue says where the record ended, once nobody looks any more; and the page says what the feed says.
        await ledger.RecordAsync("commitments/visit/corrections", new { dueOn = "2023-01-05", reason = "The letter names a day." });
        clock.SetUtcNow(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero));
        var last = await ledger.RecordAsync("sources/readout/corrections", new { title = "Readout", reason = "A slip." });
        var feed = await FeedAsync(ledger, last.Position);
        var overdue = feed.Elements(Atom + "entry").Single(x => x.Elements(Atom + "category").Any(y => y.Attribute("term")!.Value == "becameOverdue"));
        Value(overdue, "title").ShouldContain("overdue as the record reached 9 January 2023 (due 5 January 2023)");
        Value(overdue, "summary").ShouldBe("Corrected, Became overdue. Recorded 10 January 2023; so, as the record now stands, from 9 January 2023. The record then reached 9 January 2023. Due: nothing → 5 January 2023.");
        var page = System.Net.WebUtility.HtmlDecode((await tracker.Public.GetAsync($"/{ledger.Path}/changes", ("Accept", "text/html"))).Should(200).Text);
        page.ShouldNotContain("Holds from");
        foreach (var told in feed.Elements(Atom + "entry")) page.ShouldContain(Value(told, "title").Replace("A visit", "", StringComparison.Ordinal).Split("A visit")[0][..20]);
        page.ShouldContain("Recorded 10 January 2023; so, as the record now stands, from 9 January 2023. The record then reached 9 January 2023.");
        page.ShouldContain("1 of 3 parties with concrete action");
        page.ShouldContain("after the codebook was corrected");

        static XElement Entry(XElement feed, string change) => feed.Elements(Atom + "entry").Single(x => Value(x, "id").EndsWith($":changes:{change}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_as_new_as_the_newest_that_it_tells_and_no_newer_for_what_it_does_not()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 1, 9, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        clock.Advance(TimeSpan.FromHours(1));
        var untold = await ledger.SourceAsync();
        Value(await FeedAsync(ledger, untold.Position), "updated").ShouldBe("2023-02-01T09:00:00Z", "it has nothing to tell since it was opened");

        clock.Advance(TimeSpan.FromHours(1));
        await ledger.CommitmentAsync();
        clock.Advance(TimeSpan.FromHours(1));
        untold = await ledger.SourceAsync("another");
        var feed = await FeedAsync(ledger, untold.Position);
        Value(feed.Elements(Atom + "entry").Single(), "updated").ShouldBe("2023-02-01T11:00:00Z");
        Value(feed, "updated").ShouldBe("2023-02-01T11:00:00Z");
        (await ledger.GetAsync("feed.atom")).Header("Last-Modified").ShouldBe("Wed, 01 Feb 2023 11:00:00 GMT");
        (await ledger.GetAsync("feed.atom", ("If-Modified-Since", "Wed, 01 Feb 2023 11:00:00 GMT"))).Should(304);
    }

    [Fact]
    public async Task is_the_same_after_a_restart_and_shares_no_id_with_an_agenda_of_the_same_name_elsewhere()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var elsewhere = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("dated", dueOn: "2023-03-15");
        await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        var last = await ledger.AcceptedAsync("e-talks");
        (await elsewhere.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug, "second"))).Should(201);
        var other = await new Ledger(elsewhere, ledger.Slug).WithTalksAsync();
        await other.CommitmentAsync("dated", dueOn: "2023-03-15");
        var otherLast = await other.AcceptedAsync("e-talks");

        foreach (var path in (string[])["feed.atom", "calendar.ics"])
        {
            var (before, address) = ((await ledger.GetAsync(last.Position, path)).Should(200).Text, tracker.Node.Address);
            var theirs = (await other.GetAsync(otherLast.Position, path)).Should(200).Text;
            IdsIn(before).ShouldNotBeEmpty();
            IdsIn(before).Intersect(IdsIn(theirs)).ShouldBeEmpty();

            await tracker.RestartAsync();

            // It listens elsewhere now; all else is as it was.
            var after = (await new Ledger(tracker, ledger.Slug).GetAsync(last.Position, path)).Should(200).Text;
            Unfolded(after).Replace(tracker.Node.Address.ToString(), address.ToString(), StringComparison.Ordinal).ShouldBe(Unfolded(before));
        }

        static string Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);

        static string[] IdsIn(string text) => [.. System.Text.RegularExpressions.Regex.Matches(Unfolded(text), @"(?<=<id>|UID:)urn:[^<\s]+").Select(x => x.Value)];
    }

    [Fact]
    public async Task is_atom_by_its_schema_whatever_the_record_holds()
    {
        var ledger = await AtWorkAsync();
        var odd = await ledger.RecordAsync("activities/talks/corrections", new { title = "<i>会谈</i> & \u0001 \uFFFE ]]> \U0001F680", reason = "\u0008 &amp; <script>" });

        var feed = await FeedAsync(ledger, odd.Position);

        Value(feed.Element(Atom + "entry")!, "title").ShouldContain("“<i>会谈</i> & \uFFFD \uFFFD ]]> \U0001F680”");
        // An empty one is one as well.
        var empty = await (await postgres.SharedAsync()).OpenAgendaAsync();
        (await FeedAsync(empty, 1)).Elements(Atom + "entry").ShouldBeEmpty();
    }

    [Fact]
    public async Task is_parted_where_it_is_long_and_read_whole_by_a_reader_that_knows_only_Atom()
    {
        const int Many = 110;
        var ledger = new Ledger(await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, activities: 0);
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        Reply last = null!;
        for (var i = 0; i < Many; i++) await ledger.RecordAsync("commitments", Given.Commitment($"promise-{i:D3}"));
        for (var i = 0; i < 3; i++) last = await ledger.RecordAsync("reports", new { validAt = $"2023-01-{i + 1:D2}" });
        var first = await FeedAsync(ledger, last.Position);
        first.Elements(Atom + "entry").Count().ShouldBe(100);
        first.Elements(Atom + "link").ShouldContain(x => x.Attribute("rel")!.Value == "next");

        var read = JsonNode.Parse(await tools.RunAsync("feed", ("TRACKER_URL", ledger.Tracker.Node.Address.ToString().TrimEnd('/')), ("TRACKER_AGENDA", ledger.Slug)))!.AsArray();

        read.Count.ShouldBe(Many + 3 + 1, "the import is told once");
        read.Take(3).ShouldAllBe(x => ((string)x!).Contains(":reports:"));
    }

    /// <summary>Of so many changes that one part of the feed cannot read all of the import before.</summary>
    [Fact]
    public async Task tells_a_large_import_of_one_kind_once_and_skips_none_for_an_older_report()
    {
        const int Many = 1_200;
        var ledger = new Ledger(await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, activities: 0);
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        await ledger.RecordAsync("reports", new { validAt = "2023-01-01" });
        Reply last = null!;
        foreach (var part in (string[])["early", "later"])
        {
            bundle["commitments"] = new JsonArray([.. Enumerable.Range(0, Many).Select(x => (JsonNode)Given.Commitment($"{part}-{x:D3}").Json())]);
            last = (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        }

        await FeedAsync(ledger, last.Position);
        var read = JsonNode.Parse(await tools.RunAsync("feed", ("TRACKER_URL", ledger.Tracker.Node.Address.ToString().TrimEnd('/')), ("TRACKER_AGENDA", ledger.Slug)))!.AsArray();

        read.Count.ShouldBe(4, "three imports and a report");
    }

    [Fact]
    public async Task is_not_sent_again_to_whoever_has_it_by_its_tag_or_by_its_date()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 1, 9, 0, 0, 500, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var fresh = (await ledger.GetAsync(await ledger.PositionAsync(), "feed.atom")).Should(200);
        // More may be told within the second that a date can name.
        fresh.Header("Last-Modified").ShouldBeNull();
        (await ledger.GetAsync("feed.atom", ("If-None-Match", fresh.ETag!))).Should(304);

        clock.Advance(TimeSpan.FromMinutes(2));
        var settled = (await ledger.GetAsync("feed.atom")).Should(200);
        settled.Header("Last-Modified").ShouldBe("Wed, 01 Feb 2023 09:00:00 GMT");
        settled.ETag.ShouldBe(fresh.ETag);
        (await ledger.GetAsync("feed.atom", ("If-Modified-Since", "Wed, 01 Feb 2023 09:00:00 GMT"))).Should(304).Bytes.ShouldBeEmpty();
        (await ledger.GetAsync("feed.atom", ("If-Modified-Since", "Wed, 01 Feb 2023 08:59:59 GMT"))).Should(200);
        (await ledger.GetAsync("feed.atom", ("If-Modified-Since", "yesterday"))).Should(200);
        (await ledger.GetAsync("feed.atom", ("If-Modified-Since", "Wed, 01 Feb 2023 09:00:00 GMT"), ("If-None-Match", "\"another\""))).Should(200);

        var moved = await ledger.AcceptedAsync("e-talks");
        (await ledger.GetAsync(moved.Position, "feed.atom", ("If-None-Match", settled.ETag!))).Should(200);
    }

    [Fact]
    public async Task says_where_the_commitments_stand_and_where_the_record_ends()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2022, 12, 20, 9, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-talks");

        Value(await FeedAsync(ledger, last.Position), "subtitle").ShouldBe("In the 28 days since Bali, to 12 December 2022, 0 of 1 commitment has seen concrete action; 1 has seen talks only.");
        clock.Advance(TimeSpan.FromDays(1));
        (await ledger.GetAsync("feed.atom")).Should(200).Header("Last-Modified").ShouldBe("Wed, 21 Dec 2022 00:00:00 GMT", "its sentence counts the days of a record that is followed");

        clock.SetUtcNow(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero));
        var report = await ledger.RecordAsync("reports", new { });
        var feed = await FeedAsync(ledger, report.Position);

        Value(feed, "subtitle").ShouldBe("In the 28 days from Bali to 12 December 2022, where this record ends, 0 of 1 commitment saw concrete action; 1 saw talks only. "
            + "This record reaches 12 December 2022 and says nothing of what happened later.");
        Value(feed.Elements(Atom + "entry").First(x => TermOf(x) == "report"), "summary").ShouldStartWith(
            "In the 28 days from Bali to 12 December 2022, where this record ends, 0 of 1 commitment saw concrete action; 1 saw talks only. The record ends on 12 December 2022. ");
    }

    [Fact]
    public async Task takes_no_day_and_refuses_what_is_no_place()
    {
        var ledger = await AtWorkAsync();
        var plain = (await ledger.GetAsync(await ledger.PositionAsync(), "feed.atom")).Should(200);

        foreach (var day in (string[])["validAt=2022-11-14", "knownAt=1", "since=2023-01-01"])
            (await ledger.GetAsync($"feed.atom?{day}")).ShouldRefuse(400, "unreadable", day.Split('=')[0]);
        plain.CacheControl.ShouldBe("public, no-cache", "what no day fixes is not kept for ever");
        (await ledger.GetAsync("feed.atom?before=x")).ShouldRefuse(400, "unreadable", "before");
        (await ledger.GetAsync("feed.atom?atLeast=x")).ShouldRefuse(400, "unreadable", "atLeast");
        (await ledger.Tracker.Public.GetAsync("agendas/nowhere/feed.atom")).ShouldRefuse(404, "not-found");
        (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}/changes", ("Accept", "text/html"))).Text.ShouldContain($"href=\"/api/v1/{ledger.Path}/feed.atom\"");
    }

    /// <summary>The feed, seen to be what its schema says.</summary>
    private static async Task<XElement> FeedAsync(Ledger ledger, long atLeast)
    {
        var reply = (await ledger.GetAsync(atLeast, "feed.atom")).Should(200);
        reply.ContentType.ShouldBe("application/atom+xml; charset=utf-8");
        await ShouldBeAtomAsync(reply.Bytes);
        return XDocument.Parse(reply.Text).Root!;
    }

    private static async Task ShouldBeAtomAsync(byte[] feed)
    {
        if (ExternalProgram.OnPath("xmllint") is not { } xmllint)
        {
            Environment.GetEnvironmentVariable("CI").ShouldBeNullOrEmpty("xmllint is not installed");
            return;
        }

        var file = Path.Combine(Path.GetTempPath(), $"tracker-feed-{Guid.CreateVersion7():N}.xml");
        await File.WriteAllBytesAsync(file, feed);
        try
        {
            var ended = await ExternalProgram.RunAsync(
                xmllint, ["--noout", "--nonet", "--relaxng", TheContract.Repository("tests", "Tracker.Api.Tests", "Feeds", "atom.rng"), file], TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            ended.Well.ShouldBeTrue(ended.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<Ledger> AtWorkAsync() => await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();

    private static string Value(XElement of, string name) => of.Element(Atom + name)!.Value;

    private static string TermOf(XElement entry) => entry.Element(Atom + "category")!.Attribute("term")!.Value;

    private static DateTimeOffset[] Instants(XElement[] entries) => [.. entries.Select(x => DateTimeOffset.Parse(Value(x, "updated"), CultureInfo.InvariantCulture))];
}
