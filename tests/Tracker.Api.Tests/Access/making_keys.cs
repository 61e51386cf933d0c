using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Access;

public sealed class making_a_key(PostgresUnderTest postgres)
{
    [Fact]
    public async Task shows_it_once()
    {
        var tracker = await postgres.SharedAsync();

        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder", agenda = "some-agenda", expiresAt = "2999-01-01T00:00:00+01:00" })).Should(201);

        made["key"].ShouldStartWith("trk_");
        made["key"].Length.ShouldBe(47);
        made.CacheControl.ShouldBe("no-store");
        made.Location.ShouldBe($"/api/v1/keys/{made["id"]}");
        (made["name"], made["role"], made["agenda"], made["expiresAt"]).ShouldBe(("Ana", "coder", "some-agenda", "2998-12-31T23:00:00.000000Z"));
        var one = (await tracker.Owner.GetAsync(made.Location!)).Should(200);
        one.Text.ShouldNotContain(made["key"]);
        one.Json.AsObject().Select(x => x.Key).ShouldBe(["id", "name", "role", "agenda", "createdAt", "expiresAt", "lastUsedAt", "revokedAt", "principal"]);
        (await tracker.Owner.GetAsync("keys")).Should(200).Text.ShouldNotContain(made["key"]);
    }

    [Fact]
    public async Task keeps_only_its_hash()
    {
        var tracker = await postgres.SharedAsync();

        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201);

        var row = await tracker.AskAsync<string>("select row_to_json(k)::text from tracker.access_key k where id = $1", made["id"]);
        row.ShouldNotContain(made["key"]);
        row.ShouldNotContain(made["key"]["trk_".Length..]);
        row.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made["key"]))));
        (await TablesHoldingAsync(tracker, made["key"])).ShouldBeEmpty();
        (await TablesHoldingAsync(tracker, "trk_")).ShouldBeEmpty("nor any other key");
    }

    [Fact]
    public async Task makes_another_each_time()
    {
        var tracker = await postgres.SharedAsync();
        var keys = new HashSet<string>();
        for (var i = 0; i < 20; i++) keys.Add((await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201)["key"]);
        keys.Count.ShouldBe(20);
    }

    [Fact]
    public async Task cannot_be_repeated()
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" }, ("Idempotency-Key", "again"))).ShouldRefuse(422, "not-repeatable");
        (await tracker.AskAsync<long>("select count(*) from tracker.repeated_command where route like '%/keys'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"name":"Ana"}""", 400, "unreadable")]
    [InlineData("""{"role":"coder"}""", 400, "unreadable")]
    [InlineData("""{"name":"Ana","role":"coder","principal":"p-owner"}""", 422, "unknown-principal")]
    [InlineData("""{"name":"Ana","role":"coder","role":"owner"}""", 400, "unreadable")]
    [InlineData("""{"name":"Ana","role":0}""", 400, "unreadable")]
    [InlineData("""{"name":"Ana","role":"Owner"}""", 422, "bad-role")]
    [InlineData("""{"name":"Ana","role":"4"}""", 422, "bad-role")]
    [InlineData("""{"name":"Ana","role":"coder,owner"}""", 422, "bad-role")]
    [InlineData("""{"name":"Ana","role":"coder","agenda":""}""", 422, "bad-slug")]
    [InlineData("""{"name":"Ana","role":"coder","agenda":"A"}""", 422, "bad-slug")]
    [InlineData("""{"name":" ","role":"coder"}""", 422, "empty-text")]
    [InlineData("""{"name":"Ana\r\nowner","role":"coder"}""", 422, "bad-name")]
    [InlineData("""{"name":"Ana\u001b[2J","role":"coder"}""", 422, "bad-name")]
    [InlineData("""{"name":" Ana","role":"coder"}""", 422, "bad-name")]
    [InlineData("""{"name":"A\u202ena","role":"coder"}""", 422, "bad-name")]
    [InlineData("""{"name":"Ana\u200b","role":"coder"}""", 422, "bad-name")]
    [InlineData("""{"name":"Ana\u0000","role":"coder"}""", 422, "bad-text")]
    [InlineData("""{"name":"\ud800","role":"coder"}""", 400, "unreadable")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"2001-01-01T00:00:00Z"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"2999-01-01"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"2999-01-01T00:00:00"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"Tue, 01 Jan 2999 00:00:00 GMT"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"0000-01-01T00:00:00Z"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"2998-06-30T23:59:60Z"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"9999-12-31T23:59:59-14:00"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":"T"}""", 422, "bad-date")]
    [InlineData("""{"name":"Ana","role":"coder","expiresAt":""}""", 422, "bad-date")]
    [InlineData("null", 400, "unreadable")]
    [InlineData("[]", 400, "unreadable")]
    [InlineData("\"owner\"", 400, "unreadable")]
    [InlineData("", 400, "unreadable")]
    public async Task is_refused_where_something_is_wrong(string body, int status, string code)
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Owner.PostAsync("keys", body)).ShouldRefuse(status, code);
    }

    [Fact]
    public async Task takes_the_last_instant_there_is()
    {
        var tracker = await postgres.SharedAsync();
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "reader", expiresAt = "9999-12-31T23:59:59.9999999Z" })).Should(201);
        (await tracker.Owner.GetAsync(made.Location!)).Should(200)["expiresAt"].ShouldStartWith("9999-12-31T23:59:59.");
        (await tracker.Node.With(made["key"]).GetAsync("agendas")).Should(200);
    }

    [Fact]
    public async Task gives_a_name_of_two_hundred_characters_and_no_more()
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Owner.PostAsync("keys", new { name = new string('界', 200), role = "reader" })).Should(201);
        (await tracker.Owner.PostAsync("keys", new { name = new string('界', 201), role = "reader" })).ShouldRefuse(422, "bad-name", "name");
    }

    private static async Task<string[]> TablesHoldingAsync(TrackerUnderTest tracker, string text)
    {
        var tables = (await tracker.AskAsync<string[]>("select array_agg(table_name::text) from information_schema.tables where table_schema = 'tracker' and table_type = 'BASE TABLE'"))
            .Where(x => !x.StartsWith("mt_events", StringComparison.Ordinal) || x == "mt_events");
        var found = new List<string>();
        foreach (var table in tables)
            if (await tracker.AskAsync<bool>($"select exists (select from tracker.\"{table}\" t where strpos(t::text, $1) > 0)", text)) found.Add(table);
        return [.. found];
    }
}

