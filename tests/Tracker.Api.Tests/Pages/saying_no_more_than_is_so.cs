using System.Net;
using Tracker.Api.Tests.Boards;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Pages;

/// <summary>Whoever is shown a single page can come away only with what is on record.</summary>
public sealed class saying_no_more_than_is_so(following_the_Bali_summit.Imported bali, PostgresUnderTest postgres) : IClassFixture<following_the_Bali_summit.Imported>
{
    [Fact]
    public async Task dates_the_latest_activity_on_a_day_where_that_is_known_and_by_one_where_it_is_not()
    {
        var board = await BaliAsync("");

        board.ShouldContain("<time datetime=\"2023-01-12\">on 12 January 2023</time>");
        board.ShouldContain("<time datetime=\"2023-01-31\">by 31 January 2023</time>");
    }

    [Fact]
    public async Task speaks_of_promises_not_to_act_only_where_there_are_any()
    {
        foreach (var page in (string[])["/matrix", "/parties/US"]) (await BaliAsync(page)).ShouldNotContain("Promises not to act", Case.Sensitive, page);
    }

    [Fact]
    public async Task says_what_the_change_log_leaves_out() =>
        (await BaliAsync("/changes")).ShouldContain("moves an earlier day only, and not where a commitment stands on the day of the recording, is not listed here");

    [Fact]
    public async Task names_the_sources_of_the_activity_where_evidence_cites_none()
    {
        var ledger = new Ledger(await postgres.SharedAsync(), TrackerUnderTest.NewName());
        var imported = (await ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(ledger.Slug, activities: 1))).Should(200);
        (await ledger.GetAsync(imported.Position, "board")).Should(200);

        var page = await ShownAsync(ledger.Tracker, $"/{ledger.Path}/commitments/visit");

        var evidence = page[page.IndexOf("id=\"evidence-", StringComparison.Ordinal)..page.IndexOf("id=\"searches\"", StringComparison.Ordinal)];
        evidence.ShouldContain("It cites no source itself. The sources of its activity:");
        evidence.ShouldContain("Readout of the meeting");
    }

    /// <summary>It did not happen: no title, link or list may tell it as if it had.</summary>
    [Fact]
    public async Task says_of_a_withdrawn_activity_wherever_it_is_told_that_it_was_withdrawn()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        var stands = (await ledger.GetAsync("evidence/e-1")).Should(200);
        var withdrawn = await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "It did not happen." });

        var (activity, source) = (await ShownAsync(ledger.Tracker, $"/{ledger.Path}/activities/talks"), await ShownAsync(ledger.Tracker, $"/{ledger.Path}/sources/readout"));

        activity.ShouldContain("<meta property=\"og:title\" content=\"Withdrawn: Talks in Langfang\"");
        activity.ShouldMatch("og:description\" content=\"Withdrawn from the record on [^\"]*: It did not happen\\.\"");
        source.ShouldContain("Accepted; its activity was withdrawn, so it does not count.");
        source.ShouldMatch("Talks in Langfang</a>\\. Withdrawn from the record on ");
        stands.Json["activityWithdrawal"].ShouldBeNull();
        var piece = (await ledger.GetAsync("evidence/e-1")).Should(200);
        (piece["state"], (string?)piece.Json["activityWithdrawal"]!["reason"]).ShouldBe(("accepted", "It did not happen."));
        ((string?)(await ledger.GetAsync("evidence")).Should(200).Json["items"]![0]!["activityWithdrawal"]!["reason"]).ShouldBe("It did not happen.");

        await ledger.RecordAsync("commitments/visit/withdrawal", new { reason = "It was no promise." });
        (await ShownAsync(ledger.Tracker, $"/{ledger.Path}/commitments/visit")).ShouldMatch("og:description\" content=\"Withdrawn from the record on [^\"]*: It was no promise\\.\"");
        (await ledger.GetAsync("badge.svg?commitment=visit")).Should(200).Text.ShouldContain(">Withdrawn<");
        withdrawn.Position.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task names_beside_what_is_overdue_by_a_later_start_what_was_delivered_before_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, Boards.Changes.telling_what_changed.At("2023-03-01"));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.CommitmentAsync("journey", dueOn: "2023-01");
        await ledger.RecordAsync("commitments/journey/evidence", Given.Evidence("e-1", depth: "delivered"));
        await ledger.RecordAsync("coverage", new { through = "2023-02-28" });

        const string Told = "verdue: due January 2023, counting only what came after 1 January 2023; delivered before that, by 12 December 2022";
        foreach (var page in (string[])[$"/{ledger.Path}?since=2023-01-01", $"/embed/{ledger.Path}?since=2023-01-01", $"/{ledger.Path}/commitments/journey?since=2023-01-01"])
            (await ShownAsync(tracker, page)).ShouldContain(Told, Case.Sensitive, page);
        (await ShownAsync(tracker, $"/{ledger.Path}?since=2023-01-01")).ShouldContain("None in this period");
    }

    private Task<string> BaliAsync(string page) => ShownAsync(bali.Tracker, $"/agendas/us-china-bali{page}");

    private static async Task<string> ShownAsync(TrackerUnderTest tracker, string page) =>
        WebUtility.HtmlDecode((await tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);
}
