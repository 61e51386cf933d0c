using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Hosting;
using Tracker.Recording;
using Tracker.Specs.House;
using Weasel.Postgresql.Tables;

namespace Tracker.Specs.Boards;

/// <summary>
/// Tables are filled once: those that serve would go on saying what an earlier program put there, were another column or another
/// fold to mean something else. So each meaning has
/// its version, and <c>tables.json</c> holds what is meant by the one of now: the columns and keys of each table, and what it is
/// given by each stored history, as digests.
/// </summary>
public sealed class versioning_the_tables
{
    private static readonly JsonSerializerOptions AsInTheFile = new() { WriteIndented = true };
    private static readonly IDocumentStore Store = DocumentStore.For(it => EventStore.Configure(it, NpgsqlDataSource.Create("Host=none")));
    private static readonly string Tests = Path.GetFullPath(Path.Combine(TheHouse.Source.FullName, "..", "..", "tests"));
    private static readonly string Committed = Path.Combine(Tests, "Tracker.Specs", "Boards", "tables.json");

    [Fact]
    public async Task is_due_when_they_come_to_mean_something_else()
    {
        var now = Meaning();
        var then = JsonSerializer.Deserialize<SortedDictionary<string, string>>(await File.ReadAllTextAsync(Committed, TestContext.Current.CancellationToken))!;

        if (then["version"] == now["version"])
            then.Where(x => now.GetValueOrDefault(x.Key) != x.Value).Select(x => x.Key).ShouldBeEmpty(
                "The tables' columns, or what is folded into them, are no longer what this version of them holds: raise KnownTable.TablesVersion, so that those of a new version are filled "
                + "beside those that serve, and have TRACKER_ACCEPT_BASELINES=1 write this file");
        if (Environment.GetEnvironmentVariable("TRACKER_ACCEPT_BASELINES") == "1") await File.WriteAllTextAsync(Committed, JsonSerializer.Serialize(now, AsInTheFile) + "\n", TestContext.Current.CancellationToken);
        else now.ShouldBe(then, "A new version, or a history more: TRACKER_ACCEPT_BASELINES=1 writes this file");
    }

    /// <summary>It would see a column, a type, a key and a word that changed.</summary>
    [Fact]
    public void sees_what_would_change()
    {
        var table = KnownTables.Sources.Definition();
        var before = Told(table);
        table.AddColumn("further", "text");
        Told(table).ShouldNotBe(before);
        Meaning().Keys.Count(x => x.StartsWith("fold ", StringComparison.Ordinal)).ShouldBe(EventStore.Tables.Length, "the stored history gives each table something");
    }

    private static SortedDictionary<string, string> Meaning()
    {
        var meaning = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["version"] = KnownTable.TablesVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        foreach (var table in EventStore.Tables.Select(x => x.Definition()).Append(KnownTables.RecordingsDefinition())) meaning.Add($"table {Unversioned(table)}", Digest(Told(table)));
        foreach (var history in Directory.EnumerateFiles(Path.Combine(Tests, "Tracker.Api.Tests", "Stored"), "*.jsonl"))
            foreach (var (kind, rows) in Rows(File.ReadLines(history))) meaning.Add($"fold {Path.GetFileNameWithoutExtension(history)} {kind}", Digest(rows));
        return meaning;
    }

    /// <summary>The columns and the key of a table; not its indexes, which mean nothing.</summary>
    private static string Told(Table table) =>
        string.Join('\n', [.. table.Columns.Select(x => $"{x.Name} {x.Type} {x.AllowNulls}"), $"key {string.Join(", ", table.PrimaryKeyColumns)}"]);

    private static string Unversioned(Table table) => table.Identifier.Name.Replace($"_{KnownTable.TablesVersion}", "", StringComparison.Ordinal);

    /// <summary>What each table is given by each event of a history, by the kind of stream it is folded from.</summary>
    private static Dictionary<string, string> Rows(IEnumerable<string> history)
    {
        var (states, rows) = (new Dictionary<StreamKey, object>(), EventStore.Tables.ToDictionary(x => x.Kind, _ => new StringBuilder()));
        foreach (var line in history.Select(x => JsonNode.Parse(x)!))
        {
            var key = StreamKey.Parse((string)line["stream"]!);
            var table = EventStore.Tables.Single(x => x.Kind == key.Kind);
            var stamp = new Stamp(key.Name, (long)line["version"]!, (long)line["headers"]!["position"]!, (DateTimeOffset)line["at"]!, (string)line["by"]!);
            states[key] = FoldedKinds.Fold(key.Kind, states.GetValueOrDefault(key), Read(line), stamp);
            rows[key.Kind].Append(key).Append(' ').AppendLine(Row(table, states[key]));
        }

        return rows.Where(x => x.Value.Length > 0).ToDictionary(x => x.Key, x => x.Value.ToString());
    }

    private static object Read(JsonNode line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line["data"]!.ToJsonString()));
        return Store.Options.Serializer().FromJson(EventStore.EventNames.Single(x => x.Value == (string)line["type"]!).Key, stream);
    }

    private static string Row(KnownTable table, object state)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            table.Write(json, state);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
}
