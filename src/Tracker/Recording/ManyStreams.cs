using System.Collections.Immutable;
using JasperFx.Events;
using Npgsql;

namespace Tracker.Recording;

/// <summary>Appends more streams than fit in memory, as part of one recording: page by page, each entered in the tables with its events.</summary>
internal sealed class ManyStreams(NpgsqlConnection connection, Stamping stamping, IEnterTables tables)
{
    private const int PageSize = 1_000;

    private readonly List<IEvent> _page = [];
    private int _appended;

    public async Task AppendAsync(ImmutableArray<StreamEvents> first, IAsyncEnumerable<StreamEvents> further)
    {
        // One behind, because the last of a recording is marked.
        StreamEvents? waiting = null;
        foreach (var stream in first) await NextAsync(stream);
        await foreach (var stream in further) await NextAsync(stream);

        _page.AddRange(stamping.Append(waiting ?? throw new InvalidOperationException("A decision that tells of further streams tells of at least one."), isLast: true));
        await AppendPageAsync();
        if (_appended > PageSize) await tables.AnalyzeAsync(connection, CancellationToken.None);

        async ValueTask NextAsync(StreamEvents stream)
        {
            if (waiting is not null) _page.AddRange(stamping.Append(waiting, isLast: false));
            waiting = stream;
            if (_page.Count >= PageSize) await AppendPageAsync();
        }
    }

    private async Task AppendPageAsync()
    {
        _appended += _page.Count;
        await tables.EnterAsync(stamping.Session, connection, _page, ImmutableDictionary<StreamKey, object>.Empty, CancellationToken.None);
        await stamping.Session.SaveChangesAsync();
        _page.Clear();
    }
}
