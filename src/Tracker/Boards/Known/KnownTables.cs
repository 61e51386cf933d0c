using System.Runtime.CompilerServices;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;
using Weasel.Postgresql.Tables;

namespace Tracker.Boards.Known;

/// <summary>The tables that every read is answered from.</summary>
public static class KnownTables
{
    /// <summary>One row per recording, written with its last event: half a recording is never seen.</summary>
    public static string Recordings { get; } = $"tracker.recording_{KnownTable.TablesVersion}";

    public static KnownTable<Agenda> Agendas { get; } = new("agenda", (x, v) => x with { Version = v },
        new("title", "text", x => x.Title),
        new("baseline_on", "date", x => x.Baseline.Date));

    public static KnownTable<Source> Sources { get; } = new("source", (x, v) => x with { Version = v },
        new("kind", "text", x => x.Kind),
        new("tier", "text", x => x.Tier),
        new("issuer", "text", x => x.Issuer),
        new("title", "text", x => x.Title),
        new("published_on", "date", x => x.PublishedOn),
        new("withdrawn", "boolean", x => x.Withdrawal is not null),
        new("words", "text", x => Folded.Of(x.Title, x.Issuer, x.Publisher)));

    public static KnownTable<Commitment> Commitments { get; } = new("commitment", (x, v) => x with { Version = v },
        new("title", "text", x => x.Title),
        new("type", "text", x => x.Type),
        new("made_on", "date", x => x.MadeOn),
        new("bar", "text", x => x.Bar),
        new("due_on", "text", x => x.DueOn),
        new("parties", "text[]", x => x.Parties),
        new("tags", "text[]", x => x.Tags),
        new("words", "text", x => Folded.Of([x.Title, x.Criteria, .. x.Clauses.SelectMany(c => new[] { c.Quote, c.Translation, c.Note })])),
        new("searched_through", "date[]", x => x.Searches.Where(s => s.Withdrawal is null).Select(s => s.SearchedThrough)),
        new("withdrawn", "boolean", x => x.Withdrawal is not null));

    public static KnownTable<Activity> Activities { get; } = new("activity", (x, v) => x with { Version = v },
        new("kind", "text", x => x.Kind),
        new("title", "text", x => x.Title),
        new("earliest", "date", x => x.Occurred.Earliest),
        new("latest", "date", x => x.Occurred.Latest),
        new("parties", "text[]", x => x.Parties),
        new("tags", "text[]", x => x.Tags),
        new("withdrawn", "boolean", x => x.Withdrawal is not null),
        new("words", "text", x => Folded.Of([x.Title, x.Summary, x.Place, .. x.Participants.Select(p => p.Name), .. x.Accounts.Select(a => a.Quote)])));

    public static KnownTable<Evidence.Evidence> Evidence { get; } = new("evidence", (x, v) => x with { Version = v },
        new("commitment", "text", x => x.Commitment),
        new("activity", "text", x => x.Activity),
        new("depth", "text", x => x.Depth),
        new("direction", "text", x => x.Direction),
        new("parties", "text[]", x => x.Parties),
        new("cites", "text[]", x => x.Citations.Select(c => c.Source).Distinct()),
        new("state", "text", x => x.State),
        new("coder", "text", x => x.Coder),
        new("reviewed", "text", x => x.Review?.Reviewed ?? Reviewed.Here),
        new("words", "text", x => Folded.Of([x.Rationale, .. x.Citations.Select(c => c.Quote)])))
    {
        Indexes = [["commitment"], ["activity"]],
    };

    public static KnownTable<Proposal> Proposals { get; } = new("proposal", (x, v) => x with { Version = v },
        new("state", "text", x => x.State),
        new("change", "text", x => x.Change),
        new("activity", "text", x => x.Activity),
        new("commitment", "text", x => x.Commitment),
        new("reason", "text", x => x.Reason),
        new("proposed_at", "timestamptz", x => x.ProposedAt))
    {
        Indexes = [["state"], ["activity"], ["commitment"]],
    };

    /// <summary>The tables of the record itself.</summary>
    public static IReadOnlyList<KnownTable> All { get; } = [Agendas, Sources, Commitments, Activities, Evidence, Proposals];

    /// <summary>The table of recordings.</summary>
    public static Table RecordingsDefinition()
    {
        var recordings = new Table(Recordings);
        recordings.AddColumn<string>("agenda").AsPrimaryKey();
        recordings.AddColumn("position", "bigint").AsPrimaryKey();
        recordings.AddColumn("recorded_at", "timestamptz").NotNull();
        recordings.AddColumn<string>("principal").NotNull();
        recordings.Indexes.Add(new IndexDefinition($"ix_recording_{KnownTable.TablesVersion}_recorded_at") { Columns = ["agenda", "recorded_at"], IsUnique = true });
        return recordings;
    }

    /// <summary>The one thing of that name as known at a position, or null.</summary>
    public static async Task<T?> OneAsync<T>(this NpgsqlDataSource database, KnownTable<T> table, string agenda, string name, long position, CancellationToken ct)
        where T : class, IFolded<T>
    {
        await using var command = database.CreateCommand(
            $"select body, version from {table.Name} where agenda = $1 and name = $2 and known_from <= $3 and known_to > $3");
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? table.ReadBody(reader.GetString(0), reader.GetInt64(1)) : null;
    }

    /// <summary>All things as known at a position, by their names, read page by page: no connection is kept while they are looked at.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        this NpgsqlDataSource database, KnownTable<T> table, string agenda, long position, [EnumeratorCancellation] CancellationToken ct)
        where T : class, IFolded<T>
    {
        const int PageSize = 500;
        // The names first, in one go: to sort what is left anew for each page would cost the square of how much there is.
        var names = new List<string>();
        await using (var command = database.CreateCommand($"""
            select name from {table.Name} where agenda = $1 and known_from <= $2 and known_to > $2 order by name collate "C"
            """))
        {
            command.Parameters.Add(new() { Value = agenda });
            command.Parameters.Add(new() { Value = position });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0));
        }

        foreach (var page in names.Chunk(PageSize))
        {
            var things = new List<T>(page.Length);
            // One by one through the index: a plan made before the tables were analysed would read all of the agenda for each page.
            await using (var command = database.CreateCommand($"""
                select t.body, t.version
                from unnest($3::text[]) with ordinality k(name, n), lateral (
                    select body, version from {table.Name} where agenda = $1 and name = k.name and known_from <= $2 and known_to > $2 limit 1) t
                order by k.n
                """))
            {
                command.Parameters.Add(new() { Value = agenda });
                command.Parameters.Add(new() { Value = position });
                command.Parameters.Add(new() { Value = page });
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) things.Add(table.ReadBody(reader.GetString(0), reader.GetInt64(1)));
            }

            foreach (var thing in things) yield return thing;
        }
    }
}
