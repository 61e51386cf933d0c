using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using Tracker.Agendas;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Feeds;
using Tracker.Languages;
using Tracker.Reports;
using Tracker.Specs.Reports;

namespace Tracker.Specs.Feeds;

/// <summary>An entry says what was so at its own recording: read again later, it says the same.</summary>
public sealed class writing_a_feed
{
    private static readonly DateTimeOffset At = new(2023, 6, 30, 6, 0, 0, TimeSpan.Zero);

    private static readonly Issue Visit = Issue.Between(2, Issue.Named("visit", 2));

    [Fact]
    public void words_how_far_the_record_reached_from_the_change_itself()
    {
        var covered = FeedEntry.Of(new ChangeGroup("5", new ChangeId(5, 1), [Told(ChangeKind.Covered), Told(ChangeKind.BecameOverdue)], null, "The record now reaches 31 January 2023."));

        var entry = Written(covered, Visit);

        entry.ShouldContain("Recorded 30 June 2023; counts from 31 January 2023. The record then reached 31 January 2023.");
        entry.ShouldContain("?validAt=2023-01-31&amp;knownAt=5");
        Written(covered, Visit with { RecordedThrough = "2023-06-15" }).ShouldBe(entry, "the record reaches further now");
    }

    [Fact]
    public void names_beside_the_day_of_a_report_the_earlier_one_that_the_record_reached()
    {
        var report = new Report("r", ReportDocument.Template2, new(2023, 2, 15), new(2022, 11, 14), 4, At, Codebook.Default, null, new string('0', 64), null, null, false, At, "p-1", CoveredThrough: new(2023, 1, 31), Current: true);

        Written(FeedEntry.Of(report, 6), Visit).ShouldContain(">Status report, 15 February 2023 (record to 31 January 2023)<");
        Written(FeedEntry.Of(report with { CoveredThrough = report.ValidAt }, 6), Visit).ShouldContain(">Status report, 15 February 2023<");
        Written(FeedEntry.Of(report with { CoveredThrough = null, Current = null }, 6), Visit).ShouldContain(">Status report, 15 February 2023<");
    }

    [Fact]
    public void says_of_a_report_with_more_on_record_when_it_was_issued_that_the_record_then_ended()
    {
        var report = new Report("r", ReportDocument.Template2, new(2023, 6, 30), new(2022, 11, 14), 4, At, Codebook.Default, null, new string('0', 64), null, null, false, At, "p-1", CoveredThrough: new(2023, 1, 31), Current: false);

        Written(FeedEntry.Of(report, 6), Visit).ShouldContain(">The record ends on 31 January 2023. It counts what happened after 14 November 2022 and through that day; issued for 30 June 2023.");
        Written(FeedEntry.Of(report with { OmitsLaterRecordings = true }, 6), Visit).ShouldContain(" The record then ended on 31 January 2023. It counts what happened after 14 November 2022 and through that day; issued for");
        Written(FeedEntry.Of(report with { Current = true }, 6), Visit).ShouldContain(">It counts what happened after 14 November 2022 and through 30 June 2023.");
        Language.English.ReportRecordEnded("31 January 2023", then: true).ShouldBe("the record then ended on 31 January 2023");
    }

    private static Change Told(ChangeKind kind) => new($"5.{(int)kind}", 5, At, new(2023, 1, 31), kind, null, null, null, null, [], false, "The record now reaches 31 January 2023.")
    { Changed = [], CoveredThrough = new(2023, 1, 31), Group = "5" };

    private static string Written(FeedEntry entry, Issue issue)
    {
        var board = issue.BoardAt("2023-06-30");
        var feed = new Feed(board.About!, board, new Moment(board.Agenda, 7, At), "urn:uuid:0", At, ImmutableArray.Create(entry), null, null);
        return XDocument.Parse(Encoding.UTF8.GetString(AtomFormat.Of(feed, "http://localhost")).TrimStart('\uFEFF')).Root!.Elements().Single(x => x.Name.LocalName == "entry").ToString();
    }
}
