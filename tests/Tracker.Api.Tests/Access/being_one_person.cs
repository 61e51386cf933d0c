using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Access;

/// <summary>Who is who: by keys, by tokens, and by what an owner says of them.</summary>
public sealed class being_one_person(TrackerWithIssuer both) : IClassFixture<TrackerWithIssuer>
{
    private readonly Issuer _issuer = both.Issuer;
    private readonly TrackerUnderTest _tracker = both.Tracker;

    [Theory]
    [InlineData("owner")]
    [InlineData("ana")]
    public async Task is_not_for_an_owner_of_one_agenda_to_say_of_another(string name)
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"));
        var boss = await _tracker.AsAsync("boss of " + ledger.Slug, Role.Owner, ledger.Slug);
        var (owner, ana) = (await _tracker.PrincipalOfAsync("owner"), await _tracker.PrincipalOfAsync("ana"));

        var made = (await boss.PostAsync("keys", new { name, role = "reviewer", agenda = ledger.Slug })).Should(201);
        made["principal"].ShouldNotBeOneOf(owner, ana);
        (await boss.PostAsync("keys", new { name = "Bo", role = "reviewer", agenda = ledger.Slug, principal = ana })).ShouldRefuse(403, "forbidden");
        (await boss.PostAsync("principals", new { name = "Bo" })).ShouldRefuse(403, "forbidden");
        (await boss.PostAsync($"principals/{made["principal"]}/identities", new { issuer = "keys", subject = "ana" })).ShouldRefuse(403, "forbidden");
        (await _tracker.Node.With(made["key"]).PostAsync($"{ledger.Path}/sources", Given.Source("theirs"))).Should(201);
        (await ledger.EventsAsync())[^1].By.ShouldBe(made["principal"]);

