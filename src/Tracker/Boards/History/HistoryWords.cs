using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Boards.History;

/// <summary>What an event says to a person: when it was true, in words, and why.</summary>
internal sealed record Said(string Text, FuzzyDate? Occurred = null, string? Reason = null)
{
    /// <param name="activity">The activity that the event is about or rests on, as it was known then; null where it is about none.</param>
    public static Said Of(object happened, Activity? activity)
    {
        var (title, occurred) = (activity is null ? "an activity" : $"“{activity.Title}”", activity?.Occurred);
        return happened switch
        {
            AgendaOpened e => new($"The agenda “{e.Title}” was opened, to be counted from {e.Baseline.Name}, {Days.Text(e.Baseline.Date)}.", On(e.Baseline.Date)),
            AgendaCorrected e => new("The agenda was corrected.", null, e.Reason),
            MilestoneAdded e => new($"The milestone “{e.Name}” was added.", On(e.Date)),
            DayReached e => new($"{Days.Text(e.Day)} was reached: by the calendar alone something differs from the day before.", On(e.Day)),
            SourceRecorded e => new($"The source “{e.Title}” was recorded, issued by {e.Issuer}.", e.PublishedOn is { } day ? On(day) : null),
            SourceCorrected e => new($"The source “{e.Title}” was corrected.", e.PublishedOn is { } day ? On(day) : null, e.Reason),
            SourceWithdrawn e => new("The source was withdrawn.", null, e.Reason),
            CommitmentMade e => new($"The commitment “{e.Title}” was recorded: {Words.Text(e.Type)}, by {List(e.Parties)}{(e.DueOn is { } due ? $", due {due}" : "")}.", On(e.MadeOn)),
            CommitmentCorrected e => new($"The commitment “{e.Title}” was corrected.", On(e.MadeOn), e.Reason),
            CommitmentWithdrawn e => new("The commitment was withdrawn.", null, e.Reason),
            ClauseAdded e => new($"The wording of {e.Clause.Party} in {e.Clause.Source} was added.", null),
            ClauseCorrected e => new($"The wording of {e.Clause.Party} in {e.Clause.Source} was corrected.", null, e.Reason),
            SearchRecorded e => new($"A search through {Days.Text(e.SearchedThrough)}{(e.Places.IsEmpty ? "" : $" in {List(e.Places)}")} found nothing.", On(e.SearchedThrough)),
            SearchWithdrawn e => new("A search was withdrawn.", null, e.Reason),
            ActivityRecorded e => new($"The activity “{e.Title}” was recorded, dated {e.Occurred}.", e.Occurred),
            ActivityCorrected e => new($"The activity “{e.Title}” was corrected; it is dated {e.Occurred}.", e.Occurred, e.Reason),
            ActivityWithdrawn e => new($"The activity {title} was withdrawn.", occurred, e.Reason),
            EvidenceProposed e => new($"{Capital(title)} was proposed as evidence: {Words.Text(e.Depth)}, {Words.Text(e.Direction)}, by {List(e.Parties)}.", occurred, e.Rationale),
            EvidenceAccepted e => new($"The evidence on {title} was accepted.", occurred, e.Rationale),
            EvidenceRejected e => new($"The evidence on {title} was rejected.", occurred, e.Rationale),
            EvidenceRecoded e => new($"The evidence on {title} was recoded: {Words.Text(e.Depth)}, {Words.Text(e.Direction)}, by {List(e.Parties)}.", occurred, e.Reason),
            EvidenceRetracted e => new($"The evidence on {title} was retracted.", occurred, e.Reason),
            _ => throw UnknownEventException.For<HistoryEntry>(happened),
        };
    }

    private static FuzzyDate On(DateOnly day) => FuzzyDate.Parse(Days.Text(day));

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
