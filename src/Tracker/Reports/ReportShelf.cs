using Npgsql;
using Tracker.Boards.Known;

namespace Tracker.Reports;

/// <summary>The reports of an agenda as they were issued, the newest first; those issued in error among them.</summary>
public sealed class ReportShelf(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<Report>> NewestAsync(Moment moment, int limit, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select body, version from {ReportTables.Reports.Name} where agenda = $1 and known_from <= $2 and known_to > $2 order by body ->> 'issuedAt' desc, name collate "C" desc limit $3
            """);
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        command.Parameters.Add(new() { Value = limit });
        var reports = new List<Report>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) reports.Add(ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)));
        return reports;
    }

    /// <summary>The report issued last that was not retracted, as known at a moment; null where there is none.</summary>
    public async Task<Report?> LatestAsync(Moment moment, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select body, version from {ReportTables.Reports.Name}
            where agenda = $1 and known_from <= $2 and known_to > $2 and body ->> 'retraction' is null order by known_from desc, name collate "C" desc limit 1
            """);
        command.Parameters.Add(new() { Value = moment.Agenda });
        command.Parameters.Add(new() { Value = moment.Position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)) : null;
    }
}
