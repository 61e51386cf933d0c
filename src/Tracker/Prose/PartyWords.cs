using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Languages;

namespace Tracker.Prose;

/// <summary>The parties of an agenda as they are listed: by name, with the days on which they joined and left, where those are told.</summary>
public static class PartyWords
{
    public static string Of(Party party) => party switch
    {
        { JoinedOn: { } joined, LeftOn: { } left } => Texts.PartyFromTo(party.Name, DayWords.Of(joined), DayWords.Of(left)),
        { JoinedOn: { } joined } => Texts.PartyFrom(party.Name, DayWords.Of(joined)),
        { LeftOn: { } left } => Texts.PartyTo(party.Name, DayWords.Of(left)),
        _ => party.Name,
    };

    public static string Of(Agenda agenda, string code) => agenda.Parties.FirstOrDefault(x => x.Code == code) is { } party ? Of(party) : code;

    /// <summary>The days alone, as short as they can be; null where none is told.</summary>
    public static string? DaysOf(Party party) => party switch
    {
        { JoinedOn: { } joined, LeftOn: { } left } => Texts.MemberFromTo(Texts.DayShort(joined), Texts.DayShort(left)),
        { JoinedOn: { } joined } => Texts.MemberFrom(Texts.DayShort(joined)),
        { LeftOn: { } left } => Texts.MemberTo(Texts.DayShort(left)),
        _ => null,
    };

    /// <summary>On how many of the commitments it made the party of a row took concrete action; no fraction where the record does not reach beyond the day counted from.</summary>
    public static string RowCount(Matrix matrix, int row) =>
        Headline.HasCounts(matrix.Board) ? Texts.CountOf(matrix.RowCounts[row].WithConcreteAction, matrix.RowCounts[row].Of) : Texts.NoCount;

    public static string Listed(IEnumerable<Party> parties) => Texts.ListOf([.. parties.Select(Of)]);
}
