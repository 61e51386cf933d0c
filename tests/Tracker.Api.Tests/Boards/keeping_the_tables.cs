using System.Globalization;
using JasperFx.Events;
using Marten;
using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Known;
using Tracker.Hosting;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards;

/// <summary>The projection on its own database, where it can be stopped, halved, broken and made again.</summary>
public sealed class keeping_the_tables(PostgresUnderTest postgres) : IAsyncLifetime
{
    private TrackerUnderTest tracker = null!;

    [Fact]
    public async Task never_shows_half_of_a_recording_wherever_a_batch_of_events_ends()
    {
        await StopProjectionAsync();
        // Three pieces of evidence, each accepted as coded: six events, one recording. As many agendas as there are places to cut it.
        var agendas = new List<(Ledger Ledger, IReadOnlyList<IEvent> Before, IReadOnlyList<IEvent> Recording)>();
        for (var cut = 1; cut <= 5; cut++)
        {
            var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
            await ledger.RecordAsync("evidence:batch", Enumerable.Range(1, 3).Select(x => Given.Evidence($"e-{x}").With("commitment", "\"visit\"")).ToArray());
            var events = await EventsOfAsync(ledger);
            agendas.Add((ledger, events.Take(4).ToList(), events.Skip(4).ToList()));
        }

        for (var cut = 1; cut <= 5; cut++)
        {
            var (ledger, before, recording) = agendas[cut - 1];
            recording.Count.ShouldBe(6);
            await ApplyAsync(before);
            var without = await BoardAsync(ledger, "");

            await ApplyAsync(recording.Take(cut));
            (await BoardAsync(ledger, "")).Bytes.ShouldBe(without.Bytes, $"after {cut} of 6 events");
            (await ledger.GetAsync("evidence")).Json["items"]!.AsArray().ShouldBeEmpty($"after {cut} of 6 events");

            await ApplyAsync(recording.Skip(cut));
            var whole = await BoardAsync(ledger, "");
            whole.Json["position"]!.GetValue<long>().ShouldBe(5);
            whole.Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(3);
            (await BoardAsync(ledger, "&knownAt=4")).Bytes.ShouldBe(without.Bytes);
        }
    }

