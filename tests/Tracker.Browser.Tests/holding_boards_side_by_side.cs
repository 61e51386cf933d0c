using Microsoft.Playwright;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>A board beside that of another day: all that differs is marked and said, also what only the other has.</summary>
public sealed class holding_boards_side_by_side(Chromium chromium, PostgresUnderTest postgres)
{
    [Fact]
    public async Task marks_the_latest_activity_and_what_was_seen_of_late()
    {
        var (tracker, ledger) = await RecordAsync();
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-06-10&compare=2022-12-20");
        (await WasAsync(visitor.Page, "steady", "Latest activity")).ShouldBe(["was: by 12 December 2022"]);
        (await WasAsync(visitor.Page, "steady", "Status")).ShouldBe(["was, in the 36 days to 20 December 2022: dialogue only"]);
        (await visitor.Page.Locator("#on-steady").GetAttributeAsync("class")).ShouldBe("differs");
        (await WasAsync(visitor.Page, "later", "Status")).ShouldBe(["was not on the board"]);
        (await visitor.Page.Locator("#on-quiet").GetAttributeAsync("class")).ShouldBeNullOrEmpty();

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2022-11-20");
        (await WasAsync(visitor.Page, "steady", "Latest activity")).ShouldBe(["was: none on record"]);

        // The day alone differs, and nothing that a board tells.
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2022-12-19");
        (await visitor.Page.Locator("tr.differs").CountAsync()).ShouldBe(0);
        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task tells_what_is_on_the_other_board_alone_and_why()
    {
        var (tracker, ledger) = await RecordAsync();
        await using var visitor = await chromium.VisitAsync(tracker);

        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2023-06-10");

        (await visitor.Page.Locator("#notices .other").InnerTextAsync()).ShouldContain("One commitment is only on that board; it is listed below.");
        (await visitor.Page.Locator("#only-then h3").InnerTextAsync()).ShouldBe("Only on the board of 10 June 2023");
        (await visitor.Page.Locator("#only-later").InnerTextAsync()).ShouldContain("Made on 1 June 2023, so not yet on the board of 20 December 2022.");
        (await visitor.Page.Locator("#only-later .status").InnerTextAsync()).ShouldBe("Not yet rated");
        // What was withdrawn is on no board that is known now, and as known before on both.
        (await visitor.Page.Locator("#only-then li").CountAsync()).ShouldBe(1);
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-06-10");
        (await visitor.Page.Locator("table.board tbody tr").EvaluateAllAsync<string[]>("x => x.map(y => y.id)")).ShouldBe(["on-later", "on-quiet", "on-steady"], ignoreOrder: true);
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2023-06-10&knownAt={await ledger.PositionAsync() - 1}");
        (await visitor.Page.Locator("#on-mistake").CountAsync()).ShouldBe(1);
        (await visitor.Page.Locator("#only-then li").EvaluateAllAsync<string[]>("x => x.map(y => y.id)")).ShouldBe(["only-later"]);
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2023-06-10");
        foreach (var look in (Look[])[Look.Desktop, Look.Dark, Look.Phone])
        {
            await visitor.LookWithAsync(look);
            await visitor.PictureAsync($"board-only-then-{look.Name}");
            await visitor.ShouldBeAccessibleAsync($"only then {look.Name}", coloursOnly: look == Look.Dark);
            await visitor.ShouldFitAsync($"only then {look.Name}");
        }

        // Narrowed, it tells of that kind only; and of a day after all were made, none is missed.
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2023-06-10&status=notYetRated");
        (await visitor.Page.Locator("#only-then li").EvaluateAllAsync<string[]>("x => x.map(y => y.id)")).ShouldBe(["only-later"]);
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2022-12-20&compare=2023-06-10&status=dialogueOnly");
        (await visitor.Page.Locator("#only-then").CountAsync()).ShouldBe(0);
        await visitor.OpenAsync($"/{ledger.Path}?validAt=2023-06-10&compare=9000-01-01");
        (await visitor.Page.Locator("#only-then").CountAsync()).ShouldBe(0);
        visitor.ShouldBeQuiet();
    }

    /// <summary>A commitment that is kept up for a while, one of which nothing is seen, one that was made later, and one that was none.</summary>
    private async Task<(TrackerUnderTest Tracker, Ledger Ledger)> RecordAsync()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.SourceAsync();
        await ledger.ActivityAsync();
        await ledger.ActivityAsync("call", "2023-02-10");
        await ledger.CommitmentAsync("steady", "continuing");
        await ledger.CommitmentAsync("mistake");
        await ledger.CommitmentAsync("quiet");
        await ledger.RecordAsync("commitments", Given.Commitment("later", madeOn: "2023-06-01"));
        await ledger.RecordAsync("coverage", new { through = "2023-06-10" });
        await ledger.AcceptedAsync("e-talks", commitment: "steady");
        await ledger.AcceptedAsync("e-call", "call", commitment: "steady");
        await ledger.AcceptedAsync("e-mistake", commitment: "mistake");
        await ledger.RecordAsync("commitments/mistake/withdrawal", new { reason = "It was none, but a wish." });
        return (tracker, ledger);
    }

    private static async Task<IReadOnlyList<string>> WasAsync(IPage page, string commitment, string column) =>
        await page.Locator($"#on-{commitment} td[data-label='{column}'] .was").AllInnerTextsAsync();
}
