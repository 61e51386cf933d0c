using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Divergences;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Sources;
using Given = Tracker.Specs.Rule.Given;

namespace Tracker.Specs.Boards;

/// <summary>An agenda between AA, BB and CC, each with an account of its own, and a newspaper.</summary>
public sealed class comparing_accounts
{
    private static readonly DateOnly Day = Given.Day("2023-01-31");
    private static readonly DateTimeOffset At = new(2023, 2, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly Agenda Agenda = new("summit", "A summit", null, [new("AA", "Alfa"), new("BB", "Bravo"), new("CC", "Charlie")],
        new Baseline("Bali", Given.Day(Given.TheBaseline), null), Codebook.Default, [], []);

    private static readonly ImmutableDictionary<string, Source> Sources = new[] { "AA", "BB", "CC", "A newspaper" }
        .Select(issuer => new Source("by-" + issuer.ToLowerInvariant().Replace(' ', '-'), SourceKind.Readout, SourceTier.Readout, issuer, "An account", null, null, null, null, null, null))
        .Append(new Source("joint", SourceKind.JointStatement, SourceTier.Official, "The summit", "Communiqué", null, null, null, null, null, null))
        .ToImmutableDictionary(x => x.Slug, StringComparer.Ordinal);

    [Fact]
    public void is_shared_where_each_of_its_parties_has_worded_it()
    {
        var worded = Worded(["AA", "BB"], Clause("BB"), Clause("AA"));

        worded.Shared.ShouldBeTrue();
        worded.Only.ShouldBeNull();
        worded.WordedBy.ShouldBe(["AA", "BB"]);
        worded.Silent.ShouldBeEmpty();
        worded.Sides.Select(x => x.Party).ShouldBe(["AA", "BB"]);
    }

    [Fact]
    public void is_one_partys_where_only_that_one_has_worded_it()
    {
        var worded = Worded(["AA", "BB"], Clause("BB"), Clause("BB"));

        worded.Shared.ShouldBeFalse();
        worded.Only.ShouldBe("BB");
        worded.Silent.ShouldBe(["AA"]);
        worded.Sides.Select(x => x.Clauses.Length).ShouldBe([0, 2]);
    }

    [Fact]
    public void is_neither_where_two_of_three_have_worded_it()
    {
        var worded = Worded(["AA", "BB", "CC"], Clause("AA"), Clause("CC"));

        worded.Shared.ShouldBeFalse();
        worded.Only.ShouldBeNull();
        worded.WordedBy.ShouldBe(["AA", "CC"]);
        worded.Silent.ShouldBe(["BB"]);
    }

    [Fact]
    public void is_neither_where_nobody_has_worded_it()
    {
        var worded = Worded(["AA", "BB"]);

        worded.Shared.ShouldBeFalse();
        worded.Only.ShouldBeNull();
        worded.WordedBy.ShouldBeEmpty();
        worded.Silent.ShouldBe(["AA", "BB"]);
    }

    [Fact]
    public void is_that_partys_alone_where_one_alone_made_it() => Worded(["AA"], Clause("AA")).Only.ShouldBe("AA");

    [Fact]
    public void is_not_shared_through_the_words_of_a_party_that_did_not_make_it()
    {
        var worded = Worded(["AA", "BB"], Clause("AA"), Clause("CC"));

        worded.Shared.ShouldBeFalse();
        worded.Only.ShouldBeNull();
        worded.Sides.Select(x => x.Party).ShouldBe(["AA", "BB", "CC"]);
    }

    [Fact]
    public void is_in_the_words_of_all_who_made_it_where_those_are_of_a_joint_statement()
    {
        var worded = Worded(["AA", "BB"], Jointly("BB"));

        (worded.Shared, worded.Only).ShouldBe((true, null));
        worded.WordedBy.ShouldBe(["AA", "BB"]);
        worded.Silent.ShouldBeEmpty();
        worded.Sides.Select(x => x.Clauses.Length).ShouldBe([0, 1]);
        worded.Sides[1].Clauses[0].Joint.ShouldBeTrue();
        // A promise of one alone, which others signed.
        var one = Worded(["AA"], Jointly("AA"));
        (one.Shared, one.Only).ShouldBe((true, null));
        // Its words are of nobody who did not make it.
        Worded(["AA", "BB"], Jointly("AA")).WordedBy.ShouldNotContain("CC");
    }

    [Fact]
    public void counts_what_a_joint_statement_says_as_shared()
    {
        var summary = Compared([Commitment("a", ["AA", "BB", "CC"], Jointly("AA")), Commitment("b", ["AA", "BB"], Jointly("AA"), Clause("AA")), Commitment("c", ["AA", "BB"], Clause("AA"))]).Summary;

        (summary with { OnlyBy = [] }).ShouldBe(new DivergenceCounts(3, Shared: 2, Partly: 0, OneSided: 1, Unworded: 0, [], MadeAlone: 0));
        summary.OnlyBy.ShouldBe([new("AA", 1), new("BB", 0), new("CC", 0)]);
    }

    [Fact]
    public void is_nobody_s_where_the_joint_statement_was_withdrawn()
    {
        var without = Sources.SetItem("joint", Sources["joint"] with { Withdrawal = new Withdrawal("A draft.", "p-1", At) });

        Divergence.Of(Agenda, [Commitment("c", ["AA", "BB"], Jointly("AA"))], [], without, Day, Day, At, 1).Summary.Unworded.ShouldBe(1);
    }

    [Fact]
    public void keeps_the_original_apart_from_its_translation_and_says_whose_account_it_stands_in()
    {
        var clause = Worded(["AA", "BB"], new Clause("1", "BB", "by-aa", "保持沟通", "zh", "maintain communication", "From the other side.")).Sides[1].Clauses.Single();

        clause.ShouldBe(new SaidClause("1", "保持沟通", "zh", "maintain communication", "From the other side.", "by-aa", "AA", Joint: false));
        Worded(["AA"], Clause("AA") with { Source = "by-a-newspaper" }).Sides[0].Clauses.Single().AccountOf.ShouldBeNull();
    }

    [Fact]
    public void counts_what_is_shared_and_what_is_one_sided()
    {
        var all = Compared([
            Commitment("a", ["AA", "BB"], Clause("AA"), Clause("BB")), Commitment("b", ["AA", "BB", "CC"], Clause("AA"), Clause("BB")),
            Commitment("c", ["AA", "BB"], Clause("BB")), Commitment("d", ["AA", "BB"]), Commitment("e", ["AA", "BB"], Clause("BB")),
            Commitment("own", ["AA"], Clause("AA")),
            Commitment("later", ["AA"], Clause("AA")) with { MadeOn = Day.AddDays(1) },
        ]);

        (all.Summary with { OnlyBy = [] }).ShouldBe(new DivergenceCounts(6, Shared: 1, Partly: 1, OneSided: 3, Unworded: 1, [], MadeAlone: 1));
        all.Summary.OnlyBy.ShouldBe([new("AA", 1), new("BB", 2), new("CC", 0)]);
        all.Commitments.Select(x => x.Slug).ShouldBe(["a", "b", "c", "d", "e", "own"]);
    }

    /// <summary>Of what one party alone made and worded, no side is missing.</summary>
    [Fact]
    public void tells_what_one_party_alone_made_apart_from_what_one_side_alone_has_worded()
    {
        (Worded(["AA"], Clause("AA")).MadeAlone, Worded(["AA", "BB"], Clause("AA")).MadeAlone, Worded(["AA"], Clause("BB")).MadeAlone).ShouldBe((true, false, false));

        Language.English.DivergenceSentence(7, 1, 2, 2, [("Norland", 2)], isJoint: false)
            .ShouldBe("1 of 7 commitments are on record in the words of every party; 2 are in the words of the one party that made it; 2 are known in one side’s words alone (Norland 2).");
        Language.English.DivergenceSentence(3, 1, 0, 1, [("Norland", 1)], isJoint: false).ShouldNotContain("that made it");
    }

    [Theory]
    [InlineData("2022-12-11/2022-12-12", Dating.Within)]
    [InlineData("2022", Dating.Around)]
    [InlineData("2022-12-31/2023-01-01", Dating.Overlapping)]
    [InlineData("2023-01", Dating.Apart)]
    [InlineData("2022-11-30", Dating.Apart)]
    public void differs_where_an_account_dates_it_otherwise(string occurred, Dating dated)
    {
        var told = Told(Activity(["AA", "BB"], new Account("by-a-newspaper", null, FuzzyDate.Parse(occurred), null, null)));

        told!.Differs.ShouldBe([DiffersIn.Date]);
        told.Accounts.Single().Dated.ShouldBe(dated);
    }

    [Fact]
    public void does_not_differ_where_an_account_has_the_same_days_and_place() =>
        Told(Activity(["AA", "BB"], new Account("by-a-newspaper", "they met", FuzzyDate.Parse("2022-12-01/2022-12-31"), " beijing", "A note."))).ShouldBeNull();

    [Fact]
    public void differs_where_an_account_places_it_elsewhere()
    {
        var told = Told(Activity(["AA", "BB"], new Account("by-a-newspaper", null, null, "Langfang", null)));

        told!.Differs.ShouldBe([DiffersIn.Place]);
        told.Accounts.Single().PlacedElsewhere.ShouldBeTrue();
    }

    [Fact]
    public void differs_in_words_where_two_sides_each_have_their_own()
    {
        Told(Activity(["AA", "BB"], Quoting("by-aa"), Quoting("by-bb")))!.Differs.ShouldBe([DiffersIn.Words]);
        Told(Activity(["AA"], Quoting("by-aa"), Quoting("by-aa"))).ShouldBeNull();
        Told(Activity(["AA"], Quoting("by-aa"), Quoting("by-a-newspaper"))).ShouldBeNull();
    }

    [Fact]
    public void is_told_by_one_side_only_where_another_took_part()
    {
        var told = Told(Activity(["AA", "BB"]) with { Sources = ["by-a-newspaper", "by-bb"] });

        told!.Only.ShouldBe("BB");
        told.ToldBy.ShouldBe(["BB"]);
        told.Silent.ShouldBe(["AA"]);
        told.Differs.ShouldBeEmpty();
        Told(Activity(["AA", "BB"]) with { Sources = ["by-a-newspaper"] }).ShouldBeNull();
        Told(Activity(["AA", "BB"]) with { Sources = ["by-aa", "by-bb"] }).ShouldBeNull();
        Told(Activity(["BB"]) with { Sources = ["by-bb"] }).ShouldBeNull();
        // A joint statement tells of it for all who took part.
        Told(Activity(["AA", "BB"]) with { Sources = ["by-bb", "joint"] }).ShouldBeNull();
    }

    [Fact]
    public void leaves_out_what_cannot_have_begun_by_the_day_asked_about()
    {
        var account = new Account("by-a-newspaper", null, FuzzyDate.Parse("2020"), null, null);

        Told(Activity(["AA"], account) with { Occurred = FuzzyDate.Parse("2023-02") }).ShouldBeNull();
        Told(Activity(["AA"], account) with { Occurred = FuzzyDate.Parse("2023") }).ShouldNotBeNull();
    }

    [Fact]
    public void leaves_out_what_is_withdrawn_and_what_rests_on_a_withdrawn_source()
    {
        var withdrawn = new Withdrawal("It was a forgery.", "p-1", At);
        var without = Sources.SetItem("by-bb", Sources["by-bb"] with { Withdrawal = withdrawn });
        var commitment = Commitment("c", ["AA", "BB"], Clause("AA"), Clause("BB"));
        var activity = Activity(["AA", "BB"], Quoting("by-aa"), Quoting("by-bb"));

        Compared([commitment with { Withdrawal = withdrawn }]).Commitments.ShouldBeEmpty();
        Told(activity with { Withdrawal = withdrawn }).ShouldBeNull();
        var left = Divergence.Of(Agenda, [commitment], [activity], without, Day, Day, At, 1);
        left.Commitments.Single().Only.ShouldBe("AA");
        left.Activities.Single().Only.ShouldBe("AA");
        left.Activities.Single().Accounts.Select(x => x.Source).ShouldBe(["by-aa"]);
    }

    private static WordedCommitment Worded(ImmutableArray<string> parties, params ImmutableArray<Clause> clauses) =>
        Compared([Commitment("c", parties, clauses)]).Commitments.Single();

    [Theory]
    [InlineData("B")]
    [InlineData("B and C")]
    public void says_of_what_one_party_alone_tells_that_what_others_report_is_not_counted(string silent) =>
        Language.English.ToldOnlyBy("A", silent).ShouldBe($"Of the parties, only A has an account of its own on record here; what others report {silent} to have said is not counted.");

    private static ToldActivity? Told(Activity activity) =>
        Divergence.Of(Agenda, [], [activity], Sources, Day, Day, At, 1).Activities.SingleOrDefault();

    private static Divergence Compared(IEnumerable<Commitment> commitments) => Divergence.Of(Agenda, commitments.Reverse(), [], Sources, Day, Day, At, 1);

    private static Commitment Commitment(string slug, ImmutableArray<string> parties, params ImmutableArray<Clause> clauses) =>
        new(slug, "A visit", CommitmentType.Deliverable, Given.Day(Given.TheBaseline), parties, null, null, null, [], clauses, []);

    private static Clause Jointly(string party) => Clause(party) with { Source = "joint" };

    private static Clause Clause(string party) => new("1", party, "by-" + party.ToLowerInvariant(), "we shall visit", "en", null, null);

    private static Activity Activity(ImmutableArray<string> parties, params ImmutableArray<Account> accounts) => new(
        "talks", ActivityKind.Meeting, "Talks", FuzzyDate.Parse("2022-12"), null, "Beijing", [.. parties.Select(x => new Participant(x, "An envoy", null))], [], accounts, []);

    private static Account Quoting(string source) => new(source, "we met", null, null, null);
}
