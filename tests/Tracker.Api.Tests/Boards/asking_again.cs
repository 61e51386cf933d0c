using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards;

/// <summary>What was answered once is answered for ever, whatever is recorded, corrected and withdrawn in between.</summary>
public sealed class asking_again(PostgresUnderTest postgres)
{
    private static readonly string[] Asked =
    [
        "board?validAt=2022-11-14", "board?validAt=2022-12-12", "board?validAt=2023-01-31", "board?validAt=2023-06-30&since=2022-12-15",
        "commitments?validAt=2023-01-31&withdrawn=true", "commitments/c-1?validAt=2023-01-31", "activities", "sources?withdrawn=true", "evidence?state=accepted",
    ];

    [Fact]
    public async Task gives_the_same_bytes_after_any_history() =>
        await Gen.Int[0, int.MaxValue].Array[30, 45].SampleAsync(async history =>
        {
            var random = await RandomHistory.BeginAsync(await postgres.OpenAgendaAsync(review: history[0] % 3 == 0 ? "none" : "second"));
            var ledger = random.Ledger;
            var answers = new List<Answered>();
            await RememberAsync(ledger, answers, 0);
            foreach (var step in history)
            {
                if (await random.StepAsync(step)) await RememberAsync(ledger, answers, step / 7);
            }

            answers.Count.ShouldBeGreaterThan(5, "a history of refusals shows nothing");
            foreach (var given in answers)
                foreach (var at in (string[])[given.Position.ToString(CultureInfo.InvariantCulture), Client.Escape(given.KnownAt)])
                    (await ledger.GetAsync($"{given.What}{(given.What.Contains('?', StringComparison.Ordinal) ? '&' : '?')}knownAt={at}")).Bytes.ShouldBe(given.Bytes, $"{given.What} at {at}");
        }, iter: 4, threads: 1);

    [Fact]
    public async Task gives_the_same_bytes_while_thirty_two_write()
    {
        var ledger = await (await postgres.OpenAgendaAsync(review: "none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-0"));
        var answers = new ConcurrentBag<(string Asked, byte[] Bytes)>();
        using var done = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                var at = n % 2 == 0
                    ? Client.Escape(Instants.Text(TimeProvider.System.GetUtcNow()))
                    : Math.Max(4, await ledger.PositionAsync() - n % 5).ToString(CultureInfo.InvariantCulture);
                var asked = $"board?validAt=2023-01-31&knownAt={at}";
                var reply = await ledger.GetAsync(asked);
                if ((int)reply.Status == 503) continue;
                answers.Add((asked, reply.Should(200).Bytes));
            }
        })).ToArray();
        var writers = Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            var activity = $"a-{writer}";
            foreach (var (to, command) in new (string, object)[]
            {
                ("activities", Given.Activity(activity, "2022-12")), ("commitments/visit/evidence", Given.Evidence($"e-{writer + 1}", activity, writer % 2 == 0 ? "mechanism" : "measure")),
                ("activities/talks/corrections", new { occurred = $"2022-12-{writer % 28 + 1:00}", reason = "Another account." }),
                ($"evidence/e-{writer + 1}/recoding", new { direction = "undercuts", reason = "Read again." }),
                ($"activities/{activity}/withdrawal", new { reason = "It was not so." }),
            })
                (await ledger.Owner.PostAsync($"{ledger.Path}/{to}", command)).Status.ShouldBeOneOf(System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.Created);
        })).ToArray();
        await Task.WhenAll(writers);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        var last = await ledger.PositionAsync();
        (await ledger.GetAsync(last, "board")).Should(200);
        (await ledger.EventsAsync()).Select(x => x.Position).Distinct().Order().ShouldBe(Enumerable.Range(1, (int)last).Select(x => (long)x), "positions have no gaps");
        answers.Count.ShouldBeGreaterThan(8);
        answers.Select(x => System.Text.Encoding.UTF8.GetString(x.Bytes)).Distinct().Count().ShouldBeGreaterThan(2, "the record moved while it was read");
        foreach (var (asked, bytes) in answers) (await ledger.GetAsync(asked)).Bytes.ShouldBe(bytes, asked);
    }

    /// <summary>Asks for something as it is now, and remembers what was answered.</summary>
    private static async Task RememberAsync(Ledger ledger, List<Answered> answers, int choice)
    {
        var what = Asked[choice % Asked.Length];
        var reply = (await ledger.GetAsync(await ledger.PositionAsync(), what)).Should(200);
        answers.Add(new Answered(what, reply.Position, reply["knownAt"], reply.Bytes));
    }

    private sealed record Answered(string What, long Position, string KnownAt, byte[] Bytes);
}
