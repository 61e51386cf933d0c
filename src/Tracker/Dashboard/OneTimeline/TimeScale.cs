using System.Collections.Immutable;
using System.Globalization;
using Tracker.Agendas;

namespace Tracker.Dashboard.OneTimeline;

/// <summary>
/// Where days lie on a drawing, in percent of its width, so that it fits any screen. A long quiet end is drawn short, after a break.
/// </summary>
/// <param name="From">The first day, at 0.</param>
/// <param name="Through">The last day, at 100.</param>
/// <param name="Break">The day after which days are drawn short; null where all are drawn alike.</param>
public sealed record TimeScale(DateOnly From, DateOnly Through, DateOnly? Break)
{
    /// <summary>Where the break begins, and where the short end does.</summary>
    public const double BreakFrom = 87;
    public const double BreakThrough = 90;
    private const int QuietDays = 60;
    private const int MostTicks = 12;
    private static readonly int[] Steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000, 12_000];

    /// <summary>The scale of the days from one through another.</summary>
    /// <param name="lastEvent">The last day on which anything is drawn.</param>
    public static TimeScale Of(DateOnly from, DateOnly through, DateOnly lastEvent)
    {
        if (through <= from) through = from < DateOnly.MaxValue ? from.AddDays(1) : from;
        var busy = Math.Max(lastEvent.DayNumber - from.DayNumber, 1);
        var quiet = through.DayNumber - Math.Max(lastEvent.DayNumber, from.DayNumber);
        // Some room after the last event, so that it does not stand at the break itself.
        return quiet > Math.Max(QuietDays, busy)
            ? new(from, through, from.AddDays(busy + Math.Max(busy / 16, 2)))
            : new(from, through, null);
    }

    /// <summary>The scale of a record that ends: after that day comes a break, and a short stretch of days of which nothing is known.</summary>
    public static TimeScale To(DateOnly from, DateOnly end, DateOnly through) =>
        new(from, through > end ? through : end.AddDays(Math.Max(1, (end.DayNumber - from.DayNumber) / 8)), end);

    /// <summary>Where a day lies; what is before the first or after the last lies at the edge.</summary>
    public double At(DateOnly day)
    {
        if (day <= From) return 0;
        if (day >= Through) return 100;
        if (Break is not { } end) return Part(day, From, Through) * 100;
        return day <= end ? Part(day, From, end) * BreakFrom : BreakThrough + (Part(day, end, Through) * (100 - BreakThrough));
    }

    /// <summary>Days to write under the drawing: first days of weeks, months, quarters or years, a dozen at most.</summary>
    public IEnumerable<Tick> Ticks()
    {
        var end = Break ?? Through;
        var days = end.DayNumber - From.DayNumber;
        if (days < 45)
        {
            var step = Math.Max(1, (days / 8) + 1);
            for (var n = step; n < days; n += step) yield return new Tick(From.AddDays(n), Texts.DayOfYearShort(From.AddDays(n)), n / step % 2 == 0);
            yield break;
        }

        var months = Steps.First(step => days / 30 / step <= MostTicks);
        var number = 0;
        for (var month = (From.Year * 12) + From.Month; month / 12 < 9999; month++)
        {
            if (month % months != 0) continue;
            var day = new DateOnly(month / 12, (month % 12) + 1, 1);
            if (day > end) yield break;
            if (day > From) yield return new Tick(day, day.ToString(months % 12 == 0 ? "yyyy" : "MMM yyyy", Texts.Culture), ++number % 3 != 1);
        }
    }

    // Names nearer than this, in percent, would run into each other.
    private const double Near = 14;

    // How many pixels the drawing has on a small phone, and how many a letter takes.
    private const double Narrowest = 240, Letter = 6.6;

    /// <summary>How wide a text is on a small phone, in percent of the drawing.</summary>
    public static double Wide(string text) => 100 * Letter * text.Length / Narrowest;

    /// <summary>Whether a phone has no room for the words of a day: they would run into what stands at an end, or a moment's line through them.</summary>
    /// <param name="from">Up to where, in percent, something stands at the beginning.</param>
    /// <param name="through">From where something stands at the end.</param>
    public bool IsTight(Tick tick, IEnumerable<Milestone> moments, double from, double through)
    {
        var (x, half) = (At(tick.Day), Wide(tick.Text) / 2);
        return x - half < from || x + half > through || moments.Any(moment => Math.Abs(At(moment.Date) - x) < half);
    }

    /// <summary>
    /// The moments to be named above the drawing, on which side of each its name has room ("start", "middle" or "end"), and whether it has none on a phone.
    /// A name too near the one before it is left out.
    /// </summary>
    /// <param name="moments">In order of their days, all within the scale.</param>
    public IEnumerable<(Milestone Moment, string Anchor, bool Tight)> Named(IEnumerable<Milestone> moments)
    {
        var (last, taken) = (double.MinValue, double.MinValue);
        foreach (var moment in moments)
        {
            var x = At(moment.Date);
            if (x - last < Near) continue;
            last = x;
            var (anchor, wide) = (x < 8 ? "start" : x > 92 ? "end" : "middle", Wide(moment.Name));
            var begins = anchor switch { "start" => x, "end" => x - wide, _ => x - (wide / 2) };
            var tight = begins < taken || (anchor is "middle" && (begins < 0 || begins + wide > 100));
            if (!tight) taken = begins + wide;
            yield return (moment, anchor, tight);
        }
    }

    /// <summary>The baseline and the milestones that lie on a drawing, in order of their days.</summary>
    public static ImmutableArray<Milestone> MomentsOf(Baseline baseline, IEnumerable<Milestone> milestones, DateOnly from, DateOnly through) =>
        [.. milestones.Append(new Milestone("", baseline.Name, baseline.Date)).Where(x => x.Date >= from && x.Date <= through).OrderBy(x => x.Date)];

    /// <summary>A share of the width as an attribute has it.</summary>
    public static string Percent(double share) => share.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static double Part(DateOnly day, DateOnly from, DateOnly through) =>
        (double)(day.DayNumber - from.DayNumber) / (through.DayNumber - from.DayNumber);
}

/// <summary>A day written under a drawing.</summary>
/// <param name="Minor">Whether a narrow screen may leave it out.</param>
public sealed record Tick(DateOnly Day, string Text, bool Minor);
