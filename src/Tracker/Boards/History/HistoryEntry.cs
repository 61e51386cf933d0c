using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Boards.Known;
using Tracker.Evidence;

namespace Tracker.Boards.History;

/// <summary>One event that concerns a thing: who recorded what, when, and when it was true.</summary>
/// <param name="Position">The recording it belongs to.</param>
/// <param name="RecordedAt">When that was recorded.</param>
/// <param name="By">The opaque id of who recorded it; empty where that is a coder or a reviewer of evidence, and whoever asks is neither.</param>
/// <param name="Event">What kind of event it is, by its permanent name.</param>
/// <param name="Subject">What it happened to: the name of a stream, without the agenda.</param>
/// <param name="Occurred">When what it tells of was true, where it tells of something in the world.</param>
/// <param name="Text">The same in plain words.</param>
/// <param name="Reason">Why, in the words of whoever corrected, withdrew or reviewed it.</param>
/// <param name="Changed">What is said otherwise since, member by member; empty for what is no correction.</param>
/// <param name="ByName">What they are called who recorded it; told to coders and above, where it is known.</param>
public sealed record HistoryEntry(
    long Position, DateTimeOffset RecordedAt, string By, string Event, string Subject, FuzzyDate? Occurred, string Text, string? Reason, ImmutableArray<Changed> Changed,
    string? ByName = null)
{
    /// <summary>The entry as an audience sees it: who coded, reviewed or retracted is told to coders and above.</summary>
    public HistoryEntry SeenBy(Audience audience) =>
        audience is Audience.Readers && Subject.StartsWith(KnownTables.Evidence.Kind + "/", StringComparison.Ordinal) ? this with { By = "" } : this;

    /// <summary>Who recorded it, as pages tell an audience: by name, where it has one; null for readers, to whom an id says nothing.</summary>
    public string? Recorder(Audience audience) => audience is Audience.Readers || By.Length == 0 ? null : ByName ?? By;

    /// <summary>What it does to what was recorded before; null for what is new.</summary>
    [JsonIgnore]
    public Amendment? Amends => Event.Split('_')[^1] switch
    {
        "corrected" or "recoded" => Amendment.Correction,
        "withdrawn" => Amendment.Withdrawal,
        "reinstated" => Amendment.Reinstatement,
        "retracted" => Amendment.Retraction,
        _ => null,
    };
}

/// <summary>How a later recording deals with an earlier one.</summary>
public enum Amendment
{
    /// <summary>Puts it right.</summary>
    Correction,

    /// <summary>Takes it back: it stays in the record, and counts no more.</summary>
    Withdrawal,

    /// <summary>Takes a withdrawal back: it counts again.</summary>
    Reinstatement,

    /// <summary>Takes accepted evidence back.</summary>
    Retraction,
}
