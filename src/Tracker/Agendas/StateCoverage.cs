using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>States how far the record reaches: all that was found through a day is on record.</summary>
/// <param name="Through">The last day that is covered; not after today.</param>
/// <param name="Places">The places searched.</param>
public sealed record StateCoverage(string Through, string[]? Places = null, string? Note = null)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="today">Coverage is never stated for days to come.</param>
    /// <param name="counts">Whether it has not been withdrawn since, as it may be in a bundle.</param>
    public CoverageStated Read(Problems problems, string id, Agenda agenda, DateOnly today, bool counts = true)
    {
        var through = problems.AnyDay("through", Through);
        if (through > today) problems.Add("through", "in-future", $"'through' is {Through}, after today ({Days.Text(today)}): coverage is stated for days that have passed.");
        else if (counts && through < agenda.Baseline.Date)
            problems.Add("through", "before-baseline", $"'through' is {Through}, before the baseline ({Days.Text(agenda.Baseline.Date)}), from which the record begins.");
        return new CoverageStated(id, through ?? default, problems.Texts("places", Places ?? []), problems.OptionalText("note", Note));
    }
}

public static class StateCoverageEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/coverage"), Needs(Right.Code)]
    [Operation("stateCoverage", "States the day through which all that was found is on record", Takes = typeof(StateCoverage), Gives = typeof(CoverageReach), Status = 201, Asks = Asks.Command,
        Refuses = ["422 in-future", "422 before-baseline"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.AddTo<StateCoverage, Agenda>(http, a, a, "coverage", Intake.NoOthers<StateCoverage>,
            (command, known) => Decide(command, known.The<Agenda>(a), known.NewName(), known.Today),
            (agenda, id) => agenda.Coverage.First(x => x.Id == id), CoverageStatement.Reaching);

    public static Decided Decide(StateCoverage command, Agenda agenda, string freshName, DateOnly today)
    {
        var problems = new Problems();
        var stated = command.Read(problems, freshName, agenda, today);
        return problems.Any ? problems.Refusal() : Decided.Made(stated.Id, stated);
    }
}
