using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Languages;

/// <content>The words of the desk, where the record is written.</content>
public partial class Language
{
    public virtual string Desk => "Coding desk";
    public virtual string DeskIntro => "What waits for a second pair of eyes, and where to record what happened.";
    public virtual string DeskOf(string agenda) => $"Coding desk · {agenda}";
    public virtual string SignIn => "Sign in";
    public virtual string SignOut => "Sign out";
    public virtual string SignedInAs(string name) => $"Signed in as {name}";
    public virtual string SignInIntro => "The desk is for those who record and review. Everything else is open to read.";
    public virtual string SignInToRead => "This tracker is not open to everybody: those who may read it, or record in it, sign in.";
    public virtual string SessionEnded => "Your session has ended. What you typed is kept: sign in, and go on where you were.";
    public virtual string SignedInAgain => "Signed in again.";
    public virtual string NothingLost => "Nothing you typed is lost. Send it when you are ready.";
    public virtual string NotSignedIn => "Not signed in.";
    public virtual string SignInWith(string issuer) => $"Sign in with {issuer}";
    public virtual string OrWithIssuer => "Or without a key:";
    public virtual string SignInElsewhere => "Without a key: sign in in another tab, so that nothing is lost here, then come back and go on.";
    public virtual string SignedInThere => "I have signed in there";
    public virtual string SignedInNow => "You are signed in";
    public virtual string GoOn => "Go on";
    public virtual string IssuerAway => "Where you would sign in cannot be reached just now. Try again, or come with a key.";
    public virtual string IssuerDidNot => "You came back without a sign-in that can be trusted: it took too long, was stopped, or belongs to another visit. Try again.";
    public virtual string KeyLabel => "Your key";
    public virtual string KeyHint => "It begins with trk_. It is not kept here: only that you came with it.";
    public virtual string KeyNotGood => "This key is not valid, has ended, or was revoked.";
    public virtual string FormTooOld => "The form had been open for too long, or did not come from a page of ours. Nothing was changed; sign in to send it again.";
    public virtual string NotRecorded => "Nothing was recorded.";
    public virtual string Recorded => "Recorded.";
    public virtual string RecordedAs(long position) => $"It is recording {Number(position)} of this agenda.";
    public virtual string WaitingForReview => "Waiting for review";
    public virtual string NothingWaits => "Nothing waits for a review.";
    public virtual string YourOwn => "You coded this. Someone else reviews it.";
    public virtual string YourOwnAccepted => "You coded this. Someone else codes it anew, or retracts it.";
    public virtual string ReviewedAlready(string state) => $"This has been reviewed, and is not reviewed twice. {state}";
    public virtual string NotAccepted(string state) => $"Only what is accepted is coded anew or retracted. {state}";
    public virtual string IsNeeded(string field) => $"“{field}” is needed.";
    public virtual string WaitingChanges => "Changes that wait for a second person";
    public virtual string WaitingChangesMean => "They would move accepted evidence. Until someone other than their author accepts them, nothing has moved.";
    public virtual string OwnChangesWait(int changes) => changes == 1 ? "A change of yours waits for someone else." : $"{Number(changes)} changes of yours wait for someone else.";
    public virtual string YourOwnChange => "You proposed this. Someone else accepts it.";
    public virtual string OthersChange => "Only a reviewer, or whoever proposed this, can reject it.";
    public virtual string ChangeDecided(ProposalState state) => state is ProposalState.Accepted ? "This was accepted, and is so by now." : "This was rejected: nothing has moved.";
    public virtual string ProposedChangeOf(ProposedChange change, bool ofActivity) => change is ProposedChange.Withdrawal
        ? ofActivity ? "Withdrawal of an activity" : "Withdrawal of a commitment"
        : ofActivity ? "Correction of an activity" : "Correction of a commitment";
    public virtual string AcceptChange => "Accept a change";
    public virtual string AcceptChangeIntro => "Someone else proposed this, and accepted evidence rests on it. Accepted, it is so from now on; boards as known before stay as they were.";
    public virtual string AcceptIt => "Accept it";
    public virtual string RejectChange => "Reject a change";
    public virtual string RejectChangeIntro => "Nothing moves, and why stands in the history.";
    public virtual string RejectIt => "Reject it";
    public virtual string TakeItBack => "Take it back";
    public virtual string ItWaits => "It waits for someone else.";
    public virtual string ItWaitsMeans => "Accepted evidence rests on this, so a reviewer other than you must accept it. Until then nothing has moved.";
    public virtual string PendingChanges(int changes) => changes == 1 ? "A proposed change waits for a second person; nothing here counts it:" : $"{Number(changes)} proposed changes wait for a second person; nothing here counts them:";
    public virtual string RecordSomething => "Record";
    public virtual string EveryActivity => "Every activity";
    public virtual string CorrectIt => "Correct";
    public virtual string NothingToChoose => "There is none on record yet.";
    public virtual string Leave => "Leave it";
    public virtual string Needed => "(needed)";
    public virtual string Choose => "Choose…";
    public virtual string TypedChoice => "Begin to type its title or its name in addresses: the newest are offered, and any other can be named.";
    public virtual string NoChoice => "None";

