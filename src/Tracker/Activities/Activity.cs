using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Recording;

namespace Tracker.Activities;

/// <summary>Something that has happened, dated as precisely as it is known.</summary>
public sealed record Activity(
    string Slug,
    ActivityKind Kind,
    string Title,
    FuzzyDate Occurred,
    string? Summary,
    string? Place,
    ImmutableArray<Participant> Participants,
    ImmutableArray<string> Sources,
    ImmutableArray<Account> Accounts,
    ImmutableArray<string> Tags,
    Withdrawal? Withdrawal = null) : IFolded<Activity>
{
    static string IFolded<Activity>.Kind => "activities";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>The parties that took part; participants of none are left out.</summary>
    [JsonIgnore]
    public IEnumerable<string> Parties => Participants.Select(x => x.Party).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The sources it leans on.</summary>
    public IEnumerable<string> SourcesNamed() => Sources.Concat(Accounts.Select(x => x.Source)).Distinct(StringComparer.Ordinal);

    public static Activity Fold(Activity? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, ActivityRecorded e) => new Activity(stamp.Name, e.Kind, e.Title, e.Occurred, e.Summary, e.Place, e.Participants, e.Sources,
            e.Accounts, e.Tags)
        { Version = 1 },
        ({ } it, ActivityCorrected e) => it with
        {
            Kind = e.Kind,
            Title = e.Title,
            Occurred = e.Occurred,
            Summary = e.Summary,
            Place = e.Place,
            Participants = e.Participants,
            Sources = e.Sources,
            Accounts = e.Accounts,
            Tags = e.Tags,
            Version = stamp.Version,
        },
        ({ } it, ActivityWithdrawn e) => it with { Withdrawal = Withdrawal.Of(e.Reason, stamp), Version = stamp.Version },
        ({ } it, ActivityReinstated _) => it with { Withdrawal = null, Version = stamp.Version },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Activity>(happened),
    };
}

/// <summary>What kind of thing happened. A plan is a statement on the day it was announced.</summary>
public enum ActivityKind
{
    Meeting,
    Call,
    Visit,
    Statement,
    Publication,

    /// <summary>A text both accept: treaty, memorandum, letters, joint statement.</summary>
    Agreement,

    /// <summary>A working group or channel set up.</summary>
    Body,

    /// <summary>A law, rule, sanction, licence, budget.</summary>
    Measure,

    /// <summary>A body, channel or talks halted.</summary>
    Suspension,

    /// <summary>A deed on the ground.</summary>
    Incident,
    Postponement,
    Refusal,
    Appointment,
    Other,
}

/// <summary>Who took part, and for which party, if any.</summary>
public sealed record Participant(string? Party, string Name, string? Role);

/// <summary>What one account says of the activity, kept as that account has it.</summary>
public sealed record Account(string Source, string? Quote, FuzzyDate? Occurred, string? Place, string? Note);

public sealed record ActivityRecorded(
    ActivityKind Kind,
    string Title,
    FuzzyDate Occurred,
    string? Summary,
    string? Place,
    ImmutableArray<Participant> Participants,
    ImmutableArray<string> Sources,
    ImmutableArray<Account> Accounts,
    ImmutableArray<string> Tags);

/// <summary>What is said of the activity was wrong: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record ActivityCorrected(
    ActivityKind Kind,
    string Title,
    FuzzyDate Occurred,
    string? Summary,
    string? Place,
    ImmutableArray<Participant> Participants,
    ImmutableArray<string> Sources,
    ImmutableArray<Account> Accounts,
    ImmutableArray<string> Tags,
    string Reason);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record ActivityWithdrawn(string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record ActivityReinstated(string Reason);
