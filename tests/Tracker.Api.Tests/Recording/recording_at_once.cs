using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Recording;

public sealed class recording_at_once(PostgresUnderTest postgres)
{
    private const int Many = 32;

    [Fact]
    public async Task stores_all_that_come_for_one_commitment()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x =>
            ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search().With("note", $"\"{x}\""))));

        foreach (var reply in replies) reply.Should(201);
        await ShouldBeOneLineAsync(ledger, 4 + Many);
        replies.Select(x => x.Position).Order().ShouldBe(Enumerable.Range(5, Many).Select(x => (long)x));
        var commitment = (await ledger.GetAsync(4 + Many, "commitments/visit")).Should(200);
        commitment.Json["searches"]!.AsArray().Count.ShouldBe(Many);
        Owed.VersionOf(commitment).ShouldBe(1 + Many);
    }

    [Fact]
    public async Task stores_all_that_come_for_one_agenda()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x => (x % 3) switch
        {
            0 => ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity($"act-{x}")),
            1 => ledger.Owner.PostAsync($"{ledger.Path}/commitments", Given.Commitment($"c-{x}")),
            _ => ledger.Owner.PostAsync($"{ledger.Path}/milestones", new { slug = $"m-{x}", name = "M", date = "2023-01-01" }),
        }));

        foreach (var reply in replies) reply.Should(201);
        await ShouldBeOneLineAsync(ledger, 2 + Many);
    }

    /// <summary>As many agendas as would share a lock if locks were fewer than agendas.</summary>
    [Fact]
    public async Task never_waits_for_what_is_recorded_on_another_agenda()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var recorder = ledger.Tracker.Node.Services.GetRequiredService<Recorder>();
        var goOn = new TaskCompletionSource<Decided>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var held = RecordAsync(ledger.Slug, goOn.Task, isLong: true);

        for (var i = 0; i < 1_000; i++)
            (await RecordAsync(string.Create(CultureInfo.InvariantCulture, $"none-{i}"), Task.FromResult(Decided.Nothing), isLong: i % 2 == 0)).Refusal!.Status.ShouldBe(404);
        held.IsCompleted.ShouldBeFalse();

        goOn.SetResult(Decided.Nothing);
        (await held).Refusal.ShouldBeNull();

        Task<(Answer?, Refusal? Refusal)> RecordAsync(string agenda, Task<Decided> decision, bool isLong) => recorder.RecordAsync(new Attempt(
            agenda, Opens: false, new Caller("p-of-anyone", [new Grant(Role.Owner, null)]), [], async (_, _) => await decision,
            StreamKey.ForAgenda(agenda), recorded => new Answer(200, "", null, recorded.Position, []))
        { IsLong = isLong }, patience.Token);
    }

    [Fact]
    public async Task keeps_one_line_over_several_nodes()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await using var other = await tracker.AnotherNodeAsync();
        Client[] clients = [tracker.Owner, other.With(Node.OwnerKey)];

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(x =>
            clients[x % 2].PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search())));

        foreach (var reply in replies) reply.Should(201);
        await ShouldBeOneLineAsync(ledger, 4 + Many);
        foreach (var node in (Client[])[tracker.Public, other.With(null)])
            (await node.GetAsync(4 + Many, $"{ledger.Path}/commitments/visit")).Should(200).Json["searches"]!.AsArray().Count.ShouldBe(Many);
    }

    [Fact]
    public async Task gives_a_name_to_one()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source())));

        replies.Count(x => (int)x.Status == 201).ShouldBe(1);
        foreach (var reply in replies.Where(x => (int)x.Status != 201)) reply.ShouldRefuse(409, "slug-taken");
        await ShouldBeOneLineAsync(ledger, 2);
    }

    [Fact]
    public async Task gives_the_name_of_an_agenda_to_one()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();

        var replies = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => tracker.Owner.PostAsync("agendas", Given.Agenda(slug))));

        replies.Count(x => (int)x.Status == 201).ShouldBe(1);
        foreach (var reply in replies.Where(x => (int)x.Status != 201)) reply.ShouldRefuse(409, "slug-taken");
        await ShouldBeOneLineAsync(new Ledger(tracker, slug), 1);
    }

    /// <summary>Positions 1 to n without a gap, instants strictly later each time, and the store's order the same.</summary>
    private static async Task ShouldBeOneLineAsync(Ledger ledger, long last)
    {
        (await ledger.PositionAsync()).ShouldBe(last);
        var events = await ledger.EventsAsync();
        events.Select(x => x.Position).ShouldBe(events.Select(x => x.Position).Order(), "the store's order is the line's");
        var recordings = events.GroupBy(x => x.Position).Select(x => (Position: x.Key, At: x.Select(y => y.At).Distinct().ShouldHaveSingleItem())).ToArray();
        recordings.Select(x => x.Position).ShouldBe(Enumerable.Range(1, (int)last).Select(x => (long)x));
        foreach (var (before, after) in recordings.Zip(recordings.Skip(1))) after.At.ShouldBeGreaterThan(before.At);
        foreach (var stream in events.GroupBy(x => x.Stream))
            stream.Select(x => x.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(x => (long)x), stream.Key);
    }
}

public sealed class recording_by_a_clock_that_is_handed_in(PostgresUnderTest postgres)
{
    private static readonly DateTimeOffset Noon = new(2031, 5, 6, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task bears_its_instants_and_never_the_same_twice()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        clock.Advance(TimeSpan.FromHours(1));
        await ledger.CommitmentAsync();
        clock.AdjustTime(Noon - TimeSpan.FromDays(1));
        await ledger.ActivityAsync();

        var instants = (await ledger.EventsAsync()).Select(x => x.At - Noon).ToArray();

        instants.ShouldBe([TimeSpan.Zero, TimeSpan.FromMicroseconds(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromMicroseconds(1)]);
    }

    [Fact]
    public async Task bears_none_at_or_before_an_instant_that_was_answered_for()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await tracker.OpenAgendaAsync();
        clock.Advance(TimeSpan.FromHours(1));
        const string Asked = "?knownAt=2031-05-06T13:00:00Z";
        var before = (await ledger.GetAsync(Asked)).Should(200);
        clock.AdjustTime(Noon + TimeSpan.FromMinutes(30));
        var reply = await ledger.SourceAsync();

        (await ledger.EventsAsync())[^1].At.ShouldBe(Noon + TimeSpan.FromHours(1) + TimeSpan.FromMicroseconds(1));
        (await ledger.GetAsync(reply.Position, Asked)).Bytes.ShouldBe(before.Bytes);
    }

    [Fact]
    public async Task has_its_day_for_today()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.GetAsync(4, "board"))["validAt"].ShouldBe("2031-05-06");
        (await ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity("tomorrow", "2031-05-07"))).Should(201);
        (await ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity("later", "2031-05-08"))).ShouldRefuse(422, "bad-date", "occurred");
    }
}
