using System.Data.Common;
using Tracker.Recording;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;
using Wolverine.Persistence.Durability;

namespace Tracker.Hosting;

/// <summary>
/// What the store's schema has beside Marten's tables and ours, made after them. The tables that Wolverine keeps messages and
/// nodes in are a part of it so that they are
/// brought up by adding only, like all others: by itself it would drop what it does not know.
/// </summary>
/// <param name="known">The events that this program knows.</param>
/// <param name="messages">Asked for when the tables are looked at: it needs the store that this is a part of.</param>
internal sealed class FurtherSchema(KnownEvents known, Func<IMessageStore> messages) : FeatureSchemaBase("further", new PostgresqlMigrator())
{
    protected override IEnumerable<ISchemaObject> schemaObjects() => [new OtherEvents(known), .. ((IFeatureSchema)messages()).Objects];

    /// <summary>The index by which is found what this program does not know.</summary>
    private sealed class OtherEvents(KnownEvents known) : ISchemaObject
    {
        public DbObjectName Identifier => PostgresqlProvider.Instance.Parse(EventStore.Schema, known.Index.Name);

        public IEnumerable<DbObjectName> AllNames() => [Identifier];

        public void WriteCreateStatement(Migrator migrator, TextWriter writer) => writer.WriteLine(known.Index.Sql + ";");

        public void WriteDropStatement(Migrator rules, TextWriter writer) => writer.WriteLine($"drop index if exists {Identifier.QualifiedName};");

        public void ConfigureQueryCommand(Weasel.Core.DbCommandBuilder builder) => builder.Append($"select to_regclass('{Identifier.QualifiedName}') is not null;");

        public async Task<ISchemaObjectDelta> CreateDeltaAsync(DbDataReader reader, CancellationToken ct = default) =>
            new SchemaObjectDelta(this, await reader.ReadAsync(ct) && reader.GetBoolean(0) ? SchemaPatchDifference.None : SchemaPatchDifference.Create);
    }
}
