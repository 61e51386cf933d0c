using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards.Changes;

public sealed class turning_the_calendar(PostgresUnderTest postgres)
{
    private const string Entered = "2022-12-31", Overdue = "2023-03-01", Stale = "2023-04-01";

    [Fact]
    public async Task records_each_day_that_changes_something_once_whatever_the_number_of_nodes()
    {
        var clock = telling_what_changed.At("2022-12-05");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        await using var second = await tracker.AnotherNodeAsync(clock);
        await using var third = await tracker.AnotherNodeAsync(clock);
        var ledger = await PromisedAsync(tracker);
        var before = await ledger.PositionAsync();

        foreach (var day in (string[])[Entered, Overdue, Stale])
        {
            while (Today(clock) != day) clock.Advance(TimeSpan.FromDays(1));
            await SeenAsync(ledger, clock, day);
            await ShouldStandAsOnTheBoardAsync(ledger, day, before);
        }

        clock.Advance(TimeSpan.FromDays(400));
        await CaughtUpAsync(tracker.Node, clock);
        await CaughtUpAsync(second, clock);

        (await ReachedAsync(ledger)).ShouldBe([(Entered, false), (Overdue, false), (Stale, false)]);
        (await ledger.PositionAsync()).ShouldBe(before + 3);
        var told = (await ledger.ChangesAsync(before + 3, $"{before}")).Where(x => x["party"] is null).Select(ChangesOf.Short).ToArray();
        told.ShouldBe([
            $"{before + 1}.1 channel: notYetRated → dialogueOnly from {Entered} on on-channel",
            $"{before + 1}.4 visit: notYetRated → dialogueOnly from {Entered} on on-visit",
            $"{before + 2}.1 visit: becameOverdue from {Overdue}",
            $"{before + 3}.1 channel: becameStale from {Stale}"]);
    }

    [Fact]
    public async Task records_the_days_missed_while_nothing_ran_in_order_and_says_that_they_are_late()
    {
        var clock = telling_what_changed.At("2022-12-05");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await PromisedAsync(tracker);
        var before = await ledger.PositionAsync();
        await ledger.ChangesAsync(before);

        await tracker.RestartAsync(() => { clock.Advance(TimeSpan.FromDays(150)); return Task.CompletedTask; });
        await CaughtUpAsync(tracker.Node, clock);

        (await ReachedAsync(ledger)).ShouldBe([(Entered, true), (Overdue, true), (Stale, true)]);
        var told = await ledger.ChangesAsync(before + 3, $"{before}");
        told.ShouldAllBe(x => x["late"]!.GetValue<bool>());
        told.Where(x => x["party"] is null).Select(x => (string)x["text"]!).ShouldBe([
            "A visit: not yet rated → dialogue only, effective 31 December 2022, recorded late on 4 May 2023; the record then reached 31 December 2022.",
            "A visit: not yet rated → dialogue only, effective 31 December 2022, recorded late on 4 May 2023; the record then reached 31 December 2022.",
            "A visit: overdue from 1 March 2023 (due February 2023), recorded late on 4 May 2023; the record then reached 31 December 2022.",
            "A visit: stale from 1 April 2023, recorded late on 4 May 2023; the record then reached 31 December 2022."]);
        (await ledger.ChangesAsync(before + 3)).Count.ShouldBe(told.Count + 2, "nothing is told twice");

        await tracker.RestartAsync();
        await CaughtUpAsync(tracker.Node, clock);
        (await ledger.PositionAsync()).ShouldBe(before + 3);
    }

    [Fact]
    public async Task raises_no_flag_beyond_the_end_of_the_record_and_tells_that_it_ended_and_goes_on_again()
    {
        var clock = telling_what_changed.At("2022-12-05");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await PromisedAsync(tracker, "depth-ladder/2");
        var before = await ledger.PositionAsync();

        foreach (var day in (string[])[Entered, "2023-01-31"])
        {
            while (Today(clock) != day) clock.Advance(TimeSpan.FromDays(1));
            await SeenAsync(ledger, clock, day);
        }

        clock.Advance(TimeSpan.FromDays(400));
        await CaughtUpAsync(tracker.Node, clock);
        (await ReachedAsync(ledger)).Select(x => x.Day).ShouldBe([Entered, "2023-01-31"]);
        (await ledger.ChangesAsync(before + 2, $"{before + 1}")).Select(x => $"{x["kind"]} {x["effectiveOn"]} {x["text"]}").ShouldBe([
            "becameUncovered 2023-01-31 The record ends on 31 December 2022: from 31 January 2023 it is no longer current, and says nothing of what came after."]);

        var stated = await ledger.RecordAsync("coverage", new { through = Today(clock) });
        (await ledger.ChangesAsync(stated.Position, $"{before + 2}")).Select(x => $"{x["kind"]} {x["commitment"]}")
            .ShouldBe(["becameStale channel", "becameOverdue visit", "covered "], ignoreOrder: true);

        var takenBack = await ledger.RecordAsync($"coverage/{stated["id"]}/withdrawal", new { reason = "Not all was gone through." });
        (await ledger.ChangesAsync(takenBack.Position, $"{stated.Position}")).Where(x => x["commitment"] is not null).Select(x => $"{x["kind"]} {x["commitment"]} {x["effectiveOn"]} {x["text"]}")
            .ShouldBe([$"noLongerOverdue visit 2022-12-31 A visit: no longer overdue, by what was recorded on {Said(clock)}; the record then reached 31 December 2022.", $"noLongerStale channel 2022-12-31 A visit: no longer stale, by what was recorded on {Said(clock)}; the record then reached 31 December 2022."], ignoreOrder: true);
    }

