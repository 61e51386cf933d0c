using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Recording;

public sealed class losing_the_connection_at_the_commit(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_that_nothing_was_changed_where_the_commit_never_arrived()
    {
        await using var wire = new DatabaseWire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        var cut = wire.CutAt(DatabaseWire.Moment.BeforeTheCommit);
        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"))).ShouldRefuse(503, "unavailable");
        await cut;

        (await ledger.EventsAsync()).Count.ShouldBe(1);
        (await ledger.RecordAsync("sources", Given.Source("readout"))).Position.ShouldBe(2);
    }

    [Fact]
    public async Task answers_as_recorded_what_was_committed_although_nothing_came_back()
    {
        await using var wire = new DatabaseWire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        var cut = wire.CutAt(DatabaseWire.Moment.AfterTheCommit);
        (await ledger.RecordAsync("sources", Given.Source("readout"))).Position.ShouldBe(2);

        await cut;
        (await ledger.RecordAsync("sources", Given.Source("account"))).Position.ShouldBe(3);
        (await ledger.GetAsync("sources/readout")).Should(200);
    }

    [Fact]
    public async Task says_that_it_is_not_known_where_nobody_can_look()
    {
        await using var wire = new DatabaseWire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        var cut = wire.CutAt(DatabaseWire.Moment.AfterTheCommit, forGood: true);
        var reply = await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"), ("Idempotency-Key", "of-this"));
        reply.ShouldRefuse(503, "outcome-unknown");
        await cut;

        // It may have been recorded, and was: a repeat under its key is told so.
        wire.Mend();
        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"), ("Idempotency-Key", "of-this"))).Should(201).Position.ShouldBe(2);
    }

    private async Task<TrackerUnderTest> StartAsync(DatabaseWire wire) => await TrackerUnderTest.StartAsync(postgres, services =>
        services.AddSingleton(provider => new RecordingConnections(To(wire, provider.GetRequiredService<Tracker.Hosting.Database>().ConnectionString))));

    private static NpgsqlDataSource To(DatabaseWire wire, string connectionString) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(wire.To(connectionString)) { Timeout = 2 });
}
