using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Reports;

/// <summary>A report that was issued in error is marked so wherever it is read, and stays what it was.</summary>
public sealed class retracting_a_report(PostgresUnderTest postgres)
{
    private const string Reason = "It was issued for the wrong day.";

    [Fact]
    public async Task changes_nothing_of_what_was_issued_and_can_be_verified_as_before()
    {
        var (ledger, issued, slug) = await IssuedAsync();
        var before = (await ledger.GetAsync(issued.Position, $"reports/{slug}.json")).Should(200);
        (before.Header("Tracker-Retracted"), before.Header("Link")).ShouldBe(("false", null));

        var retracted = await RetractAsync(ledger, slug);

        retracted.Json["retraction"]!["reason"]!.GetValue<string>().ShouldBe(Reason);
        retracted.Json["digest"]!.GetValue<string>().ShouldBe(issued["digest"]);
        var after = (await ledger.GetAsync(retracted.Position, $"reports/{slug}.json")).Should(200);
        ((string)after.Json["retraction"]!["reason"]!).ShouldBe(Reason);
        var told = Encoding.UTF8.GetString(after.Bytes);
        var bare = Encoding.UTF8.GetBytes(told[..told.LastIndexOf(",\"retraction\":", StringComparison.Ordinal)] + "}");
        bare.ShouldBe(before.Bytes);
        Convert.ToHexStringLower(SHA256.HashData(bare)).ShouldBe(issued["digest"]);
        var verification = (await ledger.GetAsync($"reports/{slug}/verification")).Should(200);
        verification.Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        verification.Json["retraction"]!["reason"]!.GetValue<string>().ShouldBe(Reason);
        (await ledger.EventsAsync())[^1].Type.ShouldBe("report_retracted");
    }

    [Theory]
    [InlineData("json", Reason)]
    [InlineData("md", Reason)]
    [InlineData("html", Reason)]
    [InlineData("csv", Reason)]
    [InlineData("pdf", null)]
    public async Task is_told_by_every_form_and_to_whoever_kept_one(string ending, string? told)
    {
        var (ledger, issued, slug) = await IssuedAsync();
        var before = (await ledger.GetAsync(issued.Position, $"reports/{slug}.{ending}")).Should(200);
        before.CacheControl.ShouldBe("public, no-cache");
        before.Text.ShouldNotContain("in error");

        var retracted = await RetractAsync(ledger, slug);

        // A copy that is kept is asked about again, and is not the one any more.
        var after = (await ledger.GetAsync(retracted.Position, $"reports/{slug}.{ending}", ("If-None-Match", before.ETag!))).Should(200);
        after.Header("Tracker-Retracted").ShouldBe("true");
        after.Header("Link").ShouldBe($"</api/v1/{ledger.Path}/reports/{slug}/verification>; rel=\"describedby\"");
        after.Header("Content-Disposition")!.ShouldContain($"{ledger.Slug}-{slug}-issued-in-error.{ending}");
        after.Bytes.ShouldNotBe(before.Bytes);
        if (told is not null) after.Text.ShouldContain(told);
        if (ending is "md" or "html") after.Text.Split("Issued in error").Length.ShouldBe(3, "above all else, and at the foot");
    }

