using System.Globalization;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Matrices;

/// <summary>A matrix for a spreadsheet.</summary>
public static class MatrixText
{
    /// <summary>
    /// One row for each party, and after what is told of the row one column for each commitment, headed by its slug, with the party's status: nothing
    /// where it did not make that commitment. What the counts rest on stands in the last columns: the day counted from, the day judged at, and where
    /// the record ends, empty where it is current; and of each commitment on which a search found nothing, the day searched through. No slug has a capital letter, so none is taken for another column.
    /// </summary>
    public static string Csv(Matrix matrix)
    {
        var names = matrix.Board.About!.Parties.ToDictionary(x => x.Code, x => x.Name, StringComparer.Ordinal);
        string[] heads = ["partyCode", "partyName", "ofCommitments", "withConcreteAction", "validAt", "coveredThrough", "atPosition", "knownAt", .. matrix.Commitments, "countedSince", "asOf", "isCurrent", "recordEnds", "searchedThrough"];
        return Recording.Csv.Text(matrix.Parties.Select((party, i) => (string[])[
            party, names.GetValueOrDefault(party, party), Number(matrix.RowCounts[i].Of), Number(matrix.RowCounts[i].WithConcreteAction),
            Days.Text(matrix.ValidAt), Days.Text(matrix.CoveredThrough), Number(matrix.Position), Instants.Text(matrix.KnownAt),
            .. matrix.Cells[i].Select(cell => cell is { } it ? Words.Text(it.Status) : ""),
            Days.Text(matrix.Since), Days.Text(matrix.AsOf), matrix.Current ? "true" : "false", matrix.Board.EndsOn is { } end ? Days.Text(end) : "", Searched(matrix, party)]).Prepend(heads));
    }

    /// <summary>"visit 2023-01-31; working-group 2023-01-15": none found is said with the day searched through.</summary>
    private static string Searched(Matrix matrix, string party) => string.Join("; ",
        from entry in matrix.Board.Commitments
        where entry.ByParty.TryGetValue(party, out var own) && own is { Status: CommitmentStatus.NoneFound, Because.LastSearchedThrough: not null }
        select $"{entry.Slug} {Days.Text(entry.ByParty[party].Because.LastSearchedThrough!.Value)}");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
