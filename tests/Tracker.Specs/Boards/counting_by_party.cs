using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Dashboard.OneBoard;
using Tracker.Embeds;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports;
using Tracker.Specs.Reports;
using Tracker.Specs.Rule;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>With more than two parties, no text says how many commitments saw action without saying how many of the parties took it.</summary>
public sealed class counting_by_party
{
    private static readonly (string Line, DateOnly Day) SinceRio = ("Since Rio, 14 November 2022", new(2022, 11, 14));

    [Fact]
    public void leads_in_the_sentence_and_on_the_badge()
    {
        var board = TwentyParties.Board();

        board.Headline.ShouldContain("37 of 240 party commitments (each commitment counted once for each of its parties)");
        board.Headline.IndexOf("37 of 240", StringComparison.Ordinal).ShouldBeLessThan(board.Headline.IndexOf("12 of 12", StringComparison.Ordinal));
        var badge = Badge.Of(board);
        (badge.Label, badge.Says).ShouldBe(("since Rio", "37 of 240 party commitments concrete"));
        Language.English.BadgeCountByParty(1, 1).ShouldBe("1 of 1 party commitment concrete");
        badge.Told.ShouldContain("37 of 240");
        (board.Summary.Leading.WithConcreteAction, board.Summary.Leading.Commitments).ShouldBe((37, 240));
        Tally.Leading(board).Select(x => (x.Word, x.Count)).ShouldBe([("Concrete action", 37), ("None found", 203)]);
    }

    [Fact]
    public void tells_by_party_how_many_stood_where_on_each_day()
    {
        var course = CoursePoint.Of(TwentyParties.MaterialAt(new(2023, 1, 31)).CellCourses(new(2023, 1, 31)).Select(x => x.Course));

        course.Select(x => (x.From, x.Counts.Sum(), x.Counts[(int)CommitmentStatus.ConcreteAction], x.Counts[(int)CommitmentStatus.NoneFound]))
            .ShouldBe([(new(2022, 11, 14), 240, 0, 0), (new(2022, 12, 12), 240, 37, 0), (new(2023, 1, 31), 240, 37, 203)]);
    }

    [Fact]
    public void says_on_the_badge_of_one_commitment_how_many_of_its_parties()
    {
        var badge = Badge.Of("A promise", TwentyParties.Board().Commitments[0], SinceRio, new(2023, 1, 31), end: null);

        badge.Says.ShouldBe("Concrete action, by 1 of 20 parties");
        badge.Told.ShouldContain("1 of 20 parties with concrete action");
    }

    [Theory]
    [InlineData(CommitmentType.Deliverable, Depth.Words, Direction.Advances, "Words only, by 2 of 3 parties", "0 of 3 parties with concrete action", "0 of 3")]
    [InlineData(CommitmentType.Deliverable, Depth.Delivered, Direction.Advances, "Delivered, by 2 of 3 parties", "2 of 3 parties with concrete action", "2 of 3")]
    [InlineData(CommitmentType.Restraint, Depth.Words, Direction.Reaffirms, "Words only, by 2 of 3 parties", null, "Words only")]
    [InlineData(CommitmentType.Restraint, Depth.Measure, Direction.Undercuts, "Breached, by 2 of 3 parties", null, "2 of 3 breached")]
    [InlineData(CommitmentType.Restraint, Depth.Measure, Direction.Advances, "Concrete action", "2 of 3 parties with concrete action", "2 of 3")]
    public void says_of_how_many_parties_a_status_is_and_never_that_a_restraint_lacks_action(CommitmentType type, Depth depth, Direction direction, string status, string? concrete, string inShort)
    {
        var finding = new Finding("e", new(2022, 12, 12), new(2022, 12, 12), depth, direction, ["AA", "BB"], Tracker.Evidence.EvidenceState.Accepted);
        var entry = EntryOf(type, [finding], []);

        (EntryWords.Status(entry), EntryWords.Concrete(entry), EntryWords.InShort(entry)).ShouldBe((status, concrete, inShort));
        EntryWords.Status(EntryOf(type, [finding with { Parties = [] }], [])).ShouldBe(status.Replace("2 of 3", "none of its 3", StringComparison.Ordinal));
    }

