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

    private Task<string> BaliAsync(string page) => ShownAsync(bali.Tracker, $"/agendas/us-china-bali{page}");

    private static async Task<string> ShownAsync(TrackerUnderTest tracker, string page) =>
        WebUtility.HtmlDecode((await tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);
}
