using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Tracker.Hosting;
using Tracker.Specs.House;

namespace Tracker.Specs.Hosting;

/// <summary>A setting that nobody reads, or that cannot be so, stops the start with its name and what was probably meant.</summary>
public sealed class setting_it_up
{
    private const string Good = "Host=db.example.org;Username=tracker;Password=secret-word;Database=tracker";

    [Fact]
    public void is_described_at_a_terminal_without_the_marks_of_markdown()
    {
        Settings.All.Single(x => x.Name == "Tracker:Proxies").PlainMeaning.ShouldStartWith("addresses and networks of the proxies in front (docs/behind-a-proxy.md), ");
        foreach (var setting in Settings.All)
            foreach (var mark in (string[])["`", "](", "**"]) setting.PlainMeaning.ShouldNotContain(mark, Case.Sensitive, setting.Name);
    }

    [Theory]
    [InlineData("Tracker:PublicReads=false", "Tracker:PublicReads is not a setting. Did you mean Tracker:PublicRead?")]
    [InlineData("tracker:publicreads=", "tracker:publicreads is not a setting. Did you mean Tracker:PublicRead?")]
    [InlineData("Tracker:DataDir=/data", "Did you mean Tracker:DataDirectory?")]
    [InlineData("Tracker:Cors:Origins:0=https://example.org", "Did you mean Tracker:Cors:Origins?")]
    [InlineData("Tracker:Cors=https://example.org", "Did you mean Tracker:Cors:Origins?")]
    [InlineData("Tracker:Mail:Pasword=secret-word", "Did you mean Tracker:Mail:Password?")]
    [InlineData("Tracker:Authority=https://issuer.example.org", "Did you mean Tracker:Jwt:Authority?")]
    [InlineData("Tracker:OpenId:Authority=https://issuer.example.org", "Did you mean Tracker:Jwt:Authority?")]
    [InlineData("Tracker:Colour=red", "Tracker:Colour is not a setting. --help lists")]
    [InlineData("ConnectionStrings:Traker=Host=db", "Did you mean ConnectionStrings:Tracker?")]
    public void is_refused_a_name_that_there_is_not(string set, string said) => ShouldRefuse(said, set);

    [Theory]
    [InlineData("Tracker:PublicRead=no", "Tracker:PublicRead must be true or false; it is 'no'.")]
    [InlineData("Tracker:PublicRead=", "Tracker:PublicRead must be true or false; it is ''.")]
    [InlineData("Tracker:LoadSeeds=1", "Tracker:LoadSeeds must be true or false")]
    [InlineData("Tracker:Webhooks:AllowInner=yes", "Tracker:Webhooks:AllowInner must be true or false")]
    [InlineData("Tracker:Limits:PerAddress=0", "Tracker:Limits:PerAddress must be a number from 1 to 1000000; it is '0'.")]
    [InlineData("Tracker:Limits:Streams=many", "Tracker:Limits:Streams must be a number from 1 to 100000")]
    [InlineData("Tracker:OwnerKey=1234567", "Tracker:OwnerKey has 7 characters and must have at least 32")]
    [InlineData("Tracker:PublicUrl=tracker", "Tracker:PublicUrl must be an absolute http or https address")]
    [InlineData("Tracker:PublicUrl=tracker", "such as https://tracker.example.org; it is 'tracker'.")]
    [InlineData("Tracker:Mail:Host=mail.example.org", "Tracker:Mail:From is missing")]
    [InlineData("Tracker:Mail:Host=two words", "Tracker:Mail:Host must be the name or the address of an SMTP server; it is 'two words'.")]
    [InlineData("Tracker:Cors:Origins=example.org", "Tracker:Cors:Origins has 'example.org', which is no origin")]
    [InlineData("Tracker:Cors:Origins=https://one.example.org,https://example.org/path", "which no browser sends: write https://example.org;")]
    [InlineData("Tracker:Cors:Origins=https://example.org/", "which no browser sends: write https://example.org;")]
    [InlineData("Tracker:Cors:Origins=https://example.org:443", "which no browser sends: write https://example.org;")]
    [InlineData("Tracker:Cors:Origins=https://*.example.org", "'https://*.example.org', which is no origin")]
    [InlineData("urls=5081", "--urls must be an address to listen at, such as http://localhost:5081; it is '5081'.")]
    [InlineData("urls=http://localhost:5081;ftp://localhost", "it is 'ftp://localhost'.")]
    [InlineData("urls=http://localhost:99999", "--urls must be an address")]
    [InlineData("urls=http://localhst:5081", "--urls must name localhost, an IP address, or * for all of this machine")]
    [InlineData("ASPNETCORE_URLS=5081", "ASPNETCORE_URLS must be an address")]
    public void is_refused_a_value_that_cannot_be_so(string set, string said) => ShouldRefuse(said, set);