public sealed class using_a_key(PostgresUnderTest postgres)
{
    [Fact]
    public async Task ends_when_it_expires()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2023-02-01T12:00:00Z", CultureInfo.InvariantCulture));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "owner", expiresAt = "2023-02-01T13:00:00Z" })).Should(201);
        var ana = tracker.Node.With(made["key"]);

        clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMicroseconds(1));
        (await ana.GetAsync("keys")).Should(200);
        clock.Advance(TimeSpan.FromMicroseconds(1));
        (await ana.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await ana.GetAsync("agendas")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task notes_when_it_was_last_used_to_the_minute()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2023-02-01T12:00:00Z", CultureInfo.InvariantCulture));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "reader" })).Should(201);
        var ana = tracker.Node.With(made["key"]);
        (await tracker.Owner.GetAsync(made.Location!)).Json["lastUsedAt"].ShouldBeNull();

        (await ana.GetAsync("agendas")).Should(200);
        (await tracker.Owner.GetAsync(made.Location!))["lastUsedAt"].ShouldBe("2023-02-01T12:00:00.000000Z");
        clock.Advance(TimeSpan.FromSeconds(30));
        (await ana.GetAsync("agendas")).Should(200);
        (await tracker.Owner.GetAsync(made.Location!))["lastUsedAt"].ShouldBe("2023-02-01T12:00:00.000000Z");
        clock.Advance(TimeSpan.FromSeconds(31));
        (await ana.GetAsync("agendas")).Should(200);
        (await tracker.Owner.GetAsync(made.Location!))["lastUsedAt"].ShouldBe("2023-02-01T12:01:01.000000Z");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer trk_")]
    [InlineData("Bearer {0}x")]
    [InlineData("Bearer x{0}")]
    [InlineData("Bearer {0} ,")]
    [InlineData("Bearer {0},{0}")]
    [InlineData("Bearer \"{0}\"")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer:{0}")]
    [InlineData("Negotiate {0}")]
    [InlineData("Bearer ' or 1=1 --")]
    [InlineData("Bearer a.b.c")]
    public async Task is_refused_where_the_header_is_not_exactly_a_bearers(string header)
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Public.GetAsync("agendas", ("Authorization", string.Format(CultureInfo.InvariantCulture, header, Node.OwnerKey)))).ShouldRefuse(401, "unauthenticated");
        (await tracker.Public.GetAsync("keys", ("Authorization", string.Format(CultureInfo.InvariantCulture, header, Node.OwnerKey)))).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task is_refused_with_two_headers_or_one_that_is_too_long()
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Public.GetAsync("keys", ("Authorization", "Bearer " + Node.OwnerKey), ("Authorization", "Bearer " + Node.OwnerKey))).ShouldRefuse(401, "unauthenticated");
        (await tracker.Public.GetAsync("keys", ("Authorization", "Bearer " + new string('x', 20_000)))).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task takes_the_scheme_in_any_case()
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Public.GetAsync("keys", ("Authorization", "bEARER " + Node.OwnerKey))).Should(200);
    }

    [Fact]
    public async Task does_not_work_by_its_id_its_hash_or_in_the_address()
    {
        var tracker = await postgres.SharedAsync();
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "owner" })).Should(201);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(made["key"]));
        foreach (var guess in (string[])[made["id"], Convert.ToHexStringLower(hash), Convert.ToBase64String(hash)])
            (await tracker.Node.With(guess).GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        foreach (var name in (string[])["key", "access_token", "token", "authorization"])
            (await tracker.Public.GetAsync($"keys?{name}={made["key"]}")).ShouldRefuse(401, "unauthenticated");
        (await tracker.Public.GetAsync("keys", ("Cookie", $"key={made["key"]}"), ("X-Api-Key", made["key"]))).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task of_one_name_is_one_principal_whatever_the_role()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var (name, coder) = ("Ana " + ledger.Slug, await tracker.AsAsync("Ana " + ledger.Slug, Role.Coder));
        (await coder.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"))).Should(201);

        foreach (var role in (Role[])[Role.Reviewer, Role.Owner])
        {
            var other = await tracker.AsAsync(name, role, role is Role.Owner ? ledger.Slug : null);
            await ledger.LeavesNothingAsync(async () => (await other.PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence"));
        }

        (await (await tracker.AsAsync("someone else", Role.Reviewer)).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).Should(200);
    }
}

public sealed class revoking_a_key(PostgresUnderTest postgres)
{
    [Fact]
    public async Task holds_at_once_on_every_node()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var other = await tracker.AnotherNodeAsync();
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "owner" })).Should(201);
        var (here, there) = (tracker.Node.With(made["key"]), other.With(made["key"]));
        (await here.GetAsync("keys")).Should(200);
        (await there.GetAsync("keys")).Should(200);

        (await other.With(Node.OwnerKey).SendAsync(HttpMethod.Delete, made.Location!, null)).Should(204);

        (await here.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await there.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await here.PostAsync("agendas", Given.Agenda("too-late"))).ShouldRefuse(401, "unauthenticated");
        (await tracker.Owner.GetAsync(made.Location!)).Should(200).Json["revokedAt"].ShouldNotBeNull();
    }

    /// <summary>The cookie holds which key a person came with, and not what the key was worth then.</summary>
    [Fact]
    public async Task ends_the_sessions_that_were_begun_with_it_on_every_node_as_its_end_does_and_twelve_hours_do()
    {
        // Cookies last by the clock of a browser, which is the machine's.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        await using var other = await tracker.AnotherNodeAsync(clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.GetAsync(1, "board");
        var desk = $"/{ledger.Path}/desk";

        var (revoked, secret, ofRevoked) = await SignedInAsync(TimeSpan.FromDays(2));
        (await other.With(Node.OwnerKey).SendAsync(HttpMethod.Delete, revoked, null)).Should(204);
        await ShouldBeOverAsync(ofRevoked);
        using (var late = new Browser(other.Address))
        {
            foreach (var key in (string[])[secret, "trk_none", ""]) (await late.SignInAsync(key, desk)).Status.ShouldBe(422);
            late.SetCookies.ShouldNotContain(x => x.StartsWith("tracker_session", StringComparison.Ordinal));
        }

        var (_, _, ofExpired) = await SignedInAsync(TimeSpan.FromHours(1));
        var (_, _, ofLasting) = await SignedInAsync(TimeSpan.FromDays(2));
        clock.Advance(TimeSpan.FromHours(1));
        await ShouldBeOverAsync(ofExpired);

        clock.Advance(TimeSpan.FromHours(11) - TimeSpan.FromSeconds(1));
        await ShouldLastAsync(ofLasting);
        clock.Advance(TimeSpan.FromSeconds(1));
        await ShouldBeOverAsync(ofLasting);

        async Task<(string Key, string Secret, Session[] Sessions)> SignedInAsync(TimeSpan lasts)
        {
            var expiresAt = (clock.GetUtcNow() + lasts).ToString("O", CultureInfo.InvariantCulture);
            var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder", expiresAt })).Should(201);
            var here = new Browser(tracker.Node.Address);
            (await here.SignInAsync(made["key"], desk)).Location.ShouldBe(desk);
            Session[] sessions = [.. await Task.WhenAll(new[] { here, new Browser(other.Address, here.Cookies) }.Select(async x => new Session(x, (await x.GetAsync($"{desk}/sources")).Text)))];
            await ShouldLastAsync(sessions);
            return (made.Location!, made["key"], sessions);
        }

        async Task ShouldLastAsync(Session[] sessions)
        {
            foreach (var session in sessions) (await session.Browser.GetAsync(desk)).Text.ShouldContain("Signed in as Ana");
        }

        async Task ShouldBeOverAsync(Session[] sessions)
        {
            var before = await ledger.PositionAsync();
            foreach (var (browser, form) in sessions)
            {
                (await browser.GetAsync(desk)).Text.ShouldNotContain("Signed in as");
                var sent = await browser.PostAsync($"{desk}/sources", form, ("title", "A speech"), ("kind", "speech"), ("tier", "official"), ("issuer", "AA"));
                sent.Status.ShouldBe(401, sent.Text);
                browser.Dispose();
            }

            (await ledger.PositionAsync()).ShouldBe(before);
        }
    }

    /// <param name="Form">A page of the desk, as it came while the session lasted.</param>
    private sealed record Session(Browser Browser, string Form);

    [Fact]
    public async Task is_harmless_to_repeat_and_keeps_the_first_instant()
    {
        var tracker = await postgres.SharedAsync();
        var made = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201);
        (await tracker.Owner.SendAsync(HttpMethod.Delete, made.Location!, null)).Should(204);
        var at = (await tracker.Owner.GetAsync(made.Location!))["revokedAt"];
        (await tracker.Owner.SendAsync(HttpMethod.Delete, made.Location!, null)).Should(204);
        (await tracker.Owner.GetAsync(made.Location!))["revokedAt"].ShouldBe(at);
    }

    [Fact]
    public async Task is_refused_for_the_last_owners()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var first = await tracker.AskAsync<string>("select id from tracker.access_key");
        await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "owner", agenda = "some-agenda" });
        (await tracker.Owner.SendAsync(HttpMethod.Delete, $"keys/{first}", null)).ShouldRefuse(409, "last-owner");
        (await tracker.Owner.GetAsync("keys")).Should(200);

        var second = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "owner" })).Should(201);
        (await tracker.Owner.SendAsync(HttpMethod.Delete, $"keys/{first}", null)).Should(204);
        (await tracker.Owner.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await tracker.Node.With(second["key"]).SendAsync(HttpMethod.Delete, second.Location!, null)).ShouldRefuse(409, "last-owner");

        // One that ends by itself is none to rely on, and may be ended.
        var ending = (await tracker.Node.With(second["key"]).PostAsync("keys", new { name = "Bo", role = "owner", expiresAt = "2999-01-01T00:00:00Z" })).Should(201);
        (await tracker.Node.With(ending["key"]).SendAsync(HttpMethod.Delete, second.Location!, null)).ShouldRefuse(409, "last-owner");
        (await tracker.Node.With(second["key"]).SendAsync(HttpMethod.Delete, ending.Location!, null)).Should(204);
    }

    [Fact]
    public async Task leaves_one_owner_when_two_are_revoked_at_once()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        for (var round = 0; round < 5; round++)
        {
            var (ana, bo) = (await MakeAsync("Ana"), await MakeAsync("Bo"));
            await tracker.AskAsync<string>("update tracker.access_key set revoked_at = now() where id not in ($1, $2) returning id", ana.Id, bo.Id);
            var replies = await Task.WhenAll(
                tracker.Node.With(ana.Key).SendAsync(HttpMethod.Delete, $"keys/{bo.Id}", null),
                tracker.Node.With(bo.Key).SendAsync(HttpMethod.Delete, $"keys/{ana.Id}", null));
            replies.Count(x => (int)x.Status == 204).ShouldBe(1);
            (await tracker.AskAsync<long>("select count(*) from tracker.access_key where revoked_at is null")).ShouldBe(1);
            await tracker.AskAsync<string>("update tracker.access_key set revoked_at = null where name = 'owner' returning id");
        }

        async Task<(string Id, string Key)> MakeAsync(string name)
        {
            var made = (await tracker.Owner.PostAsync("keys", new { name, role = "owner" })).Should(201);
            return (made["id"], made["key"]);
        }
    }

    [Fact]
    public async Task works_for_all_others_where_no_owner_of_everything_is_left()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var first = await tracker.AskAsync<string>("select id from tracker.access_key");
        var local = (await tracker.Owner.PostAsync("keys", new { name = "Bo", role = "owner", agenda = "some-agenda" })).Should(201);
        var leaked = (await tracker.Owner.PostAsync("keys", new { name = "Cy", role = "coder", agenda = "some-agenda" })).Should(201);
        await tracker.AskAsync<string>("update tracker.access_key set revoked_at = now() where id = $1 returning id", first);

        (await tracker.Node.With(local["key"]).SendAsync(HttpMethod.Delete, leaked.Location!, null)).Should(204);

        (await tracker.Node.With(leaked["key"]).GetAsync("agendas")).ShouldRefuse(401, "unauthenticated");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("%20")]
    [InlineData("k-%27%3b%20drop%20table")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("%25")]
    public async Task is_refused_for_one_there_is_not(string id)
    {
        var tracker = await postgres.SharedAsync();
        (await tracker.Owner.SendAsync(HttpMethod.Delete, $"keys/{id}", null)).ShouldRefuse(404, "not-found");
        (await tracker.Owner.GetAsync($"keys/{id}")).ShouldRefuse(404, "not-found");
    }
}

