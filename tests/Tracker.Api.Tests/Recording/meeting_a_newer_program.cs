using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Legacy;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Api.Tests.Recording;

/// <summary>
/// A newer program works on the same database, and records what this one does not know. That agenda is the newer one's from then
/// on; all others are served as before.
/// </summary>
public sealed class meeting_a_newer_program(PostgresUnderTest postgres) : IAsyncLifetime
{
    private static readonly string[] Reads =
    [
        "", "board", "board?knownAt=2", "matrix", "matrix.csv", "history", "commitments", "commitments/visit", "commitments/visit/history", "activities", "sources", "sources/readout", "evidence", "timeline",
        "divergence", "changes", "live", "reports", "feed.atom", "calendar.ics", "badge.svg", "export", "schedules", "milestones/none",
    ];

    /// <summary>A newer program, as far as it reads what it recorded: this one with a shape more.</summary>
    private static readonly RetiredShape Endorsed = RetiredShape.Of<SourceEndorsed, SourceRecorded>("source_endorsed", new DateOnly(2030, 1, 1), "As a newer program records it.",
        it => new SourceRecorded(SourceKind.Article, SourceTier.Press, it.By, it.Headline, null, null, null, null, null, null));

    private TrackerUnderTest tracker = null!;
    private Ledger newer = null!, other = null!;

    public sealed record SourceEndorsed(string Headline, string By);

