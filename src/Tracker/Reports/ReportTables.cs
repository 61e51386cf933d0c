using Tracker.Boards.Known;

namespace Tracker.Reports;

/// <summary>The reports that were issued, as known when.</summary>
public static class ReportTables
{
    public static KnownTable<Report> Reports { get; } = new("report", (x, v) => x with { Version = v },
        new("valid_at", "date", x => x.ValidAt),
        new("position", "bigint", x => x.Position),
        new("schedule", "text", x => x.Schedule));
}
