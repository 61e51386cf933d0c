using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Access;

/// <summary>A session lives on the server: what a cookie is worth is what the table says.</summary>
public sealed partial class being_signed_in(PostgresUnderTest postgres)
{
    [Fact]
    public async Task leaves_nothing_in_the_database_that_a_cookie_could_be_made_of()
    {
        var tracker = await postgres.SharedAsync();
        var cookie = await SignInAsync(tracker.Node, (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201)["key"]);
        (await NameAsync(tracker.Node, cookie)).ShouldBe("Ana");

        var secret = cookie.Split('=')[1];
        secret.Length.ShouldBe(43);
        foreach (var table in await tracker.AskAsync<string[]>("select array_agg(table_name::text) from information_schema.tables where table_schema = 'tracker' and table_type = 'BASE TABLE'"))
            (await tracker.AskAsync<bool>($"select exists (select from tracker.\"{table}\" t where strpos(t::text, $1) > 0)", secret)).ShouldBeFalse(table);
        var hash = await tracker.AskAsync<string>("select encode(hash, 'hex') from tracker.session order by started_at desc limit 1");
        var id = await tracker.AskAsync<string>("select id from tracker.session order by started_at desc limit 1");
        // Nor a ticket that says by itself who comes with it, sealed with what the database keeps.
        var ticket = tracker.Node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Tracker.Access.Sessions/2").Protect(
            JsonSerializer.Serialize(new { Until = "2999-01-01T00:00:00Z", Caller = new { Principal = "p-1", Grants = new[] { new { Role = (int)Role.Owner } } }, Name = "Mallory" }));
        foreach (var forged in (string[])[hash, id, ticket, "x", ""]) (await NameAsync(tracker.Node, $"tracker_session={forged}")).ShouldBeNull(forged);
    }

    [Fact]
    public async Task ends_by_signing_out_for_whoever_has_a_copy_of_the_cookie_and_by_signing_in_again()
    {
        var tracker = await postgres.SharedAsync();
        var key = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201)["key"];
        var (page, token) = await FormAsync(tracker.Node);
        var first = await SignInAsync(tracker.Node, key);
        var second = await SignInAsync(tracker.Node, key, first);
        second.ShouldNotBe(first, "an id that was planted would be theirs");
        (await NameAsync(tracker.Node, first)).ShouldBeNull();
        (await NameAsync(tracker.Node, second)).ShouldBe("Ana");

        (page, token) = await FormAsync(tracker.Node, second);
        var left = await PostAsync(tracker.Node, "/sign-out", $"{page}; {second}", ("form-token", token));
        left.Header("Set-Cookie")!.ShouldContain("tracker_session=;");

        (await NameAsync(tracker.Node, second)).ShouldBeNull();
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("ended by an owner")]
    [InlineData("expired")]
    [InlineData("twelve hours later")]
    public async Task ends_on_every_node(string how)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2023-02-01T12:00:00Z", CultureInfo.InvariantCulture));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        await using var other = await tracker.AnotherNodeAsync(clock);
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder", expiresAt = how == "expired" ? "2023-02-01T13:00:00Z" : null })).Should(201);
        var cookie = await SignInAsync(tracker.Node, made["key"]);
        (await NameAsync(other, cookie)).ShouldBe("Ana");
        var listed = (await tracker.Owner.GetAsync("sessions")).Should(200).Json["items"]!.AsArray().Single()!;
        listed.AsObject().Select(x => x.Key).ShouldBe(["id", "principal", "name", "key", "grants", "startedAt", "endsAt"]);
        ((string?)listed["name"], (string?)listed["key"], (string?)listed["endsAt"]).ShouldBe(("Ana", made["id"], "2023-02-02T00:00:00.000000Z"));

        if (how == "revoked") (await other.With(Node.OwnerKey).SendAsync(HttpMethod.Delete, made.Location!, null)).Should(204);
        if (how == "ended by an owner") (await other.With(Node.OwnerKey).SendAsync(HttpMethod.Delete, $"sessions/{listed["id"]}", null)).Should(204);
        if (how == "expired") clock.Advance(TimeSpan.FromHours(1));
        if (how == "twelve hours later") clock.Advance(TimeSpan.FromHours(12));

        (await NameAsync(tracker.Node, cookie)).ShouldBeNull();
        (await tracker.Owner.GetAsync("sessions")).Should(200).Json["items"]!.AsArray().ShouldBeEmpty();
        (await tracker.Owner.SendAsync(HttpMethod.Delete, $"sessions/{listed["id"]}", null)).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task is_seen_and_ended_by_an_owner_of_one_agenda_only_where_it_reaches_no_further()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (mine, other) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        var cookies = new Dictionary<string, string>();
        foreach (var (name, agenda) in new[] { ("here", mine.Slug), ("there", other.Slug), ("everywhere", null) })
            cookies[name] = await SignInAsync(tracker.Node, (await tracker.Owner.PostAsync("keys", new { name, role = "coder", agenda })).Should(201)["key"]);
        var all = (await tracker.Owner.GetAsync("sessions")).Should(200).Json["items"]!.AsArray().ToDictionary(x => x!["name"]!.ToString(), x => x!["id"]!.ToString());
        all.Keys.Order().ShouldBe(["everywhere", "here", "there"]);
        var boss = await tracker.AsAsync("boss", Role.Owner, mine.Slug);

        (await boss.GetAsync("sessions")).Should(200).Json["items"]!.AsArray().Select(x => x!["name"]!.ToString()).ShouldBe(["here"]);
        foreach (var name in (string[])["there", "everywhere"]) (await boss.SendAsync(HttpMethod.Delete, $"sessions/{all[name]}", null)).ShouldRefuse(404, "not-found");
        (await boss.SendAsync(HttpMethod.Delete, $"sessions/{all["here"]}", null)).Should(204);

        (await NameAsync(tracker.Node, cookies["here"])).ShouldBeNull();
        foreach (var name in (string[])["there", "everywhere"]) (await NameAsync(tracker.Node, cookies[name])).ShouldBe(name);
    }

    /// <summary>The cookie of a session that is begun with a key, by a browser that may have one already.</summary>
    private static async Task<string> SignInAsync(Node node, string key, string? cookie = null)
    {
        var (page, token) = await FormAsync(node, cookie);
        var reply = await PostAsync(node, "/sign-in", cookie is null ? page : $"{page}; {cookie}", ("form-token", token), ("to", "/"), ("key", key));
        return SessionIn().Match(reply.Should(302).Header("Set-Cookie")!).Value;
    }

    /// <summary>The cookie and the token of a form.</summary>
    private static async Task<(string Cookie, string Token)> FormAsync(Node node, string? cookie = null)
    {
        var page = await node.With(null).GetAsync("/sign-in", cookie is null ? [("Accept", "text/html")] : [("Accept", "text/html"), ("Cookie", cookie)]);
        return (FormCookieIn().Match(page.Header("Set-Cookie")!).Value, TokenIn().Match(page.Text).Groups[1].Value);
    }

    private static Task<Reply> PostAsync(Node node, string path, string cookies, params (string Name, string Value)[] fields) =>
        node.With(null).SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(x => KeyValuePair.Create(x.Name, x.Value))), ("Cookie", cookies), ("Accept", "text/html"));

    /// <summary>Whom a page greets; null for nobody.</summary>
    private static async Task<string?> NameAsync(Node node, string cookie) =>
        GreetedIn().Match((await node.With(null).GetAsync("/about", ("Accept", "text/html"), ("Cookie", cookie))).Should(200).Text) is { Success: true } greeted ? greeted.Groups[1].Value : null;

    [GeneratedRegex("tracker_session=[^;]+")]
    private static partial Regex SessionIn();

    [GeneratedRegex("tracker_form=[^;]+")]
    private static partial Regex FormCookieIn();

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("Signed in as ([^<]+)<")]
    private static partial Regex GreetedIn();
}
