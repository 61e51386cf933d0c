using System.Collections.Immutable;
using System.Globalization;
using Tracker.Activities;
using Tracker.Evidence;
using Tracker.Sources;

namespace Tracker.Languages;

/// <summary>
/// Every word of ours that people read: here in English. Another language is a class that derives from this one and says each anew, and a line in
/// <see cref="All"/>; what it leaves out is said in English.
/// </summary>
public partial class Language
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The language of all that is kept, sent, or read by machines.</summary>
    public static Language English { get; } = new();

    /// <summary>The languages that pages can be read in; the first where a reader's is none of them.</summary>
    public static ImmutableArray<Language> All { get; } = [English];

    /// <summary>Its tag by BCP 47.</summary>
    public virtual string Tag => "en";

    /// <summary>How numbers and days are written.</summary>
    public virtual CultureInfo Culture => British;

    /// <summary>A number as it stands in a text.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    // Days
    public virtual string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);
    public virtual string DayShort(DateOnly day) => day.ToString("d MMM yyyy", Culture);
    public virtual string DayOfYearShort(DateOnly day) => day.ToString("d MMM", Culture);
    public virtual string Month(DateOnly day) => day.ToString("MMMM yyyy", Culture);
    public virtual string MonthShort(DateOnly day) => day.ToString("MMM yyyy", Culture);
    public virtual string Year(DateOnly day) => day.ToString("yyyy", Culture);
    public virtual string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", Culture);
    public virtual string DaysOfAMonth(DateOnly first, DateOnly last) => $"{first.ToString("%d", Culture)}–{Day(last)}";
    public virtual string DaysOfAYear(DateOnly first, DateOnly last) => $"{first.ToString("d MMMM", Culture)} – {Day(last)}";
    public virtual string MonthsOfAYear(DateOnly first, DateOnly last) => $"{first.ToString("MMMM", Culture)}–{Month(last)}";
    public virtual string Years(DateOnly first, DateOnly last) => $"{Year(first)}–{Year(last)}";
    public virtual string Until(string first, string last) => $"{first} – {last}";

    // The frame
    public virtual string Product => "Tracker";
    public virtual string Tagline => "What was promised, and what has been done since";
    public virtual string SkipToContent => "Skip to content";
    public virtual string YouAreHere => "You are here";
    public virtual string Agendas => "Agendas";
    public virtual string FooterMethod =>
        "A status is never typed in. It is computed from accepted evidence by a published rule, and can be asked for as of any day.";
    public virtual string FooterApi => "API";
    public virtual string TitleOf(string page) => $"{page} · {Product}";

    // Agendas
    public virtual string AgendasIntro =>
        "Each agenda is a set of commitments between named parties, tracked from the day they were made. Has each seen concrete action since, by whom, on what evidence?";
    public virtual string FindAgenda => "Find an agenda";
    public virtual string NoAgendaOf(string words) => $"No agenda is called “{words}”.";
    public virtual string NoAgendas => "No agenda is on record yet.";
    public virtual string BaselineLine(string name, string? place, string day) =>
        string.IsNullOrEmpty(place) || place.StartsWith(name, StringComparison.Ordinal)
            ? $"{RightToLeft.Isolated(place ?? name)}, {day}"
            : $"{RightToLeft.Isolated(name)} ({RightToLeft.Isolated(place)}), {day}";

    // Boards
    public virtual string Baseline => "Baseline";
    public virtual string And => " and ";

    /// <summary>Several names as one list: "Argentina, Australia and Brazil".</summary>
    public virtual string ListOf(string[] names) => names.Length < 3 ? string.Join(And, names) : $"{string.Join(", ", names[..^1])}{And}{names[^1]}";
    public virtual string AtAGlance => "At a glance";
    public virtual string HaveSeenConcreteAction => "with concrete action";
    public virtual string Of(int all) => $"of {Number(all)}";
    public virtual string EveryCommitment => "Every commitment";
    public virtual string PartBreached(int count, bool all, bool hasEnded) =>
        $"{Number(count)} {((hasEnded, count) switch { (true, 1) => "was", (true, _) => "were", (_, 1) => "has been", _ => "have been" })} {(all ? "breached" : "undercut or breached")}";
    public virtual string PartBreachedItself(int count, bool hasEnded) => $"it {(hasEnded ? "breached" : "has breached")} {Number(count)}";
    public virtual string PartNoneFound(int count, int restraints, string? through) =>
        $"for {Number(count)} a search{through} found {(restraints == 0 ? "nothing" : restraints == count ? "no breach" : "nothing, or no breach")}";
    public virtual string PartSearchedThrough(string day, bool orLater) => $" through {day}{(orLater ? " or later" : "")}";
    public virtual string NoCommitments => "No commitment is on this board: none that was made by the day asked about is on record.";
    public virtual string NoCommitmentsAtAll => "No commitment is on record.";
    public virtual string NoCommitmentsAtAllHint => "Once one is recorded, it appears here from the day it was made.";
    public virtual string FilterByKind => "Show only";
    public virtual string AllKinds => "Everything";
    public virtual string RecordedTogether => "Recorded together";
    public virtual string ByStatus => "How many stand at each status";
    public virtual string ColumnCommitment => "Commitment";
    public virtual string ColumnStatus => "Status";
    public virtual string ColumnByParty => "By party";
    public virtual string ColumnEvidence => "How deep the evidence goes";
    public virtual string ColumnLatest => "Latest activity";
    public virtual string ColumnFlags => "Flags";
    public virtual string By(string day) => $"by {day}";
    public virtual string On(string day) => $"on {day}";
    public virtual string NoFlags => "None";
    public virtual string NoEvidence => "No evidence";
    public virtual string NoneAccepted => "No accepted evidence";
    public virtual string NothingForIt => "Nothing for it";
    public virtual string NoActivity => "None on record";
    public virtual string NoActivityInPeriod => "None in this period";
    public virtual string NoEvidenceInPeriod => "No evidence in this period";
    public virtual string TableCaption(string since, string day, string? end) =>
        end is null ? $"Status on {day}, counting what happened after {since}" : $"Status at the end of the record, {end}, counting what happened after {since}";
    public virtual string Recently(int days, string day, string status, string? searched) => $"In the {DaysCount(days)} to {day}: {status.ToLower(Culture)}{(searched is null ? "" : $", {searched}")}";
    public virtual string Pieces(int count) => count == 1 ? "1 piece of evidence" : $"{Number(count)} pieces of evidence";
    public virtual string Undercutting(int count) => count == 1 ? "1 piece undercuts it" : $"{Number(count)} pieces undercut it";
    public virtual string UndercuttingTo(int count, string depth) => $"{Undercutting(count)}: {depth}";
    public virtual string BarIs(string depth) => $"Bar: {depth}";
    public virtual string AllSearchedThrough(string day) => $"each searched at least through {day}";
    public virtual string SearchedThrough(string day) => $"searched through {day}";

    /// <summary>That the record is silent about the time after it ends.</summary>
    public virtual string RecordEnds(string end) => $"This record reaches {end} and says nothing of what happened later.";

    /// <summary>That it was, as known at an earlier position: it may reach further now.</summary>
    public virtual string RecordEndedThen(string end) => $"This record then reached {end} and said nothing of what happened later.";

    public virtual string DayBeyondRecord(string day, string end) => $"{day} (record to {end})";
    public virtual string BeyondTheRecord(string day) => $"{day}, beyond the record";
    public virtual string RecordEndsShort(string day, bool then) => $"{(then ? "Then ended" : "Record ends")} {day}";
    public virtual string RecordEndsHere(string day, bool then) => $"{day}, where the record {(then ? "then ended" : "ends")}";
    public virtual string TwoClocks(string day) => $"{day}: as first recorded, and as known now";
    public virtual string KnownAtFirst(string covered) => $"As known from the first recording, which reached {covered}";
    public virtual string KnownOfItNow(string day) => $"Of the time to {day}, as known now";
    public virtual string SeeToday => "Show today anyway, beyond the record";
    public virtual string DayToCome(string day) => $"{day} has not come yet: this is what the record would say then if nothing more were recorded.";
    public virtual string NothingNewThroughToday => "State that nothing new was found through today";
    public virtual string StateCoverageIntro => "Say through which day all that you found is on record. Name the places where you looked.";
    public virtual string CoveredThroughLabel => "All that was found is on record through";
    public virtual string WithdrawCoverage => "Withdraw a statement of coverage";
    public virtual string WithdrawCoverageIntro => "The statement stays in the history and no longer counts. Flags that rest on it may go.";
    public virtual string HowFarItReaches => "How far the record reaches";
    public virtual string StatementWithdrawn(string day) => $"The statement that all that was found through {day} is on record was withdrawn.";

    public virtual string StatedThrough(string day, string? places) => $"All that was found through {day} is stated to be on record.{(places is null ? "" : $" Places searched: {places}.")}";
    public virtual string NothingStated => "Nobody has stated it: it is taken to reach its latest activity or search.";
    public virtual string SeeTheEnd(string end) => $"See the board as of {end}";
    public virtual string RecordEndsTitle => "The record ends here.";
    public virtual string RecordEndedThenTitle(string end, long position) => $"The record then ended on {end}, {AsKnownAtPosition(position)}.";

    // Asking for another board
    public virtual string AskTitle => "Ask for another day";
    public virtual string AskValidAt => "As of";
    public virtual string AskSince => "Counted since";
    public virtual string AskShow => "Show";
    public virtual string SinceOption(string name, string day) => $"{RightToLeft.Isolated(name)}, {day}";
    public virtual string KnownThen(long position, string instant) =>
        $"This is what was known at position {Number(position)}, recorded {instant}. Later recordings and corrections are not in it.";
    public virtual string KnownNow => "See what is known now";

    public virtual string AskKnownAt => "As known at";
    public virtual string AskKnownNow => "now, or a day";
    public virtual string AskKnownAtMeans => "A day, a time in UTC such as 2026-11-24 09:30, or a position";
    public virtual string AskCompare => "Compare with";
    public virtual string CourseCaption(bool byParty) => $"Where {(byParty ? "each party stood on each commitment" : "the commitments stood")}, day by day. Move the slider to see another day.";
    public virtual string CourseKey => "Colours of the statuses shown";
    public virtual string SliderLabel => "As of which day";
    public virtual string Today => "Today";
    public virtual string Play => "Play";
    public virtual string Pause => "Pause";

    // What of a board is on the screen
    public virtual string NarrowStatus => "Only";
    public virtual string NarrowStatusOfCommitments => "Only commitments";
    public virtual string EitherOf(IReadOnlyList<string> words) => string.Join(" or ", words.Select((x, i) => i == 0 ? x : x.ToLower(Culture)));
    public virtual string NarrowParty => "Made by";
    public virtual string NarrowTag => "Filed under";
    public virtual string AllOfThem => "All";
    public virtual string Order => "In order of";
    public virtual string OrderBy(string order) => order switch
    {
        "title" => "Title",
        "latest" => "Latest activity",
        "depth" => "Depth of evidence",
        "tag" => "Tag",
        _ => "Status",
    };
    public virtual string OrderByParty(string party) => $"Status for {party}";
    public virtual string NothingMatches => "No commitment on this board is of that kind.";
    public virtual string ShowAll(int all) => $"Show all {Number(all)}";
    public virtual string SomeOf(int shown, int all) => $"{Number(shown)} of {Number(all)} shown.";
    public virtual string NoCommitmentsHint => "A commitment appears from the day it was made.";
    public virtual string PartsOf(string list) => $"Parts of the list: {list}";
    public virtual string Previous => "← Before";
    public virtual string Next => "Next →";
    public virtual string PageOf(int page, int pages) => $"Part {Number(page)} of {Number(pages)}";

    // Beside another day
    public virtual string ComparedWith(string day) => $"Compared with {day}.";
    public virtual string Differences(int count) => count switch
    {
        0 => "Nothing on this board was different then.",
        1 => "One commitment was different then, in its status, evidence, latest activity or flags; what differs is marked.",
        _ => $"{Number(count)} commitments were different then, in their status, evidence, latest activity or flags; what differs is marked.",
    };
    public virtual string OnlyThen(int count) => count == 1 ? "One commitment is only on that board; it is listed below." : $"{Number(count)} commitments are only on that board; they are listed below.";
    public virtual string OnlyOn(string day) => $"Only on the board of {day}";
    public virtual string NotMadeBy(string day, string madeOn) => $"Made on {madeOn}, so not yet on the board of {day}.";
    public virtual string WasLatest(string when) => $"was: {when}";
    public virtual string RecentlyWas(int days, string day, string status, string? searched) => $"was, in the {DaysCount(days)} to {day}: {status.ToLower(Culture)}{(searched is null ? "" : $", {searched}")}";
    public virtual string LastReport => "The last report";
    public virtual string CompareWithReport(string day) => $"Compare with the last report, as of {day}";
    public virtual string CompareNoMore => "Stop comparing";
    public virtual string Was(string status) => $"was: {status.ToLower(Culture)}";
    public virtual string WasNotThere => "was not on the board";

    // Live
    public virtual string LiveOn => "This page refreshes itself";
    public virtual string LiveLost => "The connection is lost. Trying again…";
    public virtual string LiveBack => "Connected again, and up to date";
    public virtual string Loading => "Fetching…";
    public virtual string NotNow => "That could not be fetched just now. What you see is as it was.";

    // History
    public virtual string HistoryIntro => "Every recording that concerns it, in order. A correction stands beside what it corrects; only a text that was taken out is overwritten, by a mark with the reason.";
    public virtual string WholeHistory => "There is more: the whole history, as JSON";
    public virtual string RecordedBy(string principal) => $"Recorded by {principal}";

    // What changed
    public virtual string Changes => "Changes";
    public virtual string ChangesIntro => "What moved, what was corrected and what was withdrawn, the newest first. Each is told once, and never taken back.";
    public virtual string ChangesNotTold => "What is recorded late and moves an earlier day only, and not where a commitment stands on the day of the recording, is not listed here: the timeline, and the board of that day, show it.";
    public virtual string ChangesOf(string agenda) => $"Changes · {agenda}";
    public virtual string NewestFirst => "The newest first";
    public virtual string NoChanges => "Nothing has changed yet.";
    public virtual string RecordedOn(string day) => $"Recorded {day}";
    public virtual string KnownLater => "recorded later than it happened";
    public virtual string AfterCodebook => "after the codebook was corrected";
    public virtual string CountsFrom(string recorded, string? day, bool isCorrected) =>
        day is null ? $"{RecordedOn(recorded)}." : isCorrected ? $"{RecordedOn(recorded)}; so, as the record now stands, from {day}." : $"{RecordedOn(recorded)}; counts from {day}.";
    public virtual string ChangedFromTo(string member, string? was, string? now) =>
        was is null && now is null ? $"{member}: {ChangedInParts}." : $"{member}: {was ?? Nothing} → {now ?? Nothing}.";
    public virtual string TheCommitment => "The commitment";
    public virtual string TheBoardThen(long position) => $"The board as of position {Number(position)}";
    public virtual string Newest => "← The newest";
    public virtual string Earlier => "Earlier →";
    public virtual string StatusChanged => "Status changed";
    public virtual string Corrected => "Corrected";
    public virtual string BecameOverdue => "Became overdue";
    public virtual string BecameStale => "Became stale";
    public virtual string NoLongerOverdue => "No longer overdue";
    public virtual string NoLongerStale => "No longer stale";
    public virtual string Covered => "Record extended to a later day";
    public virtual string BecameUncovered => "Record no longer current";
    public virtual string AsOfPosition(long position, string instant) => $"As of position {Number(position)}, recorded {instant}.";

    // What it rests on
    public virtual string RestsOn => "What it rests on";
    public virtual string RestsIntro => "Enough to ask for exactly this again, and to check it.";
    public virtual string Position => "Position";
    public virtual string PositionMeans(long position) => $"{(position == 1 ? "recording" : "recordings")} of this agenda taken into account";
    public virtual string KnownAt => "Known at";
    public virtual string ValidAt => "As of";
    public virtual string CountedSince => "Counted since";
    public virtual string Rule => "Rule";
    public virtual string Bar => "Bar";
    public virtual string StaleAfter => "Stale after";
    public virtual string CurrentFor => "Current for";
    public virtual string ReviewPolicy => "Review";
    public virtual string ReviewSecond => "Evidence counts when someone other than its coder accepts it, or an imported file says that someone did";
    public virtual string ReviewNone => "Evidence counts as coded";
    public virtual string AsJson => "This, as JSON";
    public virtual string AsCsv => "This, as CSV";
    public virtual string Permalink => "A link to exactly this, for ever";
    public virtual string BarMeans(string depth) => $"{depth} or deeper is concrete, unless a commitment says otherwise";
    public virtual string DaysCount(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    // The key
    public virtual string HowToRead => "How to read this";
    public virtual string KeyStatuses => "The statuses";
    public virtual string KeyLadder => "The depth ladder";
    public virtual string KeyLadderIntro => "How far [evidence](evidence) goes, its [depth](depth). Filled steps are reached; the mark below a step is [the bar](bar), from which action is concrete.";
    public virtual string KeyRestraint =>
        "For a promise not to do something, “none found” reads “no breach found” and “undercut” reads “breached”.";

    // Statuses
    public virtual string Reversed => "Reversed";
    public virtual string Delivered => "Delivered";
    public virtual string Contested => "Contested";
    public virtual string ConcreteAction => "Concrete action";
    public virtual string Undercut => "Undercut";
    public virtual string Partial => "Partial";
    public virtual string DialogueOnly => "Dialogue only";
    public virtual string WordsOnly => "Words only";
    public virtual string NoneFound => "None found";
    public virtual string NotYetRated => "Not yet rated";
    public virtual string NoBreachFound => "No breach found";
    public virtual string Breached => "Breached";
    public virtual string NotOnTheBoard => "Not on the board";

    public virtual string ReversedMeans => "It was delivered; later it was taken back, or another’s act went against it.";
    public virtual string DeliveredMeans => "What was promised exists, and nothing later took it back.";
    public virtual string ContestedMeans => "Concrete action both for it and against it.";
    public virtual string ConcreteActionMeans => "Concrete action for it, none against it.";
    public virtual string UndercutMeans => "Action against it, and nothing concrete for it.";
    public virtual string PartialMeans => "As deep as a mechanism, but short of the bar or decided before.";
    public virtual string DialogueOnlyMeans => "The parties were in contact about it, no more.";
    public virtual string WordsOnlyMeans => "It was spoken of, no more.";
    public virtual string NoneFoundMeans => "Someone looked, through the day named, and found nothing.";
    public virtual string NotYetRatedMeans => "Nothing accepted is sure to fall in the period, and no search that ends within it is on record.";

    // Why
    public virtual string BecauseReversed => "What was promised was delivered, and something later than every step towards it went against it.";

    /// <summary>Of a commitment of more than two parties, who delivered, and whose delivery stands.</summary>
    /// <param name="by">How many of its parties delivered.</param>
    /// <param name="standing">How many of these deliveries nothing took back later.</param>
    /// <param name="takenBack">How many of these parties took it back later.</param>
    public virtual string DeliveredByParties(int by, int standing, int takenBack, int all)
    {
        var delivered = $"What was promised was delivered by {OfItsParties(by, all)}";
        return takenBack == 0
            ? $"{delivered}{(standing < by ? "" : by == 1 ? ", whose delivery stands" : ", whose deliveries stand")}"
            : $"{delivered}, {(by == 1 ? "" : takenBack == by ? "all of " : takenBack == 1 ? "one of " : $"{Number(takenBack)} of ")}which later took it back";
    }

    /// <inheritdoc cref="DeliveredByParties"/>
    public virtual string BecauseReversedOfMany(int by, int standing, int takenBack, int all) => by == 0 ? BecauseReversed
        : takenBack > 0 ? $"{DeliveredByParties(by, standing, takenBack, all)}."
        : $"What was promised was delivered by {OfItsParties(by, all)}{(standing < by ? "" : $", {(by == 1 ? "which did not take it back" : by == 2 ? "neither of which took it back" : "none of which took it back")}")}; a later act of another went against it.";

    /// <inheritdoc cref="DeliveredByParties"/>
    public virtual string BecauseDeliveredBySome(int by, int standing, int takenBack, int all) => $"{DeliveredByParties(by, standing, takenBack, all)}.";

    /// <summary>How many of a commitment's parties, none left out: "all 20 of its parties", "one of its 20 parties".</summary>
    public virtual string OfItsParties(int count, int all) => count == all ? $"all {Number(all)} of its parties" : $"{(count == 1 ? "one" : Number(count))} of its {Number(all)} parties";
    public virtual string BecauseDelivered => "What was promised exists, and no accepted evidence dated later within this period takes it back.";
    public virtual string BecauseContested(int forIt, int against, string bar) =>
        $"At or above the bar ({bar}), {Number(forIt)} {(forIt == 1 ? "piece" : "pieces")} of evidence {(forIt == 1 ? "advances" : "advance")} it and {Number(against)} {(against == 1 ? "undercuts" : "undercut")} it.";
    public virtual string BecauseConcreteAction(int forIt, string bar) =>
        $"{(forIt == 1 ? "One piece of evidence advances" : $"{Number(forIt)} pieces of evidence advance")} it at or above the bar ({bar}), and none dated within this period undercuts it at that depth.";
    public virtual string BecauseUndercut(int against, string bar) =>
        $"{(against == 1 ? "One piece of evidence goes" : $"{Number(against)} pieces of evidence go")} against it at or above the bar ({bar}), and none dated within this period advances it at that depth.";
    public virtual string BecauseContactUndercut => "Contact about it was refused or went against it, and no accepted evidence dated within this period speaks for it beyond words.";
    public virtual string BecauseUndercutBelowBar(string bar) =>
        $"More than words goes against it, short of the bar ({bar}), and no accepted evidence dated within this period speaks for it beyond words.";
    public virtual string BecausePartial(string bar) =>
        $"Something as deep as a mechanism is on record, but it falls short of the bar ({bar}), or only repeats or completes what was decided before.";
    public virtual string BecauseDialogueOnly(string bar) => $"The parties were in contact about it, and no accepted evidence dated within this period reaches the bar ({bar}).";
    public virtual string BecauseDialogueOfMany(int by, int all, string bar) => $"{InContact(by, all)}, and no accepted evidence dated within this period reaches the bar ({bar}).";
    public virtual string BecauseDialogueOfManyRepeats(int by, int all) => $"{InContact(by, all)}, which only repeats or completes what was decided before.";
    public virtual string InContact(int by, int all) => by == 0 ? "There was contact about it" : $"{Capital(OfItsParties(by, all))} {(by == 1 ? "was" : "were")} in contact about it";
    public virtual string BecauseDialogueRepeats => "The parties were in contact about it, which only repeats or completes what was decided before.";
    public virtual string BecauseWordsAgainst => "It was spoken against, and no accepted evidence dated within this period goes deeper than words.";
    public virtual string BecauseWordsBothWays => "It was spoken of and against, and no accepted evidence dated within this period goes deeper than words.";
    public virtual string BecauseWordsOnly => "It was spoken of, and no accepted evidence dated within this period goes deeper than words.";
    public virtual string BecauseNoneFound(string day) => $"Someone looked, through {day}, and found no action.";
    public virtual string BecauseNoBreachFound(string day) => $"Someone looked, through {day}, and found no breach.";
    public virtual string BecauseNothingFoundThrough(string day, string? otherSearch) => $"No accepted evidence dated within this period is on record through {day}; {NoSearchWithin(otherSearch, " on record")}.";
    public virtual string BecauseNotYetRated(string? otherSearch) => $"No accepted evidence dated within this period is on record, and {NoSearchWithin(otherSearch, "")}.";

    /// <param name="other">The day of a search that ends outside of the period; null where there is none at all.</param>
    public virtual string NoSearchWithin(string? other, string onRecord) =>
        other is null ? $"no search for this commitment is{onRecord}" : $"no search that ends within it is{onRecord} (one reaches {other})";
    public virtual string BecauseTooImprecise(int count, string? dates) =>
        $"{(count == 1 ? "One accepted piece of evidence" : $"{Number(count)} accepted pieces of evidence")}{(string.IsNullOrEmpty(dates) ? "" : $" ({dates})")} {(count == 1 ? "is" : "are")} too imprecise to be sure that {(count == 1 ? "it falls" : "they fall")} in this period.";
    public virtual string BecauseRecordEndsBefore(string end, string after) => $"Nothing can be said: the record ends on {end}, and only what came after {(end == after ? "that day" : after)} counts.";
    public virtual string BecauseDeliveredBefore(string from, string day) => $"Before {from} it was delivered, by {day}; that does not count here.";
    public virtual string TooImprecise(int count) => $"{Number(count)} accepted {(count == 1 ? "piece" : "pieces")} too imprecise to count";
    public virtual string NotCovered(string end) => $"not covered: the record ends on {end}";

    /// <summary>In the place of a fraction where there is nothing to count.</summary>
    public virtual string NoCount => "–";
    public virtual string BecauseNothingCanHaveHappened(string day) => $"As of {day} there is nothing to rate yet: only what comes after the day counted from is a follow-up.";

    // Why, of one party: what it did itself, of what may have been done by several
    public virtual string OwnReversed => "Its own action delivered what was promised, and a later act of its own went against it.";
    public virtual string OwnDelivered => "Its own action delivered what was promised, and no accepted evidence of its own action dated later within this period takes it back.";
    public virtual string OwnContested(int forIt, int against, string bar) =>
        $"At or above the bar ({bar}), {Number(forIt)} {(forIt == 1 ? "piece" : "pieces")} of evidence of its own action {(forIt == 1 ? "advances" : "advance")} it and {Number(against)} {(against == 1 ? "undercuts" : "undercut")} it.";
    public virtual string OwnConcreteAction(int forIt, string bar) =>
        $"{(forIt == 1 ? "One piece of evidence of its own action advances" : $"{Number(forIt)} pieces of evidence of its own action advance")} it at or above the bar ({bar}), and none dated within this period undercuts it at that depth.";
    public virtual string OwnUndercut(int against, string bar) =>
        $"{(against == 1 ? "One piece of evidence of its own action goes" : $"{Number(against)} pieces of evidence of its own action go")} against it at or above the bar ({bar}), and none dated within this period advances it at that depth.";
    public virtual string OwnContactUndercut =>
        "By its own action, contact about it was refused or went against it, and no accepted evidence of its own action dated within this period speaks for it beyond words.";
    public virtual string OwnUndercutBelowBar(string bar) =>
        $"Its own action goes against it by more than words, short of the bar ({bar}), and no accepted evidence of its own action dated within this period speaks for it beyond words.";
    public virtual string OwnPartial(string bar) =>
        $"Its own action went as deep as a mechanism, but falls short of the bar ({bar}), or only repeats or completes what was decided before.";
    public virtual string OwnDialogueOnly(string bar) => $"This party was in contact about it, and no accepted evidence of its own action dated within this period reaches the bar ({bar}).";
    public virtual string OwnDialogueRepeats => "This party was in contact about it, which only repeats or completes what was decided before.";
    public virtual string OwnWordsOnly => "This party spoke of it, and no accepted evidence of its own action dated within this period goes deeper than words.";
    public virtual string OwnNoneFound(string day) => $"Someone looked, through {day}, and no action of this party was found.";
    public virtual string OwnNoBreachFound(string day) => $"Someone looked, through {day}, and no breach by this party was found.";
    public virtual string OwnNothingFoundThrough(string day, string? otherSearch) => $"No accepted evidence of its own action dated within this period is on record through {day}; {NoSearchWithin(otherSearch, " on record")}.";
    public virtual string OwnNotYetRated(string? otherSearch) => $"No accepted evidence of its own action dated within this period is on record, and {NoSearchWithin(otherSearch, "")}.";

    public virtual string Weighed(string after, string through) => $"Weighed: accepted evidence dated after {after}, through {through}.";
    public virtual string NothingWeighed(string after) => $"Evidence counts from the day after {after}.";
    public virtual string LeftOutForDates(int count) => count == 1
        ? "One piece is left out only because its date is too imprecise to be sure that it falls in this period."
        : $"{Number(count)} pieces are left out only because their dates are too imprecise to be sure that they fall in this period.";
    public virtual string NotOnTheBoardYet(string day) => $"This commitment was made on {day}, after the day asked about.";

    // Flags
    public virtual string Overdue => "Overdue";
    public virtual string Late => "Late";
    public virtual string Stale => "Stale";
    public virtual string OverdueSince(string due) => $"{Overdue}: due {due}";
    public virtual string LateSince(string due) => $"{Late}: due {due}";
    public virtual string StaleSince(string day, string to, int days, bool isSure) => $"{Stale}: {Advance(isSure)} after {day}, through {to} ({DaysCount(days)})";

    /// <summary>The same of what nothing has advanced: the first day is the one that is counted from.</summary>
    public virtual string StaleFrom(string since, string to, int days, bool isSure) => $"{Stale}: {Advance(isSure)} from {since} to {to} ({DaysCount(days)})";

    /// <param name="isSure">Whether nothing was left out for its dates that may be one.</param>
    private static string Advance(bool isSure) => isSure ? "no advance" : "no surely dated advance";
    public virtual string Pending(int count) => $"{Number(count)} pending review";
    public virtual string OverdueMeans => "The due date has passed, and it does not stand delivered.";
    public virtual string OverdueCountedMeans(string from) => $"The due date has passed, and nothing that came after {from} delivered it.";
    public virtual string FlagCounted(string flag, string from) => $"{flag}, counting only what came after {from}";
    public virtual string FlagDeliveredBefore(string flag, string day) => $"{flag}; delivered before that, by {day}";
    public virtual string FlagUnchecked(string flag, string end) => $"{flag}; the record ends on {end}, and nobody checked later";
    public virtual string OverdueReversedMeans => "The due date has passed. It was delivered, and a later act went against it.";
    public virtual string LateMeans(bool isSure) => isSure ? "It was delivered after its due date." : "It may have been delivered after its due date: no delivery on record is sure to have come by then.";
    public virtual string StaleMeans(int days) => $"No evidence dated by then had advanced it for more than {DaysCount(days)}.";
    public virtual string PendingMeans => "Evidence waits for a reviewer, and does not count yet.";

    // Depths and directions
    public virtual string DepthWords => "Words";
    public virtual string DepthContact => "Contact";
    public virtual string DepthMechanism => "Mechanism";
    public virtual string DepthMeasure => "Measure";
    public virtual string DepthDelivered => "Delivered";
    public virtual string DepthWordsMeans => "a statement, an article, a repeated phrase";
    public virtual string DepthContactMeans => "the parties met, called, visited";
    public virtual string DepthMechanismMeans => "a body, channel, schedule or budget newly in place";
    public virtual string DepthMeasureMeans => "an agreed text, law or rule in force, or a deed done";
    public virtual string DepthDeliveredMeans => "what was promised exists, and that is verified";
    public virtual string Advances => "Advances it";
    public virtual string Reaffirms => "Reaffirms it";
    public virtual string Undercuts => "Undercuts it";

    // One commitment
    public virtual string TypeDeliverable => "Deliverable: done once";
    public virtual string TypeContinuing => "Continuing: needs fresh evidence";
    public virtual string TypeRestraint => "Restraint: a promise not to";
    public virtual string TypeDeliverableShort => "Deliverable";
    public virtual string TypeContinuingShort => "Continuing";
    public virtual string TypeRestraintShort => "Restraint";
    public virtual string TheStatus => "Where it stands";
    public virtual string Wordings => "What each side said";
    public virtual string WordingsIntro => "Each side’s own words, as published. Where no wording of a side is on record, that is shown too.";
    public virtual string NoWording => "No wording of this side is on record.";
    public virtual string Translation => "Translation";
    public virtual string Note => "Note";
    public virtual string WhatWouldCount => "What would count";
    public virtual string NoCriteria => "Not written down yet.";
    public virtual string MadeOn => "Made on";
    public virtual string DueOn => "Due";
    public virtual string Type => "Type";
    public virtual string PerParty => "What each party did";
    public virtual string PerPartyIntro => "The same rule over only the evidence of each party’s own action; searches count for all.";
    public virtual string Evidence => "Evidence";
    public virtual string EvidenceIntro => "In the order in which it happened. Each piece is one coder’s judgement of what an [activity](activity) did for this commitment: its [depth](depth) and its [direction](direction).";
    public virtual string ReviewStated(bool accepted) => $"{(accepted ? "accepted" : "rejected")} elsewhere, as the imported file says";

    /// <summary>How much accepted evidence nobody reviewed here.</summary>
    /// <param name="isOfWindow">Whether that is of what lies in the window, or of all on the commitments shown.</param>
    public virtual string ReviewsStated(int stated, int all, bool isOfWindow)
    {
        var (pieces, where) = (all == 1 ? "piece of accepted evidence" : "pieces of accepted evidence", isOfWindow ? "in the window" : "on these commitments");
        var who = stated < all ? $"{Number(stated)} of the {Number(all)} {pieces} {where} {(stated == 1 ? "was" : "were")}"
            : all == 1 ? $"The one {pieces} {where} was" : $"All {Number(all)} {pieces} {where} were";
        return $"{who} accepted elsewhere, as the imported file says; {(stated == 1 ? "its" : "their")} acceptance was not reviewed here.";
    }

    public virtual string NoAcceptedEvidence(int pending) => $"No accepted evidence; {AwaitingReview(pending)}.";
    public virtual string NoAcceptedEvidenceOfItsOwn => "No accepted evidence of its own action is dated within this period.";
    public virtual string AwaitReview(int pending) => $"Beside these, {AwaitingReview(pending)}.";
    public virtual string AwaitingReview(int pending) => $"{Number(pending)} {(pending == 1 ? "piece awaits" : "pieces await")} review";
    public virtual string NoEvidenceAtAll => "No accepted evidence is on record for this commitment.";
    public virtual string ActionOf => "Whose action";
    public virtual string Nobody => "Nobody’s";
    public virtual string Coder => "Coded by";
    public virtual string Reviewed => "Review";
    public virtual string NotReviewed => "Not reviewed";
    public virtual string AcceptedBy(string reviewer) => $"Accepted by {reviewer}";
    public virtual string RejectedBy(string reviewer) => $"Rejected by {reviewer}";
    public virtual string Citations => "Cited";
    public virtual string NoSourceCited => "No source is cited for it, and its activity has none on record.";
    public virtual string SourcesOfItsActivity => "It cites no source itself. The sources of its activity:";
    public virtual string Accounts => "What each account says";
    public virtual string Participants => "Who took part";
    public virtual string Rationale => "Why it is coded so";
    public virtual string Archive => "archived copy";
    public virtual string NoAddress => "no address on record";
    public virtual string NoneOnRecord => "None on record";
    public virtual string Searches => "Searches that found nothing";
    public virtual string SearchesIntro => "Absence of action is a finding, and a finding needs a record.";
    public virtual string SearchThrough(string day) => $"Searched through {day}";
    public virtual string SearchBesideEvidence => "The record also holds evidence that counts from the days searched.";
    public virtual string SearchInPlaces => "Where";
    public virtual string NoSearches => "No search is on record for this commitment.";
    public virtual string BackToBoard => "Back to the board";

    public virtual string StandsConcrete => "Counts as concrete";
    public virtual string StandsUndercutting => "Counts against it";
    public virtual string StandsBelowTheBar => "Counts, not as concrete";
    public virtual string StandsAwaitsReview => "Awaits review, does not count yet";
    public virtual string StandsRejected => "Rejected, does not count";
    public virtual string StandsRetracted => "Retracted, does not count";
    public virtual string StandsActivityWithdrawn => "Its activity is withdrawn, does not count";
    public virtual string StandsBeforeThePeriod => "Before the period, does not count";
    public virtual string StandsNotOnTheBoard => "Its commitment is not on this board, so it does not count";
    public virtual string StandsAfterThePeriod => "After the day asked about, does not count";
    public virtual string StandsOverAnEdge => "Its date is too imprecise to be sure that it falls in the period, so it does not count";

    public virtual string KindOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Meeting => "Meeting",
        ActivityKind.Call => "Call",
        ActivityKind.Visit => "Visit",
        ActivityKind.Statement => "Statement",
        ActivityKind.Publication => "Publication",
        ActivityKind.Agreement => "Agreement",
        ActivityKind.Body => "Body",
        ActivityKind.Measure => "Measure",
        ActivityKind.Suspension => "Suspension",
        ActivityKind.Incident => "Incident",
        ActivityKind.Postponement => "Postponement",
        ActivityKind.Refusal => "Refusal",
        ActivityKind.Appointment => "Appointment",
        _ => "Other",
    };

    public virtual string TierOf(SourceTier tier) => tier switch
    {
        SourceTier.Official => "official",
        SourceTier.Readout => "readout",
        SourceTier.Press => "press",
        _ => "analysis",
    };

    // Views of an agenda
    public virtual string ViewsLabel => "This agenda as";
    public virtual string BoardView => "Board";
    public virtual string Timeline => "Timeline";
    public virtual string Divergence => "Divergence";

    // Timelines
    public virtual string TimelineOf(string agenda) => $"{agenda}: timeline";
    public virtual string TimelineIntro =>
        "Where each commitment stood from which day on, and the evidence on its dates: what speaks for it above the line, what undercuts it below. The deeper it goes, the further from the line.";
    public virtual string Lanes => "The commitments over time";
    public virtual string LaneLabel(string commitment) => $"{commitment}: where it stood, and the evidence";
    public virtual string SpanLine(string status, string from, string through, string? qualifier) =>
        $"{status}{(qualifier is null ? "" : $" ({qualifier})")}: {(from == through ? from : $"{from} to {through}")}";
    public virtual string SearchedTo(string day) => $"to {day}";
    public virtual string OverdueSpan(string from, string through) => $"Overdue: {(from == through ? from : $"{from} to {through}")}";
    public virtual string OverdueStill(string from, string through, bool isReach) => $"Overdue: {StillSince(from, through, isReach)}";
    public virtual string StaleSpan(string from, string through) => $"Stale: {(from == through ? from : $"{from} to {through}")}";
    public virtual string StaleStill(string from, string through, bool isReach) => $"Stale: {StillSince(from, through, isReach)}";
    private static string StillSince(string from, string through, bool isReach) => $"since {from} (judged to {through}{(isReach ? ", the day the record reaches" : "")})";
    public virtual string MarkLine(string days, string title, string depth, string direction, string parties, bool counts) =>
        $"{days}: {title}. {MarkJudged(depth, direction, parties, counts)}";
    public virtual string MarkJudged(string depth, string direction, string parties, bool counts) =>
        $"{depth}, {direction.ToLower(Culture)}{(parties.Length == 0 ? "" : $"; by {parties}")}.{(counts ? "" : " Does not count: its date is too imprecise to be sure that it falls in the period.")}";
    public virtual string InWords(int pieces) => pieces switch { 0 => "In words: no evidence", 1 => "In words: 1 piece of evidence", _ => $"In words: {Number(pieces)} pieces of evidence" };
    public virtual string AllPieces(int pieces) => $"All {Number(pieces)} pieces of evidence";
    public virtual string AndMore(int more) => $"and {Number(more)} more";
    public virtual string KeyShapes => "How deep";
    public virtual string KeyHeights => "The deeper, the further from the line. The dotted line is the bar: from it on, action is concrete.";
    public virtual string KeyDirections => "Which way, and when";
    public virtual string AdvancesMeans => "new, and moves it on; filled";
    public virtual string ReaffirmsMeans => "repeats it, or completes what was decided before; hollow";
    public virtual string UndercutsMeans => "contradicts it, withholds it or takes it back; below the line";
    public virtual string KeyApart => "Too imprecise";
    public virtual string KeyApartMeans => "not sure to fall in the period: it does not count";
    public virtual string KeyDates => "Not to the day";
    public virtual string KeyDatesMeans => "the bar covers the days it can have been; it counts from the last";
    public virtual string KeySearch => "Searched";
    public virtual string KeySearchMeans => "someone looked through this day, and found nothing; the band is hatched to it, and blank after it";

    // Divergence
    public virtual string DivergenceOf(string agenda) => $"{agenda}: what each side says";
    public virtual string DivergenceIntro => "Accounts of one meeting rarely agree. What each side’s own account contains, as far as it is on record.";
    public virtual string InEverySidesWords(bool isJoint) => isJoint ? "in the words of every party, or in a joint statement" : "in the words of every party";
    public virtual string DivergenceSentence(int all, int shared, int alone, int oneSided, (string Party, int Count)[] only, bool isJoint)
    {
        if (all == 0) return NoCommitments;
        var sides = only.Length == 0 ? "" : $" ({string.Join(", ", only.Select(x => $"{x.Party} {Number(x.Count)}"))})";
        return $"{Number(shared)} of {Number(all)} {(all == 1 ? "commitment is" : "commitments are")} on record {InEverySidesWords(isJoint)}; {(alone == 0 ? "" : $"{Number(alone)} {(alone == 1 ? "is" : "are")} {WordedAlonePart}; ")}{Number(oneSided)} {(oneSided == 1 ? "is" : "are")} known in one side’s words alone{sides}.";
    }

    public virtual string WordedAlonePart => "in the words of the one party that made it";
    public virtual string WordedAlone(string party) => $"In the words of the one party that made it: {party}.";
    public virtual string PartPartly => "in the words of some";
    public virtual string PartOnly(string party) => $"{party} only";
    public virtual string PartUnworded => "in nobody’s words";
    public virtual string WordedByAll => "In the words of every party that made it.";
    public virtual string WordedJointly => "In a joint statement.";
    public virtual string WordedOnlyBy(string party) => $"On record in one side’s words only: {party}.";
    public virtual string WordedByNone => "No party’s own wording is on record.";
    public virtual string WordedBySome(string worded) => $"On record in the words of {worded}, not of all that made it.";
    public virtual string KnownFromAnother(string party) => $"Known from another account: {party}.";
    public virtual string KnownFromAThird => "Known from a third party’s account.";
    public virtual string AccountsDiffer => "Where accounts of what happened differ";
    public virtual string AccountsDifferIntro =>
        "Activities that accounts date or place otherwise than is recorded here, or more or less precisely; that two sides put in their own words; or of which only one party’s own account is on record although another took part.";
    public virtual string NoAccountsDiffer => "No such activity is on record.";
    public virtual string ChosenHere => "Recorded here as";
    public virtual string DifferIn(string[] what) => $"Its accounts differ from each other, or from what is recorded here, in {ListOf(what)}.";

    public virtual string DiffersInDate => "date";
    public virtual string DiffersInPrecision => "how precisely they date it";
    public virtual string DiffersInPlace => "place";
    public virtual string DiffersInWording => "wording";
    public virtual string DatedTheSame => "the same";
    public virtual string DatedMorePrecisely => "more precise";
    public virtual string DatedLessPrecisely => "less precise";
    public virtual string DatedOverlapping => "overlaps";
    public virtual string DatedOtherwise => "another date";
    public virtual string ToldOnlyBy(string party, string silent) => $"Of the parties, only {party} has an account of its own on record here; what others report {silent} to have said is not counted.";
    public virtual string PlacedOtherwise => "placed otherwise";
    public virtual string ThirdParty => "A third party";

    // One activity, one source
    public virtual string OfNoParty => "Of no party";
    public virtual string WhatItDid => "What it did";
    public virtual string WhatItDidIntro(string day) => $"For each commitment it bears on, and where that stands as of {day}.";
    public virtual string BearsOnNothing => "It is not evidence on any commitment.";
    public virtual string SourcesOfIt => "Sources";
    public virtual string NoSources => "No source is on record.";
    public virtual string WhatRestsOnIt => "what rests on it";
    public virtual string HowRecorded => "How this entry changed";
    public virtual string FirstRecorded => "Recorded";
    public virtual string Correction => "Correction";
    public virtual string Withdrawal => "Withdrawal";
    public virtual string PartyFrom(string name, string joined) => $"{name} ({MemberFrom(joined)})";
    public virtual string PartyTo(string name, string left) => $"{name} ({MemberTo(left)})";
    public virtual string PartyFromTo(string name, string joined, string left) => $"{name} ({MemberFromTo(joined, left)})";
    public virtual string MemberFrom(string joined) => $"joined {joined}";
    public virtual string MemberTo(string left) => $"left {left}";
    public virtual string MemberFromTo(string joined, string left) => $"joined {joined}, left {left}";
    public virtual string Reinstatement => "Reinstatement";
    public virtual string Retraction => "Retraction";
    public virtual string SearchWithdrawn => "This search was withdrawn, and says nothing about the commitment any more.";
    public virtual string WithdrawnCommitmentMeans => "It is on no board any more.";
    public virtual string Retracted => "Retracted";
    public virtual string Withdrawn => "Withdrawn";
    public virtual string Reinstated => "Reinstated";
    public virtual string ReasonGiven => "Reason given:";
    public virtual string WithdrawnBecause(string reason) => $"{ReasonGiven} {Ended(reason)}";

    /// <summary>What somebody wrote, ended as a sentence is: where it ends within quotation marks or brackets, no second stop is put behind them.</summary>
    public virtual string Ended(string text) => text.TrimEnd(' ', '”', '"', ')') is [.., '.' or '!' or '?' or '…' or '。'] ? text : text + ".";

    public virtual string WithdrawnOn(string day, string reason) => $"Withdrawn from the record on {day}: {Ended(reason)}";
    public virtual string WithdrawnTitle(string title) => $"Withdrawn: {title}";
    public virtual string AcceptedOfWithdrawn => "Accepted; its activity was withdrawn, so it does not count.";
    public virtual string WithdrawnActivityMeans => "Evidence that rests on it counts no more.";
    public virtual string AsKnownAtPosition(long position) => $"as known at position {Number(position)}";
    public virtual string ChangedInParts => "changed";
    public virtual string Nothing => "nothing";
    public virtual string WhoseAccount => "Whose account";
    public virtual string AccountOfParty(string party) => $"A party’s own: {party}";
    public virtual string Issuer => "Issuer";
    public virtual string Publisher => "Publisher";
    public virtual string PublishedOn => "Published";
    public virtual string LanguageOf => "Language";
    public virtual string NameOf(CultureInfo language) => language.EnglishName;
    public virtual string Address => "Address";
    public virtual string Digest => "SHA-256 of the text";
    public virtual string QuotedFromIt => "Wordings quoted from it";
    public virtual string NothingQuoted => "No commitment is quoted from it.";
    public virtual string WordsOf(string party) => $"In the words of: {party}";
    public virtual string WordsOfJoint(string party) => $"In a joint statement, recorded for: {party}";
    public virtual string JointStatementOf(string issuer) => $"{SourceKindOf(SourceKind.JointStatement)} ({RightToLeft.Isolated(issuer)})";
    public virtual string RecordedFor(string party) => $"Recorded for: {party}";
    public virtual string ToldByIt => "What it tells of";
    public virtual string NothingTold => "No activity rests on it.";
    public virtual string OnlyTheFirstEvidence(int most) => $"There is more evidence of this activity than is shown: the first {Number(most)} pieces in the order of their names.";
    public virtual string OnlyTheFirst(int most) => $"More rests on this source than is shown: of each list, the first {Number(most)} in the order of their names.";
    public virtual string CitedFor => "Evidence that cites it";
    public virtual string NothingCites => "No evidence cites it.";

    public virtual string FieldOf(string member) => member switch
    {
        "kind" => "Kind",
        "tier" => "Tier",
        "title" => "Title",
        "occurred" => "Date",
        "summary" => "Summary",
        "place" => "Place",
        "participants" => Participants,
        "sources" => SourcesOfIt,
        "accounts" => Accounts,
        "tags" => "Tags",
        "issuer" => Issuer,
        "publisher" => Publisher,
        "url" => Address,
        "archiveUrl" => "Archived copy",
        "publishedOn" => PublishedOn,
        "language" => LanguageOf,
        "sha256" => Digest,
        "type" => Type,
        "madeOn" => MadeOn,
        "dueOn" => DueOn,
        "criteria" => WhatWouldCount,
        "bar" => Bar,
        "parties" => "Parties",
        "party" => PartyWhose,
        "source" => SourceLabel,
        "quote" => QuoteLabel,
        "translation" => Translation,
        "note" => Note,
        "depth" => DepthLabel,
        "direction" => DirectionLabel,
        "rationale" => Rationale,
        "version" => Rule,
        "staleAfterDays" => StaleAfter,
        "coverageDays" => CurrentFor,
        "review" => ReviewPolicy,
        "baseline" => Baseline,
        "name" => "Name",
        "date" => "Date",
        "citations" => Citations,
        _ => member,
    };

    public virtual string SourceKindOf(SourceKind kind) => kind switch
    {
        SourceKind.Readout => "Readout",
        SourceKind.JointStatement => "Joint statement",
        SourceKind.OfficialNotice => "Official notice",
        SourceKind.Speech => "Speech",
        SourceKind.Article => "Article",
        _ => "Dataset",
    };

    public virtual string StateOf(EvidenceState state) => state switch
    {
        EvidenceState.Proposed => "Awaits review.",
        EvidenceState.Accepted => "Accepted.",
        EvidenceState.Rejected => "Rejected.",
        _ => "Retracted.",
    };

    // Refusals
    public virtual string NotFoundTitle => "There is nothing here";
    public virtual string UnreadableTitle => "That cannot be read";
    public virtual string WrongTitle => "That cannot be asked";
    public virtual string UnavailableTitle => "Not just now";
    public virtual string BrokenTitle => "Something went wrong here";
    public virtual string NotAllowedTitle => "That is not allowed";
    public virtual string RefusedTitle => "That cannot be answered";
    public virtual string WithoutTheQuery => "The same page as of today";
    public virtual string ToAgendas => "All agendas";
    public virtual string StatusLine(int status, string code) => $"{status.ToString(Culture)} · {code}";
}
