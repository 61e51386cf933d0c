using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Specs.Boards;

/// <summary>While the database is away, the node goes on.</summary>
public sealed class filling_the_tables
{
    [Fact]
    public async Task is_tried_again_while_no_host_can_be_reached()
    {
        await using var nowhere = new NpgsqlDataSourceBuilder("Host=127.0.0.1;Port=1;Username=none;Database=none;Timeout=2").BuildMultiHost();
        // Once a host did not answer, it is not even asked.
        await Should.ThrowAsync<NpgsqlException>(async () => await nowhere.OpenConnectionAsync(TestContext.Current.CancellationToken));
        var log = new Said();
        using var filler = new TablesFiller(null!, nowhere, new KnownTablesWriter([]), new KnownEvents([]), new UnknownEventsIndex(nowhere, new KnownEvents([])), TimeProvider.System, log);

        await filler.StartAsync(CancellationToken.None);
        await log.SaidAsync("Warning: The index of events that this program does not know cannot be built just now");
        await log.SaidAsync("Warning: The tables cannot be looked at just now");

        filler.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await filler.StopAsync(CancellationToken.None);
    }

    public static TheoryData<Exception, bool> Errors => new()
    {
        { new NpgsqlException("No suitable host was found."), true },
        { new TimeoutException(), true },
        { new PostgresException("terminating connection", "FATAL", "FATAL", "57P01"), true },
        { new PostgresException("relation does not exist", "ERROR", "ERROR", "42P01"), false },
        { new Marten.Exceptions.MartenCommandException(new NpgsqlCommand(), new NpgsqlException("broken")), true },
        { new InvalidOperationException("wrong", new NpgsqlException("broken")), false },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void tells_that_the_database_is_away_from_what_it_refused(Exception error, bool isAway) => DatabaseErrors.IsAway(error).ShouldBe(isAway, error.Message);

    private sealed class Said : ILogger<TablesFiller>
    {
        private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

        public async Task SaidAsync(string beginning)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            (await _said.Reader.ReadAsync(patience.Token)).ShouldStartWith(beginning);
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _said.Writer.TryWrite($"{logLevel}: {formatter(state, exception)}");
    }
}
