using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>Twelve commitments of twenty parties, each with concrete action by a few of them: 37 of 240 cells, and 12 of 12 commitments.</summary>
internal static class TwentyParties
{
    /// <summary>How many parties took concrete action on which commitment.</summary>
    private static readonly int[] Acting = [1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5];

    private static readonly DateOnly Since = new(2022, 11, 14);

    public static ImmutableArray<string> Codes { get; } = [.. Enumerable.Range(0, 20).Select(x => new string((char)('A' + x), 2))];

    public static Board Board(string validAt = "2023-01-31") => MaterialAt(DateOnly.Parse(validAt, null)).Judged();

    /// <summary>The same with the first party in no commitment but the first.</summary>
    public static Board BoardWithGaps()
    {
        var material = MaterialAt(new(2023, 1, 31));
        return (material with
        {
            Promises = [.. material.Promises.Select((x, i) => i == 0 ? x : (x.Promise with { Parties = x.Promise.Parties.Remove("AA") }, x.Title, x.Searches, x.Tags))],
        }).Judged();
    }

    public static BoardReader.Material MaterialAt(DateOnly validAt)
    {
        var agenda = new Agenda(
            "summit", "A summit", null, [.. Codes.Select(x => new Party(x, $"Party {x}"))], new Baseline("Rio", Since, null), Codebook.Default, [], []);
        var promises = Enumerable.Range(0, Acting.Length)
            .Select(j => (new Promise($"promise-{j:D2}", CommitmentType.Deliverable, Since, null, null, Codes), $"Promise {j}", new[] { new DateOnly(2023, 1, 31) }, Array.Empty<string>())).ToArray();
        var findings = Acting.Select((count, j) => (Slug: $"promise-{j:D2}", Finding: new Finding(
            $"e-{j:D2}", new(2022, 12, 12), new(2022, 12, 12), Depth.Measure, Direction.Advances,
            [.. Enumerable.Range(0, count).Select(k => Codes[((j * 7) + k) % Codes.Length])], EvidenceState.Accepted)));
        return new BoardReader.Material(
            new Moment("summit", 1, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), agenda, Since, validAt,
            RecordCoverage.Create(Since, [], [new(2023, 1, 31)]), promises, findings.ToDictionary(x => x.Slug, x => new List<Finding> { x.Finding }));
    }
}
