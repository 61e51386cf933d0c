using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A thing that a recording corrected.</summary>
/// <param name="Position">The recording.</param>
/// <param name="Part">The clause of a commitment, or the milestone of an agenda, that was corrected, where it was one; the thing's own members are not concerned then.</param>
public sealed record Corrected(string Kind, string Name, long Position, string? Part = null);

/// <summary>Reads what corrections changed: each thing as it was known before and after, through the index, however long its history.</summary>
public static class Corrections
{
    private static readonly Dictionary<string, (KnownTable Table, Func<string, long, JsonObject> Read)> Kinds = new(StringComparer.Ordinal)
    {
        [KnownTables.Agendas.Kind] = Of(KnownTables.Agendas),
        [KnownTables.Sources.Kind] = Of(KnownTables.Sources),
        [KnownTables.Commitments.Kind] = Of(KnownTables.Commitments),
        [KnownTables.Activities.Kind] = Of(KnownTables.Activities),
        [KnownTables.Evidence.Kind] = Of(KnownTables.Evidence),
    };

    /// <summary>What each of them changed.</summary>
    public static async Task<Dictionary<Corrected, ImmutableArray<Changed>>> AllOfAsync(
        NpgsqlConnection connection, string agenda, IEnumerable<Corrected> corrected, CancellationToken ct)
    {
        var changed = new Dictionary<Corrected, ImmutableArray<Changed>>();
        var byKind = corrected.Distinct().GroupBy(x => x.Kind, StringComparer.Ordinal).Select(x => (Kind: Kinds[x.Key], Asked: x.ToArray())).ToList();
        if (byKind.Count == 0) return changed;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var ((table, _), asked) in byKind)
            batch.Add($"""
                select x.n, k.known_from = x.position, k.body, k.version
                from unnest($2::text[], $3::bigint[]) with ordinality x(name, position, n), lateral (
                    select known_from, body, version from {table.Name}
                    where agenda = $1 and name = x.name and (known_from = x.position or known_to = x.position) limit 2) k
                """, agenda, asked.Select(x => x.Name).ToArray(), asked.Select(x => x.Position).ToArray());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var ((_, read), asked) in byKind)
        {
            var (was, now) = (new JsonObject?[asked.Length], new JsonObject?[asked.Length]);
            while (await reader.ReadAsync(ct)) (reader.GetBoolean(1) ? now : was)[reader.GetInt64(0) - 1] = read(reader.GetString(2), reader.GetInt64(3));
            for (var i = 0; i < asked.Length; i++) changed.Add(asked[i], was[i] is { } before && now[i] is { } after ? Between(asked[i], before, after) : []);
            await reader.NextResultAsync(ct);
        }

        return changed;
    }

    private static (KnownTable, Func<string, long, JsonObject>) Of<T>(KnownTable<T> table) where T : class, IFolded<T> =>
        (table, (body, version) => Changed.SaidOf(table.ReadBody(body, version)));

    private static ImmutableArray<Changed> Between(Corrected corrected, JsonObject was, JsonObject now) => corrected.Part is { } part
        ? PartOf(corrected.Kind, was, part) is { } before && PartOf(corrected.Kind, now, part) is { } after ? Changed.Between(before, after) : []
        : [.. Changed.Between(was, now).Where(x => IsCorrected(corrected.Kind, x.Member))];

    private static JsonObject? PartOf(string kind, JsonObject thing, string part)
    {
        var (list, name) = kind == KnownTables.Agendas.Kind ? ("milestones", "slug") : ("clauses", "id");
        return thing[list]!.AsArray().FirstOrDefault(x => (string)x![name]! == part)?.AsObject();
    }

    // What is beside these is no member that a correction can name.
    private static bool IsCorrected(string kind, string member) => kind switch
    {
        "agenda" => member is not "milestones",
        "commitments" => member is not ("clauses" or "searches"),
        "evidence" => member is "depth" or "direction" or "parties" or "rationale" or "citations",
        _ => true,
    };
}
