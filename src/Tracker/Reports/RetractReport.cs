using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Reports;

public static class RetractReportEndpoint
{
    /// <summary>
    /// Marks a report as issued in error. It stays readable and can be verified as before, says in every form that it was retracted, and is
    /// no longer what later reports are compared with.
    /// </summary>
    [WolverinePost("/api/v1/agendas/{a}/reports/{r}/retraction"), Needs(Right.Publish)]
    [Operation("retractReport", "Marks a report as issued in error", Takes = typeof(Withdraw), Gives = typeof(Report), Asks = Asks.Command, Refuses = ["409 already-retracted"])]
    public static Task<IResult> Post(string a, string r, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<Withdraw, Report>(http, a, r, Intake.NoOthers<Withdraw>, (command, known) => Decide(command, known.The<Report>(r)));

    public static Decided Decide(Withdraw command, Report report)
    {
        var problems = new Problems();
        var reason = problems.Text("reason", command.Reason);
        return report switch
        {
            { Retraction: not null } => Refuse.Conflict("already-retracted", $"The report '{report.Slug}' was retracted already."),
            _ when problems.Any => problems.Refusal(),
            _ => Decided.That(new ReportRetracted(reason)),
        };
    }
}
