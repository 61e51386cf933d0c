using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tracker.Faults.Tests.Harness;
using Tracker.Hosting.Postgres;

namespace Tracker.Faults.Tests;

public sealed class hanging_up(Stage stage)
{
    private const string AtWork = "select count(*) from pg_stat_activity where application_name = 'pg_dump' and xact_start is not null";

    [Fact]
    public async Task leaves_each_command_whole_or_not_at_all()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(200, 2_000);

        scenario.Strike();
        await scenario.Load.HangUpAsync(times);
        scenario.Over();

        await scenario.JudgeAsync($"clients hang up in the middle of a command, × {times}");
    }

    [Fact]
    public async Task does_so_beside_a_long_dump()
    {
        var three = await stage.ThreeNodesAsync();
        var program = three.Postgres.Program("pg_dump");
        Assert.SkipWhen(program is null, "There is no pg_dump here.");
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(200, 2_000);
        using var dump = Dump(program, new NpgsqlConnectionStringBuilder(three.Postgres.ConnectionString));

        scenario.Strike();
        await scenario.Load.HangUpAsync(times);
        // Nobody has read what it writes: it is still at it, with its snapshot and its locks.
        await using (var connection = await three.Postgres.OpenAsync())
        await using (var look = new NpgsqlCommand(AtWork, connection))
            (await look.ExecuteScalarAsync()).ShouldBe(1L);
        scenario.Over();

        await scenario.JudgeAsync($"clients hang up beside a pg_dump, × {times}");
        (await dump.StandardOutput.ReadToEndAsync()).ShouldContain("PostgreSQL database dump complete");
        await dump.WaitForExitAsync();
        dump.ExitCode.ShouldBe(0);
    }

    private static Process Dump(string program, NpgsqlConnectionStringBuilder database)
    {
        var port = database.Port.ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["--host", database.Host!, "--port", port, "--username", database.Username!, database.Database!];
        var start = ExternalProgram.Describe(program, arguments, null);
        start.RedirectStandardOutput = true;
        start.Environment["PGPASSWORD"] = database.Password;
        return Process.Start(start)!;
    }
}
