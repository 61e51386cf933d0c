using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>
/// Keeps the keys that seal webhook secrets, forms and links to unsubscribe in the database, so that every node and every restart can open what they sealed. Where a
/// certificate is set, they come here encrypted by it.
/// </summary>
public sealed class ProtectionKeys(NpgsqlDataSource database) : IXmlRepository
{
    public const string TableName = "tracker.protection_key";

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("name").AsPrimaryKey();
        table.AddColumn<string>("xml").NotNull();
        return table;
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [.. All().Select(x => x.Xml)];

    /// <summary>The keys as they are kept, by their names.</summary>
    public IReadOnlyList<(string Name, XElement Xml)> All()
    {
        using var command = database.CreateCommand($"select name, xml from {TableName} order by name");
        using var reader = command.ExecuteReader();
        var elements = new List<(string, XElement)>();
        while (reader.Read()) elements.Add((reader.GetString(0), XElement.Parse(reader.GetString(1))));
        return elements;
    }

    /// <summary>Keeps a key in another form.</summary>
    public void Replace(string name, XElement xml) => Write($"update {TableName} set xml = $2 where name = $1", name, xml);

    public void StoreElement(XElement element, string friendlyName) =>
        Write($"insert into {TableName} (name, xml) values ($1, $2) on conflict (name) do nothing", friendlyName, element);

    private void Write(string sql, string name, XElement xml)
    {
        using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = xml.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
