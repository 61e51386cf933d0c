using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tracker.Api.Tests.Boards.Changes;
using Tracker.Api.Tests.Harness;
using Tracker.Delivery;

namespace Tracker.Api.Tests.Delivery;

/// <summary>The outbox and its round, with a carrier that does what the test says.</summary>
public sealed class carrying_parcels(PostgresUnderTest postgres)
{
    [Fact]
    public async Task carries_what_is_put_once_however_often_it_is_put()
    {
        var carrier = new Scripted();
        await using var tracker = await StartAsync(carrier);

        await PutAsync(tracker, "anna", "1", "2");
        await PutAsync(tracker, "anna", "2", "1", "3");

        await Seen.SoonAsync(() => carrier.Delivered.Count == 3);
        await PutAsync(tracker, "anna", "1", "2", "3");
        await PutAsync(tracker, "bert", "1");
        await Seen.SoonAsync(() => carrier.Delivered.Count == 4);
        carrier.Delivered.ShouldBe(["anna 1", "anna 2", "anna 3", "bert 1"], ignoreOrder: true);
    }

    [Fact]
    public async Task keeps_the_order_of_each_destination_through_failures_and_holds_up_no_other()
    {
        var clock = telling_what_changed.At("2023-01-10");
        var carrier = new Scripted { InOrder = true, Answers = x => x is { Destination: "anna", Key: "1", Try: < 3 } ? Carried.TryAgain("Not now.", 503) : Carried.Delivered(200) };
        await using var tracker = await StartAsync(carrier, clock);

        await PutAsync(tracker, "anna", "1", "2", "3");
        await PutAsync(tracker, "bert", "1", "2");

        await Seen.SoonAsync(() => carrier.Delivered.Count == 2 && carrier.Tried.Contains("anna 1"));
        carrier.Delivered.ShouldBe(["bert 1", "bert 2"]);
        await Seen.SoonAsync(() => carrier.Delivered.Count == 5, clock, TimeSpan.FromSeconds(15), tracker);
        carrier.Tried.Where(x => x.StartsWith("anna", StringComparison.Ordinal)).ShouldBe(["anna 1", "anna 1", "anna 1", "anna 2", "anna 3"]);
        (await tracker.AskAsync<string>("select string_agg(a.n || ' ' || coalesce(a.error, 'well'), ', ' order by a.n) from tracker.delivery_attempt a join tracker.delivery d on d.id = a.delivery where destination = 'anna' and key = '1'"))
            .ShouldBe("1 Not now., 2 Not now., 3 well");
    }

    [Fact]
    public async Task is_not_held_up_by_a_recipient_that_takes_its_time()
    {
        var slow = new TaskCompletionSource();
        var carrier = new Scripted { InOrder = true, Waits = x => x.Destination == "anna" ? slow.Task : Task.CompletedTask };
        await using var tracker = await StartAsync(carrier);

        await PutAsync(tracker, "anna", "1", "2");
        await Seen.SoonAsync(() => carrier.Tried.Count == 1);
        await PutAsync(tracker, "bert", "1", "2", "3");

        await Seen.SoonAsync(() => carrier.Delivered.Count == 3);
        carrier.Delivered.ShouldBe(["bert 1", "bert 2", "bert 3"]);
        slow.SetResult();
        await Seen.SoonAsync(() => carrier.Delivered.Count == 5);
    }

