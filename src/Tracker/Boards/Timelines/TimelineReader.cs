using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards.Timelines;

/// <summary>Reads timelines from the tables of what was known when.</summary>
public sealed class TimelineReader(NpgsqlDataSource database, BoardReader boards, HeldAgendas held, ReadTimeout time)
{
    /// <summary>The timeline asked for, or why there is none.</summary>
    /// <param name="party">Whose own action alone it is of, and of those commitments alone that it made; null for all. Whether something is overdue or stale is not one party's to tell.</param>
    public async Task<(Timeline? Timeline, Refusal? Refusal)> ReadAsync(string agenda, ReadAt read, CancellationToken ct, string? party = null)
    {
        var (material, refusal) = await boards.GatherAsync(agenda, read, onlyCommitment: null, ct);
        if (material is null) return (null, refusal);
        var activities = await ActivitiesAsync(material.Moment, ct);
        var lanes = ImmutableArray.CreateBuilder<Lane>(material.Promises.Count);
        foreach (var (promise, title, searches, _) in material.Promises)
        {
            if (promise.Withdrawn || promise.MadeOn > material.ValidAt || (party is not null && !promise.Parties.Contains(party))) continue;
            var findings = material.Findings.GetValueOrDefault(promise.Slug) ?? [];
            var lane = Lane.Of(promise, title, party is null ? findings : findings.FindAll(x => x.Parties.Contains(party)), searches, activities,
                material.Since, material.ValidAt, material.Agenda.Codebook, material.Coverage);
            lanes.Add(party is not null ? lane with { Overdue = [], Stale = [] }
                : material.Judge(promise, searches) is { } verdict ? lane with { Entry = BoardEntry.Of(promise.Slug, title, promise.Type, verdict) } : lane);
        }

        return (new Timeline(agenda, material.Agenda.Baseline, [.. material.Agenda.StandingMilestones], material.Since, material.ValidAt, material.Coverage.Through(material.ValidAt),
            material.Moment.RecordedAt, material.Moment.Position, lanes.ToImmutable())
        {
            About = material.Agenda,
            Ending = material.Ending,
        }, null);
    }

    /// <summary>What each piece of evidence is about, by its id.</summary>
    private async Task<Func<string, ActivityNamed>> ActivitiesAsync(Moment moment, CancellationToken ct)
    {
        if (held.Find(moment) is { } known) return id => known.ActivityOf(id, moment.Position) ?? throw new NotInTablesYetException(moment.Agenda);
        await using var reader = await time.AskAsync(database, $"""
            select e.name, a.name, a.title
            from {KnownTables.Evidence.Name} e
            cross join {KnownTables.Activities.Found("a", "e.activity", "$2")}
            where e.agenda = $1 and e.known_from <= $2 and e.known_to > $2 and e.state = 'accepted'
            """, [moment.Agenda, moment.Position], ct);
        var activities = new Dictionary<string, ActivityNamed>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) activities.Add(reader.GetString(0), new ActivityNamed(reader.GetString(1), reader.GetString(2)));
        return id => activities[id];
    }
}
