using System.Text;
using System.Text.Json.Nodes;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Api.Tests.Redactions;

/// <summary>What is taken out of the record is nowhere any more: at no moment it was known, in no form, and not in the database.</summary>
public sealed class redacting_a_text(PostgresUnderTest postgres)
{
    private const string Reason = "They asked for it.";
    private const string Mark = $"[redacted: {Reason}]";

    /// <summary>Each text of the record below that can be redacted, with what it says: <c>secret</c> and the number of its place here.</summary>
    private static readonly (string Thing, string Member)[] Texts =
    [
        ("", "title"), ("", "summary"), ("", "baseline.name"), ("", "baseline.place"), ("", "parties[AA].name"), ("", "milestones[later].name"),
        ("", "coverage[ID].note"), ("", "coverage[ID].places[0]"), ("sources/readout", "title"), ("sources/readout", "issuer"), ("sources/readout", "publisher"),
        ("commitments/visit", "title"), ("commitments/visit", "criteria"), ("commitments/visit", "tags[0]"), ("commitments/visit", "clauses[1].quote"), ("commitments/visit", "clauses[1].translation"),
        ("commitments/visit", "clauses[2].note"), ("commitments/visit", "searches[ID].note"), ("commitments/visit", "searches[ID].places[1]"),
        ("activities/talks", "title"), ("activities/talks", "summary"), ("activities/talks", "place"), ("activities/talks", "participants[1].name"), ("activities/talks", "participants[1].role"),
        ("activities/talks", "accounts[0].quote"), ("activities/talks", "accounts[0].note"), ("activities/talks", "tags[0]"), ("activities/talks", "history[POSITION].reason"),
        ("evidence/e-1", "rationale"), ("evidence/e-1", "citations[0].quote"), ("evidence/e-1", "review.rationale"), ("activities/gone", "withdrawal.reason"),
    ];

    private static string Secret(string thing, string member) => $"secret{Array.IndexOf(Texts, (thing, member))}z";

