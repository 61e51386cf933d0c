using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;

namespace Tracker.Api.Tests.Boards.Changes;

public sealed class following_live(PostgresUnderTest postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task is_told_what_the_change_log_tells_from_when_it_came()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.ChangesAsync(4);
        using var live = await Live.OpenAsync(ledger);
        live.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        live.Response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        live.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();

        var accepted = await ledger.AcceptedAsync("e-1");
        var heard = await live.TakeAsync(3);

        var told = await ledger.ChangesAsync(accepted.Position, "4");
        heard.Select(x => x.EventId).ShouldBe(told.Select(x => (string)x["id"]!));
        heard.Select(x => x.EventType).ShouldBe(told.Select(x => (string)x["kind"]!));
        heard.Select(x => x.Data).ShouldBe(told.Select(x => x.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    }

    [Fact]
    public async Task goes_on_after_the_last_that_it_had()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var all = (await ledger.ChangesAsync((await ledger.AcceptedAsync("e-1")).Position)).Select(x => (string)x["id"]!).ToArray();
        for (var i = 0; i < all.Length - 1; i++)
        {
            using var byHeader = await Live.OpenAsync(ledger, all[i]);
            (await byHeader.TakeAsync(all.Length - 1 - i)).Select(x => x.EventId).ShouldBe(all[(i + 1)..]);
        }

        using var byQuery = await Live.OpenAsync(ledger, query: "?after=0");
        (await byQuery.TakeAsync(all.Length)).Select(x => x.EventId).ShouldBe(all);
    }

    [Fact]
    public async Task misses_nothing_and_hears_nothing_twice_under_32_writers_however_often_it_loses_the_line()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var second = await tracker.AnotherNodeAsync();
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        const int Writers = 32;
        using var enough = new CancellationTokenSource();
        var listening = ListenAsync(ledger, [tracker.Node, second], enough.Token);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async x =>
        {
            await ledger.CommitmentAsync($"c-{x}");
            foreach (var depth in (string[])["words", "contact", "mechanism"])
                await ledger.RecordAsync($"commitments/c-{x}/evidence", Given.Evidence($"e-{x}-{depth}", depth: depth));
        }));

        var told = (await ledger.ChangesAsync(await ledger.PositionAsync())).Select(x => (string)x["id"]!).ToArray();
        told.Length.ShouldBe(1 + (Writers * 10));
        for (var i = 0; i < 600 && listening.Heard.Count < told.Length; i++) await Task.Delay(100);
        await enough.CancelAsync();
        await listening.Done;
        listening.Heard.ShouldBe(told);
        listening.Lost.ShouldBeGreaterThan(5);
        for (var i = 0; i < 600 && Open(tracker.Node) + Open(second) > 0; i++) await Task.Delay(100);
        (Open(tracker.Node), Open(second)).ShouldBe((0, 0), "streams whose clients are gone");
    }

    [Fact]
    public async Task is_shown_that_the_line_is_there_when_nothing_happens()
    {
        var clock = telling_what_changed.At("2022-12-20");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        using var live = await Live.OpenAsync(ledger);
        (await live.LineAsync()).ShouldBe("retry: 2000");
        (await live.LineAsync()).ShouldBe("id: 1");
        (await live.LineAsync()).ShouldBe("");
        for (var beat = 0; beat < 3; beat++)
        {
            var line = live.LineAsync();
            while (!line.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(15));
                await Task.WhenAny(line, Task.Delay(200));
            }

            (await line).ShouldBe(":");
            (await live.LineAsync()).ShouldBe("");
        }
    }

    [Fact]
    public async Task has_so_many_streams_and_gets_a_place_back_when_one_is_closed()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:Streams=2");
        var ledger = await tracker.OpenAgendaAsync();
        var first = await Live.OpenAsync(ledger);
        using var second = await Live.OpenAsync(ledger);

        var refused = (await ledger.GetAsync("live")).ShouldRefuse(429, "too-many-requests");
        refused.RetryAfter.ShouldNotBeNull();
        using (await Live.OpenAsync(ledger, key: Node.OwnerKey)) Open(tracker.Node).ShouldBe(3);

        first.Dispose();
        for (var i = 0; i < 600 && Open(tracker.Node) > 1; i++) await Task.Delay(100);
        using (await Live.OpenAsync(ledger)) { }
    }

    [Fact]
    public async Task has_so_many_streams_in_all()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:Limits:StreamsInAll=2");
        var ledger = await tracker.OpenAgendaAsync();
        using var first = await Live.OpenAsync(ledger);
        var second = await Live.OpenAsync(ledger, key: Node.OwnerKey);

        (await ledger.Owner.GetAsync($"{ledger.Path}/live")).ShouldRefuse(429, "too-many-requests").RetryAfter.ShouldNotBeNull();
        Open(tracker.Node).ShouldBe(2);

        second.Dispose();
        for (var i = 0; i < 100 && Open(tracker.Node) > 1; i++) await Task.Delay(100);
        using (await Live.OpenAsync(ledger, key: Node.OwnerKey)) { }
    }

    [Fact]
    public async Task ends_soon_after_the_key_it_was_opened_with()
    {
        var clock = telling_what_changed.At("2022-12-20");
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        await using var other = await tracker.AnotherNodeAsync(clock);
        var ledger = await tracker.OpenAgendaAsync();
        var (revoked, expiring, kept) = (await KeyAsync("Ana"), await KeyAsync("Bo", "2022-12-21T00:00:00Z"), await KeyAsync("Cem"));
        // On the node that takes the revocation and on another, of one agenda and of all.
        var ended = new List<Live>();
        foreach (var node in (Node[])[tracker.Node, other])
            foreach (var key in (Reply[])[revoked, expiring])
                foreach (var path in (string?[])[null, "/live"]) ended.Add(await Live.OpenAsync(ledger, key: key["key"], node: node, path: path));
        using var going = await Live.OpenAsync(ledger, key: kept["key"]);
        using var anonymous = await Live.OpenAsync(ledger);
        var (goes, ends) = ((Task[])[going.RestAsync(), anonymous.RestAsync()], ended.Select(x => x.RestAsync()).ToArray());

        (await tracker.Owner.SendAsync(HttpMethod.Delete, revoked.Location!, null)).Should(204);
        await AdvanceUntilAsync(() => Array.TrueForAll([ends[0], ends[1], ends[4], ends[5]], x => x.IsCompleted));
        ends.Count(x => x.IsCompleted).ShouldBe(4, "those of the key that has not ended yet go on");
        clock.Advance(telling_what_changed.At("2022-12-21").GetUtcNow() - clock.GetUtcNow());
        await AdvanceUntilAsync(() => Array.TrueForAll(ends, x => x.IsCompleted));
        goes.ShouldAllBe(x => !x.IsCompleted);
        foreach (var live in ended) live.Dispose();

        async Task<Reply> KeyAsync(string name, string? expiresAt = null) => (await tracker.Owner.PostAsync("keys", new { name, role = "reader", expiresAt })).Should(201);

        // A heartbeat is set when the one before was heard: so the clock goes on until all have.
        async Task AdvanceUntilAsync(Func<bool> done)
        {
            for (var i = 0; i < 300 && !done(); i++)
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(50);
            }

            done().ShouldBeTrue();
        }
    }

    [Fact]
    public async Task waits_for_a_client_that_reads_slowly_and_keeps_no_other_waiting()
    {
        const int commitments = 2_500;
        var ledger = await postgres.OpenAgendaAsync();
        using var slow = await Live.OpenAsync(ledger, "1", receives: 4_096);
        using var fast = await Live.OpenAsync(ledger, "1");
        var bundle = Bundles.Of(ledger.Slug);
        var (commitment, evidence) = (bundle["commitments"]![0]!, bundle["evidence"]![0]!);
        bundle["commitments"] = new JsonArray([.. Enumerable.Range(0, commitments).Select(x => commitment.With("slug", $"\"c-{x}\""))]);
        bundle["evidence"] = new JsonArray([.. Enumerable.Range(0, commitments).Select(x => evidence.With("key", $"\"e-{x}\"").With("commitment", $"\"c-{x}\""))]);
        bundle["searches"] = new JsonArray();
        var imported = (await ledger.Owner.PostAsync($"{ledger.Path}/import", bundle)).Should(200);

        // Of each commitment as a whole and of one party: more than all the buffers between the two hold.
        var heard = await fast.TakeAsync(commitments * 2);
        heard.Sum(x => x.Data.Length).ShouldBeGreaterThan(1_000_000);
        var waited = await slow.TakeAsync(commitments * 2);
        var told = Enumerable.Range(1, commitments * 2).Select(x => $"{imported.Position}.{x}").ToArray();
        heard.Select(x => x.EventId).SequenceEqual(told).ShouldBeTrue("each once, in order");
        waited.Select(x => x.EventId).SequenceEqual(told).ShouldBeTrue("and so to whom they had to wait for");
    }

    [Fact]
    public async Task costs_one_read_of_the_change_log_however_many_follow()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.ChangesAsync(4);
        // Some of one agenda, some of all: the latter wait for what is not said to them here.
        var (one, all) = (await OpenAsync(20, null), await OpenAsync(20, "/live"));
        var database = new NpgsqlConnectionStringBuilder(tracker.ConnectionString).Database!;
        using var statements = new Statements();

        var accepted = await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        var told = (await ledger.ChangesAsync(accepted.Position, "4")).Select(x => (string)x["id"]!).ToArray();
        foreach (var live in one) (await live.TakeAsync(told.Length)).Select(x => x.EventId).ShouldBe(told);
        foreach (var live in all) (await live.TakeAsync(1)).Single().EventType.ShouldBe("recorded");

        // The reader of each, the dispatcher, and the question above; each may look more than once, as two recordings are told.
        Count($"from {ChangeTables.Changes} c").ShouldBeInRange(1, 10);
        Count($"from {ChangeTables.Progress} p").ShouldBeInRange(1, 20);
        var feeds = tracker.Node.Services.GetRequiredService<LiveFeeds>();
        (feeds.Followed, feeds.Totals.Followers).ShouldBe((1, 20));
        foreach (var live in (Live[])[.. one, .. all]) live.Dispose();
        await Seen.SoonAsync(() => Open(tracker.Node) == 0);
        feeds.Totals.Followers.ShouldBe(0);

        int Count(string part) => statements.OfDatabase(database).Count(x => x.Contains(part, StringComparison.Ordinal));

        async Task<List<Live>> OpenAsync(int count, string? path)
        {
            var opened = new List<Live>();
            for (var i = 0; i < count; i++) opened.Add(await Live.OpenAsync(ledger, key: Node.OwnerKey, path: path));
            return opened;
        }
    }

    [Theory]
    [InlineData("live?after=soon", 400, "unreadable")]
    [InlineData("live?after=1.", 400, "unreadable")]
    public async Task is_refused_an_id_that_is_none(string what, int status, string code) =>
        (await (await postgres.OpenAgendaAsync()).GetAsync(what)).ShouldRefuse(status, code);

    [Fact]
    public async Task is_of_an_agenda_that_there_is() =>
        (await (await postgres.SharedAsync()).Public.GetAsync("agendas/no-such-agenda/live")).ShouldRefuse(404, "not-found");

    [Fact]
    public async Task needs_a_key_where_reading_does()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, "--Tracker:PublicRead=false");
        var ledger = await tracker.OpenAgendaAsync();

        (await ledger.GetAsync("live")).ShouldRefuse(401, "unauthenticated");
        using var live = await Live.OpenAsync(ledger, key: Node.OwnerKey);
    }

    [Fact]
    public async Task ends_when_the_service_does()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await tracker.OpenAgendaAsync();
        using var live = await Live.OpenAsync(ledger);
        var rest = live.RestAsync();

        await tracker.RestartAsync();

        await rest.WaitAsync(Patience);
    }

    private static int Open(Node node) => node.Services.GetRequiredService<LiveStreams>().Open;

    private static Listening ListenAsync(Ledger ledger, Node[] nodes, CancellationToken ct)
    {
        var listening = new Listening();
        listening.Done = Task.Run(async () =>
        {
            var random = new Random(7);
            var last = "0";
            while (!ct.IsCancellationRequested)
            {
                using var live = await Live.OpenAsync(ledger, last, node: nodes[random.Next(nodes.Length)]);
                var count = random.Next(1, 40);
                try
                {
                    await foreach (var item in live.Items(ct))
                    {
                        lock (listening.Heard) listening.Heard.Add(last = item.EventId!);
                        if (--count == 0) break;
                    }
                }
                catch (OperationCanceledException)
                {
                }

                listening.Lost++;
            }
        }, CancellationToken.None);
        return listening;
    }

    private sealed class Listening
    {
        public List<string> Heard { get; } = [];

        public int Lost { get; set; }

        public Task Done { get; set; } = Task.CompletedTask;
    }

    /// <summary>One client of a live stream.</summary>
    private sealed class Live : IDisposable
    {
        private readonly HttpClient _http;
        private readonly StreamReader _reader;

        private Live(HttpClient http, HttpResponseMessage response, Stream stream) => (_http, Response, _reader) = (http, response, new StreamReader(stream));

        public HttpResponseMessage Response { get; }

        public static async Task<Live> OpenAsync(Ledger ledger, string? last = null, string query = "", string? key = null, Node? node = null, int? receives = null, string? path = null)
        {
            var http = new HttpClient(Connecting(receives)) { BaseAddress = (node ?? ledger.Tracker.Node).Address, Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, path ?? $"/api/v1/{ledger.Path}/live{query}");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
            if (last is not null) request.Headers.Add("Last-Event-ID", last);
            if (key is not null) request.Headers.Authorization = new("Bearer", key);
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, ledger.Tracker.Node.Errors.LastOrDefault());
            return new Live(http, response, await response.Content.ReadAsStreamAsync());
        }

        /// <summary>With a system's buffer of so many bytes, where that matters.</summary>
        private static SocketsHttpHandler Connecting(int? receives) => receives is not { } bytes ? new() : new()
        {
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = bytes };
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };

        public IAsyncEnumerable<SseItem<string>> Items(CancellationToken ct) => SseParser.Create(_reader.BaseStream).EnumerateAsync(ct);

        public async Task<IReadOnlyList<SseItem<string>>> TakeAsync(int count)
        {
            using var patience = new CancellationTokenSource(Patience);
            var items = new List<SseItem<string>>();
            await foreach (var item in Items(patience.Token))
            {
                items.Add(item);
                if (items.Count == count) break;
            }

            return items;
        }

        public Task<string?> LineAsync() => _reader.ReadLineAsync().WaitAsync(Patience);

        public async Task RestAsync()
        {
            try
            {
                await _reader.ReadToEndAsync();
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                // Cut off is over, too.
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            Response.Dispose();
            _http.Dispose();
        }
    }
}