    [Theory]
    [InlineData("Tracker:Mail:Security=ssl", "Tracker:Mail:Security must be one of none, startTls, tls; it is 'ssl'.")]
    [InlineData("Tracker:Mail:Port=99999", "Tracker:Mail:Port must be a number from 1 to 65535; it is '99999'.")]
    [InlineData("Tracker:Mail:From=nobody", "Tracker:Mail:From must be an address, such as Tracker <reports@example.org>; it is 'nobody'.")]
    public void is_refused_mail_that_cannot_be_sent(string set, string said) => ShouldRefuse(said, "Tracker:Mail:Host=mail.example.org", set);

    [Theory]
    [InlineData("http://issuer.example.org")]
    [InlineData("not a url")]
    [InlineData("issuer.example.org")]
    [InlineData("https://user@issuer.example.org")]
    [InlineData("https://issuer.example.org?tenant=1")]
    public void is_refused_an_issuer_that_could_be_anybody(string authority) =>
        ShouldRefuse($"Tracker:Jwt:Authority must be an https address such as https://issuer.example.org (http is for an issuer on this machine alone); it is '{authority}'.", $"Tracker:Jwt:Authority={authority}", "Tracker:Jwt:Audience=tracker");

    [Theory]
    [InlineData("Tracker:Jwt:Authority=https://issuer.example.org", "Tracker:Jwt:Authority", "Tracker:Jwt:Audience")]
    [InlineData("Tracker:Jwt:Audience=tracker", "Tracker:Jwt:Audience", "Tracker:Jwt:Authority")]
    [InlineData("Tracker:Jwt:RoleClaim=groups", "Tracker:Jwt:RoleClaim", "Tracker:Jwt:Authority")]
    [InlineData("Tracker:SignIn:ClientId=desk", "Tracker:SignIn:ClientId", "Tracker:Jwt:Authority")]
    [InlineData("Tracker:SignIn:ClientSecret=secret-word", "Tracker:SignIn:ClientSecret", "Tracker:SignIn:ClientId")]
    [InlineData("Tracker:SignIn:Name=the university", "Tracker:SignIn:Name", "Tracker:SignIn:ClientId")]
    public void is_refused_one_that_says_nothing_without_another(string set, string named, string needed) => ShouldRefuse($"{named} is set and needs {needed}", set);

    [Fact]
    public void is_refused_a_folder_for_a_database_that_is_elsewhere() =>
        ShouldRefuse("Tracker:DataDirectory is the folder of the embedded database, and ConnectionStrings:Tracker names another", "Tracker:DataDirectory=/data", $"ConnectionStrings:Tracker={Good}");

    [Theory]
    [InlineData("postgres://tracker:secret-word@db/tracker", "must be written Host=")]
    [InlineData("postgres://tracker:secret-word@db/tracker?sslmode=require", "must be written Host=")]
    [InlineData("Host=db;Pasword=secret-word", "nearly has Password")]
    [InlineData("Host=db;Password=a;secret-word=b", "a ';' in a password that is not in quotes")]
    [InlineData("Host=db;Port=secret-word", "has a Port that cannot be so")]
    [InlineData("Username=tracker;Password=secret-word", "must name a Host")]
    public void is_refused_a_connection_that_cannot_be_read_and_tells_no_word_of_it(string connection, string said) => ShouldRefuse(said, $"ConnectionStrings:Tracker={connection}");

