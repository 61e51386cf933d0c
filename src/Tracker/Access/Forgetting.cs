using System.Text;
using Npgsql;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Forgets whom an id of the record stands for.</summary>
/// <param name="Address">A mail address of theirs, to be forgotten too; those that an issuer names them by are in any case.</param>
public sealed record ForgetPrincipal(string? Address = null);

/// <summary>
/// Forgets people wherever they are kept beside the record: names, what issuers call them, names of keys, addresses. The record keeps its opaque ids, which stand for
/// nobody then.
/// </summary>
public sealed class Forgetting(NpgsqlDataSource database, Principals principals, KeyRing keys, IEnumerable<IEraseAddresses> others)
{
    /// <summary>Forgets a principal. False where they have the last key that owns everything.</summary>
    public async Task<bool> ForgetAsync(Principal principal, string? address, CancellationToken ct)
    {
        string[] ids = [principal.Id, .. principal.Aliases];
        // What is told of it later needs the names no more: ends what they could still come with, first.
        if (!await keys.ForgetAsync(ids, ct)) return false;
        foreach (var one in principal.Identities.Select(x => x.Subject).Append(address).OfType<string>().Where(x => x.Contains('@', StringComparison.Ordinal)))
        {
            foreach (var other in others) await other.EraseAsync(one, ct);
            await KeptAnswersAsync(one, ct);
        }

        await principals.ForgetAsync(ids, ct);
        return true;
    }

    /// <summary>A kept answer may tell of a schedule, and whom it is mailed to.</summary>
    private async Task KeptAnswersAsync(string address, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {AgendaLine.RepeatsTableName} where position(lower($1) in lower(convert_from(body, 'UTF8'))) > 0");
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetString(WireJson.Bytes(address)) });
        await command.ExecuteNonQueryAsync(ct);
    }
}

public static class ForgetPrincipalEndpoint
{
    private const int MaxBody = 16 * 1024;

    [WolverinePost("/api/v1/principals/{p}/forgetting"), Needs(Right.Own)]
    [Operation("forgetPrincipal", "Forgets whom an id of the record stands for, and ends their keys", Takes = typeof(ForgetPrincipal), Status = 204, Refuses = ["409 last-owner", "422 bad-email"])]
    public static async Task<IResult> Post(string p, HttpContext http, [NotBody] Principals principals, [NotBody] Forgetting forgetting, CancellationToken ct)
    {
        if (p.Contains('\0') || await principals.FindAsync(p, ct) is not { } principal) return Refuse.NotFound("principal", p).Answered();
        var (body, refusal) = await Intake.ReadBodyAsync(http.Request, MaxBody, ct);
        if (refusal is not null) return refusal.Answered();
        (var command, refusal) = WireJson.Read<ForgetPrincipal>(body);
        if (refusal is not null) return refusal.Answered();
        if (command!.Address is { } address && !address.Contains('@', StringComparison.Ordinal)) return Refuse.As("bad-email", "address", $"'address' must be a mail address; it is '{address}'.").Answered();
        return await forgetting.ForgetAsync(principal, command.Address, ct)
            ? Results.NoContent()
            : Refuse.Conflict("last-owner", "They have the last key that owns everything: nobody could make another. Make one for somebody else first.").Answered();
    }
}
