using System.Buffers.Text;
using System.Security.Cryptography;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>
/// The opaque ids that stand for people and programs in every event. Whom an id stands for is kept apart, in one table: a name can
/// be forgotten without touching the record. Someone with two keys of one name is one principal.
/// </summary>
public sealed class Principals(NpgsqlDataSource database)
{
    public const string TableName = "tracker.principal";

    /// <summary>The issuer of those who come with our own keys; their subject is the key's name.</summary>
    public const string Keys = "keys";

    /// <summary>The issuer of the service's own parts, which record what follows from the calendar.</summary>
    public const string Service = "tracker";

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn<string>("issuer").NotNull();
        table.AddColumn<string>("subject").NotNull();
        table.Indexes.Add(new IndexDefinition("ix_principal_issuer_subject") { Columns = ["issuer", "subject"], IsUnique = true });
        return table;
    }

    /// <summary>The id of a subject as an issuer names it: made the first time, the same ever after.</summary>
    public async Task<string> OfAsync(string issuer, string subject, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            with known as (select id from {TableName} where issuer = $1 and subject = $2),
                 made as (insert into {TableName} (id, issuer, subject) select $3, $1, $2 where not exists (select from known) on conflict (issuer, subject) do nothing returning id)
            select id from known union all select id from made
            """);
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = "p-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)) });
        // Made by another in the same instant: the second look finds it.
        return await command.ExecuteScalarAsync(ct) as string ?? (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
