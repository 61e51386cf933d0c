using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Agendas;
using Tracker.Recording;

namespace Tracker.Reports;

/// <summary>
/// A report that was issued: which board it is of, and the digest of what it said. What it said is not kept. It is made again from the
/// record as known then, and the digest shows that it is the same.
/// </summary>
/// <param name="Slug">Its name: the day it is about, and a number where there are several.</param>
/// <param name="Template">How it was made: <c>report/2</c>, or an earlier one. A change of what a report says is another template.</param>
/// <param name="ValidAt">The day its statuses are judged at.</param>
/// <param name="Since">The day from which it counts.</param>
/// <param name="Position">The last recording it takes into account.</param>
/// <param name="KnownAt">The instant of that recording.</param>
/// <param name="Codebook">What its statuses were judged by.</param>
/// <param name="Previous">The report that it is compared with; null where it is with none.</param>
/// <param name="Digest">SHA-256 of its canonical JSON, in lower-case hexadecimal digits.</param>
/// <param name="Schedule">The schedule that had it issued; null where somebody asked for it.</param>
/// <param name="Occurrence">For which of the schedule's instants.</param>
/// <param name="Late">Whether it was issued after that instant, because nothing ran then.</param>
/// <param name="IssuedAt">When it was recorded.</param>
/// <param name="IssuedBy">The opaque principal id of who had it issued.</param>
/// <param name="PassedOver">How many of the schedule's instants before it have no report, because nothing ran for so long.</param>
/// <param name="Retraction">Why it was marked as issued in error, by whom and when; null where it was not. What it says stays as it is, and can still be verified.</param>
/// <param name="CoveredThrough">The day through which the record reached; null where it was issued before records said so.</param>
/// <param name="Current">Whether the record was current on the day it is about; null where it was issued before records said so.</param>
/// <param name="OmitsLaterRecordings">Whether more was on record when it was issued than what it takes into account; null where it was issued before reports said so.</param>
/// <param name="NotComparedBecause">Why it is compared with none; null where it is with one, and where it was issued before reports said so.</param>
public sealed record Report(
    string Slug,
    string Template,
    DateOnly ValidAt,
    DateOnly Since,
    long Position,
    DateTimeOffset KnownAt,
    Codebook Codebook,
    string? Previous,
    string Digest,
    string? Schedule,
    DateTimeOffset? Occurrence,
    bool Late,
    DateTimeOffset IssuedAt,
    string IssuedBy,
    int PassedOver = 0,
    Withdrawal? Retraction = null,
    DateOnly? CoveredThrough = null,
    bool? Current = null,
    bool? OmitsLaterRecordings = null,
    NotCompared? NotComparedBecause = null) : IFolded<Report>
{
    public static string Kind => "reports";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    public static Report Fold(Report? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, ReportIssued e) => new Report(stamp.Name, e.Template, e.ValidAt, e.Since, e.Position, e.KnownAt, e.Codebook, e.Previous, e.Digest,
            e.Schedule, e.Occurrence, e.Late, stamp.At, stamp.By, CoveredThrough: e.CoveredThrough, Current: e.Current, OmitsLaterRecordings: e.OmitsLaterRecordings, NotComparedBecause: e.NotComparedBecause)
        { Version = 1 },
        ({ } it, OccurrencesPassedOver e) => it with { PassedOver = e.Count, Version = stamp.Version },
        ({ } it, ReportRetracted e) => it with { Retraction = Withdrawal.Of(e.Reason, stamp), Version = stamp.Version },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Report>(happened),
    };
}

/// <param name="CoveredThrough">Null in what was issued before records said how far they reach.</param>
/// <param name="Current">Null in what was issued before records said how far they reach.</param>
/// <param name="OmitsLaterRecordings">Null in what was issued before reports said so.</param>
/// <param name="NotComparedBecause">Null in what is compared with another, and in what was issued before reports said so.</param>
public sealed record ReportIssued(
    string Template,
    DateOnly ValidAt,
    DateOnly Since,
    long Position,
    DateTimeOffset KnownAt,
    Codebook Codebook,
    string? Previous,
    string Digest,
    string? Schedule = null,
    DateTimeOffset? Occurrence = null,
    bool Late = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? CoveredThrough = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Current = null,
    // It is stored by the name that it had first.
    [property: JsonPropertyName("knownLess"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? OmitsLaterRecordings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NotCompared? NotComparedBecause = null)
{
    /// <summary>That a report was issued, fixed by the digest of what it says.</summary>
    public static ReportIssued Of(ReportDocument document, string? schedule = null, DateTimeOffset? occurrence = null, bool late = false) => new(
        document.Template, document.ValidAt, document.Since, document.Position, document.KnownAt, document.Codebook, document.Previous?.Report,
        ReportDocument.DigestOf(document.CanonicalJson()), schedule, occurrence, late, document.CoveredThrough, document.Current, document.OmitsLaterRecordings, document.NotComparedBecause);
}

/// <summary>Why a report is compared with no other.</summary>
public enum NotCompared
{
    /// <summary>None was issued before it.</summary>
    First,

    /// <summary>Those issued before it that were not marked as issued in error rest on later recordings than it does.</summary>
    OthersRestOnLater,

    /// <summary>Each issued before it was marked as issued in error.</summary>
    OthersIssuedInError,
}

/// <summary>That so many instants of its schedule went by before this report's without one, more than are made up for.</summary>
public sealed record OccurrencesPassedOver(int Count);

/// <summary>That the report was issued in error. What it says is neither changed nor taken away.</summary>
/// <param name="Reason">Why, in the words of whoever retracted it.</param>
public sealed record ReportRetracted(string Reason);
