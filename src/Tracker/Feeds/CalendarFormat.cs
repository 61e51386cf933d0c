using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Tracker.Boards;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Feeds;

/// <summary>
/// Due dates as iCalendar (RFC 5545): whole days that take up no time. A date that is not known to the day stands on the last day it
/// can mean, and says so; a withdrawn commitment is a cancelled event, so that a calendar which has it takes it away. Scheduled reports
/// stand at their instants.
/// </summary>
public static class CalendarFormat
{
    public const string Media = "text/calendar";

    /// <param name="home">The address of this service, without a slash at its end.</param>
    public static byte[] Of(Due due, string home)
    {
        var calendar = new Calendar { ProductId = $"-//{Texts.Product}//calendar 1//{Texts.Tag.ToUpperInvariant()}", Method = "PUBLISH" };
        calendar.AddProperty("NAME", Clean(Texts.CalendarTitle(due.About.Title)));
        calendar.AddProperty("X-WR-CALNAME", Clean(Texts.CalendarTitle(due.About.Title)));
        if (due.RecordEnds is { } end)
        {
            calendar.AddProperty("DESCRIPTION", Clean(Texts.RecordEnds(DayWords.Of(end))));
            calendar.AddProperty("X-WR-CALDESC", Clean(Texts.RecordEnds(DayWords.Of(end))));
        }

        foreach (var date in due.Dates) calendar.Events.Add(Event(date, due, home));
        foreach (var report in due.Reports) calendar.Events.Add(Event(report, due, home));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static CalendarEvent Event(DueDate date, Due due, string home)
    {
        var page = new Uri($"{home}/agendas/{due.About.Slug}/commitments/{date.Commitment}");
        var written = new CalDateTime(date.RevisedAt.UtcDateTime, CalDateTime.UtcTzId);
        // Of a due date after its end, a record says nothing.
        var beyond = due.RecordEnds is { } ends && date is { Withdrawn: false, Entry.Status: not CommitmentStatus.Delivered } && date.On.Latest > ends ? DayWords.Of(ends) : null;
        string[] told =
        [
            beyond is not null ? Texts.CalendarDueBeyond(DayWords.Of(date.On), beyond) : Texts.CalendarDueIn(DayWords.Of(date.On), date.On.Earliest == date.On.Latest),
            .. date is { Withdrawn: false, Entry: { Flags.Late: true, Status: CommitmentStatus.Delivered, Days: { DeliveredOn: { } day } days } } ? [Texts.CalendarDeliveredLate(DayWords.Of(day), days.IsSurelyLate)] : Array.Empty<string>(),
            date.Withdrawn ? Texts.CalendarIsWithdrawn : Stands(date, due),
            page.AbsoluteUri,
        ];
        return new CalendarEvent
        {
            Uid = $"{due.Urn}:commitments:{date.Commitment}:due",
            DtStamp = written,
            LastModified = written,
            Sequence = (int)Math.Min(date.Revision, int.MaxValue),
            DtStart = new CalDateTime(date.On.Latest),
            Summary = Clean(date switch
            {
                { Withdrawn: true } => Texts.CalendarWithdrawn(date.Title),
                { Entry: { Status: CommitmentStatus.Delivered } entry } => Delivered(date.Title, entry),
                _ when beyond is not null => Texts.CalendarDueAfterEnd(DayWords.Of(date.On), beyond, date.Title),
                { Entry: { Flags.Overdue: true } entry } => Overdue(date.Title, entry, due),
                _ => Texts.CalendarDue(date.Title),
            }),
            Description = Clean(string.Join('\n', told)),
            Status = date.Withdrawn ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
            Url = page,
        };
    }

    /// <summary>As of where the record ends, whatever its rule takes for granted: nobody checked later.</summary>
    private static string Overdue(string title, BoardEntry entry, Due due)
    {
        var says = Texts.CalendarOverdue(entry.Status is CommitmentStatus.Reversed ? EntryWords.Status(entry) : null, title, Texts.DayShort(due.RecordEnds ?? due.AsOf), due.RecordEnds is not null);
        return EntryWords.TooImprecise(entry) is { } left ? Texts.CalendarOfParties(OfParties(says, entry), left) : OfParties(says, entry);
    }

    private static string Stands(DueDate date, Due due) => Texts.CalendarStatus(
        date.Entry is { } entry ? EntryWords.Line(entry) : Texts.NotOnTheBoard, DayWords.Of(due.RecordEnds ?? due.AsOf), due.RecordEnds is not null);

    /// <summary>By how many it was delivered, whether late, and how many took concrete action where those are others.</summary>
    private static string Delivered(string title, BoardEntry entry)
    {
        var summary = Texts.CalendarDelivered(entry.Flags.Late ? EntryWords.StatusAs(Texts.CalendarLate(entry.Days?.IsSurelyLate != false), entry) : EntryWords.Status(entry), title);
        return entry.Same == entry.Parties.WithConcreteAction ? summary : OfParties(summary, entry);
    }

    private static string OfParties(string summary, BoardEntry entry) => EntryWords.Concrete(entry) is { } parties ? Texts.CalendarOfParties(summary, parties) : summary;

    private static CalendarEvent Event(DueReport report, Due due, string home)
    {
        var written = new CalDateTime(report.RevisedAt.UtcDateTime, CalDateTime.UtcTzId);
        return new CalendarEvent
        {
            Uid = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{due.Urn}:schedules:{report.Schedule}:{report.At.UtcDateTime:yyyyMMdd'T'HHmm'Z'}"),
            DtStamp = written,
            LastModified = written,
            Sequence = (int)Math.Min(report.Revision, int.MaxValue),
            DtStart = new CalDateTime(report.At.UtcDateTime, CalDateTime.UtcTzId),
            Summary = Clean(Texts.CalendarReport(due.About.Title)),
            Description = Clean(due.RecordEnds is { } end ? $"{Texts.CalendarSchedule(report.Schedule)}\n{Texts.RecordEnds(DayWords.Of(end))}" : Texts.CalendarSchedule(report.Schedule)),
            Status = EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
            Url = new Uri($"{home}/agendas/{due.About.Slug}"),
        };
    }

    /// <summary>A line of a calendar carries no control characters but those that break and space it.</summary>
    private static string Clean(string text) => string.Concat(text.ReplaceLineEndings("\n").EnumerateRunes().Select(x => x.Value is < 0x20 and not ('\n' or '\t') or 0x7F ? Rune.ReplacementChar : x));
}
