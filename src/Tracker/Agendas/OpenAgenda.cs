using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Agendas;

/// <summary>Opens an agenda: parties, baseline and the codebook its statuses are judged by.</summary>
public sealed partial record OpenAgenda(
    string Slug,
    string Title,
    PartyNamed[] Parties,
    OpenAgenda.BaselineNamed Baseline,
    OpenAgenda.CodebookChosen? Codebook = null,
    string? Summary = null)
{
    public sealed record BaselineNamed(string Name, string Date, string? Place = null);

    public sealed record CodebookChosen(string? Version = null, string? Bar = null, int? StaleAfterDays = null, string? Review = null)
    {
        /// <summary>The codebook with what is not said filled from another.</summary>
        public Codebook Read(Problems problems, Codebook otherwise)
        {
            if (Version is not (null or Agendas.Codebook.DepthLadder1))
                problems.Add("version", "unknown-codebook", $"'version' must be {Agendas.Codebook.DepthLadder1}.");
            if (StaleAfterDays is < 1 or > 36_525)
                problems.Add("staleAfterDays", "bad-stale-after-days", "'staleAfterDays' must be between 1 and 36525.");
            return new Codebook(
                otherwise.Version,
                problems.OptionalWord<Depth>("bar", Bar, "bad-depth") ?? otherwise.Bar,
                StaleAfterDays ?? otherwise.StaleAfterDays,
                problems.OptionalWord<ReviewPolicy>("review", Review) ?? otherwise.Review);
        }
    }

    /// <summary>The fact this command states, or problems.</summary>
    public AgendaOpened Read(Problems problems)
    {
        problems.Name("slug", Slug);
        return new AgendaOpened(
            problems.Text("title", Title),
            problems.OptionalText("summary", Summary),
            PartyNamed.ReadAll(problems, Parties),
            ReadBaseline(problems.At("baseline")),
            (Codebook ?? new()).Read(problems.At("codebook"), Agendas.Codebook.Default));
    }

    private Baseline ReadBaseline(Problems problems) => new(
        problems.Text("name", Baseline.Name),
        problems.Day("date", Baseline.Date),
        problems.OptionalText("place", Baseline.Place));
}

/// <summary>A party as a command names it.</summary>
public sealed partial record PartyNamed(string Code, string Name)
{
    public static ImmutableArray<Party> ReadAll(Problems problems, PartyNamed[] parties)
    {
        if (parties.Length == 0) problems.Add("parties", "no-parties", "'parties' must name at least one.");
        for (var i = 0; i < parties.Length; i++)
        {
            var at = problems.At("parties", i);
            if (!PartyCode().IsMatch(parties[i].Code))
                at.Add("code", "bad-party-code", "'code' must be a letter or digit, then up to 19 letters, digits, dots, hyphens or underscores.");
            else if (parties.Take(i).Any(x => x.Code == parties[i].Code))
                at.Add("code", "repeated", $"Two parties have the code '{parties[i].Code}'.");
            at.Text("name", parties[i].Name);
        }

        return [.. parties.Select(x => new Party(x.Code, x.Name))];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,19}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartyCode();
}

public static class OpenAgendaEndpoint
{
    [WolverinePost("/api/v1/agendas"), Needs(Right.Own)]
    [Operation("openAgenda", "Opens an agenda", Refuses = ["422 no-parties"], Takes = typeof(OpenAgenda), Gives = typeof(Agenda), Status = 201, Asks = Asks.Command)]
    public static Task<IResult> Post(HttpContext http, [NotBody] Intake intake) =>
        intake.Open<OpenAgenda>(http, command => command.Slug, (command, _) => Decide(command));

    public static Decided Decide(OpenAgenda command)
    {
        var problems = new Problems();
        var opened = command.Read(problems);
        return problems.Any ? problems.Refusal() : Decided.That(opened);
    }
}
