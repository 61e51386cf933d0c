using System.Globalization;
using System.Text;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards;

/// <summary>
/// A board as text: an aligned table for a terminal, Markdown, or CSV for a spreadsheet. Each row says how many of the commitment's parties took
/// concrete action; a table has a column for each party as well, as long as there are few.
/// </summary>
public static class BoardText
{
    /// <summary>More parties than these have no column each in a table or list that people read, only their counts.</summary>
    public const int MostPartyColumns = 6;

    private const string IssuedInError = "issuedInError";

    public static string Table(Board board)
    {
        string[][] rows = [["COMMITMENT", "STATUS", "PARTIES", .. PartyColumns(board), "DEEPEST", "LATEST", "FLAGS"], .. board.Commitments.Select(x => Row(board, x))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var text = new StringBuilder();
        text.Append(board.About?.Title ?? board.Agenda).Append('\n').Append(board.Headline).Append("\n\n");
        if (Ends(board) is { } ends) text.Append(ends).Append("\n\n");
        foreach (var row in rows)
            text.AppendJoin("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd().Append('\n');
        return text.Append('\n').Append(RestsOn(board)).Append('\n').ToString();
    }

    public static string Markdown(Board board)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(board.About?.Title ?? board.Agenda).Append("\n\n").Append(board.Headline).Append("\n\n");
        if (Ends(board) is { } ends) text.Append("**").Append(ends).Append("**\n\n");
        string[] heads = ["Commitment", "Status", "Parties", .. PartyColumns(board), "Deepest", "Latest", "Flags"];
        text.Append("| ").AppendJoin(" | ", heads).Append(" |\n|").Append(string.Concat(Enumerable.Repeat(" --- |", heads.Length))).Append('\n');
        foreach (var entry in board.Commitments)
            text.Append("| ").AppendJoin(" | ", Row(board, entry).Select(x => x.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        return text.Append('\n').Append(RestsOn(board)).Append('\n').ToString();
    }

    /// <param name="other">The board of another day, to tell in a last column where each commitment stood then: nothing for what was not on it.</param>
    /// <param name="inError">Why the report that this is was issued in error, to be told in a last column, in a row of its own where there is no commitment; null where it was not.</param>
    /// <param name="countsParties">Whether it tells how many of each commitment's parties took concrete action; reports issued under <c>report/1</c> do not.</param>
    public static string Csv(Board board, Board? other = null, bool countsParties = true, string? inError = null)
    {
        var then = other?.Commitments.ToDictionary(x => x.Slug, x => Words.Text(x.Status), StringComparer.Ordinal);
        string[] heads = ["slug", "title", "type", "status", "concreteSinceBaseline", .. countsParties ? ["parties", "partiesWithConcreteAction"] : Array.Empty<string>(), .. Parties(board), "firstConcreteOn", "latestConcreteOn", "latestActivityOn",
            "overdue", "late", "stale", "pendingReview", "after", "through", "lastSearchedThrough", "position", "knownAt", .. countsParties ? ["coveredThrough", "current", "validAt", "recordEnds"] : Array.Empty<string>(), .. then is null ? Array.Empty<string>() : ["statusThen"],
            .. inError is null ? Array.Empty<string>() : [IssuedInError]];
        var rows = board.Commitments.Select(x => (string[])[x.Slug, x.Title, Words.Text(x.Type), Words.Text(x.Status), Truth(x.ConcreteSinceBaseline),
            .. countsParties ? [Number(x.ByParty.Count), Number(Concrete(x))] : Array.Empty<string>(), .. Parties(board).Select(p => x.ByParty.TryGetValue(p, out var own) ? Words.Text(own.Status) : ""), Day(x.FirstConcreteOn), Day(x.LatestConcreteOn), Day(x.LatestActivityOn),
            Truth(x.Flags.Overdue), Truth(x.Flags.Late), Truth(x.Flags.Stale), Number(x.Flags.PendingReview), Day(x.Because.After), Day(x.Because.Through),
            Day(x.Because.LastSearchedThrough), Number(board.Position), Instants.Text(board.KnownAt),
            .. countsParties ? [Day(board.CoveredThrough), Truth(board.Current), Day(board.ValidAt), Day(board.EndsOn)] : Array.Empty<string>(),
            .. then is null ? Array.Empty<string>() : [then.GetValueOrDefault(x.Slug, "")],
            .. inError is null ? Array.Empty<string>() : [inError]]);
        // Of a board without commitments too it is told why the report was issued in error.
        if (inError is not null && board.Commitments.IsEmpty) rows = [[.. heads.Select(x => x == IssuedInError ? inError : "")]];
        return Recording.Csv.Text(rows.Prepend(heads));
    }

    /// <summary>That the record ends before the day asked about; null where it is current.</summary>
    private static string? Ends(Board board) => board.Current ? null
        : board.Codebook.Version == Codebook.DepthLadder1 ? Texts.ReportRecordEndsUnheeded(DayWords.Of(board.CoveredThrough), board.Codebook.Version, then: false)
        : Texts.RecordEnds(DayWords.Of(board.CoveredThrough));

    /// <summary>What the board rests on: enough to ask for it again.</summary>
    public static string RestsOn(Board board) => string.Create(CultureInfo.InvariantCulture,
        $"Valid at {Days.Text(board.ValidAt)}, covered through {Days.Text(board.CoveredThrough)}, since {Days.Text(board.Since)}; known at {Instants.Text(board.KnownAt)} (position {board.Position}); rule {board.Codebook.Version}, bar {Words.Text(board.Codebook.Bar)}, review {Words.Text(board.Codebook.Review)}.");

    private static string[] Row(Board board, BoardEntry x) =>
    [
        x.Slug, Plain(x), OfParties(x), .. PartyColumns(board).Select(party => x.ByParty.TryGetValue(party, out var own) ? Word(own.Status, x.Type) : "-"),
        Deepest(x), x.LatestActivityOn is { } latest ? Days.Text(latest) : "-", string.Join(' ', FlagWords(x)) is { Length: > 0 } flags ? flags : "-",
    ];

    private static string[] Parties(Board board) => [.. board.Commitments.SelectMany(x => x.ByParty.Keys).Distinct().Order(StringComparer.Ordinal)];

    private static string[] PartyColumns(Board board) => Parties(board) is { Length: <= MostPartyColumns } few ? few : [];

    /// <summary>How many parties took concrete action; of a promise not to act for which nobody did anything, how many breached it, where somebody looked.</summary>
    private static string OfParties(BoardEntry x) => x switch
    {
        { IsUncovered: true } => "-",
        _ when x.Type is not CommitmentType.Restraint || Concrete(x) > 0 => string.Create(CultureInfo.InvariantCulture, $"{Concrete(x)} of {x.ByParty.Count}"),
        _ when x.Breaching > 0 || x.Because.LastSearchedThrough is not null => string.Create(CultureInfo.InvariantCulture, $"{x.Breaching} of {x.ByParty.Count} breached"),
        _ => "-",
    };

    private static int Concrete(BoardEntry entry) => entry.ByParty.Count(x => x.Value.ConcreteSinceBaseline);

    /// <summary>The word; where a search found nothing, never without the day searched through.</summary>
    private static string Plain(BoardEntry x) =>
        x is { Status: CommitmentStatus.NoneFound, Because.LastSearchedThrough: { } day } ? $"{Word(x.Status, x.Type)} (searched through {Days.Text(day)})" : Word(x.Status, x.Type);

    /// <summary>The code; for a promise not to act, what people call a breach and that none was found.</summary>
    private static string Word(CommitmentStatus status, CommitmentType type) =>
        type is CommitmentType.Restraint && status is CommitmentStatus.NoneFound or CommitmentStatus.Undercut ? Texts.Inline(status, type) : Words.Text(status);

    private static string Deepest(BoardEntry x) => x.Evidence switch
    {
        { Delivered: > 0 } => "delivered",
        { Measure: > 0 } => "measure",
        { Mechanism: > 0 } => "mechanism",
        { Contact: > 0 } => "contact",
        { Words: > 0 } => "words",
        _ => "-",
    };

    private static IEnumerable<string> FlagWords(BoardEntry x)
    {
        if (x.Flags.Overdue) yield return QualifiedFlag.Overdue(x, "overdue");
        if (x.Flags.Late) yield return "late";
        if (x.Flags.Stale) yield return QualifiedFlag.Stale(x, "stale");
        if (x.Flags.PendingReview > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{x.Flags.PendingReview} pending");
    }

    private static string Day(DateOnly? day) => day is { } it ? Days.Text(it) : "";

    private static string Truth(bool value) => value ? "true" : "false";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static StringBuilder TrimEnd(this StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        return text;
    }
}
