using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

/// <summary>The next part is of the list that the part before was of, or there is none, and it is said what differs.</summary>
public sealed class going_on_in_a_list(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("activities?limit=1", "sources?limit=1", "another list")]
    [InlineData("activities?limit=1&kind=meeting", "activities?limit=1&kind=call", "another 'kind'")]
    [InlineData("activities?limit=1&kind=meeting", "activities?limit=1", "another 'kind'")]
    [InlineData("activities?limit=1", "activities?limit=1&party=AA&q=talks", "another 'party' and 'q'")]
    [InlineData("activities?limit=1&validAt=2023-01-31", "activities?limit=1&validAt=2023-01-30", "another 'validAt'")]
    [InlineData("commitments?limit=1&validAt=2023-01-31", "commitments?limit=1&validAt=2023-01-30", "another 'validAt'")]
    [InlineData("commitments?limit=1", "commitments?limit=1&since=2022-12-01", "another 'since'")]
    [InlineData("commitments?limit=1&status=dialogueOnly", "commitments?limit=1&status=noneFound", "another 'status'")]
    [InlineData("commitments/c-0/history?limit=1", "commitments/c-1/history?limit=1", "another list")]
    [InlineData("commitments/c-0/history?limit=1", "history?limit=1", "another list")]
    [InlineData("activities?limit=1", "activities?limit=1&knownAt=4", "'knownAt' asks for another")]
    public async Task is_refused_in_another(string first, string other, string differs)
    {
        var ledger = await FilledAsync(postgres);
        var next = (string?)(await ledger.GetAsync(await ledger.PositionAsync(), first)).Should(200).Json["next"];
        next.ShouldNotBeNull();

        (await ledger.GetAsync($"{first}&after={next}")).Should(200);
        (await ledger.GetAsync($"{other}&after={next}")).ShouldRefuse(400, "unreadable", "after")["detail"].ShouldContain(differs);
    }

    [Fact]
    public async Task is_refused_in_another_agendas()
    {
        var (ledger, other) = (await FilledAsync(postgres), await FilledAsync(postgres));
        var next = (string?)(await ledger.GetAsync(await ledger.PositionAsync(), "activities?limit=1")).Should(200).Json["next"];

        (await other.GetAsync($"activities?limit=1&after={next}")).ShouldRefuse(400, "unreadable", "after")["detail"].ShouldContain("another agenda's list");
    }

    [Fact]
    public async Task takes_the_day_and_the_moment_with_it_and_a_limit_of_its_own()
    {
        var ledger = await FilledAsync(postgres);
        var first = (await ledger.GetAsync(await ledger.PositionAsync(), "activities?limit=1&validAt=2022-12-20")).Should(200);

        var rest = (await ledger.GetAsync($"activities?limit=100&after={first["next"]}")).Should(200);

        // The fourth had not happened by that day.
        rest.Json["items"]!.AsArray().Select(x => (string)x!["slug"]!).ShouldBe(["a-1", "a-2"]);
    }

    [Fact]
    public async Task stays_on_the_day_on_which_it_began_when_midnight_passes()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2022, 12, 31, 23, 59, 0, TimeSpan.Zero));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, clock);
        var ledger = await FilledAsync(await tracker.OpenAgendaAsync());
        var first = (await ledger.GetAsync(await ledger.PositionAsync(), "commitments?limit=1")).Should(200);
        first["validAt"].ShouldBe("2022-12-31");

        clock.Advance(TimeSpan.FromMinutes(2));

        (await ledger.GetAsync("commitments?limit=1")).Should(200)["validAt"].ShouldBe("2023-01-01");
        (await ledger.GetAsync($"commitments?limit=1&after={first["next"]}")).Should(200)["validAt"].ShouldBe("2022-12-31");
    }

    [Fact]
    public async Task takes_a_cursor_of_the_longest_name()
    {
        var ledger = await postgres.OpenAgendaAsync();
        foreach (var last in "ab") await ledger.SourceAsync(new string('n', 79) + last);
        const string Asked = "sources?limit=1&kind=readout&party=AA&q=readout&withdrawn=true&validAt=2023-01-31&since=2022-12-01";

        var first = (await ledger.GetAsync(await ledger.PositionAsync(), Asked)).Should(200);

        (await ledger.GetAsync($"{Asked}&after={first["next"]}")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<Ledger> FilledAsync(PostgresUnderTest postgres) => await FilledAsync(await postgres.OpenAgendaAsync());

    private static async Task<Ledger> FilledAsync(Ledger ledger)
    {
        await ledger.SourceAsync();
        await ledger.SourceAsync("second");
        for (var i = 0; i < 4; i++)
        {
            await ledger.RecordAsync("activities", Given.Activity($"a-{i.ToString(CultureInfo.InvariantCulture)}", i == 3 ? "2022-12-25" : "2022-12-11"));
            await ledger.CommitmentAsync($"c-{i.ToString(CultureInfo.InvariantCulture)}");
        }

        foreach (var commitment in (string[])["c-0", "c-1"])
        {
            await ledger.RecordAsync($"commitments/{commitment}/evidence", Given.Evidence($"e-{commitment}", "a-0"));
            (await (await ledger.ReviewerAsync()).PostAsync($"{ledger.Path}/evidence/e-{commitment}/review", Given.Review())).Should(200);
        }

        return ledger;
    }
}
