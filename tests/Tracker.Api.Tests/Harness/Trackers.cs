using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Api.Tests.Harness;

/// <summary>A database of its own with one or more hosts on it, and a look behind them.</summary>
public sealed class TrackerUnderTest : IAsyncDisposable
{
    private static int _agendas;
    private readonly ConcurrentDictionary<(string, Role, string?), Task<string>> _keys = new();
    private readonly string _connectionString;
    private readonly NpgsqlDataSource _database;

    private readonly TimeProvider? _clock;

    private TrackerUnderTest(string connectionString, Node node, TimeProvider? clock)
    {
        (_connectionString, Node, _clock) = (connectionString, node, clock);
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 5 });
        Owner = Node.With(Node.OwnerKey);
        Public = Node.With(null);
    }

    /// <summary>Where its database is, for a program of one's own.</summary>
    public string ConnectionString => _connectionString;

    public Node Node { get; private set; }

    /// <summary>The owner of everything.</summary>
    public Client Owner { get; private set; }

    /// <summary>Whoever comes without a key.</summary>
    public Client Public { get; private set; }

    public static async Task<TrackerUnderTest> StartAsync(PostgresUnderTest postgres, TimeProvider? clock = null, params string[] settings)
    {
        var connectionString = await postgres.NewDatabaseAsync();
        return new TrackerUnderTest(connectionString, await Node.StartAsync(connectionString, clock, settings), clock);
    }

    /// <summary>A database of its own, and a host with services beside its own.</summary>
    public static async Task<TrackerUnderTest> StartAsync(PostgresUnderTest postgres, Action<IServiceCollection> services)
    {
        var connectionString = await postgres.NewDatabaseAsync();
        return new TrackerUnderTest(connectionString, await Node.StartFittedAsync(connectionString, new Fittings { Services = services }), null);
    }

    /// <summary>A database of its own, and a host fitted as the test needs it.</summary>
    public static async Task<TrackerUnderTest> StartFittedAsync(PostgresUnderTest postgres, Fittings fittings, params string[] settings)
    {
        var connectionString = await postgres.NewDatabaseAsync();
        return new TrackerUnderTest(connectionString, await Node.StartFittedAsync(connectionString, fittings, settings), fittings.Clock);
    }

    /// <summary>Another host on the same database, fitted as the test needs it.</summary>
    public Task<Node> AnotherNodeAsync(Fittings fittings, params string[] settings) => Node.StartFittedAsync(_connectionString, fittings, settings);

    /// <summary>Another host on the same database.</summary>
    public Task<Node> AnotherNodeAsync(TimeProvider? clock = null) => Node.StartAsync(_connectionString, clock);

    /// <summary>Another host on the same database, with settings of its own.</summary>
    public Task<Node> AnotherNodeAsync(string[] settings) => Node.StartAsync(_connectionString, _clock, settings);

    /// <summary>Stops the host and starts it again.</summary>
    /// <param name="between">Done while nothing runs, and nobody is connected.</param>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        await Node.DisposeAsync();
        _database.Clear();
        if (between is not null) await between();
        Node = await Node.StartAsync(_connectionString, _clock);
        Owner = Node.With(Node.OwnerKey);
        Public = Node.With(null);
    }

    /// <summary>What <c>tables rebuild</c> does, while the service runs.</summary>
    public Task RebuildAsync() => Node.Services.GetRequiredService<TablesFiller>().RebuildAsync((_, _) => { }, CancellationToken.None);

    /// <summary>A client of someone with a role: the one place that knows how callers are told apart.</summary>
    /// <param name="name">Who: the same name is the same person.</param>
    /// <param name="role">What they are.</param>
    /// <param name="agenda">On which agenda; null for all.</param>
    /// <param name="node">Through which host; the first where none is named.</param>
    public async Task<Client> AsAsync(string name, Role role, string? agenda = null, Node? node = null) =>
        (node ?? Node).With(await _keys.GetOrAdd((name, role, agenda), MakeKeyAsync));

    /// <summary>The opaque id that events keep of someone.</summary>
    public async Task<string> PrincipalOfAsync(string name) =>
        await AskAsync<string>("select id from tracker.principal where issuer = 'keys' and subject = $1", name);

    /// <summary>A name no other agenda has.</summary>
    public static string NewName(string kind = "agenda") =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{Interlocked.Increment(ref _agendas)}");

    /// <summary>Opens an agenda between AA and BB, with the baseline 2022-11-14.</summary>
    public async Task<Ledger> OpenAgendaAsync(string review = "second", string? version = null)
    {
        var slug = NewName();
        (await Owner.PostAsync("agendas", Given.Agenda(slug, review, version))).Should(201);
        return new Ledger(this, slug);
    }

    /// <summary>What the event store holds of an agenda, in its order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> EventsAsync(string agenda)
    {
        await using var command = _database.CreateCommand("""
            select seq_id, stream_id, version, type, timestamp, user_name, correlation_id, causation_id,
                   (headers ->> 'position')::bigint, coalesce((headers ->> 'last')::bool, false), data::text
            from tracker.mt_events where stream_id like $1 || '/%' order by seq_id
            """);
        command.Parameters.Add(new() { Value = agenda });
        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            events.Add(new StoredEvent(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetString(5), Text(6), Text(7), reader.GetInt64(8), reader.GetBoolean(9), reader.GetString(10)));
        return events;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public async Task<T> AskAsync<T>(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string> MakeKeyAsync((string Name, Role Role, string? Agenda) who) =>
        (await Owner.PostAsync("keys", new { who.Name, Role = Words.Text(who.Role), who.Agenda })).Should(201)["key"];
}

/// <summary>An event as the store keeps it.</summary>
public sealed record StoredEvent(
    long Sequence, string Stream, long Version, string Type, DateTimeOffset At, string By, string? Correlation, string? Causation,
    long Position, bool Last, string Body);
