using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Activities;

/// <summary>Corrects what is said of an activity: every status that rests on it moves at once.</summary>
public sealed record CorrectActivity(
    string Reason,
    Amended<string> Kind = default,
    Amended<string> Title = default,
    Amended<string> Occurred = default,
    AmendedOrNone<string> Summary = default,
    AmendedOrNone<string> Place = default,
    Amended<RecordActivity.ParticipantNamed[]> Participants = default,
    Amended<string[]> Sources = default,
    AmendedOrNone<RecordActivity.AccountGiven[]> Accounts = default,
    AmendedOrNone<string[]> Tags = default) : Correction(Reason)
{
    /// <summary>Whether it says anything that accepted evidence rests on.</summary>
    public bool MayMove => Occurred.IsGiven || Participants.IsGiven || Accounts.IsGiven;

    /// <summary>The sources it leans on from now on, where the correction says so.</summary>
    public IEnumerable<string> SourcesNamed() => (Sources.Value ?? []).Concat((Accounts.Value ?? []).Select(x => x.Source));

    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="find">The agenda's source of that name, or null.</param>
    /// <param name="today">A thing that has not happened yet is not an activity.</param>
    public ActivityCorrected Read(Problems problems, Activity was, Agenda agenda, Func<string, Source?> find, DateOnly today)
    {
        find = find.OrNamed([.. was.Sources, .. was.Accounts.Select(x => x.Source)]);
        return new ActivityCorrected(
            Kind.Or(was.Kind, x => problems.Word<ActivityKind>("kind", x)),
            Title.Or(was.Title, x => problems.Label("title", x)),
            Occurred.Or(was.Occurred, x => RecordActivity.ReadOccurred(problems, x, today)),
            Summary.Or(was.Summary, x => problems.OptionalText("summary", x)),
            Place.Or(was.Place, x => problems.OptionalText("place", x)),
            Participants.Or(was.Participants, x => RecordActivity.ReadParticipants(problems, x, agenda)),
            Sources.Or(was.Sources, x => RecordActivity.ReadSources(problems, x, find)),
            Accounts.Or(was.Accounts, x => RecordActivity.ReadAccounts(problems, x, find, today)),
            Tags.Or(was.Tags, x => problems.Texts("tags", x)),
            ReadReason(problems));
    }
}

public static class CorrectActivityEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/activities/{x}/corrections"), Needs(Right.Code)]
    [Operation("correctActivity", "Corrects an activity", Takes = typeof(CorrectActivity), Gives = typeof(Activity), Waits = true, Asks = Asks.Command,
        Refuses = ["409 withdrawn", "409 in-use", "422 nothing-given"])]
    public static Task<IResult> Post(string a, string x, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<CorrectActivity, Activity>(http, a, x, command => command.SourcesNamed().Select(s => StreamKey.Of<Source>(a, s)),
            (command, known) => Decide(command, known.The<Activity>(x), known.The<Agenda>(a), known.Find<Source>, known.Today, known.RestingOn<Activity>(x)),
            resting: command => command.MayMove);

    public static Decided Decide(
        CorrectActivity command, Activity activity, Agenda agenda, Func<string, Source?> find, DateOnly today, ImmutableArray<Resting> resting)
    {
        if (activity.Withdrawal is not null) return Refuse.Withdrawn("activity", activity.Slug);
        var problems = new Problems();
        var corrected = command.Read(problems, activity, agenda, find, today);
        if (problems.Any) return problems.Refusal();
        return activity.WhyNotCorrected(corrected, resting) ?? Decided.Corrected(activity, corrected,
            waits: agenda.Codebook.Review is ReviewPolicy.Second && !resting.IsEmpty && activity.IsMovedBy(corrected),
            () => new ActivityCorrectionProposed(activity.Slug, activity.Version, corrected));
    }
}
