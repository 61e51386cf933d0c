using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Feeds;

/// <summary>When the commitments of an agenda are due and reports are to be issued, for a calendar to subscribe to.</summary>
public static class ReadCalendarEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/calendar.ics"), Needs(Right.Read)]
    [Operation("readCalendar", "What is due when, as a calendar", Gives = typeof(string), Media = CalendarFormat.Media, Asks = Asks.Tag | Asks.Date | Asks.AtLeast)]
    public static async Task<IResult> Get(
        string a, HttpRequest request, [NotBody] DueDates due, [NotBody] PublicAddress address, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        var (dates, refusal) = await due.ReadAsync(a, read.AtLeast, ct);
        if (dates is null) return refusal!.Answered();
        return new ReadAnswer(CalendarFormat.Of(dates, address.Of(request)), dates.Moment.Position, dates.Moment.Position)
        {
            Media = CalendarFormat.Media + "; charset=utf-8",
            // The day that it judges what is overdue as of may come without a recording.
            LastModified = Dated.Surely(Dated.Later(dates.Moment.RecordedAt, dates.AsOf), clock),
        };
    }
}
