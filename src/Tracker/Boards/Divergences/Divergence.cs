using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Boards.Divergences;

/// <summary>
/// What each side's account says and leaves out: of every commitment the parties' own wordings side by side, and the activities whose
/// accounts differ or that only one side tells of. README.md beside this file defines the words.
/// </summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="CoveredThrough">The day through which the record reaches: of what came after, it says nothing.</param>
/// <param name="KnownAt">The instant of the last recording taken into account.</param>
/// <param name="Position">The position of the last recording taken into account.</param>
/// <param name="Commitments">Those made by the day asked about, by slug.</param>
/// <param name="Activities">Those that can have begun by the day asked about, in the order in which they happened.</param>
public sealed record Divergence(
    string Agenda,
    DateOnly ValidAt,
    DateOnly CoveredThrough,
    DateTimeOffset KnownAt,
    long Position,
    DivergenceCounts Summary,
    ImmutableArray<WordedCommitment> Commitments,
    ImmutableArray<ToldActivity> Activities)
{
    /// <summary>What to give as <c>after</c> for the next part; absent at the end, and where all of it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }

    /// <summary>The agenda as it was known then; shown around a divergence, not part of it.</summary>
    [JsonIgnore]
    public Agenda? About { get; init; }

    [JsonIgnore]
    public RecordEnding Ending { get; init; }

    /// <summary>Whether a joint statement alone stands for the words of some of those who made a commitment.</summary>
    [JsonIgnore]
    public bool HasJoint => Commitments.Any(x => x.Jointly);

    /// <summary>The day on which the record ends, on or before the day asked about; null where it is current.</summary>
    [JsonIgnore]
    public DateOnly? EndsOn => Ending.On(CoveredThrough);

    /// <summary>Compares what is on record, in any order.</summary>
    public static Divergence Of(
        Agenda agenda,
        IEnumerable<Commitment> commitments,
        IEnumerable<Activity> activities,
        IReadOnlyDictionary<string, Source> sources,
        DateOnly validAt,
        DateOnly coveredThrough,
        DateTimeOffset knownAt,
        long position)
    {
        var accounts = new Accounts(agenda, sources);
        ImmutableArray<WordedCommitment> worded =
        [
            .. commitments.Where(x => x.Withdrawal is null && x.MadeOn <= validAt).OrderBy(x => x.Slug, StringComparer.Ordinal).Select(x => WordedCommitment.Of(x, accounts)),
        ];
        return new Divergence(agenda.Slug, validAt, coveredThrough, knownAt, position, DivergenceCounts.Of(agenda, worded), worded,
        [
            .. activities.Where(x => x.Withdrawal is null && x.Occurred.Earliest <= validAt)
                .OrderBy(x => x.Occurred.Earliest).ThenBy(x => x.Occurred.Latest).ThenBy(x => x.Slug, StringComparer.Ordinal)
                .Select(x => ToldActivity.Of(x, accounts)).Where(x => !x.Differs.IsEmpty || x.Only is not null),
        ])
        { About = agenda };
    }
}

