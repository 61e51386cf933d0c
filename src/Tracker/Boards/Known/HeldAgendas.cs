using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// The agendas that are read, in memory, so that a read asks the database only how far they have come. Bounded: what was not read for longest goes first,
/// and an agenda larger than the bound is read from the tables each time.
/// </summary>
public sealed class HeldAgendas(NpgsqlDataSource database, ReadTimeout time, IConfiguration configuration)
{
    /// <summary>How much memory the held agendas may take together, in megabytes.</summary>
    public const string Setting = "Tracker:Memory:AgendasMb";

    /// <summary>What holds where the setting is absent.</summary>
    public const int DefaultMegabytes = 96;

    private readonly long _most = configuration.GetValue(Setting, DefaultMegabytes) * 1024L * 1024;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<HeldAgenda?>> _reading = new(StringComparer.Ordinal);
    // Null is of an agenda that is larger than may be held.
    private readonly RecentlyUsed<string, HeldAgenda?> _held = new(configuration.GetValue(Setting, DefaultMegabytes) * 1024L * 1024);

    /// <summary>The agenda as known at a moment, or further; null where it is larger than what may be held.</summary>
    internal async Task<HeldAgenda?> FindAsync(Moment moment, CancellationToken ct)
    {
        while (true)
        {
            Task<HeldAgenda?> reading;
            var begins = false;
            lock (_lock)
            {
                var isKnown = _held.TryGet(moment.Agenda, out var held);
                if (isKnown && held?.Holds(moment) != false) return held;
                if (!_reading.TryGetValue(moment.Agenda, out reading!))
                {
                    begins = true;
                    using (ExecutionContext.SuppressFlow())
                        _reading.Add(moment.Agenda, reading = Task.Run(() => ReadAsync(moment, held), CancellationToken.None));
                }
            }

            try
            {
                if (await reading.WaitAsync(ct) is not { } read || read.Holds(moment)) return await reading;
            }
            catch (NotInTablesYetException) when (!begins)
            {
                // It was begun for somebody who asked for another moment.
            }
        }
    }

    /// <summary>
    /// The same for whoever follows all agendas, of which few may be read by anybody: null too where it is not held, and would take the place of others.
    /// </summary>
    internal Task<HeldAgenda?> FindWhereRoomAsync(Moment moment, CancellationToken ct) =>
        _held.Bytes < _most / 2 || _held.TryGet(moment.Agenda, out _) ? FindAsync(moment, ct) : Task.FromResult<HeldAgenda?>(null);

    /// <summary>The agenda, where it is held as known at a moment or further; null where it is not. It never asks the database.</summary>
    internal HeldAgenda? Find(Moment moment) => _held.TryGet(moment.Agenda, out var held) && held?.Holds(moment) == true ? held : null;

    /// <summary>The same, however texts read now: for days and counts, which do not change with them.</summary>
    internal HeldAgenda? FindWhateverTexts(Moment moment) =>
        _held.TryGet(moment.Agenda, out var held) && held?.MomentAt(moment.Position)?.RecordedAt == moment.RecordedAt ? held : null;

    private async Task<HeldAgenda?> ReadAsync(Moment moment, HeldAgenda? held)
    {
        try
        {
            try
            {
                if (held?.MayReach(moment) == true) return await AddAsync(held, moment);
            }
            catch (NotInTablesYetException)
            {
                // Of another history than the database has now: it was put back to an earlier copy, and went on from there.
            }

            return await AddAsync(new HeldAgenda(moment.Agenda, moment.Texts), moment);
        }
        finally
        {
            lock (_lock) _reading.Remove(moment.Agenda);
        }
    }

    private async Task<HeldAgenda?> AddAsync(HeldAgenda agenda, Moment moment)
    {
        await using var connection = await database.OpenConnectionAsync();
        var held = await agenda.AddAsync(connection, moment, _most, time) ? agenda : null;
        _held.Set(moment.Agenda, held, Math.Max(1, held?.Bytes ?? 1));
        return held;
    }
}