    [Fact]
    public async Task leaves_the_mark_and_nothing_else_at_every_moment_it_was_known_and_none_of_it_in_the_database()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Webhooks:AllowInner=true");
        // Nobody listens there: what is to be sent waits.
        var (ledger, ids) = await RecordedAsync(tracker, "http://127.0.0.1:9/nobody");
        // One correction was accepted; two more wait, and say the whole of what they would change.
        var coder = await ledger.CoderAsync();
        var waits = (await coder.PostAsync($"{ledger.Path}/activities/talks/corrections", new { occurred = "2022-12-13", reason = "Another day." })).Should(202);
        var due = (await coder.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { dueOn = "2023-06", reason = "It was agreed." })).Should(202);
        (await HoldersAsync(tracker)).ShouldContain(KnownTables.Proposals.Name);
        var report = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        var last = report.Position;
        await ledger.GetAsync(last, "changes");
        var before = await ReadAsync(ledger, last, report["slug"]);
        before.Values.ShouldAllBe(x => x.Status == System.Net.HttpStatusCode.OK);
        for (var i = 0; i < Texts.Length; i++) before.Values.ShouldContain(x => x.Text.Contains($"secret{i}z", StringComparison.Ordinal), $"{Texts[i]}");
        await Seen.SoonAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery where body like '%secret%'") > 0);

        foreach (var (thing, member) in Texts)
        {
            var named = member.Replace("ID", thing.Length == 0 ? ids.Coverage : ids.Search, StringComparison.Ordinal).Replace("POSITION", $"{ids.Corrected}", StringComparison.Ordinal);
            var redacted = await ledger.RecordAsync(thing.Length == 0 ? "redactions" : $"{thing}/redactions", new { member = named, reason = Reason });
            var listed = redacted.Json["redactions"]!.AsArray()[^1]!;
            ((string)listed["member"]!, (string)listed["reason"]!, (long)listed["position"]!).ShouldBe((named, Reason, redacted.Position));
            redacted.Text.ShouldNotContain(Secret(thing, member));
        }

        var after = await ReadAsync(ledger, last, report["slug"]);
        foreach (var (address, reply) in after)
        {
            if (address.EndsWith(".pdf", StringComparison.Ordinal)) Printed(reply).ShouldSatisfyAllConditions(x => x.ShouldNotContain("secret"), x => x.ShouldContain(Mark.Replace(" ", "", StringComparison.Ordinal)));
            else if (address is "changes") JsonNode.DeepEquals(reply.Json["items"], JsonNode.Parse(Masked(before[address].Json["items"]!.ToJsonString()))).ShouldBeTrue(reply.Text);
            else if (Stays(address)) reply.Text.ShouldBe(Masked(before[address].Text), address);
            else reply.Text.ShouldNotContain("secret", Case.Sensitive, address);
        }

        foreach (var address in (string[])["export", "feed.atom", $"reports/{report["slug"]}.md", $"reports/{report["slug"]}.html", $"reports/{report["slug"]}.csv"])
            System.Net.WebUtility.HtmlDecode(after[address].Text).Replace("\\", "", StringComparison.Ordinal).ShouldContain(Mark, Case.Sensitive, address);
        foreach (var address in (string[])["activities?q=", "sources?q=", "commitments?q=", "evidence?q="])
            (await tracker.Owner.GetAsync($"{ledger.Path}/{address}secret")).Should(200).Json["items"]!.AsArray().ShouldBeEmpty(address);
        (await HoldersAsync(tracker)).ShouldBeEmpty();

        await tracker.RebuildAsync();
        foreach (var (address, reply) in await ReadAsync(ledger, last, report["slug"])) if (!address.Contains(".pdf", StringComparison.Ordinal)) reply.Text.ShouldBe(after[address].Text, address);
        (await HoldersAsync(tracker)).ShouldBeEmpty();
        foreach (var proposal in (Reply[])[waits, due])
        {
            (await tracker.Owner.GetAsync(proposal.Location!)).Should(200).Text.ShouldSatisfyAllConditions(x => x.ShouldContain(Mark), x => x.ShouldNotContain("secret"));
            (await (await ledger.ReviewerAsync()).PostAsync($"{proposal.Location}/acceptance", new { })).Should(200);
        }

        (await tracker.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/activities/talks")).Should(200)["title"].ShouldBe(Mark);
        (await HoldersAsync(tracker)).ShouldBeEmpty();
        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task takes_what_only_a_proposal_says_out_of_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        var coder = await ledger.CoderAsync();
        var waits = (await coder.PostAsync($"{ledger.Path}/activities/talks/corrections",
            new { occurred = "2022-12-13", summary = "secret summary", participants = new[] { new { name = "secret name", party = "AA" }, new { name = "Bravo's envoy", party = "BB" } }, reason = "secret reason" }, ("Idempotency-Key", "k-1"))).Should(202);
        var withdrawal = (await coder.PostAsync($"{ledger.Path}/activities/talks/withdrawal", new { reason = "secret withdrawal" })).Should(202);
        await (await ledger.ReviewerAsync()).PostAsync($"{withdrawal.Location}/rejection", new { reason = "secret rejection" }, ("Idempotency-Key", "k-2"));

        foreach (var member in (string[])["activityAs.summary", "activityAs.participants[0].name", "reason"])
            (await tracker.Owner.PostAsync($"{waits.Location}/redactions", new { member, reason = Reason })).Should(200).Json["redactions"]!.AsArray()[^1]!["member"]!.GetValue<string>().ShouldBe(member);
        foreach (var member in (string[])["reason", "review.reason"])
            (await tracker.Owner.PostAsync($"{withdrawal.Location}/redactions", new { member, reason = Reason })).Should(200);

        (await HoldersAsync(tracker)).ShouldBeEmpty();
        var said = (await coder.GetAsync(await ledger.PositionAsync(), waits.Location!)).Should(200).Json;
        ((string)said["activityAs"]!["summary"]!, (string)said["reason"]!).ShouldBe((Mark, Mark));
        (await (await ledger.ReviewerAsync()).PostAsync($"{waits.Location}/acceptance", new { })).Should(200);
        (await ledger.GetAsync(await ledger.PositionAsync(), "activities/talks")).Should(200)["summary"].ShouldBe(Mark);
        (await tracker.Owner.PostAsync($"{waits.Location}/redactions", new { member = "activityAs.title", reason = Reason })).ShouldRefuse(422, "unknown-member", "member");
    }

    [Fact]
    public async Task makes_an_issued_report_again_with_the_mark_and_says_that_it_was_redacted_since()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (ledger, _) = await RecordedAsync(tracker);
        var report = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        await ledger.RecordAsync("activities/talks/redactions", new { member = "participants[1].name", reason = "No report names them." });
        var path = $"reports/{report["slug"]}";
        (await ledger.GetAsync($"{path}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue("no participant stands in it");

        var redacted = await ledger.RecordAsync("activities/talks/redactions", new { member = "title", reason = Reason });

        var verified = (await ledger.GetAsync(redacted.Position, $"{path}/verification")).Should(200).Json;
        verified["matches"].ShouldBeNull();
        ((string)verified["digest"]!).ShouldBe(report["digest"]);
        var since = verified["redactions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)since["subject"]!, (string)since["member"]!, (string)since["reason"]!, (long)since["position"]!).ShouldBe(("activities/talks", "title", Reason, redacted.Position));
        var json = (await ledger.GetAsync($"{path}.json")).Should(200);
        (json.Header("Tracker-Redacted"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(json.Bytes))).ShouldBe(("true", (string)verified["regeneratedDigest"]!));
        (await ledger.GetAsync($"{path}.md")).Should(200).Text.ShouldContain(report["digest"]);

        await ledger.RecordAsync($"{path}/retraction", new { reason = "It names them." });
        var reason = await ledger.RecordAsync($"{path}/redactions", new { member = "retraction.reason", reason = Reason });
        (await ledger.GetAsync(reason.Position, $"{path}/verification")).Should(200).Json["retraction"]!["reason"]!.GetValue<string>().ShouldBe(Mark);

        // What is issued from now on has the mark from the beginning.
        var next = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        (await ledger.GetAsync(next.Position, $"reports/{next["slug"]}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task follows_an_item_of_a_list_to_what_it_was_and_reaches_what_a_correction_took_away()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var first = await ledger.PositionAsync();
        object Named(params string[] names) => new { participants = names.Select(name => new { name, party = name.StartsWith('B') ? "BB" : "AA" }), reason = "It was wrong." };
        await ledger.RecordAsync("activities/talks/corrections", Named("A. Misspelt", "Bravo's envoy", "Away"));
        await ledger.RecordAsync("activities/talks/corrections", Named("A. Spelt", "Bravo's envoy"));
        await ledger.RecordAsync("activities/talks/corrections", Named("Bravo's envoy", "A. Spelt"));

        await ledger.RecordAsync("activities/talks/redactions", new { member = "participants[1].name", reason = Reason });
        var unknown = (await tracker.Owner.PostAsync($"{ledger.Path}/activities/talks/redactions", new { member = "participants[7].name", reason = Reason })).ShouldRefuse(422, "unknown-member", "member");
        unknown.Text.ShouldContain("participants[7].name");
        unknown.Text.ShouldContain($"history[{first + 1}].participants[2].name");
        var done = await ledger.RecordAsync("activities/talks/redactions", new { member = $"history[{first + 1}].participants[2].name", reason = "They were not there." });

        async Task<string[]> NamesAsync(long position) => [.. (await ledger.GetAsync(done.Position, $"activities/talks?knownAt={position}")).Should(200).Json["participants"]!.AsArray().Select(x => (string)x!["name"]!)];
        (await NamesAsync(first)).ShouldBe([Mark, "Bravo's envoy"]);
        (await NamesAsync(first + 1)).ShouldBe([Mark, "Bravo's envoy", "[redacted: They were not there.]"]);
        (await NamesAsync(first + 2)).ShouldBe([Mark, "Bravo's envoy"]);
        (await NamesAsync(first + 3)).ShouldBe(["Bravo's envoy", Mark]);
        (await ledger.RecordAsync("activities/talks/corrections", new { title = "Talks", reason = "Shorter." })).Text.ShouldContain(Mark);
    }

    [Fact]
    public async Task answers_a_repeat_without_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var command = new { title = "The secret title", reason = "The secret reason" };
        Task<Reply> CorrectAsync() => tracker.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", command, ("Idempotency-Key", "once"));
        var corrected = (await CorrectAsync()).Should(200);

        var redacted = await ledger.RecordAsync("activities/talks/redactions", new { member = "title", reason = Reason });

        var again = (await CorrectAsync()).Should(200);
        (again.Position, again["title"], again.ETag![..3]).ShouldBe((corrected.Position, Mark, corrected.ETag![..3]));
        (await ledger.PositionAsync()).ShouldBe(redacted.Position);
    }

    [Fact]
    public async Task is_for_owners_and_refuses_what_it_cannot_do_and_leaves_nothing_then()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var path = $"{ledger.Path}/activities/talks/redactions";
        var command = new { member = "title", reason = Reason };

        await ledger.LeavesNothingAsync(async () => (await tracker.Public.PostAsync(path, command)).ShouldRefuse(401, "unauthenticated"));
        foreach (var role in (Role[])[Role.Reader, Role.Coder, Role.Reviewer, Role.Publisher])
            await ledger.LeavesNothingAsync(async () => (await (await tracker.AsAsync($"some {role}", role)).PostAsync(path, command)).ShouldRefuse(403, "forbidden"));
        await ledger.LeavesNothingAsync(async () => (await tracker.Owner.PostAsync($"{ledger.Path}/activities/none/redactions", command)).ShouldRefuse(404, "not-found"));
        var unknown = await ledger.LeavesNothingAsync(async () => (await tracker.Owner.PostAsync(path, new { member = "slug", reason = Reason })).ShouldRefuse(422, "unknown-member", "member"));
        unknown.Text.ShouldContain("participants[0].name");
        await ledger.LeavesNothingAsync(async () => (await tracker.Owner.PostAsync(path, new { member = "title", reason = " " })).ShouldRefuse(422, "empty-text", "reason"));
        await ledger.LeavesNothingAsync(async () => (await tracker.Owner.PostAsync(path, command, ("If-Match", "\"9-0000000000000000\""))).ShouldRefuse(412, "stale-version"));

        await ledger.RecordAsync("activities/talks/redactions", command);
        await ledger.LeavesNothingAsync(async () => (await tracker.Owner.PostAsync(path, command)).ShouldRefuse(409, "already-redacted"));

        // A text that is given since is another.
        await ledger.RecordAsync("activities/talks/corrections", new { title = "Talks again", reason = "It needs a title." });
        await ledger.RecordAsync("activities/talks/redactions", new { member = "title", reason = "That neither." });
    }

    [Fact]
    public async Task goes_along_in_an_export_and_gives_the_same_board_where_it_is_imported()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var other = await TrackerUnderTest.StartAsync(postgres);
        var (ledger, ids) = await RecordedAsync(tracker);
        foreach (var (thing, member) in Texts.Where(x => !x.Member.StartsWith("coverage", StringComparison.Ordinal)))
            await ledger.RecordAsync(thing.Length == 0 ? "redactions" : $"{thing}/redactions",
                new { member = member.Replace("ID", ids.Search, StringComparison.Ordinal).Replace("POSITION", $"{ids.Corrected}", StringComparison.Ordinal), reason = Reason });
        var export = (await tracker.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/export")).Should(200);

        var imported = (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(200);

        (await other.Owner.GetAsync(imported.Position, $"{ledger.Path}/export")).Should(200).Text.ShouldBe(export.Text);
        string Bare(Reply board) => string.Join('\n', board.Json["commitments"]!.ToJsonString(), board["headline"], board.Json["summary"]!.ToJsonString());
        Bare(await other.Owner.GetAsync($"{ledger.Path}/board?validAt=2023-01-31")).ShouldBe(Bare(await tracker.Owner.GetAsync($"{ledger.Path}/board?validAt=2023-01-31")));
        (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(200).Position.ShouldBe(imported.Position);
        (await other.Owner.GetAsync($"{ledger.Path}/activities/talks")).Json["redactions"]!.AsArray().Select(x => (string)x!["member"]!).ShouldContain("participants[1].name");
    }

    [Fact]
    public async Task takes_it_out_of_tables_of_other_versions_too()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.GetAsync(4, "board");
        await DoAsync($"create table tracker.activity_known_1 as select * from {KnownTables.Activities.Name}");
        await ledger.RecordAsync("activities/talks/redactions", new { member = "title", reason = Reason });

        (await tracker.AskAsync<long>($"select count(*) from tracker.activity_known_1 where name = 'talks'")).ShouldBe(0);

        Task DoAsync(string sql) => tracker.AskAsync<int>($"do $$ begin {sql}; end $$; select 1");
    }

    /// <summary>A record in which each text that can be redacted says something of its own.</summary>
    private static async Task<(Ledger Ledger, (string Coverage, string Search, long Corrected) Ids)> RecordedAsync(TrackerUnderTest tracker, string? webhook = null)
    {
        var slug = TrackerUnderTest.NewName();
        string Of(string thing, string member) => $"The {Secret(thing, member)} words";
        (await tracker.Owner.PostAsync("agendas", new
        {
            slug,
            title = Of("", "title"),
            summary = Of("", "summary"),
            parties = new[] { new { code = "AA", name = Of("", "parties[AA].name") }, new { code = "BB", name = "Bravo" } },
            baseline = new { name = Of("", "baseline.name"), date = Given.Baseline, place = Of("", "baseline.place") },
        })).Should(201);
        var ledger = new Ledger(tracker, slug);
        await ledger.RecordAsync("milestones", new { slug = "later", name = Of("", "milestones[later].name"), date = "2022-12-24" });
        if (webhook is not null) await ledger.RecordAsync("webhooks", new { url = webhook, events = new[] { "statusChanged", "corrected", "withdrawn" } });
        await ledger.RecordAsync("sources", new
        {
            slug = "readout",
            kind = "readout",
            tier = "readout",
            issuer = Of("sources/readout", "issuer"),
            title = Of("sources/readout", "title"),
            publisher = Of("sources/readout", "publisher"),
        });
        await ledger.RecordAsync("commitments", new
        {
            slug = "visit",
            title = Of("commitments/visit", "title"),
            type = "deliverable",
            madeOn = Given.Baseline,
            parties = new[] { "AA", "BB" },
            criteria = Of("commitments/visit", "criteria"),
            tags = new[] { Of("commitments/visit", "tags[0]"), "visits" },
            clauses = new[] { new { party = "AA", source = "readout", quote = Of("commitments/visit", "clauses[1].quote"), language = "en", translation = Of("commitments/visit", "clauses[1].translation") } },
        });
        await ledger.RecordAsync("commitments/visit/clauses", new { party = "BB", source = "readout", quote = "we too", note = Of("commitments/visit", "clauses[2].note") });
        var search = await ledger.RecordAsync("commitments/visit/searches", new { searchedThrough = "2022-12-01", places = new[] { "Xinhua", Of("commitments/visit", "searches[ID].places[1]") }, note = Of("commitments/visit", "searches[ID].note") });
        await ledger.RecordAsync("activities", new
        {
            slug = "talks",
            kind = "meeting",
            title = Of("activities/talks", "title"),
            occurred = "2022-12-11",
            summary = Of("activities/talks", "summary"),
            place = Of("activities/talks", "place"),
            participants = new object[] { new { party = "AA", name = "Alfa's envoy" }, new { party = "BB", name = Of("activities/talks", "participants[1].name"), role = Of("activities/talks", "participants[1].role") } },
            sources = new[] { "readout" },
            accounts = new[] { new { source = "readout", quote = Of("activities/talks", "accounts[0].quote"), note = Of("activities/talks", "accounts[0].note") } },
            tags = new[] { Of("activities/talks", "tags[0]") },
        });
        await ledger.RecordAsync("activities", Given.Activity("gone"));
        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", new
        {
            key = "e-1",
            activity = "talks",
            depth = "mechanism",
            direction = "advances",
            parties = new[] { "AA" },
            rationale = Of("evidence/e-1", "rationale"),
            citations = new[] { new { source = "readout", quote = Of("evidence/e-1", "citations[0].quote") } },
        })).Should(201);
        (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-1/review", new { decision = "accept", rationale = Of("evidence/e-1", "review.rationale") })).Should(200);
        var corrected = await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-12-12", reason = Of("activities/talks", "history[POSITION].reason") });
        await ledger.RecordAsync("activities/gone/withdrawal", new { reason = Of("activities/gone", "withdrawal.reason") });
        var coverage = await ledger.RecordAsync("coverage", new { through = "2023-01-20", places = new[] { Of("", "coverage[ID].places[0]") }, note = Of("", "coverage[ID].note") });
        return (ledger, (coverage["id"], search["id"], corrected.Position));
    }

    /// <summary>Every read there is, at each position up to the last; as an owner, who sees all.</summary>
    private static async Task<Dictionary<string, Reply>> ReadAsync(Ledger ledger, long last, string report)
    {
        var replies = new Dictionary<string, Reply>(StringComparer.Ordinal);
        string[] asOf = ["", "board", "timeline", "divergence", "matrix", "commitments", "activities?withdrawn=true", "sources", "evidence"];
        for (var position = 1L; position <= last; position++)
            foreach (var what in asOf)
                await AddAsync($"{what}{(what.Contains('?', StringComparison.Ordinal) ? '&' : '?')}validAt=2023-01-31&knownAt={position}");
        foreach (var thing in (string[])["commitments/visit", "activities/talks", "activities/gone", "sources/readout", "evidence/e-1"]) await AddAsync($"{thing}?validAt=2023-01-31&knownAt={last}");
        foreach (var what in (string[])["changes", "history", "commitments/visit/history", "activities/talks/history", "sources/readout/history", "evidence/e-1/history", "export", "export?format=ndjson",
            "export?format=csv&kind=activities", "feed.atom", "calendar.ics", "reports", .. ((string[])["json", "md", "html", "pdf", "csv"]).Select(x => $"reports/{report}.{x}")])
            await AddAsync(what);
        foreach (var page in (string[])["", "/commitments/visit", "/activities/talks", "/sources/readout", "/divergence", "/changes", "/timeline", "/reports"])
        {
            var reply = await ledger.Tracker.Owner.GetAsync($"/agendas/{ledger.Slug}{page}?validAt=2023-01-31");
            if ((int)reply.Status == 200) replies[$"/page{page}"] = reply;
        }

        return replies;

        async Task AddAsync(string what) => replies.Add(what, (await ledger.Tracker.Owner.GetAsync(what.StartsWith('?') ? $"{ledger.Path}{what}" : $"{ledger.Path}/{what}")).Should(200));
    }

    /// <summary>Whether what is read there differs by nothing but the marks: all that is as known before.</summary>
    private static bool Stays(string address) => address.Contains("knownAt", StringComparison.Ordinal) || (address.StartsWith("reports/", StringComparison.Ordinal) && address.EndsWith(".json", StringComparison.Ordinal));

    private static string Masked(string text) => System.Text.RegularExpressions.Regex.Replace(text, "The secret[0-9]+z words", Mark);

    /// <summary>The letters of a PDF, as they are printed: spaces are not.</summary>
    private static string Printed(Reply pdf)
    {
        using var document = UglyToad.PdfPig.PdfDocument.Open(pdf.Bytes);
        return string.Concat(document.GetPages().SelectMany(x => x.Letters).Select(x => x.Value)).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>The tables that hold any of the texts, in whatever column.</summary>
    private static async Task<string[]> HoldersAsync(TrackerUnderTest tracker)
    {
        var holders = new List<string>();
        foreach (var table in await tracker.AskAsync<string[]>("select array_agg(quote_ident(schemaname) || '.' || quote_ident(tablename)) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
            if (await tracker.AskAsync<bool>($"select exists (select from {table} t where t::text like '%secret%' or t::text like $1)", $"%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes("secret"))}%")) holders.Add(table);
        return [.. holders];
    }
}
