using System.Globalization;
using Tracker.Recording;
using Tracker.Reports.Schedules;

namespace Tracker.Specs.Reports;

/// <summary>When a schedule comes, by the clocks of its zone, also in the nights in which they are changed.</summary>
public sealed class timing_a_schedule
{
    [Theory]
    // The clocks go from 2:00 to 3:00: half past two is not there, and comes at three.
    [InlineData("30 2 * * *", "Europe/Berlin", "2023-03-25T00:00Z", "2023-03-25T01:30Z 2023-03-26T01:00Z 2023-03-27T00:30Z")]
    [InlineData("30 2 * * *", "America/New_York", "2023-03-11T00:00Z", "2023-03-11T07:30Z 2023-03-12T07:00Z 2023-03-13T06:30Z")]
    // They go back from 3:00 to 2:00, or from 2:00 to 1:00: half past comes twice, and once is enough.
    [InlineData("30 2 * * *", "Europe/Berlin", "2023-10-28T00:00Z", "2023-10-28T00:30Z 2023-10-29T00:30Z 2023-10-30T01:30Z")]
    [InlineData("30 1 * * *", "America/New_York", "2023-11-04T00:00Z", "2023-11-04T05:30Z 2023-11-05T05:30Z 2023-11-06T06:30Z")]
    // Noon is noon on both sides.
    [InlineData("0 12 * * *", "Europe/Berlin", "2023-03-25T00:00Z", "2023-03-25T11:00Z 2023-03-26T10:00Z 2023-03-27T10:00Z")]
    // Every half hour is every half hour, through both.
    [InlineData("*/30 * * * *", "Europe/Berlin", "2023-10-29T00:00Z", "2023-10-29T00:30Z 2023-10-29T01:00Z 2023-10-29T01:30Z 2023-10-29T02:00Z")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2023-03-26T00:30Z", "2023-03-26T01:00Z 2023-03-26T01:30Z")]
    [InlineData("0 6 29 2 *", "UTC", "2023-01-01T00:00Z", "2024-02-29T06:00Z 2028-02-29T06:00Z")]
    [InlineData("0 6 * * MON", "Asia/Jakarta", "2023-01-31T00:00Z", "2023-02-05T23:00Z 2023-02-12T23:00Z")]
    public void comes_once_at_a_time_that_the_clocks_leave_out_or_show_twice(string cron, string zone, string after, string expected)
    {
        var timing = Timing.Of(cron, zone).ShouldNotBeNull();

        var next = timing.AllAfter(At(after)).Take(expected.Split(' ').Length).Select(x => x.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));

        string.Join(' ', next).ShouldBe(expected);
        foreach (var instant in timing.AllAfter(At(after)).Take(5))
        {
            timing.Has(instant).ShouldBeTrue();
            timing.Has(instant.AddMinutes(1)).ShouldBeFalse();
            timing.Has(instant.AddSeconds(-1)).ShouldBeFalse();
        }
    }

    /// <summary>Names that the database keeps for zones it has under others.</summary>
    [Theory]
    [InlineData("US/Eastern", "2023-01-31T11:00Z")]
    [InlineData("GMT", "2023-01-31T06:00Z")]
    [InlineData("UTC", "2023-01-31T06:00Z")]
    [InlineData("Etc/UTC", "2023-01-31T06:00Z")]
    [InlineData("Etc/GMT+5", "2023-01-31T11:00Z")]
    [InlineData("Japan", "2023-01-31T21:00Z")]
    [InlineData("EST5EDT", "2023-01-31T11:00Z")]
    [InlineData("America/Argentina/Buenos_Aires", "2023-01-31T09:00Z")]
    public void knows_a_zone_by_each_of_its_names(string zone, string first)
    {
        var problems = new Problems();

        Timing.Read(problems, "0 6 * * *", zone, At("2023-01-31T00:00Z"));

        problems.Any.ShouldBeFalse();
        Timing.Of("0 6 * * *", zone)!.After(At("2023-01-31T00:00Z")).ShouldBe(At(first));
    }

    [Theory]
    [InlineData("0 6 * *", "UTC", "bad-cron")]
    [InlineData("0 0 6 * * *", "UTC", "bad-cron")]
    [InlineData("@daily", "UTC", "bad-cron")]
    [InlineData("0 25 * * *", "UTC", "bad-cron")]
    [InlineData("0  6 * * *", "UTC", "bad-cron")]
    [InlineData("", "UTC", "bad-cron")]
    [InlineData("every morning at six o'clock", "UTC", "bad-cron")]
    [InlineData("0 6 30 2 *", "UTC", "never-occurs")]
    [InlineData("0 6 * * *", "Berlin", "bad-time-zone")]
    [InlineData("0 6 * * *", "", "bad-time-zone")]
    [InlineData("0 6 * * *", "europe/berlin", "bad-time-zone")]
    [InlineData("0 6 * * *", "Europe/BERLIN", "bad-time-zone")]
    [InlineData("0 6 * * *", "UTC-11", "bad-time-zone")]
    [InlineData("0 6 * * *", "Factory", "bad-time-zone")]
    [InlineData("0 6 * * *", "Tokyo Standard Time", "bad-time-zone")]
    [InlineData("0 6 * * *", "right/UTC", "bad-time-zone")]
    [InlineData("0 6 * * *", "W. Europe Standard Time", "bad-time-zone")]
    [InlineData("0 6 * * *", "+02:00", "bad-time-zone")]
    [InlineData("0 6 * * *", "posix/Europe/Berlin", "bad-time-zone")]
    [InlineData("0 6 * * *", "Europe/../Europe/Berlin", "bad-time-zone")]
    [InlineData("0 6 * * *", "Europe/Atlantis", "bad-time-zone")]
    public void is_refused_where_nobody_could_keep_it(string cron, string zone, string code)
    {
        var problems = new Problems();

        Timing.Read(problems, cron, zone, At("2023-01-31T00:00Z"));

        problems.Refusal().Code.ShouldBe(code);
    }

    [Fact]
    public void owes_the_latest_fifty_of_a_long_absence_and_says_how_many_it_passes_over()
    {
        var (due, passedOver, next) = Timetable.Due(Timing.Of("* * * * *", "UTC")!, At("2023-01-01T00:00Z"), At("2023-01-08T00:00Z"));

        due.Count.ShouldBe(50);
        due.First().ShouldBe(At("2023-01-07T23:11Z"));
        due.Last().ShouldBe(At("2023-01-08T00:00Z"));
        passedOver.ShouldBe((7 * 24 * 60) - 50);
        next.ShouldBe(At("2023-01-08T00:01Z"));
    }

    [Fact]
    public void names_each_occurrence_and_leaves_room_for_a_long_name()
    {
        var long1 = new string('a', 79) + "1";
        var at = At("2023-02-06T06:00Z");

        ScheduledName.Of(at, "weekly").ShouldBe("2023-02-06-t0600z-weekly");
        ScheduledName.Of(at, long1).Length.ShouldBe(80);
        ScheduledName.Of(at, long1).ShouldNotBe(ScheduledName.Of(at, new string('a', 79) + "2"));
        Slug.IsValid(ScheduledName.Of(at, long1)).ShouldBeTrue();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
