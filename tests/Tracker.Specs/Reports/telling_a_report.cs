using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Paper;
using Tracker.Sources;
using Tracker.Specs.Rule;
using Tracker.Status;

namespace Tracker.Specs.Reports;

/// <summary>What a report says: how far the record reaches first, who did what, and what moved since the report before.</summary>
public sealed class telling_a_report
{
    private const string NothingMoved = "No status and no flag has moved.";

    private static readonly Given Visit = Issue.Named("visit", 2, Given.Deliverable.Due("2023-02").Advances(Depth.Contact, "2022-12-12", by: "P1,P2"));
    private static readonly Given Talks = Issue.Named("talks", 2, Given.Continuing.Advances(Depth.Contact, "2022-11-22", by: "P1"));

    [Fact]
    public void says_below_its_title_that_the_record_ended_and_where()
    {
        var report = Issue.Between(2, Visit, Talks).ReportAt("2026-11-28");

        Lines(report).Skip(2).First().ShouldBe("**This record ends on 31 January 2023. Nothing in this report speaks of what happened later.**");
        var text = Text(report);
        text.ShouldContain("**In the 78 days from Bali to 31 January 2023, where this record ends, 0 of 2 commitments saw concrete action; 2 saw talks only.**");
        text.ShouldContain("Judged on what happened after 14 November 2022 and through 31 January 2023, where the record ends.");
        text.ShouldContain("Nothing was overdue or stale on 31 January 2023, where the record ends.");
        text.ShouldContain("- The promise visit: due February 2023; the record ends on 31 January 2023, and does not say whether it was done.");
        (report.Current, report.CoveredThrough, report.DaysSince).ShouldBe((false, Given.Day("2023-01-31"), 78));
    }

    [Fact]
    public void says_of_many_parties_how_many_in_the_table_and_in_each_line_of_the_timeline()
    {
        var breached = Issue.Named("quiet", 3, Given.Restraint.Undercuts(Depth.Measure, "2022-12-12", by: "P1"));
        var built = Issue.Named("group", 3, Given.Deliverable.Advances(Depth.Mechanism, "2022-12-12", by: "P1"));

        var text = Text(Issue.Between(3, breached, built).ReportAt("2026-11-28"));

        text.ShouldContain("by 1 of 3 parties");
        text.ShouldNotContain("0 of 3 parties");
        text.ShouldContain("The promise quiet: Not yet rated from 14 November 2022, Breached from 12 December 2022; at the end by 1 of 3 parties.");
        text.ShouldContain("The promise group: Not yet rated from 14 November 2022, Concrete action from 12 December 2022; at the end 1 of 3 parties with concrete action.");
        var (together, lane) = (text.IndexOf("One party’s act is enough for a status here.", StringComparison.Ordinal), text.IndexOf("The promise quiet: Not yet rated", StringComparison.Ordinal));
        together.ShouldBeInRange(0, lane);
    }

    [Fact]
    public void says_before_all_else_that_more_was_on_record_when_it_was_issued()
    {
        const string Known = "As known on 1 February 2023, 06:00:00 UTC (position 7). What was recorded later is not in it.";
        var report = Issue.Between(2, Visit, Talks).ReportAt("2026-11-28");
        var less = report with { OmitsLaterRecordings = true };

        Text(report).ShouldNotContain("What was recorded later");
        Lines(less).Skip(2).First().ShouldBe($"**{Known}**");
        Lines(less).Skip(4).First().ShouldStartWith("**This record then ended on 31 January 2023. ");
        ReportProse.Of(less, new string('0', 64), "r").Running.ShouldContain("as of 28 November 2026 (record to 31 January 2023) · as known at position 7 · ");
        Json(report).ShouldContain("\"omitsLaterRecordings\":false");
        Json(less).ShouldContain("\"omitsLaterRecordings\":true");
        Json(less with { Template = ReportDocument.Template1 }).ShouldNotContain("omitsLaterRecordings");
    }

