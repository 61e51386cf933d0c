namespace Tracker.Languages;

/// <content>
/// The published rule, its words, and who stands behind a tracker. Where a text says <c>[the bar](bar)</c>, the words in brackets lead to that word's
/// meaning; the name in parentheses stays as it is in every language.
/// </content>
public partial class Language
{
    // The way there
    public virtual string Method => "How a status is decided";
    public virtual string MethodLink => "Method: how a status is decided";
    public virtual string RuleLink(string rule) => $"How this is decided: the rule {rule}";
    public virtual string AboutLink => "About this tracker";

    // Method
    public virtual string MethodLead => "Nobody types a status in. People record what happened and what it meant for a promise; where the agenda asks for it, a second person checks that, here or, as an imported file says, elsewhere; the status then follows by a fixed rule that is published here. Anyone with the record can work it out by hand.";
    public virtual string MethodInShort => "In short";
    public virtual string MethodStepPromise => "What was promised in public is recorded as a [commitment](commitment), in the words of each side, with its source and a sentence that says what would count as concrete action.";
    public virtual string MethodStepActivity => "What happened afterwards is recorded as an [activity](activity), with its date as precisely as it is known and its sources.";
    public virtual string MethodStepEvidence => "A coder judges what that activity did for the commitment: how far it went (its [depth](depth)) and whether it helped, repeated or worked against it (its [direction](direction)). This judgement is called [evidence](evidence). It carries its reasons.";
    public virtual string MethodStepReview => "Another person accepts or rejects it. Only accepted evidence counts, unless an agenda states that it works without review. What an imported file says was accepted elsewhere counts too, and is marked so.";
    public virtual string MethodStepSearch => "Where nothing is found, that too is recorded: who looks for action and finds none records a [search](search), with the places and the last day searched.";
    public virtual string MethodStepRule => "The rule takes what certainly happened in the [window](window), compares it with [the bar](bar), and gives the [status](status). The same record, asked about the same day, gives the same answer for ever.";
    public virtual string MethodVersions => "Versions of the rule";
    public virtual string MethodVersionsIntro => "A rule is never changed under the same name. Each agenda names the version that it is judged by, and each report keeps its own.";
    public virtual string MethodVersion2 => "The version that new agendas use. It knows how far a record reaches, and does not treat the time after that as time in which nothing happened.";
    public virtual string MethodVersion1 => "The first version. Agendas that name it are still judged by it.";
    public virtual string MethodRoots => "Where it comes from";
    public virtual string MethodRootsText => "It follows the practice of the G7 Research Group’s compliance studies: only a conscious, new or altered effort made after a summit counts; a new task force or working group is such an effort; saying it again is not.";
    public virtual string MethodCheck => "Check it yourself";
    public virtual string MethodCheckText => "Each commitment’s page lists all its accepted evidence with sources, says which row of the rule decided, and keeps every correction. The box “What it rests on” on each page holds a link to the same day as known at the same recording, whatever is recorded later.";