    [Fact]
    public void says_of_many_parties_in_its_sentence_too_what_some_of_them_did_as_theirs_alone()
    {
        var day = new DateOnly(2022, 12, 12);
        var finding = new Finding("e", day, day, Depth.Delivered, Direction.Advances, ["AA", "BB"], Tracker.Evidence.EvidenceState.Accepted);
        var taken = new Finding("f", new(2022, 12, 20), new(2022, 12, 20), Depth.Measure, Direction.Undercuts, ["AA"], Tracker.Evidence.EvidenceState.Accepted);

        Said(finding).ShouldBe("Since Rio, 14 November 2022: Delivered, by 2 of 3 parties. 2 of 3 parties with concrete action. What was promised was delivered by 2 of its 3 parties, whose deliveries stand. As of 31 January 2023.");
        Said(finding with { Parties = ["AA", "BB", "CC"] }).ShouldContain(" What was promised exists, ");
        Said(finding, taken).ShouldContain(" What was promised was delivered by 2 of its 3 parties, one of which later took it back.");
        Said(finding with { Parties = ["AA", "BB", "CC"] }, taken).ShouldContain(" What was promised was delivered by all 3 of its parties, one of which later took it back.");
        // Who delivered again, or another, after it was taken back.
        Said(finding, taken, finding with { Id = "i", Earliest = new(2022, 12, 28), Latest = new(2022, 12, 28), Parties = ["CC"] })
            .ShouldContain("Delivered, by 2 of 3 parties. 3 of 3 parties with concrete action. What was promised was delivered by all 3 of its parties, one of which later took it back.");
        Said(finding with { Parties = ["AA"] }, taken).ShouldContain(" What was promised was delivered by one of its 3 parties, which later took it back.");
        Said(finding, taken with { Parties = ["AA", "BB"] }).ShouldContain(" What was promised was delivered by 2 of its 3 parties, all of which later took it back.");
        Said(finding, taken with { Parties = ["CC"] }).ShouldContain(" What was promised was delivered by 2 of its 3 parties, neither of which took it back; a later act of another went against it.");
        Said(finding with { Parties = ["AA"] }, taken with { Parties = [] }).ShouldContain(" What was promised was delivered by one of its 3 parties, which did not take it back; a later act of another went against it.");
        var again = finding with { Id = "g", Earliest = new(2022, 12, 24), Latest = new(2022, 12, 24), Depth = Depth.Measure, Parties = ["AA"] };
        Said(finding with { Parties = ["AA"] }, taken, again, taken with { Id = "h", Earliest = new(2022, 12, 28), Latest = new(2022, 12, 28), Parties = ["CC"] })
            .ShouldContain(" What was promised was delivered by one of its 3 parties; a later act of another went against it.");
        Said(finding with { Parties = [] }, taken).ShouldContain(" What was promised was delivered, and something later than every step towards it went against it.");
        Said(finding with { Depth = Depth.Contact }).ShouldContain(" 2 of its 3 parties were in contact about it, ");
        Said(finding with { Depth = Depth.Contact, Parties = ["AA", "BB", "CC"] }).ShouldContain(" All 3 of its parties were in contact about it, ");
        Said(finding with { Depth = Depth.Contact, Parties = ["CC"] }).ShouldContain(" One of its 3 parties was in contact about it, ");
        Said(finding with { Depth = Depth.Contact, Parties = [] }).ShouldContain(" There was contact about it, ");
        EntryWords.WithCount(EntryOf(CommitmentType.Deliverable, [finding, taken], [])).ShouldBe("Reversed, by 1 of 3 parties");
        EntryWords.Line(EntryOf(CommitmentType.Deliverable, [finding, taken], [])).ShouldBe("Reversed, by 1 of 3 parties; 2 of 3 parties with concrete action");
        EntryWords.WithCount(EntryOf(CommitmentType.Deliverable, [finding, taken with { Parties = ["CC"] }], [])).ShouldBe("Reversed, by another’s act; delivered by 2 of 3 parties");

        static string Said(params Finding[] findings) => EntryWords.Sentence(EntryOf(CommitmentType.Deliverable, findings, []), 0, SinceRio, new(2023, 1, 31), null);
    }

