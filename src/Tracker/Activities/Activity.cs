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

    /// <summary>The version since which it has been neither corrected nor withdrawn: redactions are beside that. Decisions alone ask for it.</summary>
    [JsonIgnore]
    public long SaidSince { get; init; } = 1;

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>The parties that took part; participants of none are left out.</summary>
    [JsonIgnore]
    public IEnumerable<string> Parties => Participants.Select(x => x.Party).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The sources it leans on.</summary>
    public IEnumerable<string> SourcesNamed() => Sources.Concat(Accounts.Select(x => x.Source)).Distinct(StringComparer.Ordinal);

    /// <summary>What stands in the way of a correction: evidence that rests on the activity as it is.</summary>
    public Refusal? WhyNotCorrected(ActivityCorrected corrected, ImmutableArray<Resting> resting)
    {
        var left = corrected.Participants.Select(x => x.Party).ToHashSet();
        var without = Parties.Where(x => !left.Contains(x)).ToArray();
        resting = [.. resting.Where(x => x.Parties.Any(without.Contains))];
        return resting.Length > 0 ? Refuse.InUse("Accepted evidence says it was the action of a party that would take no part any more", resting) : null;
    }

    /// <summary>Whether a correction says otherwise when it was, whose it was, or what the accounts say: what evidence was accepted on.</summary>
    public bool IsMovedBy(ActivityCorrected corrected) =>
        Occurred != corrected.Occurred || !Accounts.SequenceEqual(corrected.Accounts)
        || !Parties.ToHashSet().SetEquals(corrected.Participants.Select(x => x.Party).OfType<string>());

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
            SaidSince = stamp.Version,
        },
        ({ } it, ActivityWithdrawn e) => it with { Withdrawal = Withdrawal.Of(e.Reason, stamp), Version = stamp.Version, SaidSince = stamp.Version },
        ({ } it, ActivityReinstated _) => it with { Withdrawal = null, Version = stamp.Version, SaidSince = stamp.Version },
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
    string Reason)
{
    /// <summary>The sources it leans on from now on.</summary>
    public IEnumerable<string> SourcesNamed() => Sources.Concat(Accounts.Select(x => x.Source)).Distinct(StringComparer.Ordinal);
}

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record ActivityWithdrawn(string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record ActivityReinstated(string Reason);

/// <summary>A correction that would move accepted evidence: it begins a proposal, and moves nothing.</summary>
/// <param name="Version">The version of the activity that it corrects.</param>
/// <param name="By">Whom an imported bundle names as its author; else its recorder is.</param>
public sealed record ActivityCorrectionProposed(string Activity, long Version, ActivityCorrected Correction, string? By = null);

/// <summary>A withdrawal that would take accepted evidence out of the count: it begins a proposal, and moves nothing.</summary>
/// <param name="Version">The version of the activity that it withdraws.</param>
/// <param name="Reason">Why, in the words of whoever proposed it.</param>
/// <param name="By">Whom an imported bundle names as its author; else its recorder is.</param>
public sealed record ActivityWithdrawalProposed(string Activity, long Version, string Reason, string? By = null);
