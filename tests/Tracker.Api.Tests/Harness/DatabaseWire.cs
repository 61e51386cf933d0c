using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Recording;

namespace Tracker.Api.Tests.Harness;

/// <summary>
/// The wire between a node and its database. It can be cut at the commit of a recording, hold back what the database says to whoever
/// has locked something, or fall silent: open, and nothing comes through.
/// </summary>
public sealed class DatabaseWire : IAsyncDisposable
{
    private static readonly byte[] Begin = "BEGIN"u8.ToArray();
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();

    // What the connections are called, as they are opened, that recordings are written over, and changes.
    private static readonly byte[] ForRecordings = Encoding.UTF8.GetBytes($"tracker {RecordingConnections.Name}\0"), ForChanges = Encoding.UTF8.GetBytes($"tracker {ChangeLogConnections.Name}\0");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly HashSet<TcpClient> _open = [];
    private IPEndPoint _server = null!;
    private Task _listening = Task.CompletedTask;
    private Moment? _at;
    private bool _catchesChanges;
    private bool _forGood, _isDead;
    private TaskCompletionSource _reached = Shut(), _letGo = Shut();

    // Complete where what is sent comes through.
    private TaskCompletionSource _flows = new();

    public enum Moment
    {
        BeforeTheCommit,
        AfterTheCommit,

        /// <summary>The server has done what it was asked, and what it says of it does not come back.</summary>
        WithALock,
    }

    /// <summary>The connection string with which a database is reached over it.</summary>
    /// <param name="ofRecordings">
    /// Whether all its connections are those that recordings are written over; else they are told by what they begin with.
    /// </param>
    public string To(string connectionString, bool ofRecordings = true)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new IPEndPoint(IPAddress.Parse(settings.Host is "localhost" ? "127.0.0.1" : settings.Host!), settings.Port);
        _listener.Start();
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        (_flows, _listening) = (new(), ListenAsync(ofRecordings));
        _flows.SetResult();
        return settings.ConnectionString;
    }

    /// <summary>Cuts the connection of the next recording that comes to this moment.</summary>
    /// <param name="forGood">Nobody is let through afterwards, until it is mended.</param>
    /// <returns>Completes when it is cut.</returns>
    public Task CutAt(Moment moment, bool forGood = false)
    {
        (_reached, _forGood, _at) = (Shut(), forGood, moment);
        return _reached.Task;
    }

    /// <summary>Holds the next recording that has locked what it wants, until it is let go.</summary>
    /// <param name="ofChanges">Instead of a recording, whoever writes changes.</param>
    /// <returns>Completes when it is held.</returns>
    public Task Catch(bool ofChanges = false)
    {
        (_catchesChanges, _reached, _letGo, _at) = (ofChanges, Shut(), Shut(), Moment.WithALock);
        return _reached.Task;
    }

    public void LetGo() => _letGo.TrySetResult();

    /// <summary>Nothing comes through from now on, and nobody is told.</summary>
    public void FallSilent() => _flows = Shut();

    /// <summary>Lets through again; what was sent meanwhile arrives now.</summary>
    public void Mend()
    {
        _isDead = false;
        _flows.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        Mend();
        _listener.Stop();
        await _listening;
        lock (_lock)
            foreach (var client in _open) client.Close();
    }

    private static TaskCompletionSource Shut() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListenAsync(bool ofRecordings)
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync(), ofRecordings);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task CarryAsync(TcpClient near, bool ofRecordings)
    {
        using var _ = near;
        if (_isDead) return;
        using var far = new TcpClient();
        (near.NoDelay, far.NoDelay) = (true, true);
        try
        {
            await _flows.Task;
            await far.ConnectAsync(_server);
            lock (_lock) _open.UnionWith([near, far]);
            var held = new TaskCompletionSource();
            held.SetResult();
            var carried = new Carried(near.GetStream(), far.GetStream(), held, ofRecordings);
            var back = BackAsync(carried);
            await await Task.WhenAny(OutAsync(carried, back), back);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Let go by one end.
        }
        finally
        {
            lock (_lock) _open.ExceptWith([near, far]);
        }
    }

    private async Task OutAsync(Carried carried, Task back)
    {
        var buffer = new byte[65_536];
        while (await carried.Near.ReadAsync(buffer) is > 0 and var read)
        {
            await _flows.Task;
            var sent = buffer.AsMemory(0, read);
            carried.IsOfRecordings |= sent.Span.IndexOf(ForRecordings) >= 0;
            carried.IsOfChanges |= sent.Span.IndexOf(ForChanges) >= 0;
            if (_at is { } moment && IsReached(moment, carried, sent.Span))
            {
                _at = null;
                if (moment is not Moment.WithALock)
                {
                    await CutAsync(carried, moment is Moment.AfterTheCommit ? sent : default, back);
                    return;
                }

                carried.Held = _letGo;
                _reached.TrySetResult();
            }

            await carried.Far.WriteAsync(sent);
        }
    }

    private bool IsReached(Moment moment, Carried carried, ReadOnlySpan<byte> sent) => moment is Moment.WithALock
        ? (_catchesChanges ? carried.IsOfChanges : carried.IsOfRecordings) && sent.IndexOf(Begin) >= 0
        : carried.IsOfRecordings && sent.IndexOf(Commit) >= 0;

    private async Task CutAsync(Carried carried, ReadOnlyMemory<byte> last, Task back)
    {
        _isDead = _forGood;
        carried.Near.Socket.Shutdown(SocketShutdown.Send);
        await carried.Far.WriteAsync(last);
        // The server reads what was sent before the end, and ends in its turn.
        carried.Far.Socket.Shutdown(SocketShutdown.Send);
        _reached.TrySetResult();
        await back;
    }

    private async Task BackAsync(Carried carried)
    {
        var buffer = new byte[65_536];
        while (await carried.Far.ReadAsync(buffer) is > 0 and var read)
            try
            {
                await carried.Held.Task;
                await _flows.Task;
                await carried.Near.WriteAsync(buffer.AsMemory(0, read));
            }
            catch (IOException)
            {
                // Cut: what the server says to it is heard by nobody.
            }
    }

    /// <summary>One connection: the node's end and the database's.</summary>
    private sealed class Carried(NetworkStream near, NetworkStream far, TaskCompletionSource held, bool isOfRecordings)
    {
        public NetworkStream Near => near;

        public NetworkStream Far => far;

        public bool IsOfRecordings { get; set; } = isOfRecordings;

        public bool IsOfChanges { get; set; }

        /// <summary>Completes when what the server says may go on.</summary>
        public TaskCompletionSource Held { get; set; } = held;
    }
}