    /// <summary>Who is told no more than that it was reversed believes that whoever delivered took it back.</summary>
    [Fact]
    public void says_beside_reversed_that_another_did_it_where_no_party_took_back_what_it_delivered()
    {
        var given = Issue.Named("it", 20, Given.Deliverable).Advances(Depth.Delivered, "2022-12-12", by: "P1").Advances(Depth.Mechanism, "2022-12-13", by: "P2,P3");
        var another = Of(given.Undercuts(Depth.Measure, "2022-12-20", by: "P4"));

        EntryWords.OfParties(another).ShouldBe(["by another’s act; delivered by 1 of 20 parties", "3 of 20 parties with concrete action"]);
        EntryWords.WithCount(another).ShouldBe("Reversed, by another’s act; delivered by 1 of 20 parties");
        EntryWords.Line(another).ShouldBe("Reversed, by another’s act; delivered by 1 of 20 parties; 3 of 20 parties with concrete action");
        EntryWords.OfParties(Of(given.Undercuts(Depth.Measure, "2022-12-20", by: "P1"))).ShouldBe(["by 1 of 20 parties", "3 of 20 parties with concrete action"]);
        var nobodys = Issue.Named("it", 20, Given.Deliverable).Advances(Depth.Delivered, "2022-12-12").But(x => x with { Parties = [] }).Undercuts(Depth.Measure, "2022-12-20", by: "P4");
        EntryWords.OfParties(Of(nobodys)).ShouldBe(["0 of 20 parties with concrete action"], "no party delivered that another could have gone against");

        static BoardEntry Of(Given given) => Issue.Between(20, given).BoardAt("2023-01-31").Commitments.Single();
    }

    /// <summary>One of two parties, named nowhere beside it, reads as both.</summary>
    [Theory]
    [InlineData(Depth.Words, Direction.Advances, "Words only, by 1 of 2 parties", "Words only, by 1 of 2 parties", "by 1 of 2 parties")]
    [InlineData(Depth.Measure, Direction.Undercuts, "Undercut, by 1 of 2 parties", "Undercut, by 1 of 2 parties", "by 1 of 2 parties")]
    [InlineData(Depth.Delivered, Direction.Advances, "Delivered, by 1 of 2 parties", "Delivered, by 1 of 2 parties", "by 1 of 2 parties")]
    [InlineData(Depth.Measure, Direction.Advances, "Concrete action; 1 of 2 parties with concrete action", "Concrete action, by 1 of 2 parties", "1 of 2 parties with concrete action")]
    public void says_of_one_of_two_parties_that_it_is_one(Depth depth, Direction direction, string line, string badge, string beside)
    {
        var given = Issue.Named("it", 2);
        Given By(string parties) => direction is Direction.Undercuts ? given.Undercuts(depth, "2022-12-12", by: parties) : given.Advances(depth, "2022-12-12", by: parties);
        var (one, both) = (Of(By("P2")), Of(By("P1,P2")));

        EntryWords.Line(one).ShouldBe(line);
        Badge.Of("It", one, SinceRio, new(2023, 1, 31), end: null).Says.ShouldBe(badge);
        EntryWords.Sentence(one, 0, SinceRio, new(2023, 1, 31), endsOn: null).ShouldContain(beside, Case.Insensitive);
        EntryWords.OfParties(one).ShouldBe([beside]);
        EntryWords.OfParties(one, parties: true).ShouldBeEmpty("whose it is stands beside it");
        EntryWords.Line(both).ShouldNotContain("parties", Case.Insensitive, "it is of both");
        EntryWords.OfParties(both).ShouldBeEmpty();

        static BoardEntry Of(Given given) => Issue.Between(2, given).BoardAt("2023-01-31").Commitments.Single();
    }

