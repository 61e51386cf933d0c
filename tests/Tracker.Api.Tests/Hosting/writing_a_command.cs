using System.Net;
using System.Net.Sockets;
using JasperFx.CommandLine;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Hosting;

/// <summary>What is typed after the program's name: a wrong word is an error before anything is done, and never the default.</summary>
public sealed class writing_a_command(PostgresUnderTest postgres) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracker-command-");

    private string Data => Path.Combine(_folder.FullName, "data");

    [Theory]
    [InlineData("There is no option '--dryrun'. Did you mean --dry-run?", "import", "x.json", "--dryrun")]
    [InlineData("There is no option '--agend'. Did you mean --agenda?", "keys", "create", "--name", "typo", "--role", "owner", "--agend", "us-china-bali", "--expires-at", "2999-01-01T00:00:00Z")]
    [InlineData("Did you mean --expires-at?", "keys", "create", "--name", "typo", "--role", "owner", "--expires", "2999-01-01T00:00:00Z")]
    [InlineData("There is no option '--valid'. Did you mean --valid-at?", "board", "us-china-bali", "--valid=2023-01-31")]
    [InlineData("'extra' is a surplus argument.", "board", "us-china-bali", "extra")]
    [InlineData("'xml'", "board", "us-china-bali", "--format", "xml")]
    [InlineData("--name", "keys", "create", "--role", "owner")]
    [InlineData("--agenda and --kind are for a .csv", "import", "x.json", "--agenda", "us-china-bali")]
    [InlineData("--kind is for --format csv", "export", "us-china-bali", "--kind", "evidence")]
    [InlineData("leave --valid-at, --known-at and --since out", "report", "us-china-bali", "--issued", "weekly", "--valid-at", "2023-01-31")]
    [InlineData("'creat' is a surplus argument. Did you mean create?", "keys", "creat")]
    [InlineData("'make' is a surplus argument. Nothing was done.", "keys", "make", "--name", "Ana", "--role", "owner")]
    [InlineData("The ending of 'bali.docx' is of no form of a report: end it in one of json, md, html, pdf, csv, or give --format.", "report", "us-china-bali", "--output", "bali.docx")]
    [InlineData("There is no command 'bord'. Did you mean board?", "bord", "us-china-bali")]
    [InlineData("There is no command 'bord'. Did you mean board?", "help", "bord")]
    [InlineData("There is no command 'serve'. Nothing was done. See tracker --help", "serve")]
    [InlineData("There is no option '--url'. Did you mean --urls?", "--url", "http://localhost:5081")]
    [InlineData("There is no option '--environment'.", "--environment", "Development")]
    [InlineData("A setting is written --Tracker:PublicRead=VALUE.", "--Tracker:PublicRead", "false")]
    public async Task is_refused_where_a_word_is_wrong_and_does_nothing(string said, params string[] words)
    {
        var refused = await TheProgram.RunAsync([.. words, $"--Tracker:DataDirectory={Data}"]);

        (refused.ExitCode, refused.Output).ShouldBe((2, ""));
        refused.Errors.ShouldStartWith("tracker: ");
        refused.Errors.ShouldContain(said);
        Directory.Exists(Data).ShouldBeFalse("no database was started");
    }

    [Theory]
    [InlineData("Tracker:PublicReads is not a setting. Did you mean Tracker:PublicRead?", "--Tracker:PublicReads=false")]
    [InlineData("Tracker:PublicReads is not a setting. Did you mean Tracker:PublicRead?", "board", "us-china-bali", "--Tracker:PublicReads=false")]
    [InlineData("Tracker:PublicReads is not a setting. Did you mean Tracker:PublicRead?", "describe", "--Tracker:PublicReads=false")]
    [InlineData("Traker:PublicRead is not a setting. Did you mean Tracker:PublicRead?", "--Traker:PublicRead=false")]
    [InlineData("--urls must be an address to listen at", "--urls", "5081")]
    public async Task is_refused_where_a_setting_is_wrong_and_does_nothing(string said, params string[] words)
    {
        var refused = await TheProgram.RunAsync([.. words, $"--Tracker:DataDirectory={Data}"]);

        ShouldBeOneLine(refused, said);
        Directory.Exists(Data).ShouldBeFalse("no database was started");
    }

    [Fact]
    public async Task is_refused_a_setting_of_the_environment_that_nobody_reads() =>
        ShouldBeOneLine(await TheProgram.RunWithAsync(new() { ["Tracker__PublicReads"] = "false" }), "Did you mean Tracker:PublicRead?");

    [Theory]
    [InlineData("board", "--help")]
    [InlineData("Tracker:PublicRead", "-h")]
    [InlineData("--urls", "help")]
    [InlineData("--valid-at", "board", "--help")]
    [InlineData("--valid-at", "help", "board")]
    [InlineData("--agenda", "keys", "create", "-h")]
    [InlineData("--dry-run", "import", "--help")]
    [InlineData("rebuild", "tables", "--help")]
    [InlineData("db-apply", "db-apply", "--help")]
    [InlineData("db-apply", "help", "db-apply")]
    public async Task is_helped_without_a_database(string said, params string[] words)
    {
        var helped = await TheProgram.RunAsync([.. words, $"--Tracker:DataDirectory={Data}"]);

        (helped.ExitCode, helped.Errors).ShouldBe((0, ""));
        helped.Output.ShouldContain(said);
        Directory.Exists(Data).ShouldBeFalse("no database was started");
    }

    [Fact]
    public async Task is_told_our_commands_before_the_stacks()
    {
        var helped = (await TheProgram.RunAsync("help")).Output;

        string[] ours = ["board", "report", "import", "export", "keys"];
        foreach (var command in ours) helped.IndexOf($"  {command} ", StringComparison.Ordinal).ShouldBeInRange(0, helped.IndexOf("codegen", StringComparison.Ordinal), command);
    }

    [Fact]
    public void is_offered_the_commands_that_the_stack_has()
    {
        var stack = new CommandFactory();
        stack.RegisterCommands(typeof(CommandFactory).Assembly);
        stack.RegisterCommandsFromExtensionAssemblies();

        StackCommands.Names.ShouldBe(stack.AllCommandTypes().Select(CommandFactory.CommandNameFor).Except(["help", "run", .. OfProjections]).Order(StringComparer.Ordinal));
    }

    private static readonly string[] OfProjections = ["projections", "projection-run"];

    /// <summary>There are none: their tables are filled by whoever records, and made again by a command of ours.</summary>
    [Fact]
    public async Task is_refused_those_of_projections_with_the_one_that_takes_their_place()
    {
        foreach (var command in OfProjections)
        {
            var refused = await TheProgram.RunAsync(command, "rebuild", $"--Tracker:DataDirectory={Data}");
            refused.ExitCode.ShouldBe(2);
            refused.Errors.ShouldContain("'tables rebuild' makes the tables again");
        }
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("board", "--version")]
    [InlineData("keys", "create", "--version")]
    [InlineData("describe", "--version")]
    public async Task is_told_the_version(params string[] words)
    {
        var told = await TheProgram.RunAsync([.. words, $"--Tracker:DataDirectory={Data}"]);

        (told.ExitCode, told.Errors).ShouldBe((0, ""));
        told.Output.Trim().ShouldStartWith(typeof(TrackerHost).Assembly.GetName().Version!.ToString(3));
        Directory.Exists(Data).ShouldBeFalse("no database was started");
    }

    [Fact]
    public async Task is_described_the_program_without_its_secrets()
    {
        const string Secret = "a-secret-word-0123456789-and-some-more";
        var connection = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync());
        var password = connection.Password is { Length: > 0 } real ? real : connection.Password = Secret;

        var described = await TheProgram.RunWithAsync(
            new() { ["ConnectionStrings__Tracker"] = connection.ConnectionString, ["Tracker__OwnerKey"] = Secret, ["Tracker__Mail__Password"] = Secret, ["SOME_TOKEN"] = Secret },
            "describe", "--Tracker:Mail:User=tracker", "--Tracker:Mail:Host=127.0.0.1", "--Tracker:Mail:From=tracker@example.org", "--Tracker:PublicUrl=https://tracker.example.org",
            "--Tracker:Jwt:Authority=http://127.0.0.1:9", "--Tracker:Jwt:Audience=tracker", "--Tracker:SignIn:ClientId=desk", $"--Tracker:SignIn:ClientSecret={Secret}");

        described.ExitCode.ShouldBe(0, described.Errors);
        described.Output.ShouldContain("https://tracker.example.org");
        foreach (var text in (string[])[described.Output, described.Errors])
        {
            text.ShouldNotContain(Secret);
            text.ShouldNotContain($"Password={password}", Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("Password=not-this-one-0123", "refused the connection: ")]
    [InlineData("Database=there-is-none", "refused the connection: database \"there-is-none\" does not exist")]
    [InlineData("Host=127.0.0.1;Port=1", "No database answers at 127.0.0.1:1/")]
    [InlineData("Host=there-is-none.invalid", "No database answers at there-is-none.invalid:")]
    public async Task is_told_in_one_line_why_a_database_cannot_be_had(string wrong, string said)
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.NewEmptyDatabaseAsync());
        foreach (var (word, value) in wrong.Split(';').Select(x => x.Split('=')).Select(x => (x[0], x[1]))) connection[word] = value;

        var refused = await TheProgram.RunOnAsync(connection.ConnectionString, "--urls", "http://127.0.0.1:0");

        ShouldBeOneLine(refused, said);
        refused.Errors.ShouldContain("ConnectionStrings:Tracker");
        refused.Errors.ShouldNotContain("not-this-one");
    }

    [Theory]
    [InlineData("postgres://tracker:secret-word@db/tracker")]
    [InlineData("Host=db;Pasword=secret-word")]
    public async Task is_told_in_one_line_that_a_connection_cannot_be_read(string connection)
    {
        var refused = await TheProgram.RunOnAsync(connection);

        ShouldBeOneLine(refused, "tracker: ConnectionStrings:Tracker ");
        refused.Errors.ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task is_told_in_one_line_that_an_address_is_taken_and_no_key_is_lost_by_it()
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var refused = await TheProgram.RunOnAsync(database, "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        ShouldBeOneLine(refused, "address already in use");
        refused.Errors.ShouldContain("--urls http://localhost:");
        await using var source = NpgsqlDataSource.Create(database);
        await using var keys = source.CreateCommand("select count(*) from tracker.access_key");
        (await keys.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
    }

    [Fact]
    public async Task is_told_in_one_line_that_an_address_is_not_of_this_machine() =>
        ShouldBeOneLine(await TheProgram.RunOnAsync(await postgres.NewDatabaseAsync(), "--urls", "http://192.0.2.1:5081"), "--urls http://localhost:");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void ShouldBeOneLine(Ended ended, string said)
    {
        ended.ExitCode.ShouldBe(1, ended.Errors);
        ended.Errors.ShouldContain(said);
        // A line of the log may stand before it, such as that keys lie unencrypted in that database.
        ended.Errors.TrimEnd().Split('\n').Where(x => !x.StartsWith("warn: ", StringComparison.Ordinal)).ShouldHaveSingleItem(ended.Errors).ShouldStartWith("tracker: ");
        ended.Errors.ShouldNotContain("   at ");
    }
}
