using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Delivery;
using Tracker.Recording;

namespace Tracker.Api.Tests.Delivery;

public sealed class telling_webhooks(PostgresUnderTest postgres, ClientTools tools) : IClassFixture<ClientTools>
{
    private const string Inner = "--Tracker:Webhooks:AllowInner=true";
    private static readonly string[] Every = [.. Enum.GetValues<Occasion>().Select(Words.Text)];

    [Fact]
    public async Task posts_each_change_and_report_once_as_a_CloudEvent_in_their_order()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, telling_what_changed.At("2022-12-20"), Inner, "--Tracker:PublicUrl=https://tracker.example.org/");
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await WebhookAsync(ledger, receiver.Url("all"), Every);

        var accepted = await ledger.AcceptedAsync("e-1");
        var issued = await ledger.RecordAsync("reports", new { });
        var corrected = await ledger.RecordAsync("commitments/visit/corrections", new { title = "A visit, soon", reason = "The account says so." });

        var changes = (await ledger.ChangesAsync(corrected.Position, "3")).ToArray();
        await Seen.SoonAsync(() => receiver.At("all").Length == changes.Length + 1, otherwise: () => string.Join(", ", receiver.All.Select(x => x.Brief)));
        var received = receiver.At("all");
        received.Select(x => x.Brief).ShouldBe([
            $"statusChanged {accepted.Position}.1", $"statusChanged {accepted.Position}.2", $"statusChanged {accepted.Position}.3", $"reportIssued {issued["slug"]}", $"corrected {corrected.Position}.1"]);
        received.Select(x => x.Id).ShouldBeUnique();
        received.ShouldAllBe(x => x.Method == "POST" && x.ContentType == "application/cloudevents+json; charset=utf-8");

        var first = received[0].Event.AsObject();
        first.Select(x => x.Key).ShouldBe(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"]);
        ((string)first["specversion"]!).ShouldBe("1.0");
        ((string)first["source"]!).ShouldBe($"https://tracker.example.org/api/v1/{ledger.Path}");
        ((string)first["subject"]!).ShouldBe("commitments/visit");
        ((string)first["time"]!).ShouldBe((string)changes[0]["recordedAt"]!);
        JsonNode.DeepEquals(first["data"], changes[0]).ShouldBeTrue(received[0].Body);
        JsonNode.DeepEquals(received[3].Event["data"], issued.Json).ShouldBeTrue(received[3].Body);
    }

    [Fact]
    public async Task is_of_what_was_asked_for_and_came_after()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Inner);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var elsewhere = await tracker.OpenAgendaAsync();
        await ledger.AcceptedAsync("e-1");
        await WebhookAsync(ledger, receiver.Url("reports"), "reportIssued");
        await WebhookAsync(elsewhere, receiver.Url("elsewhere"), Every);
        await WebhookAsync(ledger, receiver.Url("withdrawn"), "withdrawn");

        await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "It did not take place." });
        var issued = await ledger.RecordAsync("reports", new { });

        await Seen.SoonAsync(() => receiver.All.Count >= 2);
        receiver.At("reports").Select(x => x.Brief).ShouldBe([$"reportIssued {issued["slug"]}"]);
        receiver.At("withdrawn").Select(x => x.Brief).ShouldBe([$"withdrawn {issued.Position - 1}.1"]);
        receiver.At("elsewhere").ShouldBeEmpty();
    }

    [Fact]
    public async Task is_signed_so_that_the_standard_library_verifies_it_with_each_secret_of_a_rotation()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await WebhookAsync(ledger, receiver.Url("signed"), Every);
        var old = made["secret"];
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await Seen.SoonAsync(() => receiver.All.Count == 3);
        receiver.All.ShouldAllBe(x => x.Signatures.Length == 1);

        var rotated = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/secret/rotation", "")).Should(200);
        rotated["secret"].ShouldNotBe(old);
        await ledger.RecordAsync("activities/talks/withdrawal", new { reason = "It did not take place." });
        await Seen.SoonAsync(() => receiver.All.Count > 3);
        var later = receiver.All.Last();
        later.Signatures.Length.ShouldBe(2);

        await VerifiedAsync(receiver.All.First(), old);
        await VerifiedAsync(later, old);
        await VerifiedAsync(later, rotated["secret"]);
        await VerifiedAsync(receiver.All.First(), rotated["secret"], holds: false);
        await VerifiedAsync(later with { Body = later.Body.Replace("visit", "vizit", StringComparison.Ordinal) }, rotated["secret"], holds: false);
    }

    [Fact]
    public async Task is_signed_with_the_old_secret_for_a_day_and_no_longer()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await WebhookAsync(ledger, receiver.Url(), ["corrected"], "whsec_" + Convert.ToBase64String(new byte[24]));
        made["secret"].ShouldBe("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/secret/rotation", "")).Should(200);

        foreach (var (hours, signatures) in ((int, int)[])[(0, 2), (23, 2), (2, 1)])
        {
            clock.Advance(TimeSpan.FromHours(hours));
            var before = receiver.All.Count;
            await ledger.RecordAsync("commitments/visit/corrections", new { title = $"After {hours} hours", reason = "So." });
            await Seen.SoonAsync(() => receiver.All.Count > before);
            receiver.All.Last().Signatures.Length.ShouldBe(signatures);
            // The answer is in before hours go by: else it came too late, and is asked for again.
            await Seen.SoonAsync(async () => (await DeliveriesAsync(ledger, made)).All(x => (string)x["state"]! == "delivered"));
        }
    }

    [Fact]
    public async Task keeps_the_order_through_failures_and_holds_up_no_other_webhook()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        var fails = 3;
        receiver.Answers = x => Task.FromResult(x.Path == "failing" && Interlocked.Decrement(ref fails) >= 0 ? Results.Text("Not now.", statusCode: 503) : Results.Text("Taken."));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var failing = await WebhookAsync(ledger, receiver.Url("failing"), Every);
        await WebhookAsync(ledger, receiver.Url("well"), Every);

        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await Seen.SoonAsync(() => receiver.At("well").Length == 3 && receiver.At("failing").Length == 1);
        (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{failing["id"]}")).Should(200).Json["failingSince"].ShouldNotBeNull();
        await Seen.SoonAsync(() => receiver.At("failing").Length == 6, clock, TimeSpan.FromSeconds(30), tracker);

        var (first, all) = (receiver.At("well")[0].Brief, receiver.At("well").Select(x => x.Brief).ToArray());
        receiver.At("failing").Select(x => x.Brief).ShouldBe([first, first, first, .. all]);
        receiver.At("failing").Take(4).Select(x => x.Id).Distinct().ShouldHaveSingleItem();
        var log = await DeliveriesAsync(ledger, failing);
        await Seen.SoonAsync(async () => (log = await DeliveriesAsync(ledger, failing)).All(x => (string)x["state"]! == "delivered"));
        log.Select(x => (string)x["about"]!).ShouldBe(all.Reverse().Select(x => x.Split(' ')[1]), "the newest first");
        var attempts = log[^1]["attempts"]!.AsArray();
        attempts.Select(x => (int)x!["status"]!).ShouldBe([503, 503, 503, 200]);
        attempts.Select(x => (string)x!["response"]!).ShouldBe(["Not now.", "Not now.", "Not now.", "Taken."]);
        ((string)attempts[0]!["error"]!).ShouldBe("It answered 503.");
        var webhook = (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{failing["id"]}")).Should(200).Json;
        webhook["failingSince"].ShouldBeNull();
        ((int)webhook["lastStatus"]!).ShouldBe(200);
        webhook.AsObject().ContainsKey("secret").ShouldBeFalse();
    }

    [Fact]
    public async Task does_not_wait_for_a_receiver_that_never_answers()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        var hangs = true;
        receiver.Answers = async x =>
        {
            if (x.Path == "slow" && hangs) await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return Results.Text(new string('x', 5_000) + "\0");
        };
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var slow = await WebhookAsync(ledger, receiver.Url("slow"), "corrected");
        await WebhookAsync(ledger, receiver.Url("well"), "corrected");

        await ledger.RecordAsync("commitments/visit/corrections", new { title = "First", reason = "So." });
        await Seen.SoonAsync(() => receiver.At("slow").Length == 1 && receiver.At("well").Length == 1);
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "Second", reason = "So." });
        await Seen.SoonAsync(() => receiver.At("well").Length == 2);
        receiver.At("slow").Length.ShouldBe(1);

        hangs = false;
        JsonNode[] log = [];
        await Seen.SoonAsync(async () => (log = await DeliveriesAsync(ledger, slow)).All(x => (string)x["state"]! == "delivered"), clock, TimeSpan.FromSeconds(8));
        var first = log[^1]["attempts"]!.AsArray();
        ((string)first[0]!["error"]!).ShouldBe("It did not end within 15 s.");
        ((string)first[^1]!["response"]!).ShouldBe(new string('x', 1_024), "only its beginning is kept");
    }

    [Fact]
    public async Task waits_as_long_as_a_receiver_asks_for()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        var busy = true;
        receiver.Answers = _ => Task.FromResult<IResult>(busy ? new AskingForAnHour() : Results.NoContent());
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var webhook = await WebhookAsync(ledger, receiver.Url(), "corrected");
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "First", reason = "So." });
        JsonNode? delivery = null;
        await Seen.SoonAsync(async () => (string?)(delivery = (await DeliveriesAsync(ledger, webhook)).FirstOrDefault())?["error"] == "It answered 429.");

        busy = false;
        ((DateTimeOffset)delivery!["nextAt"]!).ShouldBe(clock.GetUtcNow().AddHours(1));
        await Seen.SoonAsync(() => receiver.All.Count == 2, clock, TimeSpan.FromMinutes(20), tracker);
    }

    [Fact]
    public async Task ends_with_a_receiver_that_is_gone_and_tells_its_contact()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = _ => Task.FromResult(Results.StatusCode(410));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Inner, "--Tracker:Mail:Host=127.0.0.1", "--Tracker:Mail:Port=9", "--Tracker:Mail:From=tracker@example.org");
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = receiver.Url(), events = Every, contact = "desk@example.org" })).Should(201);

        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await Seen.SoonAsync(async () => (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{made["id"]}")).Should(200)["state"] == "disabled");
        receiver.All.Count.ShouldBe(1);
        var dead = (await ledger.Owner.GetAsync($"{ledger.Path}/dead-letters")).Should(200).Json["items"]!.AsArray().Where(x => (string)x!["channel"]! == "webhook").ToArray();
        dead.Select(x => (string)x!["error"]!).ShouldBe(["The webhook was disabled.", "The webhook was disabled.", "It answered 410: it is gone."]);
        tracker.Node.Log.ShouldContain(x => x.Contains($"Webhook {made["id"]} of '{ledger.Slug}' is disabled: It answered 410: it is gone.", StringComparison.Ordinal));
        (await tracker.AskAsync<string>("select destination || ' ' || (body::json ->> 'because') from tracker.delivery where channel = 'email' and kind = 'webhookDisabled'"))
            .ShouldBe("desk@example.org It answered 410: it is gone.");

        // Nothing more is put for it, until someone enables it; and what was given up comes too, where that is asked for.
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "Unheard", reason = "So." });
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/deliveries/{dead[0]!["id"]}/redelivery", "")).ShouldRefuse(409, "disabled");
        await Seen.SoonAsync(async () => await tracker.AskAsync<long>("select position from tracker.delivery_progress where agenda = $1", ledger.Slug) == await ledger.PositionAsync());
        receiver.Answers = _ => Task.FromResult(Results.NoContent());
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/enabling?resend=true", "")).Should(200)["state"].ShouldBe("active");
        await Seen.SoonAsync(() => receiver.All.Count == 4);
        receiver.All.Skip(1).Select(x => x.Brief).ShouldBe(dead.Reverse().Select(x => $"statusChanged {(string)x!["about"]!}"));
    }

    [Fact]
    public async Task ends_with_a_receiver_that_fails_for_five_days()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = _ => Task.FromResult(Results.StatusCode(500));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await WebhookAsync(ledger, receiver.Url(), "corrected");
        foreach (var title in (string[])["First", "Second", "Third"])
            await ledger.RecordAsync("commitments/visit/corrections", new { title, reason = "So." });

        Reply webhook = null!;
        await Seen.SoonAsync(async () => (webhook = (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{made["id"]}")).Should(200))["state"] == "disabled", clock, TimeSpan.FromHours(4), tracker);
        ((DateTimeOffset)webhook.Json["disabledAt"]! - (DateTimeOffset)webhook.Json["failingSince"]!).ShouldBeInRange(TimeSpan.FromDays(5), TimeSpan.FromDays(6));
        webhook["disabledBecause"].ShouldBe("It has taken nothing for 5 days. The last was: It answered 500.");
        var log = await DeliveriesAsync(ledger, made);
        await Seen.SoonAsync(async () => (log = await DeliveriesAsync(ledger, made)).All(x => (string)x["state"]! == "dead"), clock, TimeSpan.FromHours(12), tracker);
        log[^1]["attempts"]!.AsArray().Count.ShouldBe(Fate.MaxTries);
        ((string)log[0]["error"]!).ShouldBe("The webhook was disabled.");
    }

    [Fact]
    public async Task is_repeated_on_purpose_with_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await WebhookAsync(ledger, receiver.Url(), "corrected");
        var publisher = await tracker.AsAsync("paula", Role.Publisher, ledger.Slug);
        var hold = new TaskCompletionSource();
        receiver.Answers = async _ =>
        {
            await hold.Task;
            return Results.NoContent();
        };
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "First", reason = "So." });
        JsonNode[] log = [];
        await Seen.SoonAsync(async () => (log = await DeliveriesAsync(ledger, made)) is [{ } one] && (string)one["state"]! == "sending");
        // What is on its way is not sent beside itself.
        (await publisher.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/deliveries/{log[0]["id"]}/redelivery", "")).ShouldRefuse(409, "under-way");
        log[0]["deliveredAt"].ShouldBeNull();
        hold.SetResult();
        await Seen.SoonAsync(async () => (log = await DeliveriesAsync(ledger, made)) is [{ } one] && (string)one["state"]! == "delivered");
        var delivered = (DateTimeOffset)log[0]["deliveredAt"]!;
        delivered.ShouldBeGreaterThan((await ledger.EventsAsync())[^1].At);
        ((DateTimeOffset)(await publisher.GetAsync($"{ledger.Path}/webhooks/{made["id"]}")).Should(200).Json["lastDeliveredAt"]!).ShouldBe(delivered);

        (await publisher.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/deliveries/{log[0]["id"]}/redelivery", "")).Should(200)["state"].ShouldBeOneOf("waiting", "sending", "delivered");

        await Seen.SoonAsync(() => receiver.All.Count == 2);
        receiver.All.Select(x => x.Id).Distinct().ShouldBe([(string)log[0]["id"]!]);
        receiver.All.Select(x => x.Body).Distinct().ShouldHaveSingleItem();
        (await publisher.PostAsync($"{ledger.Path}/webhooks/{made["id"]}/deliveries/{Guid.CreateVersion7()}/redelivery", "")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task leaves_out_nothing_and_repeats_only_by_the_same_id_when_a_node_is_killed_in_the_middle()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        var hold = new TaskCompletionSource();
        // The first node dies while it waits for an answer that the receiver never got to give.
        receiver.Answers = async x =>
        {
            if (receiver.All.Count == 2) await hold.Task;
            return Results.NoContent();
        };
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await WebhookAsync(ledger, receiver.Url(), "corrected");
        foreach (var title in (string[])["First", "Second", "Third", "Fourth"])
            await ledger.RecordAsync("commitments/visit/corrections", new { title, reason = "So." });
        await Seen.SoonAsync(() => receiver.All.Count == 2);

        // A node that is killed settles nothing: its claim stays, with nobody to see it through.
        await tracker.AskAsync<long>("with kept as (update tracker.delivery set attempts = attempts + 1 where state = 'sending' returning 1) select count(*) from kept");
        await using var second = await tracker.AnotherNodeAsync(new Fittings { Clock = clock }, Inner);
        hold.SetResult();
        await Seen.SoonAsync(() => receiver.All.Select(x => x.Id).Distinct().Count() == 4, clock, TimeSpan.FromSeconds(30));

        var changes = (await ledger.ChangesAsync(await ledger.PositionAsync())).Where(x => (string)x["kind"]! == "corrected").Select(x => $"corrected {(string)x["id"]!}").ToArray();
        changes.Length.ShouldBe(4);
        receiver.All.Select(x => x.Brief).Distinct().ShouldBe(changes, "in their order");
        receiver.All.Count(x => x.Brief == changes[1]).ShouldBeGreaterThan(1, "what the node was killed over is sent again");
        receiver.All.GroupBy(x => x.Brief).ShouldAllBe(x => x.Select(y => y.Id).Distinct().Count() == 1);
    }

    [Fact]
    public async Task is_done_once_by_several_nodes()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, Inner);
        await using var second = await tracker.AnotherNodeAsync(new Fittings(), Inner);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await WebhookAsync(ledger, receiver.Url(), Every);

        for (var i = 0; i < 20; i++) await ledger.RecordAsync("commitments/visit/corrections", new { title = $"The {i}th", reason = "So." });

        await Seen.SoonAsync(() => receiver.All.Count >= 20);
        var told = (await ledger.ChangesAsync(await ledger.PositionAsync(), "4")).Select(x => $"{(string)x["kind"]!} {(string)x["id"]!}").ToArray();
        receiver.All.Select(x => x.Brief).ShouldBe(told);
    }

    [Fact]
    public async Task is_of_what_the_calendar_alone_changes_too_and_once()
    {
        var clock = telling_what_changed.At("2023-02-27");
        await using var receiver = await Receiver.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Inner);
        await using var second = await tracker.AnotherNodeAsync(new Fittings { Clock = clock }, Inner);
        var ledger = await tracker.OpenAgendaAsync("none", "depth-ladder/1");
        await ledger.SourceAsync();
        await ledger.CommitmentAsync(dueOn: "2023-02");
        await ledger.CommitmentAsync("channel", "continuing");
        await ledger.ActivityAsync("talks", "2023-01-31");
        await ledger.RecordAsync("commitments/channel/evidence", Given.Evidence("on-channel"));
        await WebhookAsync(ledger, receiver.Url(), "becameOverdue", "becameStale");

        await Seen.SoonAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery where state = 'delivered'") == 2, clock, TimeSpan.FromHours(20), tracker);
        clock.Advance(TimeSpan.FromDays(20));
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "Later", reason = "So." });
        await Seen.SoonAsync(async () => await tracker.AskAsync<long>("select position from tracker.delivery_progress where agenda = $1", ledger.Slug) == await ledger.PositionAsync());

        // An attempt that the clock leaps over is made again, as the same delivery.
        receiver.All.DistinctBy(x => x.Id).Select(x => $"{((string)x.Event["type"]!)["urn:tracker:".Length..]} {(string)x.Event["subject"]!} {(string)x.Event["data"]!["effectiveOn"]!}")
            .ShouldBe(["becameOverdue commitments/visit 2023-03-01", "becameStale commitments/channel 2023-05-02"]);
        // Its rule takes no account of how far the record reaches: the day itself is judged, and where the record ended is told beside it.
        receiver.All.Select(x => (string?)x.Event["data"]!["coveredThrough"]).Distinct().ShouldBe(["2023-01-31"]);
        receiver.All.ShouldAllBe(x => (string)x.Event["data"]!["asOf"]! != "2023-01-31");
        (await tracker.AskAsync<long>("select count(*) from tracker.delivery")).ShouldBe(2);
    }

    internal static async Task<Reply> WebhookAsync(Ledger ledger, string url, string[] events, string? secret) =>
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url, events, secret })).Should(201);

    internal static Task<Reply> WebhookAsync(Ledger ledger, string url, params string[] events) => WebhookAsync(ledger, url, events, null);

    internal static async Task<JsonNode[]> DeliveriesAsync(Ledger ledger, Reply webhook) =>
        [.. (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{webhook["id"]}/deliveries")).Should(200).Json["items"]!.AsArray().Select(x => x!)];

    /// <summary>Has the standard's own library verify a request.</summary>
    private async Task VerifiedAsync(Received request, string secret, bool holds = true) => await tools.RunAsync("verify",
        ("WEBHOOK_SECRET", secret), ("WEBHOOK_HEADERS", System.Text.Json.JsonSerializer.Serialize(request.Headers.Where(x => x.Key.StartsWith("webhook-", StringComparison.Ordinal)).ToDictionary())),
        ("WEBHOOK_BODY", request.Body), ("WEBHOOK_HOLDS", holds ? "true" : "false"));

    private sealed class AskingForAnHour : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = 429;
            httpContext.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        }
    }
}