    [Fact]
    public async Task is_told_by_the_list_the_page_and_the_feed_where_it_is_news_once_more()
    {
        var (ledger, _, slug) = await IssuedAsync();
        var later = await ledger.RecordAsync("reports", new { validAt = "2023-01-30" });

        var retracted = await RetractAsync(ledger, slug);

        var listed = (await ledger.GetAsync(retracted.Position, "reports")).Should(200).Json["items"]!.AsArray();
        ((string?)listed.Single(x => (string?)x!["slug"] == slug)!["retraction"]!["reason"]).ShouldBe(Reason);
        listed.Single(x => (string?)x!["slug"] == later["slug"])!["retraction"].ShouldBeNull();
        var page = (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}/reports", ("Accept", "text/html"))).Should(200).Text;
        page.ShouldContain(Reason);
        page.IndexOf($"{later["slug"]}.html", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf($"{slug}.html", StringComparison.Ordinal), "in the order in which they were issued");
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var entries = XDocument.Parse((await ledger.GetAsync(retracted.Position, "feed.atom")).Should(200).Text).Descendants(atom + "entry").ToArray();
        var first = entries.Single(x => x.Element(atom + "id")!.Value.EndsWith($":reports:{slug}", StringComparison.Ordinal));
        entries[0].ShouldBe(first);
        first.Element(atom + "title")!.Value.ShouldStartWith("Issued in error: ");
        first.Element(atom + "summary")!.Value.ShouldContain(Reason);
        // That it was in error is said before what it says.
        var (summary, says) = (first.Element(atom + "summary")!.Value, (string)(await ledger.GetAsync($"reports/{slug}.json")).Should(200).Json["headline"]!);
        summary.IndexOf(says, StringComparison.Ordinal).ShouldBeGreaterThan(summary.IndexOf(Reason, StringComparison.Ordinal));
        string.CompareOrdinal(first.Element(atom + "updated")!.Value, first.Element(atom + "published")!.Value).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task leaves_the_next_report_with_the_last_that_stands()
    {
        var (ledger, first, _) = await IssuedAsync();
        await ledger.SourceAsync("paper");
        var second = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        second.Json["previous"]!.GetValue<string>().ShouldBe(first["slug"]);
        await RetractAsync(ledger, second["slug"]);

        // Asked for at once, and as known before the retraction: what is issued now is compared with what stands now.
        var third = await ledger.RecordAsync("reports", new { validAt = "2023-01-30" });
        third.Json["previous"]!.GetValue<string>().ShouldBe(first["slug"]);
        await RetractAsync(ledger, third["slug"]);
        await RetractAsync(ledger, first["slug"]);
        (await ledger.RecordAsync("reports", new { validAt = "2023-01-29" })).Json["previous"].ShouldBeNull();

        // Those that were compared with it still are: they stay what they were.
        var verified = (await ledger.GetAsync(await ledger.PositionAsync(), $"reports/{second["slug"]}/verification")).Should(200);
        verified.Json["matches"]!.GetValue<bool>().ShouldBeTrue(verified.Text);
    }

    [Fact]
    public async Task is_sent_to_nobody_as_if_it_had_been_issued_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Webhooks:AllowInner=true");
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        (await tracker.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = receiver.Url("reports"), events = new[] { "reportIssued" } })).Should(201);
        var issued = await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        await Seen.SoonAsync(() => receiver.All.Count == 1);

        await RetractAsync(ledger, issued["slug"]);
        var next = await ledger.RecordAsync("reports", new { validAt = "2023-01-30" });

        await Seen.SoonAsync(() => receiver.All.Count >= 2);
        receiver.At("reports").Select(x => x.Brief).ShouldBe([$"reportIssued {issued["slug"]}", $"reportIssued {next["slug"]}"]);
    }

    [Fact]
    public async Task is_for_publishers_once_and_with_a_reason()
    {
        var (ledger, _, slug) = await IssuedAsync();
        var at = $"{ledger.Path}/reports/{slug}/retraction";
        foreach (var role in (Role[])[Role.Reader, Role.Coder, Role.Reviewer])
            (await (await ledger.Tracker.AsAsync($"who-{role}", role)).PostAsync(at, new { reason = Reason })).ShouldRefuse(403, "forbidden");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync(at, new { reason = " " }))).ShouldRefuse(422, "empty-text", "reason");
        (await ledger.Owner.PostAsync($"{ledger.Path}/reports/2001-01-01-p1/retraction", new { reason = Reason })).ShouldRefuse(404, "not-found");

        (await (await ledger.Tracker.AsAsync("pia", Role.Publisher)).PostAsync(at, new { reason = Reason })).Should(200);

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync(at, new { reason = "Once more." }))).ShouldRefuse(409, "already-retracted");
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("2999-01-01")]
    public async Task is_not_needed_for_a_day_to_come_of_which_none_is_issued(string day)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/reports", new { validAt = day }))).ShouldRefuse(422, "in-future", "validAt");
        (await ledger.GetAsync($"board?validAt={day}")).Should(200);
        (await ledger.GetAsync($"timeline?validAt={day}")).Should(200);
    }

    private async Task<(Ledger Ledger, Reply Issued, string Slug)> IssuedAsync()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var issued = (await ledger.RecordAsync("reports", new { validAt = "2023-01-31" })).Should(201);
        return (ledger, issued, issued["slug"]);
    }

    private static Task<Reply> RetractAsync(Ledger ledger, string slug) => ledger.RecordAsync($"reports/{slug}/retraction", new { reason = Reason });
}
