using Tracker.Agendas;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_evidence_that_does_not_count
{
    private const string Now = "2022-12-31";

    [Theory]
    [InlineData(EvidenceState.Proposed)]
    [InlineData(EvidenceState.Rejected)]
    [InlineData(EvidenceState.Retracted)]
    public void leaves_out_what_is_not_accepted(EvidenceState state) =>
        LeavesOut(given => given.But(finding => finding with { State = state }));

    [Theory]
    [InlineData(EvidenceState.Proposed)]
    [InlineData(EvidenceState.Accepted)]
    [InlineData(EvidenceState.Rejected)]
    [InlineData(EvidenceState.Retracted)]
    public void leaves_out_what_rests_on_a_withdrawn_activity(EvidenceState state) =>
        LeavesOut(given => given.But(finding => finding with { State = state, ActivityWithdrawn = true }));

    private static void LeavesOut(Func<Given, Given> discounting)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            foreach (var on in new[] { "2022-12-01", "2022-11", "2022-12/2023-01" })
            {
                var verdict = discounting(Given.Deliverable.SearchedThrough(Now).Advances(Depth.Delivered, on)
                    .But(finding => finding with { Direction = direction })).At(Now);

                verdict.Status.ShouldBe(CommitmentStatus.NoneFound);
                verdict.ConcreteSinceBaseline.ShouldBeFalse();
                verdict.Evidence.ShouldBe(new EvidenceCounts(0, 0, 0, 0, 0, 0));
                verdict.LatestActivityOn.ShouldBeNull();
                verdict.Because.Deepest.ShouldBeEmpty();
                verdict.Because.Straddling.ShouldBeEmpty();
                verdict.ByParty.Values.ShouldAllBe(party => party.Status == CommitmentStatus.NoneFound);
            }
        }
    }
}
