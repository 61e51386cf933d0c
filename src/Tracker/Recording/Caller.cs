using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;

namespace Tracker.Recording;

/// <summary>Who asks, and what they may.</summary>
/// <param name="Principal">An opaque id of the person or program: what every event keeps. Never a key, never a name; null for the public.</param>
/// <param name="Grants">The roles they have, each on one agenda or on all.</param>
public sealed record Caller(string? Principal, ImmutableArray<Grant> Grants)
{
    /// <summary>Whoever comes without a credential.</summary>
    public static Caller Public { get; } = new(null, []);

    /// <summary>Whether they may read what is public, though no role of theirs says so: everybody may, where reading needs no credential.</summary>
    public bool ReadsWhatIsPublic { get; init; }

    /// <summary>Other ids that stand for them: what they recorded under before an owner said that they are one.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Whether an id in the record is theirs: one person is one, by whichever key or token they came.</summary>
    public bool Is(string principal) => principal == Principal || Aliases.Contains(principal, StringComparer.Ordinal);

    /// <summary>Whether some role of theirs carries the right, on that agenda or on all.</summary>
    /// <param name="right">What is to be done.</param>
    /// <param name="agenda">On which agenda; null for what is of no agenda.</param>
    public bool May(Right right, string? agenda) =>
        Grants.Any(x => (x.Agenda is null || x.Agenda == agenda) && x.Role.Carries(right));
}

/// <summary>A role on one agenda, or on all where none is named.</summary>
public sealed record Grant(Role Role, string? Agenda);

/// <summary>What a person or a program is to an agenda.</summary>
public enum Role
{
    Reader,

    /// <summary>Records sources, commitments, activities, evidence, searches, and their corrections.</summary>
    Coder,

    /// <summary>A coder who also reviews and imports.</summary>
    Reviewer,

    /// <summary>Schedules, reports, webhooks.</summary>
    Publisher,

    /// <summary>Everything, agendas and keys among it.</summary>
    Owner,
}

/// <summary>What an endpoint asks for.</summary>
public enum Right
{
    Read,
    Code,
    Review,
    Publish,
    Own,
}

public static class Roles
{
    /// <summary>Which roles carry which right: the one table of who may.</summary>
    public static bool Carries(this Role role, Right right) => right switch
    {
        Right.Read => true,
        Right.Code => role is Role.Coder or Role.Reviewer or Role.Owner,
        Right.Review => role is Role.Reviewer or Role.Owner,
        Right.Publish => role is Role.Publisher or Role.Owner,
        _ => role is Role.Owner,
    };
}

/// <summary>
/// What a caller must be allowed to use an endpoint, on the agenda that its address names. Every endpoint of the API carries one; a
/// test fails for one that does not.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;
}

/// <summary>An endpoint of no agenda that shows or does only what lies within the caller's own agendas.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachTheirOwnAttribute : Attribute;

internal static class Callers
{
    /// <summary>Who asks; identification has seen to it.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();
}
