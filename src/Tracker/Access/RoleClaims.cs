using System.Collections.Immutable;
using System.Security.Claims;
using Tracker.Recording;

namespace Tracker.Access;

/// <summary>
/// Roles as an issuer writes them, in a list or parted by spaces: <c>coder</c> for all agendas, <c>coder:us-china-bali</c> for one.
/// Words we do not know grant nothing.
/// </summary>
public sealed class RoleClaims(IConfiguration configuration)
{
    /// <summary>The longest subject that OpenID Connect allows.</summary>
    public const int MaxSubject = 255;

    private readonly string _claim = configuration["Tracker:Jwt:RoleClaim"] is { Length: > 0 } claim ? claim : "roles";

    public ImmutableArray<Grant> GrantsOf(ClaimsPrincipal principal) => GrantsOf(principal.FindAll(_claim).SelectMany(x => x.Value.Split(' ')));

    /// <summary>Reads roles back, each as <see cref="TextOf"/> writes it.</summary>
    public static ImmutableArray<Grant> GrantsOf(IEnumerable<string> roles)
    {
        var grants = ImmutableArray.CreateBuilder<Grant>();
        foreach (var said in roles)
        {
            var (word, agenda) = said.Split(':', 2) is [var role, var on] ? (role, on) : (said, null);
            if (Words.TryParse<Role>(word, out var parsed) && (agenda is null || Slug.IsValid(agenda))) grants.Add(new Grant(parsed, agenda));
        }

        return grants.ToImmutable();
    }

    /// <summary>A role as an issuer would write it.</summary>
    public static string TextOf(Grant grant) => grant.Agenda is null ? Words.Text(grant.Role) : $"{Words.Text(grant.Role)}:{grant.Agenda}";

    /// <summary>Whom a token is about, as its issuer names them; null where it does not say so in a way that can be kept.</summary>
    public static (string Issuer, string Subject)? SubjectOf(ClaimsPrincipal principal) =>
        principal.FindFirst("iss")?.Value is { } issuer && principal.FindFirst("sub")?.Value is { Length: > 0 and <= MaxSubject } subject && !subject.Contains('\0')
            ? (issuer, subject)
            : null;
}
