using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Agendas;

public sealed class previewing_a_codebook(PostgresUnderTest postgres)
{
    [Fact]
    public async Task tells_what_another_bar_would_move_and_changes_nothing()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.AcceptedAsync("e-1");

        var preview = (await ledger.GetAsync(last.Position, "codebook/preview?validAt=2022-12-31&bar=contact")).Should(200);

        preview.Json["changes"]!.AsArray().Select(x => $"{x!["commitment"]} {x["party"]}: {x["from"]} → {x["to"]}")
            .ShouldBe(["visit : dialogueOnly → concreteAction", "visit AA: dialogueOnly → concreteAction", "visit BB: dialogueOnly → concreteAction"]);
        ((int)preview.Json["summary"]!["withConcreteAction"]!, (int)preview.Json["wouldBe"]!["withConcreteAction"]!).ShouldBe((0, 1));
        ((string)preview.Json["codebook"]!["bar"]!).ShouldBe("contact");
        (await ledger.PositionAsync()).ShouldBe(last.Position);
        (await ledger.GetAsync("codebook/preview?validAt=2022-12-31")).Json["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("version=depth-ladder/9", 422, "unknown-codebook", "version")]
    [InlineData("bar=deep", 422, "bad-depth", "bar")]
    [InlineData("staleAfterDays=0", 422, "bad-stale-after-days", "staleAfterDays")]
    [InlineData("coverageDays=0", 422, "bad-coverage-days", "coverageDays")]
    [InlineData("coverageDays=36526", 422, "bad-coverage-days", "coverageDays")]
    [InlineData("coverageDays=soon", 400, "unreadable", "coverageDays")]
    public async Task is_refused_with_what_is_wrong(string query, int status, string code, string field) =>
        (await (await postgres.OpenAgendaAsync()).GetAsync($"codebook/preview?{query}")).ShouldRefuse(status, code, field);
}
