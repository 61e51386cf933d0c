using Tracker.Boards.Known;
using Tracker.Reports.Schedules;

namespace Tracker.Reports;

/// <summary>The reports that were issued and the schedules they are issued by, as known when.</summary>
public static class ReportTables
{
    public static KnownTable<Report> Reports { get; } = new("report", (x, v) => x with { Version = v },
        new("valid_at", "date", x => x.ValidAt),
        new("position", "bigint", x => x.Position),
        new("schedule", "text", x => x.Schedule),
        new("occurrence", "timestamptz", x => x.Occurrence))
    {
        Indexes = [["schedule", "occurrence"]],
    };

    public static KnownTable<Schedule> Schedules { get; } = new("schedule", (x, v) => x with { Version = v },
        new KnownColumn<Schedule>("paused", "boolean", x => x.Paused))
    {
        Channel = "tracker_schedules",
    };
}