    // Words
    public virtual string Glossary => "What the words mean";
    public virtual string TermAgenda => "Agenda";
    public virtual string TermAgendaMeans => "A set of [commitments](commitment) between named parties, followed from a [baseline](baseline).";
    public virtual string TermCommitment => "Commitment";
    public virtual string TermCommitmentMeans => "One public promise to act. A deliverable is done once; a continuing one needs fresh evidence again and again; a restraint is a promise not to do something. A party’s own position (“we will compete”) is not a commitment.";
    public virtual string TermBaseline => "Baseline";
    public virtual string TermBaselineMeans => "The day from which an [agenda](agenda) counts, usually that of the summit. What happened on that day is not a follow-up. A board may also count from a later milestone or any day.";
    public virtual string TermWording => "Wording";
    public virtual string TermWordingMeans => "One side’s own words of a [commitment](commitment), quoted from its readout or another source. Two readouts of one meeting rarely agree.";
    public virtual string TermActivity => "Activity";
    public virtual string TermActivityMeans => "Something that has happened: a meeting, a statement, an agreement, a law. A plan is a statement on the day it was announced.";
    public virtual string TermEvidence => "Evidence";
    public virtual string TermEvidenceMeans => "A coder’s judgement of what one [activity](activity) did for one [commitment](commitment): its [depth](depth), its [direction](direction), whose action it was, and why. The same activity can be evidence on several commitments, even in opposite directions.";
    public virtual string TermDepth => "Depth";
    public virtual string TermDepthMeans => "How far an [activity](activity) went for the [commitment](commitment), on a ladder of five steps: words, contact, mechanism, measure, delivered.";
    public virtual string TermDirection => "Direction";
    public virtual string TermDirectionMeans => "Whether [evidence](evidence) advances a [commitment](commitment) with something new, only reaffirms it, or undercuts it.";
    public virtual string TermBar => "Bar";
    public virtual string TermBarMeans => "The [depth](depth) from which action counts as concrete. It is “mechanism” unless the [agenda](agenda) or the [commitment](commitment) sets another.";
    public virtual string TermWindow => "Window";
    public virtual string TermWindowMeans => "The days that are looked at: from the day after the [baseline](baseline) (or after the promise was made, if that is later) through the day asked about.";
    public virtual string TermSearch => "Search";
    public virtual string TermSearchMeans => "A record that somebody looked for action on a [commitment](commitment), in named places, through a named day, and found none.";
    public virtual string TermStatus => "Status";
    public virtual string TermStatusMeans => "Where a [commitment](commitment) stands on a given day, by the rule. There are ten.";
    public virtual string TermFlag => "Flag";
    public virtual string TermFlagMeans => "A notice beside the [status](status) that does not change it: overdue, late, stale, or evidence that awaits review.";
    public virtual string TermCoverage => "Coverage";
    public virtual string TermCoverageMeans => "How far the record reaches: the last day through which what was found is on record. A record that ends says nothing about what came after.";
    public virtual string TermCell => "Cell";
    public virtual string TermCellMeans => $"One [commitment](commitment) for one of its parties, with that party’s own [status](status). What one of twenty parties did is one cell, not all twenty. Headlines say “party commitment” for it. {PartiesMembership}";
    public virtual string TermBoard => "Board";
    public virtual string TermBoardMeans => "The [status](status) of every [commitment](commitment) of an [agenda](agenda) on one day.";
    public virtual string TermPosition => "Position";
    public virtual string TermPositionMeans => "The number of the last recording taken into account. An [agenda](agenda)’s recordings are numbered 1, 2, 3 and so on; nothing recorded is ever changed or removed, except a text that was taken out, which leaves a mark and a reason. So the record as it was at any position can always be read again.";
    public virtual string TermCodebook => "Codebook";
    public virtual string TermCodebookMeans => "An [agenda](agenda)’s settings for the rule: its version, [the bar](bar), after how many days a continuing [commitment](commitment) is stale, and whether a second person reviews [evidence](evidence).";

