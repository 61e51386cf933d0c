using System.Globalization;

namespace Tracker.Prose;

/// <summary>Every word of ours that a page shows, in English; another language is another of these.</summary>
public static partial class Texts
{
    /// <summary>How numbers and days are written.</summary>
    public static CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");

    public const string Language = "en";

    // The frame
    public const string Product = "Tracker";
    public const string Tagline = "What was promised, and what has been done since";
    public const string SkipToContent = "Skip to content";
    public const string YouAreHere = "You are here";
    public const string Agendas = "Agendas";
    public const string FooterMethod =
        "A status is never typed in. It is computed from reviewed evidence by a published rule, and can be asked for as of any day.";
    public const string FooterApi = "The same, for machines";
    public static string TitleOf(string page) => $"{page} · {Product}";

    // Agendas
    public const string AgendasIntro =
        "Each agenda is a set of commitments between named parties, tracked from the day they were made. Has each seen concrete action since, by whom, on what evidence?";
    public const string NoAgendas = "No agenda is on record yet.";
    public static string BaselineLine(string name, string? place, string day) =>
        string.IsNullOrEmpty(place) || place.StartsWith(name, StringComparison.Ordinal) ? $"{place ?? name}, {day}" : $"{name} ({place}), {day}";

    // Boards
    public const string Baseline = "Baseline";
    public const string Between = "Between";
    public const string And = " and ";
    public const string AtAGlance = "At a glance";
    public const string HaveSeenConcreteAction = "with concrete action";
    public static string Of(int all) => $"of {Number(all)}";
    public const string EveryCommitment = "Every commitment";
    public const string NoCommitmentsYet = "No commitment is on record for this day.";
    public static string BeforeTheBeginning(string day, string since) => $"{day} lies before {since}: nothing can have followed yet.";
    public const string NoCommitments = "No commitment is on this board: none was made by the day asked about.";
    public const string ByStatus = "How many stand at each status";
    public const string ColumnCommitment = "Commitment";
    public const string ColumnStatus = "Status";
    public const string ColumnByParty = "By party";
    public const string ColumnEvidence = "How deep the evidence goes";
    public const string ColumnLatest = "Latest activity";
    public const string ColumnFlags = "Flags";
    public static string By(string day) => $"by {day}";
    public const string NoFlags = "None";
    public const string NoEvidence = "No evidence";
    public const string NothingForIt = "Nothing for it";
    public const string NoActivity = "None on record";
    public static string TableCaption(string since, string day) => $"Judged as of {day}, on what has happened since {since}";
    public static string Recently(int days, string status) => $"In the last {DaysCount(days)}: {status.ToLower(Culture)}";
    public static string Pieces(int count) => count == 1 ? "1 piece of evidence" : $"{Number(count)} pieces of evidence";
    public static string Undercutting(int count) => count == 1 ? "1 piece undercuts it" : $"{Number(count)} pieces undercut it";
    public static string BarIs(string depth) => $"Bar: {depth}";
    public static string AllSearchedThrough(string day) => $"each searched at least through {day}";
    public static string SearchedThrough(string day) => $"searched through {day}";

    /// <summary>That the record is silent about the time after it ends.</summary>
    public static string RecordEnds(string end, string? latestActivity, string? lastSearch)
    {
        string[] reasons =
        [
            .. latestActivity is null ? Array.Empty<string>() : [$"the newest evidence is dated no later than {latestActivity}"],
            .. lastSearch is null ? Array.Empty<string>() : [$"the last search went through {lastSearch}"],
        ];
        return $"This record ends on {end}: {string.Join(", ", reasons)}. Of what came after, it says nothing either way.";
    }

    public static string SeeTheEnd(string end) => $"See the board as of {end}";
    public const string RecordEndsTitle = "Mind the gap.";

    // Asking for another board
    public const string AskTitle = "Ask for another day";
    public const string AskValidAt = "As of";
    public const string AskSince = "Counted since";
    public const string AskShow = "Show";
    public static string SinceOption(string name, string day) => $"{name}, {day}";
    public static string KnownThen(long position, string instant) =>
        $"This is what was known at position {Number(position)}, recorded {instant}. Later recordings and corrections are not in it.";
    public const string KnownNow = "See what is known now";

