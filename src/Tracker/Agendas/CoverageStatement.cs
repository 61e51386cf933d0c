using System.Collections.Immutable;
using Tracker.Recording;

namespace Tracker.Agendas;

/// <summary>All that was found through a day is on record; looked for in these places.</summary>
/// <param name="Withdrawal">Where it was taken back: it stays in the list, and covers nothing any more.</param>
public sealed record CoverageStatement(string Id, DateOnly Through, ImmutableArray<string> Places, string? Note, Withdrawal? Withdrawal = null)
{
    /// <summary>The statement, and how far the record reaches now that it was made, withdrawn or reinstated.</summary>
    internal static object Reaching(object statement, DateOnly? coveredThrough) =>
        statement is CoverageStatement it ? new CoverageReach(it.Id, it.Through, it.Places, it.Note, it.Withdrawal, coveredThrough) : statement;
}

/// <summary>A statement of coverage as a command left it, and how far the record reaches since.</summary>
/// <param name="CoveredThrough">The day through which the record then reaches, as on the board of that day.</param>
public sealed record CoverageReach(string Id, DateOnly Through, ImmutableArray<string> Places, string? Note, Withdrawal? Withdrawal, DateOnly? CoveredThrough);

public sealed record CoverageStated(string Id, DateOnly Through, ImmutableArray<string> Places, string? Note);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record CoverageWithdrawn(string Id, string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record CoverageReinstated(string Id, string Reason);