    // A version of the rule
    public virtual string RuleTitle(string rule) => $"The rule {rule}";
    public virtual string RuleLead => "How accepted evidence and recorded searches become a status, step by step.";
    public virtual string RuleLadderIntro => "Each piece of [evidence](evidence) says how far an [activity](activity) went for this [commitment](commitment). The five steps, from the shallowest to the deepest:";
    public virtual string AsTable(string what) => $"{what}: table";
    public virtual string RuleColumnDepth => "Depth";
    public virtual string RuleColumnMeans => "What happened";
    public virtual string RuleColumnExamples => "For example";
    public virtual string DepthWordsExamples => "a speech, talking points, an announcement, the date of one future meeting";
    public virtual string DepthContactExamples => "a ministerial meeting, a preparatory trip";
    public virtual string DepthMechanismExamples => "a working group is set up, a hotline is restored";
    public virtual string DepthMeasureExamples => "a signed agreement is in force, firms are taken off a list, somebody is released";
    public virtual string DepthDeliveredExamples => "the visit took place, the principles were published, the promised body has met";
    public virtual string RuleConcrete => "Action is concrete when its depth reaches [the bar](bar) or goes deeper. The bar is “mechanism” unless the agenda or the commitment says otherwise.";
    public virtual string RuleDepthBelongs => "Depth belongs to the pair of activity and commitment. A summit that repeats an old promise is “words” for that promise, and “contact” for a promise to stay in touch. What only one side says of a joint act is “words”.";
    public virtual string RuleDirections => "Directions";
    public virtual string AdvancesMeansInFull => "New since the baseline, and moves the commitment on. Only this can be concrete action for it.";
    public virtual string ReaffirmsMeansInFull => "Repeats the promise, or completes what had been decided before it.";
    public virtual string UndercutsMeansInFull => "Contradicts the promise, withholds what was promised or takes it back. Worse relations alone do not undercut. A refused contact has the depth “contact”; a suspended channel, or the promised act called off, “mechanism”; a rule or deed against it, “measure”.";
    public virtual string RuleWindow => "The window";
    public virtual string RuleWindowText => "Evidence counts when the activity certainly happened after the [baseline](baseline) (or after the day the commitment was made, if later) and no later than the day asked about. What happened on the day of the baseline is the baseline, not a follow-up.";
    public virtual string RuleWindowDates => "Dates are as precise as they are known. Something dated “December 2022” counts from 31 December, because only then is it certain. Evidence whose dates reach over an edge of the window is left out and listed, so that readers see what a better date would bring in.";
    public virtual string RuleWindowAccepted => "Rejected and retracted evidence does not count, nor does evidence on an activity that was withdrawn from the record.";
    public virtual string RuleTable => "The statuses, in order";
    public virtual string RuleTableIntro => "The rule goes down this table and stops at the first row that holds. “Concrete action” here means evidence in the window at [the bar](bar) or deeper. “Later” goes by the last day on which something can have happened; two things of the same last day are neither later nor earlier than each other.";
    public virtual string RuleColumnRow => "Row";
    public virtual string RuleColumnHolds => "Holds when";
    public virtual string RowReversed => "It was delivered (for a commitment that is done once), and some concrete action against it came later than every concrete action for it.";
    public virtual string RowDelivered => "It was delivered (for a commitment that is done once), and no concrete action against it came later than every delivery.";
    public virtual string RowContested => "There is concrete action for it and concrete action against it.";
    public virtual string RowConcreteAction => "There is concrete action for it.";
    public virtual string RowUndercut => "There is concrete action against it.";
    public virtual string RowPartial => "Something that is not against it goes as deep as “mechanism” or deeper, but is not concrete action: it stays below the bar, or it only reaffirms.";
    public virtual string RowDialogueOnly => "Something that is not against it goes as deep as “contact” or deeper.";
    public virtual string RowUndercutBelowBar => "Something goes as deep as “contact” or deeper, and all of that is against it.";
    public virtual string RowWordsOnly => "There is evidence in the window, and none of it goes deeper than “words”.";
    public virtual string RowNoneFound => "No accepted evidence is sure to fall in the window, and a search on record ended on a day in it.";
    public virtual string RowNotYetRated => "None of the above: no accepted evidence is sure to fall in the window, and no search on record ended on a day in it. This says nothing about the world.";
    public virtual string RuleTableAfter => "“Concrete action since the baseline” is true exactly when there is concrete action for the commitment, also where it is contested or was reversed later. “None found” is always shown with the day searched through.";
    public virtual string RuleCoverage => "How far the record reaches";
    public virtual string RuleCoverageDay => "A record ends somewhere. Its [coverage](coverage) is one day for the whole board: the latest of the day its keepers state, the last day of any recorded activity, and the last day of any search; never later than the day asked about, never earlier than the baseline.";
    public virtual string RuleCoverageJudged => "Whatever speaks of time that has passed (how many days, what happened recently, what is overdue or stale) is judged on the last day of coverage, not on the day asked about. Nothing becomes overdue because nobody kept the record.";
    public virtual string RuleCoverageCurrent => "A record is current while the day asked about is at most 30 days beyond its coverage, unless the agenda sets another number. A record that is not current says where it ends wherever it says anything: headline, picture, badge, feed and report.";
    public virtual string RuleFlags => "Recently, and the flags";
    public virtual string RuleRecently(bool byCoverage) => $"For a continuing commitment, one old act should not decide for ever. Beside its status stands what the same rule says of the last 90 days only, counted back from {(byCoverage ? "the last day of [coverage](coverage)" : "the day asked about")}.";
    public virtual string RuleFlagOverdue(bool byCoverage) => $"The last day on which it was due is before {(byCoverage ? "the last day of coverage" : "the day asked about")}, and its status is not “delivered”.";
    public virtual string RuleFlagLate => "It was delivered, first after the last day on which it was due. The flag stays if it is reversed later.";
    public virtual string RuleFlagStale(bool byCoverage) => $"It is continuing, and nothing has advanced it, at any depth, for more than 90 days before {(byCoverage ? "the last day of coverage" : "the day asked about")}.";
    public virtual string RuleFlagPending => "How many pieces of evidence await review; they do not count yet.";
    public virtual string RuleFlagsSettings => "An agenda may set another number of days than 90.";
    public virtual string PendingFlag => "Pending review";
    public virtual string RuleParties => "Party by party";
    public virtual string RulePartiesText => "For each party of a commitment the same rule runs again over only the evidence that names that party as the one who acted; searches count for all. So a commitment can be “contested” while one party has “concrete action” and the other is “undercut”.";
    public virtual string RulePartiesCells => "A commitment for one of its parties is a [cell](cell). Each commitment says how many of its parties have concrete action (“1 of 20 parties”), and the board counts the cells. With more than two parties the cells come first, in every sentence, picture and report: one member’s act is not every member’s.";
    public virtual string PartiesMembership => "The days on which a party joined or left are shown beside its name, and not counted by: it stays among the parties of what it promised.";
    public virtual string RuleExample => "An example: Bali on 31 January 2023, as first recorded";
    public virtual string RuleExamplePromise => "In Bali, on 14 November 2022, it was agreed that the U.S. Secretary of State would visit China. It is a deliverable, due in February 2023; the bar is “mechanism”. As first recorded (known at position 1), it has two pieces of evidence:";
    public virtual string RuleExampleWhen => "When";
    public virtual string RuleExampleTalks => "U.S. officials travel to China to prepare the visit";
    public virtual string RuleExamplePlan => "The visit is planned for early February";
    public virtual string RuleExampleOfBoth => "Both";
    public virtual string RuleExampleWhose => "Whose action";
    public virtual string RuleExampleWalk => "Both lie in the window. Neither reaches the bar, so rows 1 to 5 do not hold. Neither is as deep as a mechanism, so “partial” does not hold. The trip is contact and not against it, so row 7 holds: dialogue only. The plan alone would have been words.";
    public virtual string RuleExampleSearch => "In that first recording the joint working group has no evidence at all, but a search through 31 January 2023: row 10 holds, none found. Without that search it would be not yet rated.";
    public virtual string RuleExampleBoard => "Of its eight commitments, three stand at dialogue only, three at words only, two at none found: 0 of 8 with concrete action in 78 days.";
    public virtual string RuleExampleLater(bool byCoverage) => byCoverage
        ? "Asked about 1 March 2023, still as first recorded, the visit is due and yet not overdue: that recording ends on 31 January, and nobody had looked since. Had its keepers stated that the record reaches 1 March, it would be overdue from that day."
        : "Asked about 1 March 2023, still as first recorded, the visit is flagged as overdue, although that recording ends on 31 January and nobody had looked since. That is the weakness which version 2 removes.";
    public virtual string RuleExampleSince => "Later recordings carry the record on, and tell more of the same days: what is known now is another answer.";
    public virtual string RuleExampleBoardThen => "The board of 31 January 2023, as known at position 1";
    public virtual string RuleLimits => "What it cannot tell";
    public virtual string RuleLimitWorth => "Whether a promise mattered or an act helped. Depth says how far an act went, not how well it worked: a working group that never does anything is still a mechanism.";
    public virtual string RuleLimitCause => "Cause. That something happened after a summit does not show that it happened because of it.";
    public virtual string RuleLimitUnrecorded => "What nobody recorded. Secret action, and sources in languages that nobody read, are invisible. “None found” is only as good as the search.";
    public virtual string RuleLimitAmount => "How much. One measure and twenty give the same status; the counts stand beside it.";
    public virtual string RuleLimitOrder => "What came first within a day or an imprecise date. A suspension known only as “December 2022” is taken as later than a delivery on 10 December.";
    public virtual string RuleLimitPeople => "What is left to people: what counts as one commitment, its bar and criteria, the depth and direction of each piece of evidence, and whether a search was good enough. That is why each judgement carries reasons and sources, and why, where the codebook asks for it, a second person reviews it.";
    public virtual string RuleChanges => "What changed between versions";
    public virtual string RuleChangesSame => "The table of statuses is the same in both: the same evidence gives the same status.";
    public virtual string RuleChangesCoverage => "Version 2 adds [coverage](coverage). “Recently”, “overdue” and “stale” stop where the record stops; in version 1 they ran on to the day asked about, so that a record nobody kept any more seemed to report delays.";
    public virtual string RuleOther(string rule) => $"The rule {rule}";

