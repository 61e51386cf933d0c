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
    /// <param name="find">The agenda's source of that name, or null.</param>
    /// <param name="today">A thing that has not happened yet is not an activity.</param>
    public ActivityRecorded Read(Problems problems, Agenda agenda, Func<string, Source?> find, DateOnly today)
    {
        problems.Name("slug", Slug);
        return new ActivityRecorded(
            problems.Word<ActivityKind>("kind", Kind),
            problems.Label("title", Title),
            ReadOccurred(problems, Occurred, today),
            problems.OptionalText("summary", Summary),
            problems.OptionalText("place", Place),
            ReadParticipants(problems, Participants, agenda),
            ReadSources(problems, Sources, find),
            ReadAccounts(problems, Accounts, find, today),
            problems.Texts("tags", Tags));
    }

    internal static FuzzyDate ReadOccurred(Problems problems, string text, DateOnly today)
    {
        var occurred = problems.Date("occurred", text);
        // Somewhere on Earth it is tomorrow already.
        if (occurred.Earliest > today.AddDays(1))
            problems.Add("occurred", "bad-date", $"'occurred' lies in the future: {occurred.Text}. A plan is a statement, on the day it was announced.");
        return occurred;
    }

    internal static ImmutableArray<Participant> ReadParticipants(Problems problems, ParticipantNamed[] participants, Agenda agenda)
    {
        for (var i = 0; i < participants.Length; i++)
        {
            var at = problems.At("participants", i);
            at.Label("name", participants[i].Name);
            at.OptionalText("role", participants[i].Role);
            if (participants[i].Party is { } party && !agenda.HasParty(party))
                at.Add("party", "unknown-party", agenda.NoParty(party));
        }

        return [.. participants.Select(x => new Participant(x.Party, x.Name, x.Role))];
    }

    internal static ImmutableArray<string> ReadSources(Problems problems, string[] sources, Func<string, Source?> find)
    {
        for (var i = 0; i < sources.Length; i++) problems.At("sources", i).Source("", sources[i], find);
        return problems.Texts("sources", sources);
    }

    internal static ImmutableArray<Account> ReadAccounts(Problems problems, AccountGiven[]? given, Func<string, Source?> find, DateOnly today)
    {
        var accounts = ImmutableArray.CreateBuilder<Account>();
        for (var i = 0; i < (given?.Length ?? 0); i++)
        {
            var (account, at) = (given![i], problems.At("accounts", i));
            at.Source("source", account.Source, find);
            accounts.Add(new Account(
                account.Source,
                at.OptionalText("quote", account.Quote),
                account.Occurred is { } occurred ? ReadOccurred(at, occurred, today) : null,
                at.OptionalText("place", account.Place),
                at.OptionalText("note", account.Note)));
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
            (command, known) => Decide(command, known.The<Agenda>(a), known.Find<Source>, known.Today));

    public static Decided Decide(RecordActivity command, Agenda agenda, Func<string, Source?> find, DateOnly today)
    {
        var problems = new Problems();
        var recorded = command.Read(problems, agenda, find, today);
        return problems.Any ? problems.Refusal() : Decided.That(recorded);
    }
}