/// <summary>How many commitments are on record in each side's words: numerators, and <paramref name="Commitments"/> their denominator.</summary>
/// <param name="Shared">Worded by each of the parties that made them, or in a joint statement, whoever signed it.</param>
/// <param name="Partly">Worded by several parties, not by all.</param>
/// <param name="OneSided">Worded by one party alone.</param>
/// <param name="Unworded">Worded by none.</param>
/// <param name="OnlyBy">Of those worded by one party alone, how many by which: every party of the agenda, in its order.</param>
/// <param name="MadeAlone">Of those worded by one party alone, how many no other made: of these, no side is missing. Absent where it is none.</param>
public sealed record DivergenceCounts(
    int Commitments, int Shared, int Partly, int OneSided, int Unworded, ImmutableArray<PartyCount> OnlyBy,
    [property: LeftOutOf(LeftOutOfAttribute.Report1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int MadeAlone)
{
    internal static DivergenceCounts Of(Agenda agenda, ImmutableArray<WordedCommitment> worded) => new(
        worded.Length,
        worded.Count(x => x.Shared),
        worded.Count(x => !x.Shared && x.WordedBy.Length > 1),
        worded.Count(x => x.Only is not null),
        worded.Count(x => x.WordedBy.IsEmpty),
        [.. agenda.Parties.Select(party => new PartyCount(party.Code, worded.Count(x => x.Only == party.Code)))],
        worded.Count(x => x.MadeAlone));
}

/// <summary>How many of one party.</summary>
public sealed record PartyCount(string Party, int Commitments);

/// <summary>One commitment in each party's own words.</summary>
/// <param name="Parties">Those who made it.</param>
/// <param name="Shared">Whether the words of each of the parties that made it are on record, and they are more than one or said it in a joint statement.</param>
/// <param name="Only">The one party whose words are on record; null where it is none, or several, or a joint statement's.</param>
/// <param name="WordedBy">The parties whose words are on record, in the agenda's order; a joint statement puts every party that made the commitment among them, as who signed it is not on record.</param>
/// <param name="Silent">Those who made it and of whom no wording is on record, in the agenda's order.</param>
/// <param name="Sides">Those who made it and whoever else has worded it, in the agenda's order, with what each says.</param>
public sealed record WordedCommitment(
    string Slug,
    string Title,
    ImmutableArray<string> Parties,
    bool Shared,
    string? Only,
    ImmutableArray<string> WordedBy,
    ImmutableArray<string> Silent,
    ImmutableArray<Side> Sides)
{
    /// <summary>Whether it is shared for a joint statement alone: of some of those who made it, no words of their own are on record.</summary>
    public bool Jointly => Shared && Sides.Any(x => Parties.Contains(x.Party) && x.Clauses.All(y => y.Joint));

    /// <summary>Whether the one party whose words are on record is the one that made it: no side is missing.</summary>
    [JsonIgnore]
    public bool MadeAlone => Only is not null && Silent.IsEmpty;

    internal static WordedCommitment Of(Commitment commitment, Accounts accounts)
    {
        var clauses = commitment.Clauses.Where(x => accounts.Stands(x.Source)).ToArray();
        ImmutableArray<Side> sides =
        [
            .. accounts.InOrder(commitment.Parties.Concat(clauses.Select(x => x.Party)))
                .Select(party => new Side(party, [.. clauses.Where(x => x.Party == party).Select(x => SaidClause.Of(x, accounts))])),
        ];
        return new WordedCommitment(commitment.Slug, commitment.Title, commitment.Parties, false, null, [], [], sides)
            .Counted(jointly: sides.Any(x => x.Clauses.Any(clause => clause.Joint)));
    }

    /// <summary>As <c>report/1</c> told it: all words are of the one party that they are recorded for.</summary>
    internal WordedCommitment AsRecorded() => Counted(jointly: false);

    /// <param name="jointly">Whether the words of a joint statement are among it, and counted for all who made it.</param>
    private WordedCommitment Counted(bool jointly)
    {
        var worded = Sides.ToLookup(x => !x.Clauses.IsEmpty || (jointly && Parties.Contains(x.Party)), x => x.Party);
        ImmutableArray<string> wordedBy = [.. worded[true]], silent = [.. worded[false]];
        var shared = silent.IsEmpty && (jointly || wordedBy.Length > 1);
        return this with { Shared = shared, Only = !shared && wordedBy.Length == 1 ? wordedBy[0] : null, WordedBy = wordedBy, Silent = silent };
    }
}

/// <summary>What is recorded as one party's wording; without clauses where none is, be it that a joint statement's, recorded for another, is its own too.</summary>
public sealed record Side(string Party, ImmutableArray<SaidClause> Clauses);

/// <summary>One party's own wording: the original first, then what it is translated as, where it is.</summary>
/// <param name="Id">The clause's number within the commitment.</param>
/// <param name="Quote">The source's words, in their own language.</param>
/// <param name="Language">The language of the quote.</param>
/// <param name="Translation">A translation of the quote; nobody's own words.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="AccountOf">The party whose account the source is; null for a third party's.</param>
/// <param name="Joint">Whether the source is a joint statement: then its words are counted for every party that made the commitment, as who signed it is not on record.</param>
public sealed record SaidClause(string Id, string Quote, string? Language, string? Translation, string? Note, string Source, string? AccountOf, bool Joint)
{
    internal static SaidClause Of(Clause clause, Accounts accounts) => new(
        clause.Id, clause.Quote, clause.Language, clause.Translation, clause.Note, clause.Source, accounts.PartyOf(clause.Source), accounts.IsJoint(clause.Source));
}

/// <summary>An activity whose accounts differ, or that only one side tells of.</summary>
/// <param name="Occurred">The date chosen for the activity.</param>
/// <param name="Place">The place chosen for the activity.</param>
/// <param name="Differs">In what its accounts differ; empty where only one side tells of it.</param>
/// <param name="Only">The one party whose account tells of it, although others took part.</param>
/// <param name="ToldBy">The parties whose accounts tell of it, in the agenda's order; a joint statement is one of each that took part.</param>
/// <param name="Silent">The parties that took part and whose accounts do not tell of it, in the agenda's order.</param>
/// <param name="Accounts">What each account says, as it was recorded.</param>
public sealed record ToldActivity(
    string Slug,
    string Title,
    FuzzyDate Occurred,
    string? Place,
    ImmutableArray<DiffersIn> Differs,
    string? Only,
    ImmutableArray<string> ToldBy,
    ImmutableArray<string> Silent,
    ImmutableArray<ToldAccount> Accounts)
{
    internal static ToldActivity Of(Activity activity, Accounts accounts)
    {
        var sources = activity.Sources.Concat(activity.Accounts.Select(x => x.Source)).Where(accounts.Stands).ToArray();
        ImmutableArray<string> toldBy = accounts.InOrder(sources.Select(accounts.PartyOf).OfType<string>().Concat(sources.Any(accounts.IsJoint) ? activity.Parties : []));
        ImmutableArray<string> silent = accounts.InOrder(activity.Parties.Except(toldBy));
        ImmutableArray<ToldAccount> told = [.. activity.Accounts.Where(x => accounts.Stands(x.Source)).Select(x => ToldAccount.Of(x, activity, accounts))];
        return new ToldActivity(activity.Slug, activity.Title, activity.Occurred, activity.Place, [.. Differences(activity, told)],
            toldBy.Length == 1 && !silent.IsEmpty ? toldBy[0] : null, toldBy, silent, told);
    }

    private static IEnumerable<DiffersIn> Differences(Activity activity, ImmutableArray<ToldAccount> told)
    {
        if (told.Any(x => x.Dated is not (null or Dating.Same))) yield return DiffersIn.Date;
        if (told.Any(x => x.PlacedElsewhere)) yield return DiffersIn.Place;
        if (told.Where(x => x.AccountOf is not null && x.Quote is not null).DistinctBy(x => x.AccountOf).Count() > 1) yield return DiffersIn.Words;
    }
}

/// <summary>In what the accounts of one activity differ.</summary>
public enum DiffersIn
{
    /// <summary>An account dates it otherwise, or more or less precisely.</summary>
    Date,

    /// <summary>An account places it elsewhere.</summary>
    Place,

    /// <summary>Two sides' accounts each have their own words.</summary>
    Words,
}

/// <summary>What one account says of an activity.</summary>
/// <param name="AccountOf">The party whose account it is; null for a third party's.</param>
/// <param name="Dated">How its date stands to the activity's; null where it gives none.</param>
/// <param name="PlacedElsewhere">Whether it gives a place, in other words than the activity's.</param>
public sealed record ToldAccount(
    string Source, string? AccountOf, string? Quote, FuzzyDate? Occurred, Dating? Dated, string? Place, bool PlacedElsewhere, string? Note)
{
    internal static ToldAccount Of(Account account, Activity activity, Accounts accounts) => new(
        account.Source, accounts.PartyOf(account.Source), account.Quote, account.Occurred,
        account.Occurred is { } occurred ? Datings.Of(occurred, activity.Occurred) : null,
        account.Place, account.Place is { } place && IsElsewhere(place, activity.Place), account.Note);

    /// <summary>Whether two places are told otherwise, and not one of them only less fully: "Cambodia" is where "Siem Reap, Cambodia" is.</summary>
    private static bool IsElsewhere(string place, string? other)
    {
        var (one, another) = (Parts(place), Parts(other ?? ""));
        return one.Count == 0 || another.Count == 0 ? one.Count != another.Count : !one.IsSubsetOf(another) && !another.IsSubsetOf(one);

        static HashSet<string> Parts(string text) => new(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>How an account's date stands to the one chosen for the activity.</summary>
public enum Dating
{
    /// <summary>The same days.</summary>
    Same,

    /// <summary>Some of the same days: more precise.</summary>
    Within,

    /// <summary>The same days and more: less precise.</summary>
    Around,

    /// <summary>Some days of both, some of each alone.</summary>
    Overlapping,

    /// <summary>Not one day of both.</summary>
    Apart,
}

internal static class Datings
{
    public static Dating Of(FuzzyDate account, FuzzyDate activity) =>
        (account.Earliest.CompareTo(activity.Earliest), account.Latest.CompareTo(activity.Latest)) switch
        {
            (0, 0) => Dating.Same,
            _ when account.Latest < activity.Earliest || activity.Latest < account.Earliest => Dating.Apart,
            ( >= 0, <= 0) => Dating.Within,
            ( <= 0, >= 0) => Dating.Around,
            _ => Dating.Overlapping,
        };
}

/// <summary>Whose account each source is: a party's, where the source's issuer is that party's code.</summary>
internal sealed class Accounts(Agenda agenda, IReadOnlyDictionary<string, Source> sources)
{
    public string? PartyOf(string source) =>
        sources.TryGetValue(source, out var found) && agenda.HasParty(found.Issuer) ? found.Issuer : null;

    public bool IsJoint(string source) => sources.TryGetValue(source, out var found) && found.Kind is SourceKind.JointStatement;

    /// <summary>Whether it has not been withdrawn.</summary>
    public bool Stands(string source) => !sources.TryGetValue(source, out var found) || found.Withdrawal is null;

    /// <summary>Each party once, in the agenda's order.</summary>
    public ImmutableArray<string> InOrder(IEnumerable<string> parties)
    {
        var named = parties.ToHashSet(StringComparer.Ordinal);
        return [.. agenda.Parties.Select(x => x.Code).Where(named.Contains)];
    }
}
