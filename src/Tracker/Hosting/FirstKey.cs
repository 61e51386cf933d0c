using Tracker.Access;

namespace Tracker.Hosting;

/// <summary>
/// Sees at the first start to it that someone can do something: takes the owner's key that is given, or makes one. It is made when all else has started, the
/// address that is served among it: a start that fails leaves no key behind that nobody was shown.
/// </summary>
public sealed partial class FirstKey(KeyRing keys, Database database, IConfiguration configuration, ILogger<FirstKey> log) : IHostedLifecycleService
{
    public const string Setting = "Tracker:OwnerKey";

    /// <summary>Fewer characters than this can be found by trying; a key that is made has 47.</summary>
    public const int Least = 32;

    private readonly string? _given = configuration[Setting] is { Length: > 0 } key ? key : null;

    /// <summary>The key that was made at this start; shown once, and kept nowhere else.</summary>
    public string? Made { get; private set; }

    /// <summary>The file it is also in, beside the embedded database; readable by its owner alone.</summary>
    public string? Path { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Whoever gave it has it: it opens from the first request on.
        if (_given is null) return;
        if (await keys.MakeFirstAsync(_given, _ => Task.CompletedTask, cancellationToken) is null && await keys.IdOfAsync(_given, cancellationToken) is null) LogUnused(log, Setting);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_given is null) Made = await keys.MakeFirstAsync(null, KeepAsync, cancellationToken);
    }

    /// <summary>Keeps it beside the embedded database.</summary>
    private async Task KeepAsync(string key)
    {
        if (database.Embedded is not { } embedded) return;
        var path = System.IO.Path.Combine(embedded.DataDirectory, "owner.key");
        // Never into a file that is there already: it keeps the rights, and the readers, that it has.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(key + "\n"));
        Path = path;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "{Setting} is ignored: this database already has another owner's key. Make one at the terminal (keys create --name NAME --role owner), or remove the setting.")]
    private static partial void LogUnused(ILogger log, string setting);
}
