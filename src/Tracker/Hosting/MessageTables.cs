using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;
using Wolverine.Persistence.Durability;

namespace Tracker.Hosting;

/// <summary>
/// The tables that Wolverine keeps messages and nodes in, as a part of the store's schema: so they are brought up by adding only, like all others. By
/// itself it would drop what it does not know.
/// </summary>
/// <param name="messages">Asked for when the tables are looked at: it needs the store that this is a part of.</param>
internal sealed class MessageTables(Func<IMessageStore> messages) : FeatureSchemaBase("messages", new PostgresqlMigrator())
{
    protected override IEnumerable<ISchemaObject> schemaObjects() => ((IFeatureSchema)messages()).Objects;
}
