using Tracker.Agendas;
using Tracker.Status;
using static Tracker.Status.CommitmentStatus;

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
    [InlineData("2022-11-14", NotYetRated, false, false, NotYetRated, NotYetRated)]
    [InlineData("2022-11-29", NotYetRated, false, false, NotYetRated, NotYetRated)]
    [InlineData("2022-11-30", NoneFound, false, false, NoneFound, NoneFound)]
    [InlineData("2022-12-11", NoneFound, false, false, NoneFound, NoneFound)]
    [InlineData("2022-12-12", DialogueOnly, false, false, DialogueOnly, DialogueOnly)]
    [InlineData("2023-02-02", DialogueOnly, false, false, DialogueOnly, DialogueOnly)]
    [InlineData("2023-02-03", Undercut, false, false, DialogueOnly, Undercut)]
    [InlineData("2023-02-28", Undercut, false, false, DialogueOnly, Undercut)]
    [InlineData("2023-03-01", Undercut, true, false, DialogueOnly, Undercut)]
    [InlineData("2023-06-18", Undercut, true, false, DialogueOnly, Undercut)]
    [InlineData("2023-06-19", Delivered, false, true, Delivered, Delivered)]
    public void is_told_day_by_day(
        string validAt, CommitmentStatus status, bool overdue, bool late, CommitmentStatus china, CommitmentStatus unitedStates)
    {
        var verdict = Visit.At(validAt);

        verdict.Status.ShouldBe(status);
        verdict.ConcreteSinceBaseline.ShouldBe(status is Delivered);
        verdict.Flags.ShouldBe(new Flags(overdue, late, Stale: false, PendingReview: 0));
        verdict.ByParty["CHN"].Status.ShouldBe(china);
        verdict.ByParty["USA"].Status.ShouldBe(unitedStates);
    }
}
