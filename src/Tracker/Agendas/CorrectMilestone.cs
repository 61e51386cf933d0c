using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>Corrects what is said of a milestone.</summary>
public sealed record CorrectMilestone(string Reason, Amended<string> Name = default, Amended<string> Date = default) : Correction(Reason)
{
    /// <summary>The fact this command states, or problems.</summary>
    public MilestoneCorrected Read(Problems problems, Milestone was, Agenda agenda)
    {
        var date = Date.Or(was.Date, x => problems.Day("date", x));
        if (Date.IsGiven && date != default && date < agenda.Baseline.Date)
            problems.Add("date", "bad-date", $"A milestone lies on the day of the baseline, {Days.Text(agenda.Baseline.Date)}, or later.");
        return new MilestoneCorrected(was.Slug, Name.Or(was.Name, x => problems.Label("name", x)), date, ReadReason(problems));
    }
}

public static class CorrectMilestoneEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/milestones/{m}/corrections"), Needs(Right.Own)]
    [Operation("correctMilestone", "Corrects a milestone", Takes = typeof(CorrectMilestone), Gives = typeof(Milestone), Asks = Asks.Command,
        Refuses = ["409 withdrawn", "422 nothing-given"])]
    public static Task<IResult> Post(string a, string m, HttpContext http, [NotBody] Intake intake) =>
        intake.ChangePart<CorrectMilestone, Agenda>(http, a, a, m, Intake.NoOthers<CorrectMilestone>,
            (command, known) => Decide(command, known.The<Agenda>(a), m),
            (agenda, slug) => agenda.Milestones.First(x => x.Slug == slug));

    public static Decided Decide(CorrectMilestone command, Agenda agenda, string slug)
    {
        if (agenda.Milestones.FirstOrDefault(x => x.Slug == slug) is not { } milestone) return Refuse.NotFound("milestone", slug);
        if (milestone.Withdrawal is not null) return Refuse.Withdrawn("milestone", slug);
        var problems = new Problems();
        var corrected = command.Read(problems, milestone, agenda);
        return problems.Any ? problems.Refusal() : Decided.Corrected(agenda, corrected);
    }
}
