using Tracker.Boards;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>Where a commitment stands and how many of its parties that is of: one party's act is not all parties'.</summary>
public static class EntryWords
{
    /// <summary>"Words only, by 2 of 20 parties".</summary>
    public static string Status(BoardEntry entry) => StatusAs(StatusWords.Of(entry.Status, entry.Type), entry);

    /// <summary>The same in another word: "Delivered late, by 2 of 20 parties".</summary>
    public static string StatusAs(string word, BoardEntry entry) => By(entry) is { } by ? Texts.StatusBy(word, by) : word;

    /// <summary>All of it in a line: "None found, searched through 31 January 2023", "Words only, by 2 of 20 parties; 0 of 20 parties with concrete action".</summary>
    public static string Line(BoardEntry entry)
    {
        var said = StatusWords.Qualifier(entry.Status, entry.Because.LastSearchedThrough) is { } searched ? Texts.StatusBy(Status(entry), searched) : Status(entry);
        return Others(entry, Concrete(entry)).Aggregate(said, Texts.StatusAlso);
    }

    /// <summary>
    /// "1 of 20 parties with concrete action"; of a restraint, whether it was breached. Of two parties it is told where they stand apart and <see cref="By"/>
    /// does not tell whose the status is; of one party never.
    /// </summary>
    public static string? Concrete(BoardEntry entry) =>
        !entry.IsUncovered && (entry.ByParty.Count > 2 || (IsOfSome(entry) && (By(entry) is null || entry is { Type: CommitmentType.Restraint, Breaching: > 0 }))) ? Acting(entry) : null;

    /// <summary>
    /// What stands beside the word: "by 2 of 20 parties", "1 of 20 parties with concrete action". Nothing for a commitment whose two parties both stand where
    /// it does.
    /// </summary>
    /// <param name="counts">Whether it counts few parties as well, as on a board of many.</param>
    /// <param name="parties">Whether each party's own status stands beside it: of two, that says whose it is.</param>
    public static IEnumerable<string> OfParties(BoardEntry entry, bool counts = false, bool parties = false) => parties && entry.ByParty.Count <= 2
        ? new[] { counts ? Acting(entry) : null }.OfType<string>()
        : new[] { By(entry), counts ? Acting(entry) : Concrete(entry) }.OfType<string>();

    /// <summary>The same, and what else may be taken for what it is not: evidence left out for its dates, and a time that the record does not cover.</summary>
    public static IEnumerable<string> Beside(BoardEntry entry, bool counts = false, bool parties = false) => Others(entry, [.. OfParties(entry, counts, parties)]);

    private static IEnumerable<string> Others(BoardEntry entry, params string?[] told) => told.Append(Uncovered(entry)).Append(TooImprecise(entry)).OfType<string>();

    /// <summary>"1 accepted piece too imprecise to count", where nothing else is told of the status; null where none was left out for its dates.</summary>
    public static string? TooImprecise(BoardEntry entry) =>
        entry is { Status: CommitmentStatus.NotYetRated or CommitmentStatus.NoneFound, Because.Straddling: { IsDefaultOrEmpty: false } left } ? Texts.TooImprecise(left.Length) : null;

    /// <summary>That the record ends before the day counted from; null where it does not, or no later day is asked about.</summary>
    private static string? Uncovered(BoardEntry entry) => entry is { IsUncovered: true, Days.CoveredThrough: var covered } && entry.Because.Through > entry.Because.After
        ? Texts.NotCovered(DayWords.Of(covered)) : null;

    /// <summary>What stands where evidence or an activity would: that there is none, or none of the time that is counted.</summary>
    /// <param name="none">That there is none at all.</param>
    public static string Nothing(BoardEntry entry, string none, string inThisPeriod) =>
        entry.Days?.CountedFrom is not null || !entry.Because.Straddling.IsDefaultOrEmpty ? inThisPeriod : none;

    /// <summary>What it saw of late: "In the 90 days to 31 January 2023: words only"; null where that is its status.</summary>
    public static string? Recently(BoardEntry entry, DateOnly asOf)
    {
        if (entry.Recently is not { } recently || recently.Status == entry.Status) return null;
        var said = Texts.Recently(asOf.DayNumber - recently.After.DayNumber, DayWords.Of(asOf), StatusWords.Of(recently.Status, entry.Type), StatusWords.Qualifier(recently.Status, entry.Because.LastSearchedThrough));
        return entry.Days?.UncheckedAfter is { } end ? Texts.FlagUnchecked(said, DayWords.Of(end)) : said;
    }

    /// <summary>Beside a status that moved: how many of its parties have it, or took concrete action.</summary>
    public static string? Moved(BoardEntry entry) => By(entry) switch
    {
        { } by => by,
        null when IsOfSome(entry) && entry is { ConcreteSinceBaseline: true } => Texts.OfPartiesConcrete(entry.Parties.WithConcreteAction, entry.Parties.Of),
        _ => null,
    };

