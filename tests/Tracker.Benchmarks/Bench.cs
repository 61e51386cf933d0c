using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tracker.Hosting.Postgres;

namespace Tracker.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Events">How many events the store holds that most measures share, before those that the measures themselves add.</param>
/// <param name="Seconds">How long each side of a measure takes in each round.</param>
/// <param name="Server">The folder of a server to measure; none where it is to be published.</param>
internal sealed record Options(int Seed, int Events, double Seconds, int Rounds, int[] Growth, string? Server);

/// <summary>
/// Where it is measured: one PostgreSQL of our own as the product brings it up, a database for each store, and the servers that are asked for. Each is
/// made when a measure first needs it; disposing stops and removes all.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly Dictionary<string, Store> _stores = [];
    private Server? _baseline;

    private Bench(Options options, string server, DirectoryInfo folder, EmbeddedPostgres postgres, Action<string> say) =>
        (Options, Published, _folder, _postgres, Say) = (options, server, folder, postgres, say);

    public Options Options { get; }

    /// <summary>The folder of the server that is measured.</summary>
    public string Published { get; }

    public Action<string> Say { get; }

    public string Database => $"PostgreSQL {_postgres.ServerVersion}";

    public static async Task<Bench> StartAsync(Options options, Action<string> say, CancellationToken ct)
    {
        var server = options.Server is { } given ? Path.GetFullPath(given) : await Benchmarks.Published.FolderAsync(say, ct);
        var folder = Directory.CreateTempSubdirectory("tracker-benchmarks-");
        // As root, the database runs as another user, who must be able to pass.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        try
        {
            return new(options, server, folder, await EmbeddedPostgres.StartAsync(Path.Combine(folder.FullName, "database"), _ => { }, ct), say);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>The store that most measures share.</summary>
    public Task<Store> MainAsync(CancellationToken ct) => StoreAsync("main", Options.Events, ct);

    /// <summary>A store of so many events, with the Bali record in it, and its server running.</summary>
    public async Task<Store> StoreAsync(string name, int events, CancellationToken ct)
    {
        if (!_stores.TryGetValue(name, out var store))
        {
            store = new Store(this, await CreateDatabaseAsync($"tracker_{name}", ct));
            _stores.Add(name, store);
            await store.StartAsync(ct);
            await store.FillAsync(name, events, ct);
        }

        if (!store.IsFilled) throw new InvalidOperationException($"The store '{name}' was not filled to its end.");
        await store.StartAsync(ct);
        return store;
    }

    public async Task<Server> BaselineAsync(CancellationToken ct)
    {
        if (_baseline is not null) return _baseline;
        var database = await CreateDatabaseAsync("baseline", ct);
        await using var source = NpgsqlDataSource.Create(database);
        await using var table = source.CreateCommand("create table inserted (id bigint generated always as identity primary key, at timestamptz not null default now(), body bytea not null)");
        await table.ExecuteNonQueryAsync(ct);
        return _baseline = await StartBaselineAsync(database, ct);
    }

    /// <summary>One more baseline, which the caller stops.</summary>
    public Task<Server> StartBaselineAsync(string? database, CancellationToken ct) => Server.StartAsync(
        typeof(Baseline).Assembly.Location, ["baseline"], [(Baseline.Setting, database ?? "")], Baseline.Smallest, () => PostmasterIn(_postgres.DataDirectory), ct);

    /// <summary>Tracker, with its limits lifted. Without a connection string it has a database of its own in a folder; the caller stops it.</summary>
    public Task<Server> StartTrackerAsync(string? connectionString, string key, string folder, CancellationToken ct)
    {
        (string, string)[] environment = [("ConnectionStrings__Tracker", connectionString ?? ""), ("Tracker__OwnerKey", key), ("Tracker__LoadSeeds", "true"),
            ("Tracker__Limits__PerAddress", "1000000"), ("Tracker__Limits__PerKey", "1000000"), ("Tracker__Limits__Streams", "1000"), ("Tracker__Limits__Costly", "1000"), ("Tracker__Webhooks__AllowInner", "true")];
        string[] where = connectionString is null ? [$"--Tracker:DataDirectory={folder}"] : [];
        return Server.StartAsync(Path.Combine(Published, "Tracker.dll"), ["--urls", "http://127.0.0.1:0", .. where], environment, "/health/ready",
            () => PostmasterIn(connectionString is null ? folder : _postgres.DataDirectory), ct);
    }

    /// <summary>A folder that goes with the rest.</summary>
    public string NewFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Has the baseline keep the very bytes that a path of ours answers with, and gives the path where it answers with them.</summary>
    public async Task<string> KeepBytesAsync(Store store, string path, string accept, string encoding, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        using var answer = (await store.Server.Http.SendAsync(request, ct)).EnsureSuccessStatusCode();
        using var content = new ByteArrayContent(await answer.Content.ReadAsByteArrayAsync(ct));
        content.Headers.TryAddWithoutValidation("Kept-Type", answer.Content.Headers.ContentType?.ToString());
        content.Headers.TryAddWithoutValidation("Kept-Encoding", answer.Content.Headers.ContentEncoding);
        var kept = $"/bytes/{Uri.EscapeDataString($"{path}-{encoding}")}";
        (await (await BaselineAsync(ct)).Http.PutAsync(kept, content, ct)).EnsureSuccessStatusCode();
        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var store in _stores.Values) await store.StopAsync();
            if (_baseline is not null) await _baseline.DisposeAsync();
        }
        finally
        {
            await _postgres.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    private async Task<string> CreateDatabaseAsync(string name, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Pooling = false }.ConnectionString);
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name }.ConnectionString;
    }

    private static int? PostmasterIn(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "postgres", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : null;
    }
}