    public const string AskKnownAt = "As known at";
    public const string AskKnownNow = "now";
    public const string AskKnownAtMeans = "A position, or an instant such as 2026-11-24T09:30:00Z";
    public const string AskCompare = "Compare with";
    public const string AskCompareDay = "a day or a milestone";
    public const string SliderLabel = "As of which day";
    public const string Today = "Today";
    public const string Play = "Play";
    public const string Pause = "Pause";

    // What of a board is on the screen
    public const string NarrowStatus = "Only";
    public const string NarrowParty = "Made by";
    public const string NarrowTag = "Filed under";
    public const string AllOfThem = "All";
    public const string Order = "In order of";
    public static string OrderBy(string order) => order switch
    {
        "title" => "Title",
        "latest" => "Latest activity",
        "depth" => "Depth of evidence",
        _ => "Status",
    };
    public static string OrderByParty(string party) => $"Status for {party}";
    public const string NothingMatches = "No commitment on this board is of that kind.";
    public static string ShowAll(int all) => $"Show all {Number(all)}";
    public static string SomeOf(int shown, int all) => $"{Number(shown)} of {Number(all)} shown.";
    public const string NoCommitmentsHint = "A commitment appears from the day it was made.";
    public const string PagesLabel = "Parts of the board";
    public const string Previous = "← Before";
    public const string Next = "Next →";
    public static string PageOf(int page, int pages) => $"Part {Number(page)} of {Number(pages)}";

    // Beside another day
    public static string ComparedWith(string day) => $"Compared with {day}.";
    public static string Differences(int count) => count switch
    {
        0 => "Every commitment stood where it stands on this board.",
        1 => "One commitment stood elsewhere then; it is marked.",
        _ => $"{Number(count)} commitments stood elsewhere then; they are marked.",
    };
    public const string CompareNoMore = "Stop comparing";
    public static string Was(string status) => $"was: {status.ToLower(Culture)}";
    public const string WasNotThere = "was not on the board";

    // Live
    public const string LiveOn = "Live: what changes, changes here";
    public const string LiveLost = "The connection is lost. Trying again…";
    public const string LiveBack = "Connected again, and up to date";
    public const string NotNow = "That could not be fetched just now. What you see is as it was.";
    public const string BehindTitle = "Not quite up to date.";
    public static string Behind(long position, long count) =>
        $"This is as of position {Number(position)}; {(count == 1 ? "one later recording is" : $"{Number(count)} later recordings are")} on the way.";

    // History
    public const string HistoryIntro = "Every recording that concerns it, in order. Nothing is ever overwritten: a correction stands beside what it corrects.";
    public const string WholeHistory = "There is more: the whole history, as JSON";
    public static string RecordedBy(string principal) => $"Recorded by {principal}";

    // What changed
    public const string Changes = "Changes";
    public const string ChangesIntro = "What moved, what was corrected and what was withdrawn, the newest first. Each is told once, and never taken back.";
    public static string ChangesOf(string agenda) => $"Changes · {agenda}";
    public const string NewestFirst = "The newest first";
    public const string NoChanges = "Nothing has changed yet.";
    public static string RecordedOn(string day) => $"Recorded {day}";
    public const string KnownLater = "recorded later than it happened";
    public static string NowOnTheBoard(string status) => $"now on the board, {status.ToLower(Culture)}";
    public const string OffTheBoard = "off the board";
    public static string Moved(string from, string to) => $"{from.ToLower(Culture)} → {to.ToLower(Culture)}";
    public static string HoldsFrom(string day) => $"Holds from {day}";
    public const string TheCommitment = "The commitment";
    public static string TheBoardThen(long position) => $"The board as of position {Number(position)}";
    public const string Newest = "← The newest";
    public const string Earlier = "Earlier →";
    public static string AsOfPosition(long position, string instant) => $"As of position {Number(position)}, recorded {instant}.";
    public static string KindOf(Boards.Changes.ChangeKind kind) => kind switch
    {
        Boards.Changes.ChangeKind.StatusChanged => "Status changed",
        Boards.Changes.ChangeKind.Corrected => "Corrected",
        Boards.Changes.ChangeKind.Withdrawn => "Withdrawn",
        Boards.Changes.ChangeKind.BecameOverdue => "Became overdue",
        _ => "Became stale",
    };

