using System.Text.Json.Nodes;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

/// <summary>The December talks, moved to where the other account puts them: both clocks, the change log, the report issued before, and the record rebuilt elsewhere.</summary>
public sealed class correcting_the_Bali_record(PostgresUnderTest postgres)
{
    private const string Reason = "The Chinese account names the place and the two days";

    [Fact]
    public async Task moves_the_talks_on_every_board_but_those_that_were_given()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2023-01-31"));
        (await tracker.Owner.PostAsync("agendas/us-china-bali/import", following_the_Bali_summit.Imported.Bundle())).Should(200);
        var bali = new Ledger(tracker, "us-china-bali");
        string[] asked = ["board?validAt=2022-12-15", "board?validAt=2023-01-31", "commitments/secretary-visit?validAt=2022-12-15", "timeline?validAt=2023-01-31", "divergence", "activities"];
        var given = new List<(string Again, byte[] Bytes)>();
        foreach (var question in asked)
        {
            var reply = (await bali.GetAsync(1, question)).Should(200);
            given.Add(($"{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}knownAt={reply.Json["knownAt"]}", reply.Bytes));
        }

        // While all that is known is “December”, the month has to pass before the talks count.
        Told(await bali.GetAsync("board?validAt=2022-12-15"), "secretary-visit").ShouldBe("notYetRated, straddling secretary-visit-preparation");
        var report = (await tracker.Owner.PostAsync("agendas/us-china-bali/reports", new { validAt = "2022-12-15" })).Should(201).Json;

        var corrected = await bali.RecordAsync("activities/december-talks/corrections", new { occurred = "2022-12-11/2022-12-12", place = "Langfang, Hebei", reason = Reason });

        Told(await bali.GetAsync(corrected.Position, "board?validAt=2022-12-15"), "secretary-visit").ShouldBe("dialogueOnly");
        Told(await bali.GetAsync("board?validAt=2022-12-11"), "secretary-visit").ShouldBe("notYetRated, straddling secretary-visit-preparation");
        foreach (var (again, bytes) in given) (await bali.GetAsync(again)).Should(200).Bytes.ShouldBe(bytes, again);

        var told = (await bali.ChangesAsync(corrected.Position, "1")).ToArray();
        told.Select(x => (string)x["kind"]!).Distinct().ShouldBe(["corrected"], "by the end of January the month is over either way");
        told.Select(x => (string?)x["commitment"]).Order(StringComparer.Ordinal).ShouldBe(["develop-principles", "maintain-communication", "secretary-visit", "strategic-communication"]);
        told.ShouldAllBe(x => ((string)x["text"]!).Contains(Reason, StringComparison.Ordinal));
        const string Moved = """[{"member":"occurred","was":"2022-12","now":"2022-12-11/2022-12-12"},{"member":"place","was":"Beijing","now":"Langfang, Hebei"}]""";
        told.ShouldAllBe(x => x["changed"]!.ToJsonString() == Moved);
        var last = (await bali.GetAsync("commitments/secretary-visit/history")).Should(200).Json["items"]!.AsArray()[^1]!;
        ((string)last["event"]!).ShouldBe("activity_corrected");
        last.ToJsonString().ShouldContain(Reason);
        last["changed"]!.ToJsonString().ShouldBe(Moved);

        var verification = (await bali.GetAsync($"reports/{report["slug"]}/verification")).Should(200).Json;
        verification["matches"]!.GetValue<bool>().ShouldBeTrue(verification.ToJsonString());

        // By the same clock: to either of them, 1 March is a day to come.
        await using var elsewhere = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2023-01-31"));
        var exported = (await bali.GetAsync("export")).Should(200);
        (await elsewhere.Owner.PostAsync("agendas/us-china-bali/import", exported.Bytes)).Should(200);
        foreach (var day in (string[])["2022-11-14", "2022-12-11", "2022-12-12", "2022-12-15", "2022-12-31", "2023-01-31", "2023-03-01"])
            Rated(await elsewhere.Public.GetAsync(1, $"agendas/us-china-bali/board?validAt={day}")).ShouldBe(Rated(await bali.GetAsync($"board?validAt={day}")), day);
    }

    private static string Told(Reply board, string commitment)
    {
        var entry = board.Should(200).Json["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == commitment)!;
        var straddling = entry["because"]!["straddling"]!.AsArray();
        return $"{entry["status"]}{(straddling.Count == 0 ? "" : ", straddling ")}{string.Join(", ", straddling)}";
    }

    private static string Rated(Reply board)
    {
        var rated = (JsonObject)board.Should(200).Json;
        foreach (var member in (string[])["position", "knownAt"]) rated.Remove(member).ShouldBeTrue();
        return rated.ToJsonString();
    }
}
