using System.CommandLine;
using System.Globalization;
using Tracker.Access;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary><c>keys create|list|revoke</c>: for whoever has the machine, and so may do everything.</summary>
internal static class KeysCommand
{
    public static Command Create(string[] settings) => new("keys", "Makes, lists and revokes keys.") { CreateOne(settings), List(settings), Revoke(settings) };

    private static Command CreateOne(string[] settings)
    {
        var name = new Option<string>("--name") { Description = "Whose it is; keys of one name are one principal.", Required = true };
        var role = new Option<string>("--role") { Description = $"One of {Words.All<Role>()}.", Required = true };
        var agenda = new Option<string?>("--agenda") { Description = "The agenda the role is on. Default: all." };
        var expires = new Option<string?>("--expires-at") { Description = "When it ends, as an RFC 3339 instant. Default: never." };
        var principal = new Option<string?>("--principal") { Description = "Whose it is, by the id of a principal. Default: whoever has keys of that name." };
        var command = new Command("create", "Makes a key and prints it, this once.") { name, role, agenda, expires, principal };
        command.SetAction((parsed, ct) => CommandHost.RunAsync(settings, async (services, stop) =>
        {
            var asked = new CreateKey(parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), parsed.GetValue(agenda), parsed.GetValue(expires), parsed.GetValue(principal));
            var problems = new Problems();
            var (means, until) = asked.Read(problems, services.GetRequiredService<TimeProvider>().GetUtcNow());
            if (problems.Any) return CommandHost.Refused(problems.Refusal());
            var principals = services.GetRequiredService<Principals>();
            if (asked.Principal is { } named && await principals.FindAsync(named, stop) is null) return CommandHost.Refused(Refuse.NotFound("principal", named));
            var whose = asked.Principal ?? await principals.OfAsync(Principals.Keys, asked.Name, stop);
            var (key, secret) = await services.GetRequiredService<KeyRing>().MakeAsync(asked.Name, whose, means, asked.Agenda, until, null, stop);
            await Console.Error.WriteLineAsync($"{key.Id}: {key.Name}, {Words.Text(key.Role)} on {key.Agenda ?? "all agendas"}. It is shown this once:");
            await Console.Out.WriteLineAsync(secret);
            return 0;
        }, ct));
        return command;
    }

    private static Command List(string[] settings)
    {
        var command = new Command("list", "Lists the keys, without their secrets.");
        command.SetAction((parsed, ct) => CommandHost.ReadAsync(settings, async (services, stop) =>
        {
            string[][] rows = [["ID", "NAME", "ROLE", "AGENDA", "CREATED", "EXPIRES", "LAST USED", "REVOKED"],
                .. (await services.GetRequiredService<KeyRing>().ListAsync(null, stop)).Select(x => new[]
                {
                    x.Id, x.Name, Words.Text(x.Role), x.Agenda ?? "all", Text(x.CreatedAt), Text(x.ExpiresAt), Text(x.LastUsedAt), Text(x.RevokedAt),
                })];
            var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
            foreach (var row in rows) await Console.Out.WriteLineAsync(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
            return 0;
        }, ct));
        return command;
    }

    private static Command Revoke(string[] settings)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, from the list." };
        var command = new Command("revoke", "Ends a key at once.") { id };
        command.SetAction((parsed, ct) => CommandHost.RunAsync(settings, async (services, stop) =>
        {
            var keys = services.GetRequiredService<KeyRing>();
            var key = await keys.FindAsync(parsed.GetRequiredValue(id), stop);
            if (key is null) return CommandHost.Refused(Refuse.NotFound("key", parsed.GetRequiredValue(id)));
            return key.RevokedAt is not null || await keys.RevokeAsync(key.Id, stop)
                ? 0
                : CommandHost.Refused(Refuse.Conflict("last-owner", "This is the last key that owns everything. Make another first."));
        }, ct));
        return command;
    }

    private static string Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";
}