    public virtual string Record => "Record it";
    public virtual string Propose => "Propose it";
    public virtual string Correct => "Correct it";
    public virtual string Decide => "Decide";
    public virtual string Retract => "Retract it";
    public virtual string Withdraw => "Withdraw it";

    public virtual string RecordSource => "Record a source";
    public virtual string RecordSourceIntro => "A published account, so that clauses and evidence can quote it.";
    public virtual string RecordActivity => "Record an activity";
    public virtual string RecordActivityIntro => "Something that has happened, dated as precisely as it is known. A plan is a statement, on the day it was announced.";
    public virtual string CorrectActivity => "Correct an activity";
    public virtual string CorrectCommitment => "Correct a commitment";
    public virtual string CorrectIntro => "Change what is wrong, and say why. What was said before stays in the history, and boards as known before stay as they were.";
    public virtual string ProposeEvidence => "Propose evidence";
    public virtual string ProposeEvidenceIntro(bool isReviewed) =>
        $"Your judgement that an activity bears on this commitment: how deep, which way, whose action, and why. {(isReviewed ? "Someone else reviews it." : "On this agenda nobody reviews it: it counts at once.")}";
    public virtual string RecordSearch => "Record a search";
    public virtual string RecordCommitment => "Record a commitment";
    public virtual string RecordCommitmentIntro => "A public promise to act, by one party or several, with each side’s own words. A party’s own position is none.";
    public virtual string AddClause => "Add a wording";
    public virtual string CorrectClause => "Correct a wording";
    public virtual string CorrectThisWording => "Correct this wording";
    public virtual string CorrectSource => "Correct a source";
    public virtual string WithdrawSource => "Withdraw a source";
    public virtual string WithdrawSourceIntro => "Takes it back: it stays in the record, marked so, and can be cited no more. One that accepted evidence cites cannot be withdrawn.";
    public virtual string WithdrawActivity => "Withdraw an activity";
    public virtual string WithdrawActivityIntro => "Takes it back, because it did not happen or is no activity. Evidence that rests on it counts no more, from now on; boards as known before stay as they were.";
    public virtual string WithdrawCommitment => "Withdraw a commitment";
    public virtual string WithdrawCommitmentIntro => "Takes it back, because it was no commitment. It leaves the board from now on, and stays in the history.";
    public virtual string WithdrawSearch => "Withdraw a search";
    public virtual string WithdrawSearchIntro => "Takes it back: it stays in the list, and says nothing about the commitment any more.";
    public virtual string WithdrawIt => "Withdraw";
    public virtual string ReinstateWithdrawn => "Reinstate what was withdrawn";
    public virtual string ReinstateIntro => "Takes the withdrawal back: it counts again from now on, as it did before. Boards as known in between stay as they were.";
    public virtual string Reinstate => "Reinstate it";
    public virtual string ReinstateIt => "Reinstate";
    public virtual string NotWithdrawn => "This is not withdrawn: there is nothing to reinstate.";
    public virtual string RetractIt => "Retract";
    public virtual string AtTheDesk => "At the desk:";
    public virtual string SeeIt => "See it";
    public virtual string SeeTheMarked => "What is wrong stands at its fields below.";
    public virtual string ReviewEvidence => "Review";
    public virtual string ReviewIntro => "Does the evidence bear this judgement out? Accepted, it counts at once.";
    public virtual string RecodeEvidence => "Code it anew";
    public virtual string RecodeIntro => "Change what is wrong in the judgement, and say why. What it was before stays in the history, and boards as known before stay as they were.";
    public virtual string RetractEvidence => "Retract evidence";
    public virtual string RetractIntro => "Takes accepted evidence out of what counts, from now on. It stays in the history.";

