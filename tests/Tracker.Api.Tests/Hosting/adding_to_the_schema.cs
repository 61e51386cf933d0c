using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Hosting;

/// <summary>
/// A start only adds to what it finds: a newer program may have made what this one does not know, and serve beside it. Who only
/// reads does not even that.
/// </summary>
public sealed class adding_to_the_schema(PostgresUnderTest postgres)
{
    /// <summary>Everything there is in the schema: columns, indexes, and the keys and checks of tables.</summary>
    private const string All = """
        select string_agg(x, E'\n' order by x) from (
            select table_name || '.' || column_name || ' ' || data_type x from information_schema.columns where table_schema = 'tracker'
            union all select indexname || ' ' || indexdef from pg_indexes where schemaname = 'tracker'
            union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'tracker'::regnamespace
            union all select oid::regprocedure::text from pg_proc where pronamespace = 'tracker'::regnamespace) a
        """;

    [Fact]
    public async Task leaves_what_it_does_not_know_in_every_table_with_what_it_holds()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var tables = await tracker.AskAsync<string[]>("select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'tracker'");
        tables.Length.ShouldBeGreaterThan(35);
        tables.ShouldContain("wolverine_nodes");
        tables.ShouldContain("mt_events");
        (string? with, Dictionary<string, string> rows) = (null, []);
        await tracker.RestartAsync(async () =>
        {
            await ExtendAsync(tracker.ConnectionString, tables);
            foreach (var table in tables) rows.Add(table, await AskAsync(tracker.ConnectionString, Filled(table)));
            with = await AskAsync(tracker.ConnectionString, All);
            var board = await TheProgram.RunOnAsync(tracker.ConnectionString, "board", ledger.Slug);
            board.ExitCode.ShouldBe(0, board.Errors);
            (await AskAsync(tracker.ConnectionString, All)).ShouldBe(with);
        });

        (await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"))).Position.ShouldBe(5);
        (await ledger.GetAsync(5, "board")).Should(200).Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(1);
        var applied = await TheProgram.RunOnAsync(tracker.ConnectionString, "db-apply");
        applied.ExitCode.ShouldBe(0, applied.Errors);
        (await tracker.AskAsync<string>(All)).ShouldBe(with);
        rows["mt_events"].ShouldNotBe("0");
        // Nodes come and go, with their rows.
        foreach (var table in tables.Where(x => !x.StartsWith("wolverine_", StringComparison.Ordinal))) (await tracker.AskAsync<string>(Filled(table))).ShouldBe(rows[table], table);
        (await tracker.AskAsync<int>("select x from tracker.of_a_newer_program")).ShouldBe(1);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task gives_an_older_one_what_it_lacks()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var whole = await tracker.AskAsync<string>(All);
        await tracker.RestartAsync(async () =>
        {
            await AskAsync(tracker.ConnectionString, "alter table tracker.agenda_line drop column rebuilt");
            await AskAsync(tracker.ConnectionString, "drop index tracker.ix_repeated_command_recorded_at");
            await AskAsync(tracker.ConnectionString, "alter table tracker.wolverine_nodes drop column capabilities");
            await AskAsync(tracker.ConnectionString, "drop table tracker.principal");
        });

        (await tracker.AskAsync<string>(All)).ShouldBe(whole);
        (await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"))).Position.ShouldBe(5);
    }

    [Fact]
    public async Task is_not_for_whoever_only_reads()
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        var file = Path.GetTempFileName();
        try
        {
            foreach (var words in (string[][])[["board", "us-china-bali"], ["export", "us-china-bali"], ["report", "us-china-bali"], ["keys", "list"]])
            {
                var refused = await TheProgram.RunOnAsync(database, words);
                (refused.ExitCode, refused.Output).ShouldBe((1, ""), refused.Errors);
                refused.Errors.ShouldContain("lacks tables of this version");
                (await AskAsync(database, "select count(*)::text from pg_namespace where nspname = 'tracker'")).ShouldBe("0");
            }

            // One that records makes it ready.
            await File.WriteAllTextAsync(file + ".json", Bundles.Of("by-hand", 2).ToJsonString());
            var imported = await TheProgram.RunOnAsync(database, "import", file + ".json");
            imported.ExitCode.ShouldBe(0, imported.Errors);
            (await TheProgram.RunOnAsync(database, "board", "by-hand", "--format", "json")).Output.ShouldContain("\"position\": 1");
            (await AskAsync(database, "select count(*)::text from tracker.wolverine_nodes")).ShouldBe("0");
            (await AskAsync(database, $"select last_value::text || is_called from tracker.wolverine_nodes_node_number_seq")).ShouldBe("1false", "no node of Wolverine's was ever begun");
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".json");
        }
    }

    [Fact]
    public async Task makes_the_columns_of_Martens_that_our_statements_name()
    {
        var database = await postgres.NewDatabaseAsync();

        foreach (var (column, type) in MartenTables.Columns)
            (await AskAsync(database, $"select data_type from information_schema.columns where table_schema || '.' || table_name = '{MartenTables.Events}' and column_name = '{column}'")).ShouldBe(type, column);
    }

    /// <summary>How many rows of a table hold what a newer program put there.</summary>
    private static string Filled(string table) => $"select count(*)::text from tracker.{table} where of_a_newer_program = 7";

    /// <summary>What a newer program may have made: a column with a value, an index and a check in each table, and a table.</summary>
    private static async Task ExtendAsync(string database, string[] tables)
    {
        foreach (var table in tables)
        {
            await AskAsync(database, $"alter table tracker.{table} add column of_a_newer_program int default 7 check (of_a_newer_program > 0)");
            // What was there holds it, and what comes does not.
            await AskAsync(database, $"alter table tracker.{table} alter column of_a_newer_program drop default");
            await AskAsync(database, $"create index ix_{table}_of_a_newer_program on tracker.{table} (of_a_newer_program)");
        }

        await AskAsync(database, "create table tracker.of_a_newer_program as select 1 x");
    }

    private static async Task<string> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }
}
