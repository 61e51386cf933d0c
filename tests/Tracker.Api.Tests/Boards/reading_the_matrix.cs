using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Tracker.Api.Tests.Harness;
using Tracker.Boards;

namespace Tracker.Api.Tests.Boards;

/// <summary>Parties × commitments, and every place that tells a number of an agenda with twenty parties.</summary>
public sealed class reading_the_matrix(PostgresUnderTest postgres)
{
    private const string Day = "validAt=2023-01-31";

    [Fact]
    public async Task tells_where_each_party_stands_on_each_commitment()
    {
        var summit = await SummitAsync();
        var (matrix, board) = ((await summit.GetAsync($"matrix?{Day}")).Should(200).Json, (await summit.GetAsync($"board?{Day}")).Should(200).Json);

        foreach (var member in (string[])["agenda", "baseline", "since", "validAt", "knownAt", "position", "codebook", "coveredThrough", "current", "asOf", "daysSince", "headline", "summary"])
            matrix[member]!.ToJsonString().ShouldBe(board[member]!.ToJsonString(), member);
        matrix["parties"]!.AsArray().Select(x => (string)x!).ShouldBe(Enumerable.Range('A', 20).Select(x => new string((char)x, 2)));
        var commitments = matrix["commitments"]!.AsArray().Select(x => (string)x!).ToArray();
        commitments.ShouldBe(board["commitments"]!.AsArray().Select(x => (string)x!["slug"]!));
        foreach (var (i, party) in matrix["parties"]!.AsArray().Select(x => (string)x!).Index())
            for (var j = 0; j < commitments.Length; j++)
            {
                var (cell, verdict) = (matrix["cells"]![i]![j]!, board["commitments"]![j]!["byParty"]![party]!);
                cell["status"]!.ToString().ShouldBe(verdict["status"]!.ToString(), $"{party} on {commitments[j]}");
                cell["concreteSinceBaseline"]!.ToString().ShouldBe(verdict["concreteSinceBaseline"]!.ToString());
            }

        // AA: in contact on the second, searched for on the first, where it acted.
        matrix["cells"]![0]![1]!.ToJsonString().ShouldBe("""{"status":"dialogueOnly","concreteSinceBaseline":false,"evidence":{"words":0,"contact":1,"mechanism":0,"measure":0,"delivered":0,"undercutting":0}}""");
        matrix["cells"]![0]![0]!["status"]!.ToString().ShouldBe("concreteAction");
        matrix["cells"]![1]![0]!["status"]!.ToString().ShouldBe("noneFound");
        matrix["columnCounts"]![0]!.ToJsonString().ShouldBe("""{"of":20,"withConcreteAction":1}""");
        matrix["rowCounts"]!.AsArray().Sum(x => (int)x!["withConcreteAction"]!).ShouldBe(37);
        matrix["rowCounts"]!.AsArray().Sum(x => (int)x!["of"]!).ShouldBe(240);
    }

    [Fact]
    public async Task has_nothing_in_the_cell_of_a_party_that_did_not_make_the_commitment()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.RecordAsync("commitments", Given.Commitment("alone").With("parties", """["BB"]"""));
        var matrix = (await ledger.GetAsync(last.Position, $"matrix?{Day}")).Should(200).Json;

