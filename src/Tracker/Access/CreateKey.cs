using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Makes a key for someone: a role on one agenda, or on all. The answer shows it, once.</summary>
/// <param name="Name">Whose it is, where no principal is named: keys of one name, made by owners of everything, are one principal; so are those of one name that owners of one agenda made for it.</param>
/// <param name="Principal">Whose it is, by their id: only an owner of everything may say so.</param>
public sealed record CreateKey(string Name, string Role, string? Agenda = null, string? ExpiresAt = null, string? Principal = null)
{
    /// <summary>What is to be made, or problems.</summary>
    public (Role Role, DateTimeOffset? ExpiresAt) Read(Problems problems, DateTimeOffset now)
    {
        KeyRing.CheckName(problems, Name);
        var role = problems.Word<Role>("role", Role);
        if (Agenda is not null) problems.Name("agenda", Agenda);
        if (ExpiresAt is null) return (role, null);
        if (!Instants.TryParse(ExpiresAt, out var expiresAt)) problems.Add("expiresAt", "bad-date", $"'expiresAt' must be an RFC 3339 instant, such as 2030-01-31T00:00:00Z; it is '{ExpiresAt}'.");
        else if (expiresAt <= now) problems.Add("expiresAt", "bad-date", "'expiresAt' has passed.");
        return (role, expiresAt);
    }
}

/// <summary>A key that was made, with its secret: shown this once.</summary>
/// <param name="Id">What it is revoked by.</param>
/// <param name="Agenda">The agenda its role is on; null for all.</param>
/// <param name="Key">The secret itself; only its hash is kept.</param>
/// <param name="Principal">Whose it is, by their opaque id.</param>
public sealed record KeyMade(string Id, string Name, Role Role, string? Agenda, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string Key,
    string Principal);

public static class CreateKeyEndpoint
{
    private const int MaxBody = 16 * 1024;

    [WolverinePost("/api/v1/keys"), Needs(Right.Own), EachTheirOwn]
    [Operation("createKey", "Makes a key", Takes = typeof(CreateKey), Gives = typeof(KeyMade), Status = 201, Refuses = ["422 bad-name", "422 unknown-principal"])]
    public static async Task<IResult> Post(HttpContext http, [NotBody] KeyRing keys, [NotBody] Principals principals, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        var (body, refusal) = await Intake.ReadBodyAsync(http.Request, MaxBody, ct);
        if (refusal is not null) return refusal.Answered();
        (var command, refusal) = WireJson.Read<CreateKey>(body);
        if (refusal is not null) return refusal.Answered();

        var problems = new Problems();
        var (role, expiresAt) = command!.Read(problems, clock.GetUtcNow());
        if (problems.Any) return problems.Refusal().Answered();
        if (!http.Caller().May(Right.Own, command.Agenda))
            return new Refusal(403, "forbidden", "An owner of one agenda makes keys for that agenda only.").Answered();

        // Whoever owns one agenda chooses names: none of theirs may make somebody else of them, or of another.
        var ownsAll = http.Caller().May(Right.Own, null);
        if (command.Principal is not null && !ownsAll)
            return new Refusal(403, "forbidden", "Only an owner of everything says whose key it is by 'principal': leave it out, and name them by 'name'.").Answered();
        if (command.Principal is { } named && await principals.FindAsync(named, ct) is null)
            return Refuse.As("unknown-principal", "principal", $"There is no principal '{named}'. GET /api/v1/principals tells which there are.").Answered();
        var principal = command.Principal ?? await principals.OfAsync(ownsAll ? Principals.Keys : Principals.KeysOf(command.Agenda!), command.Name, ct);

        var (key, secret) = await keys.MakeAsync(command.Name, principal, role, command.Agenda, expiresAt, null, ct);
        var answer = WireJson.Bytes(new KeyMade(key.Id, key.Name, key.Role, key.Agenda, key.CreatedAt, key.ExpiresAt, secret, key.Principal));
        return new Answer(201, Answer.TagOf(1, answer), $"/api/v1/keys/{key.Id}", null, answer);
    }
}