public sealed class owning_one_agenda(PostgresUnderTest postgres)
{
    [Fact]
    public async Task makes_sees_and_ends_keys_of_that_agenda_only()
    {
        var tracker = await postgres.SharedAsync();
        var (mine, other) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        var boss = await tracker.AsAsync("boss of " + mine.Slug, Role.Owner, mine.Slug);
        var theirs = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder", agenda = other.Slug })).Should(201);
        var everyones = (await tracker.Owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201);

        var made = (await boss.PostAsync("keys", new { name = "Bo", role = "owner", agenda = mine.Slug })).Should(201);
        (await boss.PostAsync("keys", new { name = "Bo", role = "reader", agenda = other.Slug })).ShouldRefuse(403, "forbidden");
        (await boss.PostAsync("keys", new { name = "Bo", role = "reader" })).ShouldRefuse(403, "forbidden");
        (await boss.PostAsync("keys", """{"name":"Bo","role":"reader","agenda":null}""")).ShouldRefuse(403, "forbidden");

        var listed = (await boss.GetAsync("keys")).Should(200).Json["items"]!.AsArray();
        listed.Count.ShouldBe(2);
        listed.ShouldAllBe(x => x!["agenda"]!.ToString() == mine.Slug);

        foreach (var location in (string[])[theirs.Location!, everyones.Location!])
        {
            (await boss.GetAsync(location)).ShouldRefuse(404, "not-found");
            (await boss.SendAsync(HttpMethod.Delete, location, null)).ShouldRefuse(404, "not-found");
            (await tracker.Owner.GetAsync(location)).Should(200).Json["revokedAt"].ShouldBeNull();
        }

        (await boss.SendAsync(HttpMethod.Delete, made.Location!, null)).Should(204);
        (await tracker.Node.With(made["key"]).GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task opens_no_other()
    {
        var tracker = await postgres.SharedAsync();
        var mine = await tracker.OpenAgendaAsync();
        var boss = await tracker.AsAsync("boss of " + mine.Slug, Role.Owner, mine.Slug);
        (await boss.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName()))).ShouldRefuse(403, "forbidden");
        (await boss.PostAsync($"agendas/{TrackerUnderTest.NewName()}/import", new { })).ShouldRefuse(403, "forbidden");
    }
}
