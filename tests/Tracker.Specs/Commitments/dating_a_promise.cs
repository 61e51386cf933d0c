using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;

namespace Tracker.Specs.Commitments;

/// <summary>A promise has been made, and is not due before it was.</summary>
public sealed class dating_a_promise
{
    private static readonly DateOnly Today = new(2023, 1, 31);
    private static readonly Agenda Agenda = new("a", "A", null, [new("AA", "Alfa")], new("Bali", new(2022, 11, 14), null), Codebook.Default, [], []);

    [Theory]
    [InlineData("2023-02-02", null, "madeOn")]
    [InlineData("9999-12-31", null, "madeOn")]
    [InlineData("2022-11-14", "2022-11-13", "dueOn")]
    [InlineData("2022-11-14", "2022-10", "dueOn")]
    [InlineData("2022-11-14", "2021", "dueOn")]
    [InlineData("2022-11-14", "0001", "dueOn")]
    [InlineData("2022-11-14", "2021/2022-11-13", "dueOn")]
    public void is_refused_where_it_cannot_be(string madeOn, string? dueOn, string field)
    {
        var refusal = Record(madeOn, dueOn).ShouldBeOfType<Refusal>();

        (refusal.Status, refusal.Code).ShouldBe((422, "bad-date"));
        refusal.Errors.Keys.ShouldBe([field]);
    }

    [Theory]
    [InlineData("2023-02-01", null)]
    [InlineData("2022-11-14", "2022-11-14")]
    [InlineData("2022-11-14", "2022-11")]
    [InlineData("2022-11-14", "2022")]
    [InlineData("2022-11-14", "2099")]
    [InlineData("1899-05-18", "1907")]
    public void is_taken_where_it_can(string madeOn, string? dueOn) => Record(madeOn, dueOn).ShouldBeOfType<Happened>();

    [Fact]
    public void tells_one_thing_of_a_date_that_cannot_be_read() => Record("2022-11-14", "2022-13").ShouldBeOfType<Refusal>().Errors.Single().Value.Length.ShouldBe(1);

    [Fact]
    public void is_held_to_it_by_a_correction_of_either_and_of_nothing_else()
    {
        // Recorded before there was this rule.
        var old = new Commitment("visit", "A visit", CommitmentType.Deliverable, new(2022, 11, 14), ["AA"], null, null, Tracker.Activities.FuzzyDate.Parse("2021"), [], [], []);

        Correct(new("Wrong.", Title: new("Another visit", true))).ShouldBeOfType<Happened>();
        Correct(new("Wrong.", DueOn: new("2020", true))).ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["dueOn"]);
        Correct(new("Wrong.", MadeOn: new("9999-01-01", true), DueOn: new(null, true))).ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["madeOn"]);
        Correct(new("Wrong.", DueOn: new(null, true))).ShouldBeOfType<Happened>();

        Decided Correct(CorrectCommitment command) => CorrectCommitmentEndpoint.Decide(command, old, Agenda, Today, ImmutableArray<Resting>.Empty);
    }

    private static Decided Record(string madeOn, string? dueOn) =>
        RecordCommitmentEndpoint.Decide(new("visit", "A visit", "deliverable", madeOn, ["AA"], [], DueOn: dueOn), Agenda, _ => null, Today);
}