    /// <param name="inTables">Whether the newer program keeps tables of the same version as this one.</param>
    [Theory, InlineData(true), InlineData(false)]
    public async Task leaves_it_the_agenda_on_which_it_recorded_what_is_not_known_here(bool inTables)
    {
        await using var node = await tracker.AnotherNodeAsync(new Fittings { Services = services => services.AddSingleton(Endorsed) });
        var listening = newer.GetAsync("live");
        await Seen.SoonAsync(() => tracker.Node.Services.GetRequiredService<LiveStreams>().Open == 1);
        await node.Services.GetRequiredService<TablesFiller>().StopAsync(CancellationToken.None);
        await RecordAsNewerAsync(inTables);

        foreach (var read in Reads) Refused(await newer.GetAsync(read), read);
        foreach (var read in (string[])[.. Reads, "proposals"]) Refused(await newer.Owner.GetAsync($"{newer.Path}/{read}".TrimEnd('/')), read);
        await newer.LeavesNothingAsync(async () => Refused(await newer.Owner.PostAsync($"{newer.Path}/sources", Given.Source("another"))));
        await newer.LeavesNothingAsync(async () => Refused(await newer.Owner.PostAsync($"{newer.Path}/import", Bundles.Of(newer.Slug))));
        await newer.LeavesNothingAsync(async () => Refused(await newer.Owner.PostAsync($"{newer.Path}/reports", new { })));
        await newer.LeavesNothingAsync(async () => Refused(await newer.Owner.PostAsync("agendas", Given.Agenda(newer.Slug))));
        Refused(await tracker.Public.GetAsync("agendas"));
        (await listening).Text.ShouldStartWith("retry:", customMessage: "it ends, so that its client comes back to a newer node");
        var ready = await tracker.Public.GetAsync("/health/ready");
        ((int)ready.Status, ready.Text).ShouldBe((200, "Healthy\nA newer version recorded what this one does not know: agendas left to it: 1."));

        await OthersAreServedAsync();
        tracker.Node.Errors.ShouldBeEmpty();

        // The newer one fills its tables, reads it and records to it.
        await node.Services.GetRequiredService<TablesFiller>().RebuildAsync((_, _) => { }, CancellationToken.None);
        var @public = node.With(null);
        (await @public.GetAsync($"{newer.Path}/sources/endorsed")).Should(200)["title"].ShouldBe("They met");
        (await node.With(Node.OwnerKey).PostAsync($"{newer.Path}/sources", Given.Source("another"))).Should(201).Position.ShouldBe(6);
        (await @public.GetAsync($"{newer.Path}/changes?atLeast=6")).Should(200);
        (await @public.GetAsync("agendas")).Should(200);
        Refused(await newer.GetAsync("board"));
        node.Errors.ShouldBeEmpty();
        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task makes_nothing_of_it_without_that_and_says_so_once_a_minute(bool inTables)
    {
        await RecordAsNewerAsync(inTables);
        var before = await RowsAsync();
        var filler = tracker.Node.Services.GetRequiredService<TablesFiller>();

        for (var i = 0; i < 5; i++) await filler.FillAsync(CancellationToken.None);

        (await RowsAsync()).ShouldBe(before);
        (await filler.RebuildAsync((_, _) => { }, CancellationToken.None)).ShouldBe(1);
        (await RowsAsync()).ShouldBe(before);
        tracker.Node.Errors.ShouldBeEmpty();
        tracker.Node.Log.Count(x => x.Contains("These agendas are left to it", StringComparison.Ordinal)).ShouldBe(1);
        (await tracker.AskAsync<long>($"select position from {ChangeTables.Progress} where agenda = $1", newer.Slug)).ShouldBe(4);

        var rebuilt = await TheProgram.RunOnAsync(tracker.ConnectionString, "tables", "rebuild");
        (rebuilt.ExitCode, rebuilt.Output).ShouldBe((1, "The tables of 1 of 2 agendas were made again.\n"), rebuilt.Errors);
        var board = await TheProgram.RunOnAsync(tracker.ConnectionString, "board", newer.Slug);
        board.ExitCode.ShouldBe(1);
        board.Errors.ShouldContain("(newer-version)");
        await OthersAreServedAsync();
    }

    [Fact]
    public async Task finds_it_by_an_index_that_is_built_beside_what_is_recorded()
    {
        var index = tracker.Node.Services.GetRequiredService<UnknownEventsIndex>();
        var (name, _, drop) = tracker.Node.Services.GetRequiredService<KnownEvents>().Index;
        (await IsValidAsync()).ShouldBeTrue(string.Join('\n', tracker.Node.Log));
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using (var dropped = database.CreateCommand(drop)) await dropped.ExecuteNonQueryAsync();
        (await other.GetAsync("board")).Should(200);

        // Somebody is in the midst of recording, as a large import is: who builds waits for them, and nobody for who builds.
        await using var connection = await database.OpenConnectionAsync();
        var recording = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"lock table {MartenTables.Events} in row exclusive mode", connection, recording)) await command.ExecuteNonQueryAsync();
        var building = index.EnsureAsync(CancellationToken.None);
        await Seen.SoonAsync(async () => await tracker.AskAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'create index concurrently%'") == 1);
        await index.EnsureAsync(CancellationToken.None);
        await other.RecordAsync("sources", Given.Source("meanwhile"));
        building.IsCompleted.ShouldBeFalse();
        (await IsValidAsync()).ShouldBeFalse();

        await recording.RollbackAsync();
        await building;
        (await IsValidAsync()).ShouldBeTrue();

        // It is in the way for longer than anybody should wait: what was begun is left, and made good the next time.
        await using (var dropped = database.CreateCommand(drop)) await dropped.ExecuteNonQueryAsync();
        recording = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"lock table {MartenTables.Events} in row exclusive mode", connection, recording)) await command.ExecuteNonQueryAsync();
        (await Should.ThrowAsync<PostgresException>(() => index.EnsureAsync(CancellationToken.None))).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        await recording.RollbackAsync();
        await index.EnsureAsync(CancellationToken.None);
        (await IsValidAsync()).ShouldBeTrue();

        Task<bool> IsValidAsync() => tracker.AskAsync<bool>($"select coalesce((select indisvalid from pg_index where indexrelid = to_regclass('{name}')), false)");
    }

    public async ValueTask InitializeAsync()
    {
        tracker = await TrackerUnderTest.StartAsync(postgres);
        (newer, other) = (await (await tracker.OpenAgendaAsync("none")).WithTalksAsync(), await (await tracker.OpenAgendaAsync("none")).WithTalksAsync());
        await newer.GetAsync("changes?atLeast=4");
    }

    public ValueTask DisposeAsync() => tracker.DisposeAsync();

    private static Reply Refused(Reply reply, string? what = null)
    {
        reply.ShouldRefuse(503, "newer-version").RetryAfter.ShouldNotBeNull(what);
        return reply;
    }

    private async Task OthersAreServedAsync()
    {
        var position = await other.PositionAsync();
        (await other.RecordAsync("sources", Given.Source($"source-{position}"))).Position.ShouldBe(position + 1);
        foreach (var read in Reads.Except(["live", "milestones/none"])) (await other.GetAsync(read)).Should(200);
        (await other.GetAsync(position + 1, "changes")).Should(200);
    }

    /// <summary>All that the tables of this version hold of the agenda.</summary>
    private async Task<string> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in KnownTables.All.Select(x => x.Name).Append(KnownTables.Recordings))
            rows.Add(await tracker.AskAsync<string>($"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t where agenda = $1", newer.Slug));
        return string.Join('\n', rows);
    }

    private async Task RecordAsNewerAsync(bool inTables)
    {
        await using var connection = await tracker.Node.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("update tracker.agenda_line set position = 5, recorded_at = clock_timestamp() where agenda = $1", newer.Slug);
        batch.Add("insert into tracker.mt_streams (id, type, version, tenant_id) values ($1 || '/sources/endorsed', 'source', 1, '*DEFAULT*')", newer.Slug);
        batch.Add("""
            insert into tracker.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, user_name, headers, is_archived)
            select nextval('tracker.mt_events_sequence'), gen_random_uuid(), $1 || '/sources/endorsed', 1, '{"headline":"They met","by":"Alfa Daily"}', 'source_endorsed', l.recorded_at, '*DEFAULT*',
                'Tracker.Sources.SourceEndorsed, Tracker', 'p-newer', '{"position":5,"last":true}', false
            from tracker.agenda_line l where agenda = $1
            """, newer.Slug);
        if (inTables) batch.Add($"insert into {KnownTables.Recordings} (agenda, position, recorded_at, principal) select agenda, position, recorded_at, 'p-newer' from tracker.agenda_line where agenda = $1", newer.Slug);
        batch.Add("select pg_notify($1, $2)", KnownTablesWriter.Channel, $"{newer.Slug}:5");
        await batch.ExecuteNonQueryAsync();
    }
}