    // What it rests on
    public const string RestsOn = "What it rests on";
    public const string RestsIntro = "Enough to ask for exactly this again, and to check it.";
    public const string Position = "Position";
    public const string PositionMeans = "recordings of this agenda taken into account";
    public const string KnownAt = "Known at";
    public const string ValidAt = "As of";
    public const string CountedSince = "Counted since";
    public const string Rule = "Rule";
    public const string Bar = "Bar";
    public const string StaleAfter = "Stale after";
    public const string ReviewPolicy = "Review";
    public const string ReviewSecond = "Evidence counts when someone other than its coder accepts it";
    public const string ReviewNone = "Evidence counts as coded";
    public const string AsJson = "This, as JSON";
    public const string AsCsv = "This, as CSV";
    public const string Permalink = "A link to exactly this, for ever";
    public static string BarMeans(string depth) => $"{depth} or deeper is concrete, unless a commitment says otherwise";
    public static string DaysCount(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    // The key
    public const string HowToRead = "How to read this";
    public const string KeyStatuses = "The statuses";
    public const string KeyLadder = "The depth ladder";
    public const string KeyLadderIntro = "How far evidence goes. Filled steps are reached; the mark below a step is the bar, from which action is concrete.";
    public const string KeyRestraint =
        "For a promise not to do something, “none found” reads “no breach found” and “undercut” reads “breached”.";

    // Statuses
    public const string Reversed = "Reversed";
    public const string Delivered = "Delivered";
    public const string Contested = "Contested";
    public const string ConcreteAction = "Concrete action";
    public const string Undercut = "Undercut";
    public const string Partial = "Partial";
    public const string DialogueOnly = "Dialogue only";
    public const string WordsOnly = "Words only";
    public const string NoneFound = "None found";
    public const string NotYetRated = "Not yet rated";
    public const string NoBreachFound = "No breach found";
    public const string Breached = "Breached";
    public const string NotOnTheBoard = "Not on the board";

    public const string ReversedMeans = "It was delivered, and later taken back.";
    public const string DeliveredMeans = "What was promised exists, and nothing later takes it back.";
    public const string ContestedMeans = "Concrete action both for it and against it.";
    public const string ConcreteActionMeans = "Concrete action for it, none against it.";
    public const string UndercutMeans = "Action against it, and nothing concrete for it.";
    public const string PartialMeans = "As deep as a mechanism, but short of the bar or decided before.";
    public const string DialogueOnlyMeans = "The parties were in contact about it, no more.";
    public const string WordsOnlyMeans = "It was spoken of, no more.";
    public const string NoneFoundMeans = "Someone looked, through the day named, and found nothing.";
    public const string NotYetRatedMeans = "Nothing is recorded, and nobody is known to have looked.";

    // Why
    public const string BecauseReversed = "What was promised was delivered, and something later than every step towards it took it back.";
    public const string BecauseDelivered = "What was promised exists, and nothing later takes it back.";
    public static string BecauseContested(int forIt, int against, string bar) =>
        $"At or above the bar ({bar}), {Number(forIt)} {(forIt == 1 ? "piece" : "pieces")} of evidence {(forIt == 1 ? "advances" : "advance")} it and {Number(against)} {(against == 1 ? "undercuts" : "undercut")} it.";
    public static string BecauseConcreteAction(int forIt, string bar) =>
        $"{(forIt == 1 ? "One piece of evidence advances" : $"{Number(forIt)} pieces of evidence advance")} it at or above the bar ({bar}), and none undercuts it at that depth.";
    public static string BecauseUndercut(int against, string bar) =>
        $"{(against == 1 ? "One piece of evidence goes" : $"{Number(against)} pieces of evidence go")} against it at or above the bar ({bar}), and nothing concrete speaks for it.";
    public const string BecauseUndercutBelowBar = "Contact about it was refused or went against it, and nothing as deep speaks for it.";
    public static string BecausePartial(string bar) =>
        $"Something as deep as a mechanism is on record, but it falls short of the bar ({bar}), or only repeats or completes what was decided before.";
    public static string BecauseDialogueOnly(string bar) => $"The parties were in contact about it, and nothing on record reaches the bar ({bar}).";
    public const string BecauseWordsOnly = "It was spoken of, and nothing on record goes deeper than words.";
    public static string BecauseNoneFound(string day) => $"Someone looked, through {day}, and found no action.";
    public static string BecauseNoBreachFound(string day) => $"Someone looked, through {day}, and found no breach.";
    public const string BecauseNotYetRated = "Nothing is on record in this period, and nobody is known to have looked.";
    public static string BecauseNothingCanHaveHappened(string day) => $"As of {day} there is nothing to rate yet: only what comes after the day counted from is a follow-up.";
    public static string Weighed(string after, string through) => $"Weighed: accepted evidence dated after {after}, through {through}.";
    public static string NothingWeighed(string after) => $"Evidence counts from the day after {after}.";
    public static string LeftOutForDates(int count) => count == 1
        ? "One piece is left out only because its dates reach over an edge of this period."
        : $"{Number(count)} pieces are left out only because their dates reach over an edge of this period.";
    public static string NotOnTheBoardYet(string day) => $"This commitment was made on {day}, after the day asked about.";

    // Flags
    public const string Overdue = "Overdue";
    public const string Late = "Late";
    public const string Stale = "Stale";
    public static string Pending(int count) => $"{Number(count)} pending review";
    public const string OverdueMeans = "The due date has passed, and it is not delivered.";
    public const string LateMeans = "It was delivered after its due date.";
    public static string StaleMeans(int days) => $"Nothing has advanced it for more than {DaysCount(days)}.";
    public const string PendingMeans = "Evidence waits for a reviewer, and does not count yet.";

    // Depths and directions
    public const string DepthWords = "Words";
    public const string DepthContact = "Contact";
    public const string DepthMechanism = "Mechanism";
    public const string DepthMeasure = "Measure";
    public const string DepthDelivered = "Delivered";
    public const string DepthWordsMeans = "a statement, an article, a repeated phrase";
    public const string DepthContactMeans = "the parties met, called, visited";
    public const string DepthMechanismMeans = "a body, channel, schedule or budget newly in place";
    public const string DepthMeasureMeans = "an agreed text, law or rule in force, or a deed done";
    public const string DepthDeliveredMeans = "what was promised exists, and that is verified";
    public const string Advances = "Advances it";
    public const string Reaffirms = "Reaffirms it";
    public const string Undercuts = "Undercuts it";

    // One commitment
    public const string TypeDeliverable = "Deliverable: done once";
    public const string TypeContinuing = "Continuing: needs fresh evidence";
    public const string TypeRestraint = "Restraint: a promise not to";
    public const string TypeDeliverableShort = "Deliverable";
    public const string TypeContinuingShort = "Continuing";
    public const string TypeRestraintShort = "Restraint";
    public const string TheStatus = "Where it stands";
    public const string Wordings = "What each side said";
    public const string WordingsIntro = "Each side’s own words, as published. Where a side’s account is silent, that is shown too.";
    public const string NoWording = "No wording of this side is on record.";
    public const string Translation = "Translation";
    public const string Original = "Original";
    public const string Note = "Note";
    public const string WhatWouldCount = "What would count";
    public const string NoCriteria = "Not written down yet.";
    public const string MadeOn = "Made on";
    public const string DueOn = "Due";
    public const string Type = "Type";
    public const string PerParty = "What each party did";
    public const string PerPartyIntro = "The same rule over only the evidence of each party’s own action; searches count for all.";
    public const string Evidence = "Evidence";
    public const string EvidenceIntro = "In the order in which it happened. Each piece is one coder’s judgement of what an activity did for this commitment.";
    public const string NoEvidenceAtAll = "No evidence is on record for this commitment.";
    public const string ActionOf = "Whose action";
    public const string Nobody = "Nobody’s";
    public const string Coder = "Coded by";
    public const string Reviewed = "Review";
    public const string NotReviewed = "Not reviewed";
    public static string AcceptedBy(string reviewer) => $"Accepted by {reviewer}";
    public static string RejectedBy(string reviewer) => $"Rejected by {reviewer}";
    public const string Citations = "Cited";
    public const string Accounts = "What each account says";
    public const string Participants = "Who took part";
    public const string Rationale = "Why it is coded so";
    public const string Archive = "archived copy";
    public const string NoAddress = "no address on record";
    public const string NoneOnRecord = "None on record";
    public const string Searches = "Searches that found nothing";
    public const string SearchesIntro = "Absence of action is a finding, and a finding needs a record.";
    public static string SearchThrough(string day) => $"Searched through {day}";
    public const string SearchInPlaces = "Where";
    public const string NoSearches = "No search is on record for this commitment.";
    public const string BackToBoard = "Back to the board";

    public const string StandsConcrete = "Counts as concrete";
    public const string StandsUndercutting = "Counts against it";
    public const string StandsBelowTheBar = "Counts, not as concrete";
    public const string StandsAwaitsReview = "Awaits review, does not count yet";
    public const string StandsRejected = "Rejected, does not count";
    public const string StandsRetracted = "Retracted, does not count";
    public const string StandsActivityWithdrawn = "Its activity is withdrawn, does not count";
    public const string StandsBeforeThePeriod = "Before the period, does not count";
    public const string StandsAfterThePeriod = "After the day asked about, does not count";
    public const string StandsOverAnEdge = "Its dates reach over an edge of the period, does not count";

    public static string KindOf(Activities.ActivityKind kind) => kind switch
    {
        Activities.ActivityKind.Meeting => "Meeting",
        Activities.ActivityKind.Call => "Call",
        Activities.ActivityKind.Visit => "Visit",
        Activities.ActivityKind.Statement => "Statement",
        Activities.ActivityKind.Publication => "Publication",
        Activities.ActivityKind.Agreement => "Agreement",
        Activities.ActivityKind.Body => "Body",
        Activities.ActivityKind.Measure => "Measure",
        Activities.ActivityKind.Suspension => "Suspension",
        Activities.ActivityKind.Incident => "Incident",
        Activities.ActivityKind.Postponement => "Postponement",
        Activities.ActivityKind.Refusal => "Refusal",
        Activities.ActivityKind.Appointment => "Appointment",
        _ => "Other",
    };

    public static string TierOf(Sources.SourceTier tier) => tier switch
    {
        Sources.SourceTier.Official => "official",
        Sources.SourceTier.Readout => "readout",
        Sources.SourceTier.Press => "press",
        _ => "analysis",
    };

    // Views of an agenda
    public const string ViewsLabel = "This agenda as";
    public const string BoardView = "Board";
    public const string Timeline = "Timeline";
    public const string Divergence = "Divergence";

    // Timelines
    public static string TimelineOf(string agenda) => $"{agenda}: timeline";
    public const string TimelineIntro =
        "Where each commitment stood from which day on, and the evidence on its dates: what speaks for it above the line, what undercuts it below. The deeper it goes, the further from the line.";
    public const string Lanes = "The commitments over time";
    public static string LaneLabel(string commitment) => $"{commitment}: where it stood, and the evidence";
    public static string SpanLine(string status, string from, string through, string? qualifier) =>
        $"{status}{(qualifier is null ? "" : $" ({qualifier})")}: {(from == through ? from : $"{from} to {through}")}";
    public static string OverdueSpan(string from, string through) => $"Overdue: {(from == through ? from : $"{from} to {through}")}";
    public static string StaleSpan(string from, string through) => $"Stale: {(from == through ? from : $"{from} to {through}")}";
    public static string MarkLine(string days, string title, string depth, string direction, string parties, bool counts) =>
        $"{days}: {title}. {MarkJudged(depth, direction, parties, counts)}";
    public static string MarkJudged(string depth, string direction, string parties, bool counts) =>
        $"{depth}, {direction.ToLower(Culture)}{(parties.Length == 0 ? "" : $"; by {parties}")}.{(counts ? "" : " Does not count: its dates reach over an edge.")}";
    public static string InWords(int pieces) => pieces switch { 0 => "In words: no evidence", 1 => "In words: 1 piece of evidence", _ => $"In words: {Number(pieces)} pieces of evidence" };
    public static string AllPieces(int pieces) => $"All {Number(pieces)} pieces of evidence";
    public const string KeyShapes = "How deep";
    public const string KeyHeights = "The deeper, the further from the line. The dotted line is the bar: from it on, action is concrete.";
    public const string KeyDirections = "Which way, and when";
    public const string AdvancesMeans = "new, and moves it on; filled";
    public const string ReaffirmsMeans = "repeats it, or completes what was decided before; hollow";
    public const string UndercutsMeans = "contradicts it, withholds it or takes it back; below the line";
    public const string KeyApart = "Over an edge";
    public const string KeyApartMeans = "its dates reach over an edge of the period: it does not count";
    public const string KeyDates = "Not to the day";
    public const string KeyDatesMeans = "the bar covers the days it can have been; it counts from the last";
    public const string KeySearch = "Searched";
    public const string KeySearchMeans = "someone looked through this day, and found nothing";

    // Divergence
    public static string DivergenceOf(string agenda) => $"{agenda}: what each side says";
    public const string DivergenceIntro = "Accounts of one meeting rarely agree. What each side’s own account contains, and what it leaves out.";
    public const string InEverySidesWords = "in the words of every party";
    public static string DivergenceSentence(int all, int shared, int oneSided, (string Party, int Count)[] only)
    {
        if (all == 0) return NoCommitments;
        var sides = only.Length == 0 ? "" : $" ({string.Join(", ", only.Select(x => $"{x.Party} {Number(x.Count)}"))})";
        return $"{Number(shared)} of {Number(all)} {(all == 1 ? "commitment is" : "commitments are")} on record in the words of every party; {Number(oneSided)} {(oneSided == 1 ? "is" : "are")} known in one side’s words alone{sides}.";
    }

    public const string PartShared = "in the words of every party";
    public const string PartPartly = "in the words of some";
    public static string PartOnly(string party) => $"{party} only";
    public const string PartUnworded = "in nobody’s words";
    public const string WordedByAll = "In the words of every party that made it.";
    public static string WordedOnlyBy(string party) => $"One side only: {party}.";
    public const string WordedByNone = "No party’s own wording is on record.";
    public static string WordedBySome(string worded, string silent) => $"Worded by {worded}, and not by {silent}.";
    public static string KnownFromAnother(string party) => $"Known from the other account: {party}.";
    public const string KnownFromAThird = "Known from a third party’s account.";
    public const string AccountsDiffer = "Where accounts of what happened differ";
    public const string AccountsDifferIntro =
        "Activities that accounts date or place otherwise, that two sides put in their own words, or that only one side tells of although another took part.";
    public const string NoAccountsDiffer = "No such activity is on record.";
    public const string ChosenHere = "Recorded here as";
    public static string DifferIn(string[] what) => $"Accounts differ in {string.Join(And, what)}.";
    public static string DiffersOf(Boards.Divergences.DiffersIn what) => what switch
    {
        Boards.Divergences.DiffersIn.Date => "date",
        Boards.Divergences.DiffersIn.Place => "place",
        _ => "wording",
    };

    public static string DatingOf(Boards.Divergences.Dating dating) => dating switch
    {
        Boards.Divergences.Dating.Same => "the same",
        Boards.Divergences.Dating.Within => "more precise",
        Boards.Divergences.Dating.Around => "less precise",
        Boards.Divergences.Dating.Overlapping => "overlaps",
        _ => "another date",
    };

    public static string ToldOnlyBy(string party, string silent) => $"One side only: as far as this record goes, {party} tells of it, and {silent} does not.";
    public const string PlacedOtherwise = "placed otherwise";
    public const string ThirdParty = "A third party";

    // One activity, one source
    public const string OfNoParty = "Of no party";
    public const string WhatItDid = "What it did";
    public static string WhatItDidIntro(string day) => $"For each commitment it bears on, and where that stands as of {day}.";
    public const string BearsOnNothing = "It is not evidence on any commitment.";
    public const string SourcesOfIt = "Sources";
    public const string NoSources = "No source is on record.";
    public const string WhatRestsOnIt = "what rests on it";
    public const string ActivityPage = "All about this activity";
    public const string HowRecorded = "How it came to be told so";
    public const string FirstRecorded = "Recorded";
    public static string AmendmentOf(Boards.History.Amendment amendment) => amendment switch
    {
        Boards.History.Amendment.Correction => "Correction",
        Boards.History.Amendment.Withdrawal => "Withdrawal",
        _ => "Retraction",
    };
    public const string SearchWithdrawn = "This search was withdrawn, and says nothing about the commitment any more.";
    public const string WithdrawnCommitmentMeans = "It is on no board any more.";
    public const string Retracted = "Retracted";
    public const string Withdrawn = "Withdrawn";
    public const string ReasonGiven = "Reason given:";
    public static string WithdrawnBecause(string reason) => $"Reason given: {reason}";
    public const string WithdrawnActivityMeans = "Evidence that rests on it counts no more.";
    public static string AsKnownAtPosition(long position) => $"as known at position {Number(position)}";
    public const string ChangedInParts = "changed";
    public const string Nothing = "nothing";
    public const string WhoseAccount = "Whose account";
    public static string AccountOfParty(string party) => $"A party’s own: {party}";
    public const string Issuer = "Issuer";
    public const string Publisher = "Publisher";
    public const string PublishedOn = "Published";
    public const string LanguageOf = "Language";
    public const string Address = "Address";
    public const string Digest = "SHA-256 of the text";
    public const string QuotedFromIt = "Wordings quoted from it";
    public const string NothingQuoted = "No commitment is quoted from it.";
    public static string WordsOf(string party) => $"In the words of: {party}";
    public const string ToldByIt = "What it tells of";
    public const string NothingTold = "No activity rests on it.";
    public const string CitedFor = "Evidence that cites it";
    public const string NothingCites = "No evidence cites it.";

    public static string FieldOf(string member) => member switch
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
        _ => member,
    };

