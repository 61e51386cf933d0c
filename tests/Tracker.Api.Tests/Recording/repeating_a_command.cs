using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Recording;

public sealed class repeating_a_command(PostgresUnderTest postgres)
{
    private static (string, string) Key(string key) => ("Idempotency-Key", key);

    private static void ShouldBeTheSame(Reply again, Reply first)
    {
        again.Status.ShouldBe(first.Status, again.Text);
        again.Bytes.ShouldBe(first.Bytes);
        again.ETag.ShouldBe(first.ETag);
        again.Location.ShouldBe(first.Location);
        again.Position.ShouldBe(first.Position);
        again.ContentType.ShouldBe(first.ContentType);
    }

    [Fact]
    public async Task gets_the_first_answer_again()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        Task<Reply> SendAsync() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), Key("k-1"));
        var first = (await SendAsync()).Should(201);
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        ShouldBeTheSame(await ledger.LeavesNothingAsync(SendAsync), first);
    }

    [Fact]
    public async Task gets_it_for_changes_batches_and_imports_too()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-1"))).Should(201);
        (string To, object Body)[] commands =
        [
            ("evidence/e-1/review", Given.Review()),
            ("activities:batch", new[] { Given.Activity("new") }),
            ("sources", Given.Source("another")),
            ("commitments/visit/evidence", Given.Evidence().Without("key")),
        ];

        foreach (var (to, body) in commands)
        {
            Task<Reply> SendAsync() => ledger.Owner.PostAsync($"{ledger.Path}/{to}", body, Key("k-1"));
            var first = await SendAsync();
            ((int)first.Status).ShouldBeInRange(200, 201, first.Text);
            ShouldBeTheSame(await ledger.LeavesNothingAsync(SendAsync), first);
        }

        var slug = TrackerUnderTest.NewName();
        Task<Reply> ImportAsync() => ledger.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug), Key("k-1"));
        var imported = (await ImportAsync()).Should(200);
        ShouldBeTheSame(await ImportAsync(), imported);
    }

    [Fact]
    public async Task gets_it_although_nothing_had_to_be_recorded()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug))).Should(200);
        var ledger = new Ledger(tracker, slug);
        Task<Reply> SendAsync() => ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(slug), Key("k-1"));
        var first = (await SendAsync()).Should(200);
        await ledger.CommitmentAsync("later");

        ShouldBeTheSame(await SendAsync(), first);
        (await ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(slug, 2), Key("k-1"))).ShouldRefuse(422, "key-reused");
    }

    [Fact]
    public async Task gets_it_although_what_it_named_is_gone_meanwhile()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var webhook = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = "https://receiver.example.org/hook", events = Array.Empty<string>() })).Should(201);
        Task<Reply> SendAsync(string slug = "weekly") => ledger.Owner.PostAsync($"{ledger.Path}/schedules",
            new { slug, cron = "0 6 * * MON", timeZone = "UTC", formats = new[] { "pdf" }, deliver = new[] { new { webhook = webhook["id"] } } }, Key("k-1"));
        Task<Reply> CorrectAsync() => ledger.Owner.PostAsync($"{ledger.Path}/schedules/weekly/corrections", new { deliver = new[] { new { webhook = webhook["id"] } }, reason = "To the desk." }, Key("k-2"));
        var (first, corrected) = ((await SendAsync()).Should(201), (await CorrectAsync()).Should(200));
        (await ledger.Owner.SendAsync(HttpMethod.Delete, webhook.Location!, null)).Should(204);

        ShouldBeTheSame(await ledger.LeavesNothingAsync(() => SendAsync()), first);
        ShouldBeTheSame(await ledger.LeavesNothingAsync(CorrectAsync), corrected);
        (await SendAsync("monthly")).ShouldRefuse(422, "key-reused");
        ledger.Tracker.Node.Errors.ShouldNotContain(x => x.Contains(ledger.Slug, StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_refused_where_no_answer_is_kept_for_it()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var (owner, id) = (ledger.Owner, Guid.CreateVersion7());
        var webhook = (await owner.PostAsync($"{ledger.Path}/webhooks", new { url = "https://receiver.example.org/hook", events = Array.Empty<string>() })).Should(201);
        var key = (await owner.PostAsync("keys", new { name = "Ana", role = "coder" })).Should(201);
        foreach (var to in (string[])["keys", $"{ledger.Path}/webhooks", $"{webhook.Location}/enabling", $"{webhook.Location}/secret/rotation", $"{webhook.Location}/deliveries/{id}/redelivery",
            $"{ledger.Path}/dead-letters/{id}/redelivery", $"{ledger.Path}/dead-letters/{id}/dismissal"])
            (await owner.PostAsync(to, "", Key("k-1"))).ShouldRefuse(422, "not-repeatable", "Idempotency-Key");
        foreach (var thing in (string[])[webhook.Location!, key.Location!])
        {
            (await owner.SendAsync(HttpMethod.Delete, thing, null, Key("k-1"))).ShouldRefuse(422, "not-repeatable", "Idempotency-Key");
            (await owner.GetAsync(thing, Key("k-1"))).Should(200).Json["revokedAt"].ShouldBeNull("it is there as it was, and a read may always come again");
        }
    }

    [Fact]
    public async Task is_refused_with_another_body()
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("a"), Key("k-1"))).Should(201);

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("b"), Key("k-1")))).ShouldRefuse(422, "key-reused");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("a").Json().ToJsonString() + " ", Key("k-1"))))
            .ShouldRefuse(422, "key-reused");
    }

    [Fact]
    public async Task is_another_command_of_another_caller_route_or_key()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        async Task<string> SearchAsync(Client client, string commitment, string key) =>
            (await client.PostAsync($"{ledger.Path}/commitments/{commitment}/searches", Given.Search(), Key(key))).Should(201)["id"];
        await ledger.CommitmentAsync("other");

        string[] ids =
        [
            await SearchAsync(ledger.Owner, "visit", "k-1"),
            await SearchAsync(ledger.Owner, "visit", "k-2"),
            await SearchAsync(ledger.Owner, "other", "k-1"),
            await SearchAsync(await ledger.CoderAsync("ana"), "visit", "k-1"),
            await SearchAsync(await ledger.CoderAsync("ben"), "visit", "k-1"),
        ];

        ids.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task is_the_same_callers_with_another_key_of_theirs()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), Key("k-1"))).Should(201);

        ShouldBeTheSame(await (await ledger.Tracker.AsAsync("ana", Role.Reviewer)).PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), Key("k-1")), first);
    }

    [Fact]
    public async Task keeps_no_key_of_a_refused_command()
    {
        var ledger = await postgres.OpenAgendaAsync();
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity(), Key("k-1")))).ShouldRefuse(422, "unknown-source");
        await ledger.SourceAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity(), Key("k-1"))).Should(201);
    }

    [Fact]
    public async Task is_one_recording_however_many_come_at_once()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var position = await ledger.PositionAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), Key("k-1"))));

        foreach (var reply in replies) ShouldBeTheSame(reply.Should(201), replies[0]);
        (await ledger.PositionAsync()).ShouldBe(position + 1);
        (await ledger.EventsAsync()).Count(x => x.Type == "search_recorded").ShouldBe(1);
    }

    [Fact]
    public async Task opens_one_agenda_however_many_come_at_once()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => tracker.Owner.PostAsync("agendas", Given.Agenda(slug), Key($"open {slug}"))));

        foreach (var reply in replies) ShouldBeTheSame(reply.Should(201), replies[0]);
        (await tracker.EventsAsync(slug)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task opens_one_of_two_agendas_under_one_key()
    {
        var tracker = await postgres.SharedAsync();
        string[] slugs = [.. Enumerable.Range(0, 8).Select(_ => TrackerUnderTest.NewName())];

        var replies = await Task.WhenAll(slugs.Select(x => tracker.Owner.PostAsync("agendas", Given.Agenda(x), Key($"open {slugs[0]}"))));

        replies.Count(x => (int)x.Status == 201).ShouldBe(1);
        foreach (var reply in replies.Where(x => (int)x.Status != 201)) reply.ShouldRefuse(422, "key-reused");
        (await tracker.AskAsync<long>("select count(*) from tracker.agenda_line where agenda = any($1)", (object)slugs)).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("schön")]
    [InlineData("a\tb")]
    public async Task is_refused_with_a_key_that_is_none(string key)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source(), Key(key)))).ShouldRefuse(400, "unreadable", "Idempotency-Key");
    }

    [Fact]
    public async Task is_refused_with_a_key_too_long()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source(), Key(new string('k', 200)))).Should(201);
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("b"), Key(new string('k', 201)))))
            .ShouldRefuse(400, "unreadable", "Idempotency-Key");
    }

    [Fact]
    public async Task gets_the_first_answer_on_another_node_and_after_a_restart()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        Task<Reply> SendAsync(Client client) => client.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), Key("k-1"));
        Reply first;
        await using (var other = await tracker.AnotherNodeAsync())
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(x => SendAsync(x % 2 == 0 ? tracker.Owner : other.With(Node.OwnerKey))));
            first = replies[0].Should(201);
            foreach (var reply in replies) ShouldBeTheSame(reply, first);
        }

        await tracker.RestartAsync();

        ShouldBeTheSame(await SendAsync(tracker.Owner), first);
        (await ledger.EventsAsync()).Count(x => x.Type == "search_recorded").ShouldBe(1);
    }
}
