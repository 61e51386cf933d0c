using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_any_history
{
    [Fact]
    public void agrees_with_the_table_read_literally() => Gen.Select(Any.History, Any.Day).Sample(
        (given, validAt) =>
        {
            var verdict = given.JudgedAt(validAt);
            if (given.Promise.Withdrawn || given.Promise.MadeOn > validAt)
            {
                verdict.ShouldBeNull();
                return;
            }

            var after = given.Since > given.Promise.MadeOn ? given.Since : given.Promise.MadeOn;
            var expected = TheTable.Read(given, validAt, after, given.Findings);

            verdict.ShouldNotBeNull();
            verdict.Status.ShouldBe(expected.Status);
            verdict.ConcreteSinceBaseline.ShouldBe(expected.Concrete);
            verdict.Flags.ShouldBe(TheTable.Flags(given, validAt, after, expected));
            verdict.FirstConcreteOn.ShouldBe(expected.A.Min(finding => (DateOnly?)finding.Earliest));
            verdict.LatestConcreteOn.ShouldBe(expected.A.Max(finding => (DateOnly?)finding.Latest));
            verdict.LatestActivityOn.ShouldBe(expected.W.Max(finding => (DateOnly?)finding.Latest));
            verdict.Evidence.ShouldBe(Counted(expected.W));
            Explains(verdict.Because, expected);

            if (given.Promise.Type == CommitmentType.Continuing)
            {
                var cutOff = TheTable.AsOf(given, validAt).AddDays(-given.Codebook.StaleAfterDays);
                var recentlyAfter = cutOff > after ? cutOff : after;
                verdict.Recently.ShouldBe(
                    new Recently(recentlyAfter, TheTable.Read(given, validAt, recentlyAfter, given.Findings).Status));
            }
            else
            {
                verdict.Recently.ShouldBeNull();
            }

            verdict.ByParty.Keys.ShouldBe(given.Promise.Parties.Order(StringComparer.Ordinal));
            foreach (var (code, party) in verdict.ByParty)
            {
                var ownEvidence = given.Findings.Where(finding => finding.Parties.Contains(code));
                var expectedOfParty = TheTable.Read(given, validAt, after, ownEvidence);
                party.Status.ShouldBe(expectedOfParty.Status);
                party.ConcreteSinceBaseline.ShouldBe(expectedOfParty.Concrete);
                Explains(party.Because, expectedOfParty);
            }

            void Explains(Because because, TheTable.Answer answer)
            {
                because.Rule.ShouldBe(given.Codebook.Version);
                because.Row.ShouldBe(answer.Status);
                because.Bar.ShouldBe(given.Promise.Bar ?? given.Codebook.Bar);
                (because.After, because.Through).ShouldBe((after, validAt));
                because.Concrete.ShouldBe(answer.ConcreteIds);
                because.Undercutting.ShouldBe(answer.UndercuttingIds);
                because.Deepest.ShouldBe(answer.DeepestIds);
                because.Straddling.ShouldBe(answer.StraddlingIds);
                because.LastSearchedThrough.ShouldBe(answer.LastSearch);
            }
        },
        iter: Any.Histories);

    [Fact]
    public void reaches_every_status_of_the_whole_of_each_party_and_lately()
    {
        var (whole, byParty, lately) = (Seen(), Seen(), Seen());

        Gen.Select(Any.History, Any.Day).Sample(
            (given, validAt) =>
            {
                if (given.JudgedAt(validAt) is not { } verdict)
                    return;
                whole[verdict.Status] = true;
                foreach (var party in verdict.ByParty.Values)
                    byParty[party.Status] = true;
                if (verdict.Recently is { } recently)
                    lately[recently.Status] = true;
            },
            iter: Any.Histories);

        var every = Enum.GetValues<CommitmentStatus>();
        whole.Keys.Order().ShouldBe(every);
        byParty.Keys.Order().ShouldBe(every);
        // Nothing continuing is ever delivered.
        lately.Keys.Order().ShouldBe(every.Except([CommitmentStatus.Reversed, CommitmentStatus.Delivered]));

        static ConcurrentDictionary<CommitmentStatus, bool> Seen() => new();
    }

    [Fact]
    public void is_no_less_concrete_for_more_that_advances() => Gen.Select(Any.History, Any.Finding, Any.Day).Sample(
        (given, finding, validAt) =>
        {
            var more = given with
            {
                Findings = given.Findings.Add(finding with { Id = "added", Direction = Direction.Advances }),
            };

            if (given.JudgedAt(validAt) is not { } before)
                return;
            var after = more.JudgedAt(validAt).ShouldNotBeNull();
            (before.ConcreteSinceBaseline && !after.ConcreteSinceBaseline).ShouldBeFalse();
            before.ByParty.Where(party => party.Value.ConcreteSinceBaseline)
                .ShouldAllBe(party => after.ByParty[party.Key].ConcreteSinceBaseline);
        },
        iter: Any.Histories);

    [Fact]
    public void is_no_less_concrete_on_a_later_day() => Gen.Select(Any.History, Any.Day, Gen.Int[0, 5]).Sample(
        (given, validAt, days) =>
        {
            if (given.JudgedAt(validAt) is { ConcreteSinceBaseline: true })
                given.JudgedAt(validAt.AddDays(days))!.ConcreteSinceBaseline.ShouldBeTrue();
        },
        iter: Any.Histories);

    [Fact]
    public void is_concrete_as_a_whole_where_it_is_for_any_party() => Gen.Select(Any.History, Any.Day).Sample(
        (given, validAt) =>
        {
            if (given.JudgedAt(validAt) is { ConcreteSinceBaseline: false } verdict)
                verdict.ByParty.Values.ShouldAllBe(party => !party.ConcreteSinceBaseline);
        },
        iter: Any.Histories);

    [Fact]
    public void says_the_same_in_whatever_order_it_is_told() => Gen.Select(Any.History, Any.Day, Gen.Int).Sample(
        (given, validAt, seed) =>
        {
            var (findings, searches) = (given.Findings.ToArray(), given.Searches.ToArray());
            var random = new Random(seed);
            random.Shuffle(findings);
            random.Shuffle(searches);
            var shuffled = given with { Findings = [.. findings], Searches = [.. searches] };

            Told(shuffled.JudgedAt(validAt)).ShouldBe(Told(given.JudgedAt(validAt)));
        },
        iter: Any.Histories);

    [Fact]
    public void is_moved_by_nothing_outside_the_window() => Gen.Select(Any.History, Any.Finding, Any.Day).Sample(
        (given, finding, validAt) =>
        {
            if (given.JudgedAt(validAt) is not { } before)
                return;
            if (finding.Earliest > before.Because.After && finding.Latest <= validAt)
                return;

            var more = given with { Findings = given.Findings.Add(finding with { Id = "added" }) };
            var after = more.JudgedAt(validAt).ShouldNotBeNull();

            Told(Unexplained(after)).ShouldBe(Told(Unexplained(before)));
        },
        iter: Any.Histories);

    [Fact]
    public void is_moved_by_nothing_that_does_not_count() => Gen.Select(Any.History, Any.Finding, Any.Day).Sample(
        (given, finding, validAt) =>
        {
            if (finding is { State: EvidenceState.Accepted, ActivityWithdrawn: false } or { State: EvidenceState.Proposed })
                return;

            var more = given with { Findings = given.Findings.Add(finding with { Id = "added" }) };

            Told(more.JudgedAt(validAt)).ShouldBe(Told(given.JudgedAt(validAt)));
        },
        iter: Any.Histories);

    [Fact]
    public void rates_nothing_before_the_day_asked_since() => Gen.Select(Any.History, Any.Day).Sample(
        (given, validAt) =>
        {
            if (validAt < given.Since && given.JudgedAt(validAt) is { } verdict)
            {
                verdict.Status.ShouldBe(CommitmentStatus.NotYetRated);
                verdict.Recently?.Status.ShouldBe(CommitmentStatus.NotYetRated);
                verdict.ByParty.Values.ShouldAllBe(party => party.Status == CommitmentStatus.NotYetRated);
            }
        },
        iter: Any.Histories);

    // Records compare their lists by reference; their text does not.
    private static string Told(Verdict? verdict) => JsonSerializer.Serialize(verdict);

    // What is outside may be pending, or straddle an edge; it changes nothing else.
    private static Verdict Unexplained(Verdict verdict) => verdict with
    {
        Flags = verdict.Flags with { PendingReview = 0 },
        Because = verdict.Because with { Straddling = [] },
        ByParty = verdict.ByParty.ToImmutableSortedDictionary(
            party => party.Key,
            party => party.Value with { Because = party.Value.Because with { Straddling = [] } },
            StringComparer.Ordinal),
    };

    private static EvidenceCounts Counted(IReadOnlyList<Finding> w)
    {
        int Of(Depth depth) => w.Count(finding => finding.Direction != Direction.Undercuts && finding.Depth == depth);

        return new EvidenceCounts(
            Of(Depth.Words),
            Of(Depth.Contact),
            Of(Depth.Mechanism),
            Of(Depth.Measure),
            Of(Depth.Delivered),
            w.Count(finding => finding.Direction == Direction.Undercuts));
    }
}
