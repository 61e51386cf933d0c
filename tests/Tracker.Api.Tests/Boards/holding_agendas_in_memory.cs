using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards;

/// <summary>What is judged from memory is what the tables say, whatever was recorded, and whenever the agenda was read into memory.</summary>
public sealed class holding_agendas_in_memory(PostgresUnderTest postgres)
{
    private static readonly DateOnly[] Days = [new(2022, 11, 20), new(2022, 12, 31), new(2023, 6, 30)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task judges_as_the_tables_do_after_any_history() =>
        await Gen.Int[0, int.MaxValue].Array[30, 45].SampleAsync(async history =>
        {
            var random = await RandomHistory.BeginAsync(await postgres.OpenAgendaAsync(review: history[0] % 3 == 0 ? "none" : "second"));
            var ledger = random.Ledger;
            foreach (var step in history)
            {
                await random.StepAsync(step);
                // Read now and then, so that some is read at once and some is added.
                if (step % 5 == 0) (await ledger.GetAsync($"board?atLeast={await ledger.PositionAsync()}")).Should(200);
            }

            // A change that waits for a second person, and a text that was taken out.
            await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/activities/talks/corrections", new { occurred = "2022-12-13", reason = "Another day." });
            await SameAsync(ledger.Tracker.Node.Services, ledger);
            await ledger.RecordAsync("redactions", new { member = "title", reason = "They asked for it." });
            await SameAsync(ledger.Tracker.Node.Services, ledger);
        }, iter: 3, threads: 1);

    [Fact]
    public async Task reads_from_the_tables_what_is_larger_than_it_may_hold()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton(provider => new HeldAgendas(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<ReadTimeout>(),
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(HeldAgendas.Setting, (string?)"0")]).Build())));
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        await SameAsync(tracker.Node.Services, ledger);
        (await ledger.GetAsync($"board?validAt=2023-01-31&atLeast={await ledger.PositionAsync()}")).Should(200).Json["commitments"]![0]!["evidence"]!["contact"]!.GetValue<int>().ShouldBe(1);
    }

    /// <summary>
    /// How often the database is asked for what is read of an agenda that is held, beside how far the agenda reaches, which all who ask at a time share: not at
    /// all for what is judged, and once for things and lists, whose texts are not held. What tells of the past reads it; none of it grows with the agenda.
    /// </summary>
    [Fact]
    public async Task asks_for_nothing_that_it_holds()
    {
        (string Path, int Asks)[] reads =
        [
            ("board", 0), ("matrix", 0), ("matrix.csv", 0), ("timeline", 0), ("divergence", 0), ("badge.svg", 0), ("badge.svg?commitment=visit", 0), ("/board.png", 0),
            ("", 1), ("commitments", 1), ("commitments/visit", 1), ("activities", 1), ("activities/talks", 1), ("sources", 1), ("sources/readout", 1), ("reports", 1),
            ("evidence", 3), ("changes", 3), ("history", 4), ("commitments/visit/history", 4), ("calendar.ics", 5), ("feed.atom", 7),
            ("/", 1), ("/timeline", 0), ("/matrix", 0), ("/divergence", 2), ("/parties/AA", 2), ("/changes", 5), ("/commitments/visit", 6), ("/reports", 6), ("/activities/talks", 10), ("/sources/readout", 13),
        ];
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        var position = (await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"))).Position;
        await ledger.GetAsync($"changes?atLeast={position}");
        using var statements = new Statements();
        foreach (var (path, asks) in reads)
        {
            var whole = path.StartsWith('/') ? $"/{ledger.Path}{path}".TrimEnd('/') : $"{ledger.Path}/{path}".TrimEnd('/');
            // The first fills what is kept.
            (await tracker.Public.GetAsync(whole)).Should(200);
            (await tracker.Public.GetAsync(whole, Statements.Traced(out var trace))).Should(200);
            var asked = statements.OfRequest(trace);
            asked.Count.ShouldBeLessThanOrEqualTo(asks, $"{whole}\n{string.Join('\n', asked)}");
        }
    }

    /// <summary>A database that was put back to an earlier copy of itself goes on with another history under the same positions.</summary>
    [Fact]
    public async Task forgets_what_the_database_no_longer_holds()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync("none")).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/evidence", Given.Evidence("e-1"));
        var position = await ledger.PositionAsync();
        (await ledger.GetAsync($"board?atLeast={position}")).Should(200);

        await tracker.AskAsync<object?>($"update {KnownTables.Recordings} set recorded_at = recorded_at + interval '1 ms' where agenda = $1 and position = $2 returning null", ledger.Slug, position);
        await tracker.AskAsync<object?>($"update {KnownTables.Evidence.Name} set depth = 'measure' where agenda = $1 returning null", ledger.Slug);

        (await ledger.GetAsync("board?validAt=2023-01-31")).Should(200).Json["commitments"]![0]!["evidence"]!["measure"]!.GetValue<int>().ShouldBe(1);
    }

    /// <summary>At each position, on some days: the board judged from memory is the one judged from the tables, byte for byte.</summary>
    private static async Task SameAsync(IServiceProvider services, Ledger ledger)
    {
        var boards = services.GetRequiredService<BoardReader>();
        var last = await ledger.PositionAsync();
        (await ledger.GetAsync($"board?atLeast={last}")).Should(200);
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct);
        for (var position = 1L; position <= last; position++)
            foreach (var day in Days)
            {
                var read = new ReadAt(day, new KnownAt(position, null), position % 2 == 0 ? new Since(new DateOnly(2022, 12, 1), null) : null);
                var (board, _) = await boards.ReadAsync(ledger.Slug, read, Ct);
                var (material, _) = await BoardReader.GatherAsync(connection, new Moment(ledger.Slug, position, board!.KnownAt), day, read.Since, [], Ct);
                var fromTables = (material! with { AsKnownAt = position }).Judged();
                JsonSerializer.Serialize(board, WireJson.Options).ShouldBe(JsonSerializer.Serialize(fromTables, WireJson.Options), $"position {position}, {day:O}");
                foreach (var commitment in material.Promises.Select(x => x.Promise.Slug))
                {
                    var (one, _) = await boards.GatherAsync(ledger.Slug, read, commitment, Ct);
                    var (same, _) = await BoardReader.GatherAsync(connection, new Moment(ledger.Slug, position, board.KnownAt), day, read.Since, [commitment], Ct);
                    JsonSerializer.Serialize(one!.Judged(), WireJson.Options).ShouldBe(JsonSerializer.Serialize((same! with { AsKnownAt = position }).Judged(), WireJson.Options), $"{commitment}, position {position}, {day:O}");
                }
            }
    }
}
