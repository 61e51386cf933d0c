using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;

namespace Tracker.Api.Tests.Boards.Changes;

public sealed class telling_what_changed(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_from_what_to_what_since_when_and_on_which_evidence()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, At("2022-12-20"));
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var accepted = await ledger.AcceptedAsync("e-1");

        var changes = await ledger.ChangesAsync(accepted.Position);

        Short(changes).ShouldBe([
            "3.1 visit: now notYetRated from 2022-11-14",
            "6.1 visit: notYetRated → dialogueOnly from 2022-12-12 on e-1",
            "6.2 visit AA: notYetRated → dialogueOnly from 2022-12-12 on e-1",
            "6.3 visit BB: notYetRated → dialogueOnly from 2022-12-12 on e-1"]);
        changes[1].AsObject().Select(x => x.Key).ShouldBe(["id", "position", "recordedAt", "effectiveOn", "kind", "commitment", "party", "from", "to", "evidence", "late", "text", "changed", "coveredThrough", "current", "asOf", "group"]);
        ((string)changes[1]["text"]!).ShouldBe("A visit: not yet rated → dialogue only, effective 12 December 2022, recorded late on 20 December 2022.");
        ((string)changes[2]["text"]!).ShouldBe("A visit, Alfa: not yet rated → dialogue only, effective 12 December 2022, recorded late on 20 December 2022.");
    }

    [Fact]
    public async Task says_of_each_change_of_a_record_that_ended_where_it_ended()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, At("2023-06-01"));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "A journey", reason = "So." });
        var current = await ledger.RecordAsync("coverage", new { through = "2023-05-31" });

        var changes = (await ledger.ChangesAsync(current.Position)).ToDictionary(x => (string)x["id"]!);

        ((string?)changes["5.1"]["coveredThrough"], (bool)changes["5.1"]["current"]!, (string?)changes["5.1"]["asOf"]).ShouldBe(("2022-12-12", false, "2022-12-12"));
        ((string)changes["5.1"]["text"]!).ShouldBe("A visit: not yet rated → dialogue only, effective 12 December 2022, recorded late on 1 June 2023; the record then reached 12 December 2022.");
        ((string)changes["6.1"]["text"]!).ShouldBe("A journey: the commitment was corrected: So. The record then reached 12 December 2022.");
        ((string?)changes["7.1"]["coveredThrough"], (bool)changes["7.1"]["current"]!, (string)changes["7.1"]["text"]!).ShouldBe(("2023-05-31", true, "The record now reaches 31 May 2023."));
        // What was told before is not told otherwise since the record reaches further.
        var feed = (await ledger.GetAsync("feed.atom")).Should(200).Text;
        feed.ShouldContain("recorded late on 1 June 2023; the record then reached 12 December 2022.</title>");
    }

    [Fact]
    public async Task says_of_what_was_recorded_late_that_it_is_late()
    {
        var clock = At("2022-12-12");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var onTheDay = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        clock.Advance(TimeSpan.FromDays(30));
        await ledger.ActivityAsync("group", "2022-12-20");
        var late = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-2", "group", "mechanism"));

        var changes = (await ledger.ChangesAsync(late.Position)).Where(x => x["party"] is null).ToDictionary(x => (string)x["id"]!);

        ((bool)changes[$"{onTheDay.Position}.1"]["late"]!).ShouldBeFalse();
        ((string)changes[$"{onTheDay.Position}.1"]["text"]!).ShouldBe("A visit: not yet rated → dialogue only, effective 12 December 2022.");
        ((bool)changes[$"{late.Position}.1"]["late"]!).ShouldBeTrue();
        ((string)changes[$"{late.Position}.1"]["text"]!).ShouldBe("A visit: dialogue only → concrete action, effective 20 December 2022, recorded late on 11 January 2023.");
    }

    [Fact]
    public async Task tells_only_the_end_of_an_import()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(ledger.Slug, activities: 3))).Should(200);

        Short(await ledger.ChangesAsync(1)).ShouldBe([
            "1.1 visit: now dialogueOnly from 2022-12-12 on e-0 e-1 e-2",
            "1.2 visit AA: now dialogueOnly from 2022-12-12 on e-0 e-1 e-2",
            "1.3 visit BB: now noneFound from 2022-12-01",
            // The record is not current: where it ends is told with them.
            "1.4 agenda: covered from 2022-12-12"]);
    }

    [Fact]
    public async Task names_of_what_had_been_searched_in_vain_the_search_that_was_known_and_none_that_came_with_the_change()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, At("2023-01-10"));
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        var bundle = Bundles.Of(ledger.Slug, activities: 0);
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);
        var more = Bundles.Of(ledger.Slug, activities: 1);
        more["searches"]!.AsArray().Add(new JsonObject { ["key"] = "later", ["commitment"] = "visit", ["searchedThrough"] = "2022-12-20", ["places"] = JsonNode.Parse("""["Xinhua"]""") });
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", more)).Should(200);

        (await ledger.ChangesAsync(2, "1")).Select(x => (string)x["text"]!).First()
            .ShouldStartWith("A visit: none found (searched through 1 December 2022) → ");
    }

    [Fact]
    public async Task tells_nothing_of_what_changes_no_status()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("e-1");
        var before = await ledger.ChangesAsync(await ledger.PositionAsync());

        await ledger.SourceAsync("another");
        await ledger.ActivityAsync("another");
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.AcceptedAsync("e-2");

        (await ledger.ChangesAsync(await ledger.PositionAsync())).Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task tells_of_corrections_and_withdrawals_with_their_reasons_and_of_what_they_move()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, At("2023-01-10"));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.CommitmentAsync("channel", "continuing");
        foreach (var commitment in (string[])["visit", "channel"]) await ledger.RecordAsync($"commitments/{commitment}/evidence", Given.Evidence($"on-{commitment}"));
        var before = await ledger.PositionAsync();

        await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-12-20", reason = "The other account dates it so." });
        await ledger.RecordAsync("sources/readout/corrections", new { title = "Readout of the talks", reason = "A slip" });
        await ledger.RecordAsync("commitments/visit/withdrawal", new { reason = "It was no commitment." });
        var last = await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "It never took place." });

        var told = (await ledger.ChangesAsync(last.Position, $"{before}")).Where(x => x["party"] is null).ToArray();
        told.Select(x => $"{x["id"]} {x["kind"]}: {x["text"]}").ShouldBe([
            $"{before + 1}.1 corrected: A visit: the activity “Talks in Langfang” was corrected: The other account dates it so.",
            $"{before + 1}.2 corrected: A visit: the activity “Talks in Langfang” was corrected: The other account dates it so.",
            $"{before + 2}.1 corrected: The source “Readout of the talks” was corrected: A slip.",
            $"{before + 3}.1 withdrawn: A visit: the commitment was withdrawn: It was no commitment.",
            $"{before + 4}.1 withdrawn: A visit: the activity “Talks in Langfang” was withdrawn: It never took place. The record then reached 14 November 2022.",
            $"{before + 4}.2 withdrawn: A visit: the activity “Talks in Langfang” was withdrawn: It never took place. The record then reached 14 November 2022.",
            $"{before + 4}.3 statusChanged: A visit: dialogue only → not yet rated, by a correction recorded on 10 January 2023; as the record now stands, so from 14 November 2022; the record then reached 14 November 2022.",
            $"{before + 4}.6 becameUncovered: The record ends on 14 November 2022: from 15 December 2022 it is no longer current, and says nothing of what came after."]);
        told.Take(2).Select(x => (string)x["commitment"]!).ShouldBe(["channel", "visit"]);
        ((string?)told[3]["from"]).ShouldBe("dialogueOnly");
        (await ledger.GetAsync("commitments/visit/history")).Should(200).Json["items"]!.AsArray().Select(x => (string)x!["event"]!)
            .ShouldBe(["commitment_made", "evidence_proposed", "evidence_accepted", "activity_corrected", "commitment_withdrawn", "activity_withdrawn"]);
    }

    [Fact]
    public async Task tells_of_a_codebook_that_moves_very_many_part_by_part_and_leaves_none_out()
    {
        const int commitments = 350;
        string[] parties = ["AA", "BB", "CC", "DD", "EE", "FF"];
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = new Ledger(tracker, "many-moves");
        var bundle = Bundles.Of(ledger.Slug);
        var (commitment, evidence) = (bundle["commitments"]![0]!, bundle["evidence"]![0]!);
        bundle["activities"]![0]!["participants"] = new JsonArray([.. parties.Select(x => new { party = x, name = $"{x}'s envoy" }.Json())]);
        bundle["agenda"]!["parties"] = new JsonArray([.. parties.Select(x => new { code = x, name = x }.Json())]);
        bundle["commitments"] = new JsonArray([.. Enumerable.Range(0, commitments).Select(x => commitment.With("slug", $"\"c-{x}\"").With("parties", new JsonArray([.. parties.Select(y => (JsonNode)y)]).ToJsonString()))]);
        bundle["evidence"] = new JsonArray([.. Enumerable.Range(0, commitments).Select(x => evidence.With("key", $"\"e-{x}\"").With("commitment", $"\"c-{x}\"").With("parties", new JsonArray([.. parties.Select(y => (JsonNode)y)]).ToJsonString()))]);
        bundle["searches"] = new JsonArray();
        (await tracker.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);

        var corrected = await ledger.RecordAsync("corrections", new { codebook = new { bar = "contact" }, reason = "Contact counts." });
        await ledger.GetAsync($"changes?atLeast={corrected.Position}");

        var told = await tracker.AskAsync<long>($"select count(*) from {ChangeTables.Changes} where position = $1", corrected.Position);
        told.ShouldBeGreaterThan(2_000);
        var (entries, pages) = (new List<string>(), 0);
        for (var page = $"/{ledger.Path}/changes?kind=statusChanged"; page.Length > 0; pages++)
        {
            var html = System.Net.WebUtility.HtmlDecode((await tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);
            html.Length.ShouldBeLessThan(500_000);
            entries.AddRange(System.Text.RegularExpressions.Regex.Matches(html, $"<li id=\"change-{corrected.Position}\\.[0-9]+\" class=\"change\".*?href=\"[^\"]*/commitments/(c-[0-9]+)\"", System.Text.RegularExpressions.RegexOptions.Singleline).Select(x => x.Groups[1].Value));
            page = System.Text.RegularExpressions.Regex.Match(html, "<a href=\"([^\"]*)\" rel=\"next\"").Groups[1].Value;
        }

        entries.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, commitments).Select(x => $"c-{x}").Order(StringComparer.Ordinal), "each once");
        pages.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task says_of_corrections_what_they_changed_from_what_and_to_what()
    {
        var ledger = await (await postgres.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause("BB"));
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("on-visit"));
        var before = await ledger.PositionAsync();
        var report = (await ledger.Owner.PostAsync($"{ledger.Path}/reports", new { })).Should(201);

        await ledger.RecordAsync("corrections", new { title = "Another title", codebook = new { staleAfterDays = 30 }, reason = "So." });
        await ledger.RecordAsync("sources/readout/corrections", new { title = "Readout of the talks", publishedOn = "2022-12-13", reason = "So." });
        await ledger.RecordAsync("commitments/visit/corrections", new { dueOn = "2023-02", reason = "So." });
        await ledger.RecordAsync("commitments/visit/clauses/2/corrections", new { quote = "we shall visit soon", reason = "So." });
        await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-12-10", place = "Langfang", reason = "So." });
        var last = await ledger.RecordAsync("evidence/on-visit/recoding", new { depth = "mechanism", parties = new[] { "AA" }, citations = Array.Empty<object>(), reason = "So." });

        var told = (await ledger.ChangesAsync(last.Position, $"{before}")).Where(x => (string?)x["kind"] == "corrected").ToArray();
        told.Select(x => Told(x)).ShouldBe([
            """codebook.staleAfterDays: 90 → 30; title: "What AA and BB said they would do" → "Another title" """.Trim(),
            """publishedOn: null → "2022-12-13"; title: "Readout of the meeting" → "Readout of the talks" """.Trim(),
            """dueOn: null → "2023-02" """.Trim(),
            """quote: "we shall visit" → "we shall visit soon" """.Trim(),
            """occurred: "2022-12-11/2022-12-12" → "2022-12-10"; place: null → "Langfang" """.Trim(),
            """citations: [{"source":"readout","quote":"they met"}] → []; depth: "contact" → "mechanism"; parties: ["AA","BB"] → ["AA"]"""]);
        (await ledger.ChangesAsync(last.Position, "0")).Where(x => (string?)x["kind"] != "corrected").ShouldAllBe(x => x["changed"]!.AsArray().Count == 0);
        (await ledger.GetAsync("evidence/on-visit/history")).Should(200).Json["items"]!.AsArray()[^1]!["changed"]!.ToJsonString().ShouldBe(told[^1]["changed"]!.ToJsonString());

        // A report says what was corrected and why, in the words that its digest is of.
        var next = (await ledger.Owner.PostAsync($"{ledger.Path}/reports", new { })).Should(201);
        var corrections = (await ledger.GetAsync(next.Position, $"reports/{next["slug"]}.json")).Should(200).Json["corrections"]!.AsArray();
        corrections.Count.ShouldBe(told.Length);
        corrections.ShouldAllBe(x => x!.AsObject().ContainsKey("changed") == false);

        static string Told(JsonNode change) => string.Join("; ", change["changed"]!.AsArray().Select(x => (Member: (string)x!["member"]!, Was: x["was"], Now: x["now"]))
            .SelectMany(x => x.Member == "codebook" ? x.Now!.AsObject().Where(y => y.Value!.ToJsonString() != x.Was![y.Key]!.ToJsonString()).Select(y => ($"codebook.{y.Key}", Was: x.Was![y.Key], Now: y.Value)) : [(x.Member, x.Was, x.Now)])
            .OrderBy(x => x.Item1, StringComparer.Ordinal).Select(x => $"{x.Item1}: {x.Was?.ToJsonString() ?? "null"} → {x.Now?.ToJsonString() ?? "null"}"));
    }

    [Fact]
    public async Task of_one_agenda_does_not_wait_for_another_that_takes_long_to_tell()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (large, small) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        await large.ChangesAsync(await large.PositionAsync(), "0");
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // As one that is telling it holds it.
        await using (var hold = new NpgsqlCommand($"select from {ChangeTables.Progress} where agenda = '{large.Slug}' for update", connection)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var held = await large.SourceAsync();
        for (var i = 0; i < 300 && await WaitingAsync(tracker) == 0; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        (await WaitingAsync(tracker)).ShouldBe(1, "whoever tells the large one");

        var recorded = await small.SourceAsync();
        (await small.GetAsync($"changes?atLeast={recorded.Position}")).Should(200).Json["position"]!.GetValue<long>().ShouldBe(recorded.Position);

        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await large.GetAsync($"changes?atLeast={held.Position}")).Should(200).Json["position"]!.GetValue<long>().ShouldBe(held.Position);

        static Task<long> WaitingAsync(TrackerUnderTest of) =>
            of.AskAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%{ChangeTables.Progress}%for update%'");
    }

    [Fact]
    public async Task goes_on_after_any_change()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var accepted = await ledger.AcceptedAsync("e-1");
        var all = await ledger.ChangesAsync(accepted.Position);

        for (var i = 0; i < all.Count; i++)
            (await ledger.GetAsync($"changes?after={(string)all[i]["id"]!}")).Should(200).Json["items"]!.AsArray().Select(x => (string)x!["id"]!)
                .ShouldBe(all.Skip(i + 1).Select(x => (string)x["id"]!));
        (await ledger.GetAsync("changes?after=5")).Json["items"]!.AsArray().Count.ShouldBe(3);
        (await ledger.GetAsync("changes?after=6")).Json["items"]!.AsArray().Count.ShouldBe(0);

        var paged = new List<string>();
        string? next = null;
        do
        {
            var page = (await ledger.GetAsync($"changes?limit=1{(next is null ? "" : $"&after={next}")}")).Should(200).Json;
            paged.AddRange(page["items"]!.AsArray().Select(x => (string)x!["id"]!));
            next = (string?)page["next"];
        }
        while (next is not null);
        paged.ShouldBe(all.Select(x => (string)x["id"]!));
    }

    [Fact]
    public async Task says_how_far_it_tells()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var list = (await ledger.GetAsync(4, "changes")).Should(200);

        list.Position.ShouldBe(4);
        list["position"].ShouldBe("4");
        list.Json["knownAt"]!.ToString().ShouldBe((await ledger.GetAsync(4, ""))["knownAt"]);
        (await ledger.GetAsync("changes", ("If-None-Match", list.ETag!))).Should(304);
    }

    [Theory]
    [InlineData("changes?after=first", "after")]
    [InlineData("changes?after=1.x", "after")]
    [InlineData("changes?after=-1", "after")]
    [InlineData("changes?after=1.2.3", "after")]
    [InlineData("changes?limit=0", "limit")]
    [InlineData("changes?atLeast=soon", "atLeast")]
    public async Task refuses_what_is_not_of_its_form(string what, string field) =>
        (await (await postgres.OpenAgendaAsync()).GetAsync(what)).ShouldRefuse(400, "unreadable", field);

    [Fact]
    public async Task is_of_an_agenda_that_there_is() =>
        (await (await postgres.SharedAsync()).Public.GetAsync("agendas/no-such-agenda/changes")).ShouldRefuse(404, "not-found");

    [Fact]
    public async Task tells_the_same_when_it_is_told_again_from_nothing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        foreach (var depth in (string[])["words", "mechanism", "delivered"]) await ledger.AcceptedAsync($"e-{depth}", depth: depth);
        var imported = new Ledger(tracker, TrackerUnderTest.NewName());
        (await ledger.Owner.PostAsync($"{imported.Path}/import", Bundles.Of(imported.Slug, activities: 20))).Should(200);
        var position = (await ledger.AcceptedAsync("e-against", depth: "measure", direction: "undercuts")).Position;
        await ledger.ChangesAsync(position);
        await imported.ChangesAsync(1);
        var before = await EverythingToldAsync(tracker);
        before.ShouldContain("delivered");

        await tracker.RestartAsync(() => tracker.AskAsync<string>("""
            with a as (delete from tracker.change_2), b as (delete from tracker.told_2), c as (delete from tracker.change_progress_2), d as (delete from tracker.coverage_told_2) select ''
            """));

        await new Ledger(tracker, ledger.Slug).ChangesAsync(position);
        await new Ledger(tracker, imported.Slug).ChangesAsync(1);
        (await EverythingToldAsync(tracker)).ShouldBe(before);
    }

    internal static FakeTimeProvider At(string day) => new(DateTimeOffset.Parse($"{day}T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    internal static Task<string> EverythingToldAsync(TrackerUnderTest tracker) => tracker.AskAsync<string>("""
        select (select jsonb_agg(to_jsonb(c) order by agenda, position, n) from tracker.change_2 c)::text
            || (select jsonb_agg(to_jsonb(t) order by agenda, commitment) from tracker.told_2 t)::text
            || (select jsonb_agg(to_jsonb(p) order by agenda) from tracker.change_progress_2 p)::text
        """);

    private static IEnumerable<string> Short(IEnumerable<JsonNode> changes) => changes.Select(ChangesOf.Short);
}

internal static class ChangesOf
{
    /// <summary>All that is told of an agenda, once a position is.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ChangesAsync(this Ledger ledger, long position, string? after = null) =>
        [.. (await ledger.GetAsync(position, $"changes?limit=1000{(after is null ? "" : $"&after={after}")}")).Should(200).Json["items"]!.AsArray().Select(x => x!)];

    /// <summary>A change in short, for a test to look at.</summary>
    public static string Short(JsonNode change)
    {
        var what = (string)change["kind"]! switch
        {
            "statusChanged" => $"{(change["from"] is { } from ? $"{from} → " : "now ")}{(change["to"] is { } to ? $"{to}" : "nothing")}",
            var kind => kind,
        };
        var evidence = change["evidence"]!.AsArray().Count == 0 ? "" : $" on {string.Join(' ', change["evidence"]!.AsArray())}";
        return $"{change["id"]} {change["commitment"] ?? "agenda"}{(change["party"] is { } party ? $" {party}" : "")}: {what} from {change["effectiveOn"]}{evidence}";
    }
}