/// <summary>A database with a record in it, and the server on it.</summary>
internal sealed class Store(Bench bench, string connectionString)
{
    private const string Key = "trk_benchmarks_0123456789abcdefghijklmnopqrstuvwxyz";
    private readonly HashSet<string> _agendas = [];
    private Server? _server;

    public static string Authorization => $"Authorization: Bearer {Key}";

    public string ConnectionString => connectionString;

    public Server Server => _server ?? throw new InvalidOperationException("The server was stopped, and is not started again until the next measure.");

    public Record Record { get; } = new(bench.Options.Seed);

    /// <summary>Whether it holds all that it is to hold: a measure that is broken off may leave it half full.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>Starts its server where none runs.</summary>
    public async Task<Server> StartAsync(CancellationToken ct)
    {
        if (_server is null)
        {
            _server = await bench.StartTrackerAsync(connectionString, Key, "", ct);
            _server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        }

        return _server;
    }

    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>Imports agendas until the store holds so many events.</summary>
    public async Task FillAsync(string name, int events, CancellationToken ct)
    {
        var (began, held) = (Load.Now, 0);
        foreach (var (shape, index) in Record.Store(events).Select((x, i) => (x, i)))
            held += await ImportAsync(Record.Bundle(string.Create(CultureInfo.InvariantCulture, $"{name}-{index}"), shape), ct);
        IsFilled = true;
        bench.Say(string.Create(CultureInfo.InvariantCulture, $"The store '{name}' holds {held:N0} events, imported in {(Load.Now - began) / 1000:N1} s."));
    }

    /// <summary>An agenda of this name and shape, imported where there is none yet and read by the tables.</summary>
    public async Task<string> AgendaAsync(string slug, Shape shape, CancellationToken ct)
    {
        if (!_agendas.Contains(slug)) await ImportAsync(Record.Bundle(slug, shape), ct);
        _agendas.Add(slug);
        return slug;
    }

    /// <summary>Imports a bundle through the API; gives how many events it makes.</summary>
    public async Task<int> ImportAsync(Bundled bundle, CancellationToken ct)
    {
        using var content = new ByteArrayContent(bundle.Lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await Server.Http.PostAsync($"/api/v1/agendas/{bundle.Agenda}/import", content, ct);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The import of {bundle.Agenda} was refused: {string.Concat((await answer.Content.ReadAsStringAsync(ct)).Take(1000))}");
        return bundle.Events;
    }

    /// <summary>Waits until what a command did can be read.</summary>
    public async Task ReachAsync(string agenda, HttpResponseMessage answer, CancellationToken ct)
    {
        var position = answer.Headers.GetValues("Tracker-Position").Single();
        HttpResponseMessage there;
        do there = await Server.Http.GetAsync($"{agenda}/reports?limit=1&atLeast={position}", ct);
        while (there.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable);
        there.EnsureSuccessStatusCode();
    }

    /// <summary>A command that is not measured; gives its answer.</summary>
    public async Task<(JsonElement Body, HttpResponseMessage Answer)> PostAsync(string path, object command, CancellationToken ct)
    {
        using var content = new StringContent(JsonSerializer.Serialize(command), Encoding.UTF8, "application/json");
        var answer = await Server.Http.PostAsync(path, content, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode ? (JsonDocument.Parse(body).RootElement, answer) : throw new InvalidOperationException($"{path} was refused: {body}");
    }
}
