using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Faults.Tests.Harness;

namespace Tracker.Faults.Tests;

public sealed class losing_the_database(Stage stage)
{
    [Fact]
    public async Task comes_back_when_PostgreSQL_does()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(2, 5);

        scenario.Strike();
        for (var i = 0; i < times; i++)
        {
            await three.Postgres.StopAsync();
            await Task.Delay(Lasting.For(3, 15));
            await three.Postgres.StartAsync();
            if (i + 1 < times) await Task.Delay(TimeSpan.FromSeconds(3));
        }

        scenario.Over();
        scenario.Load.Writes.ShouldContain(x => x.Status == 503);
        await scenario.JudgeAsync($"PostgreSQL stopped at once and started, × {times}");
    }

    [Theory]
    [InlineData(DatabaseWire.Moment.AfterTheCommit, "the answer to COMMIT cut")]
    [InlineData(DatabaseWire.Moment.BeforeTheCommit, "the connection cut before COMMIT")]
    public async Task knows_what_came_of_a_commit_that_was_cut(DatabaseWire.Moment moment, string faults)
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var times = Lasting.Times(12, 120);

        scenario.Strike();
        for (var i = 0; i < times; i++) await three.Wires[i % 3].CutAt(moment).WaitAsync(TimeSpan.FromSeconds(30));
        scenario.Over();

        await scenario.JudgeAsync($"{faults}, × {times}");
    }

    [Fact]
    public async Task waits_for_a_connection_where_others_have_them_all()
    {
        var three = await stage.ThreeNodesAsync();
        await using var scenario = await Scenario.BeginAsync(stage, three);
        var (taken, refused, until) = (new List<NpgsqlConnection>(), 0, Clock.Now + Lasting.For(6, 20));

        scenario.Strike();
        for (var isFirst = true; Clock.Now < until;)
            try
            {
                taken.Add(await three.Postgres.OpenAsync());
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.TooManyConnections)
            {
                refused++;
                if (isFirst) await OwnPostgres.EndOthersAsync(taken[0]);
                else await Task.Delay(20);
                isFirst = false;
            }

        foreach (var connection in taken) await connection.DisposeAsync();
        scenario.Over();

        refused.ShouldBeGreaterThan(1);
        scenario.Load.Writes.ShouldContain(x => x.Status == 503);
        await scenario.JudgeAsync($"{taken.Count} of 120 connections taken by others, and the nodes' ended");
    }
}
