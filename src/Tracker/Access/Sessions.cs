using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tracker.Recording;
using Weasel.Postgresql.Tables;

namespace Tracker.Access;

/// <summary>Who is signed in with a browser, for the page to greet.</summary>
public sealed record SignedIn(string Name);

/// <summary>A form of ours, seen to come from a page of ours: only then does a session's cookie serve for a command.</summary>
public sealed class OwnForm;

/// <summary>Somebody who is signed in with a browser: what is listed.</summary>
/// <param name="Id">What it is ended by; no cookie can be made of it.</param>
/// <param name="Principal">Whose it is, by their opaque id.</param>
/// <param name="Name">What pages greet them with.</param>
/// <param name="Key">The id of the key they signed in with; null for whom the issuer sent.</param>
/// <param name="Grants">What they may, each role on one agenda or on all.</param>
/// <param name="EndsAt">When it ends by itself.</param>
public sealed record Session(
    string Id, string Principal, string Name, string? Key, ImmutableArray<Grant> Grants, DateTimeOffset StartedAt, DateTimeOffset EndsAt);

/// <summary>
/// People signed in with a browser. The cookie holds an opaque id, of which the table keeps only a hash: whoever reads the table can be nobody by
/// it, and a session that is ended there is ended on every node, whoever still has its cookie. What a key may is looked up with it at each use, so a
/// revoked one ends its sessions. Of whom an issuer sent the table holds what they may, since the issuer cannot be asked each time; so it lasts an hour.
/// </summary>
/// <remarks>
/// The framework's cookie handler can keep its tickets in a store as well, and goes on with the id that a browser brings when somebody else signs in
/// there: an id that was planted would be theirs. Here each sign-in has an id of its own, and ends the session before it.
/// </remarks>
public sealed class Sessions(NpgsqlDataSource database, KeyRing keys, TimeProvider clock)
{
    public const string Cookie = "tracker_session";

    public const string TableName = "tracker.session";

    /// <summary>What the sessions are, of which <c>$1</c> is now: those of keys that hold, and those of the issuer's.</summary>
    private static readonly string Lasting = $"""
        select s.id, coalesce(k.name, s.name), s.access_key, s.grants, k.role, k.agenda, s.started_at, s.ends_at, {Principals.Known("s.principal")}
        from {TableName} s left join {KeyRing.TableName} k on k.id = s.access_key
        where s.ends_at > $1 and (s.access_key is null or (k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)))
        """;

    private const int Bytes = 32;
    private const int MostLong = 100;

    private static readonly TimeSpan LastsWithKey = TimeSpan.FromHours(12);
    private static readonly TimeSpan LastsWithToken = TimeSpan.FromHours(1);

    public static Table Definition()
    {
        var table = new Table(TableName);
        table.AddColumn<string>("id").AsPrimaryKey();
        table.AddColumn("hash", "bytea").NotNull();
        table.AddColumn<string>("principal").NotNull();
        table.AddColumn<string>("name").NotNull();
        table.AddColumn<string>("access_key");
        // As an issuer's token says them; those of a key are the key's own.
        table.AddColumn("grants", "text[]").NotNull();
        table.AddColumn("started_at", "timestamptz").NotNull();
        table.AddColumn("ends_at", "timestamptz").NotNull();
        table.Indexes.Add(new IndexDefinition("ix_session_hash") { Columns = ["hash"], IsUnique = true });
        return table;
    }

    /// <summary>Begins a session with a key; null where it is nobody's, has ended, or was revoked.</summary>
    public async Task<Caller?> BeginAsync(HttpContext http, string secret)
    {
        if (await keys.IdOfAsync(secret, http.RequestAborted) is not { } id || await keys.CallerByIdAsync(id, http.RequestAborted) is not var (caller, name)) return null;
        await BeginAsync(http, caller, name, id, LastsWithKey);
        return caller;
    }

    /// <summary>Begins a session of whom an issuer sent.</summary>
    public Task BeginAsync(HttpContext http, Caller caller, string name) => BeginAsync(http, caller, name, null, LastsWithToken);

    /// <summary>Ends the session that the request belongs to, for whoever has its cookie.</summary>
    public async Task EndAsync(HttpContext http)
    {
        if (HashIn(http) is { } hash)
        {
            await using var command = database.CreateCommand($"delete from {TableName} where hash = $1");
            command.Parameters.Add(new() { Value = hash });
            await command.ExecuteNonQueryAsync(http.RequestAborted);
        }

        http.Response.Cookies.Delete(OwnCookies.NameOf(http.Request, Cookie), Options(http, null));
        http.Features.Set<SignedIn>(null);
    }

    /// <summary>Ends a session at once, on every node.</summary>
    public async Task EndAsync(string id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {TableName} where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whose session the request belongs to; null where it belongs to none that lasts.</summary>
    public async Task<Caller?> CallerOfAsync(HttpContext http)
    {
        if (HashIn(http) is not { } hash || await ReadAsync($"{Lasting} and s.hash = $2", http.RequestAborted, hash) is not [var (session, caller)]) return null;
        http.Features.Set(new SignedIn(session.Name));
        return caller;
    }

    /// <summary>Everybody who is signed in, who came last first.</summary>
    public async Task<IReadOnlyList<Session>> ListAsync(CancellationToken ct) => [.. (await ReadAsync($"{Lasting} order by s.started_at desc, s.id", ct)).Select(x => x.Session)];

    private async Task BeginAsync(HttpContext http, Caller caller, string name, string? key, TimeSpan lasts)
    {
        var (id, now) = (RandomNumberGenerator.GetBytes(Bytes), clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"delete from {TableName} where ends_at <= $1 or hash = $2", now, HashIn(http) ?? []);
        batch.Add($"""
            insert into {TableName} (id, hash, principal, name, access_key, grants, started_at, ends_at) values ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8)
            """, "s-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)), Hash(Base64Url.EncodeToString(id)), caller.Principal, name, key ?? "",
            key is null ? caller.Grants.Select(RoleClaims.TextOf).ToArray() : [], now, now + lasts);
        await batch.ExecuteNonQueryAsync(http.RequestAborted);
        http.Response.Cookies.Append(OwnCookies.NameOf(http.Request, Cookie), Base64Url.EncodeToString(id), Options(http, now + lasts));
        http.Features.Set(new SignedIn(name));
    }

    private async Task<IReadOnlyList<(Session Session, Caller Caller)>> ReadAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(sql, [clock.GetUtcNow(), .. values]);
        var sessions = new List<(Session, Caller)>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var grants = row.IsDBNull(4) ? RoleClaims.GrantsOf(row.GetFieldValue<string[]>(3)) : [new Grant(Words.Parse<Role>(row.GetString(4)), Text(row, 5))];
            var caller = new Caller(row.GetString(8), grants) { Aliases = [.. row.GetFieldValue<string[]>(9)] };
            sessions.Add((new Session(row.GetString(0), caller.Principal!, row.GetString(1), Text(row, 2), grants, row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7)), caller));
        }

        return sessions;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The session that the request names; null where it names none, or what cannot be one.</summary>
    internal static string? IdIn(HttpContext http) => http.Request.Cookies[OwnCookies.NameOf(http.Request, Cookie)] is { Length: > 0 and < MostLong } id ? id : null;

    private static byte[]? HashIn(HttpContext http) => IdIn(http) is { } id ? Hash(id) : null;

    private static byte[] Hash(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));

    private static CookieOptions Options(HttpContext http, DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = OwnCookies.PathOf(http.Request),
        IsEssential = true,
        Expires = until,
    };
}
