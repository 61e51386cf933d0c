using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Contract;

/// <summary>Every operation of the contract takes the parameters it declares and refuses all others, so that no question is answered that was not asked.</summary>
public sealed class asking_with_a_parameter_there_is_not(PostgresUnderTest postgres)
{
    [Fact]
    public async Task is_refused_by_each_operation_by_name()
    {
        var tracker = await postgres.SharedAsync();
        var operations = Operations().ToArray();
        operations.Length.ShouldBeGreaterThan(70);
        foreach (var (verb, path, _) in operations)
        {
            var reply = await tracker.Owner.SendAsync(verb, $"{path}?vaildAt=2023-01-31", null);

            reply.ShouldRefuse(400, "unreadable", "vaildAt");
            reply["detail"].ShouldContain("'vaildAt' is not a parameter of this request", Case.Sensitive, $"{verb} {path}");
        }
    }

    [Fact]
    public async Task is_told_from_one_that_the_operation_declares()
    {
        var tracker = await postgres.SharedAsync();
        foreach (var (verb, path, operation) in Operations())
            foreach (var name in QueriesOf(operation))
            {
                // Of no form that anything takes: it is refused for its value, or for the thing that there is not.
                var reply = await tracker.Owner.SendAsync(verb, $"{path}?{name}=~", null);

                reply.Text.ShouldNotContain("is not a parameter", Case.Sensitive, $"{verb} {path}?{name}");
            }
    }

    [Theory]
    [InlineData("board?vaildAt=2023-01-31", "vaildAt", "Did you mean 'validAt'?")]
    [InlineData("board?valid_at=2023-01-31", "valid_at", "Did you mean 'validAt'?")]
    [InlineData("board?validAt=2023-01-31&sinse=2023-01-01", "sinse", "Did you mean 'since'?")]
    [InlineData("export?knownAt=1", "knownAt", "It takes format, kind, atLeast.")]
    [InlineData("changes?knownAt=1", "knownAt", "It takes limit, after, kind, atLeast.")]
    [InlineData("feed.atom?knownAt=1", "knownAt", "It takes before, kind, atLeast.")]
    [InlineData("calendar.ics?knownAt=1", "knownAt", "It takes atLeast.")]
    [InlineData("history?knownAt=1", "knownAt", "It takes")]
    [InlineData("schedules?knownAt=1", "knownAt", "It takes")]
    [InlineData("live?knownAt=1", "knownAt", "It takes")]
    [InlineData("webhooks?limit=1", "limit", "It takes none.")]
    [InlineData("activities?page=2", "page", "It takes")]
    public async Task is_told_with_what_there_is(string what, string name, string told)
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();

        var reply = (await tracker.Owner.GetAsync($"{ledger.Path}/{what}")).ShouldRefuse(400, "unreadable", name);

