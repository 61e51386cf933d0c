using Npgsql;
using Tracker.Faults.Tests.Harness;
using Tracker.Hosting.Postgres;

namespace Tracker.Faults.Tests;

public sealed class filling_the_disk(Stage stage)
{
    [Fact]
    public async Task refuses_until_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A small file system is made by root, on Linux.");
        var place = await stage.NewFolderAsync("small");
        string[] small = ["-t", "tmpfs", "-o", "size=256m,mode=755", "tmpfs", place];
        var mounted = await ExternalProgram.RunAsync("mount", small, TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.SkipUnless(mounted.Well, $"No small file system can be made here: {mounted.LastWords}");
        try
        {
            await using var one = await stage.OneNodeAsync("full", place);
            await RefusesUntilThereIsRoomAsync(one, Path.Combine(place, "ballast"));
        }
        finally
        {
            await OwnPostgres.RunAsync("umount", place);
        }
    }

    private async Task RefusesUntilThereIsRoomAsync(Installation one, string ballast)
    {
        await using var scenario = await Scenario.BeginAsync(stage, one);
        // What is full is the place for tables. Of the write-ahead log there is a segment to go on with: a database that cannot write that
        // stops, and whoever runs it starts it again.
        await using (var connection = await one.Postgres.OpenAsync())
        await using (var next = new NpgsqlCommand("select pg_switch_wal()", connection)) await next.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));

        scenario.Strike(one.Nodes[0]);
        Fill(ballast);
        await Task.Delay(Lasting.For(8, 25));
        File.Delete(ballast);
        scenario.Over();

        scenario.Load.Writes.ShouldContain(x => x.Status == 503);
        await scenario.JudgeAsync($"the disk full for {Lasting.For(8, 25).TotalSeconds:0} s");
    }

    private static void Fill(string ballast)
    {
        var block = new byte[64 * 1_024];
        using var file = new FileStream(ballast, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
