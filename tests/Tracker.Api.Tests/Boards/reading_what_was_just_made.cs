using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

/// <summary>What a command was answered to be at an address is there.</summary>
public sealed class reading_what_was_just_made(PostgresUnderTest postgres)
{
    [Fact]
    public async Task finds_it_at_its_address_and_on_its_page()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();

        string[] made =
        [
            await MakeAsync("sources", Given.Source("paper")),
            await MakeAsync("commitments", Given.Commitment("trip")),
            await MakeAsync("commitments/visit/clauses", Given.Clause()),
            await MakeAsync("commitments/visit/searches", Given.Search()),
            await MakeAsync("activities", Given.Activity("call")),
            await MakeAsync("commitments/visit/evidence", Given.Evidence("e-1")),
            await MakeAsync("milestones", new { slug = "woodside", name = "Woodside", date = "2023-11-15" }),
            await MakeAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = new[] { "html" }, deliver = Array.Empty<object>() }),
        ];
        await ledger.RecordAsync("corrections", new { parties = new[] { new { code = "CC", name = "Another" } }, reason = "It joined." });
        string[] read =
        [
            .. made, $"/{ledger.Path}/sources/paper", $"/{ledger.Path}/commitments/trip", $"/{ledger.Path}/activities/call",
            .. new[] { "sources/paper", "commitments/trip", "activities/call", "evidence/e-1" }.Select(x => $"/api/v1/{ledger.Path}/{x}/history"),
            .. new[] { "board", "matrix", "timeline", "divergence", "commitments", "activities", "sources/readout" }.Select(x => $"/api/v1/{ledger.Path}/{x}?since=woodside"),
            $"/api/v1/{ledger.Path}/badge.svg?commitment=trip", $"/{ledger.Path}?since=woodside", $"/{ledger.Path}?compare=woodside",
            $"/{ledger.Path}/parties/CC", $"/{ledger.Path}/commitments/visit?party=CC", $"/{ledger.Path}?party=CC", $"/{ledger.Path}/matrix?commitment=trip",
        ];
        foreach (var address in read)
            (await tracker.Owner.GetAsync(address, ("Accept", address.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html"))).Should(200);

        async Task<string> MakeAsync(string to, object command) =>
            (await ledger.RecordAsync(to, command)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task says_at_once_of_what_never_was_that_there_is_no_such_thing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();

        foreach (var what in (string[])["sources/none", "commitments/none", "commitments/visit/clauses/9", "commitments/visit/searches/none", "activities/none", "evidence/none", "milestones/none", "reports/none", "schedules/none", "sources/none/history"])
            (await ledger.GetAsync(what)).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task is_not_for_what_was_known_before_it_was_made()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.GetAsync("sources/readout?knownAt=1")).ShouldRefuse(404, "not-found");
    }
}
