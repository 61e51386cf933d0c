using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>What the things of a change were called when it was recorded.</summary>
/// <param name="Commitment">The commitment's title.</param>
/// <param name="Party">The party's name.</param>
/// <param name="Subject">The title of what was corrected or withdrawn.</param>
public sealed record Named(string? Commitment, CommitmentType? Type, string? Party, string? Subject);

/// <summary>A change in a sentence: made when it is read, from what it holds.</summary>
public static class ChangeText
{
    /// <summary>"Joint working group: none found → concrete action, effective 2023-01-20, recorded late on 2023-02-10."</summary>
    public static string Of(Found found, Named named, DateOnly recordedOn)
    {
        var late = found.EffectiveOn < recordedOn ? $", recorded late on {Days.Text(recordedOn)}" : "";
        var about = named.Party is null ? named.Commitment : $"{named.Commitment}, {named.Party}";
        var effective = $"effective {Days.Text(found.EffectiveOn)}{late}";
        return found switch
        {
            { Kind: ChangeKind.BecameOverdue } => $"{about}: overdue from {Days.Text(found.EffectiveOn)}{late}.",
            { Kind: ChangeKind.BecameStale } => $"{about}: stale from {Days.Text(found.EffectiveOn)}{late}.",
            { Kind: ChangeKind.Corrected or ChangeKind.Withdrawn } => Amended(found, named),
            { From: null, To: { } to } => $"{about}: now on the board, {Word(to, named.Type)}, {effective}.",
            { From: { } from, To: { } to } => $"{about}: {Word(from, named.Type)} → {Word(to, named.Type)}, {effective}.",
            _ => $"{about}: off the board, {effective}.",
        };
    }

    private static string Amended(Found found, Named named)
    {
        var (kind, name) = found.Subject!.Value;
        var what = kind switch
        {
            "agenda" => "the agenda",
            "sources" => $"the source “{named.Subject ?? name}”",
            "activities" => $"the activity “{named.Subject ?? name}”",
            "evidence" => $"the evidence {name}",
            "clauses" => $"the wording {name}",
            "searches" => $"the search {name}",
            _ => "the commitment",
        };
        var done = $"{what} was {Words.Text(found.Kind)}: {Ended(found.Reason!)}";
        return named.Commitment is null ? char.ToUpperInvariant(done[0]) + done[1..] : $"{named.Commitment}: {done}";
    }

    private static string Ended(string reason) => reason[^1] is '.' or '!' or '?' or '…' or '。' ? reason : reason + ".";

    /// <summary>A status in words; a restraint has its own for what was not broken and what was.</summary>
    private static string Word(CommitmentStatus status, CommitmentType? type) => (status, type) switch
    {
        (CommitmentStatus.NoneFound, CommitmentType.Restraint) => "no breach found",
        (CommitmentStatus.Undercut, CommitmentType.Restraint) => "breached",
        _ => string.Concat(Words.Text(status).Select(x => char.IsUpper(x) ? $" {char.ToLowerInvariant(x)}" : x.ToString())),
    };
}
