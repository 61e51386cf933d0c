using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;
using Wolverine.Http;

namespace Tracker.Dashboard.IssuedReports;

/// <summary>The reports that were issued, in their forms, and when the next come, for people.</summary>
public static class ShowReportsEndpoint
{
    private const int Shown = 50, SchedulesShown = 100;

    [WolverineGet("/agendas/{a}/reports"), Needs(Right.Read), PageQuery("atLeast")]
    public static async Task<IResult> Get(string a, HttpContext http, [NotBody] RecordReader record, [NotBody] ReportShelf shelf, [NotBody] ScheduleReader schedules, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, http.Request.Given("atLeast"));
        if (read is null) return unreadable!.AsPage(http.Request.Path);
        var (agenda, moment, refusal) = await record.OneAsync(KnownTables.Agendas, "agenda", a, a, read, ct);
        if (agenda is null) return refusal!.AsPage();
        (var coming, refusal) = await schedules.PageAsync(a, null, new PageAsked(SchedulesShown, null), http.Caller().May(Right.Publish, a), ct);
        if (coming is null) return refusal!.AsPage();
        return new PageAnswer<ReportsPage>(200, moment!.Position, new()
        {
            [nameof(ReportsPage.Agenda)] = agenda,
            [nameof(ReportsPage.Position)] = moment.Position,
            [nameof(ReportsPage.Reports)] = await shelf.NewestAsync(moment, Shown, ct),
            [nameof(ReportsPage.Schedules)] = coming.Items,
        });
    }
}
