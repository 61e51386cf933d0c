using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_what_is_not_on_the_board
{
    [Fact]
    public void says_nothing_before_the_commitment_was_made()
    {
        var given = Given.Deliverable.MadeOn("2022-12-01");

        given.JudgedAt(Given.Day("2022-11-30")).ShouldBeNull();
        given.At("2022-12-01").Status.ShouldBe(CommitmentStatus.NotYetRated);
    }

    [Fact]
    public void says_nothing_of_a_withdrawn_commitment() =>
        Given.Deliverable.Advances(Depth.Delivered, "2022-12-01").Which(promise => promise with { Withdrawn = true })
            .JudgedAt(Given.Day("2022-12-31")).ShouldBeNull();

    [Fact]
    public void says_nothing_before_it_was_made_even_before_the_baseline() =>
        Given.Deliverable.MadeOn("2022-12-01").JudgedAt(Given.Day("2022-11-01")).ShouldBeNull();
}
