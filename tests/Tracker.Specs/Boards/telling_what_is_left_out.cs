using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Paper;
using Tracker.Specs.Reports;
using Tracker.Specs.Rule;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>What is on record and does not count is not denied: evidence of imprecise dates, a search that ends elsewhere, a time that the rule ignores.</summary>
public sealed class telling_what_is_left_out
{
    private static readonly Given Imprecise = Issue.Named("own", 1).MadeOn("2022-12-15").Due("2023-01-20").Advances(Depth.Delivered, "2022-12/2023-01", by: "P1");

    [Fact]
    public void says_that_accepted_evidence_is_too_imprecise_and_not_that_there_is_none()
    {
        var issue = Issue.Between(1, Imprecise);
        var entry = issue.BoardAt("2023-01-31").Commitments.Single();
        const string Why = "One accepted piece of evidence (December 2022 – January 2023) is too imprecise to be sure that it falls in this period.";

        (entry.Status, entry.Flags.Overdue).ShouldBe((CommitmentStatus.NotYetRated, true));
        BecauseWords.Of(entry, stated: Given.Day("2023-01-31")).ShouldBe(Why);
        BecauseWords.Of(entry, pending: 2).ShouldBe($"{Why} Beside these, 2 pieces await review.");
        BecauseWords.OfParty(entry.ByParty["P1"].Because, entry.Type, 0, Given.Day("2023-01-31"), entry.Days).ShouldBe(Why);
        EntryWords.Beside(entry).ShouldBe(["1 accepted piece too imprecise to count"]);
        EntryWords.Line(entry).ShouldBe("Not yet rated; 1 accepted piece too imprecise to count");
        EntryWords.WithCount(entry).ShouldBe("Not yet rated; 1 accepted piece too imprecise to count");
        FlagWords.Each(entry, 90).Single().Says.ShouldBe("Overdue: due 20 January 2023; 1 accepted piece too imprecise to count");
        EntryWords.Nothing(entry, "No evidence", "No evidence in this period").ShouldBe("No evidence in this period");
    }

    [Fact]
    public void lists_it_in_a_report()
    {
        var text = MarkdownFormat.Write(ReportProse.Of(Issue.Between(1, Imprecise).ReportAt("2023-01-31"), new string('0', 64), "r"));

        text.ShouldContain("Accepted, and left out only because its date is too imprecise to be sure that it falls in the window:");
        text.ShouldContain("- The promise own: What happened: e1, December 2022 – January 2023 (delivered; advances it).");
        text.ShouldContain("Overdue: The promise own (1 accepted piece too imprecise to count).");
    }

    [Theory]
    [InlineData("2023-01-31", "2022-12-31", "no search that ends within it is (one reaches 31 January 2023).")]
    [InlineData("2022-11-10", "2022-12-31", "no search that ends within it is (one reaches 10 November 2022).")]
    [InlineData(null, "2022-12-31", "no search for this commitment is.")]
    public void denies_no_search_that_ends_outside_of_the_period(string? searched, string validAt, string told)
    {
        var given = Issue.Named("group", 2);
        var entry = (Issue.Between(2, searched is null ? given : given.SearchedThrough(searched)) with { RecordedThrough = validAt }).BoardAt(validAt).Commitments.Single();

        BecauseWords.Of(entry).ShouldBe($"No accepted evidence dated within this period is on record, and {told}");
        BecauseWords.OfParty(entry.ByParty["P1"].Because, entry.Type, 0, null, entry.Days).ShouldEndWith(told);
        StatusWords.Meaning(CommitmentStatus.NotYetRated).ShouldContain("no search that ends within it");
    }

    [Fact]
    public void says_beside_each_flag_of_the_first_rule_that_nobody_checked_after_the_record_s_end()
    {
        var road = Issue.Named("road", 2).Due("2024-12-31");
        var talks = Issue.Named("talks", 2, Given.Continuing.Advances(Depth.Contact, "2023-01-20"));
        var issue = Issue.Between(2, road, talks) with { Codebook = Codebook.Default with { Version = Codebook.DepthLadder1 } };
        var entries = issue.BoardAt("2026-11-30").Commitments;
        const string Unchecked = "; the record ends on 31 January 2023, and nobody checked later";

        FlagWords.Each(entries[0], 90).Single().Says.ShouldBe($"Overdue: due 31 December 2024{Unchecked}");
        FlagWords.InLine(entries[1], 90).Single().ShouldEndWith(Unchecked);
        EntryWords.Recently(entries[1], Given.Day("2026-11-30")).ShouldBe($"In the 90 days to 30 November 2026: not yet rated{Unchecked}");
        (issue with { RecordedThrough = "2026-11-15" }).BoardAt("2026-11-30").Commitments.ShouldAllBe(x => FlagWords.Each(x, 90).All(flag => !flag.Says.Contains("nobody checked", StringComparison.Ordinal)));
    }

    [Fact]
    public void says_of_words_against_it_that_they_were_against_it()
    {
        BecauseWords.Of(Of(Issue.Named("it", 2).Undercuts(Depth.Words, "2022-12-12"))).ShouldStartWith("It was spoken against, ");
        BecauseWords.Of(Of(Issue.Named("it", 2).Undercuts(Depth.Words, "2022-12-12").Reaffirms(Depth.Words, "2022-12-13"))).ShouldStartWith("It was spoken of and against, ");
        BecauseWords.Of(Of(Issue.Named("it", 2).Reaffirms(Depth.Words, "2022-12-13"))).ShouldStartWith("It was spoken of, ");

        static BoardEntry Of(Given given) => Issue.Between(2, given).BoardAt("2023-01-31").Commitments.Single();
    }

    [Fact]
    public void says_of_what_was_withdrawn_when_and_why()
    {
        var withdrawal = new Withdrawal("It did not happen", "p-1", new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));

        EntryWords.Sentence(null, 0, ("Since Bali", Given.Day(Given.TheBaseline)), Given.Day("2026-11-30"), null, withdrawal: withdrawal)
            .ShouldBe("Withdrawn from the record on 30 November 2026: It did not happen.");
        RecordWords.Of(Tracker.Evidence.EvidenceState.Accepted, withdrawal).ShouldBe("Accepted; its activity was withdrawn, so it does not count.");
        RecordWords.Of(Tracker.Evidence.EvidenceState.Accepted, null).ShouldBe("Accepted.");
        RecordWords.Of(Tracker.Evidence.EvidenceState.Retracted, withdrawal).ShouldBe("Retracted.");
    }
}
