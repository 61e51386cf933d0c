using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Hosting;

/// <summary>A tracker with nginx in front of it, which people sign in to with an issuer; with a record.</summary>
public sealed class BehindNginx(PostgresUnderTest postgres) : IAsyncLifetime
{
    public Issuer Issuer { get; private set; } = null!;

    public TrackerUnderTest Tracker { get; private set; } = null!;

    public Nginx? Nginx { get; private set; }

    public Ledger Ledger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await Issuer.StartAsync();
        Tracker = await TrackerUnderTest.StartAsync(postgres, null, [.. Issuer.SignInSettings, "--Tracker:Proxies=127.0.0.1, 10.0.0.0/8"]);
        if (Nginx.IsInstalled) Nginx = await Nginx.StartAsync(Tracker.Node.Address);
        Ledger = await (await Tracker.OpenAgendaAsync()).WithTalksAsync();
        await Ledger.AcceptedAsync("e-1");
        await Ledger.RecordAsync("reports", new { });
    }

    public async ValueTask DisposeAsync()
    {
        if (Nginx is not null) await Nginx.DisposeAsync();
        await Tracker.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

/// <summary>What stands in front of the service is believed about who asks and where; through it, at a root and under a sub-path, all is as it is without.</summary>
public sealed partial class standing_behind_a_proxy(BehindNginx behind) : IClassFixture<BehindNginx>
{
    private Nginx Nginx
    {
        get
        {
            Nginx.MustBeInstalled();
            return behind.Nginx!;
        }
    }

    private Ledger Ledger => behind.Ledger;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task leads_on_to_where_it_is_from_every_page(bool isSub)
    {
        var home = Home(isSub);
        using var http = Nginx.From(home);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Node.OwnerKey);
        var (found, to, pages) = (new HashSet<string>(), new Queue<(string, string)>([(home.AbsolutePath, "nowhere")]), 0);
        while (to.TryDequeue(out var next))
        {
            var (path, from) = next;
            path.ShouldStartWith(home.AbsolutePath, Case.Sensitive, $"led to from {from}");
            using var answer = await AskAsync(http, path);
            var leavesForTheIssuer = path.StartsWith(home.AbsolutePath + "sign-in/with", StringComparison.Ordinal);
            answer.StatusCode.ShouldBe(leavesForTheIssuer ? HttpStatusCode.Found : HttpStatusCode.OK, $"{path}, led to from {from}");
            answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            pages++;
            var page = await answer.Content.ReadAsStringAsync();
            foreach (var led in Leading().Matches(page).Select(x => WebUtility.HtmlDecode(x.Groups[1].Value)))
            {
                var address = new Uri(new Uri(home, path), led);
                // One of each kind of address is enough, and what others wrote is theirs.
                if (address.Authority != home.Authority || led.StartsWith('#') || !found.Add(DaysAndMoments().Replace(address.PathAndQuery, ""))) continue;
                if (address.AbsolutePath.EndsWith("/live", StringComparison.Ordinal) || address.AbsolutePath.EndsWith("/sign-out", StringComparison.Ordinal)) address.AbsolutePath.ShouldStartWith(home.AbsolutePath);
                else to.Enqueue((address.PathAndQuery, path));
            }
        }

        pages.ShouldBeGreaterThan(25);
        foreach (var asset in (string[])["tracker.css", "tracker.js", "favicon.svg", "sign-in", "openapi/v1.json"]) found.ShouldContain(x => x.StartsWith(home.AbsolutePath + asset, StringComparison.Ordinal));
        behind.Tracker.Node.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task signs_in_works_and_signs_out_with_cookies_of_its_own_alone(bool isSub)
    {
        var home = Home(isSub);
        using var http = Nginx.From(home);
        var desk = $"{home.AbsolutePath}{Ledger.Path}/desk";
        var cookies = new List<string>();

        var signIn = await PageAsync(await AskAsync(http, $"{desk}/sources"));
        using var signedIn = await SendAsync(http, signIn, ("key", Node.OwnerKey));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        signedIn.Headers.Location!.ToString().ShouldBe($"{desk}/sources");
        var form = await PageAsync(await AskAsync(http, signedIn.Headers.Location.ToString()));
        using var sent = await SendAsync(http, form, ("title", "A speech"), ("kind", "speech"), ("tier", "official"), ("issuer", "AA"), ("slug", isSub ? "under" : "at-the-root"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect, await sent.Content.ReadAsStringAsync());
        sent.Headers.Location!.ToString().ShouldStartWith($"{desk}?recorded=");
        var back = await PageAsync(await AskAsync(http, sent.Headers.Location.ToString()));
        back.ShouldContain("Signed in as");
        using var signedOut = await SendAsync(http, back);
        signedOut.Headers.Location!.ToString().ShouldBe(home.AbsolutePath);

        cookies.Select(x => x.Split('=')[0]).Distinct().Order(StringComparer.Ordinal).ShouldBe(isSub ? ["tracker_form", "tracker_session"] : ["__Host-tracker_form", "__Host-tracker_session"]);
        foreach (var cookie in cookies)
            foreach (var flag in (string[])["secure", "httponly", "samesite=strict", isSub ? "path=/tracker;" : "path=/;"]) (cookie + ";").ShouldContain(flag, Case.Insensitive);

        async Task<string> PageAsync(HttpResponseMessage answer)
        {
            using (answer)
            {
                Keep(answer);
                return await answer.Content.ReadAsStringAsync();
            }
        }

        // The first form of a page that is sent, with what stands in it.
        async Task<HttpResponseMessage> SendAsync(HttpClient client, string page, params (string Name, string Value)[] fields)
        {
            var form = Form().Match(page);
            var hidden = Hidden().Matches(form.Groups[2].Value).Select(x => KeyValuePair.Create(x.Groups[1].Value, WebUtility.HtmlDecode(x.Groups[2].Value)));
            var answer = await client.PostAsync(form.Groups[1].Value, new FormUrlEncodedContent(hidden.Concat(fields.Select(x => KeyValuePair.Create(x.Name, x.Value)))));
            Keep(answer);
            return answer;
        }

        void Keep(HttpResponseMessage answer)
        {
            if (answer.Headers.TryGetValues("Set-Cookie", out var set)) cookies.AddRange(set);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task comes_back_from_the_issuer_to_where_it_is(bool isSub)
    {
        var home = Home(isSub);
        using var http = Nginx.From(home);
        using var issuer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        behind.Issuer.SigningIn = nonce => behind.Issuer.IdToken(nonce, "coder");

        using var there = await AskAsync(http, $"sign-in/with?to=/{Ledger.Path}/desk");
        there.Headers.Location!.Query.ShouldContain("redirect_uri=" + Uri.EscapeDataString(home + "sign-in/back"));
        foreach (var cookie in there.Headers.GetValues("Set-Cookie")) cookie.ShouldContain("; secure", Case.Insensitive);
        using var passed = await issuer.GetAsync(there.Headers.Location);
        using var back = await AskAsync(http, passed.Headers.Location!.ToString());

        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await back.Content.ReadAsStringAsync()).ShouldContain($"content=\"0;url={home.AbsolutePath}{Ledger.Path}/desk\"");
        using var desk = await AskAsync(http, $"{Ledger.Path}/desk");
        (await desk.Content.ReadAsStringAsync()).ShouldContain("Signed in as Ana Analyst");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task says_in_answers_of_the_api_where_things_are(bool isSub)
    {
        var home = Home(isSub);
        using var http = Nginx.From(home);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Node.OwnerKey);
        var source = Given.Source(isSub ? "told-under" : "told-at-the-root");

        using var recorded = await http.PostAsJsonAsync($"api/v1/{Ledger.Path}/sources", source);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await http.GetAsync(recorded.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.OK);
        recorded.Headers.Location!.ToString().ShouldStartWith($"{home.AbsolutePath}api/v1/");
        using var taken = await http.PostAsJsonAsync($"api/v1/{Ledger.Path}/sources", source);
        var problem = (await taken.Content.ReadFromJsonAsync<JsonNode>())!;
        ((string)problem["resource"]!).ShouldBe(recorded.Headers.Location.ToString());
        ((string)problem["instance"]!).ShouldBe($"{home.AbsolutePath}api/v1/{Ledger.Path}/sources");
        taken.Headers.Location.ShouldBe(recorded.Headers.Location);

        (await http.GetStringAsync($"api/v1/{Ledger.Path}/feed.atom")).ShouldContain($"href=\"{home}{Ledger.Path}/changes\"");
        (await http.GetStringAsync(Ledger.Path)).ShouldContain($"<meta property=\"og:image\" content=\"{home}{Ledger.Path}/board.png\"");
        var report = (string)(await http.GetFromJsonAsync<JsonNode>($"api/v1/{Ledger.Path}/reports"))!["items"]![0]!["slug"]!;
        (await http.GetStringAsync($"api/v1/{Ledger.Path}/reports/{report}.html")).ShouldContain($"href=\"{home.AbsolutePath}method/");
        var contract = (await http.GetFromJsonAsync<JsonNode>("openapi/v1.json"))!;
        ((string)contract["servers"]![0]!["url"]!).ShouldBe(home.AbsolutePath);
        (await http.GetAsync("docs")).StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task believes_nothing_that_a_reader_says_of_themselves()
    {
        foreach (var (http, home) in new[] { (Nginx.From(Nginx.Root), Nginx.Root), (Nginx.From(Nginx.Sub), Nginx.Sub), (Nginx.Directly(behind.Tracker.Node.Address, "127.0.0.9"), behind.Tracker.Node.Address) })
            using (http)
            {
                foreach (var (name, value) in new[] { ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-Host", "evil.example.org"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-For", "10.6.6.6") })
                    http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
                using var answer = await AskAsync(http, Ledger.Path);
                var page = await answer.Content.ReadAsStringAsync();
                page.ShouldContain($"<meta property=\"og:url\" content=\"{home}{Ledger.Path}\"");
                page.ShouldNotContain("evil");
                page.ShouldNotContain("gopher");
                answer.Headers.Contains("Strict-Transport-Security").ShouldBe(home.Scheme == "https");
            }
    }

    [Theory]
    [InlineData("/tracker/", "/tracker/")]
    [InlineData("/", "/")]
    [InlineData("//evil.example.org", "/evil.example.org/")]
    [InlineData("tracker", "/")]
    [InlineData("/a\"b&c", "/a%22b&amp;c/")]
    public async Task takes_a_path_as_one_on_its_own_site_however_it_is_written(string prefix, string begins)
    {
        using var http = Nginx.Directly(behind.Tracker.Node.Address, "127.0.0.1");
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);

        using var answer = await AskAsync(http, "/");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<a class=\"wordmark\" href=\"{begins}\"");
    }

    [Fact]
    public async Task counts_each_reader_and_not_the_proxy()
    {
        await using var node = await behind.Tracker.AnotherNodeAsync(["--Tracker:Proxies=127.0.0.1,10.0.0.0/8", "--Tracker:Limits:PerAddress=1", "--Tracker:Limits:Streams=1"]);
        await using var nginx = await Nginx.StartAsync(node.Address);
        foreach (var home in (Uri[])[nginx.Root, nginx.Sub])
        {
            using var greedy = nginx.From(home, "127.0.0.2");
            using var another = nginx.From(home, home == nginx.Root ? "127.0.0.3" : "127.0.0.4");
            (await AnsweredAsync(greedy, "api/v1/agendas", 30)).ShouldContain(HttpStatusCode.TooManyRequests);
            (await AnsweredAsync(another, "api/v1/agendas", 1)).ShouldBe([HttpStatusCode.OK]);
            // What comes through is seen at once, and each has as many streams as one may have.
            using var live = await another.GetAsync($"api/v1/{Ledger.Path}/live", HttpCompletionOption.ResponseHeadersRead);
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var lines = new StreamReader(await live.Content.ReadAsStreamAsync());
            (await lines.ReadLineAsync()).ShouldNotBeNull();
            using var second = await another.GetAsync($"api/v1/{Ledger.Path}/live", HttpCompletionOption.ResponseHeadersRead);
            second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        // Of a chain, the first that is no proxy of ours is who asks, whatever they say came before them.
        (await SentAsync("127.0.0.1", i => $"192.0.2.{i}, 203.0.113.9, 10.0.0.7")).ShouldContain(HttpStatusCode.TooManyRequests);
        (await SentAsync("127.0.0.1", _ => "203.0.113.10, 10.0.0.7", 1)).ShouldBe([HttpStatusCode.OK]);
        // Who is no proxy has one address, whatever they say.
        (await SentAsync("127.0.0.6", i => $"192.0.2.{i}")).ShouldContain(HttpStatusCode.TooManyRequests);

        async Task<HttpStatusCode[]> SentAsync(string from, Func<int, string> forwarded, int times = 30)
        {
            using var http = Nginx.Directly(node.Address, from);
            var answered = new List<HttpStatusCode>();
            for (var i = 0; i < times; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/agendas");
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded(i));
                using var answer = await http.SendAsync(request);
                answered.Add(answer.StatusCode);
            }

            return [.. answered];
        }

        static async Task<HttpStatusCode[]> AnsweredAsync(HttpClient http, string path, int times)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => http.GetAsync(path)));
            return [.. answers.Select(x => x.StatusCode)];
        }
    }

    [Fact]
    public async Task is_https_where_it_is_published_so_whatever_is_forwarded()
    {
        await using var node = await behind.Tracker.AnotherNodeAsync(["--Tracker:PublicUrl=https://tracker.example.org"]);
        using var http = Nginx.Directly(node.Address, "127.0.0.1");

        using var answer = await AskAsync(http, "sign-in");

        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldMatch("^__Host-tracker_form=.*; path=/; secure; ");
        answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("127.0.0.1, 10.1")]
    [InlineData("10.0.0.0/33")]
    public async Task does_not_start_with_a_proxy_that_is_no_address(string proxies)
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => behind.Tracker.AnotherNodeAsync([$"--Tracker:Proxies={proxies}"]));

        refused.Message.ShouldContain("Tracker:Proxies");
        refused.Message.ShouldContain($"'{proxies.Split(',')[^1].Trim()}'");
    }

    private Uri Home(bool isSub) => isSub ? Nginx.Sub : Nginx.Root;

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html, */*;q=0.5");
        return await http.SendAsync(request);
    }

    [GeneratedRegex("\\s(?:href|src|action|hx-get|data-live)=\"([^\"]+)\"")]
    private static partial Regex Leading();

    [GeneratedRegex("(?<=[?&](?:validAt|knownAt|since|atLeast|after|before)=)[^&#]*|#.*")]
    private static partial Regex DaysAndMoments();

    [GeneratedRegex("<form [^>]*method=\"post\" action=\"([^\"]+)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
