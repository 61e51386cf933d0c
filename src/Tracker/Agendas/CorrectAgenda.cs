using System.Collections.Immutable;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>
/// Corrects what is said of an agenda: its baseline, from which its statuses are counted, its parties, who may read it, or the codebook its
/// statuses are judged by.
/// </summary>
/// <param name="Baseline">What changes in the baseline; what is not said stays.</param>
/// <param name="Parties">Parties to add; one whose code the agenda has is renamed, or dated otherwise. Those that are not named stay.</param>
/// <param name="Codebook">What changes in the codebook; what is not said stays.</param>
public sealed record CorrectAgenda(
    string Reason,
    Amended<string> Title = default,
    AmendedOrNone<string> Summary = default,
    Amended<CorrectAgenda.BaselineGiven> Baseline = default,
    Amended<CorrectAgenda.PartyGiven[]> Parties = default,
    Amended<OpenAgenda.CodebookChosen> Codebook = default,
    Amended<string> Visibility = default) : Correction(Reason)
{
    /// <summary>The baseline as a correction says it.</summary>
    public sealed record BaselineGiven(Amended<string> Name = default, Amended<string> Date = default, AmendedOrNone<string> Place = default)
    {
        public Baseline Read(Problems problems, Agenda was)
        {
            var read = new Baseline(
                Name.Or(was.Baseline.Name, x => problems.Label("name", x)),
                Date.Or(was.Baseline.Date, x => problems.Day("date", x)),
                Place.Or(was.Baseline.Place, x => problems.OptionalText("place", x)));
            if (Date.IsGiven && was.StandingMilestones.FirstOrDefault(x => x.Date < read.Date) is { } milestone)
                problems.Add("date", "bad-date", $"The milestone '{milestone.Slug}', {Days.Text(milestone.Date)}, would lie before the baseline. Correct or withdraw it first.");
            if (Date.IsGiven && was.Coverage.FirstOrDefault(x => x.Withdrawal is null && x.Through < read.Date) is { } stated)
                problems.Add("date", "bad-date", $"The statement of coverage '{stated.Id}', through {Days.Text(stated.Through)}, would lie before the baseline. Withdraw it first.");
            return read;
        }
    }

    /// <summary>A party as a correction says it.</summary>
    /// <param name="JoinedOn">The first day on which it was a party; null takes it away.</param>
    /// <param name="LeftOn">The day from which it was a party no more; null takes it away.</param>
    public sealed record PartyGiven(string Code, string Name, AmendedOrNone<string> JoinedOn = default, AmendedOrNone<string> LeftOn = default)
    {
        public Party Read(Problems at, Party? was)
        {
            var party = new Party(
                Code,
                at.Label("name", Name),
                JoinedOn.Or(was?.JoinedOn, x => at.OptionalDay("joinedOn", x)),
                LeftOn.Or(was?.LeftOn, x => at.OptionalDay("leftOn", x)));
            PartyNamed.CheckDays(at, party);
            return party;
        }
    }

    /// <summary>The fact this command states, or problems.</summary>
    public AgendaCorrected Read(Problems problems, Agenda was) => new(
        Title.Or(was.Title, x => problems.Label("title", x)),
        Summary.Or(was.Summary, x => problems.OptionalText("summary", x)),
        Parties.Or(was.Parties, x => ReadParties(problems, x, was)),
        Codebook.Or(was.Codebook, x => x.Read(problems.At("codebook"), was.Codebook)),
        ReadReason(problems),
        Baseline.Or<Baseline?>(null, x => x.Read(problems.At("baseline"), was)),
        Visibility.Or<Visibility?>(null, x => problems.Word<Visibility>("visibility", x)));

    private static ImmutableArray<Party> ReadParties(Problems problems, PartyGiven[] parties, Agenda was)
    {
        var read = PartyNamed.ReadEach(problems, parties, x => x.Code, x => x.Name, (at, x) => x.Read(at, was.Parties.FirstOrDefault(y => y.Code == x.Code)));
        for (var i = 0; i < parties.Length; i++)
            if (was.Parties.FirstOrDefault(x => x.Code != parties[i].Code && !parties.Any(y => y.Code == x.Code) && PartyNamed.AreConfusable(x.Code, x.Name, parties[i].Code, parties[i].Name)) is { } same)
                problems.At("parties", i).Add("code", "repeated", $"'{parties[i].Code}' ({parties[i].Name}) would be taken for the party '{same.Code}' ({same.Name}), which the agenda has.");
        return
        [
            .. was.Parties.Select(x => read.FirstOrDefault(y => y.Code == x.Code) ?? x),
            .. read.Where(x => !was.HasParty(x.Code)),
        ];
    }
}

public static class CorrectAgendaEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/corrections"), Needs(Right.Own)]
    [Operation("correctAgenda", "Corrects an agenda", Takes = typeof(CorrectAgenda), Gives = typeof(Agenda), Asks = Asks.Command,
        Refuses = ["422 no-parties", "422 nothing-given"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Change<CorrectAgenda, Agenda>(http, a, a, Intake.NoOthers<CorrectAgenda>, (command, known) => Decide(command, known.The<Agenda>(a)));

    public static Decided Decide(CorrectAgenda command, Agenda agenda)
    {
        var problems = new Problems();
        var corrected = command.Read(problems, agenda);
        return problems.Any ? problems.Refusal() : Decided.Corrected(agenda, corrected);
    }
}