    /// <summary>The record may reach further by now, and did when it was issued.</summary>
    [Fact]
    public void says_of_a_record_that_had_more_when_it_was_issued_that_it_then_ended_where_it_did()
    {
        var issue = Issue.Between(2, Visit, Talks);
        var less = ReportDocument.Of(issue.MaterialAt("2026-11-28") with { OmitsLaterRecordings = true });
        var text = Text(less);

        less.Headline.ShouldStartWith("In the 78 days from Bali to 31 January 2023, where this record then ended, 0 of 2 commitments saw concrete action");
        text.ShouldContain("Judged on what happened after 14 November 2022 and through 31 January 2023, where the record then ended.");
        text.ShouldContain("Nothing was overdue or stale on 31 January 2023, where the record then ended.");
        text.ShouldContain("- The promise visit: due February 2023; the record then ended on 31 January 2023, and did not say whether it was done.");
        PictureOf(less).Drawn().ShouldContain("31 January 2023, where the record then ended");
        text.ShouldNotContain("record ends");
        Text(less with { AsOf = less.ValidAt }).ShouldContain("**This record then ended on 31 January 2023. Its rule, ");
        Text(issue.ReportAt("2026-11-28")).ShouldNotContain("then ended");
        // What the first template said, it says for ever.
        Text(Report1.Of(issue.MaterialAt("2026-11-28") with { OmitsLaterRecordings = true })).ShouldNotContain("then ended");
    }

    [Theory]
    [InlineData(NotCompared.First, "This is the agenda’s first report: there is none before it to compare with.", "first")]
    [InlineData(NotCompared.OthersRestOnLater, "Reports were issued before this one, but those not marked as issued in error rest on recordings made after position 7, which this one leaves out. So it is compared with none.", "othersRestOnLater")]
    [InlineData(NotCompared.OthersIssuedInError, "Each report issued before this one was marked as issued in error, so it is compared with none.", "othersIssuedInError")]
    public void says_why_it_is_compared_with_none(NotCompared because, string said, string word)
    {
        var report = ReportDocument.Of(Issue.Between(2, Visit).MaterialAt("2023-01-31") with { NotComparedBecause = because });

        Text(report).ShouldContain($"## What moved since the last report\n\n{said}\n");
        Json(report).ShouldContain($"\"previous\":null,\"notComparedBecause\":\"{word}\"");
        Json(report with { Template = ReportDocument.Template1 }).ShouldNotContain("notComparedBecause");
    }

    [Fact]
    public void says_of_a_board_without_commitments_whether_they_were_made_later_or_not_recorded()
    {
        var (none, one, two) = (Issue.Between(2), Issue.Between(2, Visit.MadeOn("2023-01-20")), Issue.Between(2, Visit.MadeOn("2023-01-20"), Talks.MadeOn("2023-01-21")));

        Text(none.ReportAt("2023-01-15")).ShouldContain("No commitment is on this board: at position 7 none is on record, whichever day it was made on.");
        Text(one.ReportAt("2023-01-15")).ShouldContain("No commitment is on this board: the one on record was made later than the day asked about.");
        Text(two.ReportAt("2023-01-15")).ShouldContain("No commitment is on this board: the 2 on record were made later than the day asked about.");
        Json(two.ReportAt("2023-01-15")).ShouldContain("\"summary\":{\"commitments\":0,\"onRecord\":2,");
        // What the first template said of it, it says for ever.
        Text(Report1.Of(none.MaterialAt("2023-01-15"))).ShouldContain("No commitment is on this board: none was made by the day asked about.");
    }

    [Fact]
    public void says_of_a_party_with_promises_searched_to_different_days_the_one_that_all_were_searched_to()
    {
        var (early, late) = (Issue.Named("early", 2, Given.Deliverable.SearchedThrough("2023-01-10")), Issue.Named("late", 2, Given.Deliverable.SearchedThrough("2023-01-31")));

        Text(Issue.Between(2, early, late).ReportAt("2023-01-31")).ShouldContain("| Party 1 | **0 of 2** | 2 **None found** (each searched at least through 10 January 2023) |");
        Text(Issue.Between(2, early).ReportAt("2023-01-31")).ShouldContain("| Party 1 | **0 of 1** | 1 **None found** (searched through 10 January 2023) |");
    }

