using System.Text.Json.Nodes;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Agendas;

public sealed class stating_coverage(PostgresUnderTest postgres)
{
    [Fact]
    public async Task carries_the_board_to_the_day_that_is_covered_and_no_further()
    {
        var ledger = await DueAsync();
        var before = (await ledger.GetAsync(await ledger.PositionAsync(), "board?validAt=2023-03-01")).Should(200);
        (before["coveredThrough"], before["asOf"], before.Json["current"]!.GetValue<bool>()).ShouldBe(("2022-11-14", "2022-11-14", false));
        before.Json["daysSince"]!.GetValue<int>().ShouldBe(0);
        Overdue(before).ShouldBeFalse("nobody looked");

        var stated = await ledger.RecordsAsync(await ledger.Tracker.AsAsync("cara", Role.Coder), "cara", "coverage", new { through = "2023-03-01", places = new[] { "press releases of both ministries" } }, 201, "agenda", "coverage_stated");

        (await ledger.GetAsync(stated.Position, $"coverage/{stated["id"]}"))["through"].ShouldBe("2023-03-01");
        var board = await ledger.GetAsync(stated.Position, "board?validAt=2023-03-01");
        (board["coveredThrough"], board["asOf"], board.Json["current"]!.GetValue<bool>()).ShouldBe(("2023-03-01", "2023-03-01", true));
        Overdue(board).ShouldBeTrue();
        Overdue(await ledger.GetAsync("board?validAt=2023-02-28")).ShouldBeFalse();
        var later = await ledger.GetAsync("board?validAt=2026-11-28");
        (later["coveredThrough"], later.Json["current"]!.GetValue<bool>()).ShouldBe(("2023-03-01", false));
        later["headline"].ShouldBe("In the 107 days from Bali to 1 March 2023, where this record ends, 0 of 1 commitment saw concrete action; 1 was not rated.");
        (await ledger.GetAsync($"board?validAt=2023-03-01&knownAt={before.Position}")).Bytes.ShouldBe(before.Bytes);
    }

