namespace Tracker.Api.Tests.Harness;

/// <summary>An agenda to which anything may happen: its commands are drawn from numbers, corrections and withdrawals among them.</summary>
public sealed class RandomHistory
{
    private static readonly string[] Depths = ["words", "contact", "mechanism", "measure", "delivered"];
    private static readonly string[] Directions = ["advances", "reaffirms", "undercuts"];
    private static readonly string[] Dates = ["2022-11-14", "2022-11-15", "2022-12", "2022-12-12/2022-12-16", "2022-12-31/2023-01-01", "2023-01-31", "2022"];

    private readonly Client _ana, _rui;

    private RandomHistory(Ledger ledger, Client ana, Client rui) => (Ledger, _ana, _rui) = (ledger, ana, rui);

    public Ledger Ledger { get; }

    /// <summary>With what the commands are about: three commitments and three activities beside the talks.</summary>
    public static async Task<RandomHistory> BeginAsync(Ledger ledger)
    {
        await ledger.WithTalksAsync();
        for (var i = 0; i < 3; i++)
        {
            await ledger.CommitmentAsync($"c-{i}", i == 1 ? "continuing" : "deliverable");
            await ledger.RecordAsync("activities", Given.Activity($"a-{i}"));
        }

        return new RandomHistory(ledger, await ledger.CoderAsync(), await ledger.ReviewerAsync());
    }

    /// <summary>One command or another: whether it was recorded. Most of what a history leaves possible is done, and the rest refused.</summary>
    public async Task<bool> StepAsync(int step)
    {
        var (what, x, y) = (step % 16, step / 16 % 3, step / 48 % 8);
        var reason = new { reason = "So." };
        var (to, command, who) = (what switch
        {
            0 or 1 or 2 => ($"commitments/c-{x}/evidence", Given.Evidence($"e-{y}", $"a-{step / 400 % 3}", Depths[step / 1200 % 5], Directions[step / 6000 % 3]), _ana),
            3 or 4 or 5 => ($"evidence/e-{y}/review", Given.Review(step / 400 % 4 == 0 ? "reject" : "accept"), _rui),
            6 => ($"evidence/e-{y}/recoding", new { depth = Depths[step / 400 % 5], reason = "So." }, _rui),
            7 => ($"evidence/e-{y}/retraction", reason, _rui),
            8 or 9 => ($"activities/a-{x}/corrections", new { occurred = Dates[step / 400 % Dates.Length], reason = "So." }, _ana),
            10 => ($"activities/a-{x}/corrections", new { participants = new[] { new { party = step / 400 % 2 == 0 ? "AA" : "BB", name = "An envoy" } }, reason = "So." }, _ana),
            11 => y == 0 ? ($"activities/a-{x}/withdrawal", reason, _ana) : ($"commitments/c-{x}/searches", Given.Search($"2022-12-{y + 10}"), _ana),
            12 => ($"commitments/c-{x}/corrections", new { madeOn = $"2022-11-{y + 12}", dueOn = y == 0 ? null : "2023-01", bar = Depths[step / 400 % 5], reason = "So." }, _ana),
            13 => y == 0 ? ($"commitments/c-{x}/withdrawal", reason, _ana) : ($"commitments/c-{x}/clauses", Given.Clause(), _ana),
            14 => ($"sources/readout/{(y == 0 ? "withdrawal" : "corrections")}", y == 0 ? reason : new { title = $"Readout {y}", reason = "So." }, _ana),
            _ => ("corrections", (object)new { codebook = new { bar = Depths[step / 400 % 5], staleAfterDays = 30 + y }, reason = "So." }, Ledger.Owner),
        });
        var reply = await who.PostAsync($"{Ledger.Path}/{to}", command);
        ((int)reply.Status).ShouldBeOneOf(200, 201, 202, 404, 409, 422);
        // What waits is accepted where it can be, and else waits on.
        if ((int)reply.Status == 202) ((int)(await Ledger.AcceptAsync(reply)).Status).ShouldBeOneOf(200, 409, 422);
        return (int)reply.Status < 300;
    }
}
