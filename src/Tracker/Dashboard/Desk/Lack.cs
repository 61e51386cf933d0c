using System.Collections.Immutable;
using Tracker.Access;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>Why somebody who is signed in may not: who they are, what they are to the agenda, and what it takes.</summary>
/// <param name="Roles">Their roles on the agenda; that everybody may read is none.</param>
/// <param name="Takes">The roles that would do.</param>
public sealed record Lack(string Name, ImmutableArray<Role> Roles, ImmutableArray<Role> Takes)
{
    /// <summary>What the one who asks lacks for a right on an agenda; null where it is nothing, or where nobody is signed in.</summary>
    public static Lack? Of(HttpContext http, Right right, string agenda)
    {
        if (http.Features.Get<SignedIn>() is not { } who || http.Features.Get<Caller>() is not { } caller || caller.May(right, agenda)) return null;
        var roles = caller.Grants.Where(x => x.Agenda is null || x.Agenda == agenda).Select(x => x.Role).Distinct().ToImmutableArray();
        return new Lack(who.Name, roles.Any(x => x is not Role.Reader) ? roles.Remove(Role.Reader) : roles, [.. Enum.GetValues<Role>().Where(x => x.Carries(right))]);
    }

    public string Sentence => Texts.YouAre(Name, Roles.IsEmpty ? null : Texts.ListOf([.. Roles.Select(Texts.RoleOf)]));

    public string Needed => Texts.ItTakes(Texts.OneOf([.. Takes.Select(Texts.RoleOf)]));
}
