using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_against_a_bar
{
    private const string Now = "2023-01-31";

    public static TheoryData<Depth, Depth> EveryBarAndDepth =>
        [.. from bar in Enum.GetValues<Depth>() from depth in Enum.GetValues<Depth>() select (bar, depth)];

    [Theory]
    [MemberData(nameof(EveryBarAndDepth))]
    public void is_concrete_exactly_at_or_above_the_commitments_own(Depth bar, Depth depth)
    {
        var verdict = Given.Continuing.WithBar(bar).Advances(depth, "2022-12-10").At(Now);

        verdict.ConcreteSinceBaseline.ShouldBe(depth >= bar);
        (verdict.Status is CommitmentStatus.ConcreteAction).ShouldBe(depth >= bar);
        verdict.Because.Bar.ShouldBe(bar);
    }

    [Theory]
    [MemberData(nameof(EveryBarAndDepth))]
    public void is_concrete_exactly_at_or_above_the_codebooks_where_the_commitment_has_none(Depth bar, Depth depth)
    {
        var verdict = Given.Continuing.UnderCodebook(book => book with { Bar = bar }).Advances(depth, "2022-12-10").At(Now);

        verdict.ConcreteSinceBaseline.ShouldBe(depth >= bar);
        verdict.Because.Bar.ShouldBe(bar);
    }

    [Theory]
    [MemberData(nameof(EveryBarAndDepth))]
    public void counts_what_undercuts_exactly_at_or_above_it(Depth bar, Depth depth) =>
        Given.Continuing.WithBar(bar).Undercuts(depth, "2022-12-10").At(Now).Because.Undercutting.Length
            .ShouldBe(depth >= bar ? 1 : 0);

    [Fact]
    public void prefers_the_commitments_own_to_the_codebooks()
    {
        var met = Given.Deliverable.Advances(Depth.Contact, "2022-12-10");
        var low = met.UnderCodebook(book => book with { Bar = Depth.Words });
        var high = met.UnderCodebook(book => book with { Bar = Depth.Measure });

        low.At(Now).ConcreteSinceBaseline.ShouldBeTrue();
        low.WithBar(Depth.Measure).At(Now).ConcreteSinceBaseline.ShouldBeFalse();
        high.At(Now).ConcreteSinceBaseline.ShouldBeFalse();
        high.WithBar(Depth.Words).At(Now).ConcreteSinceBaseline.ShouldBeTrue();
    }

    [Fact]
    public void is_a_mechanism_where_nobody_says() => Given.Deliverable.At(Now).Because.Bar.ShouldBe(Depth.Mechanism);

    [Fact]
    public void is_undercut_by_words_where_words_are_the_bar() =>
        Given.Deliverable.WithBar(Depth.Words).Undercuts(Depth.Words, "2022-12-10").At(Now).Status
            .ShouldBe(CommitmentStatus.Undercut);

    [Fact]
    public void never_makes_what_reaffirms_concrete() =>
        Given.Deliverable.WithBar(Depth.Words).Reaffirms(Depth.Delivered, "2022-12-10").At(Now).ConcreteSinceBaseline
            .ShouldBeFalse();

    [Fact]
    public void is_delivered_only_by_what_is_delivered_however_low_it_is() =>
        Given.Deliverable.WithBar(Depth.Words).Advances(Depth.Measure, "2022-12-10").At(Now).Status
            .ShouldBe(CommitmentStatus.ConcreteAction);
}