    public static string SourceKindOf(Sources.SourceKind kind) => kind switch
    {
        Sources.SourceKind.Readout => "Readout",
        Sources.SourceKind.JointStatement => "Joint statement",
        Sources.SourceKind.OfficialNotice => "Official notice",
        Sources.SourceKind.Speech => "Speech",
        Sources.SourceKind.Article => "Article",
        _ => "Dataset",
    };

    public static string StateOf(Tracker.Evidence.EvidenceState state) => state switch
    {
        Tracker.Evidence.EvidenceState.Proposed => "Awaits review.",
        Tracker.Evidence.EvidenceState.Accepted => "Accepted.",
        Tracker.Evidence.EvidenceState.Rejected => "Rejected.",
        _ => "Retracted.",
    };

    // Refusals
    public const string NotFoundTitle = "There is nothing here";
    public const string UnreadableTitle = "That cannot be read";
    public const string WrongTitle = "That cannot be asked";
    public const string UnavailableTitle = "Not just now";
    public const string BrokenTitle = "Something went wrong here";
    public const string NotAllowedTitle = "That is not allowed";
    public const string RefusedTitle = "That cannot be answered";
    public const string WithoutTheQuery = "The same page as of today";
    public const string ToAgendas = "All agendas";
    public static string StatusLine(int status, string code) => $"{status.ToString(Culture)} · {code}";

    public static string Number(long number) => number.ToString("N0", Culture);
}
