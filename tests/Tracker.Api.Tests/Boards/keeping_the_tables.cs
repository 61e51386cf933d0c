using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards;

/// <summary>The tables on their own database, where they can lack recordings and be made again.</summary>
public sealed class keeping_the_tables(PostgresUnderTest postgres) : IAsyncLifetime
{
    private TrackerUnderTest tracker = null!;

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

    /// <summary>As a program of another version leaves them, which records beside this one and fills tables of its own.</summary>
    [Fact]
    public async Task that_lack_recordings_answer_and_take_nothing_and_are_filled_by_themselves()
    {
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var other = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-12-13", reason = "Another day." });
        string[] questions = ["board?validAt=2023-01-31", "board?validAt=2023-01-31&knownAt=3", "evidence", "activities?knownAt=5", "activities?knownAt=6", "timeline", "divergence", "export", "commitments/visit/history"];
        var before = await AnswersAsync(ledger, questions);
        before.Values.ShouldAllBe(x => x.StartsWith("200", StringComparison.Ordinal));

        await Filler.StopAsync(CancellationToken.None);
        await ForgetAsync(ledger, after: 4);
        foreach (var question in (string[])[.. questions, "feed.atom", "sources?since=none", "board?atLeast=6", "commitments/visit"])
            (await ledger.GetAsync(question)).ShouldRefuse(503, "behind").RetryAfter.ShouldNotBeNull(question);
        await ledger.LeavesNothingAsync(async () => (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("another"))).ShouldRefuse(503, "unavailable"));
        (await ReadyAsync()).ShouldBe(503);
        (await other.GetAsync("board")).Should(200);
        await other.ActivityAsync("more-talks");

        await Filler.StartAsync(CancellationToken.None);
        await Seen.SoonAsync(async () => (int)(await ledger.GetAsync("board")).Status == 200);
        (await AnswersAsync(ledger, questions)).ShouldBe(before);
        (await ReadyAsync()).ShouldBe(200);
        (await ledger.RecordAsync("sources", Given.Source("another"))).Position.ShouldBe(7);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    /// <summary>On several agendas, so that a lower number of the store is committed after a higher one while the tables are made again.</summary>
    [Fact]
    public async Task are_made_again_beside_whoever_reads_and_writes()
    {
        const int Each = 25;
        var ledgers = new List<Ledger>();
        for (var i = 0; i < 4; i++) ledgers.Add(await (await tracker.OpenAgendaAsync("none")).WithTalksAsync());
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var last = 4L;
            while (!done.IsCancellationRequested)
            {
                var board = (await ledgers[0].GetAsync("board?validAt=2023-01-31")).Should(200);
                board.Position.ShouldBeGreaterThanOrEqualTo(last);
                (await ledgers[0].GetAsync("activities?limit=200")).Should(200).Json["items"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo((int)board.Position - 3);
                last = board.Position;
            }
        });
        var writing = Task.WhenAll(ledgers.Select(ledger => Task.Run(async () =>
        {
            for (var n = 0; n < Each; n++) (await ledger.ActivityAsync($"act-{n}", "2022-12")).Position.ShouldBe(5 + n);
        })));
        var times = 0;
        do
        {
            await tracker.RebuildAsync();
            times++;
        }
        while (!writing.IsCompleted || times < 3);
        await writing;
        await done.CancelAsync();
        await reading;

        foreach (var ledger in ledgers)
        {
            (await ledger.GetAsync(4 + Each, "activities?limit=200")).Json["items"]!.AsArray().Count.ShouldBe(1 + Each);
            (await tracker.AskAsync<long>($"select count(*) from {KnownTables.Recordings} where agenda = $1", ledger.Slug)).ShouldBe(4 + Each);
        }

        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task made_again_are_seen_by_nodes_that_hold_what_they_said_before()
    {
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        var right = (await ledger.GetAsync("board?validAt=2023-01-31")).Should(200);
        await ExecuteAsync($"update {KnownTables.Commitments.Name} set title = 'Another' where agenda = '{ledger.Slug}'");
        await using var other = await tracker.AnotherNodeAsync();
        (await other.With(null).GetAsync($"{ledger.Path}/board?validAt=2023-01-31")).Text.ShouldContain("Another");

        await tracker.RebuildAsync();

        (await other.With(null).GetAsync($"{ledger.Path}/board?validAt=2023-01-31")).Bytes.ShouldBe(right.Bytes);
    }

