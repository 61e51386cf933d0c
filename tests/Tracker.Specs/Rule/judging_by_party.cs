using Tracker.Agendas;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class judging_by_party
{
    private const string Now = "2022-12-31";

    [Fact]
    public void counts_for_each_only_what_it_did()
    {
        var verdict = Given.Deliverable
            .Advances(Depth.Measure, "2022-12-01", by: "AA", id: "law")
            .Undercuts(Depth.Measure, "2022-12-02", by: "BB", id: "sanction")
            .At(Now);

        verdict.Status.ShouldBe(CommitmentStatus.Contested);
        verdict.ByParty["AA"].Status.ShouldBe(CommitmentStatus.ConcreteAction);
        verdict.ByParty["AA"].ConcreteSinceBaseline.ShouldBeTrue();
        verdict.ByParty["AA"].Because.Concrete.ShouldBe(["law"]);
        verdict.ByParty["AA"].Because.Undercutting.ShouldBeEmpty();
        verdict.ByParty["BB"].Status.ShouldBe(CommitmentStatus.Undercut);
        verdict.ByParty["BB"].ConcreteSinceBaseline.ShouldBeFalse();
        verdict.ByParty["BB"].Because.Undercutting.ShouldBe(["sanction"]);
    }

    [Fact]
    public void counts_what_they_did_together_for_both()
    {
        var verdict = Given.Deliverable.Advances(Depth.Delivered, "2022-12-01", by: "AA,BB").At(Now);

        verdict.ByParty.Values.ShouldAllBe(party => party.Status == CommitmentStatus.Delivered);
        verdict.Evidence.Delivered.ShouldBe(1);
    }

    [Fact]
    public void compares_within_each_what_came_later()
    {
        var verdict = Given.Deliverable
            .Advances(Depth.Delivered, "2022-12-01", by: "AA,BB")
            .Undercuts(Depth.Measure, "2022-12-02", by: "AA")
            .Advances(Depth.Mechanism, "2022-12-03", by: "BB")
            .At(Now);

        verdict.Status.ShouldBe(CommitmentStatus.Contested);
        verdict.ByParty["AA"].Status.ShouldBe(CommitmentStatus.Reversed);
        verdict.ByParty["BB"].Status.ShouldBe(CommitmentStatus.Delivered);
    }

    [Fact]
    public void lets_searches_count_for_all()
    {
        var verdict = Given.Deliverable.Advances(Depth.Measure, "2022-12-01", by: "AA").SearchedThrough("2022-12-15").At(Now);

        verdict.ByParty["AA"].Status.ShouldBe(CommitmentStatus.ConcreteAction);
        verdict.ByParty["BB"].Status.ShouldBe(CommitmentStatus.NoneFound);
        verdict.ByParty.Values.ShouldAllBe(party => party.Because.LastSearchedThrough == Given.Day("2022-12-15"));
    }

    [Fact]
    public void has_one_entry_for_each_party_of_the_commitment_in_ordinal_order() =>
        Given.Deliverable.Between("b", "B", "a", "Z", "AA", "B").Advances(Depth.Measure, "2022-12-01", by: "CC").At(Now)
            .ByParty.Keys.ShouldBe(["AA", "B", "Z", "a", "b"]);

    [Fact]
    public void has_one_entry_for_a_party_named_twice() =>
        Given.Deliverable.Between("AA", "AA").Advances(Depth.Measure, "2022-12-01", by: "AA", id: "law").At(Now)
            .ByParty.ShouldHaveSingleItem().Value.Because.Concrete.ShouldBe(["law"]);

    [Fact]
    public void tells_parties_apart_by_their_exact_codes()
    {
        var verdict = Given.Deliverable.Between("AA", "aa").Advances(Depth.Measure, "2022-12-01", by: "aa").At(Now);

        verdict.ByParty["AA"].ConcreteSinceBaseline.ShouldBeFalse();
        verdict.ByParty["aa"].ConcreteSinceBaseline.ShouldBeTrue();
    }

    [Fact]
    public void counts_what_others_did_for_the_commitment_and_for_none_of_its_parties()
    {
        var verdict = Given.Deliverable.Advances(Depth.Measure, "2022-12-01", by: "CC").At(Now);

        verdict.ConcreteSinceBaseline.ShouldBeTrue();
        verdict.ByParty.Values.ShouldAllBe(party => party.Status == CommitmentStatus.NotYetRated);
    }

    [Fact]
    public void counts_once_what_names_a_party_twice()
    {
        var verdict = Given.Deliverable.Advances(Depth.Measure, "2022-12-01", by: "AA,AA", id: "law").At(Now);

        verdict.ByParty["AA"].Because.Concrete.ShouldBe(["law"]);
    }

    [Fact]
    public void explains_each_with_its_own_evidence()
    {
        var verdict = Given.Deliverable
            .Advances(Depth.Contact, "2022-12-01", by: "AA", id: "trip")
            .Advances(Depth.Measure, "2022-11", by: "AA", id: "some-day-that-month")
            .Reaffirms(Depth.Words, "2022-12-02", by: "BB", id: "speech")
            .Undercuts(Depth.Measure, "2022-12-02", by: "BB", id: "proposed")
            .But(finding => finding with { State = EvidenceState.Proposed })
            .At(Now);

        var aa = verdict.ByParty["AA"].Because;
        (aa.Row, aa.Bar, aa.After, aa.Through)
            .ShouldBe((CommitmentStatus.DialogueOnly, Depth.Mechanism, Given.Day(Given.TheBaseline), Given.Day(Now)));
        aa.Deepest.ShouldBe(["trip"]);
        aa.Straddling.ShouldBe(["some-day-that-month"]);
        verdict.ByParty["BB"].Because.Row.ShouldBe(CommitmentStatus.WordsOnly);
        verdict.ByParty["BB"].Because.Deepest.ShouldBe(["speech"]);
        verdict.ByParty["BB"].Because.Straddling.ShouldBeEmpty();
    }
}
