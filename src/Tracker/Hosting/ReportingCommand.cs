using System.CommandLine;
using Npgsql;

namespace Tracker.Hosting;

/// <summary><c>reporting grant ROLE</c>: a role of the database that reads the record and nothing else.</summary>
internal static class ReportingCommand
{
    public static Command Create(string[] settings)
    {
        var role = new Argument<string>("ROLE") { Description = "Its name in PostgreSQL; made where there is none." };
        var grant = new Command("grant", "Lets a role read the record, and prints the password of one that it makes, this once. After an upgrade: once more.") { role };
        grant.SetAction((parsed, ct) => CommandHost.RunAsync(settings, async (services, stop) =>
        {
            var (database, name) = (services.GetRequiredService<NpgsqlDataSource>(), parsed.GetRequiredValue(role));
            var (password, refusal) = await ReportingRole.GrantAsync(database, name, stop);
            if (refusal is not null) return CommandHost.Refused(refusal);
            var where = new NpgsqlConnectionStringBuilder(services.GetRequiredService<Database>().ConnectionString);
            await Console.Error.WriteLineAsync($"{name} reads the record of every agenda, internal ones too, at {where.Host}:{where.Port}/{where.Database}: {string.Join(", ", ReportingRole.Tables)}");
            if (password is null) return 0;
            await Console.Error.WriteLineAsync("Its password is shown this once:");
            await Console.Out.WriteLineAsync(password);
            return 0;
        }, ct));
        return new Command("reporting", "Lets reporting tools read the record in the database.") { grant };
    }
}
