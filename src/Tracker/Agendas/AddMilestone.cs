using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>Adds a later date that boards may be counted from: "the Woodside summit".</summary>
public sealed record AddMilestone(string Slug, string Name, string Date)
{
    /// <summary>The fact this command states, or problems.</summary>
    public MilestoneAdded Read(Problems problems) => new(
        problems.Name("slug", Slug),
        problems.Label("name", Name),
        problems.Day("date", Date));

    /// <summary>
    /// Sees that the milestone can be told from a day, for <c>since</c> takes either, and that it is not of before the baseline. Those that a record
    /// holds already were taken without this.
    /// </summary>
    public void Check(Problems problems, Baseline baseline)
    {
        if (Days.IsWrittenLikeOne(Slug)) problems.Add("slug", "bad-slug", "'slug' must not look like a day: as 'since' it would be taken for that day.");
        if (Days.TryParse(Date, out var date) && date < baseline.Date)
            problems.Add("date", "bad-date", $"'date' lies before the baseline, {Days.Text(baseline.Date)}: a milestone is a later date to count from.");
    }
}

public static class AddMilestoneEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/milestones"), Needs(Right.Own)]
    [Operation("addMilestone", "Adds a milestone", Takes = typeof(AddMilestone), Gives = typeof(Milestone), Status = 201, Asks = Asks.Command)]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.AddTo<AddMilestone, Agenda>(http, a, a, "milestones", Intake.NoOthers<AddMilestone>,
            (command, known) => Decide(command, known.The<Agenda>(a)),
            (agenda, slug) => agenda.Milestones.First(x => x.Slug == slug));

    public static Decided Decide(AddMilestone command, Agenda agenda)
    {
        var problems = new Problems();
        var added = command.Read(problems);
        command.Check(problems, agenda.Baseline);
        if (problems.Any) return problems.Refusal();
        if (agenda.Milestones.Any(x => x.Slug == added.Slug))
            return Refuse.Conflict("slug-taken", $"The agenda has a milestone '{added.Slug}' already.") with { Resource = $"/api/v1/agendas/{agenda.Slug}/milestones/{added.Slug}" };
        return Decided.Made(added.Slug, added);
    }
}
