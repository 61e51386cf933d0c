using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

/// <summary>The worked example of src/Tracker/Status/README.md: keep the two the same.</summary>
public sealed class the_visit_promised_in_Bali
{
    private static readonly Given Visit = Given.Deliverable.Between("CHN", "USA").Due("2023-02")
        .Advances(Depth.Contact, "2022-12-11/2022-12-12", by: "CHN,USA", id: "langfang-talks")
        .Undercuts(Depth.Mechanism, "2023-02-03", by: "USA", id: "visit-put-off")
        .Advances(Depth.Delivered, "2023-06-18/2023-06-19", by: "CHN,USA", id: "visit-took-place")
        .SearchedThrough("2022-11-30");

    [Theory]
    [InlineData("2022-11-14", CommitmentStatus.NotYetRated, false, false, CommitmentStatus.NotYetRated, CommitmentStatus.NotYetRated)]
    [InlineData("2022-11-29", CommitmentStatus.NotYetRated, false, false, CommitmentStatus.NotYetRated, CommitmentStatus.NotYetRated)]
    [InlineData("2022-11-30", CommitmentStatus.NoneFound, false, false, CommitmentStatus.NoneFound, CommitmentStatus.NoneFound)]
    [InlineData("2022-12-11", CommitmentStatus.NoneFound, false, false, CommitmentStatus.NoneFound, CommitmentStatus.NoneFound)]
    [InlineData("2022-12-12", CommitmentStatus.DialogueOnly, false, false, CommitmentStatus.DialogueOnly, CommitmentStatus.DialogueOnly)]
    [InlineData("2023-02-02", CommitmentStatus.DialogueOnly, false, false, CommitmentStatus.DialogueOnly, CommitmentStatus.DialogueOnly)]
    [InlineData("2023-02-03", CommitmentStatus.Undercut, false, false, CommitmentStatus.DialogueOnly, CommitmentStatus.Undercut)]
    [InlineData("2023-02-28", CommitmentStatus.Undercut, false, false, CommitmentStatus.DialogueOnly, CommitmentStatus.Undercut)]
    [InlineData("2023-03-01", CommitmentStatus.Undercut, true, false, CommitmentStatus.DialogueOnly, CommitmentStatus.Undercut)]
    [InlineData("2023-06-18", CommitmentStatus.Undercut, true, false, CommitmentStatus.DialogueOnly, CommitmentStatus.Undercut)]
    [InlineData("2023-06-19", CommitmentStatus.Delivered, false, true, CommitmentStatus.Delivered, CommitmentStatus.Delivered)]
    public void is_told_day_by_day(
        string validAt, CommitmentStatus status, bool overdue, bool late, CommitmentStatus china, CommitmentStatus unitedStates)
    {
        var verdict = Visit.At(validAt);

        verdict.Status.ShouldBe(status);
        verdict.ConcreteSinceBaseline.ShouldBe(status is CommitmentStatus.Delivered);
        verdict.Flags.ShouldBe(new Flags(overdue, late, Stale: false, PendingReview: 0));
        verdict.ByParty["CHN"].Status.ShouldBe(china);
        verdict.ByParty["USA"].Status.ShouldBe(unitedStates);
    }
}
