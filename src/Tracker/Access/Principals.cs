using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Npgsql;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>A person or a program, whom the record knows by an opaque id.</summary>
/// <param name="Name">What they are called; null where nobody has said.</param>
/// <param name="Aliases">Other ids in the record that are theirs too: an owner said so.</param>
/// <param name="Identities">Whom issuers of tokens take them for; told to owners of everything.</param>
public sealed record Principal(string Id, string? Name, ImmutableArray<string> Aliases, ImmutableArray<Identity> Identities)
{
    /// <summary>Their name, under the word that the contract has for it.</summary>
    public string? Label => Name;
}

/// <summary>Somebody as an issuer of tokens names them.</summary>
public sealed record Identity(string Issuer, string Subject);

/// <summary>
/// The opaque ids that stand for people and programs in every event. Whom an id stands for is kept apart, in one table. Whoever an issuer names, whoever
/// keys were made for by a name, and whom an owner made has an id. An owner says which of them are the same one: that one is one for every rule, also
/// for what was recorded before.
/// </summary>
public sealed class Principals(NpgsqlDataSource database) : IPrincipalNames, ICoderRegistry
{
    public const string TableName = "tracker.principal";

    /// <summary>The issuer of those whom owners of everything made, by themselves or with a key; their subject is the name.</summary>
    public const string Keys = "keys";

    /// <summary>The issuer of the service's own parts, which record what follows from the calendar.</summary>
    public const string Service = "tracker";

    /// <summary>The issuer of those whom bundles name: they have no login, unless an owner says who they are. Their subject is the name.</summary>
    public const string Bundles = "bundle";

    /// <summary>The issuer of those of whom nobody knows any more who they are.</summary>
    private const string Forgotten = "forgotten";

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn<string>("issuer").NotNull();
        table.AddColumn<string>("subject").NotNull();
        // Null where only the subject says it, or nothing does.
        table.AddColumn<string>("name");
        // The principal that this one is; null where it is one itself.
        table.AddColumn<string>("same_as");
        table.Indexes.Add(new IndexDefinition("ix_principal_issuer_subject") { Columns = ["issuer", "subject"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("ix_principal_same_as") { Columns = ["same_as"] });
        return table;
    }

    /// <summary>The issuer of those whom an owner of one agenda made with a key: whoever has the name elsewhere is somebody else.</summary>
    public static string KeysOf(string agenda) => $"{Keys}:{agenda}";

    /// <summary>In a query, of an id there: the one that it stands for, and all that stand for the same.</summary>
    internal static string Known(string id) => $"""
        coalesce((select same_as from {TableName} where id = {id}), {id}),
        array(select id from {TableName} where same_as = coalesce((select same_as from {TableName} where id = {id}), {id}) order by id)
        """;

    /// <summary>The id of a subject as an issuer names it: made the first time, the same ever after.</summary>
    public async Task<string> OfAsync(string issuer, string subject, CancellationToken ct) => (await CallerAsync(issuer, subject, [], ct)).Principal!;

    /// <summary>The caller that an issuer's subject is.</summary>
    public async Task<Caller> CallerAsync(string issuer, string subject, ImmutableArray<Grant> grants, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        // Made by another in the same instant: the second look finds it.
        for (var again = false; ; again = true)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.Add($"""
                with known as (select id from {TableName} where issuer = $1 and subject = $2),
                     made as (insert into {TableName} (id, issuer, subject) select $3, $1, $2 where not exists (select from known) on conflict (issuer, subject) do nothing returning id)
                select {Known("one.id")} from (select id from known union all select id from made) one
                """, issuer, subject, NewId());
            await using var row = await batch.ExecuteReaderAsync(ct);
            if (await row.ReadAsync(ct)) return new Caller(row.GetString(0), grants) { Aliases = [.. row.GetFieldValue<string[]>(1)] };
            if (again) throw new InvalidOperationException("A principal that was just made is not there.");
        }
    }