    [Fact]
    public async Task gives_up_in_the_end_and_sends_again_only_on_purpose()
    {
        var clock = telling_what_changed.At("2023-01-10");
        var works = false;
        var carrier = new Scripted { Answers = _ => works ? Carried.Delivered(250) : Carried.TryAgain("Nobody there.") };
        await using var tracker = await StartAsync(carrier, clock);
        var ledger = await tracker.OpenAgendaAsync();
        await PutOfAsync(tracker, ledger.Slug, "anna", ["1"]);

        await Seen.SoonAsync(() => carrier.Tried.Count == Fate.MaxTries, clock, TimeSpan.FromHours(3), tracker);
        var publisher = await tracker.AsAsync("paula", Tracker.Recording.Role.Publisher, ledger.Slug);
        var dead = await DeadAsync(publisher, ledger);
        dead["error"]!.ToString().ShouldBe("Nobody there.");
        dead["attempts"]!.AsArray().Count.ShouldBe(Fate.MaxTries);
        clock.Advance(TimeSpan.FromDays(30));
        (await publisher.GetAsync($"{ledger.Path}/dead-letters/{dead["id"]}")).Should(200)["state"].ShouldBe("dead");

        works = true;
        (await publisher.PostAsync($"{ledger.Path}/dead-letters/{dead["id"]}/redelivery", "")).Should(200);
        await Seen.SoonAsync(() => carrier.Delivered.Count == 1);
        await Seen.SoonAsync(async () => (await publisher.GetAsync($"{ledger.Path}/dead-letters")).Should(200).Json["items"]!.AsArray().Count == 0);
        (await publisher.PostAsync($"{ledger.Path}/dead-letters/{dead["id"]}/redelivery", "")).ShouldRefuse(404, "not-found");
        carrier.Tried.Count.ShouldBe(Fate.MaxTries + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task takes_over_from_a_node_that_died_in_the_middle_and_repeats_only_what_may_be(bool mayRepeat)
    {
        var clock = telling_what_changed.At("2023-01-10");
        var carrier = new Scripted { MayRepeat = mayRepeat };
        await using var tracker = await StartAsync(carrier, clock);
        var ledger = await tracker.OpenAgendaAsync();
        // As a node leaves it that claimed it and was killed.
        await PutAsync(tracker, "nowhere", "x");
        await Seen.SoonAsync(() => carrier.Delivered.Count == 1);
        await tracker.AskAsync<long>("""
            with left_behind as (
                insert into tracker.delivery (id, number, agenda, channel, destination, key, kind, body, state, attempts, attempts_before, created_at, leased_until)
                values ('0186fb3c-5a80-7c1e-9d0b-6a3c4f1f8a01', nextval('tracker.delivery_number'), $1, 'test', 'anna', '1', 'k', 'b', 'sending', 1, 0, $2, $2 + interval '1 minute') returning number)
            select number from left_behind
            """, ledger.Slug, clock.GetUtcNow());
        carrier.Delivered.Count.ShouldBe(1, "it is another's for as long as an attempt may take");

        if (mayRepeat)
        {
            await Seen.SoonAsync(() => carrier.Delivered.Contains("anna 1"), clock, TimeSpan.FromSeconds(30));
            return;
        }

        var publisher = await tracker.AsAsync("paula", Tracker.Recording.Role.Publisher, ledger.Slug);
        await Seen.SoonAsync(async () => (await publisher.GetAsync($"{ledger.Path}/dead-letters")).Should(200).Json["items"]!.AsArray().Count == 1, clock, TimeSpan.FromSeconds(30));
        (await DeadAsync(publisher, ledger))["error"]!.ToString().ShouldBe("Uncertain whether it arrived. The node that sent it stopped in the middle.");
        carrier.Tried.ShouldNotContain("anna 1");
    }

    [Fact]
    public async Task does_not_wait_for_ever_for_an_attempt_to_end()
    {
        var clock = telling_what_changed.At("2023-01-10");
        var carrier = new Scripted { Waits = x => x.Try == 1 ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask };
        await using var tracker = await StartAsync(carrier, clock);
        await PutAsync(tracker, "anna", "1");
        await Seen.SoonAsync(() => carrier.Tried.Count == 1);

        await Seen.SoonAsync(() => carrier.Delivered.Count == 1, clock, TimeSpan.FromSeconds(20));
        (await tracker.AskAsync<string>("select error from tracker.delivery_attempt where n = 1")).ShouldBe("It did not end within 15 s.");
    }

    [Fact]
    public async Task is_shared_by_nodes_and_nothing_is_carried_twice()
    {
        var carrier = new Scripted { InOrder = true };
        await using var tracker = await StartAsync(carrier);
        await using var second = await tracker.AnotherNodeAsync(Fitted(carrier));
        string[] recipients = ["anna", "bert", "carl", "dora"];
        var keys = Enumerable.Range(1, 25).Select(x => $"{x:00}").ToArray();

        await Task.WhenAll(recipients.Select(x => PutAsync(tracker, x, keys)));

        await Seen.SoonAsync(() => carrier.Delivered.Count == 100);
        foreach (var recipient in recipients)
            carrier.Tried.Where(x => x.StartsWith(recipient, StringComparison.Ordinal)).ShouldBe(keys.Select(x => $"{recipient} {x}"));
    }

    private async Task<TrackerUnderTest> StartAsync(Scripted carrier, FakeTimeProvider? clock = null) =>
        await TrackerUnderTest.StartFittedAsync(postgres, Fitted(carrier, clock));

    private static Fittings Fitted(Scripted carrier, FakeTimeProvider? clock = null) =>
        new() { Clock = clock, Services = services => services.AddSingleton<ICarrier>(carrier) };

    private static Task PutAsync(TrackerUnderTest tracker, string destination, params string[] keys) => PutOfAsync(tracker, "agenda", destination, keys);

    private static async Task PutOfAsync(TrackerUnderTest tracker, string agenda, string destination, string[] keys)
    {
        var services = tracker.Node.Services;
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        services.GetRequiredService<Outbox>().Put(batch, keys.Select(x => new Parcel(agenda, Scripted.Test, destination, x, "statusChanged", "{}")));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> DeadAsync(Client publisher, Ledger ledger) =>
        (await publisher.GetAsync($"{ledger.Path}/dead-letters")).Should(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>A carrier that takes what it is given and says what it is told to.</summary>
    private sealed class Scripted : ICarrier
    {
        public const string Test = "test";

        public ConcurrentQueue<string> Tried { get; } = new();

        public ConcurrentQueue<string> Delivered { get; } = new();

        public Func<Parcel, Carried> Answers { get; init; } = _ => Carried.Delivered();

        public Func<Parcel, Task> Waits { get; init; } = _ => Task.CompletedTask;

        public string Channel => Test;

        public bool InOrder { get; init; }

        public bool MayRepeat { get; init; } = true;

        public int AtOnce => 8;

        public TimeSpan Patience => TimeSpan.FromSeconds(15);

        public async Task<Carried> CarryAsync(Parcel parcel, CancellationToken ct)
        {
            Tried.Enqueue($"{parcel.Destination} {parcel.Key}");
            await Waits(parcel).WaitAsync(ct);
            var carried = Answers(parcel);
            if (carried.Outcome is Outcome.Delivered) Delivered.Enqueue($"{parcel.Destination} {parcel.Key}");
            return carried;
        }
    }
}