    /// <summary>The whole in a sentence that names its days: since when, status, how many of its parties, why, and as of when.</summary>
    /// <param name="pending">How much evidence on it waits for a review.</param>
    /// <param name="since">What it counts from: "Since Bali, 14 November 2022". Of a commitment that was made later, the day it was made is told instead.</param>
    /// <param name="validAt">The day asked about.</param>
    /// <param name="endsOn">The day on which the record ends, where it is not current on the day asked about; null where it is.</param>
    /// <param name="asKnownAt">The position that it was asked for as known at; null where it is as known now.</param>
    /// <param name="withdrawal">Where it was withdrawn: when, and why.</param>
    public static string Sentence(
        BoardEntry? entry, int pending, (string Line, DateOnly Day) since, DateOnly validAt, DateOnly? endsOn, DateOnly? statedThrough = null, long? asKnownAt = null, Withdrawal? withdrawal = null)
    {
        if (withdrawal is not null) return RecordWords.Withdrawn(withdrawal);
        if (entry is null) return DatedWords.Of(Texts.NotOnTheBoard + ".", validAt, endsOn: null, asKnownAt);
        var from = entry.Because.After > since.Day ? Texts.SinceMade(DayWords.Of(entry.Because.After)) : since.Line;
        string?[] said =
        [
            Texts.SentenceSince(from, Status(entry) + "."), Concrete(entry) is { } acting ? Texts.Capital(acting) + "." : null, BecauseWords.Of(entry, pending, statedThrough),
        ];
        return DatedWords.Of(string.Join(' ', said.OfType<string>()), entry.Days?.AsOf ?? validAt, endsOn, asKnownAt);
    }

    /// <summary>How many parties took concrete action, as a column of few letters has it; of a restraint that nobody did anything for, by how many it was breached.</summary>
    public static string InShort(BoardEntry entry) => entry switch
    {
        { IsUncovered: true } => Texts.NoCount,
        { Type: not CommitmentType.Restraint } or { Parties.WithConcreteAction: > 0 } => Texts.CountOf(entry.Parties.WithConcreteAction, entry.Parties.Of),
        _ when entry.Breaching is > 0 and var count => Texts.CountBreached(count, entry.Parties.Of),
        _ => StatusWords.Of(entry.Status, entry.Type),
    };

    /// <summary>"Concrete action, by 2 of 20 parties": as a badge of few letters has it, which says of concrete action too by how many.</summary>
    public static string WithCount(BoardEntry entry) => entry switch
    {
        { ConcreteSinceBaseline: false } => TooImprecise(entry) is { } left ? Texts.StatusAlso(Status(entry), left) : Status(entry),
        _ when !IsOfSome(entry) || By(entry) is not null => Status(entry),
        { Status: CommitmentStatus.ConcreteAction } => Texts.StatusBy(Status(entry), Texts.ByParties(entry.Parties.WithConcreteAction, entry.Parties.Of)),
        _ => Texts.StatusAlso(Status(entry), Texts.OfPartiesConcrete(entry.Parties.WithConcreteAction, entry.Parties.Of)),
    };

    /// <summary>
    /// "by another’s act; delivered by 1 of 20 parties": where none of the parties that delivered took it back itself. Null where some did, or where the
    /// delivery is no party's own.
    /// </summary>
    internal static string? ByAnother(BoardEntry entry) =>
        entry.IsReversedByAnother ? Texts.ByAnother(entry.ByParty.Values.Count(x => x.Delivered), entry.ByParty.Count) : null;

    /// <summary>"Estria: Delivered; Dorne: Reversed": where each of some of its parties stands itself. Null where that is the commitment's own status, or none is a party to it.</summary>
    /// <param name="parties">By code.</param>
    public static string? OwnOf(BoardEntry entry, IEnumerable<string> parties, Func<string, string> nameOf)
    {
        if (entry.ByParty.Count < 2) return null;
        string[] own = [.. parties.Where(entry.ByParty.ContainsKey).Select(x => Texts.OwnStatus(nameOf(x), Own(entry.ByParty[x])))];
        return own.Length == 0 ? null : string.Join("; ", own);

        string Own(PartyVerdict verdict)
        {
            var word = StatusWords.Of(verdict.Status, entry.Type);
            return StatusWords.Qualifier(verdict.Status, verdict.Because.LastSearchedThrough) is { } searched ? Texts.StatusBy(word, searched) : word;
        }
    }

    /// <summary>
    /// How many of its parties have that very status; where what some delivered was reversed by another, that. Null where it is another of concrete action
    /// than delivery, which is counted apart, and where both of two parties have it.
    /// </summary>
    internal static string? By(BoardEntry entry) => entry switch
    {
        _ when entry.IsUncovered || !IsOfSome(entry) => null,
        { Status: CommitmentStatus.Reversed, Same: 0 } => ByAnother(entry),
        { Status: CommitmentStatus.Delivered or CommitmentStatus.Reversed } => Texts.ByParties(entry.Same, entry.ByParty.Count),
        _ => entry.Status.IsShortOfConcrete() ? Texts.ByParties(entry.Same, entry.ByParty.Count) : null,
    };

    /// <summary>Whether its status may be taken for that of parties that have another: of two, where not both have it; of more, always.</summary>
    private static bool IsOfSome(BoardEntry entry) => entry.ByParty.Count > 2 || (entry.ByParty.Count == 2 && entry.Same < 2);

    /// <summary>How many parties took concrete action. A promise not to act is not failed by not acting: of it, whether it was breached.</summary>
    private static string? Acting(BoardEntry entry)
    {
        if (entry.IsUncovered) return null;
        var concrete = Texts.OfPartiesConcrete(entry.Parties.WithConcreteAction, entry.Parties.Of);
        if (entry.Type is not CommitmentType.Restraint) return concrete;
        var breaching = entry.Breaching;
        var breached = breaching > 0 && entry.Status is not CommitmentStatus.Undercut ? Texts.BreachedByParties(breaching, entry.Parties.Of) : null;
        if (entry.Parties.WithConcreteAction > 0) return breached is null ? concrete : Texts.StatusBy(concrete, breached);
        return breached ?? (breaching == 0 && entry is { Status: not CommitmentStatus.NoneFound, Because.LastSearchedThrough: { } day } ? Texts.NoBreachThrough(DayWords.Of(day)) : null);
    }
}
