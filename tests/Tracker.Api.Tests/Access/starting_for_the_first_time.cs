using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting;

namespace Tracker.Api.Tests.Access;

public sealed class starting_for_the_first_time(PostgresUnderTest postgres)
{
    private const string NoneGiven = "--Tracker:OwnerKey=";

    [Fact]
    public async Task makes_one_owner_key_that_works_and_no_second_at_the_next_start()
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        string key;
        await using (var node = await Node.StartAsync(database, null, NoneGiven))
        {
            key = FirstOf(node).ShouldNotBeNull();
            key.Length.ShouldBe(47);
            (await node.With(key).GetAsync("keys")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1);
            (await node.With(key).PostAsync("agendas", Given.Agenda("bali"))).Should(201);
        }

        await using var again = await Node.StartAsync(database, null, NoneGiven);
        FirstOf(again).ShouldBeNull();
        (await again.With(key).GetAsync("keys")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task makes_one_when_two_nodes_start_together()
    {
        // Of the tables there are two makers too, and they wait for each other.
        var database = await postgres.NewDatabaseAsync();
        await ForgetKeysAsync(database);
        var nodes = await Task.WhenAll(Node.StartAsync(database, null, NoneGiven), Node.StartAsync(database, null, NoneGiven));
        try
        {
            var key = nodes.Select(FirstOf).Single(x => x is not null);
            foreach (var node in nodes) (await node.With(key).GetAsync("keys")).Should(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task takes_the_key_that_is_given_and_never_shows_it()
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        await using var node = await Node.StartAsync(database);
        FirstOf(node).ShouldBeNull();
        (await node.With(Node.OwnerKey).GetAsync("keys")).Should(200).Text.ShouldNotContain(Node.OwnerKey);
    }

    [Fact]
    public async Task says_that_a_key_is_given_which_opens_nothing()
    {
        const string Another = "trk_another-key-0123456789abcdefghijklmnopqrstu";
        var database = await postgres.NewEmptyDatabaseAsync();
        await using (var first = await Node.StartAsync(database)) first.Log.ShouldNotContain(x => x.Contains("Tracker:OwnerKey", StringComparison.Ordinal));
        await using (var same = await Node.StartAsync(database)) same.Log.ShouldNotContain(x => x.Contains("Tracker:OwnerKey", StringComparison.Ordinal));

        await using var node = await Node.StartAsync(database, null, $"--Tracker:OwnerKey={Another}");

        node.Log.ShouldContain(x => x.Contains("Tracker:OwnerKey is ignored", StringComparison.Ordinal) && x.Contains("keys create", StringComparison.Ordinal));
        node.Log.ShouldNotContain(x => x.Contains(Another, StringComparison.Ordinal));
        (await node.With(Another).GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await node.With(Node.OwnerKey).GetAsync("keys")).Should(200);
    }

    [Fact]
    public async Task makes_one_where_all_keys_are_of_others()
    {
        var database = await postgres.NewDatabaseAsync();
        await ForgetKeysAsync(database, "insert into tracker.access_key (id, hash, fingerprint, principal, name, role, created_at) values ('k-1', '', '', 'p-1', 'Ana', 'coder', now())");
        await using var node = await Node.StartAsync(database, null, NoneGiven);
        FirstOf(node).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("short")]
    [InlineData("correct-horse-battery-staple-31")]
    public async Task refuses_a_key_that_anyone_would_guess(string given)
    {
        var database = await postgres.NewDatabaseAsync();
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Node.StartAsync(database, null, $"--Tracker:OwnerKey={given}"));
        refusal.Message.ShouldContain("Tracker:OwnerKey");
        refusal.Message.ShouldContain("at least 32");
        refusal.Message.ShouldNotContain(given);
    }

    [Fact]
    public async Task writes_the_key_where_only_its_user_reads_it()
    {
        var parent = Directory.CreateTempSubdirectory("tracker-first-key-");
        try
        {
            // As someone might leave it there who waits for the key.
            var file = Path.Combine(parent.FullName, "owner.key");
            await File.WriteAllTextAsync(Path.Combine(parent.FullName, "tracker.lock"), "");
            await File.WriteAllTextAsync(file, "old");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
            var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Tracker:DataDirectory", parent.FullName)]).Build();
            await using var database = await Database.OpenAsync(settings, beside: false, _ => { }, default);
            await using var app = TrackerHost.Build(["--urls", "http://127.0.0.1:0", "--Tracker:LoadSeeds=false"], database);
            await app.StartAsync();

            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var key = (await File.ReadAllTextAsync(file)).Trim();
            app.Services.GetRequiredService<FirstKey>().Made.ShouldBe(key);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            (await http.GetAsync("/api/v1/keys")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            (await File.ReadAllTextAsync(Path.Combine(parent.FullName, "postgres.log"))).ShouldNotContain(key);
            // So does what encrypts the keys in the database.
            var protection = Path.Combine(parent.FullName, "protection.pem");
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(protection).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await using (var command = app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand("select string_agg(xml, '') from tracker.protection_key"))
            {
                var stored = (string)(await command.ExecuteScalarAsync())!;
                stored.ShouldContain("encryptedSecret");
                stored.ShouldNotContain("masterKey");
            }

            await app.StopAsync();
        }
        finally
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            parent.Delete(recursive: true);
        }
    }

    private static string? FirstOf(Node node) => node.Services.GetRequiredService<FirstKey>().Made;

    private static async Task ForgetKeysAsync(string database, string andThen = "select 1")
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("delete from tracker.access_key");
        await command.ExecuteNonQueryAsync();
        await using var then = source.CreateCommand(andThen);
        await then.ExecuteNonQueryAsync();
    }
}
