using System.Globalization;
using CsCheck;
using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class following_a_commitment
{
    [Fact]
    public void tells_of_the_visit_promised_in_Bali()
    {
        var course = Given.Deliverable.Due("2023-02")
            .Advances(Depth.Contact, "2022-12-11/2022-12-12").Undercuts(Depth.Mechanism, "2023-02-03").Advances(Depth.Delivered, "2023-06-18/2023-06-19")
            .SearchedThrough("2022-11-30").FollowedThrough("2023-12-31");

        Told(course.Spans).ShouldBe(
        [
            "2022-11-14 NotYetRated", "2022-11-30 NoneFound", "2022-12-12 DialogueOnly", "2023-02-03 Undercut", "2023-06-19 Delivered",
        ]);
        Told(course.Overdue).ShouldBe(["2023-03-01/2023-06-18"]);
        course.Stale.ShouldBeEmpty();
    }

    [Fact]
    public void begins_on_the_day_the_commitment_was_made_where_that_is_later() =>
        Told(Given.Deliverable.MadeOn("2023-01-10").Advances(Depth.Measure, "2023-01-10").FollowedThrough("2023-02-01").Spans)
            .ShouldBe(["2023-01-10 NotYetRated"]);

    [Fact]
    public void begins_on_the_day_asked_since_where_that_is_later() =>
        Told(Given.Deliverable.Advances(Depth.Measure, "2022-12-01").Advances(Depth.Contact, "2023-01-11").SeenSince("2023-01-10").FollowedThrough("2023-02-01").Spans)
            .ShouldBe(["2023-01-10 NotYetRated", "2023-01-11 DialogueOnly"]);

    [Fact]
    public void tells_a_status_once_however_much_confirms_it() =>
        Told(Given.Deliverable.Advances(Depth.Contact, "2022-12-01").Reaffirms(Depth.Contact, "2022-12-02").Advances(Depth.Words, "2022-12-03").FollowedThrough("2023-01-01").Spans)
            .ShouldBe(["2022-11-14 NotYetRated", "2022-12-01 DialogueOnly"]);

    [Fact]
    public void takes_an_imprecise_date_in_on_its_last_day() =>
        Told(Given.Deliverable.Advances(Depth.Measure, "2022-12").FollowedThrough("2022-12-31").Spans)
            .ShouldBe(["2022-11-14 NotYetRated", "2022-12-31 ConcreteAction"]);

    [Fact]
    public void leaves_out_what_reaches_over_an_edge() =>
        Told(Given.Deliverable.Advances(Depth.Measure, "2022-11-14/2022-11-20").Advances(Depth.Measure, "2022-12").FollowedThrough("2022-12-30").Spans)
            .ShouldBe(["2022-11-14 NotYetRated"]);

    [Fact]
    public void is_stale_between_what_advances_it()
    {
        var course = Given.Continuing.UnderCodebook(book => book with { StaleAfterDays = 10 })
            .Advances(Depth.Contact, "2022-12-01").Advances(Depth.Words, "2022-12-05").Reaffirms(Depth.Measure, "2022-12-20").FollowedThrough("2022-12-31");

        Told(course.Stale).ShouldBe(["2022-11-25/2022-11-30", "2022-12-16/2022-12-31"]);
    }

    [Fact]
    public void is_overdue_until_delivered_and_again_once_reversed() =>
        Told(Given.Deliverable.Due("2022-11").Advances(Depth.Delivered, "2022-12-05").Undercuts(Depth.Measure, "2022-12-10").FollowedThrough("2022-12-31").Overdue)
            .ShouldBe(["2022-12-01/2022-12-04", "2022-12-10/2022-12-31"]);

    [Fact]
    public void reaches_the_last_day_of_the_calendar()
    {
        var given = Given.Continuing.Due("9999").UnderCodebook(book => book with { StaleAfterDays = int.MaxValue }).Advances(Depth.Measure, "9999-12-31");
        var course = given.FollowedThrough("9999-12-31");

        Told(course.Spans).ShouldBe(["2022-11-14 NotYetRated", "9999-12-31 ConcreteAction"]);
        course.Overdue.ShouldBeEmpty();
        course.Stale.ShouldBeEmpty();
    }

    [Fact]
    public void tells_nothing_of_what_is_withdrawn_or_not_made_yet()
    {
        Given.Deliverable.Which(x => x with { Withdrawn = true }).FollowedThrough("2023-01-01").ShouldBe(Given.Deliverable.MadeOn("2023-01-02").FollowedThrough("2023-01-01"));
        Given.Deliverable.MadeOn("2023-01-02").FollowedThrough("2023-01-01").Spans.ShouldBeEmpty();
        Given.Deliverable.SeenSince("2023-01-02").FollowedThrough("2023-01-01").Spans.ShouldBeEmpty();
    }

    [Fact]
    public void says_of_every_day_what_judging_it_says() => Gen.Select(Any.History, Any.Day).Sample(
        (given, through) =>
        {
            var course = Course.Follow(given.Promise, given.Findings, given.Searches, given.Since, through, given.Codebook, given.Coverage);
            var first = given.Since > given.Promise.MadeOn ? given.Since : given.Promise.MadeOn;
            if (given.Promise.Withdrawn || first > through)
            {
                course.Spans.ShouldBeEmpty();
                course.Overdue.ShouldBeEmpty();
                course.Stale.ShouldBeEmpty();
                return;
            }

            course.Spans[0].From.ShouldBe(first);
            course.Spans[^1].From.ShouldBeLessThanOrEqualTo(through);
            for (var day = first; day <= through; day = day.AddDays(1))
            {
                var verdict = given.JudgedAt(day).ShouldNotBeNull();
                course.Spans.Last(span => span.From <= day).Status.ShouldBe(verdict.Status);
                course.Overdue.Any(span => span.From <= day && day <= span.Through).ShouldBe(verdict.Flags.Overdue);
                course.Stale.Any(span => span.From <= day && day <= span.Through).ShouldBe(verdict.Flags.Stale);
            }

            course.Spans.Zip(course.Spans.Skip(1)).ShouldAllBe(pair => pair.First.From < pair.Second.From && pair.First.Status != pair.Second.Status);
            foreach (var flags in new[] { course.Overdue, course.Stale })
            {
                flags.ShouldAllBe(span => first <= span.From && span.From <= span.Through && span.Through <= through);
                flags.Zip(flags.Skip(1)).ShouldAllBe(pair => pair.First.Through.AddDays(1) < pair.Second.From);
            }
        },
        iter: Any.Histories / 4);

    [Fact]
    public void says_of_each_party_what_judging_it_says() => Gen.Select(Any.History, Any.Day).Sample(
        (given, through) =>
        {
            foreach (var party in given.Promise.Parties)
            {
                var own = given.Findings.Where(finding => finding.Parties.Contains(party)).ToArray();
                var course = Course.Follow(given.Promise, own, given.Searches, given.Since, through, given.Codebook, given.Coverage);
                if (course.Spans.IsEmpty)
                    continue;
                for (var day = course.Spans[0].From; day <= through; day = day.AddDays(1))
                    course.Spans.Last(span => span.From <= day).Status.ShouldBe(given.JudgedAt(day)!.ByParty[party].Status);
            }
        },
        iter: Any.Histories / 4);

    private static string[] Told(IEnumerable<StatusSpan> spans) =>
        [.. spans.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy-MM-dd} {span.Status}"))];

    private static string[] Told(IEnumerable<FlagSpan> spans) =>
        [.. spans.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy-MM-dd}/{span.Through:yyyy-MM-dd}"))];
}
