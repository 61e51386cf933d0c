using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Makes a principal: a person or a program, who may be given keys.</summary>
/// <param name="Label">What they are called, by which others tell them apart.</param>
/// <param name="Name">The same under another word: one of the two is given.</param>
public sealed record CreatePrincipal(string? Label = null, string? Name = null);

/// <summary>Says that whom an issuer names is this principal. The issuer <c>keys</c> is ours: its subjects are the names of keys that were made.</summary>
public sealed record LinkIdentity(string Issuer, string Subject);

/// <summary>Principals, by their names.</summary>
public sealed record PrincipalList(IReadOnlyList<Principal> Items);

/// <summary>Who stands behind the opaque ids of the record. An owner of one agenda sees those who have a key on it.</summary>
public static class PrincipalsEndpoints
{
    private const int MaxBody = 16 * 1024;
    private const int MaxIssuer = 2_000;

    [WolverineGet("/api/v1/principals"), Needs(Right.Own), EachTheirOwn]
    [Operation("listPrincipals", "Lists the people behind the ids of the record", Gives = typeof(PrincipalList))]
    public static async Task<IResult> List(HttpContext http, [NotBody] Principals principals, CancellationToken ct)
    {
        return Ok(200, new PrincipalList([.. await TheirsAsync(http.Caller(), principals, ct)]));
    }

    [WolverineGet("/api/v1/principals/{p}"), Needs(Right.Own), EachTheirOwn]
    [Operation("readPrincipal", "The person behind an id of the record", Gives = typeof(Principal))]
    public static async Task<IResult> One(string p, HttpContext http, [NotBody] Principals principals, CancellationToken ct) =>
        (await TheirsAsync(http.Caller(), principals, ct)).FirstOrDefault(x => x.Id == p || x.Aliases.Contains(p, StringComparer.Ordinal)) is { } principal
            ? Ok(200, principal)
            : Refuse.NotFound("principal", p).Answered();

    [WolverinePost("/api/v1/principals"), Needs(Right.Own)]
    [Operation("createPrincipal", "Makes a principal", Takes = typeof(CreatePrincipal), Gives = typeof(Principal), Status = 201, Refuses = ["409 name-taken", "422 bad-name"])]
    public static async Task<IResult> Create(HttpContext http, [NotBody] Principals principals, CancellationToken ct)
    {
        var (command, refusal) = await ReadAsync<CreatePrincipal>(http, ct);
        if (command is null) return refusal!.Answered();
        var problems = new Problems();
        if ((command.Label ?? command.Name) is not { } label) return Refuse.Unreadable("'label' is required: what they are called.", "label").Answered();
        KeyRing.CheckName(problems, label, command.Label is null ? "name" : "label");
        if (command.Name is not null && command.Name != label) problems.Add("name", "bad-name", "'name' says another name than 'label'; give one of them.");
        if (problems.Any) return problems.Refusal().Answered();
        return await principals.MakeAsync(label, ct) is { } made
            ? Ok(201, made, $"/api/v1/principals/{made.Id}")
            : Refuse.Conflict("name-taken", $"There is a principal '{label}'. Name them when you make a key, or tell the two apart by their names.").Answered();
    }

    [WolverinePost("/api/v1/principals/{p}/identities"), Needs(Right.Own)]
    [Operation("linkIdentity", "Says that whom an issuer names is this principal", Takes = typeof(LinkIdentity), Gives = typeof(Principal), Refuses = ["422 bad-issuer", "422 bad-subject"])]
    public static async Task<IResult> Link(string p, HttpContext http, [NotBody] Principals principals, CancellationToken ct)
    {
        if (p.Contains('\0') || await principals.FindAsync(p, ct) is null) return Refuse.NotFound("principal", p).Answered();
        var (command, refusal) = await ReadAsync<LinkIdentity>(http, ct);
        if (command is null) return refusal!.Answered();
        var problems = new Problems();
        if (problems.Text("issuer", command.Issuer) is { Length: > MaxIssuer } or Principals.Service) problems.Add("issuer", "bad-issuer", $"'issuer' must be who issues tokens, as they name it, or '{Principals.Keys}' for a name of keys.");
        if (problems.Text("subject", command.Subject).Length > RoleClaims.MaxSubject) problems.Add("subject", "bad-subject", $"'subject' must be at most {RoleClaims.MaxSubject} characters.");
        if (problems.Any) return problems.Refusal().Answered();
        return await principals.LinkAsync(p, new Identity(command.Issuer, command.Subject), ct) is { } linked ? Ok(200, linked) : Refuse.NotFound("principal", p).Answered();
    }

    private static async Task<(T? Command, Refusal? Refusal)> ReadAsync<T>(HttpContext http, CancellationToken ct) where T : class
    {
        var (body, refusal) = await Intake.ReadBodyAsync(http.Request, MaxBody, ct);
        return refusal is null ? WireJson.Read<T>(body) : (null, refusal);
    }

    private static async Task<IEnumerable<Principal>> TheirsAsync(Caller caller, Principals principals, CancellationToken ct) => caller.May(Right.Own, null)
        ? await principals.ListAsync(null, ct)
        : (await principals.ListAsync([.. caller.Grants.Where(x => x.Role.Carries(Right.Own)).Select(x => x.Agenda!)], ct)).Select(x => x with { Identities = [] });

    private static Answer Ok<T>(int status, T value, string? location = null)
    {
        var body = WireJson.Bytes(value);
        return new Answer(status, Answer.TagOf(1, body), location, null, body);
    }
}
