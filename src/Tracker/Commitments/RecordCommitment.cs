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
    public CommitmentMade Read(Problems problems, Agenda agenda, Func<string, Source?> find)
    {
        problems.Name("slug", Slug);
        return new CommitmentMade(
            problems.Text("title", Title),
            problems.Word<CommitmentType>("type", Type),
            problems.Day("madeOn", MadeOn),
            agenda.ReadParties(problems, Parties),
            problems.OptionalText("criteria", Criteria),
            problems.OptionalWord<Depth>("bar", Bar, "bad-depth"),
            problems.OptionalDate("dueOn", DueOn),
            problems.Texts("tags", Tags),
            [.. Clauses.Select((clause, i) => clause.Read(problems.At("clauses", i), agenda, find))]);
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
            (command, known) => Decide(command, known.The<Agenda>(a), known.Find<Source>));

    public static Decided Decide(RecordCommitment command, Agenda agenda, Func<string, Source?> find)
    {
        var problems = new Problems();
        var made = command.Read(problems, agenda, find);
        return problems.Any ? problems.Refusal() : Decided.That(made);
    }
}
