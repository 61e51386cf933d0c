using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Delivery;

/// <summary>What somebody may want to be told of.</summary>
public enum Occasion
{
    /// <summary>A commitment, or a party's part in it, stands elsewhere than was told last.</summary>
    StatusChanged,

    /// <summary>Something on the record was corrected.</summary>
    Corrected,

    /// <summary>Something on the record was withdrawn.</summary>
    Withdrawn,

    /// <summary>Something that had been withdrawn was reinstated.</summary>
    Reinstated,

    /// <summary>A due date passed without delivery.</summary>
    BecameOverdue,

    /// <summary>Nothing has advanced a commitment for longer than the codebook allows.</summary>
    BecameStale,

    /// <summary>A commitment is not overdue any more.</summary>
    NoLongerOverdue,

    /// <summary>A commitment is not stale any more.</summary>
    NoLongerStale,

    /// <summary>The record was stated to reach further, or is current again.</summary>
    Covered,

    /// <summary>The record is no longer current.</summary>
    BecameUncovered,

    /// <summary>A report was issued.</summary>
    ReportIssued,
}

/// <summary>One thing that there is to tell of an agenda: a line of its change log, or a report.</summary>
/// <param name="Key">The change's id, or the report's slug.</param>
/// <param name="Position">The recording it came with.</param>
/// <param name="At">When that was recorded.</param>
public sealed record News(string Agenda, string Key, Occasion Occasion, long Position, DateTimeOffset At)
{
    /// <summary>The change, where it is one.</summary>
    public Change? Change { get; private init; }

    /// <summary>The report, where it is one.</summary>
    public Report? Report { get; private init; }

    public static News Of(string agenda, Change change) =>
        new(agenda, change.Id, Words.Parse<Occasion>(Words.Text(change.Kind)), change.Position, change.RecordedAt) { Change = change };

    public static News Of(string agenda, Report report, long position) =>
        new(agenda, report.Slug, Occasion.ReportIssued, position, report.IssuedAt) { Report = report };
}

/// <summary>Those whom the news of an agenda goes to, of one kind.</summary>
public interface IAddress
{
    /// <summary>
    /// What is to be sent of some news, in its order. Asked once for each piece of news, in the transaction that passes it on and that the
    /// parcels enter with.
    /// </summary>
    Task<IReadOnlyList<Parcel>> ParcelsAsync(NpgsqlConnection connection, string agenda, IReadOnlyList<News> news, CancellationToken ct);
}
