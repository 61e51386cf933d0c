using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Delivery;

/// <summary>Mail and its password go to the server that is meant, encrypted, or nowhere.</summary>
public sealed class mailing_in_secret(PostgresUnderTest postgres) : IDisposable
{
    private const string User = "tracker", Password = "pass-word-of-the-relay";

    private readonly X509Certificate2 _issuer = Issuer("CN=Issuer under test");
    private readonly string _roots = Path.Combine(Path.GetTempPath(), $"tracker-roots-{Guid.CreateVersion7():N}.pem");

    public void Dispose()
    {
        _issuer.Dispose();
        File.Delete(_roots);
    }

    [Theory]
    [InlineData("startTls", Encrypts.WhenAsked)]
    [InlineData("tls", Encrypts.FromTheFirstByte)]
    public async Task goes_encrypted_and_with_a_password_to_a_server_that_is_trusted(string security, Encrypts encrypts)
    {
        await using var sink = new MailSink { Encrypts = encrypts, Certificate = Server("127.0.0.1"), Login = (User, Password) };
        await using var tracker = await StartAsync(sink, security, trusted: true);

        var ledger = await RunAsync(tracker);

        await UntilAsync(() => Task.FromResult(sink.For("desk@example.org").Any()), "nothing arrives");
        sink.Said.Count(x => x.StartsWith("AUTH ", StringComparison.Ordinal)).ShouldBe(1);
        var said = sink.Said.ToArray();
        if (encrypts is Encrypts.WhenAsked) said.TakeWhile(x => x != "STARTTLS").ShouldAllBe(x => x.StartsWith("EHLO ", StringComparison.Ordinal), "nothing is told before it is encrypted");
        await UntilAsync(async () => await tracker.AskAsync<string>("select state from tracker.delivery") == "delivered", "it is not settled");
        await IsToldNowhereAsync(tracker, ledger);
    }

    [Theory]
    [InlineData("startTls", Encrypts.WhenAsked, false, "127.0.0.1", "its certificate is not trusted (CN=127.0.0.1, issued by CN=Issuer under test)")]
    [InlineData("tls", Encrypts.FromTheFirstByte, false, "127.0.0.1", "its certificate is not trusted (CN=127.0.0.1, issued by CN=Issuer under test)")]
    [InlineData("tls", Encrypts.FromTheFirstByte, true, "mail.example.org", "its certificate is not trusted (CN=mail.example.org, issued by CN=Issuer under test)")]
    [InlineData("startTls", Encrypts.WhenAsked, true, "mail.example.org", "its certificate is not trusted (CN=mail.example.org, issued by CN=Issuer under test)")]
    [InlineData("startTls", Encrypts.Never, true, "127.0.0.1", "STARTTLS")]
    [InlineData("tls", Encrypts.Never, true, "127.0.0.1", "There is no encrypted connection to the mail server")]
    public async Task tells_nothing_to_a_server_that_may_be_another(string security, Encrypts encrypts, bool trusted, string name, string because)
    {
        await using var sink = new MailSink { Encrypts = encrypts, Certificate = Server(name), Login = (User, Password) };
        await using var tracker = await StartAsync(sink, security, trusted);

        var ledger = await RunAsync(tracker);

        (await FailedAsync(tracker)).ShouldContain(because);
        sink.Said.ShouldNotContain(x => x.StartsWith("AUTH", StringComparison.Ordinal) || x.StartsWith("MAIL", StringComparison.Ordinal));
        sink.Got.ShouldBeEmpty();
        (await ledger.GetAsync("schedules/weekly")).Json["failing"]!.GetValue<int>().ShouldBe(1);
        await IsToldNowhereAsync(tracker, ledger);
    }

    [Fact]
    public async Task is_tried_again_where_the_server_does_not_know_the_password()
    {
        await using var sink = new MailSink { Encrypts = Encrypts.FromTheFirstByte, Certificate = Server("127.0.0.1"), Login = (User, "another") };
        await using var tracker = await StartAsync(sink, "tls", trusted: true);

        var ledger = await RunAsync(tracker);

        (await FailedAsync(tracker)).ShouldContain("5.7.8 who are you");
        sink.Got.ShouldBeEmpty();
        await IsToldNowhereAsync(tracker, ledger);
    }

    private async Task<TrackerUnderTest> StartAsync(MailSink sink, string security, bool trusted)
    {
        await File.WriteAllTextAsync(_roots, _issuer.ExportCertificatePem());
        return await TrackerUnderTest.StartAsync(postgres, null,
            "--Tracker:Mail:Host=127.0.0.1", $"--Tracker:Mail:Port={sink.Port}", $"--Tracker:Mail:Security={security}", "--Tracker:Mail:From=reports@tracker.example",
            $"--Tracker:Mail:User={User}", $"--Tracker:Mail:Password={Password}", trusted ? $"--Tracker:Mail:TrustedRoot={_roots}" : "--Tracker:Mail:TrustedRoot=");
    }

    private static async Task<Ledger> RunAsync(TrackerUnderTest tracker)
    {
        var ledger = await tracker.OpenAgendaAsync();
        await ledger.RecordAsync("schedules", new { slug = "weekly", cron = "0 6 * * MON", timeZone = "UTC", formats = Array.Empty<string>(), deliver = new[] { new { email = "desk@example.org" } } });
        await ledger.RecordAsync("schedules/weekly/run", new { });
        return ledger;
    }

    /// <summary>Waits for the first attempt to fail, and gives the reason.</summary>
    private static async Task<string> FailedAsync(TrackerUnderTest tracker)
    {
        await UntilAsync(async () => await tracker.AskAsync<long>("select count(*) from tracker.delivery where state = 'waiting' and last_error is not null") == 1, "nothing is tried");
        return await tracker.AskAsync<string>("select last_error from tracker.delivery");
    }

    private static async Task IsToldNowhereAsync(TrackerUnderTest tracker, Ledger ledger)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{User}\0{Password}"));
        foreach (var secret in (string[])[Password, encoded])
        {
            tracker.Node.Log.ShouldNotContain(x => x.Contains(secret, StringComparison.Ordinal));
            (await tracker.AskAsync<long>("select count(*) from tracker.delivery_attempt where concat(error, response) like '%' || $1 || '%'", secret)).ShouldBe(0);
            foreach (var path in (string[])["schedules/weekly", "dead-letters"])
                (await ledger.Owner.GetAsync($"{ledger.Path}/{path}")).Should(200).Text.ShouldNotContain(secret);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> so, string otherwise)
    {
        for (var i = 0; i < 2_400; i++)
        {
            if (await so()) return;
            await Task.Delay(50);
        }

        Assert.Fail(otherwise);
    }

    private static X509Certificate2 Issuer(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(Day(-1), Day(30));
    }

    /// <summary>A server's certificate, for its name or its address.</summary>
    private X509Certificate2 Server(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var issued = request.Create(_issuer, Day(-1), Day(29), RandomNumberGenerator.GetBytes(12));
        return issued.CopyWithPrivateKey(key);
    }

    private static DateTimeOffset Day(int after) => TimeProvider.System.GetUtcNow().AddDays(after);
}