    public virtual string ChangedSinceOpened => "This was changed since you opened the form:";
    public virtual string SaysNow => "It says now:";
    public virtual string YouTyped => "You typed:";
    public virtual string YoursReplacesIt => "What you typed is still below. Sent again, it replaces what is said now.";
    public virtual string TakenOver => "You had not changed that: the form below has it as it is now. Send it again if what you changed still holds.";
    public virtual string LookThenSend => "What you typed is still below. Send it again if it still holds.";
    public virtual string AddAnother => "Add another";
    public virtual string Unsent => "The server cannot be reached: whether this was recorded is not known. What you typed is kept here. Send it again when the server is back; however often you do, it is recorded once.";
    public virtual string DraftIsBack => "What you had typed here, and had not recorded, is back.";
    public virtual string StartAnew => "Start anew";
    public virtual string OnlyRejected => "What this rests on was withdrawn: it can be rejected, and not accepted any more.";
    public virtual string IdsStandForPeople => "Ids stand for people; who they are is not published.";
    public virtual string FormNotKnown =>
        "Nothing was recorded: the form had been open for too long, or this browser has forgotten it. What you typed is kept. Sign in, look through it, and send it again.";
    public virtual string FindAtTheDesk => "Find a commitment, an activity, or what waits, by its words";
    public virtual string Find => "Find";
    public virtual string FindNothing => "Show all";
    public virtual string NothingFound => "Nothing here has these words.";
    public virtual string SomeOfMore(int shown, int all) => $"{Number(shown)} of more than {Number(all)} shown.";
    public virtual string JudgedHere => "What is judged";
    public virtual string LinksOpenAnew => "Links open in another tab, so that what you type here stays.";
    public virtual string NothingCited => "Nothing is cited.";
    public virtual string AsPublished => "as published";
    public virtual string EvidenceInPlace => "The evidence in its place";

    public virtual string TitleLabel => "Title";
    public virtual string KindLabel => "Kind";
    public virtual string TierLabel => "Tier";
    public virtual string IssuerLabel => "Issuer";
    public virtual string IssuerHint => "A party’s code, or the publisher’s name.";
    public virtual string PublisherLabel => "Publisher";
    public virtual string UrlLabel => "Address";
    public virtual string ArchiveUrlLabel => "Address of an archived copy";
    public virtual string PublishedLabel => "Published on";
    public virtual string LanguageLabel => "Language";
    public virtual string LanguageHint => "A tag such as en or zh-Hans.";
    public virtual string SlugLabel => "Name in addresses";
    public virtual string SlugHint => "Lower-case letters, digits and hyphens. Left empty, it is made of the title; it never changes.";
    public virtual string OccurredLabel => "When";
    public virtual string OccurredHint => "As precisely as is known: 2022-11-22, 2022-12, 2022, or 2022-12-11/2022-12-12.";
    public virtual string PlaceLabel => "Place";
    public virtual string SummaryLabel => "Summary";
    public virtual string NameLabel => "Name";
    public virtual string PartyLabel => "For";
    public virtual string RoleLabel => "Role";
    public virtual string SourcesLabel => "Sources";
    public virtual string SourceLabel => "Source";
    public virtual string MadeBy => "Made by";
    public virtual string CriteriaHint => "In a sentence, what would be concrete action for it.";
    public virtual string BarHint => "From which depth on action is concrete.";
    public virtual string BarOfTheCodebook(string depth) => $"As the agenda has it: {depth.ToLower(Culture)}";
    public virtual string PartyWhose => "Whose words";
    public virtual string QuoteHint => "The source’s words only; what whoever quotes put in brackets belongs in the note.";
    public virtual string AccountsHint => "Where accounts differ: what each says of the date and the place, and in which words.";
    public virtual string ItsDate => "Its date";
    public virtual string ItsPlace => "Its place";
    public virtual string TagsLabel => "Tags";
    public virtual string LinesHint => "One a line.";
    public virtual string ReasonLabel => "Reason";
    public virtual string ReasonHint => "It stands in the history, for everybody to read.";
    public virtual string ActivityLabel => "Activity";
    public virtual string DepthLabel => "Depth";
    public virtual string DirectionLabel => "Direction";
    public virtual string ActionOfHint => "Each must have taken part in the activity.";
    public virtual string QuoteLabel => "Its words";
    public virtual string SearchedThroughLabel => "Searched through";
    public virtual string DecisionLabel => "Decision";
    public virtual string Accept => "Accept: it counts";
    public virtual string Reject => "Reject: it does not";
    public virtual string WhyLabel => "Why";

    public virtual string TierMeans(SourceTier tier) => tier switch
    {
        SourceTier.Official => "Official: a law, notice or text of record",
        SourceTier.Readout => "Readout: a party’s own account",
        SourceTier.Press => "Press: reported by others",
        _ => "Analysis: written about it afterwards",
    };

    // Who may
    public virtual string NotWithThisRole => "Your role does not carry this";
    public virtual string YouAre(string name, string? role) => role is null
        ? $"You are signed in as {name}, without a role on this agenda."
        : $"You are signed in as {name}, {role} on this agenda.";
    public virtual string ItTakes(string roles) => $"This takes {roles}.";
    public virtual string TypedIsKept => "What you typed is kept.";
    public virtual string SignInAsAnother => "To go on, sign in as someone who has such a role:";
    public virtual string OneOf(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
    public virtual string RoleOf(Role role) => role switch
    {
        Role.Reader => "a reader",
        Role.Coder => "a coder",
        Role.Reviewer => "a reviewer",
        Role.Publisher => "a publisher",
        _ => "an owner",
    };
}