    [Fact]
    public void draws_below_each_lane_of_how_many_parties_it_is_and_names_itself_where_the_picture_is_alone()
    {
        var built = Issue.Named("group", 20, Given.Deliverable.Advances(Depth.Mechanism, "2022-12-12", by: "P1,P2"));
        var quiet = Issue.Named("quiet", 20, Given.Restraint.Undercuts(Depth.Measure, "2022-12-12", by: "P1"));
        var calm = Issue.Named("calm", 20, Given.Restraint.SearchedThrough("2022-12-20"));
        var report = Issue.Between(20, built, quiet, calm).ReportAt("2026-11-28");

        var picture = PictureOf(report);

        string[] drawn = [.. picture.Drawn()];
        drawn.ShouldContain("2 of 20 parties with concrete action");
        drawn.ShouldContain("by 1 of 20 parties");
        drawn.ShouldContain("searched through 20 December 2022");
        picture.Alone!.Texts().ShouldBe(["What they said they would do: status report, 28 November 2026 (record to 31 January 2023)", "One party’s act is enough for a status here."]);
        PictureOf(report with { Template = ReportDocument.Template1 }).Drawn().ShouldNotContain(x => x.Contains("of 20", StringComparison.Ordinal));
        using var png = SkiaSharp.SKBitmap.Decode(Tracker.Reports.Pdf.PngFormat.Write(picture));
        png.Height.ShouldBe((int)MathF.Ceiling((picture.Height + picture.Alone.Height + 20) * 2));
    }

    [Fact]
    public void says_of_days_on_which_nothing_was_found_through_which_was_searched()
    {
        var calm = Issue.Named("calm", 2, Given.Restraint.SearchedThrough("2022-12-01", "2022-12-10").Undercuts(Depth.Measure, "2022-12-12", by: "P1"));
        var quiet = Issue.Named("quiet", 2, Given.Restraint.SearchedThrough("2022-12-10"));
        var report = Issue.Between(2, calm, quiet).ReportAt("2023-01-31");

        var text = Text(report);

        text.ShouldContain("The promise calm: Not yet rated from 14 November 2022, No breach found from 1 December 2022 (searched through 10 December 2022), Breached from 12 December 2022; at the end by 1 of 2 parties.");
        text.ShouldContain("The promise quiet: Not yet rated from 14 November 2022, No breach found from 10 December 2022 (searched through 10 December 2022).");
        PictureOf(report).Drawn().ShouldContain("searched through 10 December 2022");
        Text(report with { Template = ReportDocument.Template1 }).ShouldContain("No breach found from 10 December 2022.");
    }

    [Fact]
    public void says_of_a_search_that_evidence_counts_from_the_days_searched()
    {
        var report = Issue.Between(2, Issue.Named("calm", 2, Given.Restraint.SearchedThrough("2022-12-01", "2022-12-20").Undercuts(Depth.Measure, "2022-12-10", by: "P1"))).ReportAt("2023-01-31");

        var text = Text(report);

        text.ShouldContain("The promise calm: searched through 20 December 2022 in Xinhua. The record also holds evidence that counts from the days searched.");
        text.ShouldContain("The promise calm: searched through 1 December 2022 in Xinhua.\n");
        Text(report with { Template = ReportDocument.Template1 }).ShouldNotContain("counts from the days searched");
    }

