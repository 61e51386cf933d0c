using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Delivery;

public sealed class making_webhooks(PostgresUnderTest postgres)
{
    [Fact]
    public async Task shows_the_secret_once_and_keeps_it_sealed()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        var publisher = await tracker.AsAsync("paula", Role.Publisher, ledger.Slug);

        var made = (await publisher.PostAsync($"{ledger.Path}/webhooks", new { url = "https://desk.example.org/hook?a=b", events = new[] { "statusChanged" }, contact = "desk@example.org" })).Should(201);

        made["secret"].ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        made.Location.ShouldBe($"/api/v1/{ledger.Path}/webhooks/{made["id"]}");
        var read = (await publisher.GetAsync(made.Location!)).Should(200);
        read.Text.ShouldNotContain("whsec_");
        read["state"].ShouldBe("active");
        (await publisher.GetAsync($"{ledger.Path}/webhooks")).Should(200).Text.ShouldNotContain("whsec_");
        (await tracker.AskAsync<string>("select row_to_json(w)::text from tracker.webhook w where id = $1", made["id"])).ShouldNotContain(made["secret"]["whsec_".Length..]);
        tracker.Node.Log.ShouldNotContain(x => x.Contains(made["secret"], StringComparison.Ordinal));
        (await publisher.PostAsync($"{ledger.Path}/webhooks", new { url = "https://desk.example.org/", events = new[] { "corrected" } }, ("Idempotency-Key", "k"))).ShouldRefuse(422, "not-repeatable");
        (await publisher.PostAsync($"{made.Location}/secret/rotation", "", ("Idempotency-Key", "k"))).ShouldRefuse(422, "not-repeatable");
    }

    [Theory]
    [InlineData("http://desk.example.org/")]
    [InlineData("ftp://desk.example.org/")]
    [InlineData("/relative")]
    [InlineData("https://")]
    [InlineData("https://anna:secret@desk.example.org/")]
    [InlineData("https://desk.example.org/#part")]
    [InlineData("https://desk.example.org/a b")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    public async Task refuses_an_address_that_is_not_on_the_public_web(string url)
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url, events = new[] { "statusChanged" } })).ShouldRefuse(422, "bad-url", "url");
    }

    [Theory]
    [InlineData("""{"url":"https://desk.example.org/","events":["everything"]}""", "bad-event", "events[0]")]
    [InlineData("""{"url":"https://desk.example.org/","events":["corrected","corrected"]}""", "repeated", "events[1]")]
    [InlineData("""{"url":"https://desk.example.org/","events":["corrected"],"secret":"whsec_c2hvcnQ="}""", "bad-secret", "secret")]
    [InlineData("""{"url":"https://desk.example.org/","events":["corrected"],"secret":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "bad-secret", "secret")]
    [InlineData("""{"url":"https://desk.example.org/","events":["corrected"],"contact":"Anna <anna@example.org>"}""", "bad-email", "contact")]
    public async Task refuses_what_is_wrong_by_its_field(string body, string code, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", body)).ShouldRefuse(422, code, field);
        (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks")).Should(200).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task refuses_what_is_of_an_agenda_there_is_not_or_of_another()
    {
        var tracker = await postgres.SharedAsync();
        var (ledger, other) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        var body = new { url = "https://desk.example.org/", events = new[] { "statusChanged" } };
        (await tracker.Owner.PostAsync("agendas/no-such/webhooks", body)).ShouldRefuse(404, "not-found");
        (await tracker.Owner.GetAsync("agendas/no-such/webhooks")).ShouldRefuse(404, "not-found");
        (await tracker.Owner.GetAsync("agendas/no-such/dead-letters")).ShouldRefuse(404, "not-found");
        var made = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", body)).Should(201);

        foreach (var path in (string[])["", "/deliveries"]) (await other.Owner.GetAsync($"{other.Path}/webhooks/{made["id"]}{path}")).ShouldRefuse(404, "not-found");
        foreach (var path in (string[])["/enabling", "/secret/rotation", $"/deliveries/{Guid.CreateVersion7()}/redelivery"])
            (await other.Owner.PostAsync($"{other.Path}/webhooks/{made["id"]}{path}", "")).ShouldRefuse(404, "not-found");
        (await other.Owner.SendAsync(HttpMethod.Delete, $"{other.Path}/webhooks/{made["id"]}", null)).ShouldRefuse(404, "not-found");
        (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{made["id"]}")).Should(200);
    }

    [Fact]
    public async Task ends_at_a_hundred_for_an_agenda()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var body = new { url = "https://desk.example.org/", events = new[] { "reportIssued" } };
        for (var i = 0; i < 100; i++) (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", body)).Should(201);

        (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", body)).ShouldRefuse(409, "too-many-webhooks");
    }

    [Fact]
    public async Task can_be_undone_with_all_that_waits()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = _ => Task.FromResult(Results.StatusCode(500));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, "--Tracker:Webhooks:AllowInner=true");
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await telling_webhooks.WebhookAsync(ledger, receiver.Url(), "statusChanged");
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await Seen.SoonAsync(() => receiver.All.Count == 1);

        (await ledger.Owner.SendAsync(HttpMethod.Delete, $"{ledger.Path}/webhooks/{made["id"]}", null)).Should(204);

        (await ledger.Owner.GetAsync($"{ledger.Path}/webhooks/{made["id"]}")).ShouldRefuse(404, "not-found");
        (await ledger.Owner.SendAsync(HttpMethod.Delete, $"{ledger.Path}/webhooks/{made["id"]}", null)).ShouldRefuse(404, "not-found");
        (await tracker.AskAsync<long>("select count(*) from tracker.delivery")).ShouldBe(0);
    }

    [Theory]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://localhost.:{0}/")]
    [InlineData("https://ip6-localhost:{0}/")]
    public async Task leads_nowhere_where_the_name_is_of_an_inner_address(string url)
    {
        var clock = telling_what_changed.At("2023-01-10");
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await telling_webhooks.WebhookAsync(ledger, string.Format(null, url, ((IPEndPoint)listener.LocalEndpoint).Port), "corrected");

        await ledger.RecordAsync("commitments/visit/corrections", new { title = "First", reason = "So." });

        JsonNode[] log = [];
        await Seen.SoonAsync(async () => (log = await telling_webhooks.DeliveriesAsync(ledger, made)) is [{ } one] && one["attempts"]!.AsArray().Count > 0);
        ((string)log[0]["error"]!).ShouldBeOneOf("Its name leads to no public address.", "Its name cannot be resolved.");
        listener.Pending().ShouldBeFalse("nothing knocked");
    }

    [Fact]
    public async Task follows_no_redirect_wherever_it_leads()
    {
        var clock = telling_what_changed.At("2023-01-10");
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = x => Task.FromResult(x.Path == "hook" ? Results.Redirect(receiver.Url("inside"), permanent: false, preserveMethod: true) : Results.NoContent());
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, "--Tracker:Webhooks:AllowInner=true");
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var made = await telling_webhooks.WebhookAsync(ledger, receiver.Url("hook"), "corrected");
        await ledger.RecordAsync("commitments/visit/corrections", new { title = "First", reason = "So." });

        JsonNode[] log = [];
        await Seen.SoonAsync(async () => (log = await telling_webhooks.DeliveriesAsync(ledger, made)) is [{ } one] && (string?)one["error"] == "It answered 307, and redirects are not followed.");
        receiver.At("inside").ShouldBeEmpty();
    }
}
