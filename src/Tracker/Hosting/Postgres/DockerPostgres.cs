using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;

namespace Tracker.Hosting.Postgres;

/// <summary>A server in a container, its data in a volume that outlives it and is named in the data directory.</summary>
internal sealed class DockerPostgres : IPostgresServer
{
    private const string Image = "postgres:17";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);
    private static readonly ServerAccount Ourselves = new((string?)null);

    private readonly string docker;
    private readonly string container;
    private readonly string marker;
    private StopGuard? guard;

    private DockerPostgres(string docker, string container, string marker) =>
        (this.docker, this.container, this.marker) = (docker, container, marker);

    public int Port { get; private set; }

    public TimeSpan Patience => TimeSpan.FromMinutes(2);

    /// <summary>Null where no engine answers.</summary>
    /// <exception cref="PostgresFailedException">The engine answers, and cannot run the image.</exception>
    public static async Task<DockerPostgres?> TryStartAsync(
        DataDirectory directory, string password, List<string> tried, Action<string> say, CancellationToken ct)
    {
        if (ExternalProgram.OnPath("docker") is not { } docker
            || await ExternalProgram.TryAsync(docker, ["version", "--format", "{{.Server.Version}}"], Moment, ct) is not { Well: true })
        {
            tried.Add(File.Exists(directory.DockerVolume)
                ? $"the Docker engine that holds this database (see {directory.DockerVolume}): it does not answer"
                : "a Docker engine: none answers");
            return null;
        }

        // Not named after the folder: one that is deleted and made again has another password.
        var volume = File.Exists(directory.DockerVolume)
            ? (await File.ReadAllTextAsync(directory.DockerVolume, ct)).Trim()
            : "tracker-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        var server = new DockerPostgres(docker, volume, directory.DockerVolume);
        try
        {
            await server.RunAsync(password, say, ct);
            return server;
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            if (failure is TimeoutException or Win32Exception) throw new PostgresFailedException(failure.Message, failure);
            throw;
        }
    }

    public async Task<string> LastWordsAsync() =>
        await ExternalProgram.TryAsync(docker, ["logs", "--tail", "20", container], Moment, CancellationToken.None) is { } logs
            ? logs.Output + logs.Errors
            : "";

    public async Task<bool> LivesAsync() =>
        await ExternalProgram.TryAsync(docker, ["inspect", "--format", "{{.State.Running}}", container], Moment, CancellationToken.None)
            is not { } state || state.Output.Trim() == "true";

    // Not before: an image that cannot be had must not bind the directory to Docker.
    public void Settle() => DataDirectory.WriteSecret(marker, container);

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync(CancellationToken.None);
        guard?.Dispose();
    }

    private async Task RunAsync(string password, Action<string> say, CancellationToken ct)
    {
        say($"No PostgreSQL is installed; a Docker engine runs {Image} (container and volume {container}).");
        await RemoveAsync(ct);
        // The password goes by the environment, since everyone on the machine can read arguments.
        var run = await ExternalProgram.RunAsync(
            docker,
            [
                "run", "--detach", "--name", container, "--publish", "127.0.0.1::5432",
                "--volume", $"{container}:/var/lib/postgresql/data", "--shm-size", "256m",
                "--env", "POSTGRES_PASSWORD",
                "--env", $"POSTGRES_USER={EmbeddedPostgres.Name}", "--env", $"POSTGRES_DB={EmbeddedPostgres.Name}",
                "--env", "POSTGRES_INITDB_ARGS=--locale=C --encoding=UTF8 --auth-host=scram-sha-256 --data-checksums", Image,
            ],
            TimeSpan.FromMinutes(10), ct, environment: new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password });
        if (!run.Well) throw new PostgresFailedException($"Docker could not run {Image}: {run.LastWords}");
        guard = StopGuard.Unless(Ourselves, docker, "stop", "--time", "30", run.Output.Trim());

        var port = await ExternalProgram.RunAsync(docker, ["port", container, "5432/tcp"], Moment, ct);
        if (!port.Well) throw new PostgresFailedException($"The container {container} ended at once: {port.LastWords}");
        Port = int.Parse(port.Output.Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
    }

    // The image's stop signal is PostgreSQL's "fast". Not --rm: a container that ends by itself keeps its last words.
    private async Task RemoveAsync(CancellationToken ct)
    {
        await ExternalProgram.TryAsync(docker, ["stop", "--time", "30", container], TimeSpan.FromSeconds(50), ct);
        await ExternalProgram.TryAsync(docker, ["rm", "--force", container], Moment, ct);
    }
}
