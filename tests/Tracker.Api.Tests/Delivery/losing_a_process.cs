using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Reports.Schedules;

namespace Tracker.Api.Tests.Delivery;

/// <summary>The program itself, killed while it issues a report and while it sends it: each is issued once, and arrives once or somebody decides.</summary>
public sealed class losing_a_process(PostgresUnderTest postgres) : IAsyncDisposable
{
    private readonly MailSink _sink = MailSink.Start();
    private readonly List<Process> _started = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started) Kill(process);
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task issues_each_missed_report_once_and_sends_it_under_one_id()
    {
        await using var receiver = await Receiver.StartAsync();
        // Made two days ago, at an hour that is far from now: two of its instants were missed.
        var (now, clock) = (TimeProvider.System.GetUtcNow(), new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-2)));
        var cron = string.Create(CultureInfo.InvariantCulture, $"0 {(now.Hour + 12) % 24} * * *");
        string[] missed = [.. Timing.Of(cron, "UTC")!.AllAfter(clock.GetUtcNow()).TakeWhile(x => x < now).Select(x => ScheduledName.Of(x, "daily"))];
        missed.Length.ShouldBe(2);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock, Settings());
        var ledger = await tracker.OpenAgendaAsync();
        var webhook = (await ledger.Owner.PostAsync($"{ledger.Path}/webhooks", new { url = receiver.Url("hook"), events = new[] { "reportIssued" } })).Should(201)["id"];
        await ledger.RecordAsync("schedules", new { slug = "daily", cron, timeZone = "UTC", formats = Array.Empty<string>(), deliver = new object[] { new { email = "desk@example.org" }, new { webhook } } });

        await tracker.RestartAsync(async () =>
        {
            await KillWhileIssuingAsync(tracker, ledger);
            (await IssuedAsync(ledger)).ShouldBeEmpty();

            await KillWhileSendingAsync(tracker, receiver);
            (await IssuedAsync(ledger)).ShouldBe(missed);
            // The claims of whoever was killed lapse, as if their time had gone by.
            (await tracker.AskAsync<long>("with lapsed as (update tracker.delivery set leased_until = now() where state = 'sending' returning 1) select count(*) from lapsed")).ShouldBe(3);

            var third = Serve(tracker);
            await UntilAsync(async () => await CountAsync(tracker, "channel = 'webhook' and state = 'delivered'") == 2 && await CountAsync(tracker, "channel = 'email' and state = 'dead'") == 2, "it does not go on");
            Kill(third);
        });
        clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        ledger = new Ledger(tracker, ledger.Slug);

        (await IssuedAsync(ledger)).ShouldBe(missed);
        foreach (var name in missed) (await ledger.GetAsync($"reports/{name}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue();
        // The first was on its way when its sender was lost: it comes again, and can be told by its id.
        var received = receiver.At("hook");
        received.Select(x => x.Brief).ShouldBe([$"reportIssued {missed[0]}", $"reportIssued {missed[0]}", $"reportIssued {missed[1]}"]);
        received[1].Id.ShouldBe(received[0].Id);
        received[2].Id.ShouldNotBe(received[0].Id);
        // Of mail nobody knows whether it arrived: it is not sent twice, and is seen.
        _sink.Said.Count(x => x.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(2);
        (await CountAsync(tracker, "last_error = 'Uncertain whether it arrived. The node that sent it stopped in the middle.'")).ShouldBe(2);
        (await ledger.GetAsync("schedules/daily")).Json["failing"]!.GetValue<int>().ShouldBe(2);
    }

    private async Task KillWhileIssuingAsync(TrackerUnderTest tracker, Ledger ledger)
    {
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from tracker.agenda_line where agenda = $1 for update", connection, held) { Parameters = { new() { Value = ledger.Slug } } })
            await hold.ExecuteNonQueryAsync();

        var first = Serve(tracker);

        await UntilAsync(async () => await tracker.AskAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%agenda_line%'") >= 1, "it issues nothing");
        Kill(first);
        await held.RollbackAsync();
    }

    private async Task KillWhileSendingAsync(TrackerUnderTest tracker, Receiver receiver)
    {
        var held = new TaskCompletionSource<IResult>();
        receiver.Answers = _ => held.Task;
        _sink.SilentFor["desk@example.org"] = new();

        var second = Serve(tracker);

        await UntilAsync(() => Task.FromResult(receiver.All.Count == 1 && _sink.Said.Count(x => x.StartsWith("RCPT", StringComparison.Ordinal)) == 2), "it sends nothing");
        Kill(second);
        receiver.Answers = _ => Task.FromResult(Results.NoContent());
        held.SetResult(Results.NoContent());
    }

    private Process Serve(TrackerUnderTest tracker)
    {
        var process = TheProgram.Serve(tracker.ConnectionString, ["--urls", "http://127.0.0.1:0", $"--Tracker:OwnerKey={Node.OwnerKey}", "--Tracker:LoadSeeds=false", .. Settings()]);
        _started.Add(process);
        return process;
    }

    private string[] Settings() =>
        ["--Tracker:Webhooks:AllowInner=true", "--Tracker:Mail:Host=127.0.0.1", $"--Tracker:Mail:Port={_sink.Port}", "--Tracker:Mail:Security=none", "--Tracker:Mail:From=reports@tracker.example"];

    /// <summary>Without a word, as when the power goes.</summary>
    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private static async Task<string[]> IssuedAsync(Ledger ledger) => [.. (await ledger.EventsAsync()).Where(x => x.Type == "report_issued").Select(x => x.Stream.Split('/')[2])];

    private static Task<long> CountAsync(TrackerUnderTest tracker, string where) => tracker.AskAsync<long>($"select count(*) from tracker.delivery where {where}");

    private async Task UntilAsync(Func<Task<bool>> so, string otherwise)
    {
        for (var i = 0; i < 1_200; i++)
        {
            if (await so()) return;
            if (_started is [.., { HasExited: true, ExitCode: not 137 } ended]) Assert.Fail($"{otherwise}: the program ended with {ended.ExitCode}");
            await Task.Delay(50);
        }

        Assert.Fail(otherwise);
    }
}
