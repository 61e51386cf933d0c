using Tracker.Boards.Changes;
using Tracker.Commitments;
using Tracker.Languages;

namespace Tracker.Specs.Boards;

/// <summary>A reason ends as a sentence does, once, wherever it is told.</summary>
public sealed class telling_a_reason
{
    private static readonly Found Withdrawn = new(ChangeKind.Withdrawn, "visit", new DateOnly(2023, 1, 31)) { Subject = ("activities", "talks") };
    private static readonly Named Talks = new("A visit", CommitmentType.Deliverable, null, "Talks");

    [Theory]
    [InlineData("It never took place", "It never took place.")]
    [InlineData("It never took place.", "It never took place.")]
    [InlineData("They say: “We never met.”", "They say: “We never met.”")]
    [InlineData("It was a call (see the readout.)", "It was a call (see the readout.)")]
    [InlineData("They call it “talks”", "They call it “talks”.")]
    public void ends_it_once_on_pages_and_in_changes(string reason, string told)
    {
        Language.English.WithdrawnBecause(reason).ShouldEndWith($" {told}");
        Told(reason).ShouldEndWith($": {told}");
    }

    [Fact]
    public void ends_it_in_a_report_of_the_first_template_as_it_was_issued()
    {
        var told = Speaking.SayIn(Report1Words.English, () => Told("They say: “We never met.”"));

        told.ShouldEndWith(": They say: “We never met.”.");
        Told("They say: “We never met.”").ShouldNotEndWith(".”.");
    }

    [Fact]
    public void ends_a_change_with_where_the_record_ended_but_where_it_tells_that_itself()
    {
        const string Moved = "Pay into the fund, overall: concrete action → not yet rated, effective 1 March 2024.";
        var end = new DateOnly(2024, 9, 30);

        ChangeText.Reaching(Moved, ChangeKind.StatusChanged, end).ShouldBe("Pay into the fund, overall: concrete action → not yet rated, effective 1 March 2024; the record then reached 30 September 2024.");
        ChangeText.Reaching("A visit: the commitment was corrected: A slip.", ChangeKind.Corrected, end).ShouldBe("A visit: the commitment was corrected: A slip. The record then reached 30 September 2024.");
        ChangeText.Reaching(Moved, ChangeKind.StatusChanged, null).ShouldBe(Moved);
        ChangeText.Reaching("The record now reaches 30 September 2024.", ChangeKind.Covered, end).ShouldBe("The record now reaches 30 September 2024.");
    }

    private static string Told(string reason) => ChangeText.Of(Withdrawn with { Reason = reason }, Talks, new DateOnly(2023, 2, 1));
}
