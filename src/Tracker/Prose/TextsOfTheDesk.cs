namespace Tracker.Prose;

/// <content>The words of the desk, where the record is written.</content>
public static partial class Texts
{
    public const string Desk = "Coding desk";
    public const string DeskIntro = "What waits for a second pair of eyes, and where to record what happened.";
    public static string DeskOf(string agenda) => $"Coding desk · {agenda}";
    public const string SignIn = "Sign in";
    public const string SignOut = "Sign out";
    public static string SignedInAs(string name) => $"Signed in as {name}";
    public const string SignInIntro = "The desk is for those who record and review. Everything else is open to read.";
    public const string SignInToRead = "This tracker is not open to everybody: those who may read it, or record in it, sign in.";
    public const string SessionEnded = "Your session has ended. What you typed is kept: sign in, and go on where you were.";
    public const string SignedInAgain = "Signed in again.";
    public const string NothingLost = "Nothing you typed is lost. Send it when you are ready.";
    public const string NotSignedIn = "Not signed in.";
    public static string SignInWith(string issuer) => $"Sign in with {issuer}";
    public const string OrWithIssuer = "Or without a key:";
    public const string SignInElsewhere = "Without a key: sign in in another tab, so that nothing is lost here, then come back and go on.";
    public const string SignedInThere = "I have signed in there";
    public const string SignedInNow = "You are signed in";
    public const string GoOn = "Go on";
    public const string IssuerAway = "Where you would sign in cannot be reached just now. Try again, or come with a key.";
    public const string IssuerDidNot = "You came back without a sign-in that can be trusted: it took too long, was stopped, or belongs to another visit. Try again.";
    public const string KeyLabel = "Your key";
    public const string KeyHint = "It begins with trk_. It is not kept here: only that you came with it.";
    public const string KeyNotGood = "This key is not valid, has ended, or was revoked.";
    public const string FormTooOld = "The form had been open for too long, or did not come from a page of ours. Nothing was changed; sign in to send it again.";
    public const string NotRecorded = "Nothing was recorded.";
    public const string Recorded = "Recorded.";
    public static string RecordedAs(long position) => $"It is recording {Number(position)} of this agenda.";
    public const string WaitingForReview = "Waiting for review";
    public const string NothingWaits = "Nothing waits for a review.";
    public const string YourOwn = "You coded this. Someone else reviews it.";
    public const string RecordSomething = "Record";
    public const string EveryActivity = "Every activity";
    public const string CorrectIt = "Correct";
    public const string NothingToChoose = "There is none on record yet.";
    public const string Leave = "Leave it";
    public const string Needed = "(needed)";
    public const string Choose = "Choose…";
    public const string NoChoice = "None";

    public const string Record = "Record it";
    public const string Propose = "Propose it";
    public const string Correct = "Correct it";
    public const string Decide = "Decide";
    public const string Retract = "Retract it";
    public const string Withdraw = "Withdraw it";

    public const string RecordSource = "Record a source";
    public const string RecordSourceIntro = "A published account, so that clauses and evidence can quote it.";
    public const string RecordActivity = "Record an activity";
    public const string RecordActivityIntro = "Something that has happened, dated as precisely as it is known. A plan is a statement, on the day it was announced.";
    public const string CorrectActivity = "Correct an activity";
    public const string CorrectCommitment = "Correct a commitment";
    public const string CorrectIntro = "Change what is wrong, and say why. What was said before stays in the history, and boards as known before stay as they were.";
    public const string ProposeEvidence = "Propose evidence";
    public const string ProposeEvidenceIntro = "Your judgement that an activity bears on this commitment: how deep, which way, whose action, and why. Someone else reviews it.";
    public const string RecordSearch = "Record a search";
    public const string RecordCommitment = "Record a commitment";
    public const string RecordCommitmentIntro = "A public promise to act, by one party or several, with each side’s own words. A party’s own position is none.";
    public const string AddClause = "Add a wording";
    public const string CorrectClause = "Correct a wording";
    public const string CorrectThisWording = "Correct this wording";
    public const string CorrectSource = "Correct a source";
    public const string WithdrawSource = "Withdraw a source";
    public const string WithdrawSourceIntro = "Takes it back: it stays in the record, marked so, and can be cited no more. One that accepted evidence cites cannot be withdrawn.";
    public const string WithdrawActivity = "Withdraw an activity";
    public const string WithdrawActivityIntro = "Takes it back, because it did not happen or is no activity. Evidence that rests on it counts no more, from now on; boards as known before stay as they were.";
    public const string WithdrawCommitment = "Withdraw a commitment";
    public const string WithdrawCommitmentIntro = "Takes it back, because it was no commitment. It leaves the board from now on, and stays in the history.";
    public const string WithdrawSearch = "Withdraw a search";
    public const string WithdrawSearchIntro = "Takes it back: it stays in the list, and says nothing about the commitment any more.";
    public const string WithdrawIt = "Withdraw";
    public const string RetractIt = "Retract";
    public const string AtTheDesk = "At the desk:";
    public const string SeeIt = "See it";
    public const string SeeTheMarked = "What is wrong stands at its fields below.";
    public const string ReviewEvidence = "Review";
    public const string ReviewIntro = "Does the evidence bear this judgement out? Accepted, it counts at once.";
    public const string RecodeEvidence = "Code it anew";
    public const string RecodeIntro = "Change what is wrong in the judgement, and say why. What it was before stays in the history, and boards as known before stay as they were.";
    public const string RetractEvidence = "Retract evidence";
    public const string RetractIntro = "Takes accepted evidence out of what counts, from now on. It stays in the history.";

