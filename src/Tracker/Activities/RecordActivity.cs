using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Activities;

/// <summary>Records something that happened: who, when as precisely as is known, where, by whose account.</summary>
public sealed record RecordActivity(
    string Slug,
    string Kind,
    string Title,
    string Occurred,
    RecordActivity.ParticipantNamed[] Participants,
    string[] Sources,
    string? Summary = null,
    string? Place = null,
    RecordActivity.AccountGiven[]? Accounts = null,
    string[]? Tags = null)
{
    public sealed record ParticipantNamed(string Name, string? Party = null, string? Role = null);

    public sealed record AccountGiven(string Source, string? Quote = null, string? Occurred = null, string? Place = null, string? Note = null);

    /// <summary>The sources it leans on.</summary>
    public IEnumerable<string> SourcesNamed() => Sources.Concat((Accounts ?? []).Select(x => x.Source));

    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="isSource">Whether the agenda has a source of that name.</param>
    /// <param name="today">A thing that has not happened yet is not an activity.</param>
    public ActivityRecorded Read(Problems problems, Agenda agenda, Predicate<string> isSource, DateOnly today)
    {
        problems.Name("slug", Slug);
        var occurred = problems.Date("occurred", Occurred);
        // Somewhere on Earth it is tomorrow already.
        if (occurred.Earliest > today.AddDays(1))
            problems.Add("occurred", "bad-date", "'occurred' lies in the future. A plan is a statement, on the day it was announced.");
        return new ActivityRecorded(
            problems.Word<ActivityKind>("kind", Kind),
            problems.Text("title", Title),
            occurred,
            problems.OptionalText("summary", Summary),
            problems.OptionalText("place", Place),
            ReadParticipants(problems, agenda),
            ReadSources(problems, isSource),
            ReadAccounts(problems, isSource),
            problems.Texts("tags", Tags));
    }

    private ImmutableArray<Participant> ReadParticipants(Problems problems, Agenda agenda)
    {
        for (var i = 0; i < Participants.Length; i++)
        {
            var at = problems.At("participants", i);
            at.Text("name", Participants[i].Name);
            at.OptionalText("role", Participants[i].Role);
            if (Participants[i].Party is { } party && !agenda.HasParty(party))
                at.Add("party", "unknown-party", $"The agenda has no party '{party}'.");
        }

        return [.. Participants.Select(x => new Participant(x.Party, x.Name, x.Role))];
    }

    private ImmutableArray<string> ReadSources(Problems problems, Predicate<string> isSource)
    {
        for (var i = 0; i < Sources.Length; i++)
            if (!isSource(Sources[i])) problems.At("sources", i).Add("", "unknown-source", $"The agenda has no source '{Sources[i]}'.");
        return problems.Texts("sources", Sources);
    }

    private ImmutableArray<Account> ReadAccounts(Problems problems, Predicate<string> isSource)
    {
        var accounts = ImmutableArray.CreateBuilder<Account>();
        for (var i = 0; i < (Accounts?.Length ?? 0); i++)
        {
            var (given, at) = (Accounts![i], problems.At("accounts", i));
            if (!isSource(given.Source)) at.Add("source", "unknown-source", $"The agenda has no source '{given.Source}'.");
            accounts.Add(new Account(
                given.Source,
                at.OptionalText("quote", given.Quote),
                at.OptionalDate("occurred", given.Occurred),
                at.OptionalText("place", given.Place),
                at.OptionalText("note", given.Note)));
        }

        return accounts.ToImmutable();
    }
}

public static class RecordActivityEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/activities"), Needs(Right.Code)]
    [Operation("recordActivity", "Records something that happened", Takes = typeof(RecordActivity), Gives = typeof(Activity), Status = 201, Asks = Asks.Command)]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Create<RecordActivity, Activity>(http, a, command => command.Slug,
            command => command.SourcesNamed().Select(x => StreamKey.Of<Source>(a, x)),
            (command, known) => Decide(command, known.The<Agenda>(a), known.Has<Source>, known.Today));

    public static Decided Decide(RecordActivity command, Agenda agenda, Predicate<string> isSource, DateOnly today)
    {
        var problems = new Problems();
        var recorded = command.Read(problems, agenda, isSource, today);
        return problems.Any ? problems.Refusal() : Decided.That(recorded);
    }
}
