using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Commitments;

/// <summary>Records a promise, with each party's own wording of it.</summary>
public sealed record RecordCommitment(
    string Slug,
    string Title,
    string Type,
    string MadeOn,
    string[] Parties,
    ClauseGiven[] Clauses,
    string? Criteria = null,
    string? Bar = null,
    string? DueOn = null,
    string[]? Tags = null)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="find">The agenda's source of that name, or null.</param>
    /// <param name="today">A promise that is yet to be made is none; what it is due on may lie ahead.</param>
    public CommitmentMade Read(Problems problems, Agenda agenda, Func<string, Source?> find, DateOnly today)
    {
        problems.Name("slug", Slug);
        return new CommitmentMade(
            problems.Label("title", Title),
            problems.Word<CommitmentType>("type", Type),
            problems.PastDay("madeOn", MadeOn, today),
            agenda.ReadParties(problems, Parties),
            problems.OptionalText("criteria", Criteria),
            problems.OptionalWord<Depth>("bar", Bar, "bad-depth"),
            problems.OptionalDate("dueOn", DueOn),
            problems.Texts("tags", Tags),
            [.. Clauses.Select((clause, i) => clause.Read(problems.At("clauses", i), agenda, find))]);
    }

    /// <summary>
    /// Sees that the promise has been made, and is not due before it was. Commitments that a record holds already were taken without this.
    /// </summary>
    public static void CheckDue(Problems problems, DateOnly madeOn, FuzzyDate? dueOn)
    {
        if (dueOn is { Text.Length: > 0 } due && due.Latest < madeOn)
            problems.Add("dueOn", "bad-date", $"'dueOn' lies before the commitment was made, {Days.Text(madeOn)}.");
    }
}

/// <summary>A clause as a command gives it.</summary>
public sealed record ClauseGiven(string Party, string Source, string Quote, string? Language = null, string? Translation = null, string? Note = null)
{
    public Wording Read(Problems problems, Agenda agenda, Func<string, Source?> find)
    {
        problems.Source("source", Source, find);
        return new Wording(
            agenda.ReadParty(problems, Party),
            Source,
            problems.Text("quote", Quote),
            problems.OptionalLanguage("language", Language),
            problems.OptionalText("translation", Translation),
            problems.OptionalText("note", Note));
    }
}

public static class RecordCommitmentEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments"), Needs(Right.Code)]
    [Operation("recordCommitment", "Records a promise", Takes = typeof(RecordCommitment), Gives = typeof(Commitment), Status = 201, Asks = Asks.Command)]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Create<RecordCommitment, Commitment>(http, a, command => command.Slug,
            command => command.Clauses.Select(x => StreamKey.Of<Source>(a, x.Source)),
            (command, known) => Decide(command, known.The<Agenda>(a), known.Find<Source>, known.Today));

    public static Decided Decide(RecordCommitment command, Agenda agenda, Func<string, Source?> find, DateOnly today)
    {
        var problems = new Problems();
        var made = command.Read(problems, agenda, find, today);
        RecordCommitment.CheckDue(problems, made.MadeOn, made.DueOn);
        return problems.Any ? problems.Refusal() : Decided.That(made);
    }
}
