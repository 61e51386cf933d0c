using System.Collections.Immutable;
using Tracker.Recording;

namespace Tracker.Agendas;

/// <summary>All that was found through a day is on record; looked for in these places.</summary>
/// <param name="Withdrawal">Where it was taken back: it stays in the list, and covers nothing any more.</param>
public sealed record CoverageStatement(string Id, DateOnly Through, ImmutableArray<string> Places, string? Note, Withdrawal? Withdrawal = null);

public sealed record CoverageStated(string Id, DateOnly Through, ImmutableArray<string> Places, string? Note);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record CoverageWithdrawn(string Id, string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record CoverageReinstated(string Id, string Reason);
