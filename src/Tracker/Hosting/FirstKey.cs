using Tracker.Access;

namespace Tracker.Hosting;

/// <summary>Sees at the first start to it that someone can do something: makes the first owner's key, or takes the one given.</summary>
public sealed class FirstKey(KeyRing keys, Database database, IConfiguration configuration, ILogger<FirstKey> log) : IHostedService
{
    public const string Setting = "Tracker:OwnerKey";
    private const int Strong = 28;

    /// <summary>The key that was made at this start; shown once, and kept nowhere else.</summary>
    public string? Made { get; private set; }

    /// <summary>The file it is also in, beside the embedded database; readable by its owner alone.</summary>
    public string? Path { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var given = configuration[Setting] is { Length: > 0 } key ? key : null;
        if (given is { Length: < 8 }) throw new InvalidOperationException($"{Setting} must have at least 8 characters.");
        if (given is { Length: < Strong }) log.LogWarning("{Setting} is short; one that is made would have 47 characters.", Setting);
        var first = await keys.MakeFirstAsync(given, cancellationToken);
        if (given is not null || first is null) return;
        Made = first;
        if (database.Embedded is { } embedded) Path = await WriteAsync(System.IO.Path.Combine(embedded.DataDirectory, "owner.key"), first, cancellationToken);
    }

    private static async Task<string> WriteAsync(string path, string key, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(key + "\n"), ct);
        return path;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
