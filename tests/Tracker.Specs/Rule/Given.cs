using System.Collections.Immutable;
using System.Globalization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

/// <summary>A commitment made at a baseline, 2022-11-14, by AA and BB, and what has been recorded on it since.</summary>
internal sealed record Given(Promise Promise)
{
    public const string TheBaseline = "2022-11-14";
    public const string TheDayAfter = "2022-11-15";

    public ImmutableArray<Finding> Findings { get; init; } = [];

    public ImmutableArray<DateOnly> Searches { get; init; } = [];

    public DateOnly Since { get; init; } = Day(TheBaseline);

    public Codebook Codebook { get; init; } = Codebook.Default;

    /// <summary>How far the record reaches; to whatever day is asked about, where nothing is said.</summary>
    public RecordCoverage Coverage { get; init; } = RecordCoverage.Unlimited;

    public static Given Deliverable =>
        new(new Promise("visit", CommitmentType.Deliverable, Day(TheBaseline), Bar: null, DueOn: null, ["AA", "BB"]));

    public static Given Continuing => Deliverable.Which(promise => promise with { Type = CommitmentType.Continuing });

    public static Given Restraint => Deliverable.Which(promise => promise with { Type = CommitmentType.Restraint });

    public Given Due(string on) => Which(promise => promise with { DueOn = FuzzyDate.Parse(on) });

    public Given MadeOn(string day) => Which(promise => promise with { MadeOn = Day(day) });

    public Given WithBar(Depth? bar) => Which(promise => promise with { Bar = bar });

    public Given Between(params string[] parties) => Which(promise => promise with { Parties = [.. parties] });

    public Given Which(Func<Promise, Promise> change) => this with { Promise = change(Promise) };

    public Given SeenSince(string day) => this with { Since = Day(day) };

    public Given UnderCodebook(Func<Codebook, Codebook> change) => this with { Codebook = change(Codebook) };

    /// <summary>Nothing is on record after a day.</summary>
    public Given RecordedThrough(string day) => this with { Coverage = RecordCoverage.Create(Day(TheBaseline), [Day(day)], []) };

    public Given SearchedThrough(params string[] days) => this with { Searches = [.. Searches, .. days.Select(Day)] };

    public Given Advances(Depth depth, string on, string by = "AA,BB", string? id = null) =>
        Add(Direction.Advances, depth, on, by, id);

    public Given Reaffirms(Depth depth, string on, string by = "AA,BB", string? id = null) =>
        Add(Direction.Reaffirms, depth, on, by, id);

    public Given Undercuts(Depth depth, string on, string by = "AA,BB", string? id = null) =>
        Add(Direction.Undercuts, depth, on, by, id);

    /// <summary>Changes the finding added last.</summary>
    public Given But(Func<Finding, Finding> change) =>
        this with { Findings = Findings.SetItem(Findings.Length - 1, change(Findings[^1])) };

    public Verdict? JudgedAt(DateOnly validAt) => DepthLadder.Judge(Promise, Findings, Searches, Since, validAt, Codebook, Coverage);

    public Course FollowedThrough(string day) => Course.Follow(Promise, Findings, Searches, Since, Day(day), Codebook, Coverage);

    public Verdict At(string validAt) => JudgedAt(Day(validAt)).ShouldNotBeNull();

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Given Add(Direction direction, Depth depth, string on, string by, string? id)
    {
        var date = FuzzyDate.Parse(on);
        var finding = new Finding(
            id ?? $"e{Findings.Length + 1}",
            date.Earliest,
            date.Latest,
            depth,
            direction,
            [.. by.Split(',')],
            EvidenceState.Accepted);
        return this with { Findings = [.. Findings, finding] };
    }
}
