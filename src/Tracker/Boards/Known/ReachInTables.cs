using Npgsql;
using Tracker.Agendas;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>Tells it of the agenda as it is from now on, and of the activities and searches that the tables hold.</summary>
internal sealed class ReachInTables : ITellReach
{
    public async Task<DateOnly?> CoveredThroughAsync(NpgsqlConnection connection, object agenda, string name, long position, DateOnly today, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BoardReader.RecordedDays, connection) { Parameters = { new() { Value = name }, new() { Value = position } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var recorded = new List<DateOnly>();
        while (await reader.ReadAsync(ct)) recorded.Add(reader.GetFieldValue<DateOnly>(0));
        return BoardReader.CoverageOf((Agenda)agenda, recorded).Through(today);
    }
}
