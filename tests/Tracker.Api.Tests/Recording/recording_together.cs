using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Recording;

public sealed class recording_together(PostgresUnderTest postgres)
{
    private const int Many = 40;

    [Fact]
    public async Task gives_each_of_many_agendas_a_line_of_its_own()
    {
        var tracker = await postgres.SharedAsync();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tracker.OpenAgendaAsync()));

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x => ledgers[x % 8].Owner.PostAsync($"{ledgers[x % 8].Path}/sources", Given.Source($"s-{x}"))));

        foreach (var reply in replies) reply.Should(201);
        foreach (var ledger in ledgers)
        {
            var events = await ledger.EventsAsync();
            events.Select(x => x.Position).ShouldBe(Enumerable.Range(1, 1 + (Many / 8)).Select(x => (long)x));
            events.Select(x => x.At).ShouldBe(events.Select(x => x.At).Order().Distinct());
            events.ShouldAllBe(x => x.Last);
        }
    }

    [Fact]
    public async Task has_what_is_refused_leave_nothing_with_the_others()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source($"s-{x / 2}"))));

        replies.Count(x => (int)x.Status == 201).ShouldBe(Many / 2);
        foreach (var refused in replies.Where(x => (int)x.Status != 201)) refused.ShouldRefuse(409, "slug-taken");
        (await ledger.EventsAsync()).Select(x => x.Position).ShouldBe(Enumerable.Range(1, 1 + (Many / 2)).Select(x => (long)x));
    }

    [Fact]
    public async Task numbers_the_events_of_an_agenda_in_the_order_of_its_recordings()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        // Each goes on a stream that others of the group go on as well.
        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x => x % 2 == 0
            ? ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/corrections", new { criteria = $"Number {x}.", reason = "So it says." })
            : ledger.Owner.PostAsync($"{ledger.Path}/activities/talks/corrections", new { place = $"Room {x}", reason = "So it says." })));

        foreach (var reply in replies) reply.Should(200);
        // The store's own order is that in which a history is told.
        (await ledger.EventsAsync()).Select(x => x.Position).ShouldBe(Enumerable.Range(1, 4 + Many).Select(x => (long)x));
    }

    [Fact]
    public async Task holds_up_nobody_for_an_agenda_that_somebody_else_holds()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (held, free) = (await tracker.OpenAgendaAsync(), await tracker.OpenAgendaAsync());
        await using var database = Npgsql.NpgsqlDataSource.Create(tracker.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand($"select from {AgendaLine.TableName} where agenda = $1 for update", connection, transaction) { Parameters = { new() { Value = held.Slug } } })
            await hold.ExecuteNonQueryAsync();

        var waiting = held.Owner.PostAsync($"{held.Path}/sources", Given.Source("readout"));
        for (var i = 0; i < 20; i++) (await free.Owner.PostAsync($"{free.Path}/sources", Given.Source($"s-{i}"))).Should(201);
        waiting.IsCompleted.ShouldBeFalse();

        // Who waits too long is told so, and nothing of it is recorded afterwards.
        (await waiting).ShouldRefuse(503, "busy");
        await transaction.RollbackAsync();
        (await held.EventsAsync()).Count.ShouldBe(1);
        (await held.RecordAsync("sources", Given.Source("readout"))).Position.ShouldBe(2);
    }
}