    [Theory]
    [InlineData]
    [InlineData("Tracker:PublicRead=False", "Tracker:Limits:PerKey=1", "Tracker:Limits:Streams=100000", "Tracker:LoadSeeds=true")]
    [InlineData("tracker:jwt:authority=https://issuer.example.org/realms/one", "TRACKER:JWT:AUDIENCE=tracker", "Tracker:SignIn:ClientId=desk", "Tracker:SignIn:ClientSecret=secret-word")]
    [InlineData("Tracker:Jwt:Authority=http://127.0.0.1:8080", "Tracker:Jwt:Audience=tracker")]
    [InlineData("Tracker:Jwt:Authority=", "Tracker:Jwt:Audience=", "Tracker:SignIn:ClientSecret=", "Tracker:OwnerKey=", "Tracker:DataDirectory=", "Tracker:Mail:Host=", $"ConnectionStrings:Tracker={Good}")]
    [InlineData("Tracker:Cors:Origins=https://example.org, HTTPS://two.example.org:8443", "urls=http://*:8080;https://[::1]:0;http://unix:/tmp/tracker.sock")]
    [InlineData("Tracker:Cors:Origins=*", "ConnectionStrings:Tracker=Server=one,two:5433;User ID=tracker;PWD='a;b';Search Path=x", "ConnectionStrings:Warehouse=Host=elsewhere")]
    public void is_allowed_what_can_be(params string[] set) => Settings.Check(Configured(set));

    [Fact]
    public void is_shown_without_secrets_and_without_what_else_the_environment_holds()
    {
        var secrets = Settings.All.Where(x => x.IsSecret).Select(x => $"{x.Name}=secret-word").ToArray();

        var shown = Settings.Shown(Configured([.. secrets, "Tracker:PublicRead=false", "SOME_TOKEN=secret-word", "Kestrel:Certificates:Default:Password=secret-word"])).AsEnumerable().ToArray();

        secrets.Length.ShouldBe(5);
        shown.Where(x => x.Value?.Contains("secret-word", StringComparison.Ordinal) == true).ShouldBeEmpty();
        shown.ShouldContain(KeyValuePair.Create("Tracker:PublicRead", (string?)"false"));
        shown.ShouldContain(KeyValuePair.Create("Tracker:OwnerKey", (string?)"(set, and not shown)"));
    }

    [Fact]
    public void is_listed_in_the_README_as_in_the_program()
    {
        var path = Path.Combine(TheHouse.Source.FullName, "..", "..", "README.md");
        var readme = File.ReadAllText(path);
        var (before, table, after) = Parted(readme);
        if (Environment.GetEnvironmentVariable("TRACKER_ACCEPT_BASELINES") == "1") File.WriteAllText(path, before + Settings.Table() + after);
        else table.ShouldBe(Settings.Table(), "the list has changed: TRACKER_ACCEPT_BASELINES=1 writes it");
    }

    [Fact]
    public void is_listed_whatever_the_program_reads()
    {
        var read = TheHouse.Source.EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(x => !x.FullName.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(x => Regex.Matches(File.ReadAllText(x.FullName), "\"(Tracker:[A-Za-z:]+)\"").Select(match => match.Groups[1].Value)).Distinct().ToArray();

        read.Length.ShouldBeGreaterThan(10);
        // A section stands for what is in it.
        read.Where(x => !Settings.All.Any(setting => setting.Name == x || setting.Name.StartsWith(x + ":", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static (string Before, string Table, string After) Parted(string readme)
    {
        var begins = readme.IndexOf("| setting (", StringComparison.Ordinal);
        var ends = readme.IndexOf("\n\n", begins, StringComparison.Ordinal) + 1;
        return (readme[..begins], readme[begins..ends], readme[ends..]);
    }

    private static void ShouldRefuse(string said, params string[] set)
    {
        var refused = Should.Throw<InvalidOperationException>(() => Settings.Check(Configured(set)));
        refused.Message.ShouldContain(said);
        refused.Message.ShouldNotContain("secret-word");
    }

    private static IConfigurationRoot Configured(string[] set) =>
        new ConfigurationBuilder().AddInMemoryCollection(set.Select(x => x.Split('=', 2)).Select(x => KeyValuePair.Create(x[0], (string?)x[1]))).Build();
}
