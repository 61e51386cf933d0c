using System.Xml.Linq;
using SkiaSharp;
using Tracker.Api.Tests.Harness;
using Tracker.Languages;
using Tracker.Recording;

namespace Tracker.Api.Tests.Embeds;

/// <summary>What pages of other sites show of a board: a badge, a picture, a frame.</summary>
public sealed class showing_a_board_elsewhere(PostgresUnderTest postgres)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task counts_on_a_badge_what_the_board_counts()
    {
        var ledger = await AtWorkAsync();
        var last = await ledger.AcceptedAsync("e-talks");

        (await BadgeAsync(ledger, last.Position, "badge.svg?validAt=2023-01-31")).ShouldBe(["since Bali", "0 of 1 concrete · record ends 12 Dec 2022"]);
        last = await ledger.AcceptedAsync("e-group", depth: "mechanism");
        // One commitment's status would look like all commitments': a count is in the colour of none.
        var counted = (await ledger.GetAsync(last.Position, "badge.svg?validAt=2023-01-31")).Should(200).Text;
        counted.ShouldNotContain(Tracker.Prose.Palette.Light.Of(Tracker.Status.CommitmentStatus.ConcreteAction).Fill);
        (await ledger.GetAsync("badge.svg?validAt=2023-01-31&commitment=visit")).Should(200).Text.ShouldContain(Tracker.Prose.Palette.Light.Of(Tracker.Status.CommitmentStatus.ConcreteAction).Fill);
        (await BadgeAsync(ledger, last.Position, "badge.svg?validAt=2023-01-31")).ShouldBe(["since Bali", "1 of 1 concrete · record ends 12 Dec 2022"]);
        (await BadgeAsync(ledger, last.Position, "badge.svg?validAt=2022-12-01")).ShouldBe(["since Bali", "0 of 1 concrete · to 14 Nov 2022"]);
        (await BadgeAsync(ledger, last.Position, "badge.svg?validAt=2023-01-31&since=2023-01-01")).ShouldBe(["since 1 January 2023", "nothing rated yet · record ends 12 Dec 2022"]);
        (await BadgeAsync(ledger, last.Position, "badge.svg?validAt=2022-11-01")).ShouldBe(["since Bali", "no commitments · on 1 Nov 2022"]);
    }

    [Fact]
    public async Task tells_on_a_badge_where_one_commitment_stands_and_stood()
    {
        var ledger = await AtWorkAsync();
        var before = await ledger.PositionAsync();
        var last = await ledger.AcceptedAsync("e-talks");

        (await BadgeAsync(ledger, last.Position, "badge.svg?commitment=visit&validAt=2023-01-31")).ShouldBe(["A visit", "Dialogue only · record ends 12 Dec 2022"]);
        (await BadgeAsync(ledger, last.Position, $"badge.svg?commitment=visit&validAt=2023-01-31&knownAt={before}")).ShouldBe(["A visit", $"Not yet rated · record then ended 12 Dec 2022 · as known at position {before}"]);
        (await BadgeAsync(ledger, last.Position, "badge.svg?commitment=visit&validAt=2022-11-01")).ShouldBe(["A visit", "Not on the board · on 1 Nov 2022"]);
        (await ledger.GetAsync("badge.svg?commitment=none")).ShouldRefuse(404, "not-found");
        (await ledger.GetAsync("badge.svg?commitment=No%20such")).ShouldRefuse(400, "unreadable", "commitment");
        (await ledger.GetAsync("badge.svg?validAt=x")).ShouldRefuse(400, "unreadable", "validAt");
        (await ledger.GetAsync("badge.svg?since=never")).ShouldRefuse(422, "unknown-milestone", "since");
        (await ledger.Tracker.Public.GetAsync("agendas/nowhere/badge.svg")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task says_of_how_many_parties_a_status_is_and_of_which_day()
    {
        var ledger = await Ledger.OfThreeAsync(await postgres.SharedAsync(), "restraint");
        var last = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-breach", depth: "measure", direction: "undercuts", parties: "BB"));
        last = await ledger.RecordAsync("coverage", new { through = "2022-12-31" });

        (await BadgeAsync(ledger, last.Position, "badge.svg?commitment=visit&validAt=2023-03-31")).ShouldBe(["A visit", "Breached, by 1 of 3 parties · record ends 31 Dec 2022"]);
        const string Told = "Since Bali, 14 November 2022: Breached, by 1 of 3 parties. One piece of evidence goes against it at or above the bar (mechanism), and none dated within this period advances it at that depth.";
        var badge = XDocument.Parse((await ledger.GetAsync("badge.svg?commitment=visit&validAt=2022-12-20")).Should(200).Text).Root!.Attribute("aria-label")!.Value;
        badge.ShouldBe($"A visit. {Told} As of 20 December 2022.");
        XDocument.Parse((await ledger.GetAsync("badge.svg?validAt=2022-12-20")).Should(200).Text).Root!.Attribute("aria-label")!.Value.ShouldStartWith("What AA and BB said they would do. ");

        // A link says what the badge says; its picture is the board's.
        (await MetaAsync($"/{ledger.Path}/commitments/visit?validAt=2022-12-20", "og:description")).ShouldBe($"{Told} As of 20 December 2022.");
        (await MetaAsync($"/{ledger.Path}/commitments/visit?validAt=2023-03-31", "og:description")).ShouldBe($"{Told} This record reaches 31 December 2022 and says nothing of what happened later.");
        const string Pictured = "The board of “What AA and BB said they would do”: how many of its commitments stand where. As of 20 December 2022.";
        var board = await MetaAsync($"/{ledger.Path}?validAt=2022-12-20", "og:image:alt");
        board.ShouldStartWith("What AA and BB said they would do. In the 36 days since Bali, the parties have taken concrete action on 0 of 3 party commitments");
        board.ShouldEndWith(" As of 20 December 2022.");
        foreach (var page in (string[])["/commitments/visit", "/matrix", "/timeline", "/parties/BB"])
            (await MetaAsync($"/{ledger.Path}{page}?validAt=2022-12-20", "og:image:alt")).ShouldBe(Pictured, page);
        foreach (var page in (string[])[$"/{ledger.Path}", $"/embed/{ledger.Path}", $"/{ledger.Path}/matrix", $"/{ledger.Path}/parties/BB", $"/{ledger.Path}/divergence"])
            (await MetaAsync($"{page}?validAt=2022-12-20", "og:description")).ShouldEndWith(" As of 20 December 2022.", Case.Sensitive, page);

        // A promise not to act is not failed by not acting.
        foreach (var page in (string[])[$"/{ledger.Path}", $"/embed/{ledger.Path}", $"/{ledger.Path}/commitments/visit", $"/{ledger.Path}/matrix", $"/{ledger.Path}/parties/BB", $"/{ledger.Path}/activities/talks", $"/{ledger.Path}/timeline"])
        {
            var shown = await PageAsync($"{page}?validAt=2022-12-20");
            shown.ShouldNotContain("0 of 3 parties with concrete action", Case.Sensitive, page);
            shown.ShouldContain("by 1 of 3 parties", Case.Sensitive, page);
        }

        // Whoever sees only one party named takes the status of all for its own.
        (await PageAsync($"/{ledger.Path}/activities/talks?validAt=2022-12-20")).ShouldContain(">Bravo: Breached<");

        last = await ledger.RecordAsync("commitments", Given.Commitment("kept", "continuing").With("title", "\"To keep talking\""));
        last = await ledger.RecordAsync("coverage", new { through = "2023-06-01" });
        (await ledger.GetAsync(last.Position, "board")).Should(200);
        (await PageAsync($"/embed/{ledger.Path}?validAt=2023-06-01")).ShouldContain("Not yet rated, stale: no advance from 14 November 2022 to 1 June 2023 (199 days)");
        (await PageAsync($"/{ledger.Path}?validAt=2023-06-01")).ShouldContain("Stale: no advance from 14 November 2022 to 1 June 2023 (199 days)</li>");
        (await PageAsync($"/{ledger.Path}/commitments/kept?validAt=2023-06-01")).ShouldContain("Stale: no advance from 14 November 2022 to 1 June 2023 (199 days)</li>");
        await ledger.RecordAsync("commitments/kept/evidence", Given.Evidence("e-kept", parties: "BB"));
        last = await ledger.RecordAsync("commitments/kept/searches", Given.Search("2023-05-20"));
        (await ledger.GetAsync(last.Position, "board")).Should(200);
        foreach (var page in (string[])["", "/commitments/kept"])
            (await PageAsync($"/{ledger.Path}{page}?validAt=2023-06-01")).ShouldContain("In the 90 days to 1 June 2023: none found, searched through 20 May 2023", Case.Sensitive, page);
        foreach (var page in (string[])["/matrix", "/parties/BB"]) (await PageAsync($"/{ledger.Path}{page}?validAt=2022-12-20")).ShouldContain("Promises not to act are counted too");

        async Task<string> PageAsync(string page) => System.Net.WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);

        async Task<string> MetaAsync(string page, string name) =>
            System.Text.RegularExpressions.Regex.Match(await PageAsync(page), $"<meta property=\"{name}\" content=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public async Task says_of_one_of_two_parties_that_it_is_one_where_whose_it_is_does_not_stand_beside_it()
    {
        var ledger = await (await (await postgres.SharedAsync()).OpenAgendaAsync("none")).WithTalksAsync();
        var last = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-ban", depth: "measure", direction: "undercuts", parties: "BB"));

        (await BadgeAsync(ledger, last.Position, "badge.svg?commitment=visit&validAt=2022-12-31")).ShouldBe(["A visit", "Undercut, by 1 of 2 parties · record ends 12 Dec 2022"]);
        foreach (var page in (string[])[$"/embed/{ledger.Path}", $"/{ledger.Path}/commitments/visit", $"/{ledger.Path}/matrix", $"/{ledger.Path}/timeline", $"/{ledger.Path}/activities/talks", $"/{ledger.Path}?party=BB"])
            (await PageAsync(page)).ShouldContain("by 1 of 2 parties", Case.Sensitive, page);
        (await PageAsync($"/{ledger.Path}")).ShouldNotContain("by 1 of 2 parties");
        await ledger.RecordAsync("commitments", Given.Commitment("sought"));
        last = await ledger.RecordAsync("commitments/sought/searches", Given.Search("2022-12-01"));
        (await ledger.GetAsync(last.Position, "changes")).Should(200);
        (await ledger.GetAsync(last.Position, "timeline")).Should(200);
        (await PageAsync($"/{ledger.Path}/timeline?validAt=2022-12-12")).ShouldContain("None found<tspan class=\"through\"> to 1 Dec</tspan>");
        (await PageAsync($"/{ledger.Path}/changes")).ShouldContain("Bravo and overall (the status of 1 of 2 parties changed): not yet rated → undercut, by 1 of 2 parties");

        async Task<string> PageAsync(string page) => System.Net.WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);
    }

    [Fact]
    public async Task speaks_of_no_day_after_the_record_ends()
    {
        var ledger = await AtWorkAsync();
        var last = await ledger.AcceptedAsync("e-talks");
        const string Ends = "This record reaches 12 December 2022 and says nothing of what happened later.";

        foreach (var what in (string[])["badge.svg?validAt=2026-11-28", "badge.svg?validAt=2026-11-28&commitment=visit"])
        {
            var told = XDocument.Parse((await ledger.GetAsync(last.Position, what)).Should(200).Text).Root!.Element(Svg + "title")!.Value;
            told.ShouldEndWith(Ends);
            told.ShouldNotContain("2026");
        }

        var framed = (await ledger.Tracker.Public.GetAsync($"/embed/{ledger.Path}?validAt=2026-11-28", ("Accept", "text/html"))).Should(200).Text;
        framed.ShouldContain(Ends);
        framed.ShouldContain("The record ends on 12 December 2022");
        framed.ShouldNotContain("As of 28 November 2026");
        // A picture of the end is the same whatever later day is asked about; one of a day that the record reaches says that day.
        var pictures = new List<byte[]>();
        foreach (var day in (string[])["2026-11-28", "2027-11-28", "2022-12-10", "2022-12-12", "2022-12-20"]) pictures.Add((await ledger.Tracker.Public.GetAsync($"/{ledger.Path}/board.png?validAt={day}")).Should(200).Bytes);
        pictures[1].ShouldBe(pictures[0]);
        pictures[2].ShouldNotBe(pictures[0]);
        // As on its page, the record's last day is told as its end, and so are the days after it for which the rule still takes the record for current.
        foreach (var end in pictures[3..]) end.ShouldBe(pictures[0]);
        foreach (var day in (string[])["2022-12-12", "2022-12-20"])
        {
            (await BadgeAsync(ledger, last.Position, $"badge.svg?validAt={day}")).ShouldBe(["since Bali", "0 of 1 concrete · record ends 12 Dec 2022"]);
            foreach (var shown in (string[])["badge.svg", "badge.svg?commitment=visit"])
                (await ledger.GetAsync($"{shown}{(shown.Contains('?') ? '&' : '?')}validAt={day}")).Should(200).Text.ShouldContain(Ends);
        }

        (await ledger.GetAsync("board?validAt=2022-12-12"))["headline"].ShouldStartWith("In the 28 days since Bali, 0 of 1 commitment has seen");
    }

    [Fact]
    public async Task says_how_far_a_record_reaches_that_may_yet_go_on_and_is_not_kept_for_ever()
    {
        var ledger = await AtWorkAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var last = await ledger.RecordAsync("coverage", new { through = Days.Text(today.AddDays(-5)) });
        var (asked, reached) = (today.AddDays(-2), today.AddDays(-5));
        // A day that the record did not reach, and one that it did.
        (await BadgeAsync(ledger, last.Position, $"badge.svg?validAt={Days.Text(asked)}"))[1].ShouldBe($"0 of 1 concrete · to {Language.English.DayShort(reached)}");
        (await BadgeAsync(ledger, last.Position, $"badge.svg?validAt={Days.Text(reached)}"))[1].ShouldBe($"0 of 1 concrete · on {Language.English.DayShort(reached)}");
        (await BadgeAsync(ledger, last.Position, $"badge.svg?commitment=visit&validAt={Days.Text(asked)}"))[1].ShouldBe($"Not yet rated · to {Language.English.DayShort(reached)}");
        // Each says so in its words too: no day that the record does not reach.
        foreach (var badge in (string[])["badge.svg?commitment=visit&validAt=", "badge.svg?validAt="])
            XDocument.Parse((await ledger.GetAsync($"{badge}{Days.Text(asked)}")).Should(200).Text).Root!.Attribute("aria-label")!.Value.ShouldEndWith($" As of {Language.English.Day(reached)}.");
        // Some weeks on, the same is told as where the record ended.
        foreach (var what in (string[])[$"/api/v1/{ledger.Path}/badge.svg", $"/{ledger.Path}/board.png", $"/api/v1/{ledger.Path}/matrix.png"])
        {
            (await ledger.Tracker.Public.GetAsync($"{what}?validAt={Days.Text(reached)}&knownAt={last.Position}")).Should(200).CacheControl.ShouldBe("public, no-cache", what);
            (await ledger.Tracker.Public.GetAsync($"{what}?validAt={Days.Text(reached.AddDays(-1))}&knownAt={last.Position}")).Should(200).CacheControl.ShouldBe("public, max-age=86400", what);
        }
    }

    [Fact]
    public async Task says_that_it_is_what_was_known_at_a_position_where_that_was_asked_for()
    {
        var ledger = await AtWorkAsync();
        var before = await ledger.PositionAsync();
        var last = await ledger.AcceptedAsync("e-group", depth: "mechanism");
        var (then, says) = ($"validAt=2023-01-31&knownAt={before}", $"as known at position {before}");

        (await BadgeAsync(ledger, last.Position, $"badge.svg?{then}")).ShouldBe(["since Bali", $"0 of 1 concrete · record then ended 12 Dec 2022 · {says}"]);
        foreach (var badge in (string[])[$"badge.svg?{then}", $"badge.svg?{then}&commitment=visit"])
            XDocument.Parse((await ledger.GetAsync(badge)).Should(200).Text).Root!.Attribute("aria-label")!.Value.ShouldEndWith($" As known at position {before}.");
        var embed = await ShownAsync($"/embed/{ledger.Path}?{then}");
        embed.ShouldContain($"<span>The record then ended on 12 December 2022, {says}</span>");
        embed.ShouldContain($"This is what was known at position {before}, recorded ");
        var board = await ShownAsync($"/{ledger.Path}?{then}");
        board.ShouldContain("where this record then ended, 0 of 1 commitment saw concrete action");
        board.IndexOf($"This is what was known at position {before}", StringComparison.Ordinal)
            .ShouldBeInRange(0, board.IndexOf($"The record then ended on 12 December 2022, {says}.", StringComparison.Ordinal), "which is why it ends there");
        ((string)(await ledger.GetAsync($"board?{then}")).Should(200).Json["headline"]!).ShouldContain("where this record ends, ", Case.Sensitive, "data is repeated as it was");
        foreach (var page in (string[])[$"/{ledger.Path}", $"/embed/{ledger.Path}", $"/{ledger.Path}/matrix", $"/{ledger.Path}/parties/AA", $"/{ledger.Path}/commitments/visit"])
        {
            Meta(await ShownAsync($"{page}?{then}"), "og:description").ShouldEndWith($" As known at position {before}.", Case.Sensitive, page);
            Meta(await ShownAsync($"{page}?validAt=2023-01-31"), "og:description").ShouldNotContain("As known", Case.Sensitive, page);
        }

        foreach (var page in (string[])["/timeline", "/parties/AA"])
        {
            (await ShownAsync($"/{ledger.Path}{page}?validAt=2023-01-31&knownAt={last.Position}")).ShouldContain(">Then ended 12 Dec 2022<", Case.Sensitive, page);
            (await ShownAsync($"/{ledger.Path}{page}?validAt=2023-01-31")).ShouldContain(">Record ends 12 Dec 2022<", Case.Sensitive, page);
        }

        foreach (var page in (string[])["", "/matrix", "/parties/AA", "/commitments/visit", "/timeline"])
            Meta(await ShownAsync($"/{ledger.Path}{page}?{then}"), "og:image:alt").ShouldEndWith($" As known at position {before}.", Case.Sensitive, page);

        async Task<string> ShownAsync(string page) => System.Net.WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text);

        static string Meta(string page, string name) => System.Text.RegularExpressions.Regex.Match(page, $"<meta property=\"{name}\" content=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public async Task draws_a_badge_that_needs_nothing_of_whoever_shows_it()
    {
        var ledger = await AtWorkAsync();
        var named = await ledger.RecordAsync("commitments", Given.Commitment("talk").With("title", "\"<b>会谈</b> & \\u0001 \uD83D\uDE80 \""));
        var reply = (await ledger.GetAsync(named.Position, "badge.svg?commitment=talk&validAt=2023-01-31")).Should(200);

        reply.ContentType.ShouldBe("image/svg+xml; charset=utf-8");
        reply.Header("Cross-Origin-Resource-Policy").ShouldBe("cross-origin");
        reply.Header("Set-Cookie").ShouldBeNull();
        var badge = XDocument.Parse(reply.Text).Root!;
        badge.Attribute("role")!.Value.ShouldBe("img");
        badge.Element(Svg + "title")!.Value.ShouldContain("Not yet rated");
        badge.Element(Svg + "title")!.Value.ShouldBe(badge.Attribute("aria-label")!.Value);
        var texts = badge.Descendants(Svg + "text").ToArray();
        texts[0].Value.ShouldBe("<b>会谈</b> & \uFFFD \uD83D\uDE80 ");
        foreach (var text in texts) float.Parse(text.Attribute("textLength")!.Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(20, 400);
        (float.Parse(texts[1].Attribute("x")!.Value, null) + float.Parse(texts[1].Attribute("textLength")!.Value, null)).ShouldBeLessThan(float.Parse(badge.Attribute("width")!.Value, null));
        // Nothing is fetched, run or styled from within.
        foreach (var thing in badge.DescendantsAndSelf()) thing.Name.LocalName.ShouldBeOneOf("svg", "title", "path", "g", "text");
        badge.DescendantsAndSelf().Attributes().ShouldAllBe(x => x.Name.LocalName != "style" && x.Name.LocalName != "href" && !x.Name.LocalName.StartsWith("on"));
    }

    [Fact]
    public async Task is_asked_about_again_by_its_tag_and_kept_for_ever_once_it_cannot_change()
    {
        var ledger = await AtWorkAsync();
        foreach (var what in (string[])[$"/api/v1/{ledger.Path}/badge.svg", $"/{ledger.Path}/board.png"])
        {
            var first = (await ledger.Tracker.Public.GetAsync(await ledger.PositionAsync(), $"{what}?validAt=2023-01-31")).Should(200);
            first.CacheControl.ShouldBe("public, no-cache");
            (await ledger.Tracker.Public.GetAsync($"{what}?validAt=2023-01-31", ("If-None-Match", first.ETag!))).Should(304).Bytes.ShouldBeEmpty();
            var pinned = (await ledger.Tracker.Public.GetAsync($"{what}?validAt=2023-01-31&knownAt={first.Position}")).Should(200);
            pinned.CacheControl.ShouldBe("public, max-age=86400");
            // It says as known at which position it is.
            pinned.Bytes.ShouldNotBe(first.Bytes);
            (await ledger.Tracker.Public.GetAsync($"{what}?validAt=2023-01-31&knownAt={first.Position}")).Should(200).Bytes.ShouldBe(pinned.Bytes);
        }
    }

    [Fact]
    public async Task is_a_picture_of_the_size_that_sites_show_and_another_once_the_board_is()
    {
        var ledger = await AtWorkAsync();
        var first = (await ledger.Tracker.Public.GetAsync(await ledger.PositionAsync(), $"/{ledger.Path}/board.png?validAt=2023-01-31")).Should(200);
        var moved = await ledger.AcceptedAsync("e-talks");
        var second = (await ledger.Tracker.Public.GetAsync(moved.Position, $"/{ledger.Path}/board.png?validAt=2023-01-31")).Should(200);

        first.ContentType.ShouldBe("image/png");
        second.Bytes.ShouldNotBe(first.Bytes);
        using var picture = SKBitmap.Decode(first.Bytes);
        (picture.Width, picture.Height).ShouldBe((1200, 630));
        second.Bytes.Length.ShouldBeInRange(5_000, 300_000);
        (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}/board.png?validAt=x")).ShouldRefuse(400, "unreadable");
        (await ledger.Tracker.Public.GetAsync("/agendas/nowhere/board.png")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task lets_any_site_frame_the_page_that_is_made_for_it_and_no_other()
    {
        var ledger = await AtWorkAsync();
        await ledger.Tracker.Public.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/board");
        var framed = (await ledger.Tracker.Public.GetAsync($"/embed/{ledger.Path}?validAt=2023-01-31", ("Accept", "text/html"))).Should(200);

        Directives(framed).ShouldContain("frame-ancestors *");
        foreach (var kept in (string[])["default-src 'none'", "base-uri 'none'", "form-action 'none'", "script-src 'self'"]) Directives(framed).ShouldContain(kept);
        framed.Header("X-Frame-Options").ShouldBeNull();
        framed.Header("Set-Cookie").ShouldBeNull();
        framed.Text.ShouldContain($"href=\"/{ledger.Path}?validAt=2023-01-31\" target=\"_blank\" rel=\"noopener\"");
        framed.Text.ShouldNotContain("<form");
        (await ledger.Tracker.Public.GetAsync($"/embed/{ledger.Path}?validAt=2023-01-31", ("If-None-Match", framed.ETag!))).Should(304);
        // Why not is told in the frame as well.
        Directives((await ledger.Tracker.Public.GetAsync("/embed/agendas/nowhere", ("Accept", "text/html"))).Should(404)).ShouldContain("frame-ancestors *");

        foreach (var other in (string[])["/", $"/{ledger.Path}", $"/{ledger.Path}/desk", "/sign-in", $"/api/v1/{ledger.Path}/board", $"/api/v1/{ledger.Path}/badge.svg", "/embed/nowhere"])
            Directives(await ledger.Tracker.Public.GetAsync(other, ("Accept", "text/html"))).ShouldContain("frame-ancestors 'none'", other);
    }

    [Fact]
    public async Task names_its_picture_and_itself_by_the_address_it_is_known_under()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:PublicUrl=https://tracker.example.org/t/");
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.GetAsync(await ledger.PositionAsync(), "board");
        var known = (await tracker.Public.GetAsync($"/{ledger.Path}?validAt=2023-01-31&since=2023-01-01", ("Accept", "text/html"))).Should(200).Text;
        var (here, asked) = (await AtWorkAsync(), "?validAt=2023-01-31");
        var plain = (await here.Tracker.Public.GetAsync(await here.PositionAsync(), $"/{here.Path}{asked}", ("Accept", "text/html"))).Should(200).Text;

        known.ShouldContain($"<meta property=\"og:image\" content=\"https://tracker.example.org/t/{ledger.Path}/board.png?validAt=2023-01-31&amp;since=2023-01-01\"");
        known.ShouldContain($"<meta property=\"og:url\" content=\"https://tracker.example.org/t/{ledger.Path}?validAt=2023-01-31&amp;since=2023-01-01\"");
        plain.ShouldContain($"<meta property=\"og:image\" content=\"{here.Tracker.Node.Address}{here.Path}/board.png?validAt=2023-01-31\"");
        foreach (var name in (string[])["og:title", "og:description"]) plain.ShouldContain($"<meta property=\"{name}\" content=\"");
        plain.ShouldContain("<meta name=\"twitter:card\" content=\"summary_large_image\"");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await Node.StartAsync(await postgres.NewDatabaseAsync(), null, "--Tracker:PublicUrl=tracker"))).Message.ShouldContain("Tracker:PublicUrl");
    }

    private static string[] Directives(Reply reply) => reply.Header("Content-Security-Policy")!.Split("; ");

    private async Task<Ledger> AtWorkAsync() => await (await (await postgres.SharedAsync()).OpenAgendaAsync()).WithTalksAsync();

    /// <summary>The two texts of a badge.</summary>
    private static async Task<string[]> BadgeAsync(Ledger ledger, long atLeast, string what) =>
        [.. XDocument.Parse((await ledger.GetAsync(atLeast, what)).Should(200).Text).Descendants(Svg + "text").Select(x => x.Value)];
}
