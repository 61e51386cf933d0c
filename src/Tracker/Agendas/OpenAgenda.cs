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
    string? Summary = null,
    string? Visibility = null)
{
    public sealed record BaselineNamed(string Name, string Date, string? Place = null)
    {
        public Baseline Read(Problems problems) => new(
            problems.Label("name", Name),
            problems.Day("date", Date),
            problems.OptionalText("place", Place));
    }

    public sealed record CodebookChosen(string? Version = null, string? Bar = null, int? StaleAfterDays = null, int? CoverageDays = null, string? Review = null)
    {
        /// <summary>The codebook with what is not said filled from another.</summary>
        public Codebook Read(Problems problems, Codebook otherwise)
        {
            if (Version is not (null or Agendas.Codebook.DepthLadder1 or Agendas.Codebook.DepthLadder2))
                problems.Add("version", "unknown-codebook", $"'version' must be {Agendas.Codebook.DepthLadder2} or {Agendas.Codebook.DepthLadder1}, not '{Version}'.");
            if (StaleAfterDays is < 1 or > 36_525)
                problems.Add("staleAfterDays", "bad-stale-after-days", $"'staleAfterDays' must be between 1 and 36525, not {StaleAfterDays}.");
            if (CoverageDays is < 1 or > 36_525)
                problems.Add("coverageDays", "bad-coverage-days", $"'coverageDays' must be between 1 and 36525, not {CoverageDays}.");
            return new Codebook(
                Version ?? otherwise.Version,
                problems.OptionalWord<Depth>("bar", Bar, "bad-depth") ?? otherwise.Bar,
                StaleAfterDays ?? otherwise.StaleAfterDays,
                CoverageDays ?? otherwise.CoverageDays,
                problems.OptionalWord<ReviewPolicy>("review", Review) ?? otherwise.Review);
        }
    }

    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="otherwise">The codebook that fills in what is not said; the default where it is left out.</param>
    public AgendaOpened Read(Problems problems, Codebook? otherwise = null)
    {
        problems.Name("slug", Slug);
        return new AgendaOpened(
            problems.Label("title", Title),
            problems.OptionalText("summary", Summary),
            PartyNamed.ReadAll(problems, Parties),
            Baseline.Read(problems.At("baseline")),
            (Codebook ?? new()).Read(problems.At("codebook"), otherwise ?? Agendas.Codebook.Default),
            problems.OptionalWord<Visibility>("visibility", Visibility));
    }

}

/// <summary>A party as a command names it.</summary>
/// <param name="JoinedOn">The first day on which it was a party, where that is told.</param>
/// <param name="LeftOn">The day from which it was a party no more; later than the day on which it joined.</param>
public sealed partial record PartyNamed(string Code, string Name, string? JoinedOn = null, string? LeftOn = null)
{
    public static ImmutableArray<Party> ReadAll(Problems problems, PartyNamed[] parties) => ReadEach(problems, parties, x => x.Code, x => x.Name, (at, x) =>
    {
        var party = new Party(x.Code, at.Label("name", x.Name), at.OptionalDay("joinedOn", x.JoinedOn), at.OptionalDay("leftOn", x.LeftOn));
        CheckDays(at, party);
        return party;
    });

    /// <summary>Reads a list of parties: at least one, each with a code of its own.</summary>
    internal static ImmutableArray<Party> ReadEach<T>(Problems problems, T[] parties, Func<T, string> code, Func<T, string> name, Func<Problems, T, Party> read)
    {
        if (parties.Length == 0) problems.Add("parties", "no-parties", "'parties' must name at least one.");
        for (var i = 0; i < parties.Length; i++)
        {
            if (!PartyCode().IsMatch(code(parties[i])))
                problems.At("parties", i).Add("code", "bad-party-code", "'code' must be a letter or digit, then up to 19 letters, digits, dots, hyphens or underscores.");
            else if (parties.Take(i).Any(x => code(x) == code(parties[i])))
                problems.At("parties", i).Add("code", "repeated", $"Two parties have the code '{code(parties[i])}'.");
            else if (parties.Take(i).FirstOrDefault(x => AreConfusable(code(x), name(x), code(parties[i]), name(parties[i]))) is { } same)
                problems.At("parties", i).Add("code", "repeated", $"'{code(parties[i])}' ({name(parties[i])}) would be taken for '{code(same)}' ({name(same)}): give each party a code and a name of its own.");
        }

        return [.. parties.Select((x, i) => read(problems.At("parties", i), x))];
    }

    /// <summary>Whether a reader would take two parties for one: of one name, or of codes that differ in capitals alone.</summary>
    internal static bool AreConfusable(string code, string name, string otherCode, string otherName) =>
        string.Equals(code, otherCode, StringComparison.OrdinalIgnoreCase) || string.Equals(name?.Trim(), otherName?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A party leaves after it joined.</summary>
    internal static void CheckDays(Problems at, Party party)
    {
        if (party is { JoinedOn: { } joined, LeftOn: { } left } && joined != default && left != default && left <= joined)
            at.Add("leftOn", "bad-date", $"'leftOn' must be later than {Days.Text(joined)}, the day on which the party joined.");
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
