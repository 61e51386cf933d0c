using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Access;

/// <summary>Whoever reads the database, or a backup of it, and has nothing else.</summary>
public sealed class reading_the_database(PostgresUnderTest postgres) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracker-keys-");

    private string File => Path.Combine(_folder.FullName, "outside", "protection.pem");

    private string Setting => $"--Tracker:Keys:File={File}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task opens_nothing_that_was_sealed_since_a_file_outside_it_is_set_and_what_was_sealed_before_stays_good()
    {
        var database = await postgres.NewDatabaseAsync();
        string before, since;
        await using (var node = await Node.StartAsync(database))
        {
            node.Log.ShouldContain(x => x.Contains("lie unencrypted in the database", StringComparison.Ordinal) && x.Contains("Tracker:Keys:File", StringComparison.Ordinal));
            before = Seal(node).Protect("before");
            Reads(await StoredAsync(database), before).ShouldBe("before", "that is what the warning is about");
        }

        await using (var node = await Node.StartAsync(database, null, Setting))
        {
            node.Log.ShouldContain(x => x.Contains("are encrypted now", StringComparison.Ordinal));
            if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Seal(node).Unprotect(before).ShouldBe("before");
            since = Seal(node).Protect("since");
            // Who has an older backup has the key before: nothing is sealed with it any more.
            since[..40].ShouldNotBe(before[..40]);
            await using var another = await Node.StartAsync(database, null, Setting);
            Seal(another).Unprotect(since).ShouldBe("since");
            another.Log.ShouldNotContain(x => x.Contains("unencrypted", StringComparison.Ordinal));
        }

        var stored = await StoredAsync(database);
        stored.Length.ShouldBe(2);
        foreach (var key in stored)
        {
            key.ShouldContain("encryptedSecret");
            key.ShouldNotContain("requiresEncryption");
        }

        foreach (var secret in (string[])[before, since]) Should.Throw<CryptographicException>(() => Reads(stored, secret));
    }

    [Fact]
    public async Task is_all_that_a_start_without_the_file_could_do_so_it_does_not_start()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (await Node.StartAsync(database, null, Setting)) { }
        var stored = await StoredAsync(database);

        foreach (var settings in (string[][])[[], [$"--Tracker:Keys:File={Path.Combine(_folder.FullName, "another.pem")}"]])
        {
            var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Node.StartAsync(database, null, settings));
            foreach (var said in (string[])["tracker.protection_key", "Tracker:Keys:File", "Tracker:Keys:Certificate"]) refusal.Message.ShouldContain(said);
        }

        (await StoredAsync(database)).ShouldBe(stored);
        // A command seals nothing, and needs nothing to seal with.
        var listed = await TheProgram.RunOnAsync(database, "keys", "list");
        (listed.ExitCode, listed.Errors).ShouldBe((0, ""));
        (await StoredAsync(database)).ShouldBe(stored);
    }

    [Theory]
    [InlineData("pem", null, null)]
    [InlineData("pem", "a password", null)]
    [InlineData("pfx", "a password", null)]
    [InlineData("pfx", null, null)]
    [InlineData("pfx", "another", "Tracker:Keys:CertificatePassword")]
    [InlineData("ecdsa", null, "no RSA private key")]
    [InlineData("text", null, "cannot be read")]
    [InlineData("none", null, "cannot be read")]
    public async Task takes_a_certificate_that_the_operator_has(string kind, string? password, string? refused)
    {
        var path = Path.Combine(_folder.FullName, "certificate");
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, to) = (new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        using var certificate = new CertificateRequest("CN=An operator", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, to);
        using var curved = new CertificateRequest("CN=An operator", curve, HashAlgorithmName.SHA256).CreateSelfSigned(from, to);
        var hard = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
        if (kind == "pem") await System.IO.File.WriteAllTextAsync(path, certificate.ExportCertificatePem() + "\n" + (password is null ? rsa.ExportPkcs8PrivateKeyPem() : rsa.ExportEncryptedPkcs8PrivateKeyPem(password, hard)));
        if (kind == "pfx") await System.IO.File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12, refused is null ? password : "a password"));
        if (kind == "ecdsa") await System.IO.File.WriteAllTextAsync(path, curved.ExportCertificatePem() + "\n" + curve.ExportPkcs8PrivateKeyPem());
        if (kind == "text") await System.IO.File.WriteAllTextAsync(path, "a certificate");
        string[] settings = [$"--Tracker:Keys:Certificate={path}", $"--Tracker:Keys:CertificatePassword={password}"];

        if (refused is not null)
        {
            var message = (await Should.ThrowAsync<InvalidOperationException>(() => Node.StartAsync("Host=127.0.0.1;Port=1;Database=none", null, settings))).Message;
            foreach (var said in (string[])["Tracker:Keys:Certificate", path, refused]) message.ShouldContain(said);
            return;
        }

        var database = await postgres.NewDatabaseAsync();
        await using var node = await Node.StartAsync(database, null, settings);
        Seal(node).Unprotect(Seal(node).Protect("sealed")).ShouldBe("sealed");
        (await StoredAsync(database)).ShouldAllBe(x => x.Contains("encryptedSecret", StringComparison.Ordinal));
    }

    private static IDataProtector Seal(Node node) => node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<string[]> StoredAsync(string database)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select array_agg(xml order by name) from tracker.protection_key");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What the rows of the table alone open.</summary>
    private static string Reads(string[] stored, string secret)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Tracker");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new Copied(stored));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret);
    }

    private sealed class Copied(string[] stored) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [.. stored.Select(x => XElement.Parse(x))];

        public void StoreElement(XElement element, string friendlyName) { }
    }
}