    [Fact]
    public async Task is_told_of_one_commitment_and_of_their_list_as_of_the_board()
    {
        var ledger = await DueAsync();
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });

        foreach (var day in (string[])["2023-02-15", "2023-03-01", "2023-03-15", "2026-11-28"])
        {
            var board = (await ledger.GetAsync(stated.Position, $"board?validAt={day}")).Should(200);
            var (one, list) = ((await ledger.GetAsync($"commitments/visit?validAt={day}")).Should(200), (await ledger.GetAsync($"commitments?validAt={day}")).Should(200));
            foreach (var told in (JsonNode[])[one.Json, list.Json])
                (told["coveredThrough"]!.ToJsonString(), told["current"]!.ToJsonString(), told["asOf"]!.ToJsonString())
                    .ShouldBe((board.Json["coveredThrough"]!.ToJsonString(), board.Json["current"]!.ToJsonString(), board.Json["asOf"]!.ToJsonString()), day);
            foreach (var told in (JsonNode[])[one.Json, list.Json["items"]![0]!])
            {
                told["partyCounts"]!.ToJsonString().ShouldBe(board.Json["commitments"]![0]!["parties"]!.ToJsonString());
                told["parties"]!.AsArray().Count.ShouldBe(told["partyCounts"]!["of"]!.GetValue<int>());
            }
        }

        // Not on the board: no count of what nobody judged.
        (await ledger.GetAsync("commitments/visit?validAt=2022-11-01")).Json["partyCounts"].ShouldBeNull();
    }

    [Fact]
    public async Task is_told_with_the_flags_it_raises_and_taken_back_with_them()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2023-06-01"));
        var ledger = await DueAsync(tracker);
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });

        var told = await ledger.ChangesAsync(stated.Position, $"{stated.Position - 1}");
        told.Select(x => $"{x["kind"]} {x["commitment"]} {x["effectiveOn"]}").ShouldBe(["becameOverdue visit 2023-03-01", "covered  2023-03-01"]);
        told.Select(x => (string?)x["coveredThrough"]).ShouldBe(["2023-03-01", "2023-03-01"]);

        var withdrawn = await ledger.RecordAsync($"coverage/{stated["id"]}/withdrawal", new { reason = "One place was not read." });
        Overdue(await ledger.GetAsync(withdrawn.Position, "board?validAt=2023-03-01")).ShouldBeFalse();
        (await ledger.ChangesAsync(withdrawn.Position, $"{stated.Position}")).Select(x => $"{x["kind"]} {x["commitment"]} {x["text"]}")
            .ShouldBe(["withdrawn  A statement of how far the record reaches was withdrawn: One place was not read. The record then reached 14 November 2022.", "noLongerOverdue visit A visit: no longer overdue, by what was recorded on 1 June 2023; the record then reached 14 November 2022."]);
        (await ledger.Owner.PostAsync($"{ledger.Path}/coverage/{stated["id"]}/withdrawal", new { reason = "Again." })).ShouldRefuse(409, "withdrawn");

        var back = await ledger.RecordAsync($"coverage/{stated["id"]}/reinstatement", new { reason = "It was." });
        Overdue(await ledger.GetAsync(back.Position, "board?validAt=2023-03-01")).ShouldBeTrue();
    }

    [Fact]
    public async Task answers_through_which_day_the_record_then_reaches()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2023-06-01"));
        var ledger = await DueAsync(tracker);
        await ledger.RecordAsync("activities", Given.Activity("talks"));

        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });
        stated["coveredThrough"].ShouldBe("2023-03-01");
        var withdrawn = await ledger.RecordAsync($"coverage/{stated["id"]}/withdrawal", new { reason = "One place was not read." });
        withdrawn["coveredThrough"].ShouldBe((await ledger.GetAsync(withdrawn.Position, "board"))["coveredThrough"]);
        withdrawn["coveredThrough"].ShouldBe("2022-12-12", "the latest activity on record");
        (await DeskAsync(withdrawn)).ShouldContain("The record now reaches 12 December 2022.");
        var back = await ledger.RecordAsync($"coverage/{stated["id"]}/reinstatement", new { reason = "It was." });
        back["coveredThrough"].ShouldBe("2023-03-01");
        (await DeskAsync(back)).ShouldContain("The record now reaches 1 March 2023.");
        // A record that goes on beyond what was stated reaches that day, whatever was stated.
        await ledger.RecordAsync("activities", Given.Activity("later", "2023-05-20"));
        (await ledger.RecordAsync("coverage", new { through = "2023-04-01" }))["coveredThrough"].ShouldBe("2023-05-20");

        async Task<string> DeskAsync(Reply recorded) =>
            (await ledger.Owner.GetAsync($"/{ledger.Path}/desk?recorded={recorded.Position}&atLeast={recorded.Position}&thing=coverage", ("Accept", "text/html"))).Should(200).Text;
    }

    [Theory]
    [InlineData("2999-01-01", "in-future")]
    [InlineData("2022-11-13", "before-baseline")]
    [InlineData("0001-01-01", "before-baseline")]
    [InlineData("2023-02-30", "bad-date")]
    public async Task is_refused_for_a_day_that_cannot_be_covered(string through, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/coverage", new { through }))).ShouldRefuse(422, code, "through");
    }

    [Fact]
    public async Task goes_with_an_export_to_another_tracker()
    {
        var ledger = await DueAsync();
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01", note = "Nothing further." });
        var export = (await ledger.Owner.GetAsync($"{ledger.Path}/export?atLeast={stated.Position}")).Should(200);
        await using var other = await TrackerUnderTest.StartAsync(postgres);

        var imported = (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(200);

        imported.Json["created"]!["coverage"]!.GetValue<int>().ShouldBe(1);
        (await other.Owner.GetAsync(1, $"{ledger.Path}/board?validAt=2023-03-01"))["coveredThrough"].ShouldBe("2023-03-01");
        (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(200).Json["unchanged"]!["coverage"]!.GetValue<int>().ShouldBe(1);

        // What was withdrawn there and stands in the bundle is not the same.
        (await other.Owner.PostAsync($"{ledger.Path}/coverage/{stated["id"]}/withdrawal", new { reason = "One place was not read." })).Should(200);
        (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(422).Text.ShouldContain("withdrawal");
    }

    [Fact]
    public async Task is_told_with_the_day_that_was_stated_by_either_version_of_the_rule()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync(version: "depth-ladder/1");
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });

        (await ledger.ChangesAsync(stated.Position, $"{stated.Position - 1}")).Select(x => $"{x["kind"]} {x["text"]}").ShouldBe(["covered The record now reaches 1 March 2023."]);
    }

    [Fact]
    public async Task does_not_move_the_day_at_which_the_first_version_of_the_rule_judges()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync(version: "depth-ladder/1");
        await ledger.RecordAsync("commitments", Given.Commitment("visit").With("dueOn", "\"2023-02\""));
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-01-31" });

        var board = (await ledger.GetAsync(stated.Position, "board?validAt=2023-06-30")).Should(200);

        (board["coveredThrough"], board["asOf"], board.Json["daysSince"]!.GetValue<int>()).ShouldBe(("2023-01-31", "2023-06-30", 228));
        Overdue(board).ShouldBeTrue();
        board["headline"].ShouldStartWith("In the 78 days from Bali to 31 January 2023, where this record ends, ");
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-06-30" });
        var text = (await ledger.GetAsync(issued.Position, $"reports/{issued["slug"]}.md")).Should(200).Text;
        text.ShouldContain("Its rule, depth-ladder/1, ignores this: nobody checked");
        text.ShouldNotContain("on 31 January 2023, where the record ends");
    }

    [Fact]
    public async Task keeps_the_baseline_and_what_was_searched_from_passing_it()
    {
        var ledger = await DueAsync();
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });
        var searched = await ledger.RecordAsync("commitments/visit/searches", new { searchedThrough = "2023-02-01", places = new[] { "the press" } });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/corrections", new { baseline = new { date = "2023-03-02" }, reason = "So." })))
            .ShouldRefuse(422, "bad-date", "baseline.date")["detail"].ShouldContain($"'{stated["id"]}', through 2023-03-01");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { madeOn = "2023-02-02", reason = "So." })))
            .ShouldRefuse(422, "bad-date", "madeOn")["detail"].ShouldContain($"'{searched["id"]}', through 2023-02-01");

        // What was withdrawn stands in nobody's way, here or where the bundle is imported.
        await ledger.RecordAsync($"coverage/{stated["id"]}/withdrawal", new { reason = "So." });
        await ledger.RecordAsync($"commitments/visit/searches/{searched["id"]}/withdrawal", new { reason = "So." });
        await ledger.RecordAsync("milestones", new { slug = "review", name = "The review", date = "2023-01-10" });
        await ledger.RecordAsync("milestones/review/withdrawal", new { reason = "So." });
        await ledger.RecordAsync("commitments/visit/corrections", new { madeOn = "2023-02-02", reason = "So." });
        var moved = await ledger.RecordAsync("corrections", new { baseline = new { date = "2023-03-02" }, reason = "So." });
        (await ledger.Owner.PostAsync($"{ledger.Path}/coverage/{stated["id"]}/reinstatement", new { reason = "So." })).ShouldRefuse(422, "bad-date");
        var export = (await ledger.Owner.GetAsync($"{ledger.Path}/export?atLeast={moved.Position}")).Should(200);
        await using var other = await TrackerUnderTest.StartAsync(postgres);
        (await other.Owner.PostAsync($"{ledger.Path}/import", export.Bytes)).Should(200);
    }

    [Fact]
    public async Task leaves_the_record_as_long_as_it_is_where_a_commitment_is_withdrawn()
    {
        var ledger = await DueAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("other"));
        var searched = await ledger.RecordAsync("commitments/visit/searches", new { searchedThrough = "2023-03-01", places = new[] { "the press" } });

        var withdrawn = await ledger.RecordAsync("commitments/visit/withdrawal", new { reason = "Not a commitment." });

        (await ledger.GetAsync(withdrawn.Position, "board?validAt=2023-03-01"))["coveredThrough"].ShouldBe("2023-03-01", "who keeps a record kept all of it");
        (await ledger.ChangesAsync(withdrawn.Position, $"{searched.Position}")).Select(x => $"{x["kind"]} {x["commitment"]}").ShouldBe(["withdrawn visit"]);
    }

    [Fact]
    public async Task is_said_of_a_commitment_that_nobody_searched_for()
    {
        var ledger = await DueAsync();
        var page = $"/{ledger.Path}/commitments/visit?validAt=2023-03-01";
        (await ledger.Tracker.Public.GetAsync(await ledger.PositionAsync(), page, ("Accept", "text/html"))).Should(200).Text.ShouldContain("Nothing can be said: the record ends on 14 November 2022, and only what came after that day counts.");

        var stated = await ledger.RecordAsync("coverage", new { through = "2023-03-01" });

        var text = (await ledger.Tracker.Public.GetAsync(stated.Position, page, ("Accept", "text/html"))).Should(200).Text;
        text.ShouldContain("No accepted evidence dated within this period is on record through 1 March 2023; no search for this commitment is on record.");
        text.ShouldNotContain("Nothing can be said");
    }

    [Fact]
    public async Task is_not_told_where_only_the_rule_was_corrected()
    {
        var clock = telling_what_changed.At("2023-06-01");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        var stated = await ledger.RecordAsync("coverage", new { through = "2023-05-20" });
        clock.Advance(TimeSpan.FromDays(60));
        await ledger.RecordAsync("sources", Given.Source());
        await CodebookAsync(new { version = "depth-ladder/1" });
        await CodebookAsync(new { version = "depth-ladder/2" });
        var wide = await CodebookAsync(new { coverageDays = 3650 });

        (await ledger.ChangesAsync(wide.Position, $"{stated.Position}")).Select(x => (string)x["kind"]!).ShouldBe(["becameUncovered", "corrected", "corrected", "corrected", "covered"]);

        Task<Reply> CodebookAsync(object codebook) => ledger.RecordAsync("corrections", new { codebook, reason = "So." });
    }

    private async Task<Ledger> DueAsync(TrackerUnderTest? tracker = null)
    {
        var ledger = tracker is null ? await postgres.OpenAgendaAsync() : await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("sources", Given.Source());
        await ledger.RecordAsync("commitments", Given.Commitment("visit").With("dueOn", "\"2023-02\""));
        return ledger;
    }

    private static bool Overdue(Reply board) => board.Json["commitments"]!.AsArray().Single()!["flags"]!["overdue"]!.GetValue<bool>();
}