    [Fact]
    public async Task gives_an_import_that_fills_many_batches_whole_or_not_at_all()
    {
        var slug = TrackerUnderTest.NewName();
        var importing = tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug, activities: 600));
        var answers = new List<Reply>();
        do
        {
            answers.Add(await tracker.Public.GetAsync($"agendas/{slug}/board?validAt=2023-01-31"));
            if (importing.IsCompleted) (await importing).Should(200);
            await Task.Delay(20);
        }
        while ((int)answers[^1].Status != 200);

        (await importing).Should(200);
        answers[^1].Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(600);
        answers.SkipLast(1).ShouldAllBe(x => (int)x.Status == 404 || (int)x.Status == 503);
    }

    [Fact]
    public async Task says_that_it_is_behind_and_waits_for_what_comes()
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        (await ledger.GetAsync(4, "board")).Should(200);
        await StopProjectionAsync();
        await ledger.ActivityAsync("more-talks");

        (await ledger.GetAsync("board")).Should(200).Position.ShouldBe(4);
        var behind = (await ledger.GetAsync("board?atLeast=5")).ShouldRefuse(503, "behind");
        behind.RetryAfter.ShouldNotBeNull();

        var waiting = ledger.GetAsync(5, "board");
        await ResumeProjectionAsync();
        (await waiting).Should(200).Position.ShouldBe(5);
    }

    [Theory]
    [InlineData("board")]
    [InlineData("divergence")]
    [InlineData("timeline")]
    [InlineData("export")]
    [InlineData("feed.atom")]
    [InlineData("sources?since=none")]
    public async Task that_are_being_filled_are_no_failure(string what)
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.ChangesAsync(4);
        await tracker.AskAsync<int>($"with not_yet as (delete from {KnownTables.Agendas.Name} where agenda = $1 returning 1) select count(*)::int from not_yet", ledger.Slug);

        (await ledger.GetAsync(what)).ShouldRefuse(503, "behind").RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task stops_at_a_gap_and_is_noticed_and_is_made_whole_from_the_events()
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        (await ledger.GetAsync(4, "commitments/visit")).Should(200);
        await tracker.AskAsync<int>($"with lost as (delete from {KnownTables.Commitments.Name} where agenda = $1 returning 1) select count(*)::int from lost", ledger.Slug);

        var added = await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        (await ledger.GetAsync($"board?atLeast={added.Position}")).ShouldRefuse(503, "behind");
        tracker.Node.Errors.ShouldContain(x => x.Contains("at version 0, and the next event is version 2", StringComparison.Ordinal));
        (await ReadyAsync()).ShouldBe(200, "half a minute is no delay yet");
        await tracker.AskAsync<int>("with later as (update tracker.agenda_line set recorded_at = recorded_at - interval '1 minute' returning 1) select count(*)::int from later");
        (await ReadyAsync()).ShouldBe(503);

        await tracker.RebuildAsync();
        (await ledger.GetAsync(added.Position, "commitments/visit")).Should(200).Json["clauses"]!.AsArray().Count.ShouldBe(1);
        (await ReadyAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task made_again_from_nothing_holds_the_same_at_every_position()
    {
        (await tracker.Owner.PostAsync("agendas/us-china-bali/import", following_the_Bali_summit.Imported.Bundle())).Should(200);
        var bali = new Ledger(tracker, "us-china-bali");
        var ledger = await RandomHistoryAsync(new Random(20221114), recordings: 25);
        var last = await ledger.PositionAsync();
        string[] questions =
        [
            .. from position in Enumerable.Range(1, (int)last)
               from what in (string[])["board?validAt=2022-12-31", "board?validAt=2023-06-30", "evidence?limit=200"]
               select string.Create(CultureInfo.InvariantCulture, $"{what}&knownAt={position}"),
        ];
        (await ledger.GetAsync(last, "board")).Should(200);
        (await bali.GetAsync(1, "board")).Should(200);
        var before = await AnswersAsync(ledger, questions);
        var ofBali = await AnswersAsync(bali, ["board?validAt=2023-01-31&knownAt=1", "activities?limit=200&knownAt=1"]);

        await tracker.RebuildAsync();

        (await ledger.GetAsync(last, "board")).Should(200);
        (await AnswersAsync(ledger, questions)).ShouldBe(before);
        (await AnswersAsync(bali, ["board?validAt=2023-01-31&knownAt=1", "activities?limit=200&knownAt=1"])).ShouldBe(ofBali);
        before.Values.Distinct().Count().ShouldBeGreaterThan((int)last, "the history says something");
    }

    [Fact]
    public async Task hold_an_import_with_its_answer_also_of_an_agenda_there_is()
    {
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", Bundles.Of(ledger.Slug))).Should(200);
        await ledger.RecordAsync("commitments/visit/searches", new { searchedThrough = "2022-11-30", places = new[] { "Reuters" } });
        (await ledger.GetAsync(2, "board")).Should(200);
        await StopProjectionAsync();

        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", Bundles.Of(ledger.Slug, 1_200).With("searches[0].key", "\"s-2\"").With("searches[0].searchedThrough", "\"2022-12-02\""))).Should(200).Position.ShouldBe(3);
        var board = (await ledger.GetAsync("board")).Should(200);
        board.Position.ShouldBe(3, "nobody follows the events meanwhile");
        board.Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(1_200);
        board.Json["commitments"]![0]!["because"]!["lastSearchedThrough"]!.ToString().ShouldBe("2022-12-02", "an event of the import on a stream there was");

        await ResumeProjectionAsync();
        await ledger.RecordAsync("commitments/visit/searches", new { searchedThrough = "2022-12-05", places = new[] { "Reuters" } });
        (await ledger.GetAsync(4, "board")).Should(200).Json["commitments"]![0]!["because"]!["lastSearchedThrough"]!.ToString().ShouldBe("2022-12-05");
        string[] questions = ["board?knownAt=1", "board?knownAt=2", "board?knownAt=3", "board?knownAt=4", "commitments/visit?knownAt=2", "commitments/visit?knownAt=3", "commitments/visit?knownAt=4"];
        var before = await AnswersAsync(ledger, questions);
        await tracker.RebuildAsync();
        (await ledger.GetAsync(4, "board")).Should(200);
        (await AnswersAsync(ledger, questions)).ShouldBe(before);
    }

    [Fact]
    public async Task follow_what_others_record_while_an_import_appends()
    {
        var large = TrackerUnderTest.NewName();
        var before = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var connection = await tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var inTheWay = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("insert into tracker.mt_streams (id, type, version, tenant_id) values ($1, 'none', 1, '*DEFAULT*')", connection) { Parameters = { new() { Value = $"{large}/activities/act-9" } } })
            await insert.ExecuteNonQueryAsync();
        var drawn = await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence");
        var importing = tracker.Owner.PostAsync($"agendas/{large}/import", Bundles.Of(large, activities: 30));
        while (!importing.IsCompleted && await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence") < drawn + 5) await Task.Delay(20);

        // Its numbers are drawn, and it waits.
        var recorded = await before.ActivityAsync("more-talks");
        (await before.GetAsync(recorded.Position, "activities/more-talks")).Should(200).Position.ShouldBe(recorded.Position);
        var clause = await before.RecordAsync("commitments/visit/clauses", Given.Clause());
        (await before.GetAsync(clause.Position, "commitments/visit")).Should(200).Json["clauses"]!.AsArray().Count.ShouldBe(1);
        var opened = await tracker.OpenAgendaAsync();
        (await opened.GetAsync(1, "board")).Should(200);
        (await before.GetAsync($"changes?atLeast={clause.Position}")).Should(200);
        importing.IsCompleted.ShouldBeFalse();

        await inTheWay.RollbackAsync();
        (await importing).Should(200);
        (await new Ledger(tracker, large).GetAsync(1, "board")).Should(200).Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(30);
        var after = await before.ActivityAsync("still-more-talks");
        string[] questions = [.. Enumerable.Range(1, (int)after.Position).Select(x => string.Create(CultureInfo.InvariantCulture, $"board?knownAt={x}"))];
        (await before.GetAsync(after.Position, "board")).Should(200);
        var answers = await AnswersAsync(before, questions);
        await tracker.RebuildAsync();
        (await before.GetAsync(after.Position, "board")).Should(200);
        (await AnswersAsync(before, questions)).ShouldBe(answers);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    /// <summary>An import's instant is that of its beginning: until it is seen, nobody can say what was known since.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task answers_nothing_of_an_instant_that_an_import_at_work_may_have_come_before(bool opens)
    {
        var large = new Ledger(tracker, TrackerUnderTest.NewName());
        if (!opens) (await tracker.Owner.PostAsync("agendas", Given.Agenda(large.Slug))).Should(201);
        await using var connection = await tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var inTheWay = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("insert into tracker.mt_streams (id, type, version, tenant_id) values ($1, 'none', 1, '*DEFAULT*')", connection) { Parameters = { new() { Value = $"{large.Slug}/activities/act-2" } } })
            await insert.ExecuteNonQueryAsync();
        var drawn = await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence");
        var importing = tracker.Owner.PostAsync($"{large.Path}/import", Bundles.Of(large.Slug, activities: 5));
        while (!importing.IsCompleted && await tracker.AskAsync<long>("select last_value from tracker.mt_events_sequence") < drawn + 3) await Task.Delay(20);
        var now = Client.Escape(Instants.Text(TimeProvider.System.GetUtcNow()));

        var asked = Task.WhenAll(large.GetAsync($"board?knownAt={now}"), tracker.Public.GetAsync($"agendas?knownAt={now}"));
        (await asked).ShouldAllBe(x => (int)x.Status == 503 && x.RetryAfter != null);
        importing.IsCompleted.ShouldBeFalse();

        await inTheWay.RollbackAsync();
        (await importing).Should(200);
        (await large.GetAsync($"board?knownAt={now}")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        var listed = (await tracker.Public.GetAsync($"agendas?knownAt={now}")).Should(200);
        listed.Json["items"]!.AsArray().Single(x => x!["slug"]!.ToString() == large.Slug)!["position"]!.GetValue<long>().ShouldBe(opens ? 1 : 2);
        await large.RecordAsync("sources", Given.Source("later"));
        await tracker.OpenAgendaAsync();
        (await tracker.Public.GetAsync($"agendas?knownAt={now}")).Bytes.ShouldBe(listed.Bytes);
    }

    [Fact]
    public async Task hold_what_others_record_before_they_have_caught_up_with_an_import()
    {
        var (current, behind) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        (await current.GetAsync(1, "board")).Should(200);
        (await behind.GetAsync(1, "board")).Should(200);
        await StopProjectionAsync();
        await behind.SourceAsync();
        var large = TrackerUnderTest.NewName();
        (await tracker.Owner.PostAsync($"agendas/{large}/import", Bundles.Of(large, activities: 600))).Should(200);

        // More than a thousand events lie ahead, and nobody follows them.
        await current.SourceAsync();
        (await current.GetAsync("board")).Should(200).Position.ShouldBe(2);
        (await current.GetAsync(2, "sources/readout")).Should(200);
        await behind.CommitmentAsync();
        (await behind.GetAsync("board")).Should(200).Position.ShouldBe(1, "what came before is not in the tables");

        await ResumeProjectionAsync();
        (await behind.GetAsync(3, "board")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        await current.CommitmentAsync();
        (await current.GetAsync(3, "board")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        await tracker.RebuildAsync();
        (await behind.GetAsync(3, "board")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        (await current.GetAsync(3, "board")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    /// <summary>Some recordings enter the tables by themselves, and the projection applies the others: which, only chance says.</summary>
    [Fact]
    public async Task hold_the_same_whether_recordings_entered_by_themselves_or_were_followed()
    {
        var ledgers = new List<Ledger>();
        for (var i = 0; i < 4; i++) ledgers.Add(await (await tracker.OpenAgendaAsync("none")).WithTalksAsync());
        var writers = ledgers.SelectMany(ledger => Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var n = 0; n < 6; n++)
            {
                await ledger.ActivityAsync($"a-{writer}-{n}", "2022-12");
                await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence($"e-{writer}-{n}", $"a-{writer}-{n}", n % 2 == 0 ? "mechanism" : "measure"));
                await ledger.RecordAsync("activities/talks/corrections", new { occurred = $"2022-12-{(writer * 6 + n) % 28 + 1:00}", reason = "Another account." });
            }
        })).ToArray();
        var importers = Enumerable.Range(0, 2).Select(async importer =>
        {
            for (var n = 0; n < 3; n++)
            {
                var slug = TrackerUnderTest.NewName();
                (await tracker.Owner.PostAsync($"agendas/{slug}/import", Bundles.Of(slug, activities: 700))).Should(200);
            }
        }).ToArray();
        await Task.WhenAll([.. writers, .. importers]);

        var headers = await tracker.AskAsync<string>("""
            select concat_ws(' ', count(*) filter (where headers ? 'entered'), count(*) filter (where not headers ? 'entered')) from tracker.mt_events
            where split_part(stream_id, '/', 1) in (select agenda from tracker.agenda_line where position > 100)
            """);
        headers.Split(' ').ShouldAllBe(x => long.Parse(x, CultureInfo.InvariantCulture) > 0, $"of both kinds: {headers}");
        await tracker.CaughtUpAsync();
        var (rows, before) = (await EveryRowAsync(), await EveryBoardAsync(ledgers[0]));
        await tracker.RebuildAsync();
        await tracker.CaughtUpAsync();
        (await EveryRowAsync()).ShouldBe(rows);
        (await EveryBoardAsync(ledgers[0])).ShouldBe(before);
        tracker.Node.Errors.ShouldBeEmpty();

        // All that the tables hold, of all agendas and at all positions.
        async Task<Dictionary<string, string>> EveryRowAsync()
        {
            var every = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var table in KnownTables.All.Select(x => x.Name).Append(KnownTables.Recordings))
                every.Add(table, await tracker.AskAsync<string>($"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"));
            return every;
        }

        static async Task<Dictionary<string, string>> EveryBoardAsync(Ledger ledger)
        {
            (await ledger.GetAsync(148, "board")).Should(200);
            return new(await AnswersAsync(ledger, [.. Enumerable.Range(1, 148).Select(x => string.Create(CultureInfo.InvariantCulture, $"board?validAt=2023-01-31&knownAt={x}"))]));
        }
    }

    [Fact]
    public async Task that_are_behind_an_import_follow_it_by_themselves()
    {
        var ledger = await tracker.OpenAgendaAsync();
        (await ledger.GetAsync(1, "board")).Should(200);
        await StopProjectionAsync();
        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/sources", Given.Source("another"))).Should(201);

        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", Bundles.Of(ledger.Slug, 3))).Should(200).Position.ShouldBe(3);
        (await ledger.GetAsync("board")).Should(200).Position.ShouldBe(1);

        await ResumeProjectionAsync();
        (await ledger.GetAsync(3, "board")).Should(200).Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(3);
    }

    /// <summary>Of which statistics know nothing by themselves, so that a plan takes it for one row.</summary>
    [Fact]
    public async Task are_joined_by_name_in_an_agenda_that_was_just_imported()
    {
        const int Pieces = 1_500;
        foreach (var table in KnownTables.All) await ExecuteAsync($"alter table {table.Name} set (autovacuum_enabled = false)");
        var (first, second) = (new Ledger(tracker, TrackerUnderTest.NewName()), new Ledger(tracker, TrackerUnderTest.NewName()));
        (await tracker.Owner.PostAsync($"{first.Path}/import", Bundles.Of(first.Slug, Pieces))).Should(200);
        (await first.GetAsync(1, "changes")).Should(200);
        foreach (var table in KnownTables.All) await ExecuteAsync($"analyze {table.Name}");
        (await tracker.Owner.PostAsync($"{second.Path}/import", Bundles.Of(second.Slug, Pieces))).Should(200);
        (await second.GetAsync(1, "changes")).Should(200);

        const string Read =
            "select (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where schemaname = 'tracker' and relname like 'activity_known%')::bigint + "
            + "(select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables where schemaname = 'tracker' and relname like 'activity_known%')::bigint";
        // The database counts once a second at most, and what was done before may be among it. A join of all with all reads a thousand times as much, each time.
        var each = new List<long>();
        while (each.Count < 3 && !each.Exists(x => x <= 10 * Pieces))
        {
            var (before, asked) = (await tracker.AskAsync<long>(Read), 0);
            long read;
            do
            {
                (await second.GetAsync("board?validAt=2023-01-31")).Should(200);
                asked++;
                read = await tracker.AskAsync<long>(Read) - before;
                asked.ShouldBeLessThan(10_000, "boards, and nothing is read for them");
            }
            while (read < Pieces);
            each.Add(read / asked);
        }

        each.Min().ShouldBeLessThanOrEqualTo(10 * Pieces, $"rows read for a board: {string.Join(", ", each)}");
    }

    public async ValueTask InitializeAsync() => tracker = await TrackerUnderTest.StartAsync(postgres);

    public ValueTask DisposeAsync() => tracker.DisposeAsync();

    private IProjectionCoordinator Projections => tracker.Node.Services.GetRequiredService<IProjectionCoordinator>();

    private IDocumentStore Store => tracker.Node.Services.GetRequiredService<IDocumentStore>();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task StopProjectionAsync() => Projections.PauseAsync();

    private Task ResumeProjectionAsync() => Projections.ResumeAsync();

    /// <summary>The projection as the daemon calls it, on just these events.</summary>
    private async Task ApplyAsync(IEnumerable<IEvent> events)
    {
        await using var session = Store.LightweightSession();
        await new KnownProjection(tracker.Node.Services.GetRequiredService<NpgsqlDataSource>(), EventStore.Tables).ApplyAsync(session, [.. events], CancellationToken.None);
        await session.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<IEvent>> EventsOfAsync(Ledger ledger)
    {
        await using var session = Store.QuerySession();
        var prefix = ledger.Slug + "/";
        return await session.Events.QueryAllRawEvents().Where(x => x.StreamKey!.StartsWith(prefix)).OrderBy(x => x.Sequence).ToListAsync();
    }

    private static async Task<Reply> BoardAsync(Ledger ledger, string and) => (await ledger.GetAsync($"board?validAt=2023-01-31{and}")).Should(200);

    private static async Task<Dictionary<string, string>> AnswersAsync(Ledger ledger, string[] questions)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            var reply = await ledger.GetAsync(question);
            answers.Add(question, $"{(int)reply.Status} {reply.ETag} {reply.Text}");
        }

        return answers;
    }

    private async Task<int> ReadyAsync() => (int)(await tracker.Public.GetAsync("/health/ready")).Status;

    /// <summary>Whatever may be recorded, in any order that the rules let through.</summary>
    private async Task<Ledger> RandomHistoryAsync(Random random, int recordings)
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var proposed = new List<string>();
        string[] commitments = ["visit", "text", "body"], depths = ["words", "contact", "mechanism", "measure", "delivered"], directions = ["advances", "reaffirms", "undercuts"];
        foreach (var commitment in commitments[1..]) await ledger.CommitmentAsync(commitment);
        var (coder, reviewer) = (await ledger.CoderAsync(), await ledger.ReviewerAsync());
        for (var i = 0; i < recordings; i++)
        {
            var commitment = commitments[random.Next(commitments.Length)];
            switch (random.Next(6))
            {
                case 0:
                    await ledger.ActivityAsync($"act-{i}", new DateOnly(2022, 11, 1).AddDays(random.Next(200)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
                case 1:
                    await ledger.RecordAsync($"commitments/{commitment}/searches", Given.Search($"2023-0{random.Next(1, 7)}-15"));
                    break;
                case 2:
                    await ledger.RecordAsync($"commitments/{commitment}/clauses", Given.Clause());
                    break;
                case 3 when proposed.Count > 0:
                    var reviewed = proposed[random.Next(proposed.Count)];
                    proposed.Remove(reviewed);
                    (await reviewer.PostAsync($"{ledger.Path}/evidence/{reviewed}/review", Given.Review(random.Next(4) == 0 ? "reject" : "accept"))).Should(200);
                    break;
                default:
                    (await coder.PostAsync($"{ledger.Path}/commitments/{commitment}/evidence",
                        Given.Evidence($"e-{i}", "talks", depths[random.Next(5)], directions[random.Next(3)]))).Should(201);
                    proposed.Add($"e-{i}");
                    break;
            }
        }

        return ledger;
    }
}
