using System.ComponentModel;
using System.Diagnostics;

namespace Tracker.Hosting.Postgres;

/// <summary>
/// Runs a command should our process vanish without stopping its database, even by <c>kill -9</c>: a shell in the background
/// reads a pipe whose other end only we hold. It ignores Ctrl-C. Not on Windows, where the next start cleans up instead.
/// </summary>
internal sealed class StopGuard : IDisposable
{
    // The outer shell ends at once, so that the guard is nobody's child, and where it can in a session of its own: what kills
    // our tree or our group then spares it. The end of input without a word means we are gone.
    private const string Script =
        """
        exec 3<&0
        own=; command -v setsid >/dev/null 2>&1 && own=setsid
        $own /bin/sh -c 'trap "" INT TERM HUP; read -r word <&3 || "$@"' guard "$@" </dev/null >/dev/null 2>&1 &
        """;

    private readonly Process? shell;

    private StopGuard(Process? shell) => this.shell = shell;

    public static StopGuard Unless(ServerAccount account, string command, params IEnumerable<string> arguments)
    {
        if (OperatingSystem.IsWindows()) return new(null);
        try
        {
            return new(Process.Start(ExternalProgram.Describe("/bin/sh", ["-c", Script, "guard", command, .. arguments], account)));
        }
        catch (Win32Exception)
        {
            return new(null);
        }
    }

    public void Dispose()
    {
        if (shell is null) return;
        try
        {
            shell.StandardInput.WriteLine("stopped");
            shell.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The guard was killed before us.
        }

        shell.Dispose();
    }
}
