using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Hosting;

/// <summary>What answers and the log say of the inside, and what they tell a browser not to do.</summary>
public sealed class giving_nothing_away(PostgresUnderTest postgres)
{
    [Fact]
    public async Task keeps_a_failure_to_itself_and_a_secret_from_the_log()
    {
        var log = new Heard();
        await using var node = await Node.StartFittedAsync(await postgres.NewDatabaseAsync(), new Fittings
        {
            Log = log,
            Extend = app => app.MapGet("/api/v1/broken", string () => throw new InvalidOperationException("Host=db.internal;Password=hunter2")).WithMetadata(new NeedsAttribute(Right.Read), new PageQueryAttribute("key")),
        });
        using var http = new HttpClient { BaseAddress = node.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Node.OwnerKey);

        using var answer = await http.GetAsync($"/api/v1/broken?key={Node.OwnerKey}");
        var body = await answer.Content.ReadAsStringAsync();

        ((int)answer.StatusCode).ShouldBe(500);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.ShouldContain("urn:tracker:internal");
        foreach (var inside in (string[])["hunter2", "InvalidOperationException", "   at ", "\\n", ".cs", "Tracker.", "Microsoft", "0.1.0"]) body.ShouldNotContain(inside);
        ShouldGuard(answer, "500");
        // It is written once the answer is on its way.
        for (var tries = 0; tries < 500 && !Told(); tries++) await Task.Delay(20);
        Told().ShouldBeTrue("whoever runs it is told");
        bool Told() => log.Lines.Any(x => x.Contains("InvalidOperationException", StringComparison.Ordinal));

        // Wherever a key may come by, in whatever is wrong.
        foreach (var (path, authorization) in new (string, string)[]
        {
            ($"/api/v1/keys/{Node.OwnerKey}", $"Bearer {Node.OwnerKey}"), ($"/api/v1/keys?token={Node.OwnerKey}", $"Basic {Node.OwnerKey}"), ($"/{Node.OwnerKey}", $"Bearer {Node.OwnerKey}x"),
            ($"/api/v1/agendas/{Node.OwnerKey}/board?validAt={Node.OwnerKey}", $"Bearer {Node.OwnerKey}.a.b"), ("/api/v1/agendas?a%00=b", $"{Node.OwnerKey}"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Node.OwnerKey);
            using var reply = await http.SendAsync(request);
            ((int)reply.StatusCode).ShouldBeLessThan(500);
        }

        log.Lines.Where(x => x.Contains(Node.OwnerKey[4..], StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task guards_every_answer_in_a_browser()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var board = await ledger.GetAsync(await ledger.PositionAsync(), "board?validAt=2023-01-01");
        using var http = new HttpClient { BaseAddress = ledger.Tracker.Node.Address };
        foreach (var (method, path, status) in new (string, string, int)[]
        {
            ("GET", "/", 200), ("GET", $"/{ledger.Path}", 200), ("GET", "/nowhere", 404), ("GET", $"/api/v1/{ledger.Path}/board", 200), ("GET", $"/api/v1/{ledger.Path}/board?validAt=x", 400),
            ("POST", $"/api/v1/{ledger.Path}/board", 405), ("POST", $"/api/v1/{ledger.Path}/sources", 401), ("GET", "/openapi/v1.json", 200), ("GET", "/docs/", 200), ("GET", "/health/live", 200), ("GET", "/tracker.css", 200),
            ("DELETE", "/", 405), ("OPTIONS", "/", 405),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("Accept", "text/html, */*");
            using var answer = await http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(status, path);
            ShouldGuard(answer, path);
        }

        using var kept = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{ledger.Path}/board?validAt=2023-01-01");
        kept.Headers.TryAddWithoutValidation("If-None-Match", board.ETag);
        using var unchanged = await http.SendAsync(kept);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        ShouldGuard(unchanged, "304");
    }

    private static void ShouldGuard(HttpResponseMessage answer, string what)
    {
        string Of(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        var policy = Of("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        policy.ShouldContain("default-src 'none'", what);
        policy.ShouldContain("base-uri 'none'", what);
        policy.ShouldContain("frame-ancestors 'none'", what);
        policy.Where(x => x.StartsWith("script-src", StringComparison.Ordinal)).ShouldAllBe(x => !x.Contains("unsafe", StringComparison.Ordinal) && !x.Contains("http", StringComparison.Ordinal) && !x.Contains('*'));
        policy.ShouldAllBe(x => !x.Contains("unsafe-eval", StringComparison.Ordinal) && !x.Contains("://", StringComparison.Ordinal));
        Of("X-Content-Type-Options").ShouldBe("nosniff", what);
        Of("Referrer-Policy").ShouldBe("strict-origin-when-cross-origin", what);
        Of("Cross-Origin-Opener-Policy").ShouldBe("same-origin", what);
        Of("Permissions-Policy").ShouldContain("geolocation=()", Case.Sensitive, what);
        foreach (var name in (string[])["Server", "X-Powered-By", "X-AspNet-Version", "Access-Control-Allow-Origin", "Set-Cookie"]) Of(name).ShouldBe("", $"{what}: {name}");
    }

    /// <summary>All that the host writes to its log, at the levels it has in earnest.</summary>
    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception} {state}");

        public void Dispose() { }
    }
}

public sealed class asking_from_another_site(PostgresUnderTest postgres)
{
    private const string Site = "https://site.example.org";

    [Fact]
    public async Task is_not_allowed_where_nobody_said_so()
    {
        var tracker = await postgres.SharedAsync();
        var read = (await tracker.Public.GetAsync("agendas", ("Origin", Site))).Should(200);
        var preflight = await tracker.Public.SendAsync(HttpMethod.Options, "agendas", null, ("Origin", Site), ("Access-Control-Request-Method", "POST"));

        foreach (var reply in (Reply[])[read, preflight])
            foreach (var name in (string[])["Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Allow-Credentials"])
                reply.Header(name).ShouldBeNull(name);
        ((int)preflight.Status).ShouldBe(405);
    }

    [Fact]
    public async Task is_allowed_to_the_sites_that_are_named_and_to_no_other()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, $"--Tracker:Cors:Origins={Site}, https://two.example.org");
        var preflight = (await tracker.Public.SendAsync(HttpMethod.Options, "agendas", null, ("Origin", Site), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,if-match,idempotency-key"))).Should(204);
        preflight.Header("Access-Control-Allow-Origin").ShouldBe(Site);
        preflight.Header("Access-Control-Allow-Methods")!.ShouldContain("POST");
        foreach (var header in (string[])["authorization", "content-type", "if-match", "idempotency-key"]) preflight.Header("Access-Control-Allow-Headers")!.ShouldContain(header);
        preflight.Header("Access-Control-Max-Age").ShouldBe("3600");
        preflight.Header("Access-Control-Allow-Credentials").ShouldBeNull();

        foreach (var reply in (Reply[])[
            (await tracker.Public.GetAsync("agendas", ("Origin", Site))).Should(200), (await tracker.Public.GetAsync("agendas/none/board", ("Origin", Site))).Should(404),
            (await tracker.Public.PostAsync("agendas", "{", ("Origin", Site))).Should(401), (await tracker.Owner.PostAsync("agendas", Given.Agenda("one"), ("Origin", Site))).Should(201)])
        {
            reply.Header("Access-Control-Allow-Origin").ShouldBe(Site);
            reply.Header("Vary")!.Split(", ").ShouldContain("Origin");
            foreach (var exposed in (string[])["ETag", "Location", "Tracker-Position", "Retry-After", "WWW-Authenticate"]) reply.Header("Access-Control-Expose-Headers")!.Split(',').ShouldContain(exposed);
        }

        (await tracker.Public.GetAsync("agendas", ("Origin", "https://site.example.org.evil.example"))).Should(200).Header("Access-Control-Allow-Origin").ShouldBeNull();
        var own = (await tracker.Public.GetAsync("agendas")).Should(200);
        own.Header("Access-Control-Allow-Origin").ShouldBeNull();
        own.Header("Vary")!.Split(", ").ShouldContain("Origin", "a cache keeps it apart from another site's");
    }
}

public sealed class asking_too_much(PostgresUnderTest postgres)
{
    private const int Many = 200;

    [Fact]
    public async Task is_refused_by_key_and_by_address_each_on_its_own_count()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:PerAddress=1", "--Tracker:Limits:PerKey=2");
        var stranger = tracker.Node.With("trk_no-such-key-no-such-key-no-such-key-no-such");
        (await tracker.Owner.GetAsync("keys")).Should(200);

        // Ten at once and one a second for an address; guesses at a key count with it.
        await ShouldLimitAsync(x => x % 2 == 0 ? tracker.Public.GetAsync("agendas") : stranger.GetAsync("agendas"), 10, 1);
        // Somebody who reads pages is told so on one.
        var page = await tracker.Public.GetAsync("/agendas/none", ("Accept", "text/html"));
        page.Should(429).Text.ShouldContain("Too many requests");
        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.RetryAfter.ShouldNotBeNull();
        // Twenty at once and two a second for a key, whoever else comes from there.
        await ShouldLimitAsync(_ => tracker.Owner.GetAsync("keys"), 20, 2);

        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task is_refused_before_a_credential_is_looked_up_or_a_form_read()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:PerAddress=1");
        (await tracker.Owner.GetAsync("keys")).Should(200);
        // Takes all that the address may have looked up. Each second one more may.
        var stranger = tracker.Node.With("trk_no-such-key-no-such-key-no-such-key-no-such");
        while ((int)(await stranger.GetAsync("agendas")).Status != 429) { }
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table tracker.access_key in access exclusive mode", connection, held)) await hold.ExecuteNonQueryAsync();
        // Whoever looks a credential up waits now until the table is let go of.
        var strangers = Enumerable.Range(0, Many / 2).Select(x => tracker.Node.With($"trk_no-such-key-no-such-key-no-such-key-no-{x}").GetAsync("agendas")).ToArray();
        var known = tracker.Owner.GetAsync("keys");
        await ShouldMostlyBeRefusedAsync(strangers);
        var forms = Enumerable.Range(0, Many / 2).Select(_ => stranger.SendAsync(HttpMethod.Post, "/agendas/bali/desk/sources", new FormUrlEncodedContent([new("title", "x")]))).ToArray();
        await ShouldMostlyBeRefusedAsync(forms);
        known.IsCompleted.ShouldBeFalse("one that was good a moment ago is looked up, whoever else comes from its address");

        await held.RollbackAsync();
        (await known).Should(200);
        foreach (var asked in strangers) ((int)(await asked).Status).ShouldBeOneOf(401, 429);
        foreach (var form in forms) (await form).ContentType.ShouldBe("text/html; charset=utf-8");
    }

    private static async Task ShouldMostlyBeRefusedAsync(Task<Reply>[] asked)
    {
        for (var i = 0; i < 200 && asked.Count(x => x.IsCompleted) < Many / 2 * 0.9; i++) await Task.Delay(100);
        var answered = asked.Where(x => x.IsCompleted).Select(x => x.Result).ToArray();
        answered.Length.ShouldBeGreaterThan((int)(Many / 2 * 0.8));
        answered.ShouldAllBe(x => (int)x.Status == 429 && x.RetryAfter != null);
    }

    [Fact]
    public async Task has_so_much_under_way_of_what_takes_long_each()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:Costly=1");
        var ledger = await tracker.OpenAgendaAsync();
        // The server asks for the body once it is past the limit: before that, what is asked beside it would take its place.
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = tracker.Node.Address };
        var key = (await tracker.Owner.PostAsync("keys", new { name = "importer", role = "reviewer" })).Should(201)["key"];
        var importer = tracker.Node.With(key);
        var body = new SlowBody();
        // Not by a client that looks at a request before it goes out.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{ledger.Path}/import") { Content = body, Headers = { Authorization = new("Bearer", key), ExpectContinue = true } };
        var asked = http.SendAsync(request);
        await body.Begun.WaitAsync(TimeSpan.FromSeconds(30));

        // One is under way for them, and no other may be.
        foreach (var costly in (string[])["export", "reports/none.pdf", "reports/none/verification", "matrix.png", "divergence"])
        {
            var refused = (await UntilRefusedAsync(() => importer.GetAsync($"{ledger.Path}/{costly}"))).ShouldRefuse(429, "too-many-requests");
            refused.RetryAfter.ShouldBe("2");
            refused["detail"].ShouldContain("at most 1 for each caller, and 8 in all");
        }

        // For others there is room, and for what takes no time.
        (await tracker.Owner.GetAsync($"{ledger.Path}/export")).Should(200);
        (await importer.GetAsync($"{ledger.Path}/board")).Should(200);

        body.End();
        using var answer = await asked;
        ((int)answer.StatusCode).ShouldBe(400, "it was no bundle");
        (await importer.GetAsync($"{ledger.Path}/export")).Should(200);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    private static async Task<Reply> UntilRefusedAsync(Func<Task<Reply>> ask)
    {
        // What was sent before may come to its turn only after some of these.
        var since = Stopwatch.GetTimestamp();
        while (true)
            if (await ask() is var reply && ((int)reply.Status == 429 || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(20))) return reply;
    }

    /// <summary>A body of which more comes when it is told to.</summary>
    private sealed class SlowBody : HttpContent
    {
        private static readonly byte[] Blank = Encoding.ASCII.GetBytes(new string(' ', 200));

        private readonly TaskCompletionSource _begun = new(), _ends = new();

        public SlowBody() => Headers.ContentType = new("application/json");

        public Task Begun => _begun.Task;

        public void End() => _ends.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{"u8.ToArray());
            await stream.FlushAsync();
            _begun.SetResult();
            // A server gives up on a body of which too little comes.
            while (!_ends.Task.IsCompleted)
            {
                await stream.WriteAsync(Blank);
                await stream.FlushAsync();
                await Task.WhenAny(_ends.Task, Task.Delay(100));
            }
        }

        protected override bool TryComputeLength(out long length) => (length = 0) > 0;
    }

    [Theory]
    [InlineData("/agendas/bali/desk/sources", "title=", 256, "256 KiB")]
    [InlineData("/agendas/bali/desk/evidence/e/review", "rationale=", 256, "256 KiB")]
    [InlineData("/sign-in", "form-carried=", 512, "512 KiB")]
    [InlineData("/sign-out", "form-token=", 256, "256 KiB")]
    public async Task is_refused_a_form_that_is_larger_than_the_largest_and_not_shown_it_again(string path, string field, int limit, string named)
    {
        var stranger = (await postgres.SharedAsync()).Public;
        foreach (var saysSo in (bool[])[true, false])
        {
            var body = Encoding.ASCII.GetBytes(field + new string('x', (limit * 1024) - field.Length + 1));
            using HttpContent form = saysSo ? new ByteArrayContent(body) : new StreamContent(new UnmeasuredStream(body));
            form.Headers.ContentType = new("application/x-www-form-urlencoded");
            var refused = await stranger.SendAsync(HttpMethod.Post, path, form);
            refused.Should(413).Text.ShouldContain($"larger than {named}");
            refused.Text.ShouldNotContain("xxxxxxxx");
        }

        // What is as large as may be is read.
        using var largest = new ByteArrayContent(Encoding.ASCII.GetBytes(field + new string('x', (limit * 1024) - field.Length))) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
        ((int)(await stranger.SendAsync(HttpMethod.Post, path, largest)).Status).ShouldBe(400);
    }

    [Theory]
    [InlineData("/sign-in", "text/plain", "x", 415)]
    [InlineData("/agendas/bali/desk/sources", "text/plain", "x", 415)]
    [InlineData("/sign-in", "multipart/form-data", "x", 400)]
    [InlineData("/sign-in", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nhalf", 400)]
    [InlineData("/sign-out", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nhalf", 400)]
    [InlineData("/agendas/bali/desk/sources", "multipart/form-data; boundary=x", "half", 400)]
    public async Task is_told_of_a_form_that_cannot_be_read(string path, string type, string body, int status)
    {
        var tracker = await postgres.SharedAsync();
        var errors = tracker.Node.Errors.Count();
        using var form = new StringContent(body);
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        (await tracker.Public.SendAsync(HttpMethod.Post, path, form)).Should(status).ContentType.ShouldBe("text/html; charset=utf-8");
        tracker.Node.Errors.Count().ShouldBe(errors);
    }

    [Theory]
    [InlineData("keys", 16, "16 KiB")]
    [InlineData("agendas", 4 * 1024, "4 MiB")]
    public async Task is_refused_a_command_that_is_larger_than_its_address_takes(string path, int limit, string named)
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Owner.PostAsync(path, new string(' ', (limit * 1024) + 1))).ShouldRefuse(413, "too-large")["detail"].ShouldContain($"larger than {named}");
        (await tracker.Owner.PostAsync(path, new string(' ', limit * 1024))).ShouldRefuse(400, "unreadable");
    }

    /// <summary>Nobody can tell how long it is before it ends.</summary>
    private sealed class UnmeasuredStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private static async Task ShouldLimitAsync(Func<int, Task<Reply>> ask, int atOnce, int perSecond)
    {
        // Whatever came from there before, as a start that was waited for, one is let through in its time.
        await Seen.SoonAsync(async () => (int)(await ask(0)).Status != 429);
        var since = Stopwatch.StartNew();
        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(ask));
        var passed = atOnce + (perSecond * ((int)since.Elapsed.TotalSeconds + 2));

        var refused = replies.Where(x => (int)x.Status == 429).ToArray();
        (Many - refused.Length).ShouldBeLessThanOrEqualTo(passed);
        foreach (var refusal in refused)
        {
            refusal.ShouldRefuse(429, "too-many-requests");
            int.Parse(refusal.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        }
    }

    [Theory]
    [InlineData("--Tracker:Limits:PerAddress=0", "Tracker:Limits:PerAddress")]
    [InlineData("--Tracker:Limits:PerKey=-1", "Tracker:Limits:PerKey")]
    [InlineData("--Tracker:Limits:Costly=0", "Tracker:Limits:Costly")]
    public async Task has_a_limit_that_is_one(string setting, string named) =>
        (await Should.ThrowAsync<InvalidOperationException>(async () => await Node.StartAsync(await postgres.NewDatabaseAsync(), null, setting))).Message.ShouldContain(named);
}
