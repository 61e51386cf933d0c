using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tracker.Browser.Tests.Browser;

/// <summary>A wire to a server that can be cut and mended: to whoever is at this end, the server is gone meanwhile.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _listening;

    public Wire(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _listening = ListenAsync(_listener);
    }

    /// <summary>This end.</summary>
    public Uri Address { get; }

    public async Task CutAsync()
    {
        _listener.Stop();
        await _listening;
        while (_ends.TryTake(out var end)) end.Dispose();
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Address.Port);
        _listener.Start();
        _listening = ListenAsync(_listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task ListenAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        var far = new TcpClient();
        _ends.Add(near);
        _ends.Add(far);
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or let go by one end.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
