namespace Tracker.Languages;

/// <content>Parties and commitments beside each other: the matrix, one party's page, and how many of a commitment's parties took concrete action.</content>
public partial class Language
{
    // How many of the parties
    public virtual string CountOf(int count, int all) => $"{Number(count)} of {Number(all)}";
    public virtual string OfParties(int concrete, int all) => $"{Number(concrete)} of {Number(all)} {(all == 1 ? "party" : "parties")}";
    public virtual string OfPartiesConcrete(int concrete, int all) => $"{OfParties(concrete, all)} with concrete action";
    public virtual string ByParties(int count, int all) => count == 0 ? $"by none of its {Number(all)} parties" : $"by {OfParties(count, all)}";
    public virtual string ByAnother(int delivered, int all) => $"by another’s act; delivered {ByParties(delivered, all)}";
    public virtual string ByAnotherNotTakenBack => "by another’s act, not taken back by a party that delivered";
    public virtual string StatusBy(string status, string by) => $"{status}, {by}";
    public virtual string StatusAlso(string status, string also) => $"{status}; {also}";
    public virtual string OwnStatus(string party, string status) => $"{RightToLeft.Isolated(party)}: {status}";
    public virtual string BreachedByParties(int count, int all) => $"breached {ByParties(count, all)}";
    public virtual string CountBreached(int count, int all) => $"{CountOf(count, all)} breached";
    public virtual string NoBreachThrough(string day) => $"no breach found, {SearchedThrough(day)}";
    public virtual string PartyCommitmentsWithConcreteAction => "party commitments with concrete action";
    public virtual string MatrixLegend(int cells) => $"Of {Number(cells)} party commitments (each commitment counted once for each of its parties):";
    public virtual string PartyCommitmentsAt => "Party commitments:";
    public virtual string ByStatusOfParties => "How many commitments stand at each status, each counted once for each of its parties";
    public virtual string PartiesAt(int count, string status, string? qualifier) =>
        $"{Number(count)} {(count == 1 ? "party" : "parties")}: {status.ToLower(Culture)}{(qualifier is null ? "" : $", {qualifier}")}";
    public virtual string PartiesWereElsewhere(int count) => $"{(count == 1 ? "one party stood" : $"{Number(count)} parties stood")} elsewhere";
    public virtual string PartyList(int count) => $"{Number(count)} parties";

    public virtual string BadgeCountByParty(int concrete, int all) => $"{CountOf(concrete, all)} {(all == 1 ? "party commitment" : "party commitments")} concrete";

    // The matrix
    public virtual string Matrix => "Matrix";
    public virtual string MatrixOf(string agenda) => $"{agenda}: every party on every commitment";
    public virtual string MatrixIntro =>
        "One row for each party, one column for each commitment. Each cell shows that party’s own record on that commitment: the same rule, over only the evidence of its own action.";
    public virtual string RestraintsCount => "Promises not to act are counted too: taking no action keeps them.";
    public virtual string MatrixTable => "Parties and commitments";
    public virtual string MatrixCaption(string since, string day, string? end) => $"{TableCaption(since, day, end)}. Each cell leads to its evidence.";
    public virtual string MatrixEmpty => "There is nothing to show: no commitment is on this board.";
    public virtual string SinceDay(string day) => $"Since {day}";
    public virtual string RecordReaches(string day) => $"The record reaches {day}.";
    public virtual string PartyColumn => "Party";
    public virtual string CountColumn => "Concrete";
    public virtual string CountColumnMeans => "On how many of the commitments it made the party has taken concrete action";
    public virtual string CountRow => "Parties with concrete action";
    public virtual string SortBy(string what) => $"Sort by {what}";
    public virtual string SortByRecord => "Sort by the agenda’s own order";
    public virtual string SortByName => "name";
    public virtual string SortByCount => "number with concrete action";
    public virtual string SortByStatusOn(string commitment) => $"status on “{commitment}”";
    public virtual string NotItsCommitment => "Did not make this commitment";
    public virtual string CellLabel(string party, string commitment, string status, string? qualifier, int pieces) =>
        $"{party}, {commitment}: {status}{(qualifier is null ? "" : $", {qualifier}")}; {(pieces == 0 ? "no accepted evidence" : Pieces(pieces))}";
    public virtual string AsPicture => "Picture (PNG)";
    public virtual string MatrixCut(int rows, int allRows, int columns, int allColumns) =>
        $"Shown: {CountOf(rows, allRows)} parties, {CountOf(columns, allColumns)} commitments.";
    public virtual string ThisParty => "In the matrix";

    // One party
    public virtual string PartyOf(string party, string agenda) => $"{party} · {agenda}";
    public virtual string PartyIntro => "What this party committed to, and what it has done itself: the same rule as on the board, over only the evidence of its own action.";
    public virtual string JoinedOn(string day) => $"Joined {day}";
    public virtual string LeftOn(string day) => $"Left {day}";
    public virtual string HeadlineOfParty(string time, bool hasEnded, string party, int concrete, int all, IReadOnlyCollection<string> ofThese, IReadOnlyCollection<string> rest) =>
        $"{time}, {party} {(hasEnded ? "took" : "has taken")} concrete action on {Number(concrete)} of the {Number(all)} {(all == 1 ? "commitment" : "commitments")} it made"
        + HeadlineParts(ofThese, rest);
    public virtual string HeadlineOfPartyEmpty(string party, string day, bool hasEnded, bool then) => $"No commitment of {party} is on the board of {day}{(hasEnded ? $", where this record {(then ? "then ended" : "ends")}" : "")}.";
    public virtual string PartyCommitments => "Its commitments";
    public virtual string PartyCommitmentsCaption(string since, string day, string? end) =>
        end is null ? $"Status on {day}, counting what this party itself did after {since}" : $"Status at the end of the record, {end}, counting what this party itself did after {since}";
    public virtual string ColumnOwnStatus => "Its own status";
    public virtual string ColumnBoardStatus => "On the board";
    public virtual string ColumnOwnEvidence => "Evidence of its action";
    public virtual string PartyOverTime => "Its record over time";
    public virtual string PartyOverTimeIntro =>
        "Where this party stood from which day on, and the evidence of its own action on its dates: what speaks for the commitment above the line, what undercuts it below.";
    public virtual string LanesCut(int shown, int all, bool isWhole) =>
        $"Shown here: {CountOf(shown, all)} commitments{(isWhole ? "" : " of this part of the list")}, those with evidence of its own action.";
    public virtual string NoLanes => "No accepted evidence of its own action is on record in this period.";
    public virtual string NoLanesInPart => "No accepted evidence of its own action in this period is on record for the commitments of this part of the list.";
    public virtual string PartyWordings => "In its own words";
    public virtual string PartyWordingsIntro => "What this party says of each commitment in its own words, as published.";
    public virtual string PartyJointWordings => "In a joint statement";
    public virtual string PartyJointWordingsIntro => "What joint statements say of its commitments, each with the party that it is recorded for. Who signed a statement is not on record here.";
    public virtual string NoPartyWordings => "No wording of this party is on record for the commitments that were made by this day.";
    public virtual string NoPartyWordingsInPart => "No wording of this party is on record for the commitments of this part of the list.";
    public virtual string EvidenceOfParty(string party) => $"Only the evidence of {party}’s own action is shown.";
    public virtual string NoEvidenceOfParty(string party) => $"No accepted evidence of {party}’s own action is on record for this commitment.";
    public virtual string AllEvidence => "Show all evidence";
    public virtual string SilentParties(string names) => $"No wording is on record of: {names}.";
}