/// <summary><c>reporting grant ROLE</c>: what a reporting tool may read.</summary>
public sealed class reading_for_reports(PostgresUnderTest postgres)
{
    [Fact]
    public async Task sees_the_record_and_nothing_of_keys_sessions_people_recipients_and_secrets_and_changes_nothing()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.AcceptedAsync("talks-1");
        var role = string.Create(CultureInfo.InvariantCulture, $"reports_{Environment.ProcessId}");
        try
        {
            var made = await TheProgram.RunOnAsync(tracker.ConnectionString, "reporting", "grant", role);
            made.ExitCode.ShouldBe(0, made.Errors);
            var password = made.Output.TrimEnd('\r', '\n');
            password.ShouldMatch("^[0-9a-f]{48}$", "nothing but the password stands on standard output");
            made.Errors.ShouldContain("internal ones too");
            var again = await TheProgram.RunOnAsync(tracker.ConnectionString, "reporting", "grant", role);
            (again.ExitCode, again.Output).ShouldBe((0, ""), again.Errors);

            await using var tool = Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(tracker.ConnectionString) { Username = role, Password = password, Pooling = false });
            var tables = await tracker.AskAsync<string[]>("select array_agg(c.relname::text order by c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'tracker' and c.relkind in ('r', 'p', 'v', 'm')");
            var read = new List<string>();
            foreach (var table in tables)
                if (await AskAsync(tool, $"select count(*) from tracker.\"{table}\"") is null) read.Add(System.Text.RegularExpressions.Regex.Replace(table, "_[0-9]+$", ""));
            read.ShouldBe(["activity_known", "agenda_known", "agenda_line", "change", "commitment_known", "evidence_known", "proposal_known", "recording", "report_known", "source_known"]);
            await using (var command = tool.CreateCommand($"select title from tracker.commitment_known_{Tracker.Boards.Known.KnownTable.TablesVersion} where agenda = '{ledger.Slug}'"))
                (await command.ExecuteScalarAsync()).ShouldBe("A visit");

            foreach (var sql in (string[])[$"delete from tracker.agenda_line", "set default_transaction_read_only = off; delete from tracker.agenda_line", "create table tracker.mine (x int)",
                "set default_transaction_read_only = off; create table public.mine (x int)", "set role tracker", "select pg_read_file('/etc/passwd')", "copy tracker.agenda_line to program 'cat'"])
                (await AskAsync(tool, sql)).ShouldNotBeNull(sql);
        }
        finally
        {
            await tracker.AskAsync<object>($"drop owned by {role}; drop role {role}; select 1");
        }
    }

    [Theory]
    [InlineData("Reports", "bad-name")]
    [InlineData("a;drop table x", "bad-name")]
    [InlineData("pg_read_all_data", "may-more")]
    public async Task is_refused_to_what_is_no_role_for_it(string role, string code)
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var refused = await TheProgram.RunOnAsync(tracker.ConnectionString, "reporting", "grant", role);
        (refused.ExitCode, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldContain($"({code})");
    }

    /// <summary>Why it may not; null where it may.</summary>
    private static async Task<string?> AskAsync(Npgsql.NpgsqlDataSource tool, string sql)
    {
        try
        {
            await using var command = tool.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (Npgsql.PostgresException e)
        {
            return e.SqlState;
        }
    }
}
