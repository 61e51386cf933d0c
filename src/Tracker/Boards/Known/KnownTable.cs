using System.Text.Json;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Boards.Known;

/// <summary>
/// A table of what was known when: each row holds one thing as it was known from one position until before another. A correction
/// closes a row and opens the next; nothing is overwritten, so a read at an earlier position finds what was there then.
/// </summary>
/// <remarks>
/// Columns hold what is filtered, joined and judged by; <c>body</c> the whole thing as JSON. The name carries the projection's
/// version: a new one is built beside the old, and what is served is never emptied.
/// </remarks>
public abstract class KnownTable
{
    /// <summary>The version of the projection, in its own name and every table's. Raise it when a column or a fold changes its meaning: the
    /// tables of a new version are built from the first event on.</summary>
    public const int ProjectionVersion = 6;

    /// <summary>The <c>known_to</c> of what is still so.</summary>
    public const long StillKnown = long.MaxValue;

    private protected KnownTable(string thing, string kind) => (Name, Kind) = ($"tracker.{thing}_known_{ProjectionVersion}", kind);

    public string Name { get; }

    /// <summary>The PostgreSQL channel on which it is announced that something in it changed, as the agenda; null for those nobody waits for.</summary>
    public string? Channel { get; init; }

    /// <summary>The kind of stream it is folded from.</summary>
    public string Kind { get; }

    /// <summary>The table as PostgreSQL shall have it.</summary>
    public abstract Table Definition();

    /// <summary>
    /// The thing of a name as known at a position, to be joined with: found by its name, one by one. A plain join of an agenda that
    /// statistics do not know yet would read all of one side for each of the other.
    /// </summary>
    /// <param name="alias">What it is called in the query, of which <c>$1</c> is the agenda.</param>
    /// <param name="name">What says the name there.</param>
    /// <param name="position">What says the position there.</param>
    public string Found(string alias, string name, string position) => $"""
        lateral (select * from {Name} where agenda = $1 and name = {name} and known_from <= {position} and known_to > {position} order by known_from desc limit 1) {alias}
        """;

    /// <summary>Writes the columns of one thing, its body among them.</summary>
    public abstract void Write(Utf8JsonWriter json, object state);

    /// <summary>Reads a body back.</summary>
    public abstract object Read(string body, long version);
}

/// <inheritdoc/>
public sealed class KnownTable<T>(string thing, Func<T, long, T> withVersion, params KnownColumn<T>[] columns) : KnownTable(thing, T.Kind)
    where T : class, IFolded<T>
{
    /// <summary>By which columns things of an agenda are looked for, beside their names.</summary>
    public IReadOnlyList<string[]> Indexes { get; init; } = [];

    public override Table Definition()
    {
        var table = new Table(Name);
        table.AddColumn<string>("agenda").AsPrimaryKey();
        table.AddColumn<string>("name").AsPrimaryKey();
        table.AddColumn("known_from", "bigint").AsPrimaryKey();
        table.AddColumn("known_to", "bigint").NotNull();
        table.AddColumn("version", "bigint").NotNull();
        foreach (var column in columns) table.AddColumn(column.Name, column.Type);
        table.AddColumn("body", "jsonb").NotNull();
        // What is known at a late position is found without walking over all that was known before it.
        foreach (var index in Indexes.Prepend([]))
            table.Indexes.Add(new IndexDefinition($"ix_{Name.Split('.')[1]}_{string.Join('_', [.. index, "known_to"])}") { Columns = ["agenda", .. index, "known_to"] });
        // What a recording changed is found by its position.
        // In this order it serves what came with a recording, and is never taken for the way to the thing of a name.
        table.Indexes.Add(new IndexDefinition($"ix_{Name.Split('.')[1]}_came_with") { Columns = ["known_from", "agenda"] });
        return table;
    }

    public override void Write(Utf8JsonWriter json, object state)
    {
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Name);
            JsonSerializer.Serialize(json, column.Value((T)state), WireJson.Options);
        }

        json.WritePropertyName("body");
        JsonSerializer.Serialize(json, (T)state, WireJson.Options);
    }

    public override object Read(string body, long version) => ReadBody(body, version);

    public T ReadBody(string body, long version) => withVersion(JsonSerializer.Deserialize<T>(body, WireJson.Options)!, version);
}

/// <summary>A column that is filtered, joined or judged by.</summary>
public sealed record KnownColumn<T>(string Name, string Type, Func<T, object?> Value);