    [Fact]
    public void says_of_two_parties_whose_act_reversed_or_breached_it_and_who_took_part()
    {
        var delivered = Issue.Named("it", 2).Advances(Depth.Delivered, "2022-12-12", by: "P1");
        var another = Of(delivered.Undercuts(Depth.Measure, "2022-12-20", by: "P2"));
        EntryWords.Status(another).ShouldBe("Reversed, by another’s act; delivered by 1 of 2 parties");
        BecauseWords.Of(another).ShouldBe("What was promised was delivered by one of its 2 parties, which did not take it back; a later act of another went against it.");
        BecauseWords.Of(Of(delivered)).ShouldBe("What was promised was delivered by one of its 2 parties, whose delivery stands.");
        EntryWords.Line(Of(delivered.Undercuts(Depth.Measure, "2022-12-20", by: "P1"))).ShouldBe("Reversed, by 1 of 2 parties");
        EntryWords.Line(Of(Issue.Named("it", 2).Advances(Depth.Measure, "2022-12-12", by: "P1").Undercuts(Depth.Measure, "2022-12-20", by: "P2"))).ShouldBe("Contested; 1 of 2 parties with concrete action");
        EntryWords.Line(Of(Issue.Named("it", 2, Given.Restraint).Advances(Depth.Contact, "2022-12-12", by: "P1").Undercuts(Depth.Contact, "2022-12-20", by: "P2")))
            .ShouldBe("Dialogue only, by 1 of 2 parties; breached by 1 of 2 parties");
        EntryWords.Status(Of(Issue.Named("it", 2).Advances(Depth.Words, "2022-12-12").But(x => x with { Parties = [] }))).ShouldBe("Words only, by none of its 2 parties");
        EntryWords.Line(Of(Issue.Named("it", 2).SearchedThrough("2023-01-31"))).ShouldBe("None found, searched through 31 January 2023");

        static BoardEntry Of(Given given) => Issue.Between(2, given).BoardAt("2023-01-31").Commitments.Single();
    }