        reply["detail"].ShouldContain(told);
        (await tracker.Owner.GetAsync("keys?limit=1")).ShouldRefuse(400, "unreadable", "limit");
        (await tracker.Owner.GetAsync("agendas?limit=1")).ShouldRefuse(400, "unreadable", "limit");
    }

    [Fact]
    public async Task is_refused_of_a_command_too_and_nothing_is_recorded()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources?dryRun=true", Given.Source()))).ShouldRefuse(400, "unreadable", "dryRun");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/import?dryrunn=true", Bundles.Of(ledger.Slug)))).ShouldRefuse(400, "unreadable", "dryrunn");
    }

    [Theory]
    [InlineData("sources?limit=many", "'limit' must be a number from 1 to 1000; it is 'many'.")]
    [InlineData("changes?after=yesterday", "'after' must be the id of a change, or a position; it is 'yesterday'.")]
    [InlineData("feed.atom?before=yesterday", "'before' must be the place of an entry; it is 'yesterday'.")]
    [InlineData("export?format=xml", "'format' must be one of json, ndjson, csv; it is 'xml'.")]
    [InlineData("export?format=csv&kind=sources", "; it is 'sources'.")]
    public async Task is_told_the_value_that_cannot_be_so(string what, string said)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.GetAsync(what)).ShouldRefuse(400, "unreadable", what.Split('?', '&')[^1].Split('=')[0])["detail"].ShouldContain(said);
    }

    [Theory]
    [InlineData("?sort=latst", "'sort' must be one of status, title, latest, depth, tag, or the code of a party; it is 'latst'.")]
    [InlineData("?status=done", "; it is 'done'.")]
    [InlineData("?page=first", "'page' must be a number from 1; it is 'first'.")]
    public async Task is_told_it_on_a_page_too_and_is_never_the_default(string what, string said)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync($"/{ledger.Path}{what}", ("Accept", "text/html"))).Should(400).Text).ShouldContain(said);
        foreach (var page in (string[])["0", "first", "-1"])
            WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync($"/?page={page}", ("Accept", "text/html"))).Should(400).Text).ShouldContain($"'page' must be a number from 1; it is '{page}'.");
    }

    [Fact]
    public async Task is_asked_of_who_may_read_first()
    {
        var tracker = await postgres.SharedAsync();

        (await tracker.Public.GetAsync("keys?limit=1")).ShouldRefuse(401, "unauthenticated");
    }

    [Theory]
    [InlineData("?vaildAt=2023-01-31")]
    [InlineData("?valid=2023-01-31")]
    [InlineData("?stauts=noneFound")]
    [InlineData("/timeline?vaildAt=2023-01-31")]
    [InlineData("/divergence?knownat_=1")]
    [InlineData("/commitments/visit?sinse=2023-01-01")]
    [InlineData("/activities/talks?vaildAt=2023-01-31")]
    [InlineData("/sources/readout?vaildAt=2023-01-31")]
    [InlineData("/changes?validAt=2023-01-31")]
    [InlineData("/reports?validAt=2023-01-31")]
    [InlineData("/board.csv?vaildAt=2023-01-31")]
    [InlineData("/board.json?vaildAt=2023-01-31")]
    [InlineData("/board.png?vaildAt=2023-01-31")]
    [InlineData("/board.json?asOf=2023-01-31")]
    [InlineData("/timeline?party=AA")]
    [InlineData("/changes?commitment=visit")]
    [InlineData("/desk?weather=fine")]
    public async Task is_a_page_that_says_so_where_a_page_is_asked_for(string what)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var page = (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}{what}", ("Accept", "text/html"))).Should(400);

        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.Text.ShouldContain("is not a parameter of this page");
        page.Text.ShouldContain($"href=\"/{ledger.Path}{what.Split('?')[0]}\"");
        (await ledger.Tracker.Public.GetAsync("/?validAt=2023-01-31", ("Accept", "text/html"))).Should(400);
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/method")]
    [InlineData("/method/depth-ladder-2")]
    [InlineData("/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/v1")]
    [InlineData("/sign-in")]
    [InlineData("/embed/agendas/none")]
    public async Task is_refused_wherever_nothing_takes_it(string address)
    {
        var tracker = await postgres.SharedAsync();

        (await tracker.Owner.GetAsync($"{address}?utm_source=mail&commitment=visit", ("Accept", "application/json"))).ShouldRefuse(400, "unreadable", "commitment");
    }

    [Theory]
    [InlineData("?party=ZZ", 400)]
    [InlineData("/board.json?party=ZZ", 400)]
    [InlineData("/board.csv?party=ZZ", 400)]
    [InlineData("/commitments/visit?party=ZZ", 400)]
    [InlineData("/matrix?commitment=zz", 404)]
    public async Task is_refused_by_a_page_where_it_names_what_there_is_not(string what, int status)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}{what}", ("Accept", "text/html"))).Should(status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/timeline")]
    [InlineData("/divergence")]
    [InlineData("/changes")]
    [InlineData("/reports")]
    [InlineData("/commitments/visit")]
    public async Task is_passed_over_by_a_page_where_it_came_with_a_link_that_somebody_shared(string what)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var position = await ledger.PositionAsync();

        (await ledger.Tracker.Public.GetAsync(position, $"/{ledger.Path}{what}?utm_source=mail&utm_campaign=x&fbclid=abc&ref=z", ("Accept", "text/html"))).Should(200);
    }

    [Fact]
    public async Task is_on_no_page_among_its_own_links()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        var position = await ledger.PositionAsync();
        var pages = new Queue<string>([$"/{ledger.Path}?validAt=2023-01-31&since=2022-12-01&atLeast={position}"]);
        var seen = new HashSet<string>();
        while (pages.TryDequeue(out var page) && seen.Count < 60)
        {
            if (!seen.Add(page)) continue;
            var reply = await ledger.Tracker.Public.GetAsync(page, ("Accept", "text/html, */*;q=0.1"));
            reply.Text.ShouldNotContain("is not a parameter", Case.Sensitive, page);
            if (reply.ContentType?.StartsWith("text/html", StringComparison.Ordinal) != true) continue;
            foreach (Match link in Regex.Matches(reply.Text, "(?:href|src|data-live)=\"(/[^\"]*\\?[^\"]*)\""))
                // A stream never ends.
                if (System.Net.WebUtility.HtmlDecode(link.Groups[1].Value) is var to && !to.Contains("/live", StringComparison.Ordinal)) pages.Enqueue(to);
        }

        seen.Count.ShouldBeGreaterThan(10);
    }

    private static IEnumerable<(HttpMethod Verb, string Path, JsonObject Operation)> Operations() =>
        from path in TheContract.Committed.Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (new HttpMethod(operation.Key.ToUpperInvariant()), Regex.Replace(path.Key, @"\{[^}]*\}", "nothing"), operation.Value!.AsObject());

    private static IEnumerable<string> QueriesOf(JsonObject operation) =>
        (operation["parameters"]?.AsArray() ?? []).Select(x => TheContract.Committed.Resolve(x!)).Where(x => (string)x["in"]! == "query").Select(x => (string)x["name"]!);
}
