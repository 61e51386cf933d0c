using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Boards.History;

/// <summary>What an event says to a person: when it was true, in words, and why.</summary>
internal sealed record Said(string Text, FuzzyDate? Occurred = null, string? Reason = null)
{
    /// <param name="activity">The activity that the event is about or rests on, as it was known then; null where it is about none.</param>
    /// <param name="reviewed">Of a review, whether it was decided here, or an imported bundle states it.</param>
    public static Said Of(object happened, Activity? activity, Reviewed reviewed = Reviewed.Here)
    {
        var (title, occurred) = (activity?.Title, activity?.Occurred);
        return happened switch
        {
            AgendaOpened e => new(Texts.AgendaOpened(e.Title, e.Baseline.Name, DayWords.Of(e.Baseline.Date)), On(e.Baseline.Date)),
            AgendaCorrected e => new(Texts.AgendaCorrected, null, e.Reason),
            MilestoneAdded e => new(Texts.MilestoneAdded(e.Name), On(e.Date)),
            CoverageStated e => new(Texts.CoverageStated(DayWords.Of(e.Through), e.Places.IsEmpty ? null : Texts.Listed(e.Places)), On(e.Through)),
            CoverageReinstated e => new(Texts.CoverageReinstated, null, e.Reason),
            CoverageWithdrawn e => new(Texts.CoverageWithdrawn, null, e.Reason),
            MilestoneCorrected e => new(Texts.MilestoneCorrected(e.Name), On(e.Date), e.Reason),
            MilestoneWithdrawn e => new(Texts.MilestoneWithdrawn(e.Slug), null, e.Reason),
            MilestoneReinstated e => new(Texts.MilestoneReinstated(e.Slug), null, e.Reason),
            DayReached e => new(Texts.DayReached(DayWords.Of(e.Day)), On(e.Day)),
            SourceRecorded e => new(Texts.SourceRecorded(e.Title, e.Issuer), e.PublishedOn is { } day ? On(day) : null),
            SourceCorrected e => new(Texts.SourceCorrected(e.Title), e.PublishedOn is { } day ? On(day) : null, e.Reason),
            SourceWithdrawn e => new(Texts.SourceWithdrawn, null, e.Reason),
            SourceReinstated e => new(Texts.SourceReinstated, null, e.Reason),
            CommitmentMade e => new(Texts.CommitmentMade(e.Title, Texts.Inline(e.Type), Texts.Listed(e.Parties), e.DueOn is { } due ? DayWords.Of(due) : null), On(e.MadeOn)),
            CommitmentCorrected e => new(Texts.CommitmentCorrected(e.Title), On(e.MadeOn), e.Reason),
            CommitmentWithdrawn e => new(Texts.CommitmentWithdrawn, null, e.Reason),
            CommitmentReinstated e => new(Texts.CommitmentReinstated, null, e.Reason),
            ClauseAdded e => new(Texts.ClauseAdded(e.Clause.Party, e.Clause.Source), null),
            ClauseCorrected e => new(Texts.ClauseCorrected(e.Clause.Party, e.Clause.Source), null, e.Reason),
            SearchRecorded e => new(Texts.SearchFoundNothing(DayWords.Of(e.SearchedThrough), e.Places.IsEmpty ? null : Texts.Listed(e.Places)), On(e.SearchedThrough)),
            SearchWithdrawn e => new(Texts.ASearchWithdrawn, null, e.Reason),
            SearchReinstated e => new(Texts.ASearchReinstated, null, e.Reason),
            ActivityRecorded e => new(Texts.ActivityRecorded(e.Title, DayWords.Of(e.Occurred)), e.Occurred),
            ActivityCorrected e => new(Texts.ActivityCorrected(e.Title, DayWords.Of(e.Occurred)), e.Occurred, e.Reason),
            ActivityWithdrawn e => new(Texts.ActivityWithdrawn(title), occurred, e.Reason),
            ActivityReinstated e => new(Texts.ActivityReinstated(title), occurred, e.Reason),
            EvidenceProposed e => new(Texts.EvidenceProposed(title, Texts.Inline(e.Depth), Texts.Inline(e.Direction), Texts.Listed(e.Parties)), occurred, e.Rationale),
            EvidenceAccepted e => new(Texts.EvidenceAccepted(title, reviewed is Reviewed.Stated), occurred, e.Rationale),
            EvidenceRejected e => new(Texts.EvidenceRejected(title, reviewed is Reviewed.Stated), occurred, e.Rationale),
            EvidenceRecoded e => new(Texts.EvidenceRecoded(title, Texts.Inline(e.Depth), Texts.Inline(e.Direction), Texts.Listed(e.Parties)), occurred, e.Reason),
            EvidenceRetracted e => new(Texts.EvidenceRetracted(title), occurred, e.Reason),
            TextRedacted e => new(Texts.TextRedacted(e.Member), null, e.Reason),
            ActivityCorrectionProposed e => new(Texts.ActivityCorrectionProposed(e.Correction.Title), e.Correction.Occurred, e.Correction.Reason),
            ActivityWithdrawalProposed e => new(Texts.ActivityWithdrawalProposed, null, e.Reason),
            CommitmentCorrectionProposed e => new(Texts.CommitmentCorrectionProposed(e.Correction.Title), On(e.Correction.MadeOn), e.Correction.Reason),
            CommitmentWithdrawalProposed e => new(Texts.CommitmentWithdrawalProposed, null, e.Reason),
            ProposalAccepted e => new(Texts.ProposalAccepted, null, e.Reason),
            ProposalRejected e => new(Texts.ProposalRejected, null, e.Reason),
            _ => throw UnknownEventException.For<HistoryEntry>(happened),
        };
    }

    private static FuzzyDate On(DateOnly day) => FuzzyDate.Parse(Days.Text(day));
}
