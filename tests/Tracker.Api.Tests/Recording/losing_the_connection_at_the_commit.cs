using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Recording;

public sealed class losing_the_connection_at_the_commit(PostgresUnderTest postgres)
{
    [Fact]
    public async Task says_that_nothing_was_changed_where_the_commit_never_arrived()
    {
        await using var wire = new Wire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        wire.CutAt(Wire.Moment.BeforeTheCommit);
        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"))).ShouldRefuse(503, "unavailable");

        (await ledger.EventsAsync()).Count.ShouldBe(1);
        (await ledger.RecordAsync("sources", Given.Source("readout"))).Position.ShouldBe(2);
    }

    [Fact]
    public async Task answers_as_recorded_what_was_committed_although_nothing_came_back()
    {
        await using var wire = new Wire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        wire.CutAt(Wire.Moment.AfterTheCommit);
        (await ledger.RecordAsync("sources", Given.Source("readout"))).Position.ShouldBe(2);

        wire.IsCut.ShouldBeTrue();
        (await ledger.RecordAsync("sources", Given.Source("account"))).Position.ShouldBe(3);
        (await ledger.GetAsync("sources/readout")).Should(200);
    }

    [Fact]
    public async Task says_that_it_is_not_known_where_nobody_can_look()
    {
        await using var wire = new Wire();
        await using var tracker = await StartAsync(wire);
        var ledger = await tracker.OpenAgendaAsync();

        wire.CutAt(Wire.Moment.AfterTheCommit, forGood: true);
        var reply = await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"), ("Idempotency-Key", "of-this"));
        reply.ShouldRefuse(503, "outcome-unknown");

        // It may have been recorded, and was: a repeat under its key is told so.
        wire.Mend();
        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("readout"), ("Idempotency-Key", "of-this"))).Should(201).Position.ShouldBe(2);
    }

    private async Task<TrackerUnderTest> StartAsync(Wire wire) => await TrackerUnderTest.StartAsync(postgres, services =>
        services.AddSingleton(provider => new RecordingConnections(wire.To(provider.GetRequiredService<Tracker.Hosting.Database>().ConnectionString))));

    /// <summary>The wire of the connections that recordings are written over: it can be cut at the commit.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private IPEndPoint _server = null!;
        private Task _listening = Task.CompletedTask;
        private Moment? _cutAt;
        private bool _forGood, _isDead;

        public enum Moment
        {
            BeforeTheCommit,
            AfterTheCommit,
        }

        public bool IsCut { get; private set; }

        public NpgsqlDataSource To(string connectionString)
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            _server = new IPEndPoint(IPAddress.Parse(settings.Host is "localhost" ? "127.0.0.1" : settings.Host!), settings.Port);
            _listener.Start();
            (settings.Host, settings.Port, settings.Timeout) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, 2);
            _listening = ListenAsync();
            return NpgsqlDataSource.Create(settings);
        }

        public void CutAt(Moment moment, bool forGood = false) => (_cutAt, _forGood, IsCut) = (moment, forGood, false);

        public void Mend() => _isDead = false;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _listening;
        }

        private async Task ListenAsync()
        {
            try
            {
                while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped.
            }
        }

        private async Task CarryAsync(TcpClient near)
        {
            using var _ = near;
            if (_isDead) return;
            using var far = new TcpClient();
            await far.ConnectAsync(_server);
            try
            {
                var back = BackAsync(far.GetStream(), near.GetStream());
                await await Task.WhenAny(OutAsync(near.GetStream(), far.GetStream(), back), back);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // Let go by one end.
            }
        }

        private async Task OutAsync(NetworkStream near, NetworkStream far, Task back)
        {
            var buffer = new byte[65_536];
            while (await near.ReadAsync(buffer) is > 0 and var read)
            {
                if (_cutAt is { } moment && buffer.AsSpan(0, read).IndexOf(Commit) >= 0)
                {
                    (_cutAt, IsCut, _isDead) = (null, true, _forGood);
                    near.Socket.Shutdown(SocketShutdown.Send);
                    if (moment is Moment.AfterTheCommit) await far.WriteAsync(buffer.AsMemory(0, read));
                    // The server reads what was sent before the end, and ends in its turn.
                    far.Socket.Shutdown(SocketShutdown.Send);
                    await back;
                    return;
                }

                await far.WriteAsync(buffer.AsMemory(0, read));
            }
        }

        private static async Task BackAsync(NetworkStream far, NetworkStream near)
        {
            var buffer = new byte[65_536];
            while (await far.ReadAsync(buffer) is > 0 and var read)
                try
                {
                    await near.WriteAsync(buffer.AsMemory(0, read));
                }
                catch (IOException)
                {
                    // Cut: what the server says to it is heard by nobody.
                }
        }
    }
}
