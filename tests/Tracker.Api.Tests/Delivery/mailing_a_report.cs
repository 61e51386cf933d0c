using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SkiaSharp;
using Tracker.Api.Tests.Harness;
using Tracker.Delivery;
using Tracker.Delivery.Mail;

namespace Tracker.Api.Tests.Delivery;

/// <summary>A scheduled report comes by mail: once to each, whole, and to nobody who does not want it.</summary>
public sealed class mailing_a_report(PostgresUnderTest postgres) : IAsyncDisposable
{
    private readonly MailSink _sink = MailSink.Start();

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact]
    public async Task sends_text_html_with_a_picture_the_pdf_and_the_other_forms()
    {
        await using var tracker = await StartAsync("--Tracker:PublicUrl=https://tracker.example");
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("talks-1");

        var report = await RunAsync(ledger, ["desk@example.org"], "csv", "json");
        var message = await GotAsync("desk@example.org");

        message.From.ToString().ShouldBe("\"Tracker\" <reports@tracker.example>");
        message.Subject.ShouldStartWith("What AA and BB said they would do: status report, ");
        message.Subject.ShouldEndWith(" (record to 12 December 2022)");
        message.Subject.ShouldNotContain("the record ends", Case.Insensitive);
        message.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
        message.MessageId.ShouldEndWith("@tracker.example");
        message.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
        message.Headers[HeaderId.ListUnsubscribe].ShouldStartWith("<https://tracker.example/unsubscribe/");
        (TimeProvider.System.GetUtcNow() - message.Date).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(5));

        var mixed = message.Body.ShouldBeOfType<Multipart>();
        var alternative = mixed[0].ShouldBeOfType<MultipartAlternative>();
        var text = alternative[0].ShouldBeOfType<TextPart>();
        text.ContentType.MimeType.ShouldBe("text/plain");
        text.Text.ShouldStartWith("**This record ends on 12 December 2022.");
        text.Text.ShouldContain("https://tracker.example/method/depth-ladder-2");
        text.Text.ShouldContain("0 of 1 commitment saw concrete action");
        text.Text.ShouldContain("https://tracker.example/unsubscribe/");
        var related = alternative[1].ShouldBeOfType<MultipartRelated>();
        var html = related.Root.ShouldBeOfType<TextPart>().Text;
        html.ShouldContain("0 of 1 commitment saw concrete action");
        html.ShouldNotContain("..");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<svg");
        html.ShouldNotContain("url(");
        System.Text.RegularExpressions.Regex.Matches(html, "src=\"([^\"]*)\"").Select(x => x.Groups[1].Value).ShouldBe(["cid:timeline@report"]);
        var picture = related.OfType<MimePart>().Single(x => x.ContentId == "timeline@report");
        picture.ContentType.MimeType.ShouldBe("image/png");
        using (var png = SKBitmap.Decode(Bytes(picture)))
        {
            png.Width.ShouldBe(1480);
            png.Pixels.Distinct().Count().ShouldBeGreaterThan(20, "something is drawn");
        }

        foreach (var (at, ending, type) in new[] { (1, "pdf", "application/pdf"), (2, "csv", "text/csv"), (3, "json", "application/json") })
        {
            var attached = mixed[at].ShouldBeAssignableTo<MimePart>()!;
            attached.ContentType.MimeType.ShouldBe(type);
            attached.FileName.ShouldBe($"{ledger.Slug}-{report}.{ending}");
            attached.IsAttachment.ShouldBeTrue();
            Bytes(attached).ShouldBe((await ledger.GetAsync($"reports/{report}.{ending}")).Should(200).Bytes);
        }

        mixed.Count.ShouldBe(4);
    }

    [Fact]
    public async Task sends_once_to_each_and_holds_up_nobody_for_another()
    {
        _sink.Refusals["gone@example.org"] = "550 5.1.1 no such user";
        _sink.HangsUpOn["perhaps@example.org"] = true;
        _sink.SilentFor["slow@example.org"] = new();
        await using var tracker = await StartAsync();
        await using var second = await tracker.AnotherNodeAsync(Settings());
        var ledger = await tracker.OpenAgendaAsync();
        string[] good = ["ana@example.org", "rui@example.org", "pia@example.org"];

        await RunAsync(ledger, ["slow@example.org", "gone@example.org", "perhaps@example.org", .. good]);

        foreach (var address in good) await GotAsync(address);
        var dead = await DeadAsync(ledger, 2);
        var gone = dead.Single(x => (string)x["destination"]! == "gone@example.org");
        ((string)gone["error"]!).ShouldContain("no such user");
        gone["attempts"]!.AsArray().Count.ShouldBe(1, "a refusal for good is final");
        var perhaps = dead.Single(x => (string)x["destination"]! == "perhaps@example.org");
        ((string)perhaps["error"]!).ShouldStartWith("Uncertain whether it arrived.");
        _sink.For("perhaps@example.org").Count().ShouldBe(1, "it may have arrived, and is not sent twice");
        var failing = (await ledger.GetAsync("schedules/weekly")).Json;
        failing["failing"]!.GetValue<int>().ShouldBe(2);
        failing["failingBecause"].ShouldBeNull("why may name an address");
        ((string?)(await ledger.Owner.GetAsync($"{ledger.Path}/schedules/weekly")).Json["failingBecause"]).ShouldNotBeNullOrEmpty();

        // On purpose it is sent again, as the same message.
        _sink.HangsUpOn.Clear();
        (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/dead-letters/{perhaps["id"]}/redelivery", null)).Should(200);
        await UntilAsync(() => Task.FromResult(_sink.For("perhaps@example.org").Count() == 2), "nothing is resent");
        _sink.For("perhaps@example.org").Select(x => x.MessageId).Distinct().Count().ShouldBe(1);
        _sink.SilentFor["slow@example.org"].SetResult();
        await GotAsync("slow@example.org");
        await UntilAsync(async () => (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>() == 1, "what was resent still fails");
        foreach (var address in good) _sink.For(address).Count().ShouldBe(1);

        // What never will arrive is seen to otherwise, and troubles nobody any more.
        var dismissal = $"{ledger.Path}/dead-letters/{gone["id"]}/dismissal";
        (await (await ledger.Tracker.AsAsync("rita", Tracker.Recording.Role.Reviewer)).SendAsync(HttpMethod.Post, dismissal, null)).ShouldRefuse(403, "forbidden");
        (await ledger.Owner.SendAsync(HttpMethod.Post, dismissal, null)).Should(200)["state"].ShouldBe("dismissed");
        (await ledger.Owner.SendAsync(HttpMethod.Post, dismissal, null)).ShouldRefuse(404, "not-found");
        (await ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/dead-letters/{gone["id"]}/redelivery", null)).ShouldRefuse(404, "not-found");
        await DeadAsync(ledger, 0);
        (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task tries_again_what_is_refused_for_now()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 3, 12, 0, 0, TimeSpan.Zero));
        _sink.Refusals["full@example.org"] = "452 4.2.2 mailbox full";
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Settings());
        var ledger = await tracker.OpenAgendaAsync();
        await RunAsync(ledger, ["full@example.org"]);

        await UntilAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery_attempt where status = 452") >= 1, "it is not tried");
        (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>().ShouldBe(1);
        _sink.Refusals.Clear();
        clock.Advance(TimeSpan.FromMinutes(1));

        await GotAsync("full@example.org");
        await UntilAsync(async () => (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>() == 0, "it still fails");
    }

    [Fact]
    public async Task passes_over_who_has_unsubscribed_and_shows_so_to_publishers()
    {
        await using var tracker = await StartAsync("--Tracker:PublicUrl=https://tracker.example");
        var ledger = await tracker.OpenAgendaAsync();
        await RunAsync(ledger, ["ana@example.org", "rui@example.org"]);
        var link = (await GotAsync("ana@example.org")).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')["https://tracker.example".Length..];

        // Programs look at every link: looking changes nothing.
        var asked = (await tracker.Public.GetAsync(link, ("Accept", "text/html"))).Should(200);
        asked.Text.ShouldContain("ana@example.org");
        asked.Text.ShouldContain("method=\"post\"");
        asked.CacheControl.ShouldBe("no-store");
        (await ledger.Owner.GetAsync($"{ledger.Path}/schedules/weekly")).Json["deliver"]!.AsArray().ShouldAllBe(x => x!["unsubscribedAt"] == null);

        var done = await tracker.Public.SendAsync(HttpMethod.Post, link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        done.Should(200).Text.ShouldContain("You are unsubscribed");
        var shown = (await ledger.Owner.GetAsync($"{ledger.Path}/schedules/weekly")).Json["deliver"]!.AsArray();
        shown.Single(x => (string?)x!["email"] == "ana@example.org")!["unsubscribedAt"].ShouldNotBeNull();
        shown.Single(x => (string?)x!["email"] == "rui@example.org")!["unsubscribedAt"].ShouldBeNull();

        await ledger.RecordAsync("schedules/weekly/run", new { });
        await UntilAsync(() => Task.FromResult(_sink.For("rui@example.org").Count() == 2), "the other gets none either");
        _sink.For("ana@example.org").Count().ShouldBe(1);
        (await tracker.AskAsync<long>("select count(*) from tracker.delivery where destination = 'ana@example.org'")).ShouldBe(1);
    }

    [Fact]
    public async Task is_no_failure_where_the_recipient_unsubscribes_before_it_is_sent()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 3, 12, 0, 0, TimeSpan.Zero));
        _sink.Refusals["ana@example.org"] = "452 4.2.2 mailbox full";
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Settings());
        var ledger = await tracker.OpenAgendaAsync();
        await RunAsync(ledger, ["ana@example.org"]);
        await UntilAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery_attempt where status = 452") == 1, "it is not tried");

        var recipient = await tracker.AskAsync<string>("select id from tracker.recipient where address = 'ana@example.org'");
        await tracker.Node.Services.GetRequiredService<Tracker.Reports.Schedules.Recipients>().UnsubscribeAsync(recipient, clock.GetUtcNow(), default);
        _sink.Refusals.Clear();
        clock.Advance(TimeSpan.FromMinutes(1));

        await UntilAsync(async () => await tracker.AskAsync<string>("select state from tracker.delivery") == "unwanted", "it is not settled");
        (await tracker.AskAsync<string>("select last_error from tracker.delivery")).ShouldStartWith("The recipient wants no more of this mail, since 2023-02-03");
        (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>().ShouldBe(0);
        await DeadAsync(ledger, 0);
        _sink.Got.ShouldBeEmpty();
    }

    [Fact]
    public async Task is_forgotten_ninety_days_after_it_was_sent_and_not_sent_anew()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2023, 2, 3, 12, 0, 0, TimeSpan.Zero));
        _sink.Refusals["gone@example.org"] = "550 5.1.1 no such user";
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Settings());
        var ledger = await tracker.OpenAgendaAsync();
        await RunAsync(ledger, ["ana@example.org", "gone@example.org"]);
        await DeadAsync(ledger, 1);
        await UntilAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery where state = 'delivered'") == 1, "it is not delivered");
        await ledger.RecordAsync("schedules/weekly/pause", new { });

        clock.Advance(TimeSpan.FromDays(89));
        await tracker.Node.Services.GetRequiredService<Outbox>().ForgetAsync(default);
        (await tracker.AskAsync<long>("select count(*) from tracker.delivery where state = 'delivered'")).ShouldBe(1);
        clock.Advance(TimeSpan.FromDays(2));

        await UntilAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery where state = 'delivered'") == 0, "it is not forgotten");
        (await tracker.AskAsync<long>("select count(*) from tracker.delivery_attempt")).ShouldBe(1, "the log of what was given up");
        await DeadAsync(ledger, 1);
        // Nodes that begin anew, and news that comes later, bring nothing back.
        await using var second = await tracker.AnotherNodeAsync(Settings());
        await ledger.RecordAsync("schedules/weekly/run", new { });
        await UntilAsync(() => Task.FromResult(_sink.For("ana@example.org").Count() == 2), "the next is not sent");
        _sink.For("ana@example.org").Select(x => x.Subject).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task tells_who_looks_after_a_webhook_that_it_was_disabled()
    {
        await using var tracker = await StartAsync();
        var ledger = await tracker.OpenAgendaAsync();
        var at = new DateTimeOffset(2023, 2, 3, 12, 0, 0, TimeSpan.Zero);
        var told = new Tracker.Delivery.Webhooks.WebhookDisabled("w-1", "https://receiver.example/hook", "It answered 500.", at.AddDays(-5), at);
        await using (var database = Npgsql.NpgsqlDataSource.Create(tracker.ConnectionString))
        await using (var batch = database.CreateBatch())
        {
            tracker.Node.Services.GetRequiredService<Outbox>().Put(batch,
                new Parcel(ledger.Slug, Channels.Email, "care@example.org", "w-1@1", Tracker.Delivery.Webhooks.WebhookCarrier.DisabledKind, System.Text.Encoding.UTF8.GetString(Tracker.Recording.WireJson.Bytes(told))));
            await batch.ExecuteNonQueryAsync();
        }

        var message = await GotAsync("care@example.org");

        message.Subject.ShouldBe("A webhook was disabled");
        message.TextBody.ShouldNotBeNull().ShouldContain("https://receiver.example/hook");
        message.TextBody.ShouldNotBeNull().ShouldContain("It answered 500.");
    }

    [Fact]
    public async Task has_a_webhook_of_the_schedule_told_though_it_did_not_ask_for_reports()
    {
        var ledger = await (await postgres.SharedAsync()).OpenAgendaAsync();
        var webhook = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = "https://receiver.invalid/hook", events = Array.Empty<string>() })).Should(201)["id"];
        await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = Array.Empty<string>(), deliver = new[] { new { webhook } } });

        var ran = await ledger.RecordAsync("schedules/weekly/run", new { });

        await UntilAsync(async () => await ledger.Tracker.AskAsync<long>("select count(*) from tracker.delivery where destination = $1 and key = $2 and kind = 'reportIssued'", webhook, ran["slug"]) == 1, "it is not told");
    }

    [Fact]
    public async Task takes_no_link_that_is_not_its_own()
    {
        await using var tracker = await StartAsync();
        foreach (var token in (string[])["x", "m-AAAAAAAAAAAAAAAA", new string('A', 200), new string('A', 2_000)])
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
                (await tracker.Public.SendAsync(method, $"/unsubscribe/{token}", null)).Should(404);
    }

    [Fact]
    public async Task without_a_public_address_says_where_to_write_to()
    {
        await using var tracker = await StartAsync();
        var ledger = await tracker.OpenAgendaAsync();
        await RunAsync(ledger, ["ana@example.org"]);

        var message = await GotAsync("ana@example.org");

        message.Headers[HeaderId.ListUnsubscribe].ShouldBe($"<mailto:reports@tracker.example?subject=unsubscribe%20{ledger.Slug}>");
        message.Headers.Contains(HeaderId.ListUnsubscribePost).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Host", "From=a@b.example")]
    [InlineData("From", "Host=localhost")]
    [InlineData("From", "Host=localhost", "From=nobody")]
    [InlineData("Port", "Host=localhost", "From=a@b.example", "Port=70000")]
    [InlineData("Security", "Host=localhost", "From=a@b.example", "Security=ssl")]
    [InlineData("Password", "Host=localhost", "From=a@b.example", "User=u")]
    [InlineData("Security", "Host=localhost", "From=a@b.example", "Security=none", "User=u", "Password=secret-word")]
    [InlineData("Sender", "Host=localhost", "From=a@b.example", "Sender=x")]
    public void settings_that_cannot_be_so_keep_it_from_starting(string named, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(x => x.Split('=')).Select(x => KeyValuePair.Create($"Tracker:Mail:{x[0]}", (string?)x[1]))).Build();

        var wrong = Should.Throw<InvalidOperationException>(() => MailSettings.Of(configuration));

        wrong.Message.ShouldStartWith($"Tracker:Mail:{named} ");
        wrong.Message.ShouldNotContain("secret-word");
    }

    private string[] Settings(params string[] more) =>
        ["--Tracker:Mail:Host=127.0.0.1", $"--Tracker:Mail:Port={_sink.Port}", "--Tracker:Mail:Security=none", "--Tracker:Mail:From=Tracker <reports@tracker.example>", .. more];

    private Task<TrackerUnderTest> StartAsync(params string[] more) => TrackerUnderTest.StartAsync(postgres, null, Settings(more));

    /// <summary>Makes a weekly schedule to these addresses, and has it run now.</summary>
    private static async Task<string> RunAsync(Ledger ledger, string[] to, params string[] formats)
    {
        await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats, deliver = to.Select(email => new { email }) });
        return (await ledger.RecordAsync("schedules/weekly/run", new { }))["slug"];
    }

    private async Task<MimeMessage> GotAsync(string address)
    {
        await UntilAsync(() => Task.FromResult(_sink.For(address).Any()), $"{address} gets nothing");
        return _sink.For(address).First();
    }

    private static async Task<JsonNode[]> DeadAsync(Ledger ledger, int count)
    {
        JsonNode[] dead = [];
        await UntilAsync(async () => (dead = [.. (await ledger.Owner.GetAsync($"{ledger.Path}/dead-letters")).Should(200).Json["items"]!.AsArray().Select(x => x!)]).Length == count, $"there are no {count} dead letters");
        return dead;
    }

    private static async Task UntilAsync(Func<Task<bool>> so, string otherwise)
    {
        for (var i = 0; i < 2_400; i++)
        {
            if (await so()) return;
            await Task.Delay(50);
        }

        Assert.Fail(otherwise);
    }

    private static byte[] Bytes(MimePart part)
    {
        using var memory = new MemoryStream();
        part.Content!.DecodeTo(memory);
        return memory.ToArray();
    }
}
