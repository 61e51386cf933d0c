using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Exchange;

/// <summary>All or nothing, in three forms, with every problem told where it is.</summary>
public sealed class importing_a_bundle(PostgresUnderTest postgres)
{
    private const string Lines = "application/x-ndjson", Sheet = "text/csv";

    [Fact]
    public async Task tells_everything_that_is_wrong_by_its_path()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 12)
            .With("activities[2].occurred", "\"11/14/2022\"").With("activities[11].kind", "\"party\"").With("activities[11].sources[0]", "\"nowhere\"")
            .With("evidence[3].commitment", "\"none\"").With("evidence[4].parties[0]", "\"CC\"").With("searches[0].searchedThrough", "\"44879\"");
        var reply = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "bad-date",
            "activities[2].occurred", "activities[11].kind", "activities[11].sources[0]", "evidence[3].commitment", "evidence[4].parties[0]", "searches[0].searchedThrough");
        reply.Fields.ShouldBe([.. reply.Fields.Order(PathOrder.Instance)], "in the order of the file");
        // What a spreadsheet makes of dates is told to who sends a sheet.
        reply.Text.ShouldNotContain("spreadsheet");
        (await tracker.Public.GetAsync($"agendas/{slug}")).ShouldRefuse(404, "not-found");
    }

    [Theory]
    [InlineData("searches[0].searchedThrough", "\"2022-11-13\"", "bad-date", "searches[0].searchedThrough")]
    [InlineData("commitments[0].madeOn", "\"2999-12-31\"", "bad-date", "commitments[0].madeOn")]
    [InlineData("commitments[0].dueOn", "\"2021\"", "bad-date", "commitments[0].dueOn")]
    [InlineData("sources[0].publishedOn", "\"2999-01-01\"", "bad-date", "sources[0].publishedOn")]
    [InlineData("agenda.slug", "\"another\"", "wrong-agenda", "agenda.slug")]
    [InlineData("agenda.milestones", """[{"slug":"2023-01-31","name":"n","date":"2024-01-01"}]""", "bad-slug", "agenda.milestones[0].slug")]
    [InlineData("agenda.milestones", """[{"slug":"early","name":"n","date":"2001-01-01"}]""", "bad-date", "agenda.milestones[0].date")]
    public async Task holds_what_is_new_to_what_a_command_is_held_to(string member, string value, string code, string field)
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());

        var reply = await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug).With(member, value));

        reply.ShouldRefuse(422, code).Fields.ShouldContain(field);
        foreach (var agenda in (string[])[slug, "another"]) (await tracker.Public.GetAsync($"agendas/{agenda}")).ShouldRefuse(404, "not-found");
    }

    /// <summary>A record may hold what was recorded before there was a rule against it: its bundle changes nothing, and its export is taken back.</summary>
    [Fact]
    public async Task leaves_alone_what_was_recorded_by_older_rules_and_takes_what_was_withdrawn()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var bundle = Bundles.Of("old");
        (await tracker.Owner.PostAsync("agendas/old/import", bundle)).Should(200);
        // As an older version recorded it.
        await tracker.AskAsync<long>("""
            with done as (
                update tracker.mt_events set data = case type
                    when 'search_recorded' then jsonb_set(data, '{places}', '[]')
                    else jsonb_set(data, '{dueOn}', '"2021"') end
                where type in ('search_recorded', 'commitment_made') returning 1)
            select count(*) from done
            """);
        await tracker.RebuildAsync();

        var again = (await tracker.Owner.PostAsync("agendas/old/import",
            bundle.With("searches[0].places", "[]").With("commitments[0].dueOn", "\"2021\""))).Should(200);

        foreach (var what in (string[])["sources", "commitments", "searches"]) again.Json["unchanged"]![what]!.GetValue<int>().ShouldBe(1, what);
        (await tracker.Owner.PostAsync("agendas/new/import",
            Bundles.Of("new").With("searches[0].places", "[]").With("searches[0].withdrawal", """{"reason":"Nobody said where."}"""))).Should(200);
    }

    [Fact]
    public async Task takes_a_search_without_a_place_only_with_an_old_record_and_counts_it_for_nothing()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug).With("searches[0].places", "[]");
        bundle.Remove("activities");
        bundle.Remove("evidence");
        bundle["activities"] = new JsonArray();
        bundle["evidence"] = new JsonArray();

        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200);

        var board = (await tracker.Public.GetAsync(1, $"agendas/{slug}/board?validAt=2023-01-31")).Should(200);
        (board["coveredThrough"], (string)board.Json["commitments"]![0]!["status"]!).ShouldBe(("2022-11-14", "notYetRated"), "nobody is known to have looked");
        ((string)(await tracker.Public.GetAsync($"agendas/{slug}/commitments/visit/searches/s-1")).Should(200).Json["withdrawal"]!["reason"]!).ShouldNotBeEmpty();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200).Json["unchanged"]!["searches"]!.GetValue<int>().ShouldBe(1);
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.With("searches[0].key", "\"s-2\""))).ShouldRefuse(422, "no-places", "searches[0].places");
    }

    [Fact]
    public async Task tells_what_cannot_be_read_beside_what_is_wrong()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 5).With("activities[1].weather", "\"fine\"").With("activities[3].title", "7").With("evidence[2].depth", "\"deep\"").Without("sources[0].issuer");
        // Of what leans on an item that was read in part nothing is told: nothing is wrong with it.
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "unreadable-item",
            "activities[1].weather", "activities[3].title", "evidence[2].depth", "sources[0].issuer");
    }

    [Fact]
    public async Task tells_of_one_item_all_that_is_wrong_with_it()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 2)
            .Without("activities[0].title").With("activities[0].kind", "7").With("activities[0].occurred", "\"12/2022\"").With("activities[0].tags", "[\"a\",null,\"a\"]")
            .With("activities[0].participants", "null").With("activities[0].accounts", "[{\"source\":\"nowhere\",\"said\":\"x\"},4]").With("activities[0].place", "\"half a pair\"")
            .With("evidence[1].state", "3").With("evidence[1].depth", "\"deep\"").With("agenda.title", "[]").With("agenda.baseline.date", "\"14.11.2022\"");
        var reply = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.ToJsonString().Replace("half a pair", "\\ud83d", StringComparison.Ordinal))).ShouldRefuse(422, "unreadable-item",
            "activities[0].title", "activities[0].kind", "activities[0].occurred", "activities[0].tags[1]", "activities[0].tags[2]", "activities[0].participants",
            "activities[0].accounts[0].source", "activities[0].accounts[0].said", "activities[0].accounts[1]", "activities[0].place",
            "evidence[1].state", "evidence[1].depth", "agenda.title", "agenda.baseline.date");
        foreach (var (path, told) in reply.Json["errors"]!.AsObject()) told!.AsArray().Count.ShouldBe(1, path);
    }

    [Fact]
    public async Task takes_nobody_for_a_party_to_what_nobody_took_part_in()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 2).With("activities[1].participants", "[]");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "not-a-participant", "evidence[1].parties[0]");
    }

    [Fact]
    public async Task tells_what_is_missing_beside_what_is_wrong()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 2).With("activities[1].occurred", "\"Dec-22\"").With("format", "\"tracker-bundle/2\"").With("weather", "{\"fine\":[true]}").With("searches", "{}");
        bundle.Remove("sources");
        bundle.Remove("evidence");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "unknown-format",
            "format", "weather", "searches", "sources", "evidence", "activities[1].occurred");
        bundle = Bundles.Of(slug, 2).With("activities[1].kind", "\"party\"").With("evidence[0].parties", "7").With("evidence[1].commitment", "\"none\"");
        foreach (var without in (string[])["agenda", "agenda.parties"])
            // Who the parties are is not known; whatever else is wrong is.
            (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.Without(without))).ShouldRefuse(422, without == "agenda" ? "bad-kind" : "unreadable-item",
                without, "activities[1].kind", "evidence[0].parties", "evidence[1].commitment");
        (await tracker.Public.GetAsync($"agendas/{slug}")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task tells_what_is_wrong_before_the_place_where_it_cannot_be_read_any_more()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var json = Bundles.Of(slug, 3).With("activities[1].occurred", "\"Dec-22\"").ToJsonString();
        var broken = json[..json.IndexOf("\"searches\"", StringComparison.Ordinal)];
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", broken)).ShouldRefuse(422, "bad-date", "activities[1].occurred", "line 1");

        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet,
            "slug,kind,title,occurred\na,meeting,A,Dec-22\nb,meeting,B,2022-12-01\nc,meeting,\"C,2022\n"));
        reply.ShouldRefuse(422, "bad-date", "activities[0].occurred", "row 4");
    }

    [Fact]
    public async Task tells_what_is_wrong_in_the_rows_after_one_that_cannot_be_read()
    {
        var ledger = await postgres.OpenAgendaAsync();
        byte[] sheet = [.. "slug,kind,title,occurred\na,party,A,2022\nb,meeting,Caf"u8, 0xE9, .. ",2022\nc,meeting,C\"D\"E,2022\nd,meeting,\"D\"x,2022\ne,meeting,E,Dec-22\n"u8];
        var content = new ByteArrayContent(sheet) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Sheet) } };
        var reply = (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/import?kind=activities", content))
            .ShouldRefuse(422, "bad-kind", "activities[0].kind", "row 3", "row 4", "row 5", "activities[1].occurred");
        reply.Json["errors"]!["row 3"]![0]!.ToString().ShouldContain("UTF-8");
        reply.Json["errors"]!["activities[1].occurred"]![0]!.ToString().ShouldStartWith("Row 6, ");
        var wide = Encoding.Unicode.GetBytes("\uFEFFslug,kind,title,occurred\na,meeting,A,2022\n");
        (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/import?kind=activities", new ByteArrayContent(wide) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Sheet) } }))
            .ShouldRefuse(400, "unreadable", "row 1");
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet, $"slug,kind,title,occurred\na,meeting,{new string('x', 5 * 1024 * 1024)},2022\n")).ShouldRefuse(413, "too-large");
    }

    [Fact]
    public async Task keeps_nothing_to_itself_for_a_name_that_is_wrong()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 3).With("sources[0].slug", "\"A readout\"").With("activities[0].slug", "\"Act 0\"").With("activities[1].sources[0]", "\"nowhere\"")
            .With("evidence[1].activity", "\"none\"").With("evidence[2].commitment", "\"none\"").With("searches[0].commitment", "\"none\"");
        var faults = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(422);
        foreach (var path in (string[])["sources[0].slug", "activities[0].slug", "activities[1].sources[0]", "evidence[1].activity", "evidence[2].commitment", "searches[0].commitment"]) faults.Fields.ShouldContain(path);
        // An item without a name may be the one that is named.
        bundle = Bundles.Of(slug, 3).Without("activities[0].slug").With("evidence[1].activity", "\"none\"").With("evidence[2].commitment", "\"none\"");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "unreadable-item", "activities[0].slug", "evidence[2].commitment");
        bundle = Bundles.Of(slug, 3).With("activities[0]", "7").With("agenda.milestones", """[{"slug":"m","name":"M","date":"2023-01-01"},{"slug":"m","name":"N","date":"2023-01-01"}]""")
            .With("evidence[1].review", """{"decision":"","rationale":"So."}""").With("evidence[2].parties", "[\"AA\",\"\"]");
        var reply = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).ShouldRefuse(422, "repeated", "agenda.milestones[1]", "activities[0]", "evidence[1].review.decision", "evidence[2].parties[1]");
        foreach (var (path, told) in reply.Json["errors"]!.AsObject()) told!.AsArray().Count.ShouldBe(1, path);
    }

    [Theory]
    [InlineData("dryRun=")]
    [InlineData("dryRun")]
    [InlineData("dryRun=1")]
    [InlineData("dryRun=true&dryRun=true")]
    public async Task changes_nothing_where_it_is_not_clear_whether_it_should(string query)
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        (await tracker.Owner.PostAsync($"agendas/{slug}/import?{query}", Bundles.Of(slug))).ShouldRefuse(400, "unreadable", "dryRun");
        (await tracker.Public.GetAsync($"agendas/{slug}")).ShouldRefuse(404, "not-found");
    }

    /// <summary>A dry run says what an import would do, and does nothing of it: of an agenda there is not, and of one there is.</summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData(Lines)]
    [InlineData(Sheet)]
    public async Task changes_nothing_where_it_is_only_tried(string form)
    {
        var ledger = new Ledger(await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, 2);
        if (form != Sheet)
        {
            var opening = await TryAsync(bundle);
            Counts(opening, "created").ShouldBe((1, 1, 2, 2, 1));
            (await ledger.GetAsync("")).ShouldRefuse(404, "not-found");
            (await ledger.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug))).Should(201);
        }
        else
        {
            (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        }

        // And so it does where much of it is there already, or all.
        await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle);
        var more = Bundles.Of(ledger.Slug, 5);
        Counts(await TryAsync(more), "created").ShouldBe(form == Sheet ? (0, 0, 3, 0, 0) : (0, 0, 3, 3, 0));
        Counts(await TryAsync(bundle), "created").ShouldBe((0, 0, 0, 0, 0));
        var wrong = await TryAsync(more.With("activities[4].occurred", "\"Dec-22\""), 422);
        wrong.ShouldRefuse(422, "bad-date", "activities[4].occurred");

        // Tried first, it is done all the same, and does what was said.
        var done = (await ImportAsync(more, "")).Should(200);
        ((bool)done.Json["dryRun"]!).ShouldBeFalse();
        Counts(done, "created").ShouldBe(form == Sheet ? (0, 0, 3, 0, 0) : (0, 0, 3, 3, 0));
        (await ledger.GetAsync(done.Position, "activities/act-4")).Should(200);

        async Task<Reply> TryAsync(JsonObject what, int status = 200)
        {
            var before = await RecordedAsync();
            var reply = (await ImportAsync(what, form == Sheet ? "&dryRun=true" : "?dryRun=true")).Should(status);
            (await RecordedAsync()).ShouldBe(before);
            if (status == 200) ((bool)reply.Json["dryRun"]!).ShouldBeTrue();
            return reply;
        }

        Task<Reply> ImportAsync(JsonObject what, string query) => SendAsync(ledger.Owner, $"{ledger.Path}/import{(form == Sheet ? "?kind=activities" : "")}{query}", form, form switch
        {
            Lines => string.Join('\n', LinesOf(what)),
            Sheet => "slug,kind,title,occurred,participants,sources\n" + string.Join('\n', what["activities"]!.AsArray().Select(x =>
                $"{x!["slug"]},{x["kind"]},{x["title"]},{x["occurred"]},\"Alfa's envoy | AA\nBravo's envoy | BB | host\",readout")),
            _ => what.ToJsonString(),
        });

        // All that there is of the agenda: its events, its streams, its line.
        Task<string> RecordedAsync() => ledger.Tracker.AskAsync<string>("""
            select concat_ws(' ', (select count(*) from tracker.mt_events where stream_id like $1 || '/%'), (select count(*) from tracker.mt_streams where id like $1 || '/%'),
                (select max(position) from tracker.agenda_line where agenda = $1), (select count(*) from tracker.agenda_line where agenda = $1))
            """, ledger.Slug);

        static (int, int, int, int, int) Counts(Reply of, string which)
        {
            int Of(string what) => (int)of.Json[which]![what]!;
            return (Of("agendas"), Of("commitments"), Of("activities"), Of("evidence"), Of("searches"));
        }
    }

    [Fact]
    public async Task tells_what_is_wrong_in_rows_beside_what_is_wrong_with_columns()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet,
            "slug,kind,occurred,wether,slug\na,meeting,Dec-22,fine,b\nb,party,2022-12-01,,\n"));
        reply.ShouldRefuse(422, "unknown-column", "wether", "slug", "title", "activities[0].occurred", "activities[1].kind");
    }

    [Fact]
    public async Task takes_its_members_in_any_order()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 3);
        var turned = new JsonObject(bundle.Reverse().Select(x => KeyValuePair.Create(x.Key, x.Value?.DeepClone())));
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", turned)).Should(200).Json["created"]!["evidence"]!.GetValue<int>().ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"format\":\"tracker-bundle/1\"}")]
    [InlineData("{\"sources\":[{]}")]
    [InlineData("{\"sources\":[],\"sources\":[]}")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud83d\":1}")]
    [InlineData("{\"format\":\"\\ud83d\"}")]
    public async Task refuses_what_is_no_bundle(string body)
    {
        var slug = TrackerUnderTest.NewName();
        (await (await postgres.SharedAsync()).Owner.PostAsync($"agendas/{slug}/import", body)).ShouldRefuse(400, "unreadable");
    }

    [Fact]
    public async Task refuses_other_types_and_other_characters()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        foreach (var type in (string[])["text/plain", "application/xml", "text/csv; charset=windows-1252"])
            (await SendAsync(tracker.Owner, $"agendas/{slug}/import", type, "x")).ShouldRefuse(415, "unsupported-media-type");
    }

    [Fact]
    public async Task that_opens_an_agenda_needs_an_owner()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var reviewer = await tracker.AsAsync("rui", Role.Reviewer);
        (await reviewer.PostAsync($"agendas/{slug}/import", Bundles.Of(slug))).ShouldRefuse(403, "forbidden");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug))).Should(200);
        (await reviewer.PostAsync($"agendas/{slug}/import", Bundles.Of(slug, 2))).Should(200).Json["created"]!["activities"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task takes_what_was_taken_back()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var bundle = Bundles.Of(slug, 3).With("sources[1]", "{\"slug\":\"old\",\"kind\":\"article\",\"tier\":\"press\",\"issuer\":\"AA\",\"title\":\"Old\",\"withdrawal\":{\"reason\":\"It was taken down.\"}}")
            .With("activities[1].withdrawal", "{\"reason\":\"It did not happen.\"}").With("evidence[2].state", "\"retracted\"").With("evidence[2].withdrawal", "{\"reason\":\"Not they.\"}")
            .With("searches[0].withdrawal", "{\"reason\":\"Too quick a look.\"}");
        var imported = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200);
        (await tracker.Public.GetAsync(imported.Position, $"agendas/{slug}/activities/act-1")).Should(200).Json["withdrawal"]!["reason"]!.ToString().ShouldBe("It did not happen.");
        (await tracker.Public.GetAsync($"agendas/{slug}/evidence/e-2")).Should(200)["state"].ShouldBe("retracted");
        var again = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200);
        again.Position.ShouldBe(imported.Position);
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.With("activities[1].withdrawal.reason", "\"Another.\""))).ShouldRefuse(422, "different-content", "activities[1]");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.Without("searches[0].withdrawal"))).ShouldRefuse(422, "different-content", "searches[0]");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.With("activities[0].occurred", "\"2022-12-03\"").With("activities[0].title", "\"Another\""))).ShouldRefuse(422, "different-content", "activities[0]")
            ["detail"].ShouldBe("There is 'act-0' already, with other content: title, occurred.");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle.Without("evidence[2].withdrawal"))).ShouldRefuse(422, "bad-state", "evidence[2].withdrawal.reason");
    }

    [Fact]
    public async Task takes_lines_and_tells_their_numbers()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var lines = LinesOf(Bundles.Of(slug, 3));
        // Things may come before what they lean on.
        List<string> turned = [lines[0], .. lines.Skip(1).Reverse(), ""];
        var wrong = turned.ToArray();
        wrong[1] = wrong[1].Replace("2022-12-01", "Dec-22", StringComparison.Ordinal);
        wrong[3] = "{\"evidence\":";
        wrong[5] = "{\"thing\":{}}";
        var reply = (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, string.Join("\r\n", wrong))).ShouldRefuse(422, "bad-date", "line 4", "line 6", "searches[0].searchedThrough");
        reply.Json["errors"]!["searches[0].searchedThrough"]![0]!.ToString().ShouldStartWith("Line 2: ");
        (await tracker.Public.GetAsync($"agendas/{slug}")).ShouldRefuse(404, "not-found");
        var imported = (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, string.Join('\n', turned))).Should(200);
        foreach (var (what, many) in new[] { ("agendas", 1), ("sources", 1), ("commitments", 1), ("activities", 3), ("evidence", 3), ("searches", 1) }) ((int)imported.Json["created"]![what]!).ShouldBe(many, what);
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug, 3))).Should(200).Position.ShouldBe(imported.Position, "the same in another form");
    }

    [Theory]
    [InlineData("{\"format\":\"tracker-bundle/1\"}")]
    [InlineData("{\"source\":{}}")]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task refuses_lines_that_do_not_begin_with_the_agenda(string first)
    {
        var slug = TrackerUnderTest.NewName();
        (await SendAsync((await postgres.SharedAsync()).Owner, $"agendas/{slug}/import", Lines, first)).ShouldRefuse(400, "unreadable", "line 1");
    }

    [Fact]
    public async Task takes_sheets_as_spreadsheets_write_them()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        var commitments = "\uFEFFslug;title;type;madeOn;parties;clauses\r\nvisit;\"A visit;\nin person\";deliverable;2022-11-14;AA; \r\n"
            .Replace("AA; ", "\"AA; BB\";AA | readout | we shall visit | en", StringComparison.Ordinal);
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=commitments", Sheet, commitments)).Should(200).Json["created"]!["commitments"]!.GetValue<int>().ShouldBe(1);
        const string Activities = "slug,kind,title,occurred,participants,sources\ntalks,meeting,\"'=Talks, \"\"long\"\"\",2022-12-11/2022-12-12,\"Alfa's envoy | AA\nBravo's envoy | BB | host\",readout\n,,,,,\n";
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", "text/csv; charset=UTF-8", Activities)).Should(200);
        const string Evidence = "key\tcommitment\tactivity\tdepth\tdirection\tparties\trationale\te-1\tvisit\ttalks\tcontact\tadvances\tAA\tThey met.";
        var imported = (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=evidence", Sheet, Evidence.Replace("rationale\t", "rationale\n", StringComparison.Ordinal))).Should(200);

        var talks = (await ledger.GetAsync(imported.Position, "activities/talks")).Should(200);
        talks["title"].ShouldBe("=Talks, \"long\"", "the guard is of the sheet, not of the text");
        talks.Json["participants"]![1]!["role"]!.ToString().ShouldBe("host");
        (await ledger.GetAsync("commitments/visit")).Should(200)["title"].ShouldBe("A visit;\nin person");
        (await ledger.Owner.GetAsync($"{ledger.Path}/evidence/e-1")).Should(200)["state"].ShouldBe("proposed");
        var sheet = (await ledger.GetAsync("export?format=csv&kind=activities")).Should(200);
        sheet.Text.ShouldContain("\"'=Talks, \"\"long\"\"\"");
        sheet.Bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet, sheet.Text)).Should(200).Position.ShouldBe(imported.Position, "a sheet that comes back changes nothing");
    }

    [Fact]
    public async Task tells_what_is_wrong_in_a_sheet_by_row_and_column()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        const string Sheet = "slug,kind,title,occurred,participants,sources\na,meeting,A,11/14/2022,,\nb,meeting,B,Dec-22,,\nc,meeting,C,44879,,nowhere\nd,meeting,D\ne,meeting,,2022-12,x | ZZ,\nf,meeting,F,2022-12,,,lost\n";
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", importing_a_bundle.Sheet, Sheet));
        reply.ShouldRefuse(422, "wrong-cells");
        var errors = reply.Json["errors"]!.AsObject().SelectMany(x => x.Value!.AsArray().Select(y => y!.ToString())).ToArray();
        errors.ShouldContain(x => x.StartsWith("Row 2, column occurred: ", StringComparison.Ordinal) && x.Contains("'11/14/2022' looks as if a spreadsheet", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 3, column occurred: ", StringComparison.Ordinal) && x.Contains("'Dec-22'", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 4, column occurred: ", StringComparison.Ordinal) && x.Contains("2022-11-14", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 4, column sources: ", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 5, column occurred: ", StringComparison.Ordinal), "cells at the end of a row may be left out, but not what must be there");
        errors.ShouldContain(x => x.StartsWith("Row 7: Its cell 7 holds 'lost'", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 6, column title: ", StringComparison.Ordinal));
        errors.ShouldContain(x => x.StartsWith("Row 6, column participants: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AA | readout | We build roads | rails | and bridges.", "'rails' is not the language")]
    [InlineData("AA | readout | Reports become mandatory.\n- Factories report yearly. | en", @"a line break within it \n")]
    [InlineData("#REF!", "'#REF!' is an error of a spreadsheet")]
    public async Task records_no_quote_that_a_cell_has_cut(string clauses, string why)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=commitments", Sheet,
            $"slug,title,type,madeOn,parties,clauses\nrail,Rail,deliverable,2022-11-14,AA,\"{clauses}\"\n"));
        ((int)reply.Status).ShouldBe(422);
        reply.Json["errors"]!["commitments[0].clauses"]!.AsArray().ShouldContain(x => x!.ToString().StartsWith("Row 2, column clauses: ", StringComparison.Ordinal) && x.ToString().Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task records_no_cell_that_is_as_long_as_cells_can_be_unless_it_is_on_record_so()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        const int Limit = 32_767;
        var quotes = new[] { new string('a', 15_000), new string('b', 15_000), "" };
        quotes[2] = new string('c', Limit - quotes.Sum(x => x.Length) - ("AA | readout | ".Length * 3) - 2);
        var whole = string.Join('\n', quotes.Select(x => $"AA | readout | {x}"));
        whole.Length.ShouldBe(Limit);
        const string Head = "slug,title,type,madeOn,parties,clauses\n";

        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=commitments", Sheet, $"{Head}long,Long,deliverable,2022-11-14,AA,\"{whole}\"\n"));
        reply.ShouldRefuse(422, "bad-cell", "commitments[0].clauses");
        reply["detail"].ShouldStartWith("Row 2, column clauses: The cell has 32767 characters");

        // Said as JSON it is what was meant, and comes back as it is.
        await ledger.RecordAsync("commitments", Given.Commitment("long").With("title", "\"Long\"").With("parties", "[\"AA\"]").With("tags", "[]")
            .With("clauses", new JsonArray([.. quotes.Select(x => (JsonNode)new JsonObject { ["party"] = "AA", ["source"] = "readout", ["quote"] = x })]).ToJsonString()));
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=commitments", Sheet, $"{Head}long,Long,deliverable,2022-11-14,AA,\"{whole}\"\n")).Should(200)
            .Json["unchanged"]!["commitments"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("bb,meeting,#NAME?,2022-12-01", "bad-text", "activities[0].title")]
    [InlineData("1.80402E+09,meeting,B,2022-12-01", "bad-slug", "activities[0].slug")]
    [InlineData("bb,meeting,\u200B,2022-12-01", "empty-text", "activities[0].title")]
    [InlineData("bb,meeting,B,2565-12-01", "bad-date", "activities[0].occurred")]
    [InlineData("bb,meeting,B,1444", "bad-date", "activities[0].occurred")]
    public async Task records_nothing_that_a_spreadsheet_or_another_calendar_has_made_of_it(string row, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet, $"slug,kind,title,occurred\n{row}\n"));
        reply.ShouldRefuse(422, code, field);
        reply["detail"].ShouldStartWith("Row 2, column ");
    }

    [Fact]
    public async Task tells_where_a_name_was_named_before()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.LeavesNothingAsync(() => SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet,
            "slug,kind,title,occurred\na,meeting,A,2022-12-01\nb,meeting,B,2022-12-01\na,meeting,A,2022-12-02\n"));
        reply.ShouldRefuse(422, "repeated", "activities[2]");
        reply["detail"].ShouldBe("Row 4: 'a' is named before, in row 2.");
    }

    [Theory]
    [InlineData("slug,kind,title\n", 422, "missing-column")]
    [InlineData("slug,kind,title,occurred,wether\n", 422, "unknown-column")]
    [InlineData("slug,kind,title,occurred,slug\n", 422, "repeated")]
    [InlineData("slug,kind,title,occurred\na,meeting,\"A,2022\n", 400, "unreadable")]
    [InlineData("", 400, "unreadable")]
    public async Task refuses_what_is_no_sheet_of_its_kind(string sheet, int status, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet, sheet)).ShouldRefuse(status, code);
    }

    [Fact]
    public async Task needs_to_be_told_what_a_sheet_is_of()
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import", Sheet, "slug\n")).ShouldRefuse(400, "unreadable", "kind");
        (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=sources", Sheet, "slug\n")).ShouldRefuse(400, "unreadable", "kind");
        (await SendAsync(ledger.Owner, $"agendas/{TrackerUnderTest.NewName()}/import?kind=activities", Sheet, "slug,kind,title,occurred\n")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task takes_any_character_that_a_text_may_have_from_its_own_sheet()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        const string Odd = "\uFFFF \uFFFE \uFFFD \uD83D\uDE00";
        await ledger.RecordAsync("activities", Given.Activity("odd").With("summary", $"\"{Odd}\""));
        var sheet = (await ledger.Owner.GetAsync($"{ledger.Path}/export?kind=activities&atLeast={await ledger.PositionAsync()}", ("Accept", "text/csv"))).Should(200).Text;
        sheet.ShouldContain(Odd);

        var again = (await SendAsync(ledger.Owner, $"{ledger.Path}/import?kind=activities", Sheet, sheet)).Should(200);

        again.Json["created"]!["activities"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task refuses_a_sheet_that_is_not_UTF_8()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var content = new ByteArrayContent([.. "slug,kind,title,occurred\na,meeting,Caf"u8, 0xE9, .. ",2022\n"u8]) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Sheet) } };
        (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/import?kind=activities", content)).ShouldRefuse(400, "unreadable")["detail"].ShouldContain("UTF-8");
    }

    [Fact]
    public async Task refuses_an_item_that_is_too_large_to_be_one()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var big = new string('x', 5 * 1024 * 1024);
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug).With("activities[0].summary", $"\"{big}\""))).ShouldRefuse(413, "too-large");
        (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, big)).ShouldRefuse(413, "too-large");
    }

    [Fact]
    public async Task refuses_more_than_a_gibibyte_before_it_is_sent()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var announced = new Announced((1L << 30) + 1);
        (await tracker.Owner.SendAsync(HttpMethod.Post, $"agendas/{slug}/import", announced, ("Expect", "100-continue"))).ShouldRefuse(413, "too-large");
        announced.WasAskedFor.ShouldBeFalse();
    }

    [Fact]
    public async Task is_harmless_to_repeat_under_its_key_in_each_form()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var lines = string.Join('\n', LinesOf(Bundles.Of(slug)));
        var first = (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, lines, ("Idempotency-Key", "k"))).Should(200);
        var again = (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, lines, ("Idempotency-Key", "k"))).Should(200);
        again.Bytes.ShouldBe(first.Bytes);
        again.ETag.ShouldBe(first.ETag);
        (await SendAsync(tracker.Owner, $"agendas/{slug}/import", Lines, lines + "\n", ("Idempotency-Key", "k"))).ShouldRefuse(422, "key-reused");
        const string Row = "slug,kind,title,occurred\nextra,meeting,A meeting,2022-12-01\n";
        first = (await SendAsync(tracker.Owner, $"agendas/{slug}/import?kind=activities", Sheet, Row, ("Idempotency-Key", "s"))).Should(200);
        again = (await SendAsync(tracker.Owner, $"agendas/{slug}/import?kind=activities", Sheet, Row, ("Idempotency-Key", "s"))).Should(200);
        again.Bytes.ShouldBe(first.Bytes);
        (await SendAsync(tracker.Owner, $"agendas/{slug}/import?kind=activities", Sheet, Row.Replace("A meeting", "B", StringComparison.Ordinal), ("Idempotency-Key", "s"))).ShouldRefuse(422, "key-reused");
    }

    [Fact]
    public async Task holds_nobody_up_while_it_arrives()
    {
        var (tracker, slug) = (await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var there = await tracker.OpenAgendaAsync();
        var arriving = new Arriving(string.Join('\n', LinesOf(Bundles.Of(slug, 40))));
        var importing = tracker.Owner.SendAsync(HttpMethod.Post, $"agendas/{slug}/import", arriving);
        await arriving.HalfIsSent;

        // Another agenda's commands, its board and its changes go on; and so they do of the agenda that is imported, where it is there.
        var recorded = await there.SourceAsync();
        (await tracker.Public.GetAsync(recorded.Position, $"{there.Path}/board")).Should(200).Json["position"]!.GetValue<long>().ShouldBe(recorded.Position);
        (await tracker.Owner.PostAsync("agendas", Given.Agenda(slug))).Should(201);
        importing.IsCompleted.ShouldBeFalse();

        arriving.SendTheRest();
        (await importing).Should(200).Json["created"]!["activities"]!.GetValue<int>().ShouldBe(40);
    }

    [Fact]
    public async Task that_is_refused_at_its_last_line_drew_no_number_that_others_boards_would_wait_for()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await tracker.OpenAgendaAsync();
        var bundle = Bundles.Of("large", 2_500).With("searches[0].searchedThrough", "\"44879\"");
        var before = await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence");

        (await tracker.Owner.PostAsync("agendas/large/import", bundle)).ShouldRefuse(422, "bad-date", "searches[0].searchedThrough");

        (await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence")).ShouldBe(before);
        (await tracker.Owner.PostAsync("agendas/large/import", bundle.With("searches[0].searchedThrough", "\"2022-12-01\""))).Should(200);
        (await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence")).ShouldBe(before + 1 + 1 + 1 + 2_500 + (2 * 2_500) + 1, "no number is drawn in vain");
    }

    [Fact]
    public async Task finds_each_stream_by_the_index_however_few_there_were_before()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await tracker.OpenAgendaAsync();
        // The database knows now how small the tables are: small enough to read them whole.
        await using (var database = NpgsqlDataSource.Create(tracker.ConnectionString))
        await using (var analyze = database.CreateCommand("analyze tracker.mt_streams"))
            await analyze.ExecuteNonQueryAsync();
        Task<long> LookUpsAsync() => tracker.AskAsync<long>("select coalesce(idx_scan, 0) from pg_stat_user_tables where schemaname = 'tracker' and relname = 'mt_streams'");
        var before = await LookUpsAsync();

        (await tracker.Owner.PostAsync("agendas/large/import", Bundles.Of("large", 2_500))).Should(200);

        // Statistics come a little later.
        var found = before;
        for (var i = 0; i < 300 && (found = await LookUpsAsync()) < before + 5_000; i++) await Task.Delay(100);
        found.ShouldBeGreaterThanOrEqualTo(before + 5_000, "of 2,500 activities and as many pieces of evidence");
    }

    private static readonly (string List, string Word)[] Kinds =
        [("sources", "source"), ("commitments", "commitment"), ("activities", "activity"), ("evidence", "evidence"), ("searches", "search")];

    private static string[] LinesOf(JsonObject bundle) =>
    [
        new JsonObject { ["format"] = bundle["format"]!.DeepClone(), ["agenda"] = bundle["agenda"]!.DeepClone() }.ToJsonString(),
        .. Kinds.SelectMany(x => bundle[x.List]!.AsArray().Select(y => new JsonObject { [x.Word] = y!.DeepClone() }.ToJsonString())),
    ];

    private static Task<Reply> SendAsync(Client client, string path, string type, string body, params (string, string)[] headers) =>
        client.SendAsync(HttpMethod.Post, path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, headers);

    /// <summary>A body of lines that comes in two halves, the second when it is let.</summary>
    private sealed class Arriving : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously), _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Arriving(string lines)
        {
            _bytes = Encoding.UTF8.GetBytes(lines);
            Headers.ContentType = MediaTypeHeaderValue.Parse(Lines);
        }

        public Task HalfIsSent => _half.Task;

        public void SendTheRest() => _rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, _bytes.Length / 2));
            await stream.FlushAsync();
            _half.SetResult();
            await _rest.Task;
            await stream.WriteAsync(_bytes.AsMemory(_bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A body of which only the length is told, unless it is asked for.</summary>
    private sealed class Announced : HttpContent
    {
        private readonly long _length;

        public Announced(long length)
        {
            _length = length;
            Headers.ContentType = MediaTypeHeaderValue.Parse(Lines);
        }

        public bool WasAskedFor { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            WasAskedFor = true;
            throw new IOException("Nobody should want this.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