    // About
    public virtual string About => "About this tracker";
    public virtual string AboutLead => "It records what parties promised in public and shows, with the evidence, what has been done since.";
    public virtual string AboutWhat => "What this is";
    public virtual string AboutWhatText => "For each promise it answers one question: has there been concrete action since it was made, by whom, on what evidence, and how do we know? A [status](status) is never an opinion of the day. It follows by a published rule from [evidence](evidence) that was accepted, here or, as an imported file says, elsewhere, and can be read again as of any day.";
    public virtual string AboutPublisher => "Who publishes it";
    public virtual string NoPublisher => "The operator of this installation has not said who they are.";
    public virtual string AboutContact => "Contact";
    public virtual string NoContact => "The operator has given no address to write to.";
    public virtual string AboutCorrections => "Corrections";
    public virtual string AboutCorrectionsHow => "Nothing recorded is ever changed or removed in silence: a correction stands beside what it corrects, with its reason and its date. A report that was issued stays as it was; the next one says what was corrected.";
    public virtual string NoCorrectionsPolicy => "The operator has not published a policy for corrections.";
    public virtual string AboutLicence => "Licence of the data";
    public virtual string NoDataLicence => "The operator has not said under which terms the data may be used. Ask before you republish it.";
    public virtual string AboutQuotes => "Quotes belong to their sources, which stand beside them.";
    public virtual string AboutSoftware => "The software";
    public virtual string AboutSoftwareText => "This is an installation of Tracker, free software under the MIT licence. The licence of the software says nothing about the data.";
}
