using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards.Timelines;

/// <summary>Reads timelines from the tables of what was known when.</summary>
public sealed class TimelineReader(NpgsqlDataSource database, BoardReader boards)
{
    /// <summary>The timeline asked for, or why there is none.</summary>
    public async Task<(Timeline? Timeline, Refusal? Refusal)> ReadAsync(string agenda, ReadAt read, CancellationToken ct)
    {
        var (material, refusal) = await boards.GatherAsync(agenda, read, onlyCommitment: null, ct);
        if (material is null) return (null, refusal);
        var activities = await ActivitiesAsync(agenda, material.Moment.Position, ct);
        var lanes = ImmutableArray.CreateBuilder<Lane>(material.Promises.Count);
        foreach (var (promise, title, searches, _) in material.Promises)
        {
            if (promise.Withdrawn || promise.MadeOn > material.ValidAt) continue;
            lanes.Add(Lane.Of(promise, title, material.Findings.GetValueOrDefault(promise.Slug) ?? [], searches, activities,
                material.Since, material.ValidAt, material.Agenda.Codebook));
        }

        return (new Timeline(agenda, material.Agenda.Baseline, material.Agenda.Milestones, material.Since, material.ValidAt,
            material.Moment.RecordedAt, material.Moment.Position, lanes.ToImmutable())
        { About = material.Agenda }, null);
    }

    private async Task<Dictionary<string, ActivityNamed>> ActivitiesAsync(string agenda, long position, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select e.name, a.name, a.title
            from {KnownTables.Evidence.Name} e
            cross join {KnownTables.Activities.Found("a", "e.activity", "$2")}
            where e.agenda = $1 and e.known_from <= $2 and e.known_to > $2 and e.state = 'accepted'
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = position });
        var activities = new Dictionary<string, ActivityNamed>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) activities.Add(reader.GetString(0), new ActivityNamed(reader.GetString(1), reader.GetString(2)));
        return activities;
    }
}
