using Weasel.Postgresql.Tables;

namespace Tracker.Boards.Changes;

/// <summary>The change log's tables. Their names carry its version: what is told differently is told beside the old.</summary>
public static class ChangeTables
{
    /// <summary>Raise it when what is told, or its numbering, changes its meaning.</summary>
    public const int Version = 2;

    /// <summary>The PostgreSQL channel on which it is announced how far an agenda's changes are told, as <c>agenda:position</c>.</summary>
    public const string Channel = "tracker_changes";

    /// <summary>What was told: only ever added to.</summary>
    public static string Changes { get; } = $"tracker.change_{Version}";

    /// <summary>What was told last of each commitment, and the next day on which the calendar alone makes it differ.</summary>
    public static string Told { get; } = $"tracker.told_{Version}";

    /// <summary>How far each agenda's record was last told to reach, and the next day on which the calendar alone makes it not current.</summary>
    public static string Coverage { get; } = $"tracker.coverage_told_{Version}";

    /// <summary>Up to which position each agenda's changes are told. Whoever tells locks the agenda's row.</summary>
    public static string Progress { get; } = $"tracker.change_progress_{Version}";

    public static IEnumerable<Table> Definitions()
    {
        var changes = new Table(Changes);
        changes.AddColumn<string>("agenda").AsPrimaryKey();
        changes.AddColumn("position", "bigint").AsPrimaryKey();
        changes.AddColumn("n", "int").AsPrimaryKey();
        changes.AddColumn<string>("kind").NotNull();
        changes.AddColumn("effective_on", "date").NotNull();
        changes.AddColumn<string>("commitment");
        changes.AddColumn<string>("party");
        changes.AddColumn<string>("was");
        changes.AddColumn<string>("now");
        changes.AddColumn("evidence", "text[]").NotNull();
        changes.AddColumn<string>("subject_kind");
        changes.AddColumn<string>("subject");
        changes.AddColumn<string>("reason");
        changes.AddColumn("concrete", "int");
        changes.AddColumn("same", "int");
        changes.AddColumn("searched_through", "date");
        yield return changes;

        var told = new Table(Told);
        told.AddColumn<string>("agenda").AsPrimaryKey();
        told.AddColumn<string>("commitment").AsPrimaryKey();
        told.AddColumn<string>("status");
        told.AddColumn("overdue", "boolean").NotNull();
        told.AddColumn("stale", "boolean").NotNull();
        told.AddColumn("by_party", "jsonb").NotNull();
        told.AddColumn("next_on", "date");
        told.AddColumn("next_reach", "date");
        told.Indexes.Add(new IndexDefinition($"ix_told_{Version}_next_on") { Columns = ["agenda", "next_on"] });
        yield return told;

        var coverage = new Table(Coverage);
        coverage.AddColumn<string>("agenda").AsPrimaryKey();
        coverage.AddColumn("covered_through", "date").NotNull();
        coverage.AddColumn("is_current", "boolean").NotNull();
        coverage.AddColumn("became_uncovered", "boolean").NotNull();
        coverage.AddColumn("next_on", "date");
        yield return coverage;

        var progress = new Table(Progress);
        progress.AddColumn<string>("agenda").AsPrimaryKey();
        progress.AddColumn("position", "bigint").NotNull();
        yield return progress;
    }
}
