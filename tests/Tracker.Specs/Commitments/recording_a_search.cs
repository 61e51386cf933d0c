using Tracker.Commitments;
using Tracker.Recording;

namespace Tracker.Specs.Commitments;

/// <summary>Absence of action is a finding, and a finding needs a record of where was looked.</summary>
public sealed class recording_a_search
{
    private static readonly DateOnly MadeOn = new(2022, 11, 14), Today = new(2023, 1, 31);

    [Fact]
    public void says_where_was_looked() => Refused(new("2022-12-01", [])).ShouldBe(("no-places", "places"));

    [Theory]
    [InlineData("2022-11-13")]
    [InlineData("0001-01-01")]
    [InlineData("2023-02-02")]
    [InlineData("9999-12-31")]
    public void is_of_a_day_that_came_after_the_promise(string through) => Refused(new(through, ["Xinhua"])).ShouldBe(("bad-date", "searchedThrough"));

    [Theory]
    [InlineData("2022-11-14")]
    [InlineData("2023-01-31")]
    [InlineData("2023-02-01")]
    public void is_taken_of_any_other_day(string through)
    {
        var recorded = Decide(new(through, ["Xinhua", "state.gov"], "Both languages.")).ShouldBeOfType<Happened>().Events.ShouldHaveSingleItem().ShouldBeOfType<SearchRecorded>();

        (recorded.SearchedThrough.ToString("O", System.Globalization.CultureInfo.InvariantCulture), recorded.Note).ShouldBe((through, "Both languages."));
        recorded.Places.ShouldBe(["Xinhua", "state.gov"]);
    }

    private static (string Code, string Field) Refused(RecordSearch command) =>
        Decide(command).ShouldBeOfType<Refusal>() is var refusal ? (refusal.Code, refusal.Errors.Keys.Single()) : default;

    private static Decided Decide(RecordSearch command) => RecordSearchEndpoint.Decide(command,
        new Commitment("visit", "A visit", CommitmentType.Deliverable, MadeOn, ["AA"], null, null, null, [], [], []), "s-1", Today);
}
