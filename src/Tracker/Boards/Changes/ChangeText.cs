using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>What the things of a change were called when it was recorded.</summary>
/// <param name="Commitment">The commitment's title.</param>
/// <param name="Party">The party's name.</param>
/// <param name="Subject">The title of what was corrected or withdrawn.</param>
/// <param name="Parties">How many parties the commitment has; 0 where that is not asked.</param>
/// <param name="By">What the recording was that moved it.</param>
/// <param name="DueOn">When the commitment was to be done; null where no date was set or it is not asked.</param>
public sealed record Named(string? Commitment, CommitmentType? Type, string? Party, string? Subject, int Parties = 0, MovedBy By = MovedBy.Recording, FuzzyDate? DueOn = null);

/// <summary>A change in a sentence: made when it is read, from what it holds.</summary>
public static class ChangeText
{
    /// <summary>"Joint working group: none found → concrete action, effective 20 January 2023, recorded late on 10 February 2023."</summary>
    public static string Of(Found found, Named named, DateOnly recordedOn)
    {
        if (found.Kind is ChangeKind.Covered) return Texts.ChangeCovered(DayOf(found));
        if (found.Kind is ChangeKind.BecameUncovered) return Texts.ChangeUncovered(DayOf(found), Texts.ChangeDay(found.EffectiveOn));
        if (found.Kind is ChangeKind.Corrected or ChangeKind.Withdrawn or ChangeKind.Reinstated) return Amended(found, named);
        var isOfAll = found.Kind is ChangeKind.StatusChanged && named is { Party: null, Parties: > 2 };
        var about = isOfAll ? Texts.ChangeAboutAll(named.Commitment!) : Texts.ChangeAbout(named.Commitment!, named.Party);
        var (day, late) = (Texts.ChangeDay(found.EffectiveOn), Texts.ChangeLate(found.EffectiveOn < recordedOn ? Texts.ChangeDay(recordedOn) : null, named.By));
        var effective = named.By is MovedBy.Recording ? Texts.ChangeEffective(day, late) : Texts.ChangeCorrectedTo(day, Texts.ChangeDay(recordedOn), named.By, late);
        var sentence = found switch
        {
            // By a rule that asks how far the record reaches, the day is that on which it reached beyond the due date.
            { Kind: ChangeKind.BecameOverdue, CoveredThrough: not null } => Texts.ChangeOverdueReached(about, day, named.DueOn is { } due ? DayWords.Of(due) : null, late),
            { Kind: ChangeKind.BecameOverdue } => Texts.ChangeOverdue(about, day, named.DueOn is { } due ? DayWords.Of(due) : null, late),
            { Kind: ChangeKind.BecameStale } => Texts.ChangeStale(about, day, late),
            { Kind: ChangeKind.NoLongerOverdue } => Texts.ChangeNoLongerOverdue(about, Texts.ChangeDay(recordedOn)),
            { Kind: ChangeKind.NoLongerStale } => Texts.ChangeNoLongerStale(about, Texts.ChangeDay(recordedOn)),
            { From: null, To: { } to } => Texts.ChangeAppeared(about, To(to, found, named), effective),
            { From: { } from, To: { } to } => Texts.ChangeMoved(about, Texts.ChangeTo(Texts.Inline(from, named.Type), SearchedThrough(found, from), null), To(to, found, named), effective),
            _ => Texts.ChangeLeft(about, effective),
        };
        // A promise not to act is not failed by not acting.
        return CountsConcrete(found, named) && found.Parties is { Concrete: var concrete } && (concrete > 0 || named.Type is not CommitmentType.Restraint)
            ? Texts.ChangeOfParties(sentence, concrete, named.Parties)
            : sentence;
    }

    /// <summary>The same with where the record ended at the recording, where it was not current: it says nothing of what came later.</summary>
    public static string Reaching(string sentence, ChangeKind kind, DateOnly? endedOn) => endedOn is not { } end || kind is ChangeKind.Covered or ChangeKind.BecameUncovered ? sentence
        : kind is ChangeKind.Corrected or ChangeKind.Withdrawn or ChangeKind.Reinstated ? Texts.SentenceReached(sentence, Texts.ChangeDay(end))
        : Texts.ChangeReached(sentence, Texts.ChangeDay(end));

    /// <summary>Whether the status may be taken for that of parties that have another: of two, where not both have it; of more, always.</summary>
    private static bool IsOfSome(Found found, Named named) => named.Parties > 2 || (named.Parties == 2 && found is { Kind: ChangeKind.StatusChanged, Parties.Same: < 2 });

    /// <summary>Whether it says how many took concrete action: of two parties, where nothing else says whose the status is.</summary>
    private static bool CountsConcrete(Found found, Named named) => IsOfSome(found, named) && (named.Parties > 2 || (found.To is { } to && By(to, found, named) is null));

    /// <summary>Where it stands now: the day searched through, and of its parties, how many have that very status where not all do; of what was reversed, also that it was none that delivered.</summary>
    private static string To(CommitmentStatus to, Found found, Named named) => Texts.ChangeTo(Texts.Inline(to, named.Type), SearchedThrough(found, to), By(to, found, named));

    private static string? By(CommitmentStatus to, Found found, Named named) => (IsOfSome(found, named) ? found.Parties : null) switch
    {
        { Same: 0 } when to is CommitmentStatus.Reversed => Texts.ByAnotherNotTakenBack,
        { Same: var same } when to is CommitmentStatus.Reversed or CommitmentStatus.Delivered || to.IsShortOfConcrete() => Texts.ByParties(same, named.Parties),
        _ => null,
    };

    /// <summary>Of a search that found nothing, the day searched through.</summary>
    private static string? SearchedThrough(Found found, CommitmentStatus status) => status is CommitmentStatus.NoneFound && found.SearchedThrough is { } day ? Texts.ChangeDay(day) : null;

    private static string DayOf(Found coverage) => Texts.ChangeDay(coverage.CoveredThrough!.Value);

    private static string Amended(Found found, Named named)
    {
        var (kind, name) = found.Subject!.Value;
        var what = kind switch
        {
            "agenda" => Texts.ChangedAgenda,
            "sources" => Texts.ChangedSource(named.Subject ?? name),
            "activities" => Texts.ChangedActivity(named.Subject ?? name),
            "evidence" => Texts.ChangedEvidence(name, named.Subject),
            "clauses" => Texts.ChangedClause(name),
            "coverage" => Texts.ChangedCoverage,
            "searches" => Texts.ChangedSearch(name),
            Amendment.Milestones => Texts.ChangedMilestone(named.Subject ?? name),
            _ => Texts.ChangedCommitment,
        };
        var reason = Texts.Ended(found.Reason!);
        return found.Kind switch
        {
            ChangeKind.Corrected => Texts.ChangeCorrected(named.Commitment, what, reason),
            ChangeKind.Reinstated => Texts.ChangeReinstated(named.Commitment, what, reason),
            _ => Texts.ChangeWithdrawn(named.Commitment, what, reason),
        };
    }
}