    [Fact]
    public async Task has_nothing_to_record_of_what_was_over_when_it_was_recorded()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var bali = new Ledger(tracker, "us-china-bali");
        (await bali.Owner.PostAsync($"{bali.Path}/import", following_the_Bali_summit.Imported.Bundle())).Should(200);
        await bali.ChangesAsync(1);

        await CaughtUpAsync(tracker.Node, TimeProvider.System);

        (await ReachedAsync(bali)).ShouldBeEmpty();
        (await bali.PositionAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task is_done_by_the_service_itself()
    {
        var clock = telling_what_changed.At("2023-02-27");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync(version: "depth-ladder/1");
        await ledger.CommitmentAsync(dueOn: "2023-02");

        clock.Advance(TimeSpan.FromDays(2));
        await SeenAsync(ledger, clock, Overdue);

        var reached = (await ledger.EventsAsync())[^1];
        reached.Stream.ShouldBe($"{ledger.Slug}/agenda");
        reached.By.ShouldBe(await tracker.AskAsync<string>("select id from tracker.principal where issuer = 'tracker' and subject = 'calendar'"));
        (await ledger.GetAsync(3, "")).Json.AsObject().ContainsKey("reachedOn").ShouldBeFalse();
    }

    private static string Said(FakeTimeProvider clock) => clock.GetUtcNow().ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A visit due in February and a channel to be kept open; talks some time in December bear on both.</summary>
    private static async Task<Ledger> PromisedAsync(TrackerUnderTest tracker, string version = "depth-ladder/1")
    {
        var ledger = await tracker.OpenAgendaAsync("none", version);
        await ledger.SourceAsync();
        await ledger.CommitmentAsync(dueOn: "2023-02");
        await ledger.CommitmentAsync("channel", "continuing");
        await ledger.ActivityAsync("talks", "2022-12");
        foreach (var commitment in (string[])["visit", "channel"])
            await ledger.RecordAsync($"commitments/{commitment}/evidence", Given.Evidence($"on-{commitment}"));
        return ledger;
    }

    private static async Task<(string Day, bool Late)[]> ReachedAsync(Ledger ledger) =>
        [.. (await ledger.EventsAsync()).Where(x => x.Type == "day_reached").Select(x => JsonNode.Parse(x.Body)!).Select(x => ((string)x["day"]!, (bool)x["late"]!))];

    /// <summary>Waits for a day to be recorded and told; the clock goes on meanwhile, as clocks do.</summary>
    private static async Task SeenAsync(Ledger ledger, FakeTimeProvider clock, string day)
    {
        for (var i = 0; i < 1_200; i++)
        {
            if ((await ReachedAsync(ledger)).Any(x => x.Day == day))
            {
                await ledger.Tracker.Node.Services.GetRequiredService<ChangeReader>().ReachedAsync(ledger.Slug, await ledger.PositionAsync(), TimeSpan.FromDays(1), default);
                return;
            }

            await Task.Delay(100);
            if (i < 300 && i % 10 == 9) clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Fail($"{day} was not recorded by {clock.GetUtcNow():u}; {string.Join(", ", await ReachedAsync(ledger))} were.");
    }

    /// <summary>The calendar as the service turns it, now and not some time soon.</summary>
    private static async Task CaughtUpAsync(Node node, TimeProvider clock)
    {
        var caller = new Caller(await node.Services.GetRequiredService<Tracker.Access.Principals>().OfAsync("tracker", "calendar", default), []);
        for (var i = 0; i < 20; i++)
            if (await node.Services.GetRequiredService<Calendar>().ReachAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), caller, default)) return;
        Assert.Fail("The calendar does not come to today.");
    }

    /// <summary>The board says of the day what the change log told, also as known before the day was recorded.</summary>
    private static async Task ShouldStandAsOnTheBoardAsync(Ledger ledger, string day, long before)
    {
        var board = (await ledger.GetAsync($"board?validAt={day}&knownAt={before}")).Should(200).Json["commitments"]!.AsArray();
        var told = await ledger.ChangesAsync(await ledger.PositionAsync());
        foreach (var entry in board)
        {
            var slug = (string)entry!["slug"]!;
            var of = told.Where(x => (string?)x["commitment"] == slug).ToArray();
            ((string?)of.Last(x => x["party"] is null && x["to"] is not null)["to"]).ShouldBe((string?)entry["status"], slug);
            foreach (var (party, verdict) in entry["byParty"]!.AsObject())
                ((string?)of.LastOrDefault(x => (string?)x["party"] == party)?["to"] ?? "notYetRated").ShouldBe((string?)verdict!["status"], $"{slug} {party}");
            of.Any(x => (string)x["kind"]! == "becameOverdue").ShouldBe(entry["flags"]!["overdue"]!.GetValue<bool>(), slug);
            of.Any(x => (string)x["kind"]! == "becameStale").ShouldBe(entry["flags"]!["stale"]!.GetValue<bool>(), slug);
        }
    }

    private static string Today(FakeTimeProvider clock) => clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