    public const string TitleLabel = "Title";
    public const string KindLabel = "Kind";
    public const string TierLabel = "Tier";
    public const string IssuerLabel = "Issuer";
    public const string IssuerHint = "A party’s code, or the publisher’s name.";
    public const string PublisherLabel = "Publisher";
    public const string UrlLabel = "Address";
    public const string ArchiveUrlLabel = "Address of an archived copy";
    public const string PublishedLabel = "Published on";
    public const string LanguageLabel = "Language";
    public const string LanguageHint = "A tag such as en or zh-Hans.";
    public const string SlugLabel = "Name in addresses";
    public const string SlugHint = "Lower-case letters, digits and hyphens. Left empty, it is made of the title; it never changes.";
    public const string OccurredLabel = "When";
    public const string OccurredHint = "As precisely as is known: 2022-11-22, 2022-12, 2022, or 2022-12-11/2022-12-12.";
    public const string PlaceLabel = "Place";
    public const string SummaryLabel = "Summary";
    public const string NameLabel = "Name";
    public const string PartyLabel = "For";
    public const string RoleLabel = "Role";
    public const string SourcesLabel = "Sources";
    public const string SourceLabel = "Source";
    public const string MadeBy = "Made by";
    public const string CriteriaHint = "In a sentence, what would be concrete action for it.";
    public const string BarHint = "From which depth on action is concrete.";
    public static string BarOfTheCodebook(string depth) => $"As the agenda has it: {depth.ToLower(Culture)}";
    public const string PartyWhose = "Whose words";
    public const string QuoteHint = "The source’s words only; what whoever quotes put in brackets belongs in the note.";
    public const string AccountsHint = "Where accounts differ: what each says of the date and the place, and in which words.";
    public const string ItsDate = "Its date";
    public const string ItsPlace = "Its place";
    public const string TagsLabel = "Tags";
    public const string LinesHint = "One a line.";
    public const string ReasonLabel = "Reason";
    public const string ReasonHint = "It stands in the history, for everybody to read.";
    public const string ActivityLabel = "Activity";
    public const string DepthLabel = "Depth";
    public const string DirectionLabel = "Direction";
    public const string ActionOfHint = "Each must have taken part in the activity.";
    public const string QuoteLabel = "Its words";
    public const string SearchedThroughLabel = "Searched through";
    public const string DecisionLabel = "Decision";
    public const string Accept = "Accept: it counts";
    public const string Reject = "Reject: it does not";
    public const string WhyLabel = "Why";

    public static string TierMeans(Tracker.Sources.SourceTier tier) => tier switch
    {
        Tracker.Sources.SourceTier.Official => "Official: a law, notice or text of record",
        Tracker.Sources.SourceTier.Readout => "Readout: a party’s own account",
        Tracker.Sources.SourceTier.Press => "Press: reported by others",
        _ => "Analysis: written about it afterwards",
    };

    // Who may
    public const string NotWithThisRole = "Your role does not carry this";
    public static string YouAre(string name, string? role) => role is null
        ? $"You are signed in as {name}, without a role on this agenda."
        : $"You are signed in as {name}, {role} on this agenda.";
    public static string ItTakes(string roles) => $"This takes {roles}.";
    public const string TypedIsKept = "What you typed is kept.";
    public const string SignInAsAnother = "To go on, sign in as someone who has such a role:";
    public static string OneOf(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
    public static string RoleOf(Recording.Role role) => role switch
    {
        Recording.Role.Reader => "a reader",
        Recording.Role.Coder => "a coder",
        Recording.Role.Reviewer => "a reviewer",
        Recording.Role.Publisher => "a publisher",
        _ => "an owner",
    };
}
