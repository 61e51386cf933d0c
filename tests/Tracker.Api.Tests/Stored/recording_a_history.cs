using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Agendas;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Api.Tests.Stored;

/// <summary>
/// How the stored history came to be. It is run only when it is asked for (<c>-explicit only</c>), where a new kind of event
/// needs a history of its own: what lies there is not
/// recorded again.
/// </summary>
public sealed class recording_a_history(PostgresUnderTest postgres) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2023, 2, 10, 12, 0, 0, TimeSpan.Zero));
    private TrackerUnderTest tracker = null!;
    private Ledger bali = null!;

    [Fact(Explicit = true)]
    public async Task writes_what_is_not_there_yet()
    {
        (await tracker.Owner.PostAsync($"{bali.Path}/import", Seed("us-china-bali.json"))).Should(200);
        await bali.RecordAsync("reports", new { validAt = "2023-01-31" });
        await TheAgendaAsync();
        await TheRecordAsync();
        await TheEvidenceAsync();
        await WhatWaitsAsync();
        await ReportsAsync();
        // The calendar's pages are turned, and what they change is told.
        _clock.Advance(TimeSpan.FromDays(60));
        await Seen.SoonAsync(async () => (await bali.EventsAsync()).Any(x => x.Type == "day_reached"), _clock, TimeSpan.FromMinutes(1));
        await ThenAsync<Agenda>(null, _ => new DayReached(new DateOnly(2023, 4, 1), Late: false));
        // What came to nothing by its day is overdue once the record reaches beyond it, and what nothing came after is stale.
        await bali.RecordAsync("coverage", new { through = "2023-04-10", places = new[] { "the article and what it cites" } });
        await bali.RecordAsync("reports", new { validAt = "2023-04-10" });
        _clock.SetUtcNow(new DateTimeOffset(2023, 12, 1, 12, 0, 0, TimeSpan.Zero));
        await FollowUpAsync();
        await bali.RecordAsync("reports", new { validAt = "2023-06-30" });
        await bali.RecordAsync("reports", new { validAt = "2023-12-01", since = "2023-06-30" });

        var events = await bali.EventsAsync();
        events.Select(x => x.Type).Distinct().Order(StringComparer.Ordinal).ShouldBe(EventStore.EventNames.Values.Order(StringComparer.Ordinal));
        if (!File.Exists(StoredHistory.Path)) await File.WriteAllLinesAsync(StoredHistory.Path, await StoredHistory.LinesAsync(tracker.ConnectionString));
    }

    public async ValueTask InitializeAsync()
    {
        tracker = await TrackerUnderTest.StartAsync(postgres, _clock);
        bali = new Ledger(tracker, StoredHistory.Agenda);
    }

    public ValueTask DisposeAsync() => tracker.DisposeAsync();

    private static byte[] Seed(string name) => File.ReadAllBytes(TheContract.Repository("seeds", name));

    /// <summary>A thing of the second seed, recorded before it is imported: the import finds it there.</summary>
    private static JsonNode OfFollowUp(string kind, string slug) => JsonNode.Parse(Seed("us-china-bali-followup.json"))![kind]!.AsArray().Single(x => (string?)x!["slug"] == slug)!.DeepClone();

    /// <summary>The second seed, but for what stands otherwise by now.</summary>
    private async Task FollowUpAsync()
    {
        var bundle = JsonNode.Parse(Seed("us-china-bali-followup.json"))!;
        var agenda = (await bali.Owner.GetAsync($"{bali.Path}/export")).Should(200).Json["agenda"]!.DeepClone();
        agenda["milestones"]!.AsArray().Add(bundle["agenda"]!["milestones"]![0]!.DeepClone());
        bundle["agenda"] = agenda;
        bundle["activities"]!.AsArray().RemoveAll(x => (string?)x!["slug"] == "visit-postponed");
        (await tracker.Owner.PostAsync($"{bali.Path}/import", bundle)).Should(200);
    }

    private async Task ComesAndGoesAsync(string path, string reason)
    {
        await bali.RecordAsync($"{path}/withdrawal", new { reason });
        await bali.RecordAsync($"{path}/reinstatement", new { reason = "It stands after all." });
    }

    private async Task TheAgendaAsync()
    {
        await bali.RecordAsync("corrections", new { summary = "What the leaders said in Bali that their sides would do, and what is on record since.", reason = "It was too long." });
        await bali.RecordAsync("milestones", new { slug = "beijing", name = "The Secretary's visit", date = "2023-06-18" });
        await bali.RecordAsync("milestones/beijing/corrections", new { name = "The Secretary's visit to Beijing", reason = "The place was missing." });
        await ComesAndGoesAsync("milestones/beijing", "Of a day to come nothing is known.");
        var coverage = await bali.RecordAsync("coverage", new { through = "2023-01-31", places = new[] { "the article and what it cites" } });
        await ComesAndGoesAsync($"coverage/{coverage["id"]}", "It was stated too early.");
    }

    private async Task TheRecordAsync()
    {
        await bali.RecordAsync("sources", OfFollowUp("sources", "npr-visit-postponed"));
        await bali.RecordAsync("sources/npr-visit-postponed/corrections", new { language = "de", reason = "A test of what is corrected." });
        await bali.RecordAsync("sources/npr-visit-postponed/corrections", new { language = OfFollowUp("sources", "npr-visit-postponed")["language"], reason = "It is as it was." });
        await ComesAndGoesAsync("sources/npr-visit-postponed", "It was recorded too early.");
        await bali.RecordAsync("activities", OfFollowUp("activities", "visit-postponed").With("sources", """["npr-visit-postponed"]""").With("accounts", "[]"));
        await bali.RecordAsync("activities/visit-postponed/corrections", new { tags = new[] { "visits" }, reason = "It had no tags." });
        await ComesAndGoesAsync("activities/visit-postponed", "It was recorded too early.");
        await bali.RecordAsync("commitments/joint-working-group/corrections", new { tags = new[] { "bodies" }, reason = "It had no tags." });
        await ComesAndGoesAsync("commitments/joint-working-group", "It is a part of another.");
        var clause = JsonNode.Parse(Seed("us-china-bali.json"))!["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == "joint-working-group")!["clauses"]![0]!;
        var added = await bali.RecordAsync("commitments/joint-working-group/clauses", clause);
        await bali.RecordAsync($"commitments/joint-working-group/clauses/{added["id"]}/corrections", new { note = "The same words, once more.", reason = "It says why it is here." });
        var search = await bali.RecordAsync("commitments/joint-working-group/searches", new { searchedThrough = "2023-01-31", places = new[] { "the article and what it cites" } });
        await ComesAndGoesAsync($"commitments/joint-working-group/searches/{search["id"]}", "It was not finished.");
        await bali.RecordAsync("activities/bali-summit/redactions", new { member = "summary", reason = "A test of what is taken out." });
    }

    private async Task TheEvidenceAsync()
    {
        var (coder, reviewer) = (await bali.CoderAsync(), await bali.ReviewerAsync());
        foreach (var (key, decision) in ((string, string)[])[("postponed-1", "accept"), ("postponed-2", "reject"), ("postponed-3", "accept")])
        {
            (await coder.PostAsync($"{bali.Path}/commitments/secretary-visit/evidence", new
            {
                key,
                activity = "visit-postponed",
                depth = "words",
                direction = "undercuts",
                parties = new[] { "US" },
                rationale = "The visit is put off.",
                citations = new[] { new { source = "npr-visit-postponed" } },
            })).Should(201);
            (await reviewer.PostAsync($"{bali.Path}/evidence/{key}/review", new { decision, rationale = "As the account has it." })).Should(200);
        }

        (await reviewer.PostAsync($"{bali.Path}/evidence/postponed-1/recoding", new { depth = "measure", reason = "It is an act." })).Should(200);
        (await reviewer.PostAsync($"{bali.Path}/evidence/postponed-3/retraction", new { reason = "It says the same as the first." })).Should(200);
    }

    private async Task WhatWaitsAsync()
    {
        await bali.RecordAsync("activities/december-talks/corrections", new { occurred = "2022-12-11/2022-12-12", place = "Langfang, Hebei", reason = "The Chinese account names the place and the two days" });
        await bali.RecordAsync("commitments/secretary-visit/corrections", new { dueOn = "2023-03", reason = "Early in the year is until March." });
        foreach (var path in (string[])["activities/yellen-meets-liu", "commitments/maintain-communication"])
        {
            var waits = await bali.Owner.PostAsync($"{bali.Path}/{path}/withdrawal", new { reason = "Is it of this agenda?" });
            (await (await bali.ReviewerAsync()).PostAsync($"{waits.Should(202).Location}/rejection", new { reason = "It is." })).Should(200);
        }
    }

    private async Task ReportsAsync()
    {
        await bali.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = new[] { "json" }, deliver = Array.Empty<object>() });
        await bali.RecordAsync("schedules/weekly/corrections", new { cron = "0 7 * * MON", reason = "An hour later." });
        await bali.RecordAsync("schedules/weekly/pause", new { });
        await bali.RecordAsync("schedules/weekly/resume", new { });
        await bali.RecordAsync("schedules/weekly/pause", new { });
        var report = (string)(await bali.RecordAsync("reports", new { validAt = "2023-01-31" })).Json["slug"]!;
        await ThenAsync<Report>(report, _ => new OccurrencesPassedOver(3));
        await bali.RecordAsync($"reports/{report}/retraction", new { reason = "It was issued twice." });
    }

    /// <summary>Records what comes about by itself, and seldom.</summary>
    private async Task ThenAsync<T>(string? name, Func<T, object> happened) where T : class, IFolded<T>
    {
        var key = name is null ? StreamKey.ForAgenda(bali.Slug) : StreamKey.Of<T>(bali.Slug, name);
        var (_, refusal) = await tracker.Node.Services.GetRequiredService<Recorder>().RecordAsync(new Attempt(
            bali.Slug, Opens: false, new Caller("p-service", [new Grant(Role.Owner, null)]), [],
            (known, _) => ValueTask.FromResult(Decided.That(happened((T)known.Find(key)!))), key, recorded => new Answer(200, "", null, recorded.Position, [])), default);
        refusal.ShouldBeNull();
    }
}