    /// <summary>Makes a principal; null where there is one of that name, whom owners of everything made.</summary>
    public async Task<Principal?> MakeAsync(string name, CancellationToken ct)
    {
        var id = NewId();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"insert into {TableName} (id, issuer, subject, name) values ($1, $2, $3, $3) on conflict (issuer, subject) do nothing returning id", id, Keys, name);
        return await batch.ExecuteScalarAsync(ct) is null ? null : new Principal(id, name, [], []);
    }

    /// <summary>Keeps what somebody is called, where nobody has said it yet.</summary>
    public async Task NameAsync(string id, string name, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"update {TableName} set name = $2 where id = $1 and name is null", id, name);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The principal that an id stands for; null where it stands for none.</summary>
    public async Task<Principal?> FindAsync(string id, CancellationToken ct) => (await ReadAsync($"p.id = coalesce((select same_as from {TableName} where id = $1), $1)", ct, id)).SingleOrDefault();

    /// <summary>Everybody, or those who have a key on one of some agendas.</summary>
    public Task<IReadOnlyList<Principal>> ListAsync(string[]? agendas, CancellationToken ct) => agendas is null
        ? ReadAsync("true", ct)
        : ReadAsync($"p.id in (select coalesce((select same_as from {TableName} where id = k.principal), k.principal) from {KeyRing.TableName} k where k.agenda = any($1))", ct, (object)agendas);

    /// <summary>
    /// From now on an issuer's subject is that principal, and so are all that were linked to it. To one that is linked already, by its own id: it is one of its own again.
    /// </summary>
    /// <returns>The principal; null where there is none of that id.</returns>
    public async Task<Principal?> LinkAsync(string id, Identity identity, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two links at once would each take the other's for one that stands for itself.
        await DoAsync($"lock table {TableName} in share row exclusive mode");
        if (await AskAsync($"select coalesce(same_as, id) from {TableName} where id = $1", id) is not { } one) return null;
        var linked = await AskAsync($"select id from {TableName} where issuer = $1 and subject = $2", identity.Issuer, identity.Subject);
        if (linked is null) await DoAsync($"insert into {TableName} (id, issuer, subject, same_as) values ($1, $2, $3, $4)", NewId(), identity.Issuer, identity.Subject, one);
        else if (linked == id) await DoAsync($"update {TableName} set same_as = null where id = $1", id);
        else if (linked != one) await DoAsync($"update {TableName} set same_as = $2 where id = $1 or same_as = $1", linked, one);
        await transaction.CommitAsync(ct);
        return await FindAsync(id, ct);

        async Task DoAsync(string sql, params object[] values) => await AskAsync(sql, values);

        async Task<string?> AskAsync(string sql, params object[] values)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.Add(sql, values);
            return await batch.ExecuteScalarAsync(ct) as string;
        }
    }

    /// <summary>Forgets whom some ids stand for. Whoever comes as one of them did is somebody new.</summary>
    public async Task ForgetAsync(string[] ids, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"update {TableName} set issuer = '{Forgotten}', subject = id, name = null where id = any($1)");
        command.Parameters.Add(new() { Value = ids });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IEnumerable<string> principals, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            select asked.id, {NameOf("p")} from unnest($1) asked(id) join {TableName} p on p.id = coalesce((select same_as from {TableName} where id = asked.id), asked.id)
            where {NameOf("p")} is not null
            """, (object)principals.Distinct(StringComparer.Ordinal).ToArray());
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) names.Add(row.GetString(0), row.GetString(1));
        return names;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> IdsOfAsync(IReadOnlyCollection<string> names, CancellationToken ct) => PairsAsync(IdsOf, names, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> MakeIdsOfAsync(IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var known = await IdsOfAsync(names, ct);
        string[] unknown = [.. names.Where(x => !known.ContainsKey(x)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (unknown.Length == 0) return known;
        await using (var make = database.CreateCommand($"insert into {TableName} (id, issuer, subject) select x.id, '{Bundles}', x.name from unnest($1, $2) x(id, name) on conflict (issuer, subject) do nothing"))
        {
            make.Parameters.Add(new() { Value = unknown.Select(_ => NewId()).ToArray() });
            make.Parameters.Add(new() { Value = unknown });
            await make.ExecuteNonQueryAsync(ct);
        }

        // Whoever made one in the same instant was first, perhaps.
        return await IdsOfAsync(names, ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> NamesInBundlesOfAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        PairsAsync($"select id, subject from {TableName} where issuer = '{Bundles}' and id = any($1)", ids, ct);

    /// <inheritdoc/>
    public async Task<string> VersionOfNamesAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select coalesce(md5(string_agg(id, ',' order by id)), '') from {TableName} where issuer = '{Bundles}'");
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private const string IdsOf = $"""
        select asked.name, p.id from unnest($1) asked(name)
        join {TableName} p on p.id = coalesce((select id from {TableName} where id = asked.name), (select id from {TableName} where issuer = '{Bundles}' and subject = asked.name))
        """;

    private async Task<IReadOnlyDictionary<string, string>> PairsAsync(string sql, IReadOnlyCollection<string> asked, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = asked.Distinct(StringComparer.Ordinal).ToArray() });
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) pairs.Add(row.GetString(0), row.GetString(1));
        return pairs;
    }

    private async Task<IReadOnlyList<Principal>> ReadAsync(string which, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            select p.id, {NameOf("p")}, array(select id from {TableName} a where a.same_as = p.id order by id),
                array(select i.issuer from {TableName} i where {IsOfAnIssuer("i")} and i.issuer <> '{Forgotten}' and (i.id = p.id or i.same_as = p.id) order by i.id),
                array(select i.subject from {TableName} i where {IsOfAnIssuer("i")} and i.issuer <> '{Forgotten}' and (i.id = p.id or i.same_as = p.id) order by i.id)
            from {TableName} p where p.same_as is null and {which} order by 2 nulls last, 1
            """, values);
        var found = new List<Principal>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new Principal(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), [.. row.GetFieldValue<string[]>(2)],
                [.. row.GetFieldValue<string[]>(3).Zip(row.GetFieldValue<string[]>(4), (issuer, subject) => new Identity(issuer, subject))]));
        return found;
    }

    /// <summary>Of those who were made with a key before names were kept, the subject is the name.</summary>
    private static string NameOf(string row) => $"coalesce({row}.name, case when not ({IsOfAnIssuer(row)}) then {row}.subject end)";

    private static string IsOfAnIssuer(string row) => $"{row}.issuer not in ('{Keys}', '{Bundles}', '{Service}') and {row}.issuer not like '{Keys}:%'";

    private static string NewId() => "p-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
}