    /// <summary>One that cannot be filled is said in the log, and the others are.</summary>
    [Fact]
    public async Task that_cannot_be_filled_hold_up_no_others()
    {
        // In the order in which they are filled.
        Ledger[] both = [await (await tracker.OpenAgendaAsync()).WithTalksAsync(), await (await tracker.OpenAgendaAsync()).WithTalksAsync()];
        Array.Sort(both, (x, y) => string.CompareOrdinal(x.Slug, y.Slug));
        var (first, second) = (both[0], both[1]);
        await Filler.StopAsync(CancellationToken.None);
        foreach (var ledger in both) await ForgetAsync(ledger, after: 2);
        // The event of the third recording is gone.
        await ExecuteAsync($"delete from tracker.mt_events where stream_id = '{first.Slug}/commitments/visit'");

        await Filler.FillAsync(CancellationToken.None);

        (await first.GetAsync("board")).ShouldRefuse(503, "behind");
        (await second.GetAsync("board")).Should(200).Position.ShouldBe(4);
        (await tracker.Public.GetAsync("agendas")).ShouldRefuse(503, "behind");
        tracker.Node.Errors.ShouldContain(x => x.Contains($"The tables of '{first.Slug}' cannot be filled", StringComparison.Ordinal));
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

        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", Bundles.Of(ledger.Slug, 1_200).With("searches[0].key", "\"s-2\"").With("searches[0].searchedThrough", "\"2022-12-02\""))).Should(200).Position.ShouldBe(3);
        var board = (await ledger.GetAsync("board")).Should(200);
        board.Position.ShouldBe(3);
        board.Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(1_200);
        board.Json["commitments"]![0]!["because"]!["lastSearchedThrough"]!.ToString().ShouldBe("2022-12-02", "an event of the import on a stream there was");

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
    public async Task hold_the_same_when_they_are_made_again_after_many_wrote_at_once()
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

        var (rows, before) = (await EveryRowAsync(), await EveryBoardAsync(ledgers[0]));
        await tracker.RebuildAsync();
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
        // What is held in memory asks for no row: the changes are told from the tables, and what is larger than may be held is read from them.
        await using var connection = await tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var moment = new Moment(second.Slug, 1, default);
        // The database counts once a second at most, and what was done before may be among it. A join of all with all reads a thousand times as much, each time.
        var each = new List<long>();
        while (each.Count < 3 && !each.Exists(x => x <= 10 * Pieces))
        {
            var (before, asked) = (await tracker.AskAsync<long>(Read), 0);
            long read;
            do
            {
                (await BoardReader.GatherAsync(connection, moment, new DateOnly(2023, 1, 31), null, [], CancellationToken.None)).Material.ShouldNotBeNull();
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

    private TablesFiller Filler => tracker.Node.Services.GetRequiredService<TablesFiller>();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Leaves the tables as if an agenda's later recordings had never entered them.</summary>
    private async Task ForgetAsync(Ledger ledger, long after)
    {
        foreach (var table in KnownTables.All)
        {
            await ExecuteAsync($"delete from {table.Name} where agenda = '{ledger.Slug}' and known_from > {after}");
            await ExecuteAsync($"update {table.Name} set known_to = {long.MaxValue} where agenda = '{ledger.Slug}' and known_to > {after}");
        }

        await ExecuteAsync($"delete from {KnownTables.Recordings} where agenda = '{ledger.Slug}' and position > {after}");
    }

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
