using System.Net;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Api.Tests.Pages;

/// <summary>The rule where readers look for it, and who stands behind a tracker.</summary>
public sealed partial class publishing_the_method(PostgresUnderTest postgres)
{
    [Fact]
    public async Task answers_with_the_words_and_with_each_version_whole()
    {
        var tracker = await postgres.SharedAsync();
        var method = await PageAsync(tracker, "/method");
        foreach (var term in TermWords.All) method.ShouldContain($"id=\"{TermWords.Anchor(term)}\"");
        foreach (var rule in MethodPages.Rules)
        {
            method.ShouldContain($"href=\"{MethodPages.Of(rule)}\"");
            var page = await PageAsync(tracker, MethodPages.Of(rule));
            StatusRow().Matches(page).Select(x => Words.Parse<CommitmentStatus>(x.Groups[1].Value)).ShouldBe(
            [
                CommitmentStatus.Reversed, CommitmentStatus.Delivered, CommitmentStatus.Contested, CommitmentStatus.ConcreteAction, CommitmentStatus.Undercut, CommitmentStatus.Partial,
                CommitmentStatus.DialogueOnly, CommitmentStatus.Undercut, CommitmentStatus.WordsOnly, CommitmentStatus.NoneFound, CommitmentStatus.NotYetRated,
            ], rule);
            foreach (var status in Enum.GetValues<CommitmentStatus>()) page.ShouldContain($"id=\"status-{Words.Text(status)}\"");
            foreach (var part in (string[])["ladder", "directions", "window", "statuses", "flags", "parties", "example", "limits", "changes"]) page.ShouldContain($"id=\"{part}\"", customMessage: rule);
            page.Contains("id=\"coverage\"", StringComparison.Ordinal).ShouldBe(rule != "depth-ladder/1");
        }

        (await tracker.Public.GetAsync("/method/depth-ladder-9", ("Accept", "text/html"))).Should(404).Text.ShouldContain("There is nothing here");
    }

    /// <summary>Every link into the method, from any page of it or of an agenda, leads to a place that is there.</summary>
    [Fact]
    public async Task is_linked_from_where_a_status_is_shown_and_every_link_leads_somewhere()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.GetAsync(await ledger.PositionAsync(), "board");
        var rule = MethodPages.Of((await ledger.GetAsync("board")).Json["codebook"]!["version"]!.GetValue<string>());
        var places = new Dictionary<string, string>();
        foreach (var page in (string[])[MethodPages.Method, .. MethodPages.Rules.Select(MethodPages.Of)]) places.Add(page, await PageAsync(tracker, page));

        foreach (var (path, wanted) in ((string, string[])[])
        [
            ("/", [MethodPages.Method, "/about"]), ($"/{ledger.Path}?validAt=2023-01-31", [rule, "/method#bar", "/method#position", "/method#baseline", "/method#depth", "/about"]),
            ($"/{ledger.Path}/commitments/visit?validAt=2023-01-31", [$"{rule}#status-notYetRated", "/method#bar", "/about"]), ($"/{ledger.Path}/timeline?validAt=2023-01-31", [rule, "/method#depth", "/method#direction"]),
            ($"/{ledger.Path}/divergence?validAt=2023-01-31", [rule, "/about"]), ($"/{ledger.Path}/changes", [MethodPages.Method, "/about"]), ($"/{ledger.Path}/reports", [MethodPages.Method, "/about"]),
            ($"/embed/{ledger.Path}?validAt=2023-01-31", [rule]), (MethodPages.Method, ["/about"]), .. MethodPages.Rules.Select(x => (MethodPages.Of(x), (string[])["/about", MethodPages.Method])),
        ])
        {
            var links = Link().Matches(await PageAsync(tracker, path)).Select(x => WebUtility.HtmlDecode(x.Groups[1].Value)).ToHashSet();
            foreach (var link in wanted) links.ShouldContain(link, path);
            foreach (var link in links.Where(x => x.StartsWith(MethodPages.Method, StringComparison.Ordinal)))
            {
                var (page, place) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
                places.ShouldContainKey(page, $"{link} on {path}");
                if (place is not null) places[page].ShouldContain($"id=\"{place}\"", customMessage: $"{link} on {path}");
            }
        }

        // A refusal has the same footer.
        (await tracker.Public.GetAsync("/agendas/nowhere", ("Accept", "text/html"))).Should(404).Text.ShouldContain("href=\"/about\"");
    }

    [Fact]
    public async Task leads_to_no_board_that_is_not_there()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);

        foreach (var rule in MethodPages.Rules) (await PageAsync(tracker, MethodPages.Of(rule))).ShouldNotContain("/agendas/");
    }

    [Fact]
    public async Task says_honestly_what_the_operator_has_not_said()
    {
        var page = await PageAsync(await postgres.SharedAsync(), "/about");

        page.ShouldContain("The operator of this installation has not said who they are.");
        page.ShouldContain("The operator has given no address to write to.");
        page.ShouldContain("The operator has not published a policy for corrections.");
        page.ShouldContain("The operator has not said under which terms the data may be used.");
    }

    [Fact]
    public async Task says_what_the_operator_says_and_runs_none_of_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null,
            "--Tracker:About:Publisher=The <b>Lake</b> Institute", "--Tracker:About:Contact=desk@lake.example", "--Tracker:About:CorrectionsPolicy=https://lake.example/corrections?a=1&b=2",
            "--Tracker:About:DataLicence=javascript:alert(1)");
        var page = await PageAsync(tracker, "/about");

        page.ShouldContain("The &lt;b&gt;Lake&lt;/b&gt; Institute");
        page.ShouldContain("href=\"mailto:desk@lake.example\"");
        page.ShouldContain("href=\"https://lake.example/corrections?a=1&amp;b=2\"");
        page.ShouldContain("javascript:alert(1)");
        page.ShouldNotContain("href=\"javascript:");
        page.ShouldNotContain("has not said who they are");
    }

    private static async Task<string> PageAsync(TrackerUnderTest tracker, string path) => (await tracker.Public.GetAsync(path, ("Accept", "text/html"))).Should(200).Text;

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<tr [^>]*data-status=\"([a-zA-Z]+)\"")]
    private static partial Regex StatusRow();
}