        matrix["commitments"]!.ToJsonString().ShouldBe("""["alone","visit"]""");
        matrix["cells"]![0]![0].ShouldBeNull();
        matrix["cells"]![1]![0]!["status"]!.ToString().ShouldBe("notYetRated");
        matrix["rowCounts"]!.ToJsonString().ShouldBe("""[{"of":1,"withConcreteAction":0},{"of":2,"withConcreteAction":0}]""");
        (await ledger.GetAsync($"matrix.csv?{Day}")).Should(200).Text.Split("\r\n").Select(x => x.Split(',')).Where(x => x.Length > 1).Select(x => $"{x[0]} {x[8]} {x[9]}")
            .ShouldBe(["partyCode alone visit", "AA  notYetRated", "BB notYetRated notYetRated"]);
    }

    [Fact]
    public async Task is_read_as_of_a_day_since_a_day_and_as_known_then()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
        var before = await ledger.PositionAsync();
        var last = await ledger.AcceptedAsync("e-talks", depth: "measure");

        (await StatusAsync(last.Position, Day)).ShouldBe("concreteAction");
        (await StatusAsync(last.Position, "validAt=2022-12-11")).ShouldBe("notYetRated");
        (await StatusAsync(last.Position, $"{Day}&since=2023-01-01")).ShouldBe("notYetRated");
        (await StatusAsync(last.Position, $"{Day}&knownAt={before}")).ShouldBe("notYetRated");
        foreach (var form in (string[])["matrix", "matrix.csv", "matrix.png"])
        {
            (await ledger.GetAsync($"{form}?validAt=x")).ShouldRefuse(400, "unreadable", "validAt");
            (await ledger.GetAsync($"{form}?since=never")).ShouldRefuse(422, "unknown-milestone", "since");
            (await ledger.GetAsync($"{form}?knownAt=9999")).ShouldRefuse(422, "in-future");
            (await ledger.Tracker.Public.GetAsync($"agendas/nowhere/{form}")).ShouldRefuse(404, "not-found");
        }

        async Task<string> StatusAsync(long atLeast, string asked) => (await ledger.GetAsync(atLeast, $"matrix?{asked}")).Should(200).Json["cells"]![0]![0]!["status"]!.ToString();
    }

    [Fact]
    public async Task is_asked_about_again_by_its_tag_and_kept_for_ever_once_it_cannot_change()
    {
        var summit = await SummitAsync();
        foreach (var (form, media) in ((string, string)[])[("matrix", "application/json; charset=utf-8"), ("matrix.csv", "text/csv; charset=utf-8"), ("matrix.png", "image/png")])
        {
            var first = (await summit.GetAsync($"{form}?{Day}")).Should(200);
            first.ContentType.ShouldBe(media);
            first.CacheControl.ShouldBe("public, no-cache");
            (await summit.GetAsync($"{form}?{Day}", ("If-None-Match", first.ETag!))).Should(304).Bytes.ShouldBeEmpty();
            var pinned = (await summit.GetAsync($"{form}?{Day}&knownAt={first.Position}")).Should(200);
            pinned.CacheControl.ShouldBe("public, max-age=86400");
            // A picture says as known at which position it is.
            pinned.Bytes.SequenceEqual(first.Bytes).ShouldBe(form != "matrix.png", form);
            (await summit.GetAsync($"{form}?{Day}&knownAt={first.Position}")).Should(200).Bytes.ShouldBe(pinned.Bytes);
        }
    }

    [Fact]
    public async Task is_a_picture_with_a_row_for_each_party_and_another_on_another_day()
    {
        var summit = await SummitAsync();
        var (then, before) = ((await summit.GetAsync($"matrix.png?{Day}")).Should(200), (await summit.GetAsync("matrix.png?validAt=2022-12-01")).Should(200));

        using var picture = SKBitmap.Decode(then.Bytes);
        // Two pixels to a unit, and thirty units to a cell.
        picture.Height.ShouldBeGreaterThan(20 * 60);
        picture.Width.ShouldBeGreaterThan(12 * 60);
        before.Bytes.ShouldNotBe(then.Bytes);
        then.Bytes.Length.ShouldBeLessThan(600_000);
        var artefacts = Directory.CreateDirectory(Contract.TheContract.Repository("artifacts", "pictures"));
        await File.WriteAllBytesAsync(Path.Combine(artefacts.FullName, "matrix.png"), then.Bytes);
        await File.WriteAllBytesAsync(Path.Combine(artefacts.FullName, "board-of-twenty.png"), (await summit.Tracker.Public.GetAsync($"/{summit.Path}/board.png?{Day}")).Should(200).Bytes);
        // Nothing to draw is said, and not failed at.
        (await summit.GetAsync("matrix.png?validAt=2022-11-01")).Should(200).ContentType.ShouldBe("image/png");
    }

    /// <summary>All twelve commitments have seen concrete action by somebody, and it is 37 of 240 that the parties made: no place tells the one without the other.</summary>
    [Fact]
    public async Task leads_with_the_parties_own_part_wherever_a_number_is_told()
    {
        var summit = await SummitAsync();
        var board = (await summit.GetAsync($"board?{Day}")).Should(200);
        var entry = board.Json["commitments"]![0]!;
        board.Json["summary"]!["cells"]!["of"]!.GetValue<int>().ShouldBe(240);
        board.Json["summary"]!["cells"]!["withConcreteAction"]!.GetValue<int>().ShouldBe(37);
        entry["parties"]!.ToJsonString().ShouldBe("""{"of":20,"withConcreteAction":1}""");

        var read = ReadAt.Parse("2023-01-31", null, null).Read!;
        var known = (await summit.Tracker.Node.Services.GetRequiredService<BoardReader>().ReadAsync(summit.Slug, read, TestContext.Current.CancellationToken)).Board!;
        var page = await PageAsync($"/{summit.Path}?{Day}");
        var embed = await PageAsync($"/embed/{summit.Path}?{Day}");
        var told = new Dictionary<string, string>
        {
            ["the headline"] = board["headline"],
            ["the badge"] = (await summit.GetAsync($"badge.svg?{Day}")).Should(200).Text,
            ["the page"] = page,
            ["the text of its picture"] = page[page.IndexOf("og:image:alt", StringComparison.Ordinal)..page.IndexOf("twitter:card", StringComparison.Ordinal)],
            ["the embed"] = embed,
            ["the matrix"] = await PageAsync($"/{summit.Path}/matrix?{Day}"),
            ["the list of agendas"] = Of(await PageAsync($"/?q={summit.Slug}"), $"id=\"of-{summit.Slug}\"", "</article>"),
            ["the terminal"] = BoardText.Table(known),
            ["Markdown"] = BoardText.Markdown(known),
        };
        foreach (var (place, text) in told) text.ShouldContain("37 of 240", Case.Sensitive, place);
        // The large figure is of the cells, and a reader who sees nothing else is not told twelve.
        Of(page, "class=\"figure\"", "</p>").ShouldContain("<b>37</b> <span>of 240");
        page.ShouldNotContain("<b>12</b> <span>of 12");
        (await summit.GetAsync($"badge.svg?{Day}&commitment=promise-00")).Should(200).Text.ShouldContain(">Concrete action, by 1 of 20 parties · record ends 31 Jan 2023<");
        foreach (var (place, text) in ((string, string)[])[("the board", Of(page, "id=\"on-promise-00\"", "</tr>")), ("the embed", Of(embed, "id=\"on-promise-00\"", "</li>")), ("the commitment", await PageAsync($"/{summit.Path}/commitments/promise-00?{Day}"))])
            text.ShouldContain("1 of 20 parties with concrete action", Case.Sensitive, place);
    }

    [Fact]
    public async Task shows_on_a_board_of_many_parties_their_counts_or_the_one_that_is_asked_for()
    {
        var summit = await SummitAsync();
        var (all, one) = (Of(await PageAsync($"/{summit.Path}?{Day}"), "id=\"on-promise-00\"", "</tr>"), Of(await PageAsync($"/{summit.Path}?{Day}&party=BB"), "id=\"on-promise-00\"", "</tr>"));

        all.ShouldContain("1 party: concrete action");
        all.ShouldContain("19 parties: none found, searched through 31 January 2023");
        all.ShouldNotContain("<abbr");
        one.ShouldContain("<abbr title=\"Bravo\">BB</abbr>");
        one.Split("<abbr").Length.ShouldBe(2);
    }

    [Fact]
    public async Task leads_from_a_cell_to_that_partys_evidence_and_from_a_row_to_that_partys_page()
    {
        var summit = await SummitAsync();
        var matrix = await PageAsync($"/{summit.Path}/matrix?{Day}");
        matrix.ShouldContain($"href=\"/{summit.Path}/commitments/promise-01?{Day}&amp;party=AA#evidence\" title=\"Alfa, Cut methane emissions: Dialogue only; 1 piece of evidence\"");
        matrix.ShouldContain($"href=\"/{summit.Path}/parties/AA?{Day}\"");

        var evidence = Of(await PageAsync($"/{summit.Path}/commitments/promise-01?{Day}&party=AA"), "<h2 id=\"evidence\">", "</section>");
        evidence.ShouldContain("id=\"evidence-e-contact\"");
        evidence.ShouldNotContain("id=\"evidence-e-01\"");
        evidence.ShouldContain("Only the evidence of Alfa’s own action is shown.");
        Of(await PageAsync($"/{summit.Path}/commitments/promise-01?{Day}&party=TT"), "<h2 id=\"evidence\">", "</section>").ShouldContain("No accepted evidence of Tango’s own action is on record");

        var party = await PageAsync($"/{summit.Path}/parties/AA?{Day}");
        party.ShouldContain("In the 78 days from Rio to 31 January 2023, where this record ends, Alfa took concrete action on ");
        party.ShouldContain("We shall do it: Phase out subsidies for fossil fuels.");
        party.ShouldNotContain("We shall do it: Cut methane emissions.");
        Of(party, "id=\"lane-promise-01\"", "</details>").ShouldContain("#evidence-e-contact");
        Of(party, "id=\"lane-promise-01\"", "</details>").ShouldNotContain("#evidence-e-01");
        // What it has no part in yet has no lane.
        party.ShouldNotContain("id=\"lane-promise-02\"");
        party.ShouldContain("Shown here: 3 of 12 commitments, those with evidence of its own action.");
        foreach (var (path, status) in ((string, int)[])[("parties/ZZ", 404), ("parties/a%20b", 404), ("commitments/promise-01?party=ZZ", 400), ("matrix?sort=colour", 400), ("matrix?sort=commitment", 400), ("matrix?commitment=No%20slug", 400)])
            (await summit.Tracker.Public.GetAsync($"/{summit.Path}/{path}", ("Accept", "text/html"))).Should(status);
    }

    [Fact]
    public async Task tells_on_a_partys_page_when_it_joined_and_left()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.RecordAsync("corrections", new { parties = new[] { new { code = "AA", name = "Alfa", joinedOn = "2022-11-01", leftOn = "2023-01-15" } }, reason = "As announced." });

        var page = WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync(last.Position, $"/{ledger.Path}/parties/AA?{Day}", ("Accept", "text/html"))).Should(200).Text);

        page.ShouldContain("Joined 1 November 2022 · Left 15 January 2023");
        var matrix = WebUtility.HtmlDecode(await PageAsync($"/{ledger.Path}/matrix?{Day}"));
        Of(matrix, "id=\"of-AA\"", "</th>").ShouldContain(">Alfa (joined 1 November 2022, left 15 January 2023)</a>");
        Of(matrix, "id=\"of-BB\"", "</th>").ShouldContain(">Bravo</a>");
        foreach (var told in (string[])["/method", "/method/depth-ladder-2"]) (await PageAsync(told)).ShouldContain("The days on which a party joined or left are shown beside its name, and not counted by");
    }

    private async Task<Ledger> SummitAsync()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName("summit"));
        (await tracker.Owner.PostAsync($"{ledger.Path}/import", Bundles.Summit(ledger.Slug))).Should(200);
        (await ledger.GetAsync(await ledger.PositionAsync(), "board")).Should(200);
        return ledger;
    }

    /// <summary>A page as it is sent, with its entities but those of attributes' marks resolved.</summary>
    private async Task<string> PageAsync(string path) =>
        (await (await postgres.SharedAsync()).Public.GetAsync(path, ("Accept", "text/html"))).Should(200).Text.Replace("&#x2019;", "’", StringComparison.Ordinal);

    /// <summary>A part of a page, from where it begins to the next end.</summary>
    private static string Of(string page, string from, string to)
    {
        var start = page.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(-1, $"{from} in {page[..Math.Min(400, page.Length)]}");
        return page[start..page.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
