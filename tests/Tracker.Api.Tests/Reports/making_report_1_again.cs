using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Api.Tests.Reports;

/// <summary>
/// Reports that were issued by <c>report/1</c> are made again byte for byte, though none is issued by it any more. What is committed here was issued
/// by the program of that time: the second tells what was moved, corrected and withdrawn since the first.
/// </summary>
public sealed class making_report_1_again(PostgresUnderTest postgres)
{
    private const string First = "cd1fda6a2d529a878146f5275a1e92fd1df0b82107610b03cdbd808c8bc06e1b";
    private const string Second = "1a536d259796422a0b90ea95666cd82b4af0ca26568464fa33c6bc9fbaf6880b";

    [Fact]
    public async Task gives_the_bytes_that_were_issued_and_verifies_them()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = new Ledger(tracker, "us-china-bali");
        (await tracker.Owner.PostAsync($"{ledger.Path}/import", await File.ReadAllBytesAsync(Committed("us-china-bali.report-1.bundle.json")))).Should(200);
        var first = await IssuedAsync(ledger, "2023-01-31", 1, null, First);
        await MoveAsync(ledger);
        var second = await IssuedAsync(ledger, "2023-07-31", 9, first, Second);

        foreach (var (name, digest, file) in new[] { (first, First, "us-china-bali-2023-01-31.report-1.json"), (second, Second, "us-china-bali-2023-07-31.report-1.json") })
        {
            var issued = await File.ReadAllBytesAsync(Committed(file));
            Convert.ToHexStringLower(SHA256.HashData(issued)).ShouldBe(digest);
            var again = (await ledger.GetAsync(await ledger.PositionAsync(), $"reports/{name}.json")).Should(200);
            again.Text.ShouldBe(System.Text.Encoding.UTF8.GetString(issued));
            (await ledger.GetAsync($"reports/{name}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
            foreach (var ending in (string[])["md", "html", "pdf", "csv"]) (await ledger.GetAsync($"reports/{name}.{ending}")).Should(200);
        }

        // What it told as moved, it tells as it told it: from the change log, in sentences.
        var text = (await ledger.GetAsync($"reports/{second}.md")).Text;
        text.ShouldContain("New on the record: Work together on food security.");
        text.ShouldContain("- Visit of Secretary Blinken to China: dialogue only → delivered, effective 2023-06-19, recorded late on 2026-01-01.");
        text.ShouldNotContain("This record ends");

        // What is issued now is of the template of now, and is compared with the board of the one before.
        var now = (await ledger.RecordAsync("reports", new { validAt = "2023-07-31" }));
        (now["template"], now["previous"]).ShouldBe(("report/2", second));
        (await ledger.GetAsync(now.Position, $"reports/{now["slug"]}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static async Task MoveAsync(Ledger ledger)
    {
        await ledger.RecordAsync("activities/austin-meets-wei/corrections", new { title = "The defence ministers meet in Siem Reap", reason = "The place was missing." });
        // What accepted evidence rests on was changed at once then, by one person.
        await ThenAsync<Activity>(ledger, "yellen-meets-liu", _ => new ActivityWithdrawn("It was counted twice."));
        await ThenAsync<Commitment>(ledger, "secretary-visit", x =>
            new CommitmentCorrected(x.Title, x.Type, x.MadeOn, x.Parties, x.Criteria, x.Bar, FuzzyDate.Parse("2023-03"), x.Tags, "The month was misread."));
        await ledger.RecordAsync("commitments", new
        {
            slug = "food-security",
            title = "Work together on food security",
            type = "continuing",
            madeOn = "2022-11-14",
            parties = new[] { "US", "PRC" },
            clauses = Array.Empty<object>(),
        });
        await ledger.RecordAsync("activities", new
        {
            slug = "visit",
            kind = "visit",
            title = "The Secretary visits Beijing",
            occurred = "2023-06-18/2023-06-19",
            participants = new[] { new { party = "US", name = "The Secretary" }, new { party = "PRC", name = "The Minister" } },
            sources = new[] { "seed-article" },
        });
        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/secretary-visit/evidence",
            new { key = "visit-made", activity = "visit", depth = "delivered", direction = "advances", parties = new[] { "US" }, rationale = "It took place.", citations = Array.Empty<object>() })).Should(201);
        (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/visit-made/review", Given.Review())).Should(200);
    }

    /// <summary>Records what the program of that time recorded.</summary>
    private static async Task ThenAsync<T>(Ledger ledger, string name, Func<T, object> happened) where T : class, IFolded<T>
    {
        var key = StreamKey.Of<T>(ledger.Slug, name);
        var (_, refusal) = await ledger.Tracker.Node.Services.GetRequiredService<Recorder>().RecordAsync(new Attempt(
            ledger.Slug, Opens: false, new Caller("p-of-old", [new Grant(Role.Owner, null)]), [],
            (known, _) => ValueTask.FromResult(Decided.That(happened(known.The<T>(name)))), key, recorded => new Answer(200, "", null, recorded.Position, [])), default);
        refusal.ShouldBeNull();
    }

    /// <summary>Records that a report was issued, as the program of that time did.</summary>
    private static async Task<string> IssuedAsync(Ledger ledger, string validAt, long position, string? previous, string digest)
    {
        var name = $"{validAt}-p{position}";
        var report = StreamKey.Of<Report>(ledger.Slug, name);
        var knownAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(position - 1);
        var issued = new ReportIssued(ReportDocument.Template1, DateOnly.Parse(validAt, System.Globalization.CultureInfo.InvariantCulture), new DateOnly(2022, 11, 14), position, knownAt,
            new Codebook(Codebook.DepthLadder1, Depth.Mechanism, 90, null, ReviewPolicy.Second), previous, digest);
        var (answer, refusal) = await ledger.Tracker.Node.Services.GetRequiredService<Recorder>().RecordAsync(new Attempt(
            ledger.Slug, Opens: false, new Caller("p-of-old", [new Grant(Role.Owner, null)]), [],
            (_, _) => ValueTask.FromResult<Decided>(new HappenedOnMany([new StreamEvents(report, [issued], Starts: true)], () => "")),
            StreamKey.ForAgenda(ledger.Slug), recorded => new Answer(200, "", null, recorded.Position, [])), default);
        refusal.ShouldBeNull();
        await ledger.GetAsync(answer!.Position!.Value, "");
        return name;
    }

    private static string Committed(string name) => TheContract.Repository("tests", "Tracker.Api.Tests", "Reports", name);
}
