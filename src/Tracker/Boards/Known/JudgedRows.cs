using System.Collections.Immutable;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Known;

/// <summary>Gives one text for all that are equal, so that it takes its memory once however often it stands in the tables.</summary>
internal interface IShareTexts
{
    string OneOf(string text);

    ImmutableArray<string> OneOf(string[] texts);
}

/// <summary>What the rule asks of a commitment, with its title.</summary>
internal sealed record CommitmentRow(Promise Promise, string Title, DateOnly[] Searches, string[] Tags)
{
    public const string Columns = "name, title, type, made_on, bar, due_on, parties, searched_through, withdrawn, tags";

    /// <param name="at">Where its columns begin in what was read.</param>
    public static CommitmentRow Read(NpgsqlDataReader row, int at, IShareTexts? texts = null) => new(
        new Promise(
            row.GetString(at),
            Words.Parse<CommitmentType>(row.GetString(at + 2)),
            row.GetFieldValue<DateOnly>(at + 3),
            row.IsDBNull(at + 4) ? null : Words.Parse<Depth>(row.GetString(at + 4)),
            row.IsDBNull(at + 5) ? null : FuzzyDate.Parse(row.GetString(at + 5)),
            texts?.OneOf(row.GetFieldValue<string[]>(at + 6)) ?? [.. row.GetFieldValue<string[]>(at + 6)],
            row.GetBoolean(at + 8)),
        row.GetString(at + 1), row.GetFieldValue<DateOnly[]>(at + 7), row.GetFieldValue<string[]>(at + 9));
}

/// <summary>What the rule asks of a piece of evidence.</summary>
/// <param name="IsReviewedHere">Whether it was accepted here, and not only by the statement of the bundle that brought it.</param>
internal sealed record EvidenceRow(string Commitment, string Activity, Depth Depth, Direction Direction, ImmutableArray<string> Parties, EvidenceState State, bool IsReviewedHere)
{
    public const string Columns = "commitment, activity, depth, direction, parties, state, reviewed";

    private static readonly string Here = Words.Text(Reviewed.Here);

    /// <param name="at">Where its columns begin in what was read.</param>
    public static EvidenceRow Read(NpgsqlDataReader row, int at, IShareTexts? texts = null)
    {
        var (commitment, activity, parties, state) = (row.GetString(at), row.GetString(at + 1), row.GetFieldValue<string[]>(at + 4), Words.Parse<EvidenceState>(row.GetString(at + 5)));
        return new(
            texts?.OneOf(commitment) ?? commitment, texts?.OneOf(activity) ?? activity, Words.Parse<Depth>(row.GetString(at + 2)), Words.Parse<Direction>(row.GetString(at + 3)),
            texts?.OneOf(parties) ?? [.. parties], state, state is EvidenceState.Accepted && row.GetString(at + 6) == Here);
    }
}

/// <summary>What the rule asks of an activity, with its title.</summary>
internal sealed record ActivityRow(string Title, DateOnly Earliest, DateOnly Latest, bool IsWithdrawn)
{
    public const string Columns = "title, earliest, latest, withdrawn";

    /// <param name="at">Where its columns begin in what was read.</param>
    public static ActivityRow Read(NpgsqlDataReader row, int at) =>
        new(row.GetString(at), row.GetFieldValue<DateOnly>(at + 1), row.GetFieldValue<DateOnly>(at + 2), row.GetBoolean(at + 3));
}
