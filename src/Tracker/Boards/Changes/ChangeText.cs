using Tracker.Commitments;
using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>What the things of a change were called when it was recorded.</summary>
/// <param name="Commitment">The commitment's title.</param>
/// <param name="Party">The party's name.</param>
/// <param name="Subject">The title of what was corrected or withdrawn.</param>
/// <param name="Parties">How many parties the commitment has; 0 where that is not asked.</param>
public sealed record Named(string? Commitment, CommitmentType? Type, string? Party, string? Subject, int Parties = 0);

/// <summary>A change in a sentence: made when it is read, from what it holds.</summary>
public static class ChangeText
{
    /// <summary>"Joint working group: none found → concrete action, effective 2023-01-20, recorded late on 2023-02-10."</summary>
    public static string Of(Found found, Named named, DateOnly recordedOn)
    {
        if (found.Kind is ChangeKind.Covered) return Texts.ChangeCovered(found.Subject!.Value.Name);
        if (found.Kind is ChangeKind.BecameUncovered) return Texts.ChangeUncovered(found.Subject!.Value.Name, Days.Text(found.EffectiveOn));
        if (found.Kind is ChangeKind.Corrected or ChangeKind.Withdrawn or ChangeKind.Reinstated) return Amended(found, named);
        var isOfAll = found.Kind is ChangeKind.StatusChanged && named is { Party: null, Parties: > 2 };
        var about = isOfAll ? Texts.ChangeAboutAll(named.Commitment!, named.Parties) : Texts.ChangeAbout(named.Commitment!, named.Party);
        var (day, late) = (Days.Text(found.EffectiveOn), found.EffectiveOn < recordedOn ? Days.Text(recordedOn) : null);
        return found switch
        {
            { Kind: ChangeKind.BecameOverdue } => Texts.ChangeOverdue(about, day, late),
            { Kind: ChangeKind.BecameStale } => Texts.ChangeStale(about, day, late),
            { From: null, To: { } to } => Texts.ChangeAppeared(about, Texts.Inline(to, named.Type), Texts.ChangeEffective(day, late)),
            { From: { } from, To: { } to } => Texts.ChangeMoved(about, Texts.Inline(from, named.Type), Texts.Inline(to, named.Type), Texts.ChangeEffective(day, late)),
            _ => Texts.ChangeLeft(about, Texts.ChangeEffective(day, late)),
        };
    }

    private static string Amended(Found found, Named named)
    {
        var (kind, name) = found.Subject!.Value;
        var what = kind switch
        {
            "agenda" => Texts.ChangedAgenda,
            "sources" => Texts.ChangedSource(named.Subject ?? name),
            "activities" => Texts.ChangedActivity(named.Subject ?? name),
            "evidence" => Texts.ChangedEvidence(name),
            "clauses" => Texts.ChangedClause(name),
            "coverage" => Texts.ChangedCoverage,
            "searches" => Texts.ChangedSearch(name),
            Amendment.Milestones => Texts.ChangedMilestone(named.Subject ?? name),
            _ => Texts.ChangedCommitment,
        };
        var reason = Ended(found.Reason!);
        return found.Kind switch
        {
            ChangeKind.Corrected => Texts.ChangeCorrected(named.Commitment, what, reason),
            ChangeKind.Reinstated => Texts.ChangeReinstated(named.Commitment, what, reason),
            _ => Texts.ChangeWithdrawn(named.Commitment, what, reason),
        };
    }

    private static string Ended(string reason) => reason[^1] is '.' or '!' or '?' or '…' or '。' ? reason : reason + ".";
}
