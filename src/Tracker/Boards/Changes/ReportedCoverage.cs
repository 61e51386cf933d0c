using Npgsql;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>How far an agenda's record was last told to reach.</summary>
/// <param name="CoveredThrough">The day through which the record reaches.</param>
/// <param name="IsCurrent">Whether it is current by the codebook's coverage days.</param>
/// <param name="BecameUncovered">Whether it was told that it is no longer current, and not since that it is again.</param>
/// <param name="NextOn">The day on which the calendar alone makes it not current; null where it is not.</param>
internal sealed record ReportedCoverage(DateOnly CoveredThrough, bool IsCurrent, bool BecameUncovered, DateOnly? NextOn)
{
    /// <summary>As of a day. Version 1 of the rule knows no coverage: by it, every record is current.</summary>
    public static ReportedCoverage On(RecordCoverage recorded, Codebook codebook, DateOnly day)
    {
        var coverage = DepthLadder.CoverageFor(codebook, recorded);
        return new(recorded.Through(day), coverage.IsCurrent(day, codebook.CurrentForDays), BecameUncovered: false, coverage.FirstDayNotCurrent(day, codebook.CurrentForDays))
        { CurrentForDays = codebook.CurrentForDays, KnowsCoverage = codebook.Version != Codebook.DepthLadder1 };
    }

    private int CurrentForDays { get; init; }

    /// <summary>Whether the rule asks how far the record reaches: by its first version nothing becomes current, for everything always was.</summary>
    private bool KnowsCoverage { get; init; }

    /// <summary>
    /// What there is to tell, and what is then told. A first recording that brings statuses (an import of what was kept elsewhere) tells where the record ends
    /// with them, unless it is current. Of a record whose end was never told to have come, only what is stated is told.
    /// </summary>
    public (Found? Change, ReportedCoverage Told) After(ReportedCoverage? before, bool isStated, bool bringsStatuses)
    {
        if (before is null) return (isStated || (bringsStatuses && !IsCurrent) ? Change(ChangeKind.Covered, CoveredThrough) : null, this);
        // By the first version of the rule it was current for a while; that it is not was told before.
        if (before.IsCurrent && !IsCurrent && !before.BecameUncovered)
            return (Change(ChangeKind.BecameUncovered, CoveredThrough.AddDays(CurrentForDays + 1)), this with { BecameUncovered = true });
        var again = KnowsCoverage && IsCurrent && before.BecameUncovered;
        if (again || (isStated && CoveredThrough > before.CoveredThrough)) return (Change(ChangeKind.Covered, CoveredThrough), this with { BecameUncovered = !IsCurrent && before.BecameUncovered });
        return (null, this with { BecameUncovered = before.BecameUncovered });
    }

    public void Remember(NpgsqlBatch batch, string agenda) => batch.Add($"""
        insert into {ChangeTables.Coverage} (agenda, covered_through, is_current, became_uncovered, next_on) values ($1, $2, $3, $4, $5)
        on conflict (agenda) do update set covered_through = excluded.covered_through, is_current = excluded.is_current,
            became_uncovered = excluded.became_uncovered, next_on = excluded.next_on
        """, agenda, CoveredThrough, IsCurrent, BecameUncovered, NextOn);

    /// <summary>Whether the same was told before.</summary>
    public bool IsToldAs(ReportedCoverage? before) =>
        before is not null && (CoveredThrough, IsCurrent, BecameUncovered, NextOn) == (before.CoveredThrough, before.IsCurrent, before.BecameUncovered, before.NextOn);

    /// <summary>A query for what was last told of an agenda, the first parameter.</summary>
    public static string Last { get; } = $"select covered_through, is_current, became_uncovered, next_on from {ChangeTables.Coverage} where agenda = $1";

    /// <summary>Reads the row of <see cref="Last"/>; null where there is none.</summary>
    public static async Task<ReportedCoverage?> ReadAsync(NpgsqlDataReader reader, CancellationToken ct) => await reader.ReadAsync(ct)
        ? new ReportedCoverage(reader.GetFieldValue<DateOnly>(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3))
        : null;

    private Found Change(ChangeKind kind, DateOnly effectiveOn) => new(kind, null, effectiveOn) { Subject = Found.Reach(CoveredThrough) };
}