        // Of one name by the same owner they are one, as ever.
        var coder = (await boss.PostAsync("keys", new { name, role = "coder", agenda = ledger.Slug })).Should(201);
        coder["principal"].ShouldBe(made["principal"]);
        (await _tracker.Node.With(coder["key"]).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("own"))).Should(201);
        (await _tracker.Node.With(made["key"]).PostAsync($"{ledger.Path}/evidence/own/review", Given.Review())).ShouldRefuse(422, "own-evidence");
    }

    [Fact]
    public async Task is_said_by_the_key_that_names_them()
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        var name = "Desk in Rome " + ledger.Slug;
        var person = (await _tracker.Owner.PostAsync("principals", new { name })).Should(201);
        person["id"].ShouldStartWith("p-");
        (person["name"], person["label"]).ShouldBe((name, name));
        (await _tracker.Owner.PostAsync("principals", new { label = name })).ShouldRefuse(409, "name-taken");
        (await _tracker.Owner.PostAsync("principals", new { label = name + " 2" })).Should(201)["name"].ShouldBe(name + " 2");
        (await _tracker.Owner.PostAsync("principals", new { label = "one", name = "another" })).ShouldRefuse(422, "bad-name", "name");
        (await _tracker.Owner.PostAsync("principals", new { })).ShouldRefuse(400, "unreadable", "label");
        person.Location.ShouldBe($"/api/v1/principals/{person["id"]}");
        (await _tracker.Owner.PostAsync("principals", new { name })).ShouldRefuse(409, "name-taken");
        (await _tracker.Owner.PostAsync("principals", new { name = "Rome\u202e" })).ShouldRefuse(422, "bad-name", "name");
        (await _tracker.Owner.PostAsync("keys", new { name = "x", role = "coder", principal = "p-none" })).ShouldRefuse(422, "unknown-principal", "principal");

        var first = (await _tracker.Owner.PostAsync("keys", new { name = "laptop", role = "coder", agenda = ledger.Slug, principal = person["id"] })).Should(201);
        var second = (await _tracker.Owner.PostAsync("keys", new { name = "telephone", role = "reviewer", agenda = ledger.Slug, principal = person["id"] })).Should(201);
        var third = (await _tracker.Owner.PostAsync("keys", new { name, role = "reviewer", agenda = ledger.Slug })).Should(201);
        foreach (var key in (Reply[])[first, second, third]) key["principal"].ShouldBe(person["id"]);
        (await _tracker.Node.With(first["key"]).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"))).Should(201);
        foreach (var key in (Reply[])[second, third]) (await _tracker.Node.With(key["key"]).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence");

        var terminal = await TheProgram.RunOnAsync(_tracker.ConnectionString, "keys", "create", "--name", "terminal", "--role", "reviewer", "--principal", person["id"]);
        terminal.ExitCode.ShouldBe(0, terminal.Errors);
        (await _tracker.Node.With(terminal.Output.Trim()).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence");
        (await TheProgram.RunOnAsync(_tracker.ConnectionString, "keys", "create", "--name", "terminal", "--role", "reviewer", "--principal", "p-none")).Errors.ShouldContain("(not-found)");
    }

    [Fact]
    public async Task is_linked_by_an_owner_also_for_what_was_recorded_before()
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        var subject = $"rui-{ledger.Slug}@example.org";
        Client Token(string roles) => _tracker.Node.With(_issuer.Token(roles, new() { ["sub"] = subject }));
        (await Token("coder").PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"))).Should(201);
        var alias = (await ledger.EventsAsync())[^1].By;
        var person = (await _tracker.Owner.PostAsync("principals", new { name = "Rui of " + ledger.Slug })).Should(201)["id"];
        var rui = _tracker.Node.With((await _tracker.Owner.PostAsync("keys", new { name = "laptop", role = "reviewer", principal = person })).Should(201)["key"]);

        var linked = (await _tracker.Owner.PostAsync($"principals/{person}/identities", new { issuer = _issuer.Name, subject })).Should(200);

        (linked["id"], linked.Json["aliases"]!.AsArray().Single()!.ToString(), linked.Json["identities"]![0]!["subject"]!.ToString()).ShouldBe((person, alias, subject));
        (await rui.PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence");
        (await Token("reviewer").PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).ShouldRefuse(422, "own-evidence");
        (await (await ledger.ReviewerAsync("another")).PostAsync($"{ledger.Path}/evidence/piece/review", Given.Review())).Should(200);
        (await rui.PostAsync($"{ledger.Path}/evidence/piece/retraction", new { reason = "No." })).ShouldRefuse(422, "own-evidence");
        (await rui.PostAsync($"{ledger.Path}/evidence/piece/recoding", new { depth = "words", reason = "No." })).ShouldRefuse(422, "own-evidence");
        (await Token("coder").PostAsync($"{ledger.Path}/sources", Given.Source("theirs"))).Should(201);
        (await ledger.EventsAsync())[^1].By.ShouldBe(person);

        // One that nobody has come as yet is them from the first time on.
        (await _tracker.Owner.PostAsync($"principals/{alias}/identities", new { issuer = _issuer.Name, subject = "new-" + subject })).Should(200)["id"].ShouldBe(person);
        (await _tracker.Node.With(_issuer.Token("coder", new() { ["sub"] = "new-" + subject })).PostAsync($"{ledger.Path}/sources", Given.Source("newer"))).Should(201);
        (await ledger.EventsAsync())[^1].By.ShouldBe(person);
        // And back: by its own id it is one of its own.
        (await _tracker.Owner.PostAsync($"principals/{alias}/identities", new { issuer = _issuer.Name, subject })).Should(200)["id"].ShouldBe(alias);
        (await rui.PostAsync($"{ledger.Path}/evidence/piece/retraction", new { reason = "Yes." })).Should(200);

        (await _tracker.Owner.PostAsync("principals/p-none/identities", new { issuer = _issuer.Name, subject })).ShouldRefuse(404, "not-found");
        (await _tracker.Owner.PostAsync($"principals/{person}/identities", new { issuer = "tracker", subject = "calendar" })).ShouldRefuse(422, "bad-issuer", "issuer");
        (await _tracker.Owner.PostAsync($"principals/{person}/identities", new { issuer = _issuer.Name, subject = new string('s', 256) })).ShouldRefuse(422, "bad-subject", "subject");
    }

    [Fact]
    public async Task is_told_by_name_to_those_who_work_on_the_agenda_and_to_no_reader()
    {
        var ledger = await (await _tracker.OpenAgendaAsync()).WithTalksAsync();
        var (name, source) = ("Mia of " + ledger.Slug, $"{ledger.Path}/sources/hers/history");
        var mia = await _tracker.AsAsync(name, Role.Coder, ledger.Slug);
        (await mia.PostAsync($"{ledger.Path}/sources", Given.Source("hers"))).Should(201);
        var position = await ledger.PositionAsync();
        await mia.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("piece"));

        var told = (await mia.GetAsync(position, source)).Should(200).Json["items"]![0]!;
        ((string?)told["by"], (string?)told["byName"]).ShouldBe((await _tracker.PrincipalOfAsync(name), name));
        foreach (var reader in (Client[])[_tracker.Public, await _tracker.AsAsync("rae", Role.Reader), await _tracker.AsAsync("coder elsewhere", Role.Coder, (await _tracker.OpenAgendaAsync()).Slug)])
            (await reader.GetAsync(position, source)).Should(200).Text.ShouldNotContain(name);
    }

    [Fact]
    public async Task is_listed_for_owners_and_who_stands_behind_it_for_owners_of_everything()
    {
        var (ledger, other) = (await _tracker.OpenAgendaAsync(), await _tracker.OpenAgendaAsync());
        var (here, there) = ("Here " + ledger.Slug, "There " + other.Slug);
        await _tracker.AsAsync(here, Role.Coder, ledger.Slug);
        await _tracker.AsAsync(there, Role.Coder, other.Slug);
        await _tracker.Owner.PostAsync($"principals/{await _tracker.PrincipalOfAsync(here)}/identities", new { issuer = _issuer.Name, subject = here });
        var boss = await _tracker.AsAsync("boss of " + ledger.Slug, Role.Owner, ledger.Slug);

        var all = (await _tracker.Owner.GetAsync("principals")).Should(200);
        foreach (var known in (string[])[here, there, "owner"]) all.Json["items"]!.AsArray().ShouldContain(x => (string?)x!["name"] == known);
        all.Json["items"]!.AsArray().Single(x => (string?)x!["name"] == here)!["identities"]!.AsArray().Count.ShouldBe(1);

        var theirs = (await boss.GetAsync("principals")).Should(200).Json["items"]!.AsArray();
        theirs.Select(x => (string?)x!["name"]).ShouldBe(["boss of " + ledger.Slug, here], ignoreOrder: true);
        var (mine, others) = (await _tracker.PrincipalOfAsync(here), await _tracker.PrincipalOfAsync(there));
        (await boss.GetAsync($"principals/{mine}")).Should(200)["name"].ShouldBe(here);
        (await boss.GetAsync($"principals/{others}")).ShouldRefuse(404, "not-found");
        (await _tracker.Owner.GetAsync($"principals/{others}")).Should(200)["name"].ShouldBe(there);
        theirs.ShouldAllBe(x => x!["identities"]!.AsArray().Count == 0);
        (await (await _tracker.AsAsync("ana", Role.Coder)).GetAsync("principals")).ShouldRefuse(403, "forbidden");
        (await _tracker.Public.GetAsync("principals")).ShouldRefuse(401, "unauthenticated");
    }
}

/// <summary>What is left of somebody whom an owner has forgotten.</summary>
public sealed class forgetting_a_person(PostgresUnderTest postgres)
{
    [Fact]
    public async Task leaves_an_id_in_the_record_and_nothing_else_anywhere()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, [.. issuer.Settings, "--Tracker:Mail:Host=127.0.0.1", "--Tracker:Mail:From=reports@tracker.example.org"]);
        var ledger = await tracker.OpenAgendaAsync();
        const string Name = "Quirina Zebedee", Address = "quirina@example.org", Subject = "Zebedee@example.org";
        var person = (await tracker.Owner.PostAsync("principals", new { name = Name })).Should(201)["id"];
        var key = (await tracker.Owner.PostAsync("keys", new { name = Name + "'s laptop", role = "coder", principal = person })).Should(201);
        (await tracker.Owner.PostAsync($"principals/{person}/identities", new { issuer = issuer.Name, subject = Subject })).Should(200);
        (await tracker.Node.With(key["key"]).PostAsync($"{ledger.Path}/sources", Given.Source())).Should(201);
        var owner = tracker.Owner;
        (await owner.PostAsync($"{ledger.Path}/schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = new[] { "html" }, deliver = new[] { new { email = Address } } }, ("Idempotency-Key", "k"))).Should(201);
        (await owner.PostAsync($"{ledger.Path}/webhooks", new { url = "https://desk.example.org/", events = new[] { "corrected" }, contact = Address })).Should(201);
        (await TablesHoldingAsync(tracker, "uirina")).ShouldBe(["access_key", "principal", "recipient", "repeated_command", "webhook"]);

        (await owner.PostAsync($"principals/{person}/forgetting", new { address = "her name" })).ShouldRefuse(422, "bad-email", "address");
        (await owner.PostAsync($"principals/{await tracker.PrincipalOfAsync("owner")}/forgetting", "{}")).ShouldRefuse(409, "last-owner");
        (await owner.PostAsync("principals/p-none/forgetting", "{}")).ShouldRefuse(404, "not-found");
        (await owner.PostAsync($"principals/{person}/forgetting", new { address = Address })).Should(204);

        foreach (var trace in (string[])["uirina", "ebedee"]) (await TablesHoldingAsync(tracker, trace)).ShouldBeEmpty();
        (await ledger.EventsAsync()).Select(x => x.By).ShouldContain(person);
        (await tracker.Node.With(key["key"]).GetAsync("agendas")).ShouldRefuse(401, "unauthenticated");
        (await owner.GetAsync("principals")).Should(200).Json["items"]!.AsArray().Single(x => (string?)x!["id"] == person)!["name"].ShouldBeNull();
        var history = (await owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/sources/readout/history")).Should(200).Json["items"]![0]!;
        ((string?)history["by"], (string?)history["byName"]).ShouldBe((person, null));
        (await owner.GetAsync($"{ledger.Path}/schedules/weekly")).Should(200);
        // Whoever comes with that token is somebody new.
        (await tracker.Node.With(issuer.Token("coder", new() { ["sub"] = Subject })).PostAsync($"{ledger.Path}/sources", Given.Source("later"))).Should(201);
        (await ledger.EventsAsync())[^1].By.ShouldNotBe(person);
    }

    private static async Task<string[]> TablesHoldingAsync(TrackerUnderTest tracker, string text)
    {
        var found = new List<string>();
        foreach (var table in await tracker.AskAsync<string[]>("select array_agg(table_name::text order by table_name) from information_schema.tables where table_schema = 'tracker' and table_type = 'BASE TABLE'"))
            // Bytes are written in hexadecimal.
            if (await tracker.AskAsync<bool>($"select exists (select from tracker.\"{table}\" t where strpos(t::text, $1) > 0 or strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0)", text)) found.Add(table);
        return [.. found];
    }
}
