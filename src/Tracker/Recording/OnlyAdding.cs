using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace Tracker.Recording;

/// <summary>
/// A table with which all others are brought up to what this program declares by adding only: a column, an index or a key that
/// the program does not know is
/// left as it is. A newer program may have made it, which serves beside this one; by default it would be dropped, with all it holds.
/// </summary>
/// <param name="name">The table's name.</param>
public sealed class OnlyAdding(string name) : Table(name), ISchemaObjectWithPostProcessing
{
    /// <summary>Told by whatever is about to compare tables with the database, and which they are.</summary>
    void ISchemaObjectWithPostProcessing.PostProcess(ISchemaObject[] allObjects)
    {
        PostProcess(allObjects);
        foreach (var table in allObjects.OfType<Table>()) table.AddOnlyMigrations = true;
    }
}
