using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Makes a key for someone: a role on one agenda, or on all. The answer shows it, once.</summary>
public sealed record CreateKey(string Name, string Role, string? Agenda = null, string? ExpiresAt = null)
{
    /// <summary>What is to be made, or problems.</summary>
    public (Role Role, DateTimeOffset? ExpiresAt) Read(Problems problems, DateTimeOffset now)
    {
        KeyRing.CheckName(problems, Name);
        var role = problems.Word<Role>("role", Role);
        if (Agenda is not null) problems.Name("agenda", Agenda);
        if (ExpiresAt is null) return (role, null);
        if (!Instants.TryParse(ExpiresAt, out var expiresAt)) problems.Add("expiresAt", "bad-date", "'expiresAt' must be an RFC 3339 instant.");
        else if (expiresAt <= now) problems.Add("expiresAt", "bad-date", "'expiresAt' has passed.");
        return (role, expiresAt);
    }
}

/// <summary>A key that was made, with its secret: shown this once.</summary>
/// <param name="Id">What it is revoked by.</param>
/// <param name="Agenda">The agenda its role is on; null for all.</param>
/// <param name="Key">The secret itself; only its hash is kept.</param>
public sealed record KeyMade(string Id, string Name, Role Role, string? Agenda, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string Key);

public static class CreateKeyEndpoint
{
    private const int MaxBody = 16 * 1024;

    [WolverinePost("/api/v1/keys"), Needs(Right.Own), EachTheirOwn]
    [Operation("createKey", "Makes a key", Takes = typeof(CreateKey), Gives = typeof(KeyMade), Status = 201, Refuses = ["422 bad-name", "422 not-repeatable"])]
    public static async Task<IResult> Post(HttpContext http, [NotBody] KeyRing keys, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
            return Refuse.As("not-repeatable", "A key is shown once, and its answer kept nowhere: it cannot be given again. Send no Idempotency-Key.").Answered();
        var (body, refusal) = await Intake.ReadBodyAsync(http.Request, MaxBody, ct);
        if (refusal is not null) return refusal.Answered();
        (var command, refusal) = WireJson.Read<CreateKey>(body);
        if (refusal is not null) return refusal.Answered();

        var problems = new Problems();
        var (role, expiresAt) = command!.Read(problems, clock.GetUtcNow());
        if (problems.Any) return problems.Refusal().Answered();
        if (!http.Caller().May(Right.Own, command.Agenda))
            return new Refusal(403, "forbidden", "An owner of one agenda makes keys for that agenda only.").Answered();

        var (key, secret) = await keys.MakeAsync(command.Name, role, command.Agenda, expiresAt, null, ct);
        var answer = WireJson.Bytes(new KeyMade(key.Id, key.Name, key.Role, key.Agenda, key.CreatedAt, key.ExpiresAt, secret));
        return new Answer(201, Answer.TagOf(1, answer), $"/api/v1/keys/{key.Id}", null, answer);
    }
}
