using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>Keeps the keys that seal cookies and forms in the database, so that every node and every restart can open them.</summary>
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

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand($"select xml from {TableName} order by name");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand($"insert into {TableName} (name, xml) values ($1, $2) on conflict (name) do nothing");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
