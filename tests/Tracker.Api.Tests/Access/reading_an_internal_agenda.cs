using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Access;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Access;

/// <summary>
/// An internal agenda is read by those alone who have a role on it, or on all. For all others it is as absent as one that there is not: asked of each
/// address there is by each method, of each form and by the way of a sign-in, by no credential, a wrong one, one of another agenda, and those of each role.
/// </summary>
public sealed partial class reading_an_internal_agenda(PostgresUnderTest postgres)
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 4 };

    private const string Secret = "A visit that nobody shall hear of";

    [Fact]
    public async Task is_for_those_alone_who_have_a_role_on_it_at_each_address_there_is()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var closed = await tracker.AnotherNodeAsync(["--Tracker:PublicRead=false"]);
        using var lookedUp = new LookedUp();
        var (ledger, names) = await HiddenAsync(tracker);
        var elsewhere = await tracker.OpenAgendaAsync();
        var keys = tracker.Node.Services.GetRequiredService<KeyRing>();
        var stranger = (await keys.MakeAsync("stranger", Role.Owner, elsewhere.Slug, null, null, default)).Secret;
        var own = new List<(Role Role, string Key)> { (Role.Owner, Node.OwnerKey) };
        foreach (var role in Enum.GetValues<Role>()) own.Add((role, (await keys.MakeAsync($"insider {role}", role, ledger.Slug, null, null, default)).Secret));
        var texts = TextsOf((await ledger.Owner.GetAsync($"{ledger.Path}/export")).Should(200).Json).ToArray();
        texts.ShouldContain(Secret);
        var absent = TrackerUnderTest.NewName("absent");
        using (var owner = new Asking(tracker.Node, Node.OwnerKey))
            (await lookedUp.ByAsync(() => owner.SendAsync(HttpMethod.Get, $"/{ledger.Path}/desk/sources", null))).Statements.ShouldNotBeEmpty();
        var addresses = Addresses(tracker.Node, names);
        addresses.Length.ShouldBeGreaterThan(150);
        var wrong = new ConcurrentBag<string>();
        foreach (var node in (Node[])[tracker.Node, closed])
        {
            using var nobody = new Asking(node, null);
            using var wrongly = new Asking(node, "trk_wrong-key-0123456789abcdefghijklmnopqrstuvw");
            using var bearer = new Asking(node, stranger);
            using var visitor = new Asking(node, null, await Asking.SignedInAsync(node, stranger));
            foreach (var ask in (Asking[])[nobody, wrongly, bearer, visitor]) await ask.ReadyAsync();
            await Parallel.ForEachAsync(addresses, AtOnce, async (it, _) =>
            {
                var (method, address) = it;
                foreach (var ask in (Asking[])[nobody, wrongly, bearer, visitor])
                {
                    string[] queries = method == HttpMethod.Get && node == tracker.Node && (ask == nobody || ask == bearer) ? ["", "?validAt=never&limit=none&knownAt=soon", "?knownAt=1"] : [""];
                    foreach (var query in queries) await CompareAsync(ask, $"{method} {address}{query}", (to, agenda) => to.SendAsync(method, address.Replace("{a}", agenda, StringComparison.Ordinal) + query, null));
                    if (method != HttpMethod.Post) continue;
                    // As a form that is ours, which a cookie and the token of any page of ours show.
                    await CompareAsync(ask, $"form {address}", (to, agenda) => to.SendAsync(method, address.Replace("{a}", agenda, StringComparison.Ordinal), Typed(agenda)));
                    if (!address.Contains("/desk/", StringComparison.Ordinal) || (ask != nobody && ask != visitor)) continue;
                    // And by the way of a sign-in, which keeps what was typed.
                    foreach (var key in ask == nobody ? [""] : (string[])["", stranger])
                    {
                        // Whoever signs in again has another session, and the one before has ended, for whatever else the browser is asking meanwhile.
                        using var again = key.Length > 0 ? new Asking(node, null, await Asking.SignedInAsync(node, stranger)) : null;
                        await CompareAsync(again ?? ask, $"sign-in{(key.Length > 0 ? " with a key" : "")} to {address}", (to, agenda) => to.SendAsync(method, "/sign-in",
                            [.. Typed(agenda), ("key", key), ("to", address.Replace("{a}", agenda, StringComparison.Ordinal)), ("form-carried", "{\"rationale\":[\"So.\"]}")]));
                    }
                }
            });

            async Task CompareAsync(Asking ask, string what, Func<Asking, string, Task<Asking.Answer>> send)
            {
                var hidden = await lookedUp.ByAsync(() => send(ask, ledger.Slug));
                var none = await lookedUp.ByAsync(() => send(ask, absent));
                var (told, toldOfNone) = (hidden.Answer.Told(ledger.Slug), none.Answer.Told(absent));
                if (texts.FirstOrDefault(x => hidden.Answer.Text.Contains(x, StringComparison.Ordinal)) is { } text) wrong.Add($"{what} by {ask} tells '{text}'");
                else if (told != toldOfNone) wrong.Add($"{what} by {ask} answers\n{told}\nand where there is no agenda\n{toldOfNone}");
                else if (hidden.Statements != none.Statements) wrong.Add($"{what} by {ask} looks up\n{hidden.Statements}\nand where there is no agenda\n{none.Statements}");
            }
        }

        // What these are kept from is there.
        var forms = 0;
        foreach (var (role, key) in own)
        {
            using var insider = new Asking(tracker.Node, key);
            await insider.ReadyAsync();
            await Parallel.ForEachAsync(addresses.Where(x => !IsOfPeople(x.Address)), AtOnce, async (it, _) =>
            {
                var (method, address) = it;
                var isDesk = address.Contains("/desk/", StringComparison.Ordinal) || address.EndsWith("/desk", StringComparison.Ordinal);
                // What each role gets of the API stands in another table.
                if (method == HttpMethod.Get ? address.StartsWith("/api/", StringComparison.Ordinal) && key != Node.OwnerKey : !address.Contains("/desk/", StringComparison.Ordinal)) return;
                var shown = await insider.SendAsync(method, address.Replace("{a}", ledger.Slug, StringComparison.Ordinal), method == HttpMethod.Get ? null : Typed(ledger.Slug));
                var asksToSignIn = shown.Text.Contains("action=\"/sign-in\"", StringComparison.Ordinal);
                if (shown.Text.Contains("action=\"/agendas/", StringComparison.Ordinal)) Interlocked.Increment(ref forms);
                if (isDesk ? asksToSignIn == role.Carries(Right.Code) : shown.Status != 200) wrong.Add($"{method} {address} answers {shown.Status} to a {role} of it: {shown.Text}");
            });
        }

        tracker.Node.Errors.Concat(closed.Errors).ShouldBeEmpty();
        wrong.ShouldBeEmpty();
        forms.ShouldBeGreaterThan(100);

        static (string, string)[] Typed(string agenda) => [("reason", "So."), ("rationale", "So."), ("title", agenda)];
    }

    [Fact]
    public async Task leaves_it_out_of_what_lists_all()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var shown = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var before = await tracker.AskAsync<DateTime>("select max(recorded_at) from tracker.agenda_line");
        await ledger.RecordAsync("corrections", new { title = Secret, visibility = "internal", reason = "It is a draft." });
        var stranger = await tracker.AsAsync("sam", Role.Owner, shown.Slug);
        var insider = await tracker.AsAsync("ina", Role.Reader, ledger.Slug);

        foreach (var (client, theirs) in new[] { (tracker.Public, new[] { shown.Slug }), (stranger, [shown.Slug]), (insider, [shown.Slug, ledger.Slug]), (tracker.Owner, [shown.Slug, ledger.Slug]) })
        {
            (await client.GetAsync("agendas")).Should(200).Json["items"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(theirs, ignoreOrder: true);
            // It was public then, and is not now.
            (await client.GetAsync($"agendas?knownAt={before:yyyy-MM-ddTHH:mm:ss.ffffff}Z")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(theirs.Length);
            (await client.GetAsync("/", ("Accept", "text/html"))).Should(200).Text.Contains(Secret, StringComparison.Ordinal).ShouldBe(theirs.Length == 2);
        }

        foreach (var (key, count) in new (string?, long)[] { (null, 4), (Node.OwnerKey, 9) })
            (await FirstEventAsync(tracker.Node, "/live?after=0", key)).ShouldContain($"\"recordings\":{count}");
    }

    [Fact]
    public async Task ends_the_streams_of_those_who_may_not_hear_more()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        using var http = new HttpClient { BaseAddress = tracker.Node.Address, Timeout = TimeSpan.FromSeconds(100) };
        using var response = await http.GetAsync($"/api/v1/{ledger.Path}/live", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var rest = response.Content.ReadAsStringAsync();

        await ledger.RecordAsync("corrections", new { title = Secret, visibility = "internal", reason = "It is a draft." });

        (await rest.WaitAsync(TimeSpan.FromSeconds(100))).ShouldNotContain("draft");
    }

    [Fact]
    public async Task is_everybodys_again_once_it_is_public()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();
        (await tracker.Owner.PostAsync("agendas", Given.Agenda(slug).With("visibility", "\"internal\""))).Should(201)["visibility"].ShouldBe("internal");
        (await tracker.Public.GetAsync($"agendas/{slug}")).ShouldRefuse(404, "not-found");

        var opened = (await tracker.Owner.PostAsync($"agendas/{slug}/corrections", new { visibility = "public", reason = "It is done." })).Should(200);

        (await tracker.Public.GetAsync(opened.Position, $"agendas/{slug}")).Should(200)["visibility"].ShouldBe("public");
    }

    [Fact]
    public async Task is_kept_in_a_bundle_and_left_as_it_is_by_one_that_does_not_say()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug).With("agenda.visibility", "\"internal\""))).Should(200);

        (await tracker.Public.GetAsync($"agendas/{slug}/board")).ShouldRefuse(404, "not-found");
        ((string)(await tracker.Owner.GetAsync(1, $"agendas/{slug}/export")).Should(200).Json["agenda"]!["visibility"]!).ShouldBe("internal");
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug))).Should(200).Position.ShouldBe(1);
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug).With("agenda.visibility", "\"public\""))).ShouldRefuse(422, "different-content", "agenda");
    }

    [Fact]
    public async Task takes_the_right_that_a_form_takes_also_by_the_way_of_a_sign_in()
    {
        var tracker = await postgres.SharedAsync();
        var (ledger, _) = await HiddenAsync(tracker);
        var keys = tracker.Node.Services.GetRequiredService<KeyRing>();
        foreach (var role in (Role[])[Role.Coder, Role.Reviewer])
        {
            using var browser = new Asking(tracker.Node, null);
            var (_, key) = await keys.MakeAsync($"comer {role}", role, ledger.Slug, null, null, default);
            var shown = await browser.SendAsync(HttpMethod.Post, "/sign-in", [("key", key), ("to", $"/{ledger.Path}/desk/evidence/e-1/review"), ("form-carried", "{\"rationale\":[\"So.\"]}")]);
            shown.Text.Contains("action=\"/sign-in\"", StringComparison.Ordinal).ShouldBe(role is Role.Coder);
        }
    }

    private static async Task<(Ledger Ledger, Dictionary<string, string> Names)> HiddenAsync(TrackerUnderTest tracker)
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/corrections", new { title = Secret, reason = "So." });
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.RecordAsync("milestones", new { slug = "woodside", name = Secret, date = "2023-11-15" });
        var coverage = await ledger.RecordAsync("coverage", new { through = "2023-01-31" });
        await ledger.AcceptedAsync("e-1");
        var report = await ledger.RecordAsync("reports", new { });
        await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = new[] { "html" }, deliver = Array.Empty<object>() });
        var last = await ledger.RecordAsync("corrections", new { title = Secret, visibility = "internal", reason = "It is a draft." });
        (await ledger.Owner.GetAsync(last.Position, $"{ledger.Path}/board")).Should(200);
        return (ledger, new() { ["c"] = "visit", ["code"] = "AA", ["x"] = "talks", ["s"] = "readout", ["e"] = "e-1", ["m"] = "woodside", ["r"] = report["slug"], ["search"] = search["id"], ["coverage"] = coverage["id"] });
    }

    /// <summary>
    /// Each method of each route that is of an agenda, and of each command the form of the desk that may stand before it: a route that is added is asked too.
    /// What a page is, is asked for with a form too.
    /// </summary>
    private static (HttpMethod Method, string Address)[] Addresses(Node node, Dictionary<string, string> names)
    {
        var routes = (from endpoint in node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                      where endpoint.RoutePattern.Parameters.Any(x => x.Name == "a")
                      from method in endpoint.Metadata.GetRequiredMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().HttpMethods
                      select (Method: new HttpMethod(method), Address: Address("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), names))).ToArray();
        var desk = routes.Where(x => x.Method == HttpMethod.Post).Select(x => x.Address.Replace("/api/v1/agendas/{a}", "/agendas/{a}/desk", StringComparison.Ordinal)).ToArray();
        var pages = routes.Select(x => x.Address).Where(x => !x.StartsWith("/api/", StringComparison.Ordinal));
        return [.. routes.Concat(desk.Concat(pages).SelectMany(x => new[] { (HttpMethod.Get, x), (HttpMethod.Post, x) })).Distinct()];
    }

    private static string Address(string pattern, Dictionary<string, string> names) =>
        Parameter().Replace(pattern, x => x.Groups[1].Value switch
        {
            "a" => "{a}",
            "s" when pattern.Contains("schedules", StringComparison.Ordinal) => "weekly",
            "id" when pattern.Contains("coverage", StringComparison.Ordinal) => names["coverage"],
            "id" when pattern.Contains("searches", StringComparison.Ordinal) => names["search"],
            "id" => "1",
            "rest" => "nothing/here",
            var name => names.GetValueOrDefault(name, "none"),
        });

    /// <summary>What has no page, and what is only with webhooks and what is sent to them: there are none here.</summary>
    private static bool IsOfPeople(string address) => address.Contains("/none", StringComparison.Ordinal);

    /// <summary>Every text of some words in what was exported.</summary>
    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(x => TextsOf(x.Value)),
        JsonArray all => all.SelectMany(TextsOf),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 8 && text.Contains(' ', StringComparison.Ordinal) => [text],
        _ => [],
    };

    private static async Task<string> FirstEventAsync(Node node, string address, string? key)
    {
        using var http = new HttpClient { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(100) };
        if (key is not null) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + key);
        using var reader = new StreamReader(await http.GetStreamAsync(address));
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal)) return line;
        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>What an answer says, without the agenda's name and what is of this one request.</summary>
    private static string Told(string text, string agenda) => OfOneRequest().Replace(text.Replace(agenda, "an-agenda", StringComparison.Ordinal), "");

    /// <summary>Who asks, with a key or a browser that is signed in, with a token that shows a form to be from a page of ours.</summary>
    private sealed class Asking : IDisposable
    {
        private readonly HttpClient _http;
        private readonly string? _key;
        private readonly bool _isSignedIn;
        private readonly Lazy<Task<string>> _token;

        public Asking(Node node, string? key, CookieContainer? cookies = null)
        {
            (_key, _isSignedIn) = (key, cookies is not null);
            // Once: the cookie that belongs to a token is replaced by that of the next.
            _token = new(TokenAsync);
            _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new() }) { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(20) };
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html, */*;q=0.5");
        }

        /// <summary>Has a form's token, and the cookie that belongs to it, before others come with theirs.</summary>
        public async Task ReadyAsync() => await _token.Value;

        /// <summary>The cookies of a browser that signed in with a key.</summary>
        public static async Task<CookieContainer> SignedInAsync(Node node, string key)
        {
            var cookies = new CookieContainer();
            using var browser = new Asking(node, null, cookies);
            (await browser.SendAsync(HttpMethod.Post, "/sign-in", [("key", key), ("to", "/")])).Status.ShouldBe(302);
            return cookies;
        }

        /// <param name="typed">What is typed into a form; null where it is a body of JSON, or none.</param>
        public async Task<Answer> SendAsync(HttpMethod method, string address, (string Name, string Value)[]? typed)
        {
            using var request = new HttpRequestMessage(method, address);
            if (typed is not null) request.Content = new FormUrlEncodedContent(typed.Append(("form-token", await _token.Value)).Select(x => KeyValuePair.Create(x.Item1, x.Item2)));
            else if (method != HttpMethod.Get) request.Content = new StringContent("""{"no-such-member":0}""", System.Text.Encoding.UTF8, "application/json");
            if (_key is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _key);
            if (Trace.Value is { } trace) request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-0123456789abcdef-01");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
            return new Answer((int)response.StatusCode, text, string.Join('\n', response.Headers.Concat(response.Content.Headers)
                .Where(x => x.Key is not ("Date" or "Set-Cookie" or "Content-Length")).SelectMany(x => x.Value.Select(y => $"{x.Key}: {y}")).Order(StringComparer.Ordinal)));
        }

        public override string ToString() => _key ?? (_isSignedIn ? "a stranger who is signed in" : "nobody");

        public void Dispose() => _http.Dispose();

        private async Task<string> TokenAsync() => WebUtility.HtmlDecode(FormToken().Match(await _http.GetStringAsync("/sign-in")).Groups[1].Value);

        public sealed record Answer(int Status, string Text, string Headers)
        {
            public string Told(string agenda) => $"{Status}\n{reading_an_internal_agenda.Told(Headers, agenda)}\n\n{reading_an_internal_agenda.Told(Text, agenda)}";
        }
    }

    private static readonly AsyncLocal<string?> Trace = new();

    /// <summary>The statements that the database was sent for a request: what is looked up tells by the time that it takes, whatever the answer says.</summary>
    private sealed class LookedUp : IDisposable
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _statements = new();
        private readonly ActivityListener _listener;

        public LookedUp()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> it) => _statements.ContainsKey(it.TraceId.ToHexString()) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
                ActivityStopped = activity =>
                {
                    if (_statements.TryGetValue(activity.TraceId.ToHexString(), out var statements) && activity.GetTagItem("db.query.text") is string statement && !IsOfNoAgenda(statement))
                        statements.Enqueue(statement);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public async Task<(Asking.Answer Answer, string Statements)> ByAsync(Func<Task<Asking.Answer>> ask)
        {
            var trace = ActivityTraceId.CreateRandom().ToHexString();
            var statements = _statements[trace] = new();
            Trace.Value = trace;
            var answer = await ask();
            Trace.Value = null;
            return (answer, string.Join('\n', statements.Distinct()));
        }

        public void Dispose() => _listener.Dispose();

        /// <summary>Whose key it is, and to which server a new connection leads.</summary>
        private static bool IsOfNoAgenda(string statement) => Array.Exists(["tracker.access_key", "pg_is_in_recovery", "default_transaction_read_only"], x => statement.Contains(x, StringComparison.Ordinal));
    }

    [GeneratedRegex("\\{\\**([a-z]+)\\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"|name=\"form-token\" value=\"[^\"]*\"|name=\"form-once\" value=\"[^\"]*\"")]
    private static partial Regex OfOneRequest();

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