    [Fact]
    public void says_in_its_sentence_which_commitments_another_reversed()
    {
        var given = Issue.Named("it", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1,P2");
        var kept = Issue.Named("kept", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1,P2");

        Issue.Between(3, given.Undercuts(Depth.Measure, "2022-12-20", by: "P3"), kept).BoardAt("2023-01-31").Headline
            .ShouldContain("; 2 of 2 commitments have seen concrete action by anyone, of which 1 was reversed by another’s act. Of those 4 party commitments, 4 are delivered.");
        // One by another's act, one by a party's own, and one of which it is open: as the board counts them.
        Issue.Between(3, given.Undercuts(Depth.Measure, "2022-12-20", by: "P3"), kept, Issue.Named("taken", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1").Undercuts(Depth.Measure, "2022-12-20", by: "P1"),
                Issue.Named("open", 3).Advances(Depth.Measure, "2022-12-12", by: "P1").Undercuts(Depth.Measure, "2022-12-20", by: "P2")).BoardAt("2023-01-31").Headline
            .ShouldContain("; 4 of 4 commitments have seen concrete action by anyone, of which 2 were reversed (1 by another’s act) and 1 is contested. Of ");
        Issue.Between(2, Issue.Named("it", 2).Advances(Depth.Delivered, "2022-12-12", by: "P1").Undercuts(Depth.Measure, "2022-12-20", by: "P2")).BoardAt("2023-01-31").Headline
            .ShouldContain("(of which 1 was delivered and later acted against by another)");
        foreach (var headline in (string[])[Issue.Between(3, kept).BoardAt("2023-01-31").Headline, Issue.Between(3, given.Undercuts(Depth.Measure, "2022-12-20", by: "P2")).BoardAt("2023-01-31").Headline])
            headline.ShouldNotContain("reversed by another");
    }

    [Fact]
    public void says_beside_the_status_of_all_where_each_of_those_named_stands_itself()
    {
        var given = Issue.Named("it", 20, Given.Deliverable).Advances(Depth.Delivered, "2022-12-12", by: "P1,P2").Undercuts(Depth.Measure, "2022-12-20", by: "P2").SearchedThrough("2023-01-31");

        Own(20, given, "P1", "P2", "P3", "P99").ShouldBe("Party 1: Delivered; Party 2: Reversed; Party 3: None found, searched through 31 January 2023");
        Own(20, given, "P99").ShouldBeNull("it is no party to the commitment");
        Own(1, Issue.Named("it", 1), "P1").ShouldBeNull("its own status is the commitment’s");

        static string? Own(int parties, Given given, params string[] named)
        {
            var board = Issue.Between(parties, given).BoardAt("2023-01-31");
            return EntryWords.OwnOf(board.Commitments.Single(), named, board.About!.NameOf);
        }
    }

    [Fact]
    public void counts_in_its_sentence_the_parts_of_parties_as_parts_of_parties()
    {
        var delivered = Issue.Named("delivered", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1").Advances(Depth.Measure, "2022-12-13", by: "P2");
        Issue.Between(3, delivered).BoardAt("2023-01-31").Headline.ShouldContain("on 2 of 3 party commitments (each commitment counted once for each of its parties); 1 of 1 commitment");
        Issue.Between(3, delivered).BoardAt("2023-01-31").Headline.ShouldContain(" Of those 2 party commitments, 1 ");
        var alone = Issue.Named("alone", 3).Advances(Depth.Delivered, "2022-12-12", by: "P1");
        Issue.Between(3, alone).BoardAt("2023-01-31").Headline.ShouldContain(" Of that one party commitment, 1 ");
    }

    [Fact]
    public void says_of_a_restraint_that_nobody_broke_through_which_day_was_searched() =>
        EntryWords.Line(EntryOf(CommitmentType.Restraint, [], [new(2023, 1, 31)])).ShouldBe("No breach found, searched through 31 January 2023");

    /// <summary>Of twenty parties, for a restraint that nobody broke, one that one of them broke, and a promise to act.</summary>
    [Theory]
    [InlineData(CommitmentType.Restraint, 0, "0 of 20 breached", null)]
    [InlineData(CommitmentType.Restraint, 1, "1 of 20 breached", null)]
    [InlineData(CommitmentType.Deliverable, 1, "0 of 20", 0)]
    public void counts_for_a_restraint_who_broke_it_and_nobody_as_lacking_action(CommitmentType type, int against, string column, int? total)
    {
        var given = Issue.Named("it", 20, type is CommitmentType.Restraint ? Given.Restraint : Given.Deliverable).SearchedThrough("2023-01-31");
        var board = Issue.Between(20, against == 0 ? given : given.Undercuts(Depth.Measure, "2022-12-12", by: "P7")).BoardAt("2023-01-31");

        foreach (var text in (string[])[BoardText.Table(board), BoardText.Markdown(board)]) text.ShouldContain(column);
        MatrixPicture.TotalOf(board.Commitments[0]).ShouldBe(total is { } acting ? (acting, 20) : null);
        var badge = Badge.Of("It", board.Commitments[0], SinceRio, new(2023, 1, 31), end: null);
        if (type is CommitmentType.Restraint)
        {
            badge.Says.ShouldBe(against == 0 ? "No breach found, searched through 31 January 2023" : "Breached, by 1 of 20 parties");
            badge.Told.ShouldNotContain("concrete action");
            board.Headline.ShouldContain(against == 0 ? "for 20 a search found no breach." : "1 has been breached, for 19 a search found no breach.");
        }
    }

    [Fact]
    public void says_of_restraints_among_what_was_searched_in_vain_that_no_breach_was_found()
    {
        var (kept, looked) = (Issue.Named("kept", 2, Given.Restraint).SearchedThrough("2023-01-31"), Issue.Named("looked", 2).SearchedThrough("2023-01-31"));

        Issue.Between(2, kept).BoardAt("2023-01-31").Headline.ShouldEndWith("; for 1 a search found no breach.");
        Issue.Between(2, kept, looked).BoardAt("2023-01-31").Headline.ShouldEndWith("; for 2 a search found nothing, or no breach.");
        Issue.Between(2, looked).BoardAt("2023-01-31").Headline.ShouldEndWith("; for 1 a search found nothing.");
        Report1Words.English.HeadlinePartNow(CommitmentStatus.NoneFound, 1).ShouldBe("for 1 a search found nothing");
    }

    [Fact]
    public void says_of_what_was_searched_in_vain_through_which_day_where_the_sentence_reaches_further()
    {
        var (kept, looked) = (Issue.Named("kept", 2, Given.Restraint).SearchedThrough("2023-01-20"), Issue.Named("looked", 2).SearchedThrough("2023-01-31"));
        var talked = Issue.Named("talked", 2).Advances(Depth.Contact, "2023-02-10", by: "P1,P2");

        (Issue.Between(2, kept) with { RecordedThrough = "2023-01-20" }).BoardAt("2023-01-20").Headline.ShouldEndWith("; for 1 a search found no breach.");
        Issue.Between(2, looked, talked).BoardAt("2023-02-10").Headline.ShouldEndWith(", for 1 a search through 31 January 2023 found nothing.");
        Issue.Between(2, kept, looked, talked).BoardAt("2023-02-10").Headline.ShouldEndWith(", for 2 a search through 20 January 2023 or later found nothing, or no breach.");
        Issue.Between(3, Issue.Named("looked", 3).SearchedThrough("2023-01-31"), Issue.Named("talked", 3).Advances(Depth.Contact, "2023-02-10", by: "P1,P2,P3")).BoardAt("2023-02-10").Headline
            .ShouldContain(" a search through 31 January 2023 found nothing.");
        var board = Issue.Between(2, kept, talked).BoardAt("2023-02-10");
        Headline.WriteOf(board, board.About!.Parties[0]).ShouldEndWith(" for 1 a search through 20 January 2023 found no breach.");
        // Where the record ended before the day asked about, the day on which it ended is the one that counts.
        Issue.Between(2, looked).BoardAt("2023-06-30").Headline.ShouldEndWith("; for 1 a search found nothing.");
        // The first template says for ever what it said.
        Report1.Of(Issue.Between(2, looked, talked).MaterialAt("2023-02-10")).Headline.ShouldEndWith(", for 1 a search found nothing.");
    }

    [Fact]
    public void says_of_a_record_as_known_once_that_it_ended_where_it_then_did()
    {
        var board = Issue.Between(2, Issue.Named("looked", 2).SearchedThrough("2023-01-31")).BoardAt("2023-06-30");

        Headline.WriteAsThen(board).ShouldStartWith("In the 78 days from Bali to 31 January 2023, where this record then ended, 0 of 1 commitment saw concrete action");
        Headline.WriteAsThen(board).ShouldEndWith(board.Headline[board.Headline.IndexOf("0 of 1", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void says_wherever_it_is_shown_as_known_at_a_position_that_the_record_then_ended_and_repeats_it_as_data_as_it_was()
    {
        const string Then = "In the 78 days from Bali to 31 January 2023, where this record then ended, ";
        var now = Issue.Between(2, Issue.Named("looked", 2).SearchedThrough("2023-01-31")).BoardAt("2023-06-30");
        var pinned = now with { AsKnownAt = 1 };

        Headline.Show(now).ShouldBe(Headline.Write(now));
        Headline.Write(pinned).ShouldBe(now.Headline);
        Headline.Show(pinned).ShouldStartWith(Then);
        Headline.WriteOf(pinned, pinned.About!.Parties[0]).ShouldStartWith(Then);
        DatedWords.Of("It.", pinned).ShouldBe("It. This record then reached 31 January 2023 and said nothing of what happened later. As known at position 1.");
        DatedWords.Reach(pinned).ShouldBe("The record then ended on 31 January 2023");
        DatedWords.Reach(now).ShouldBe("The record ends on 31 January 2023");
        var badge = Badge.Of(pinned);
        badge.Says.ShouldBe("0 of 1 concrete · record then ended 31 Jan 2023");
        badge.Told.ShouldContain(Then);
        Badge.Of("It", pinned.Commitments[0], SinceRio, pinned.ValidAt, pinned.EndsOn, pinned.AsKnownAt).Says.ShouldEndWith(" · record then ended 31 Jan 2023");
        Headline.Show(pinned with { Since = new(2023, 3, 1) }).ShouldBe("This record then ended on 31 January 2023, before 1 March 2023; of what came after, it said nothing.");
        Headline.Show(Issue.Between(2).BoardAt("2023-06-30") with { AsKnownAt = 1 }).ShouldBe("No commitment made by 31 January 2023, where this record then ended, is on the board.");
    }

    [Fact]
    public void says_beside_the_day_asked_about_which_earlier_day_a_current_record_reaches()
    {
        var issue = Issue.Between(2, Issue.Named("looked", 2).SearchedThrough("2023-01-31"));

        DatedWords.Reach(issue.BoardAt("2023-02-15")).ShouldBe("As of 15 February 2023 (record to 31 January 2023)");
        DatedWords.Reach(issue.BoardAt("2023-01-31")).ShouldBe("As of 31 January 2023");
    }

    [Fact]
    public void paints_a_count_in_the_colour_of_no_status()
    {
        Badge.Of(TwentyParties.Board()).Status.ShouldBeNull();
        var drawn = System.Text.Encoding.UTF8.GetString(Badge.Of(TwentyParties.Board()).Draw());
        foreach (var status in StatusWords.InOrder.Where(x => !Palette.Light.Of(x).Outlined)) drawn.ShouldNotContain(Palette.Light.Of(status).Fill);
        Badge.Of("It", TwentyParties.Board().Commitments[0], SinceRio, new(2023, 1, 31), end: null).Status.ShouldBe(CommitmentStatus.ConcreteAction);
    }

    private static BoardEntry EntryOf(CommitmentType type, Finding[] findings, DateOnly[] searches) => BoardEntry.Of("it", "A promise", type, DepthLadder.Judge(
        new Promise("it", type, new(2022, 11, 14), null, null, ["AA", "BB", "CC"]), findings, searches, new(2022, 11, 14), new(2023, 1, 31), Tracker.Agendas.Codebook.Default,
        RecordCoverage.Create(new(2022, 11, 14), [], [new(2023, 1, 31)]))!);

    [Fact]
    public void has_in_a_table_one_column_of_counts_and_none_for_each_of_many_parties()
    {
        var board = TwentyParties.Board();
        var (table, markdown, csv) = (BoardText.Table(board), BoardText.Markdown(board), BoardText.Csv(board).Split("\r\n"));

        foreach (var text in (string[])[table, markdown])
        {
            text.ShouldContain("37 of 240");
            text.ShouldContain("1 of 20");
            text.ShouldContain("5 of 20");
            text.ShouldNotContain("noneFound");
        }

        table.Split('\n').Single(x => x.StartsWith("COMMITMENT", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["COMMITMENT", "STATUS", "PARTIES", "DEEPEST", "LATEST", "FLAGS"]);
        // A program has use for all.
        csv[0].ShouldStartWith("slug,title,type,status,concreteSinceBaseline,parties,partiesWithConcreteAction,AA,BB,");
        csv[1].ShouldStartWith("promise-00,Promise 0,deliverable,concreteAction,true,20,1,concreteAction,noneFound,");
    }

    [Fact]
    public void is_of_one_party_on_its_own_page()
    {
        var board = TwentyParties.BoardWithGaps();
        var parties = board.About!.Parties;

        Headline.WriteOf(board, parties[0]).ShouldBe("In the 78 days since Rio, Party AA has taken concrete action on 1 of the 1 commitment it made.");
        Headline.WriteOf(board, parties[1]).ShouldMatch("^In the 78 days since Rio, Party BB has taken concrete action on \\d of the 12 commitments it made; for \\d+ a search found nothing\\.$");
        Headline.WriteOf(board, new("ZZ", "An observer")).ShouldBe("No commitment of An observer is on the board of 31 January 2023.");
        Headline.WriteOf(TwentyParties.Board("2023-06-30"), parties[0]).ShouldStartWith("In the 78 days from Rio to 31 January 2023, where this record ends, Party AA took concrete action on ");
    }

    [Fact]
    public void names_the_milestone_asked_for_where_two_are_of_one_day()
    {
        var material = TwentyParties.MaterialAt(new(2023, 1, 31));
        var since = new DateOnly(2022, 12, 1);
        material = material with { Since = since, Agenda = material.Agenda with { Milestones = [new("first", "Woodside", since), new("second", "Lima", since)] } };

        var (asked, unasked) = ((material with { Milestone = "second" }).Judged(), material.Judged());

        asked.Headline.ShouldStartWith("In the 61 days since Lima, ");
        Headline.Write(asked).ShouldBe(asked.Headline);
        Headline.WriteOf(asked, asked.About!.Parties[0]).ShouldStartWith("In the 61 days since Lima, ");
        Badge.Of(asked).Label.ShouldBe("since Lima");
        Headline.SinceLine(asked).ShouldContain("Lima");
        unasked.Headline.ShouldStartWith("In the 61 days since Woodside, ");
    }

    [Fact]
    public void speaks_of_a_record_that_ends_where_the_page_was_moved_to_its_end()
    {
        var board = TwentyParties.Board();
        board.EndsOn.ShouldBeNull();
        var ended = board with { Ended = true };
        ended.EndsOn.ShouldBe(new DateOnly(2023, 1, 31));
        Headline.Write(ended).ShouldStartWith("In the 78 days from Rio to 31 January 2023, where this record ends, the parties took concrete action on 37 of 240 party commitments");
        Headline.WriteOf(ended, ended.About!.Parties[0]).ShouldStartWith("In the 78 days from Rio to 31 January 2023, where this record ends, Party AA took concrete action on ");
    }

    [Fact]
    public void says_which_commitments_were_made_after_the_record_ended()
    {
        var board = TwentyParties.Board() with { Ended = true };
        var first = board.Commitments[0];
        var later = board with { Commitments = board.Commitments.SetItem(0, first with { Because = first.Because with { After = new(2023, 3, 1) } }) };

        Headline.Write(later).ShouldEndWith(" 1 of the 12 was made after that day.");
        Headline.Write(board).ShouldNotContain("made after");
    }

    [Fact]
    public void says_on_each_badge_the_same_day_which_is_none_beyond_the_record()
    {
        var material = TwentyParties.MaterialAt(new(2023, 2, 10));
        var board = material.Judged();
        board.EndsOn.ShouldBeNull();
        board.AsOf.ShouldBe(new DateOnly(2023, 1, 31));

        foreach (var badge in (Badge[])[Badge.Of(board), Badge.Of("A promise", board.Commitments[0], SinceRio, board.ValidAt, board.EndsOn)])
        {
            badge.Told.ShouldEndWith(" As of 31 January 2023.");
            badge.On(board.ValidAt, board.AsOf).Says.ShouldEndWith(" · to 31 Jan 2023");
            badge.On(null, board.AsOf).Says.ShouldBe(badge.Says);
        }

        Badge.Of(board).Told.ShouldStartWith("A summit. ");
    }

    [Fact]
    public void says_of_one_commitment_since_when_and_of_one_made_later_since_that_day()
    {
        var entry = TwentyParties.Board().Commitments[0];

        Badge.Of("It", entry, SinceRio, new(2023, 1, 31), end: null).Told.ShouldStartWith("It. Since Rio, 14 November 2022: Concrete action.");
        Badge.Of("It", entry with { Because = entry.Because with { After = new(2022, 12, 1) } }, SinceRio, new(2023, 1, 31), end: null).Told.ShouldStartWith("It. Since it was made on 1 December 2022: ");
        Headline.SinceLine(TwentyParties.Board().About!, new(2022, 11, 14), null).ShouldBe(Headline.SinceLine(TwentyParties.Board()));
    }
}