    [Fact]
    public void hatches_what_was_searched_in_vain_to_the_day_that_was_searched_and_names_that_day_below()
    {
        var calm = Issue.Named("calm", 2, Given.Restraint.SearchedThrough("2022-12-01", "2022-12-10").Undercuts(Depth.Measure, "2022-12-20", by: "P1"));
        var quiet = Issue.Named("quiet", 2, Given.Restraint.SearchedThrough("2023-01-10"));
        var report = Issue.Between(2, calm, quiet).ReportAt("2023-01-31");

        var (drawn, first) = (PictureOf(report), PictureOf(report with { Template = ReportDocument.Template1 }));

        HatchedTo(drawn.Bands[0]).ShouldBeInRange(Across("2022-12-11") - 4, Across("2022-12-11") + 0.1f);
        HatchedTo(drawn.Bands[1]).ShouldBeInRange(Across("2023-01-11") - 4, Across("2023-01-11") + 0.1f);
        drawn.Bands[0].Texts().ShouldContain("searched through 10 December 2022");
        drawn.Bands[1].Texts().ShouldContain("searched through 10 January 2023");
        Text(report).ShouldContain("hatched through the day to which a search found nothing, blank after that day and where nothing is rated.");
        // As the first template drew it, to the end of the status.
        HatchedTo(first.Bands[0]).ShouldBeInRange(Across("2022-12-20") - 4, Across("2022-12-20") + 0.1f);
        HatchedTo(first.Bands[1]).ShouldBeInRange(Across("2023-01-31") - 4, Across("2023-01-31") + 0.1f);

        static float Across(string day) => 216 + ((Given.Day(day).DayNumber - Given.Day(Given.TheBaseline).DayNumber) * 490f / 78);

        static float HatchedTo(Band lane) => lane.Marks.OfType<PathMark>().Single(x => x.Line == Palette.Light.Of(CommitmentStatus.NoneFound).Stripe)
            .Path.Split('M', 'L').Skip(1).Max(x => float.Parse(x.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void puts_the_days_of_searches_that_have_no_room_beside_each_other_in_lines_of_their_own()
    {
        var often = Issue.Named("often", 2, Given.Restraint.SearchedThrough("2022-12-30").Undercuts(Depth.Words, "2023-01-02", by: "P1,P2"));
        var fuzzy = Issue.Named("twice", 2, Given.Restraint.SearchedThrough("2022-12-30"));
        var report = Issue.Between(2, often, fuzzy).ReportAt("2023-01-31");
        var lane = report.Timeline[0] with
        {
            SearchedThrough = [Given.Day("2022-12-30"), Given.Day("2023-01-20")],
            Spans = [new(Given.Day("2022-12-28"), CommitmentStatus.NoneFound), new(Given.Day("2023-01-02"), CommitmentStatus.WordsOnly), new(Given.Day("2023-01-18"), CommitmentStatus.NoneFound)],
        };

        var drawn = PictureOf(report with { Timeline = [lane, report.Timeline[1]] }).Bands;

        var days = drawn[0].Marks.OfType<TextMark>().Where(x => x.Text.StartsWith("searched through", StringComparison.Ordinal)).ToArray();
        days.Select(x => x.Text).ShouldBe(["searched through 20 January 2023", "searched through 30 December 2022"]);
        (days[1].Y - days[0].Y).ShouldBe(11, 0.01f);
        drawn[0].Height.ShouldBeGreaterThan(drawn[1].Height + 10);
    }

    [Fact]
    public void says_beside_the_day_of_a_current_record_that_it_reaches_an_earlier_one()
    {
        var report = Issue.Between(2, Visit, Talks).ReportAt("2023-02-15");
        var sheet = ReportProse.Of(report, new string('0', 64), "r");

        report.Current.ShouldBeTrue();
        sheet.Running.ShouldContain("as of 15 February 2023 (record to 31 January 2023) · ");
        Text(report).ShouldContain("Judged as of 15 February 2023 (record to 31 January 2023), on what has happened after 14 November 2022.");
        Text(Report1.Of(Issue.Between(2, Visit, Talks).MaterialAt("2023-02-15"))).ShouldNotContain("record to");
        Text(Issue.Between(2, Visit, Talks).ReportAt("2023-01-31")).ShouldNotContain("record to");
    }

    [Fact]
    public void names_the_sources_of_an_activity_where_its_evidence_cites_none()
    {
        var issue = Issue.Between(2, Visit) with
        {
            ActivitySources = ["readout"],
            Sources = [new Source("readout", SourceKind.Readout, SourceTier.Readout, "P1", "Readout", null, null, null, null, null, null)],
        };

        var report = issue.ReportAt("2023-01-31");

        report.Evidence.Single().Sources.ShouldBe([1]);
        report.Sources.Single().Slug.ShouldBe("readout");
        Report1.Of(issue.MaterialAt("2023-01-31")).Evidence.Single().Sources.ShouldBeEmpty();
    }

    [Fact]
    public void says_so_in_print_on_the_first_page()
    {
        var sheet = ReportProse.Of(Issue.Between(2, Visit, Talks).ReportAt("2026-11-28"), new string('0', 64), "2023-01-31-p1");
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(Tracker.Reports.Pdf.PdfFormat.Write(sheet, new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero)));

        pdf.GetPage(1).Text.Replace(" ", "", StringComparison.Ordinal).ShouldContain("Thisrecordendson31January2023.");
    }

    [Fact]
    public void says_how_far_a_current_record_reaches_and_where_was_looked()
    {
        var stated = Issue.Between(2, Visit) with { Stated = [new CoverageStatement("c1", Given.Day("2023-02-10"), ["Xinhua", "state.gov"], "Weekly.")] };

        Lines(stated.ReportAt("2023-02-15")).Skip(2).First()
            .ShouldBe("The record covers the time through 10 February 2023. Its keepers state that all they found through 10 February 2023 is on record. Places searched: Xinhua; state.gov. Weekly.");
        Text(Issue.Between(2, Visit).ReportAt("2023-02-15")).ShouldContain("The record covers the time through 31 January 2023. 31 January 2023 is the day of the latest activity or search on record");
    }

    [Fact]
    public void names_the_day_on_which_nothing_was_overdue_where_the_record_stops_before_the_report()
    {
        var due = Issue.Named("list", 2, Given.Deliverable.Due("2023-02-10"));
        var text = Text(Issue.Between(2, due, Talks).ReportAt("2023-02-20"));

        text.ShouldContain("Nothing was overdue or stale as of 31 January 2023, the day the record reaches.");
        text.ShouldContain("- The promise list: due 10 February 2023; the record reaches 31 January 2023, and does not say whether it was done.");
        text.ShouldNotContain("Nothing is overdue or stale.");
        Text(Issue.Between(2, Issue.Named("early", 2, Given.Deliverable.Due("2023-01-10"))).ReportAt("2023-02-20")).ShouldContain("As of 31 January 2023, the day the record reaches.");
        Text(Issue.Between(2, Talks).ReportAt("2023-01-31")).ShouldContain("Nothing is overdue or stale.");
    }

    [Fact]
    public void says_where_evidence_counts_only_because_an_imported_file_says_that_it_was_accepted()
    {
        const string Stated = "accepted elsewhere, as the imported file says;";
        var here = Issue.Between(2, Visit, Talks).ReportAt("2023-01-31");
        var imported = here with { Evidence = [.. here.Evidence.Select(x => x with { Reviewed = Reviewed.Stated })] };
        var some = here with { Evidence = [here.Evidence[0] with { Reviewed = Reviewed.Stated }, .. here.Evidence.Skip(1)] };

        Text(here).ShouldNotContain(Stated);
        // Under the table, and where the method says how much is accepted.
        Text(imported).Split($"All 2 pieces of accepted evidence in the window were {Stated} their acceptance was not reviewed here.").Length.ShouldBe(3);
        Text(some).Split($"1 of the 2 pieces of accepted evidence in the window was {Stated} its acceptance was not reviewed here.").Length.ShouldBe(3);
        Text(imported).ShouldContain("or an imported file says that someone did. 2 of 2 pieces of evidence are accepted;");
    }

    [Fact]
    public void says_what_it_said_where_the_first_template_issued_it()
    {
        var now = Issue.Between(2, Visit, Talks).ReportAt("2023-01-31");
        var first = Text(now with { Template = ReportDocument.Template1, Evidence = [.. now.Evidence.Select(x => x with { Reviewed = Reviewed.Stated })] });

        first.ShouldContain("Evidence counts when it certainly happened after 14 November 2022 and by 31 January 2023.");
        first.ShouldContain("Evidence counts when someone other than its coder accepts it. 2 of 2 pieces of evidence are accepted;");
        first.ShouldContain("or reaches over an edge of the window.");
        first.ShouldNotContain("imported file");
        Text(now).ShouldContain("after 14 November 2022 (or after the day a commitment was made, if later) and by 31 January 2023.");
    }

    [Fact]
    public void does_not_say_that_nothing_moved_where_a_flag_was_raised_without_a_recording()
    {
        // Both reports are of one position. Judged by depth-ladder/1, the later day alone raises flags.
        var issue = Issue.Between(2, Visit, Talks) with { Codebook = Codebook.Default with { Version = Codebook.DepthLadder1 } };
        var (before, first) = (issue.BoardAt("2023-01-31"), issue.ReportAt("2023-01-31"));
        first.Overdue.ShouldBeEmpty();

        var second = issue.ReportAt("2026-11-28", before);

        second.Previous!.Position.ShouldBe(second.Position);
        second.Overdue.ShouldBe(["visit"]);
        second.Stale.ShouldBe(["talks"]);
        var text = Text(second);
        text.ShouldNotContain(NothingMoved);
        text.ShouldContain("| The promise talks | The commitment | *not stale* | **stale; the record ends on 31 January 2023, and nobody checked later** |");
        text.ShouldContain("| The promise visit | The commitment | *not overdue* | **overdue; the record ends on 31 January 2023, and nobody checked later** |");
    }

    [Fact]
    public void calls_what_a_restraint_came_to_by_its_own_words_wherever_it_stands()
    {
        var text = Text(Issue.Between(6, Issue.Named("arms", 6, Given.Restraint.SearchedThrough("2023-01-31")), Issue.Named("tests", 6, Given.Restraint.Undercuts(Depth.Measure, "2022-12-12", by: "P1")))
            .ReportAt("2023-01-31"));

        text.ShouldContain("| Party 1 | **0 of 2** | 1 **Breached**, 1 **No breach found** (searched through 31 January 2023) |");
        text.ShouldContain("| The promise arms | **No breach found**<br>*searched through 31 January 2023* |");
        text.ShouldNotContain("**Undercut**");
        text.ShouldNotContain("**None found**");
    }

    [Fact]
    public void names_the_baseline_on_its_own_day_alone()
    {
        var report = Issue.Between(2, Visit).ReportAt("2023-01-31");

        Text(report).ShouldContain("Counted since Bali, 14 November 2022.");
        Text(report with { Since = Given.Day("2022-12-01") }).ShouldContain("Counted since 1 December 2022; the baseline is Bali, 14 November 2022.");
    }

    [Fact]
    public void takes_a_joint_statement_recorded_once_for_the_words_of_all_who_made_it()
    {
        var issue = Issue.Between(20, [.. Enumerable.Range(1, 12).Select(x => Issue.Named($"promise-{x}", 20))]) with
        {
            Clauses = [new Clause("1", "P1", "communique", "we shall", "en", null, null)],
            Sources = [new Source("communique", SourceKind.JointStatement, SourceTier.Official, "The summit", "Communiqué", null, null, null, null, null, null)],
        };
        var (report, first) = (issue.ReportAt("2023-01-31"), Report1.Of(issue.MaterialAt("2023-01-31")));

        (report.Divergence.Shared, report.Divergence.OneSided, report.Wordings[0].Only).ShouldBe((12, 0, null));
        var text = Text(report);
        text.ShouldContain("Of 12 commitments, 12 stand in each party’s own words or in a joint statement, 0 in one party’s alone, and 0 in nobody’s.");
        text.ShouldContain("Joint statement (The summit), recorded for: Party 1");
        text.ShouldNotContain("No wording is on record");
        // What the first template told of it, it tells for ever.
        (first.Divergence.Shared, first.Divergence.OneSided, first.Wordings[0].Only, first.Wordings[0].Silent.Length).ShouldBe((0, 12, "P1", 19));
        Text(first).ShouldContain("Not in the accounts of: Party 2, Party 3, ");
    }

    [Fact]
    public void tells_of_a_joint_statement_where_one_stands_for_words_that_a_party_has_none_of_its_own()
    {
        var joint = new Clause("1", "P1", "communique", "we shall", "en", null, null);
        var issue = Issue.Between(2, Visit) with
        {
            Sources =
            [
                new Source("communique", SourceKind.JointStatement, SourceTier.Official, "The summit", "Communiqué", null, null, null, null, null, null),
                new Source("readout", SourceKind.Readout, SourceTier.Readout, "P1", "Readout", null, null, null, null, null, null),
            ],
        };
        var all = (issue with { Clauses = [joint, joint with { Id = "2", Source = "readout" }, joint with { Id = "3", Party = "P2", Source = "readout" }] }).ReportAt("2023-01-31");
        var alone = (issue with { Clauses = [joint, joint with { Id = "2", Source = "readout" }] }).ReportAt("2023-01-31");

        (all.Wordings[0].Shared, all.Wordings[0].Jointly, alone.Wordings[0].Shared, alone.Wordings[0].Jointly).ShouldBe((true, false, true, true));
        Text(all).ShouldContain("1 stands in each party’s own words, 0 in");
        Text(alone).ShouldContain("1 stands in each party’s own words or in a joint statement, 0 in");
        Json(alone).ShouldContain("\"jointly\":true");
        Json(alone with { Template = ReportDocument.Template1 }).ShouldNotContain("jointly");
    }

    [Fact]
    public void says_of_whom_no_wording_is_on_record_and_not_that_they_were_silent()
    {
        var text = Text((Issue.Between(2, Visit) with
        {
            Clauses = [new Clause("1", "P1", "readout", "we shall", "en", null, null)],
            Sources = [new Source("readout", SourceKind.Readout, SourceTier.Readout, "P1", "Readout", null, null, null, null, null, null)],
        }).ReportAt("2023-01-31"));

        text.ShouldContain("No wording is on record of: Party 2.");
        text.ShouldNotContain("accounts of");
    }

    [Fact]
    public void says_that_it_was_issued_in_error_once_emphatically() =>
        MarkdownFormat.Write(ReportProse.Of(Issue.Between(2, Visit).ReportAt("2023-01-31"), new string('0', 64), "x", new Withdrawal("Wrong day.", "p-1", new DateTimeOffset(2023, 3, 1, 0, 0, 0, TimeSpan.Zero))))
            .ShouldMatch("\n\\*\\*Issued in error, and marked so on 1 March 2023[^*]*: “Wrong day.” Everything below stands as it was issued.\\*\\*\n");

    [Fact]
    public void says_that_nothing_moved_where_the_boards_are_the_same()
    {
        var issue = Issue.Between(2, Visit, Talks);

        var text = Text(issue.ReportAt("2026-11-28", issue.BoardAt("2023-01-31")));

        text.ShouldContain(NothingMoved);
        text.ShouldContain("In both, the record reaches to 31 January 2023.");
    }

    [Fact]
    public void tells_what_moved_for_the_whole_and_for_each_party_with_what_came()
    {
        var before = Issue.Between(2, Visit).BoardAt("2023-01-31");

        var report = Issue.Between(2, Visit.Advances(Depth.Measure, "2023-01-10", by: "P2"), Talks).ReportAt("2023-01-31", before);

        report.New.ShouldBe(["talks"]);
        var text = Text(report);
        text.ShouldContain("| The promise talks | The commitment | *was not on the board* | **Dialogue only**<br>*by 1 of 2 parties* |");
        text.ShouldContain("| The promise visit | The commitment | **Dialogue only** | **Concrete action**<br>*1 of 2 parties with concrete action* |");
        text.ShouldContain("|  | Party 2 | **Dialogue only** | **Concrete action** |");
    }

    /// <summary>Without it, one party's delivery reads as all parties', and another's act as theirs.</summary>
    [Fact]
    public void says_of_what_moved_how_many_of_the_parties_it_is_of_now_and_then()
    {
        var (promised, kept) = (Issue.Named("visit", 4), Issue.Named("visit", 4).Advances(Depth.Delivered, "2023-01-10", by: "P1"));
        var (built, taken) = (Issue.Named("visit", 4).Advances(Depth.Measure, "2023-01-10", by: "P2,P3"), kept.Undercuts(Depth.Measure, "2023-01-20", by: "P2"));

        Moved(promised, kept).ShouldBe("| **Not yet rated** | **Delivered**<br>*by 1 of 4 parties* |");
        Moved(kept, taken).ShouldBe("| **Delivered**<br>*by 1 of 4 parties* | **Reversed**<br>*by another’s act; delivered by 1 of 4 parties* |");
        Moved(taken, kept).ShouldBe("| **Reversed**<br>*by another’s act; delivered by 1 of 4 parties* | **Delivered**<br>*by 1 of 4 parties* |");
        Moved(built, kept).ShouldBe("| **Concrete action**<br>*2 of 4 parties with concrete action* | **Delivered**<br>*by 1 of 4 parties* |");
        var report = Report1.Of(Issue.Between(4, kept).MaterialAt("2023-01-31", Issue.Between(4, promised).BoardAt("2023-01-31")));
        Text(report).ShouldNotContain("by 1 of 4 parties");
        foreach (var said in (string[])["A status here is that of all parties together: ", "| All parties together |", "The status is that of all parties together."]) Text(report).ShouldContain(said);

        static string Moved(Given then, Given now)
        {
            var text = Text(Issue.Between(4, now).ReportAt("2023-01-31", Issue.Between(4, then).BoardAt("2023-01-31")));
            text.ShouldNotContain("all parties together", Case.Insensitive);
            const string Row = "| The promise visit | The commitment ";
            return text.Split('\n').Single(x => x.StartsWith(Row, StringComparison.Ordinal))[Row.Length..];
        }
    }

    [Fact]
    public void lets_the_cells_of_many_parties_lead_and_leaves_no_party_out()
    {
        const int Many = 20;
        var report = Issue.Between(Many,
            Issue.Named("methane", Many, Given.Deliverable.Advances(Depth.Measure, "2022-12-12", by: "P7")),
            Issue.Named("visit", Many, Given.Deliverable.Reaffirms(Depth.Words, "2022-12-12", by: "P1,P2"))).ReportAt("2023-01-31");

        var text = Text(report);

        text.ShouldContain("the parties have taken concrete action on 1 of 40 party commitments (each commitment counted once for each of its parties)");
        text.ShouldContain("| The promise methane | **1 of 20 parties** | **Concrete action** |");
        text.ShouldContain("| The promise visit | **0 of 20 parties** | **Words only**<br>");
        text.ShouldContain("by 2 of 20 parties");
        var fund = Issue.Named("fund", Many, Given.Deliverable.Advances(Depth.Delivered, "2022-12-12", by: "P3").Advances(Depth.Measure, "2022-12-13", by: "P4,P5"));
        Text(Issue.Between(Many, fund).ReportAt("2023-01-31")).ShouldMatch(@"\| The promise fund \| \*\*3 of 20 parties\*\* \| \*\*Delivered\*\*<br>\*by 1 of 20 parties");
        text.ShouldContain("| Party 7 | **1 of 2** | 1 **Concrete action**, 1 **Not yet rated** |");
        text.ShouldContain("| The promise methane | **Concrete action** | Party 7 |");
        var who = text[text.IndexOf("### Who stands where", StringComparison.Ordinal)..text.IndexOf("## What moved", StringComparison.Ordinal)];
        for (var party = 1; party <= Many; party++) System.Text.RegularExpressions.Regex.Count(who, $"Party {party}\\b").ShouldBe(2, $"Party {party}, on both commitments");
        (report.Summary.Cells.WithConcreteAction, report.Summary.Cells.Of, report.Summary.ByParty.Count).ShouldBe((1, 40, Many));
    }

    [Theory]
    [InlineData("https://tracker.example.org", "[https://tracker.example.org/method/depth-ladder-2](<https://tracker.example.org/method/depth-ladder-2>)")]
    [InlineData("", "[/method/depth-ladder-2](</method/depth-ladder-2>)")]
    [InlineData(null, "How the rule works, and what each word means: /method/depth-ladder-2")]
    public void explains_its_words_and_leads_to_the_rule(string? home, string expected)
    {
        var text = MarkdownFormat.Write(ReportProse.Of(Issue.Between(2, Visit).ReportAt("2023-01-31"), new string('0', 64), "2023-01-31-p1", home: home));

        text.ShouldContain(expected);
        text.ShouldContain("The bar is the depth from which action counts as concrete. Here it is “mechanism”");
    }

    [Fact]
    public void holds_all_of_it_in_its_json_and_one_of_the_first_template_none_of_what_came_later()
    {
        var issue = Issue.Between(2, Visit, Talks);
        var report = issue.ReportAt("2026-11-28", issue.BoardAt("2023-01-31"));
        string[] later = ["\"coveredThrough\"", "\"current\"", "\"asOf\"", "\"statedCoverage\"", "\"moved\"", "\"cells\"", "\"parties\":{", "\"coverageDays\""];

        var (now, first) = (Json(report), Json(report with { Template = ReportDocument.Template1 }));

        foreach (var member in later)
        {
            now.ShouldContain(member);
            first.ShouldNotContain(member);
        }

        now.ShouldStartWith("""{"template":"report/2",""");
    }

    private static string Json(ReportDocument report) => System.Text.Encoding.UTF8.GetString(report.CanonicalJson());

    private static string Text(ReportDocument report) => MarkdownFormat.Write(ReportProse.Of(report, new string('0', 64), "2023-01-31-p1"));

    private static Picture PictureOf(ReportDocument report) => ReportProse.Of(report, new string('0', 64), "r").Blocks.OfType<Picture>().Single();

    private static string[] Lines(ReportDocument report) => Text(report).Split('\n');
}
