using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Access;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Access;

/// <summary>Who may do what, asked of each endpoint there is: the endpoints are found, the roles are written down here anew.</summary>
public sealed class asking_each_endpoint(ClosedTracker closed, PostgresUnderTest postgres) : IClassFixture<ClosedTracker>
{
    /// <summary>The roles of the contract, in its words.</summary>
    private static readonly Dictionary<Right, Role[]> Documented = new()
    {
        [Right.Read] = [Role.Reader, Role.Coder, Role.Reviewer, Role.Publisher, Role.Owner],
        [Right.Code] = [Role.Coder, Role.Reviewer, Role.Owner],
        [Right.Review] = [Role.Reviewer, Role.Owner],
        [Right.Publish] = [Role.Publisher, Role.Owner],
        [Right.Own] = [Role.Owner],
    };

    [Fact]
    public void finds_one_that_names_its_right()
    {
        var endpoints = Endpoints(closed.Tracker.Node);
        endpoints.Count.ShouldBeGreaterThan(20);
        endpoints.Where(x => x.Needs is null).Select(x => x.ToString()).ShouldBeEmpty("each endpoint of the API carries [Needs]");
    }

    [Fact]
    public async Task finds_one_that_names_none_and_it_is_shut_to_all()
    {
        await using var node = await Node.StartFittedAsync(await postgres.NewDatabaseAsync(), new Fittings
        {
            Extend = app =>
            {
                app.MapGet("/api/v1/forgotten", () => "secret");
                app.MapPost("/api/v1/agendas/{a}/forgotten", () => "done");
                app.MapGet("/forgotten", () => "a secret page");
            },
        });

        Endpoints(node).Where(x => x.Needs is null).Select(x => x.ToString()).Order().ShouldBe(["GET /api/v1/forgotten", "POST /api/v1/agendas/{a}/forgotten"]);
        Unguarded(node).ShouldContain("/forgotten");
        foreach (var path in (string[])["/api/v1/forgotten", "/forgotten"])
        {
            using var http = new HttpClient { BaseAddress = node.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Node.OwnerKey) } };
            using var answer = await http.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(403);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        }
    }

    [Fact]
    public async Task finds_nothing_open_where_reading_is_not_but_the_contract_and_the_state_of_health()
    {
        foreach (var path in Unguarded(closed.Tracker.Node)) (path.StartsWith("/openapi/", StringComparison.Ordinal) || path.StartsWith("/schemas/", StringComparison.Ordinal) || path.StartsWith("/docs", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal) || path is "/sign-in" or "/sign-in/with" or "/sign-out" or "/unsubscribe/{token}"
            // The rule and who runs it: what no agenda is needed for, and what reports and mails that were sent lead to.
            or "/method" or "/method/{rule}" or "/about").ShouldBeTrue(path);
        var ledger = await (await closed.Tracker.OpenAgendaAsync()).WithTalksAsync();
        var reader = await closed.Tracker.AsAsync("rae", Role.Reader);
        (await reader.GetAsync(await ledger.PositionAsync(), $"/{ledger.Path}", ("Accept", "text/html"))).Should(200).Text.ShouldContain("A visit");

        foreach (var page in (string[])["/", $"/{ledger.Path}", $"/{ledger.Path}/commitments/visit"])
        {
            var refusal = (await closed.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(401);
            refusal.Text.ShouldNotContain("A visit");
            refusal.CacheControl.ShouldBe("no-store");
            // A browser is shown where to sign in, and is brought back from there.
            refusal.Text.ShouldContain("This tracker is not open to everybody");
            refusal.Text.ShouldContain($"name=\"to\" value=\"{page}\"");
        }
    }

    [Fact]
    public async Task lets_a_reader_change_nothing_by_any_method_at_any_address_with_bodies_that_are_right()
    {
        var tracker = closed.Tracker;
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var before = await EverythingAsync(tracker);
        var bodies = TheContract.Committed.Operations.Select(x => x.Operation["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject().First().Value!["value"]!.ToJsonString())
            .Where(x => x is not null).Distinct().ToArray();
        var wrong = new List<string>();
        foreach (var on in (string?[])[null, ledger.Slug])
        {
            using var http = await HttpAsync(tracker, Role.Reader, on);
            foreach (var endpoint in Endpoints(tracker.Node).DistinctBy(x => x.Pattern))
                foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE"])
                {
                    // A command's own example first; a few of the others too, lest one is taken for another.
                    var own = TheContract.Committed.ExampleOf(new HttpMethod(method), endpoint.AddressWith(ledger.Slug));
                    foreach (var body in bodies.Take(2).Prepend(own).Where(x => x is not null))
                    {
                        using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.AddressWith(ledger.Slug)) { Content = new StringContent(body!, Encoding.UTF8, "application/json") };
                        using var response = await http.SendAsync(request);
                        if ((int)response.StatusCode is not (403 or 404 or 405)) wrong.Add($"{method} {endpoint.Pattern} answers {(int)response.StatusCode} to a reader of {on ?? "all"}");
                    }
                }
        }

        wrong.ShouldBeEmpty();
        (await EverythingAsync(tracker)).ShouldBe(before);
    }

    /// <summary>Endpoints of any kind that ask for no right.</summary>
    private static IEnumerable<string> Unguarded(Node node) =>
        node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<NeedsAttribute>() is null).Select(x => "/" + x.RoutePattern.RawText!.TrimStart('/'));

    [Fact]
    public void finds_the_right_that_the_contract_gives_it() =>
        Endpoints(closed.Tracker.Node).Where(x => x.Needs != ByContract(x)).Select(x => $"{x} needs {x.Needs}, and the contract says {ByContract(x)}").ShouldBeEmpty();

    [Fact]
    public async Task lets_in_whom_it_should_and_nobody_else()
    {
        var tracker = closed.Tracker;
        var (here, elsewhere) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        await here.WithTalksAsync();
        var before = await EverythingAsync(tracker);
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
            foreach (var on in (string?[])[null, here.Slug, elsewhere.Slug])
            {
                using var http = await HttpAsync(tracker, role, on);
                foreach (var endpoint in Endpoints(tracker.Node))
                {
                    var may = Documented[endpoint.Needs!.Value].Contains(role)
                        && (on is null || (on == here.Slug ? endpoint.IsOfAnAgenda || endpoint.EachTheirOwn : endpoint is { IsOfAnAgenda: false, EachTheirOwn: true }));
                    var status = await StatusAsync(http, endpoint, here.Slug);
                    if (may ? status is 401 or 403 : status != 403) wrong.Add($"{endpoint} answers {status} to a {role} of {on ?? "all"}, who {(may ? "may" : "may not")}");
                }
            }

        foreach (var (who, key) in new[] { ("nobody", null), ("a stranger", "trk_no-such-key-no-such-key-no-such-key-no-such"), ("an empty key", " ") })
        {
            using var http = Http(tracker.Node, key);
            foreach (var endpoint in Endpoints(tracker.Node))
                if (await StatusAsync(http, endpoint, here.Slug) is var status and not 401) wrong.Add($"{endpoint} answers {status} to {who}");
        }

        wrong.ShouldBeEmpty();
        (await EverythingAsync(tracker)).ShouldBe(before, "nothing was asked that could change anything");
    }

    [Fact]
    public async Task lets_the_public_read_and_only_read_where_reading_is_public()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        using var http = Http(tracker.Node, null);
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints(tracker.Node))
            if (await StatusAsync(http, endpoint, ledger.Slug) is var status && (status == 401) != (endpoint.Needs is not Right.Read))
                wrong.Add($"{endpoint} answers {status} to the public");
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Reader, true)]
    [InlineData(Role.Publisher, true)]
    [InlineData(Role.Owner, false)]
    [InlineData(Role.Reviewer, false)]
    public async Task lets_whom_it_refuses_change_nothing_with_commands_that_are_right(Role role, bool here)
    {
        var tracker = closed.Tracker;
        var (ledger, elsewhere) = (await (await tracker.OpenAgendaAsync()).WithTalksAsync(), await tracker.OpenAgendaAsync());
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"));
        var attacker = await tracker.AsAsync("mallory", role, here ? ledger.Slug : elsewhere.Slug);
        var before = await EverythingAsync(tracker);

        foreach (var (to, command) in new (string, object)[]
        {
            ("sources", Given.Source("forged")), ("commitments", Given.Commitment("forged")), ("activities", Given.Activity("forged")),
            ("commitments/visit/clauses", Given.Clause()), ("commitments/visit/searches", Given.Search()), ("commitments/visit/evidence", Given.Evidence("forged")),
            ("evidence/piece/review", Given.Review()), ("milestones", new { slug = "forged", name = "Forged", date = "2023-01-01" }),
            ("activities:batch", new { items = new[] { Given.Activity("forged") } }),
        })
            (await attacker.PostAsync($"{ledger.Path}/{to}", command)).ShouldRefuse(403, "forbidden");
        (await attacker.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName()))).ShouldRefuse(403, "forbidden");
        // An owner of one agenda makes keys, for that one.
        (await attacker.PostAsync("keys", new { name = "mallory", role = "owner" })).ShouldRefuse(403, "forbidden");
        (await attacker.PostAsync("keys", new { name = "mallory", role = "owner", agenda = ledger.Slug })).ShouldRefuse(403, "forbidden");

        (await EverythingAsync(tracker)).ShouldBe(before);
    }

    [Theory]
    [InlineData("GET", "/api/v1/agendas/{0}/board/")]
    [InlineData("GET", "/API/V1/AGENDAS/{0}/BOARD")]
    [InlineData("GET", "//api/v1/agendas/{0}/board")]
    [InlineData("GET", "/api/v1/./agendas/{0}/board")]
    [InlineData("GET", "/api/v1/agendas/x/../{0}/board")]
    [InlineData("GET", "/api/v1/agendas/%2e%2e/agendas/{0}/board")]
    [InlineData("GET", "/api/v1/agendas/{0}%2fboard")]
    [InlineData("GET", "/api/v1/agendas/{0}/board;x=y")]
    [InlineData("HEAD", "/api/v1/agendas/{0}/board")]
    [InlineData("OPTIONS", "/api/v1/agendas/{0}/board")]
    [InlineData("TRACE", "/api/v1/agendas/{0}/board")]
    public async Task gives_nothing_away_by_another_spelling_of_its_address(string method, string path)
    {
        var ledger = await (await closed.Tracker.OpenAgendaAsync()).WithTalksAsync();
        using var http = Http(closed.Tracker.Node, null);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(closed.Tracker.Node.Address + string.Format(null, path, ledger.Slug)[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await http.SendAsync(request);
        ((int)response.StatusCode).ShouldBeOneOf(400, 401, 404, 405);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("visit");
    }

    [Fact]
    public async Task is_not_swayed_by_headers_that_name_another_method_or_address()
    {
        var tracker = closed.Tracker;
        var ledger = await tracker.OpenAgendaAsync();
        var reader = await tracker.AsAsync("rae", Role.Reader, ledger.Slug);
        var before = await EverythingAsync(tracker);
        (string, string)[] headers = [("X-HTTP-Method-Override", "POST"), ("X-Original-URL", "/api/v1/keys"), ("X-Rewrite-URL", "/api/v1/keys"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-User", "owner"), ("Tracker-Caller", "owner")];
        (await reader.PostAsync($"{ledger.Path}/sources", Given.Source(), headers)).ShouldRefuse(403, "forbidden");
        (await reader.GetAsync("keys", headers)).ShouldRefuse(403, "forbidden");
        (await tracker.Public.GetAsync($"{ledger.Path}/board", headers)).ShouldRefuse(401, "unauthenticated");
        (await EverythingAsync(tracker)).ShouldBe(before);
    }

    /// <summary>What the contract says under "Who may", by the address.</summary>
    private static Right ByContract(Endpoint endpoint)
    {
        var steps = endpoint.Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..];
        return steps switch
        {
            ["keys" or "sessions" or "principals", ..] or [.., "redactions"] => Right.Own,
            [_, _, "schedules" or "reports" or "webhooks" or "dead-letters", ..] when endpoint.Method != "GET" || steps[2] is "webhooks" or "dead-letters" => Right.Publish,
            [_, _, "proposals", ..] => steps[^1] is "acceptance" ? Right.Review : Right.Code,
            _ when endpoint.Method == "GET" => Right.Read,
            ["agendas"] or ["agendas", _, "milestones" or "corrections", ..] => Right.Own,
            [.., "review"] or [.., "import"] or [.., "reinstatement"] => Right.Review,
            _ => Right.Code,
        };
    }

    /// <summary>All that a command could change.</summary>
    private static Task<string> EverythingAsync(TrackerUnderTest tracker) => tracker.AskAsync<string>("""
        select (select count(*) from tracker.mt_events) || ' events, '
            || (select string_agg(agenda || '@' || position || '@' || recorded_at, ' ' order by agenda) from tracker.agenda_line) || ', '
            || (select string_agg(id || coalesce(revoked_at::text, ''), ' ' order by id) from tracker.access_key where name <> 'key-of-the-table') || ', '
            || (select count(*) from tracker.repeated_command) || ' repeats, '
            || (select count(*) || ' webhooks ' || coalesce(string_agg(id || state || secret, ' ' order by id), '') from tracker.webhook)
        """);

    private static async Task<HttpClient> HttpAsync(TrackerUnderTest tracker, Role role, string? agenda)
    {
        var keys = tracker.Node.Services.GetRequiredService<KeyRing>();
        var made = Made.GetOrAdd((tracker, role, agenda), async _ => (await keys.MakeAsync("key-of-the-table", role, agenda, null, null, default)).Secret);
        return Http(tracker.Node, await made);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(TrackerUnderTest, Role, string?), Task<string>> Made = new();

    private static HttpClient Http(Node node, string? key)
    {
        var http = new HttpClient(new ByTheContract(new SocketsHttpHandler { AllowAutoRedirect = false })) { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(100) };
        if (key is not null) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + key);
        return http;
    }

    /// <summary>Asks as little as can be asked: names of nothing, and a body without any member.</summary>
    private static async Task<int> StatusAsync(HttpClient http, Endpoint endpoint, string agenda)
    {
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.AddressWith(agenda));
        if (endpoint.Method != "GET") request.Content = new StringContent("""{"no-such-member":0}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    internal static IReadOnlyList<Endpoint> Endpoints(Node node) =>
        [.. node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase))
            .SelectMany(x => (x.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "PATCH", "DELETE"]).Select(method => new Endpoint(
                method, x.RoutePattern, x.Metadata.GetMetadata<NeedsAttribute>()?.Right, x.Metadata.GetMetadata<EachTheirOwnAttribute>() is not null)))];

    internal sealed record Endpoint(string Method, RoutePattern Route, Right? Needs, bool EachTheirOwn)
    {
        public string Pattern => Route.RawText!;

        public bool IsOfAnAgenda => Route.Parameters.Any(x => x.Name == "a");

        public string AddressWith(string agenda) =>
            Route.Parameters.Aggregate("/" + Pattern.TrimStart('/'), (path, x) => System.Text.RegularExpressions.Regex.Replace(path, $@"\{{{x.Name}[^}}]*\}}", x.Name == "a" ? agenda : "nothing"));

        public override string ToString() => $"{Method} {Pattern}";
    }
}
