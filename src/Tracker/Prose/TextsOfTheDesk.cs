namespace Tracker.Prose;

/// <content>The words of the desk, where the record is written.</content>
public static partial class Texts
{
    public const string Desk = "Coding desk";
    public const string DeskIntro = "What waits for a second pair of eyes, and where to record what happened. Whatever is sent from here is a command like any other.";
    public static string DeskOf(string agenda) => $"Coding desk · {agenda}";
    public const string SignIn = "Sign in";
    public const string SignOut = "Sign out";
    public static string SignedInAs(string name) => $"Signed in as {name}";
    public const string SignInIntro = "The desk is for those who record and review. Everything else is open to read.";
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
    public const string NoParty = "None";

    public const string Record = "Record it";
    public const string Propose = "Propose it";
    public const string Correct = "Correct it";
    public const string Decide = "Decide";
    public const string Retract = "Retract it";

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
    public const string ReviewEvidence = "Review";
    public const string ReviewIntro = "Does the evidence bear this judgement out? Accepted, it counts at once.";
    public const string RecodeEvidence = "Code it anew";
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
    public const string TagsLabel = "Tags";
    public const string LinesHint = "One a line.";
    public const string ReasonLabel = "Reason";
    public const string ReasonHint = "It is shown wherever the correction is.";
    public const string ActivityLabel = "Activity";
    public const string DepthLabel = "Depth";
    public const string DirectionLabel = "Direction";
    public const string ActionOfHint = "Each must have taken part.";
    public const string QuoteLabel = "Its words";
    public const string SearchedThroughLabel = "Searched through";
    public const string DecisionLabel = "Decision";
    public const string Accept = "Accept: it counts";
    public const string Reject = "Reject: it does not";
    public const string WhyLabel = "Why";

    public static string KindOf(Tracker.Sources.SourceKind kind) => kind switch
    {
        Tracker.Sources.SourceKind.Readout => "Readout",
        Tracker.Sources.SourceKind.JointStatement => "Joint statement",
        Tracker.Sources.SourceKind.OfficialNotice => "Official notice",
        Tracker.Sources.SourceKind.Speech => "Speech",
        Tracker.Sources.SourceKind.Article => "Article",
        _ => "Dataset",
    };
}
