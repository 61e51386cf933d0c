using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Tracker.Delivery;

/// <summary>The outbox's tables: what is to be sent and to whom, what came of each attempt, and how far the news of each agenda is passed on.</summary>
public static class DeliveryTables
{
    /// <summary>What is to be sent, or was: a row for each thing and recipient.</summary>
    public const string Deliveries = "tracker.delivery";

    /// <summary>What came of each attempt.</summary>
    public const string Attempts = "tracker.delivery_attempt";

    /// <summary>Up to where the news of each agenda is passed on. Whoever passes it on locks the agenda's row.</summary>
    public const string Progress = "tracker.delivery_progress";

    /// <summary>Numbers deliveries in the order in which they are put into the outbox.</summary>
    public const string Numbers = "tracker.delivery_number";

    public static IEnumerable<ISchemaObject> Definitions()
    {
        yield return new Sequence(Numbers);

        var deliveries = new Table(Deliveries);
        deliveries.AddColumn("id", "uuid").AsPrimaryKey();
        deliveries.AddColumn("number", "bigint").NotNull();
        deliveries.AddColumn<string>("agenda").NotNull();
        deliveries.AddColumn<string>("channel").NotNull();
        deliveries.AddColumn<string>("destination").NotNull();
        deliveries.AddColumn<string>("key").NotNull();
        deliveries.AddColumn<string>("kind").NotNull();
        deliveries.AddColumn<string>("body").NotNull();
        deliveries.AddColumn<string>("state").NotNull();
        deliveries.AddColumn("attempts", "int").NotNull();
        // How many of them were made before it was last resent on purpose: patience begins anew.
        deliveries.AddColumn("attempts_before", "int").NotNull();
        deliveries.AddColumn("created_at", "timestamptz").NotNull();
        deliveries.AddColumn("next_at", "timestamptz");
        deliveries.AddColumn("leased_until", "timestamptz");
        deliveries.AddColumn("delivered_at", "timestamptz");
        // Null for as long as it is to be sent; then when it was delivered or given up.
        deliveries.AddColumn("settled_at", "timestamptz");
        deliveries.AddColumn<string>("last_error");
        // Nothing enters twice.
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_once") { Columns = ["agenda", "channel", "destination", "key"], IsUnique = true });
        // The log of one recipient.
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_log") { Columns = ["agenda", "channel", "destination", "number"] });
        // The next of each recipient.
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_open") { Columns = ["channel", "agenda", "destination", "number"], Predicate = "settled_at IS NULL" });
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_due") { Columns = ["channel", "next_at"], Predicate = "next_at IS NOT NULL" });
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_leased") { Columns = ["channel", "leased_until"], Predicate = "leased_until IS NOT NULL" });
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_dead") { Columns = ["agenda", "number"], Predicate = "state = 'dead'" });
        // What is forgotten next.
        deliveries.Indexes.Add(new IndexDefinition("ix_delivery_settled") { Columns = ["settled_at"], Predicate = "settled_at IS NOT NULL AND state <> 'dead'" });
        yield return deliveries;

        var attempts = new Table(Attempts);
        attempts.AddColumn("delivery", "uuid").AsPrimaryKey();
        attempts.AddColumn("n", "int").AsPrimaryKey();
        attempts.AddColumn("at", "timestamptz").NotNull();
        attempts.AddColumn("milliseconds", "int");
        attempts.AddColumn("status", "int");
        attempts.AddColumn<string>("response");
        attempts.AddColumn<string>("error");
        attempts.ForeignKeys.Add(new ForeignKey("fk_delivery_attempt")
        {
            LinkedTable = deliveries.Identifier,
            ColumnNames = ["delivery"],
            LinkedNames = ["id"],
            DeleteAction = Weasel.Core.CascadeAction.Cascade,
        });
        yield return attempts;

        var progress = new Table(Progress);
        progress.AddColumn<string>("agenda").AsPrimaryKey();
        progress.AddColumn("position", "bigint").NotNull();
        progress.AddColumn("n", "int").NotNull();
        yield return progress;
    }
}
