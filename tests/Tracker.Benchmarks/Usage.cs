using System.Globalization;

namespace Tracker.Benchmarks;

/// <summary>What a server and its database used in a while, from <c>/proc</c>; not numbers where there is none.</summary>
/// <param name="Seconds">How long it was.</param>
/// <param name="ServiceCpu">Seconds of processor time of the server's process.</param>
/// <param name="DatabaseCpu">Seconds of processor time of PostgreSQL, all its processes together.</param>
/// <param name="PeakMemory">The most memory that the server's process held meanwhile (VmHWM), in bytes.</param>
internal readonly record struct Usage(double Seconds, double ServiceCpu, double DatabaseCpu, double PeakMemory)
{
    public static Usage Of(TimeSpan took) => new(took.TotalSeconds, double.NaN, double.NaN, double.NaN);
}

/// <summary>Begun before what is measured, and ended after it.</summary>
internal sealed class Meter
{
    private readonly Server _server;
    private readonly double _began, _service, _database;

    private Meter(Server server)
    {
        _server = server;
        Proc.ForgetPeak(server.Pid);
        (_service, _database, _began) = (Proc.Cpu(server.Pid), Proc.CpuOfAll(server.Postmaster), Load.Now);
    }

    public static Meter Begin(Server server) => new(server);

    public Usage End() => new((Load.Now - _began) / 1000, Proc.Cpu(_server.Pid) - _service, Proc.CpuOfAll(_server.Postmaster) - _database, Proc.Memory(_server.Pid, "VmHWM"));
}

/// <summary>Reads <c>/proc</c>.</summary>
internal static class Proc
{
    // Linux tells user space times in hundredths of a second on every processor that .NET runs on.
    private const double Ticks = 100;

    /// <summary>Seconds of processor time of one process.</summary>
    public static double Cpu(int pid) => Stat(pid) is { } x ? (x[11] + x[12]) / Ticks : double.NaN;

    /// <summary>Of a process, its children, and those of its children that have ended.</summary>
    public static double CpuOfAll(int? parent)
    {
        if (parent is not { } pid || Stat(pid) is not { } own) return double.NaN;
        var sum = own[11] + own[12] + own[13] + own[14];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var child) && Stat(child) is { } x && x[1] == pid) sum += x[11] + x[12];
        return sum / Ticks;
    }

    /// <summary>A line of a process's status, in bytes.</summary>
    public static double Memory(int pid, string line) =>
        OperatingSystem.IsLinux() && File.ReadLines($"/proc/{pid}/status").FirstOrDefault(x => x.StartsWith(line, StringComparison.Ordinal)) is { } found
            ? double.Parse(found.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024
            : double.NaN;

    /// <summary>Has the peak begin anew.</summary>
    public static void ForgetPeak(int pid)
    {
        if (OperatingSystem.IsLinux()) File.WriteAllText($"/proc/{pid}/clear_refs", "5");
    }

    /// <summary>The fields after the name, which may hold anything: [0] is the state, [1] the parent, [11] to [14] times.</summary>
    private static long[]? Stat(int pid)
    {
        try
        {
            if (!OperatingSystem.IsLinux()) return null;
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(15).Select(x => long.TryParse(x, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }
}
